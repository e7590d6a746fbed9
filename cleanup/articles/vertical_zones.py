"""Vertical articles on a level page, each zone of them taken out to be grouped as a page of vertical type by itself.

Level newspapers set a comment, a serial or a report vertically, with a vertical headline on its right or a level one
over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from cleanup.articles.frame import ReadingFrame
from cleanup.articles.placed import PlacedLine, Rect
from layout.page import RegionKind


@dataclass(frozen=True, slots=True)
class VerticalZoneParams:
    """Bounds of vertical text on a level page; lengths in ems, sizes relative to the body's."""

    lines: int = 5
    """Vertical lines beside each other that are running text, at least."""
    first: int = 5
    """Characters of the line that such a text begins with, at least."""
    word: int = 2
    """Characters of a line of it, at least."""
    characters: int = 40
    """Characters of such text in one zone, at least."""
    type: tuple[float, float] = (0.7, 1.3)
    """Sizes of running text, relative to the body's."""
    leading: tuple[float, float] = (-0.4, 1.6)
    """Ems of white between two lines of one text."""
    beside: float = 0.6
    """Share of the shorter of two lines that lies beside the other where they are of one text, at least."""
    together: float = 2.5
    """Ems of white between two registers of one zone, at most."""
    headed: float = 4.0
    """Ems of white between a zone and a headline at it, at most."""
    over: float = 0.6
    """Share of a level headline that lies over its zone, at least."""
    along: float = 0.3
    """Share of a vertical headline that lies beside its zone, at least."""
    slack: float = 1.0
    """Ems by which a rule may lie within one of two areas that it parts, and a headline within its zone."""
    ruled: float = 0.6
    """Share of what two areas have in common that a rule between them covers, at least."""
    same_size: float = 0.15
    """Share by which the sizes of lines in one type are measured to differ at most."""
    bolder: float = 1.2
    """Ratio of weights from which a line is bolder than the text."""
    least_weight: float = 0.1
    """Weight of the text at least, where it is known."""
    column: int = 3
    """Level lines of a region that are running text, at least."""


P: Final = VerticalZoneParams()


@dataclass(frozen=True, slots=True)
class VerticalZone:
    """A zone of vertical articles on a level page, by the ids of lines."""

    lines: frozenset[str]
    """All that stands in it, with the vertical headlines beside it."""
    heads: frozenset[str]
    """The level lines right over it, which may be the headline of its first article."""
    plain: frozenset[str]
    """The lines set in the type of its text."""


def vertical_zones(frame: ReadingFrame) -> list[VerticalZone]:
    """The zones of vertical articles on a level page; none on a page of vertical type."""
    if frame.vertical:
        return []
    upright = sorted((n for n in frame.lines if n.crosses), key=lambda n: -n.rect.x1)
    areas = [Rect.around([n.rect for n in t]) for t in _texts(upright)]
    zones = _merged(frame, [_grown(area, _beside(frame, area)) for area in _merged(frame, areas)])
    return [_zone(frame, zone) for zone in zones if _is_text([n for n in frame.lines if zone.holds(n.rect)])]


def _zone(frame: ReadingFrame, area: Rect) -> VerticalZone:
    lines = [n for n in frame.lines if area.holds(n.rect)]
    held = frozenset(n.line.id for n in lines)
    heads = frozenset(n.line.id for n in _over(frame, area) if n.line.id not in held)
    return VerticalZone(held, heads, _plain([n for n in lines if n.crosses]))


def _plain(upright: Sequence[PlacedLine]) -> frozenset[str]:
    """The vertical lines that are neither larger nor bolder than most of them."""
    text = [n for n in upright if len(n.text) >= P.first]
    size, weight = median(n.size for n in text), median(n.weight for n in text)
    return frozenset(
        n.line.id
        for n in upright
        if abs(n.size - size) < P.same_size * size and n.weight < P.bolder * max(weight, P.least_weight)
    )


def _is_text(lines: Sequence[PlacedLine]) -> bool:
    """Whether a zone holds running text that is worth a frame of its own, and more of it than level text."""
    amount = sum(len(n.text) for n in lines if n.crosses)
    return amount >= P.characters and amount > sum(len(n.text) for n in lines if not n.crosses)


def _texts(upright: Sequence[PlacedLine]) -> Iterator[list[PlacedLine]]:
    """Vertical lines of body type that follow each other from right to left, those of one register together."""
    out: list[list[PlacedLine]] = []
    for n in upright:
        if len(n.text) < P.word or not P.type[0] < n.size < P.type[1]:
            continue
        own = next((t for t in out if _follows(t[-1].rect, n.rect)), None)
        if own is not None:
            own.append(n)
        elif len(n.text) >= P.first:
            out.append([n])
    return (t for t in out if len(t) >= P.lines)


def _follows(last: Rect, new: Rect) -> bool:
    beside = last.overlap_y(new) > P.beside * min(last.height, new.height)
    return beside and P.leading[0] < last.x0 - new.x1 < P.leading[1]


def _merged(frame: ReadingFrame, areas: Sequence[Rect]) -> list[Rect]:
    """The areas; those that touch without a rule between are one."""
    out: list[Rect] = []
    for area in areas:
        grown = area
        while near := [o for o in out if _touch(o, grown) and not _ruled(frame, o, grown)]:
            out = [o for o in out if o not in near]
            grown = Rect.around([grown, *near])
        out.append(grown)
    return out


def _touch(a: Rect, b: Rect) -> bool:
    """Whether two areas lie over or beside each other, with little white between."""
    x, y = a.overlap_x(b), a.overlap_y(b)
    return max(x, y) > 0 and min(x, y) > -P.together


def _ruled(frame: ReadingFrame, a: Rect, b: Rect) -> bool:
    """Whether a rule parts two areas, one of which is over or beside the other."""
    x0, y0, x1, y1 = max(a.x0, b.x0), max(a.y0, b.y0), min(a.x1, b.x1), min(a.y1, b.y1)
    return any(
        min(r.x1, x1) - max(r.x0, x0) > P.ruled * (x1 - x0) and y1 - P.slack < r.centre[1] < y0 + P.slack
        if r.width > r.height
        else min(r.y1, y1) - max(r.y0, y0) > P.ruled * (y1 - y0) and x1 - P.slack < r.centre[0] < x0 + P.slack
        for r in frame.rules
    )


def _beside(frame: ReadingFrame, area: Rect) -> list[PlacedLine]:
    """The vertical lines close beside an area, and those beside them."""
    out: list[PlacedLine] = []
    upright = [n for n in frame.lines if n.crosses and not area.holds(n.rect)]
    while new := [n for n in upright if n not in out and _is_beside(frame, n, _grown(area, out))]:
        out += new
    return out


def _is_beside(frame: ReadingFrame, n: PlacedLine, area: Rect) -> bool:
    gap = max(n.rect.x0 - area.x1, area.x0 - n.rect.x1)
    beside = n.rect.overlap_y(area) > P.along * n.rect.height and gap < P.headed
    return beside and not _ruled(frame, n.rect, area)


def _over(frame: ReadingFrame, area: Rect) -> list[PlacedLine]:
    """The level lines right over an area that are no running text, and those over them."""
    out: list[PlacedLine] = []
    level = [n for n in frame.lines if not n.crosses and not _runs(frame, n)]
    while new := [n for n in level if n not in out and _is_over(frame, n, _grown(area, out))]:
        out += new
    return out


def _is_over(frame: ReadingFrame, n: PlacedLine, area: Rect) -> bool:
    over = n.rect.overlap_x(area) > P.over * n.rect.width and -P.slack < area.y0 - n.rect.y1 < P.headed
    return over and not _ruled(frame, n.rect, area)


def _runs(frame: ReadingFrame, n: PlacedLine) -> bool:
    """Whether a line is of level running text."""
    return n.region.kind is RegionKind.BODY and len(frame.by_region[n.region.id]) >= P.column


def _grown(area: Rect, lines: Sequence[PlacedLine]) -> Rect:
    return Rect.around([area, *(n.rect for n in lines)])
