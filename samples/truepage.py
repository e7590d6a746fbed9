"""A page as a faultless layout and a faultless reader would hand it over: clean-up is tried on it alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from layout.geometry import Box
from layout.page import Direction, Glyph, Line, Page, Region, RegionKind
from samples.typeset.truth import PageTruth, PieceKind, TruthLine

REGIONS: Final[dict[str, RegionKind]] = {
    PieceKind.KICKER: RegionKind.HEADLINE,
    PieceKind.TITLE: RegionKind.HEADLINE,
    PieceKind.SUBTITLE: RegionKind.HEADLINE,
    PieceKind.BYLINE: RegionKind.BYLINE,
    PieceKind.LEAD: RegionKind.BODY,
    PieceKind.SUBHEAD: RegionKind.SUBHEAD,
    PieceKind.BODY: RegionKind.BODY,
    PieceKind.MARKER: RegionKind.BODY,
    PieceKind.CAPTION: RegionKind.CAPTION,
    PieceKind.FOLIO: RegionKind.FOLIO,
    PieceKind.MASTHEAD: RegionKind.MASTHEAD,
    PieceKind.ADVERT: RegionKind.ADVERT,
    PieceKind.TABLE: RegionKind.TABLE,
    "label": RegionKind.HEADLINE,
    "credit": RegionKind.CAPTION,
    "date": RegionKind.MASTHEAD,
    "imprint": RegionKind.MASTHEAD,
    "margin": RegionKind.FOLIO,
    "figures": RegionKind.TABLE,
}
"""The region that a faultless layout makes of each kind of print, by the kind's value."""
OTHERS: Final = RegionKind.ADVERT
"""The region of every other kind: teasers, weather, codes and lists, which belong to no article."""
HEADS: Final = ("label", PieceKind.KICKER, PieceKind.TITLE, PieceKind.SUBTITLE, PieceKind.LEAD, PieceKind.BYLINE)
CAPTIONS: Final = (PieceKind.CAPTION, "credit")


def true_page(truth: PageTruth, source: str = "") -> Page:
    """The page that the truth describes: its lines in regions of their kind, column by column, in reading order."""
    regions = tuple(_regions(truth))
    return Page(
        truth.number,
        source,
        width=truth.width,
        height=truth.height,
        dpi=truth.dpi,
        sheet_width=truth.width,
        sheet_height=truth.height,
        type_size=truth.type_size,
        regions=regions,
        reader="truth",
    )


def _regions(truth: PageTruth) -> Iterator[Region]:
    furniture = [n for n in truth.lines if n.part is None]
    scale = truth.dpi / 300
    for number, line in enumerate(furniture):
        yield _region(f"f{number}", [line], None, scale)
    for part in truth.parts:
        lines = _in_order([n for n in truth.lines if n.part == part.id])
        for number, (_, run) in enumerate(groupby(lines, key=_block)):
            yield _region(f"p{part.id}r{number}", list(run), part.id, scale)


def _in_order(lines: list[TruthLine]) -> list[TruthLine]:
    """Heads first, captions last, the body in its own order between them; a line parted by a marker is one line."""
    heads = [n for kind in HEADS for n in lines if n.kind == kind]
    captions = [n for n in lines if n.kind in CAPTIONS]
    body = [n for n in lines if n.kind not in HEADS and n.kind not in CAPTIONS and not _goes_on(n)]
    return heads + _one_line(body) + [n for n in lines if _goes_on(n)] + captions


def _goes_on(line: TruthLine) -> bool:
    return line.kind is PieceKind.MARKER and "上接" not in line.text


def _one_line(body: list[TruthLine]) -> list[TruthLine]:
    """上接 and the body's first words, which stand in one line, as one line."""
    if len(body) < 2 or body[0].kind is not PieceKind.MARKER or not _level(body[0], body[1]):
        return body
    first, second, *rest = body
    box = Box(*first.box) | Box(*second.box)
    joined = TruthLine(
        PieceKind.BODY,
        first.text + second.text,
        box.corners,
        second.size,
        second.part,
        second.paragraph,
        second.column,
        second.vertical,
        second.white,
        centres=first.centres + second.centres,
    )
    return [joined, *rest]


def _level(a: TruthLine, b: TruthLine) -> bool:
    first, second = Box(*a.box), Box(*b.box)
    shared = first.overlap_x(second) if a.vertical else first.overlap_y(second)
    return shared > 0.3 * min(a.size, b.size)


def _block(line: TruthLine) -> tuple[RegionKind, int | None]:
    return REGIONS[line.kind], line.column


def _region(name: str, lines: list[TruthLine], article: int | None, scale: float) -> Region:
    made = tuple(_line(f"{name}l{n}", line, scale) for n, line in enumerate(lines))
    box = Box.around([p for line in lines for p in line.quad])
    direction = Direction.VERTICAL_RL if lines[0].vertical else Direction.HORIZONTAL
    return Region(name, REGIONS.get(lines[0].kind, OTHERS), box.corners, made, direction, article)


def _line(name: str, line: TruthLine, scale: float) -> Line:
    half = max(1.0, line.size * scale / 2)
    glyphs = tuple(
        Glyph(char, Box.around([(x - half, y - half), (x + half, y + half)]), 1.0)
        for char, (x, y) in zip("".join(line.text.split()), line.centres, strict=True)
    )
    direction = Direction.VERTICAL_RL if line.vertical else Direction.HORIZONTAL
    return Line(name, line.quad, "".join(g.char for g in glyphs), glyphs, direction, line.size * scale, line.white)
