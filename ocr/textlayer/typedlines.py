"""Lines as a PDF's text layer sets them: runs of glyphs that follow one another along one line, in the layer's order.

Layout parts its lines where the layer jumps, by their place alone; a line that a rule or the white of a full-width mark
cuts is still in pieces there. Here the pieces of a run become one line, and the lines come in the layer's order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import Final

from layout.geometry import Box
from layout.lines.typed_runs import TypedRun, runs_of
from layout.page import Direction, Line, Page, Region, RegionKind
from layout.sheet import Sheet

_SAME_ROW: Final = 0.5
"""Share of the thinner of two runs that lies beside the other where they are of one row."""
_DIFFERENT: Final = 0.3
"""Share of a run's glyphs outside its line from which on the line is put right."""
_THIN: Final = 0.4
"""Share of the body's type size below which a line is no type."""
_IN_ORDER: Final = 0.7
"""Share of the neighbouring lines of the page that the layer has in the same order, from which on its order counts."""
_TORN: Final = 2
"""Parts in which the layer has a region's lines, at most, that are regions of their own."""
_TEXT: Final = frozenset({RegionKind.BODY, RegionKind.SUBHEAD})


def lines_put_right(page: Page, sheet: Sheet, owners: Mapping[int, str]) -> tuple[Page, dict[str, list[int]]]:
    """The page with its lines as the sheet's layer set them, and the glyphs of every line by its id.

    `owners` tells for each glyph, by its index, the line in which it lies; glyphs that lie in none come with the run
    that holds them.
    """
    runs = runs_of(sheet.typed_here)
    articles = {n.id: r for r in page.regions for n in r.lines}
    held: dict[str, list[TypedRun]] = defaultdict(list)
    for run in runs:
        target = _target(run, owners, articles, page)
        if target is not None:
            held[target].append(run)
    lines: dict[str, list[Line]] = {}
    members: dict[str, list[int]] = {}
    for target, mine in held.items():
        line = next(n for n in articles[target].lines if n.id == target)
        lines[target] = []
        for at, row in enumerate(_rows(mine, line.direction)):
            whole = _line(line, row, owners, at, sheet)
            lines[target].append(whole)
            members[whole.id] = [g for run in row for g in run.glyphs]
    return _ordered(page, lines, members, owners), members


def _target(run: TypedRun, owners: Mapping[int, str], regions: Mapping[str, Region], page: Page) -> str | None:
    """The line that the run is set in: the one with most of its glyphs, rather one of an article with a body."""
    votes = Counter(owners[g] for g in run.glyphs if g in owners)
    if not votes:
        return None
    bodies = Counter(r.article for r in page.regions if r.kind is RegionKind.BODY for _ in r.lines)

    def worth(line: str) -> tuple[int, int]:
        region = regions[line]
        return (bodies[region.article] if region.kind is RegionKind.HEADLINE else 0), votes[line]

    return max(votes, key=worth)


def _rows(runs: Sequence[TypedRun], direction: Direction) -> list[list[TypedRun]]:
    """The runs of one line, those of another row apart, in the layer's order."""
    rows: list[list[TypedRun]] = []
    for run in runs:
        row = next((r for r in rows if _beside(r[0], run, direction)), None)
        if row is None:
            rows.append([run])
        else:
            row.append(run)
    return rows


def _beside(one: TypedRun, other: TypedRun, direction: Direction) -> bool:
    """Whether two runs lie in one row; single glyphs go in the direction of the line."""
    a, b = one.box, other.box
    ways = {run.direction if len(run.glyphs) > 1 else direction for run in (one, other)}
    if ways == {Direction.VERTICAL_RL}:
        return a.overlap_x(b) >= _SAME_ROW * min(a.width, b.width)
    return a.overlap_y(b) >= _SAME_ROW * min(a.height, b.height)


def _line(line: Line, row: Sequence[TypedRun], owners: Mapping[int, str], at: int, sheet: Sheet) -> Line:
    """The line as it is, or, where its glyphs lie in others too, with the place and the direction of the runs."""
    glyphs = [g for run in row for g in run.glyphs]
    elsewhere = sum(owners.get(g) != line.id for g in glyphs)
    name = line.id if at == 0 else f"{line.id}.{at + 1}"
    if at == 0 and elsewhere == 0 and len(row) == 1 and not _is_wider(line, row[0]):
        return line
    box = Box.hull(run.box for run in row)
    long = max(row, key=lambda run: len(run.glyphs))
    direction = long.direction if len(long.glyphs) > 1 else line.direction
    return replace(line, id=name, polygon=sheet.to_scan(box.corners), direction=direction)


def _is_wider(line: Line, run: TypedRun) -> bool:
    """Whether the line's box holds more than the run: another row, which has its own line."""
    return line.box is not None and line.box.area > 0 and run.box.area < (1 - _DIFFERENT) * line.box.area


def _ordered(
    page: Page, lines: Mapping[str, list[Line]], members: Mapping[str, list[int]], owners: Mapping[int, str]
) -> Page:
    """The page with these lines in its regions; lines whose glyphs all went elsewhere are gone with them.

    The text lines of an article come in the layer's order, where that mostly agrees with the page's.
    """
    emptied = (set(owners.values()) - set(lines)) | _specks(page, owners)
    regions = [
        replace(r, lines=tuple(n for line in r.lines if line.id not in emptied for n in lines.get(line.id, [line])))
        for r in page.regions
    ]
    articles = {r.article for r in regions if r.kind in _TEXT}
    first = {name: min(found) for name, found in members.items()}
    if _agrees(regions, first):
        for article in articles - {None}:
            regions = _in_layer_order(regions, article, first)
    before = {r.id: r.lines for r in page.regions}
    return replace(page, regions=tuple(_bounded(r, before.get(r.id)) for r in regions if r.lines or not before[r.id]))


def _specks(page: Page, owners: Mapping[int, str]) -> set[str]:
    """Lines without a glyph that are too thin for type: a stroke of a badge or of a rule."""
    typed = set(owners.values())
    lines = [n for n in page.lines if n.id not in typed and n.box is not None]
    return {n.id for n in lines if n.box is not None and min(n.box.width, n.box.height) < _THIN * page.type_size}


def _agrees(regions: Sequence[Region], first: Mapping[str, int]) -> bool:
    """Whether the layer has the page's lines in the order in which layout has them, but for a few."""
    places = [first[n.id] for r in regions if r.kind in _TEXT for n in r.lines if n.id in first]
    forward = sum(a < b for a, b in pairwise(places))
    return forward >= _IN_ORDER * max(1, len(places) - 1)


def _in_layer_order(regions: Sequence[Region], article: int | None, first: Mapping[str, int]) -> list[Region]:
    """The regions with the text lines of one article in the layer's order; a region keeps what comes together."""
    own = [at for at, r in enumerate(regions) if r.article == article and r.kind in _TEXT]
    if any(n.id not in first for at in own for n in regions[at].lines):
        return list(regions)
    ranked = sorted(((first[n.id], at, n) for at in own for n in regions[at].lines), key=lambda entry: entry[0])
    chunks: list[tuple[int, list[Line]]] = []
    for _, at, line in ranked:
        if chunks and chunks[-1][0] == at:
            chunks[-1][1].append(line)
        else:
            chunks.append((at, [line]))
    sizes = Counter(at for at, found in chunks for _ in found)
    seated: list[tuple[int, list[Line]]] = []
    for place, (at, found) in enumerate(chunks):
        before = chunks[place - 1][0] if place else at
        around = [len(chunks[place - 1][1]), *(len(n) for other, n in chunks[place + 1 :] if other == before)]
        short = len(around) > 1 and len(found) < max(around) and sizes[before] > sizes[at]
        within = short and regions[at].kind is RegionKind.BODY and _in_column(found, regions[before])
        chunks[place] = (before if within else at, found)
        if seated and seated[-1][0] == chunks[place][0]:
            seated[-1][1].extend(found)
        else:
            seated.append((chunks[place][0], list(found)))
    moved = iter(_parts(regions, seated))
    out: list[Region] = []
    for at, region in enumerate(regions):
        out += [region] if at not in own else moved if at == own[-1] else islice(moved, 1)
    return out


def _in_column(lines: Sequence[Line], region: Region) -> bool:
    """Whether the lines stand in the column of the region: a marker that the layer has elsewhere does not."""
    boxes = [n.box for n in lines if n.box is not None]
    around = (
        Box.around(region.polygon) if region.polygon else Box.hull(n.box for n in region.lines if n.box is not None)
    )
    return all(2 * b.overlap_x(around) > b.width for b in boxes)


def _parts(regions: Sequence[Region], seated: Sequence[tuple[int, Sequence[Line]]]) -> list[Region]:
    """The regions of the lines in this order, each told by its place.

    What comes in two parts, others between them, is two regions: a column's tail and the caption under it. What comes
    in more is one, where its first part stands: the layer goes to and fro between columns.
    """
    times = Counter(at for at, _ in seated)
    whole: dict[int, list[Line]] = {}
    out: dict[str, Region] = {}
    for at, found in seated:
        if times[at] <= _TORN:
            name = regions[at].id if regions[at].id not in out else f"{regions[at].id}.2"
            out[name] = replace(regions[at], id=name, lines=tuple(found))
        else:
            whole.setdefault(at, []).extend(found)
            out[regions[at].id] = replace(regions[at], lines=tuple(whole[at]))
    return list(out.values())


def _bounded(region: Region, before: Sequence[Line] | None) -> Region:
    """The region with the place that its lines have now; `before` are those that it had."""
    if region.lines == before or not region.lines:
        return region
    return replace(region, polygon=Box.around(p for n in region.lines for p in n.polygon or ()).corners)
