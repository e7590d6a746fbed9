"""What stands on a page, exactly: every line with its box and its text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Quad = tuple[tuple[float, float], ...]
"""Four corners in pixels, clockwise from the top left of the upright print."""


class PieceKind(StrEnum):
    KICKER = "kicker"
    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    LEAD = "lead"
    SUBHEAD = "subhead"
    BODY = "body"
    MARKER = "marker"  # 下转, 上接
    CAPTION = "caption"
    FOLIO = "folio"
    MASTHEAD = "masthead"
    ADVERT = "advert"
    TABLE = "table"
    LABEL = "label"  # a column label, 栏题
    CREDIT = "credit"  # the photographer below a picture
    DATE = "date"
    IMPRINT = "imprint"
    TEASER = "teaser"
    LIST = "list"
    FIGURES = "figures"  # an infographic
    WEATHER = "weather"
    CODE = "qr-label"
    MARGIN = "margin"  # a line of print outside the frame


@dataclass(frozen=True, slots=True)
class TruthLine:
    """One line of print; `quad` bounds its ink. `size` is the em in pixels of the clean sheet."""

    kind: PieceKind
    text: str
    quad: Quad
    size: float
    part: int | None = None
    paragraph: int | None = None
    """The index in the part's paragraphs, for body and subheads."""
    column: int | None = None
    vertical: bool = False
    white: bool = False
    backward: bool = False
    """A horizontal line that is read from right to left, on an old page."""
    centres: tuple[tuple[float, float], ...] = ()
    """The middle of each character's ink, for every character of `text` that is no white space."""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The corners x0, y0, x1, y1 in whole pixels, right and lower edges exclusive."""
        return bounds(self.quad)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something printed that is no text: a rule, a picture, a frame, a panel."""

    kind: str
    quad: Quad
    part: int | None = None
    polygon: Quad = ()
    """The outline, where the mark is no rectangle; as many points as it takes."""

    @property
    def box(self) -> tuple[int, int, int, int]:
        return bounds(self.quad)


@dataclass(frozen=True, slots=True)
class TruthPart:
    """One printed piece on one page, in the order in which it is read."""

    id: int
    page: int
    kind: str
    """The kind of piece: article, advert, table or furniture."""
    kicker: str | None = None
    title: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    lead: str | None = None
    subheads: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    continued_from: int | None = None
    continued_to: int | None = None
    part_of: int | None = None
    broken: bool = False
    """Whether its first paragraph goes on from the middle of the other part's last one."""
    vertical_title: bool = False
    quads: tuple[Quad, ...] = ()
    """What it covers: one quad a column of the piece, heads and pictures included."""
    label: str | None = None
    """The column label beside the headline."""
    interrupting: tuple[str, ...] | None = None
    """The subheads that stand inside a sentence; None where the style keeps no account of them."""


@dataclass(frozen=True, slots=True)
class OtherText:
    """Print that belongs to no article: masthead, imprint, advert."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class PageTruth:
    number: int
    width: int
    height: int
    dpi: int
    type_size: float
    lines: tuple[TruthLine, ...]
    marks: tuple[Mark, ...]
    parts: tuple[TruthPart, ...]
    folio: str = ""
    others: tuple[OtherText, ...] | None = None
    """Every printed text outside the articles, where the style keeps that account."""


def bounds(quad: Quad) -> tuple[int, int, int, int]:
    """The whole-pixel rectangle around a quad."""
    xs, ys = [p[0] for p in quad], [p[1] for p in quad]
    return int(min(xs)), int(min(ys)), int(-(-max(xs) // 1)), int(-(-max(ys) // 1))


def corners(x0: float, y0: float, x1: float, y1: float) -> Quad:
    """The quad of an upright rectangle."""
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)
