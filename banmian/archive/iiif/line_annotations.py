"""The text annotations of a page, a file beside the manifest: written and checked by types of our own."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec

_CONTEXT: Final = "http://iiif.io/api/presentation/3/context.json"

Address = Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s<>\"]+$")]


class AnnotationText(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a line says; its language where that is known."""

    type: Literal["TextualBody"]
    value: str
    format: Literal["text/plain"]
    language: str | None = None


class LineAnnotation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line's annotation: its text, and as target the box on its canvas."""

    id: Address
    type: Literal["Annotation"]
    motivation: Literal["supplementing"]
    body: AnnotationText
    target: Address


class LinePage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lines of a page in reading order, an AnnotationPage."""

    context: Literal["http://iiif.io/api/presentation/3/context.json"] = msgspec.field(name="@context")
    id: Address
    type: Literal["AnnotationPage"]
    items: tuple[LineAnnotation, ...]


def line_text(address: str, text: str, language: str | None, target: str) -> LineAnnotation:
    """The annotation of a line that lies at `target`."""
    body = AnnotationText("TextualBody", text, "text/plain", language)
    return LineAnnotation(address, "Annotation", "supplementing", body, target)


def lines_to_json(address: str, lines: tuple[LineAnnotation, ...]) -> bytes:
    """The file of a page's lines, as it goes under `address`."""
    return msgspec.json.encode(LinePage(_CONTEXT, address, "AnnotationPage", lines))


def lines_from_json(data: bytes) -> LinePage:
    """The page that `lines_to_json` wrote; raises msgspec.DecodeError for any other file."""
    return msgspec.json.decode(data, type=LinePage)
