"""A page with all that its issue says about it: what the formats for single pages are written from."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from cleanup.article import Article, Issue, Role, SourceLine
from cleanup.edits.edit import CELL_BREAK, LINE_BREAK, Edit, Pass
from layout.geometry import Polygon
from layout.page import Line, Page, Region, RegionKind

GAP: Final = "□"
"""What a person writes for a character that cannot be read; as print it is a bullet, and stays one."""


@dataclass(frozen=True, slots=True)
class CorrectedPage:
    """A page, its corrected lines, and for its lines the article that holds them.

    `gaps` are the offsets of characters that a person could not read, in the corrected line.
    `corrected`, `articles`, `roles` and `gaps` go by the line's id, `titles` by the article's; a line in no article
    stands as it was recognized. `made` is the time of the run that read the page, UTC, so that a second export gives
    the same bytes.
    """

    page: Page
    made: str
    corrected: Mapping[str, str] = field(default_factory=dict)
    articles: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    gaps: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def text(self, line: Line) -> str:
        """The line under the edits that are in force; what an edit does over a line's end falls to one side of it."""
        return self.corrected.get(line.id, line.text)


def corrected_page_of(
    page: Page, issue: Issue, made: str, dropped: Container[str] = (), *, arranged: bool = False
) -> CorrectedPage:
    """The leaf of a page; the lines in `dropped` are left out, for they are no text or in another line.

    With `arranged` its regions are those of the articles, in their order; else as layout has them.
    """
    page = _as_decided(_without(page, dropped) if dropped else page, issue, arranged=arranged)
    corrected, articles, roles, titles = {}, {}, {}, {}
    gaps: dict[str, tuple[int, ...]] = {}
    for article in issue.articles:
        here = [(index, source) for index, source in enumerate(article.lines) if source.page == page.number]
        if here:
            titles[article.id] = article.title or ""
        for index, source in here:
            clean = article.clean.between(article.raw.starts[index], article.raw.line_end(index))
            corrected[source.line.id] = clean.replace(LINE_BREAK, "").removesuffix(CELL_BREAK)
            articles[source.line.id] = article.id
            roles[source.line.id] = source.role
        gaps |= {article.lines[n].line.id: at for n, at in _gaps(article).items()}
    return CorrectedPage(page, made, corrected, articles, roles, titles, gaps)


def _without(page: Page, dropped: Container[str]) -> Page:
    """The page without some lines, and without regions of text of which nothing is left."""
    regions = (replace(r, lines=tuple(n for n in r.lines if n.id not in dropped)) for r in page.regions)
    had = {r.id for r in page.regions if r.lines}
    return replace(page, regions=tuple(r for r in regions if r.lines or r.id not in had))


def _as_decided(page: Page, issue: Issue, *, arranged: bool) -> Page:
    """The page with the lines that people drew, divided, united or gave other borders.

    Regions that layout does not know stand behind all others, or where their article has them if it is `arranged`.
    """
    mine = _sources(issue, page.number)
    kinds = {r.id: r.kind for a in issue.articles for r in a.regions if r.page == page.number}
    made = _by_region(mine.values() if arranged else _unknown(page, mine))
    regions = []
    for region in page.regions:
        own = _own_lines(region, mine, made.pop(region.id, []), arranged=arranged)
        kind = RegionKind(kinds.get(region.id, region.kind.value)) if arranged else region.kind
        if own or not region.lines:
            regions.append(_with(replace(region, kind=kind), own))
    regions += [_region(name, RegionKind(kinds.get(name, "body")), lines) for name, lines in made.items()]
    if not arranged:
        return replace(page, regions=tuple(regions)) if regions != [*page.regions] else page
    return replace(page, regions=_as_in_articles(regions, [s.region for s in mine.values()]))


def _sources(issue: Issue, number: int) -> dict[str, SourceLine]:
    """The lines of a page that have a place and a region in an article of the issue, by their ids."""
    lines = (s for a in issue.articles for s in a.lines)
    return {s.line.id: s for s in lines if s.page == number and s.line.polygon and s.region}


def _own_lines(
    region: Region, sources: Mapping[str, SourceLine], more: Sequence[Line], *, arranged: bool
) -> list[Line]:
    """The lines of a region as people left them, with more that they drew into it."""
    if arranged:
        return [*more, *(n for n in region.lines if n.id not in sources)]
    return [*(sources[n.id].line if n.id in sources else n for n in region.lines), *more]


def _unknown(page: Page, sources: Mapping[str, SourceLine]) -> Iterator[SourceLine]:
    """The lines, by their ids, that layout did not find."""
    known = {line.id for region in page.regions for line in region.lines}
    return (source for name, source in sources.items() if name not in known)


def _by_region(sources: Iterable[SourceLine]) -> dict[str, list[Line]]:
    made: dict[str, list[Line]] = {}
    for source in sources:
        if source.region is not None:
            made.setdefault(source.region, []).append(source.line)
    return made


def _as_in_articles(regions: Sequence[Region], names: Sequence[str | None]) -> tuple[Region, ...]:
    """The regions in the order in which the articles name them; one that they do not name stays behind the last."""
    order = {name: n for n, name in enumerate(dict.fromkeys(names))}
    places, last = [], -1
    for region in regions:
        last = order.get(region.id, last)
        places.append(last)
    ordered = sorted(zip(places, regions, strict=True), key=lambda p: p[0])
    return tuple(r for _, r in ordered)


def _with(region: Region, lines: Sequence[Line]) -> Region:
    """The region with these lines, its outline around them where they are others than it had."""
    if lines == [*region.lines]:
        return region
    return replace(region, polygon=_around(lines) or region.polygon, lines=tuple(lines))


def _around(lines: Sequence[Line]) -> Polygon | None:
    boxes = [line.box for line in lines if line.box is not None]
    if not boxes:
        return None
    whole = boxes[0]
    for box in boxes[1:]:
        whole |= box
    return tuple((float(x), float(y)) for x, y in whole.corners)


def _region(name: str, kind: RegionKind, lines: Sequence[Line]) -> Region:
    return Region(name, kind, _around(lines), tuple(lines), lines[0].direction)


def _gaps(article: Article) -> dict[int, tuple[int, ...]]:
    """Where a person wrote that a character cannot be read, in the corrected lines, by the line's index."""
    found: dict[int, tuple[int, ...]] = {}
    for segment in article.clean.segments:
        if segment.edit is None or not is_gap(segment.edit):
            continue
        index = article.raw.line_at(segment.start)
        before = article.clean.between(article.raw.starts[index], segment.start).replace(LINE_BREAK, "")
        places = (at for at, char in enumerate(segment.text.replace(LINE_BREAK, "")) if char == GAP)
        found[index] = (*found.get(index, ()), *(len(before) + at for at in places))
    return found


def is_gap(edit: Edit) -> bool:
    """Whether a person put down with this edit that characters cannot be read."""
    return edit.by is Pass.PERSON and edit.after.count(GAP) > edit.before.count(GAP)
