"""Pages of vertical type with level articles on them: the level part is taken out and grouped as a page of its own.

Newspapers of the 1950s and later set some articles level and others vertically. Each kind has its own reading frame.
Vertical articles on a level page are the matter of `vertical_zones`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cleanup.articles.frame import ReadingFrame
from cleanup.articles.placed import PlacedLine, Rect
from layout.page import WITHOUT_TEXT, Page, Region


@dataclass(frozen=True, slots=True)
class MixedLinesParams:
    """Bounds of level text on a page of vertical type; lengths in ems, sizes relative to the body's."""

    lines: int = 5
    """Level lines under each other that are running text, at least."""
    characters: int = 7
    """Characters of a level line of running text, at least; the lines of an advert are shorter."""
    most: int = 100
    """Characters of level text on a page that is worth a frame of its own, at least."""
    type: tuple[float, float] = (0.75, 1.25)
    """Sizes of level running text, relative to the body's."""
    leading: tuple[float, float] = (-0.4, 1.2)
    """Ems of white between two level lines of one text."""
    over: float = 5.0
    """Ems of white between a level headline and what is under it, at most."""
    word: int = 2
    """Characters of a level line that may be of a text, at least."""
    of_column: float = 0.6
    """Share of the narrower of two level lines that lies over the other where they are of one text, at least."""
    over_area: float = 0.3
    """Share of the narrower that a headline shares with the area of its text, at least."""


P: Final = MixedLinesParams()


def level_lines(frame: ReadingFrame) -> frozenset[str]:
    """The ids of the lines of level articles on a vertical page, with the level headlines over them."""
    if not frame.vertical:
        return frozenset()
    crossing = sorted((n for n in frame.lines if n.crosses), key=lambda n: n.rect.x0)
    texts = [t for t in _texts(crossing) if len(t) >= P.lines]
    if sum(len(n.text) for t in texts for n in t) < P.most:
        return frozenset()
    areas = _with_headlines([Rect.around([n.rect for n in t]) for t in texts], crossing)
    return frozenset(n.line.id for n in crossing if any(a.holds(n.rect) for a in areas))


def _with_headlines(areas: list[Rect], crossing: Sequence[PlacedLine]) -> list[Rect]:
    """The areas of level texts, each with the level lines over it; `crossing` are sorted down the page."""
    out = list(areas)
    for n in reversed(crossing):
        at = next((i for i, a in enumerate(out) if _heads(n, a)), None)
        if at is not None:
            out[at] = Rect.around([out[at], n.rect])
    return out


def _texts(crossing: Sequence[PlacedLine]) -> list[list[PlacedLine]]:
    """Level lines of body type that follow each other down the page, those of one column together."""
    out: list[list[PlacedLine]] = []
    for n in crossing:
        if len(n.text) < P.word or not P.type[0] < n.size < P.type[1]:
            continue
        own = next((t for t in out if _follows(t[-1].rect, n.rect)), None)
        if own is not None:
            own.append(n)
        elif len(n.text) >= P.characters:
            out.append([n])
    return out


def _follows(last: Rect, new: Rect) -> bool:
    inside = last.overlap_y(new) > P.of_column * min(last.height, new.height)
    return inside and P.leading[0] < new.x0 - last.x1 < P.leading[1]


def _heads(n: PlacedLine, area: Rect) -> bool:
    """Whether a level line stands over an area of level text, or in it."""
    shared = area.overlap_y(n.rect) > P.over_area * min(area.height, n.rect.height)
    return shared and -1.0 < area.x0 - n.rect.x1 < P.over


def parted(page: Page, level: frozenset[str]) -> tuple[Page, Page]:
    """The page without the lines of these ids, and the page with them alone; both have all marks."""
    return replace(page, regions=tuple(_kept(page, level, inside=False))), replace(
        page, regions=tuple(_kept(page, level, inside=True))
    )


def _kept(page: Page, level: frozenset[str], *, inside: bool) -> Iterator[Region]:
    for region in page.regions:
        if region.kind in WITHOUT_TEXT:
            yield region
            continue
        lines = tuple(n for n in region.lines if (n.id in level) is inside)
        if lines:
            yield region if len(lines) == len(region.lines) else replace(region, lines=lines)


def rejoined(vertical: Page, level: Page) -> Page:
    """Both parts of a page, grouped, as one: the level articles numbered behind the vertical ones, marks once."""
    first = max((r.article or 0 for r in vertical.regions), default=0)
    behind = [
        replace(r, article=None if r.article is None else r.article + first)
        for r in level.regions
        if r.kind not in WITHOUT_TEXT
    ]
    texts = [r for r in vertical.regions if r.kind not in WITHOUT_TEXT]
    marks = [r for r in vertical.regions if r.kind in WITHOUT_TEXT]
    return replace(vertical, regions=(*texts, *behind, *marks), decisions=(*vertical.decisions, *level.decisions))
