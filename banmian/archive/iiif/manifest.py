"""The manifest of an issue as typed values, as far as exports use IIIF Presentation 3: written and checked by them.

Fields are in the order in which they are written. The types accept less than the published schema does: what they
accept is what an export writes.
"""

from __future__ import annotations

import json
from typing import Annotated, Final, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from banmian.archive.iiif.line_annotations import Address

CONTEXT: Final = "http://iiif.io/api/presentation/3/context.json"

LanguageMap = dict[Annotated[str, Meta(pattern="^[A-Za-z]+(-[A-Za-z]+)*$")], Annotated[list[str], Meta(min_length=1)]]
"""Texts by language tag; texts without a language by `none`."""

ImageFormat = Literal["image/jpeg", "image/png", "image/webp"]
Pixels = Annotated[int, Meta(ge=1)]
_Day = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT00:00:00Z$")]


class Fact(Struct, frozen=True, forbid_unknown_fields=True):
    """A name and its value, shown beside the scan."""

    label: LanguageMap
    value: LanguageMap


class Image(Struct, frozen=True, forbid_unknown_fields=True):
    """The file of a page's scan."""

    id: Address
    type: Literal["Image"]
    height: Pixels
    width: Pixels
    format: ImageFormat


class Painting(Struct, frozen=True, forbid_unknown_fields=True):
    """The annotation that shows a scan on its canvas."""

    id: Address
    type: Literal["Annotation"]
    motivation: Literal["painting"]
    body: Image
    target: Address


class PaintingPage(Struct, frozen=True, forbid_unknown_fields=True):
    """The annotation page of a canvas's scan."""

    id: Address
    type: Literal["AnnotationPage"]
    items: tuple[Painting]


class LinesReference(Struct, frozen=True, forbid_unknown_fields=True):
    """The address of a page's text annotations, which are a file of their own."""

    id: Address
    type: Literal["AnnotationPage"]


class Canvas(Struct, frozen=True, forbid_unknown_fields=True):
    """A page: its scan, and the address of its lines."""

    id: Address
    type: Literal["Canvas"]
    label: LanguageMap
    height: Pixels
    width: Pixels
    items: tuple[PaintingPage]
    annotations: tuple[LinesReference]


class CanvasReference(Struct, frozen=True, forbid_unknown_fields=True):
    """The address of a canvas, or with #xywh= of a box on it."""

    id: Address
    type: Literal["Canvas"]


class ArticleRange(Struct, frozen=True, forbid_unknown_fields=True):
    """An article: its boxes in reading order."""

    id: Address
    type: Literal["Range"]
    label: LanguageMap
    items: tuple[CanvasReference, ...]


class IssueRange(Struct, frozen=True, forbid_unknown_fields=True):
    """All articles of an issue."""

    id: Address
    type: Literal["Range"]
    label: LanguageMap
    items: tuple[ArticleRange, ...]


class Manifest(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An issue. `rights` is the address of a licence; any other statement of rights is `required_statement`."""

    context: Literal["http://iiif.io/api/presentation/3/context.json"] = msgspec.field(name="@context")
    id: Address
    type: Literal["Manifest"]
    label: LanguageMap
    metadata: tuple[Fact, ...]
    required_statement: Fact | UnsetType = msgspec.field(name="requiredStatement", default=UNSET)
    viewing_direction: Literal["left-to-right", "right-to-left"] = msgspec.field(name="viewingDirection")
    rights: Address | UnsetType = UNSET
    date: _Day | UnsetType = msgspec.field(name="navDate", default=UNSET)
    behavior: tuple[Literal["paged"]]
    items: tuple[Canvas, ...]
    structures: tuple[IssueRange] | UnsetType = UNSET


def manifest_to_json(manifest: Manifest) -> str:
    """The manifest as one line of JSON, its hanzi as they are."""
    return json.dumps(msgspec.to_builtins(manifest), ensure_ascii=False)


def manifest_from_json(data: bytes) -> Manifest:
    """The manifest that `manifest_to_json` wrote; raises msgspec.DecodeError for any other file."""
    return msgspec.json.decode(data, type=Manifest)
