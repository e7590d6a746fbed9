"""Page ⊃ Region ⊃ Line ⊃ Glyph: what was found on one scan, and what was read there.

Every coordinate is a pixel of the ORIGINAL scan, origin top left. A page made from plain text has lines without
polygons; everything downstream of reading works on it too. All types are frozen; a page written as JSON and read
back is equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import msgspec

from layout.errors import WorkspaceUnusable
from layout.geometry import Box, Polygon, Projection

SCHEMA: Final = 1
"""The version of the JSON form; it grows when a page of an older form can no longer be read as it is."""


class RegionKind(StrEnum):
    HEADLINE = "headline"  # kicker, title or subtitle: display type that an article hangs on
    SUBHEAD = "subhead"  # 插题: display type inside a body
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"
    FOLIO = "folio"  # page number, date, 版名, editors' line at the head or foot
    MASTHEAD = "masthead"  # the newspaper's own name
    ADVERT = "advert"
    TABLE = "table"
    PICTURE = "picture"
    RULE = "rule"
    FRAME = "frame"


WITHOUT_TEXT: Final = frozenset({RegionKind.PICTURE, RegionKind.RULE, RegionKind.FRAME})


class Direction(StrEnum):
    HORIZONTAL = "horizontal"
    VERTICAL_RL = "vertical-rl"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as a reader saw it; `other` is what the second reader saw in the same place."""

    char: str
    box: Box | None
    confidence: float
    """0 to 1: how likely the character is right."""
    other: str | None = None
    """Nothing, one character or several; None where one reader read alone."""
    other_confidence: float | None = None
    """0 to 1: how likely what the other saw is right."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print.

    `polygon` has four corners, clockwise from where reading begins at the top left of the upright line; None on
    a page made from plain text. `size` is the type size (em) in pixels of the sheet, 0 where unknown.
    `weight` is the width of its strokes in its type size, relative to most lines of the page; 0 where unknown.
    `text` is what was recognized, without a line end; it is evidence and is never changed.
    """

    id: str
    polygon: Polygon | None = None
    text: str = ""
    glyphs: tuple[Glyph, ...] = ()
    direction: Direction = Direction.HORIZONTAL
    size: float = 0.0
    white_on_dark: bool = False
    weight: float = 0.0

    @property
    def box(self) -> Box | None:
        return None if self.polygon is None else Box.around(self.polygon)


@dataclass(frozen=True, slots=True)
class Region:
    """One block of a kind. Its place in `Page.regions` is its place in the reading order.

    `article` groups the regions that layout holds to be one printed piece; None is furniture.
    `frame` is the id of the frame region that encloses it, if any.
    """

    id: str
    kind: RegionKind
    polygon: Polygon | None = None
    lines: tuple[Line, ...] = ()
    direction: Direction = Direction.HORIZONTAL
    article: int | None = None
    frame: str | None = None

    @property
    def box(self) -> Box | None:
        return None if self.polygon is None else Box.around(self.polygon)


@dataclass(frozen=True, slots=True)
class JoinReason:
    """Why two regions are, or are not, of one article: shown by `banmian draw`."""

    first: str
    second: str
    joined: bool
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class LostText:
    """A place that looks like text and lies in no line; `characters` is an estimate from its area."""

    polygon: Polygon
    characters: int

    @property
    def box(self) -> Box:
        return Box.around(self.polygon)


@dataclass(frozen=True, slots=True)
class Page:
    """One scanned page, or one page of plain text.

    `number` counts from 1 within the issue. `source` is the input's path, and `frame` the picture within it,
    from 0. `to_scan` carries the straightened sheet (`sheet_width` by `sheet_height`) to the scan.
    `type_size` is the body's em in pixels of the sheet. `uncovered` is the share of ink (dark pixels that are
    no rule and no picture) that no region covers. `lost` are places on the scan that look like text and lie in no line,
    wherever they lie, in pictures too. `failure` holds what went wrong: such a page has no text,
    and is never mistaken for an empty one.
    """

    number: int
    source: str = ""
    frame: int = 0
    width: int = 0
    height: int = 0
    dpi: float | None = None
    skew: float = 0.0
    """Degrees by which the print was turned clockwise on the scan."""
    to_scan: Projection = field(default_factory=Projection)
    sheet_width: int = 0
    sheet_height: int = 0
    type_size: float = 0.0
    regions: tuple[Region, ...] = ()
    decisions: tuple[JoinReason, ...] = ()
    uncovered: float = 0.0
    lost: tuple[LostText, ...] = ()
    reader: str | None = None
    """Name, version and settings of what read it; None before reading."""
    warnings: tuple[str, ...] = ()
    failure: str | None = None
    language: str | None = None
    """The language that was found on it, by Tesseract's name (chi_tra); None where it was not looked for."""

    @property
    def lines(self) -> Iterator[Line]:
        """Every line, in reading order."""
        return (line for region in self.regions for line in region.lines)

    def with_lines(self, lines: dict[str, Line]) -> Page:
        """The same page with each line named in `lines` (by id) put in place of the old one."""
        regions = tuple(replace(r, lines=tuple(lines.get(n.id, n) for n in r.lines)) for r in self.regions)
        return replace(self, regions=regions)


@dataclass(frozen=True, slots=True)
class _Document:
    schema: int
    page: Page


def page_to_json(page: Page) -> bytes:
    """The page as one line of UTF-8 JSON; `page_from_json` gives back an equal page."""
    return msgspec.json.encode(_Document(SCHEMA, page))


def page_from_json(data: bytes, where: str = "a page's JSON") -> Page:
    """The page that `page_to_json` wrote; `where` names the file in the error for a damaged or foreign one."""
    try:
        document = msgspec.json.decode(data, type=_Document)
    except (msgspec.DecodeError, UnicodeDecodeError) as e:
        raise WorkspaceUnusable(
            f"{where} cannot be read: {e}", "Run the page again with: banmian run --redo layout"
        ) from e
    if document.schema != SCHEMA:
        raise WorkspaceUnusable(
            f"{where} has form {document.schema}; this Banmian reads form {SCHEMA}",
            "Use the Banmian that wrote it, or make the workspace anew.",
        )
    return document.page
