"""Lines as a PDF's text layer sets them: runs of glyphs that follow one another along one line, in the layer's order.

Layout finds lines by their ink. It can cut one at the white of a full-width mark, or put parts of two rows together
where text is drawn twice a hair apart. The layer knows better which glyphs were set one behind the other: here its
runs put such lines right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from layout.geometry import Box
from layout.page import Direction, Line, Page, Region, RegionKind
from layout.pdf_glyph import TypedGlyph

_GAP: Final = 1.3
"""Ems between two glyphs of one run at most: a full-width mark leaves half an em of white, a justified line more."""
_BACK: Final = 0.6
"""Distance in ems by which a glyph may begin before the end of the one before it."""
_ALIGNED: Final = 0.55
"""Distance in ems by which the middles of two glyphs of one run may lie apart across it: a comma sits low."""
_LARGER: Final = 1.7
"""Ratio of two sizes of type that are not of one run."""
_SAME_ROW: Final = 0.5
"""Share of the thinner of two runs that lies beside the other where they are of one row."""
_DIFFERENT: Final = 0.3
"""Share of a run's glyphs outside its line from which on the line is put right."""
_THIN: Final = 0.4
"""Share of the body's type size below which a line is no type."""
_IN_ORDER: Final = 0.7
"""Share of the neighbouring lines of the page that the layer has in the same order, from which on its order counts."""
_FEWEST_APART: Final = 2
"""Number of rows of a region, at least, in which two columns show."""
_LOST: Final = 1
"""Number of runs in one place of the layer's order, at most, for which layout finds no line: short last lines of
paragraphs."""
_NEXT_ROW: Final = 3.0
"""Heights of a row from it to the next of its column, at most."""
_TEXT: Final = frozenset({RegionKind.BODY, RegionKind.SUBHEAD})


@dataclass(frozen=True, slots=True)
class TypedRun:
    """Glyphs that follow one another along a line, by their indices in the layer."""

    glyphs: tuple[int, ...]
    box: Box
    direction: Direction

    @property
    def first(self) -> int:
        return self.glyphs[0]


def runs_of(glyphs: Sequence[TypedGlyph]) -> list[TypedRun]:
    """The runs of a layer in its order; text drawn again in the same place is of the run that it repeats."""
    found: list[TypedRun] = []
    current: list[int] = []
    way: Direction | None = None
    for at, glyph in enumerate(glyphs):
        goes = _way(glyphs[current[-1]].box, glyph.box, way) if current else None
        if current and goes is None:
            found.append(_run(current, glyphs, way))
            current, way = [], None
        else:
            way = goes or way
        current.append(at)
    if current:
        found.append(_run(current, glyphs, way))
    return _without_repeats(found)


def _way(a: Box, b: Box, way: Direction | None) -> Direction | None:
    """The direction in which `b` follows `a`, None where it does not."""
    em = max(a.width, a.height, b.width, b.height)
    small = max(min(max(a.width, a.height), max(b.width, b.height)), 1)
    if em > _LARGER * small and small > em / 2:
        return None
    level = abs(a.centre[1] - b.centre[1]) <= _ALIGNED * em and -_BACK * em <= b.x0 - a.x1 <= _GAP * em
    upright = abs(a.centre[0] - b.centre[0]) <= _ALIGNED * em and -_BACK * em <= b.y0 - a.y1 <= _GAP * em
    if level and b.x0 > a.x0 and way is not Direction.VERTICAL_RL:
        return Direction.HORIZONTAL
    if upright and b.y0 > a.y0 and way is not Direction.HORIZONTAL:
        return Direction.VERTICAL_RL
    return None


def _run(indices: Sequence[int], glyphs: Sequence[TypedGlyph], way: Direction | None) -> TypedRun:
    box = Box.around(corner for at in indices for corner in glyphs[at].box.corners)
    return TypedRun(tuple(indices), box, way or Direction.HORIZONTAL)


def _without_repeats(runs: Sequence[TypedRun]) -> list[TypedRun]:
    """The runs, those drawn in one place as one."""
    found: list[TypedRun] = []
    rows: dict[int, list[int]] = defaultdict(list)
    for run in runs:
        stripe = round(run.box.centre[1]) // 32
        near = (n for s in (stripe - 1, stripe, stripe + 1) for n in rows[s])
        same = next((n for n in near if _in_one_place(found[n], run)), None)
        if same is None:
            rows[stripe].append(len(found))
            found.append(run)
        else:
            found[same] = replace(found[same], glyphs=(*found[same].glyphs, *run.glyphs))
    return found


def _in_one_place(one: TypedRun, other: TypedRun) -> bool:
    a, b = one.box, other.box
    hair = max(2, min(a.height, a.width, b.height, b.width) // 6)
    return max(abs(a.x0 - b.x0), abs(a.y0 - b.y0), abs(a.x1 - b.x1), abs(a.y1 - b.y1)) <= hair


def lines_put_right(
    page: Page, glyphs: Sequence[TypedGlyph], owners: Mapping[int, str]
) -> tuple[Page, dict[str, list[int]]]:
    """The page with its lines as the layer set them, and the glyphs of every line by its id.

    `owners` tells for each glyph, by its index, the line in which it lies; glyphs that lie in none come with the run
    that holds them.
    """
    runs = runs_of(glyphs)
    page, owners = _columns_apart(page, runs, owners)
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
            whole = _line(line, row, owners, at)
            lines[target].append(whole)
            members[whole.id] = [g for run in row for g in run.glyphs]
    return _ordered(page, lines, members, owners), members


def _columns_apart(page: Page, runs: Sequence[TypedRun], owners: Mapping[int, str]) -> tuple[Page, Mapping[int, str]]:
    """The page with the body's columns as the layer sets them, where layout has put two of them in one region.

    Layout misses a gutter beside a few lines. Where runs of one row stand apart in the layer, others between them, in
    two rows at least or in all there are, the rows are those of two columns; then all columns of the article are cut
    anew, for layout's other cuts are no better there.
    """
    held: dict[str, list[TypedRun]] = defaultdict(list)
    for run in runs:
        if (owner := _owner(run, owners)) is not None:
            held[owner].append(run)
    places = {run.first: at for at, run in enumerate(runs)}
    owned = dict(owners)
    bodies: dict[int | None, list[Region]] = defaultdict(list)
    for region in page.regions:
        if region.kind is RegionKind.BODY and region.lines:
            bodies[region.article].append(region)
    made: dict[str, list[Region]] = {}
    for own in bodies.values():
        whole = all(held.get(n.id) for r in own for n in r.lines)
        if whole and any(_rows_apart(places, held, r) >= min(_FEWEST_APART, len(r.lines)) for r in own):
            mine = _with_lost(
                runs, sorted(places[run.first] for r in own for n in r.lines for run in held[n.id]), owners
            )
            sizes = {n.id: n.size for r in own for n in r.lines}
            made |= {r.id: [] for r in own}
            of_runs = {run.first: sizes.get(_owner(run, owners) or "", 0.0) for run in mine}
            for at, column in enumerate(_columns(mine), start=1):
                region = _column(own[0], at, column, of_runs)
                made[own[0].id].append(region)
                for line, row in zip(region.lines, column, strict=True):
                    owned |= {g: line.id for run in row for g in run.glyphs}
    regions = (new for r in page.regions for new in made.get(r.id, [r]))
    return replace(page, regions=tuple(regions)), owned


def _owner(run: TypedRun, owners: Mapping[int, str]) -> str | None:
    """The line in which most of the run's glyphs lie; None where all lie in none."""
    votes = Counter(owners[g] for g in run.glyphs if g in owners)
    return votes.most_common(1)[0][0] if votes else None


def _with_lost(runs: Sequence[TypedRun], mine: Sequence[int], owners: Mapping[int, str]) -> list[TypedRun]:
    """The runs at these places of the layer's order, and those between two of them that lie in no line."""
    between = (at for a, b in pairwise(mine) if b - a == _LOST + 1 for at in range(a + 1, b))
    lost = [at for at in between if _owner(runs[at], owners) is None]
    return [runs[at] for at in sorted((*mine, *lost))]


def _column(first: Region, at: int, rows: Sequence[Sequence[TypedRun]], sizes: Mapping[int, float]) -> Region:
    """A region of one column, the `at`-th of those whose first region this was."""
    name = first.id if at == 1 else f"{first.id}.{at}"
    lines = []
    for n, row in enumerate(rows, start=1):
        box = Box.hull(run.box for run in row)
        size = max(sizes[run.first] for run in row) or first.lines[0].size
        lines.append(Line(f"{name}l{n}", box.corners, size=size))
    around = Box.around(p for n in lines for p in n.polygon or ()).corners
    return replace(first, id=name, polygon=around, lines=tuple(lines))


def _rows_apart(places: Mapping[int, int], held: Mapping[str, Sequence[TypedRun]], region: Region) -> int:
    """The number of the region's rows in which two level runs stand that the layer, by `places`, parts by others."""
    count = 0
    for line in region.lines:
        level = sorted((r for r in held[line.id] if r.direction is Direction.HORIZONTAL), key=lambda r: r.box.x0)
        count += any(
            b.box.x0 >= a.box.x1 and _beside(a, b, line.direction) and places[b.first] - places[a.first] > 1
            for a, b in pairwise(level)
        )
    return count


def _columns(runs: Sequence[TypedRun]) -> list[list[list[TypedRun]]]:
    """The runs in the layer's order, in columns of rows: a column ends where the next run stands higher, or beside."""
    columns: list[list[list[TypedRun]]] = []
    before: TypedRun | None = None
    for run in runs:
        if before is not None and _beside(before, run, Direction.HORIZONTAL) and run.box.x0 >= before.box.x1:
            columns[-1][-1].append(run)
        elif before is not None and _is_under(columns[-1][-1][0].box, run.box):
            columns[-1].append([run])
        else:
            columns.append([[run]])
        before = run
    return columns


def _is_under(before: Box, run: Box) -> bool:
    """Whether a run begins the next row of the column that the row before is of."""
    high = max(before.height, run.height)
    return 0 < run.y0 - before.y0 <= _NEXT_ROW * high and before.overlap_x(run) > 0


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


def _line(line: Line, row: Sequence[TypedRun], owners: Mapping[int, str], at: int) -> Line:
    """The line as it is, or, where its glyphs lie in others too, with the place and the direction of the runs."""
    glyphs = [g for run in row for g in run.glyphs]
    elsewhere = sum(owners.get(g) != line.id for g in glyphs)
    name = line.id if at == 0 else f"{line.id}.{at + 1}"
    if at == 0 and elsewhere == 0 and len(row) == 1 and not _is_wider(line, row[0]):
        return line
    box = Box.hull(run.box for run in row)
    long = max(row, key=lambda run: len(run.glyphs))
    direction = long.direction if len(long.glyphs) > 1 else line.direction
    return replace(line, id=name, polygon=box.corners, direction=direction)


def _is_wider(line: Line, run: TypedRun) -> bool:
    """Whether the line's box holds more than the run: another row, which has its own line."""
    return line.box is not None and line.box.area > 0 and run.box.area < (1 - _DIFFERENT) * line.box.area


def _ordered(
    page: Page, lines: Mapping[str, list[Line]], members: Mapping[str, list[int]], owners: Mapping[int, str]
) -> Page:
    """The page with these lines in its regions; lines whose glyphs all went elsewhere are gone with them.

    The body's lines of an article that changed come in the layer's order, where that agrees with the page's elsewhere.
    """
    emptied = (set(owners.values()) - set(lines)) | _specks(page, owners)
    regions = [
        replace(r, lines=tuple(n for line in r.lines if line.id not in emptied for n in lines.get(line.id, [line])))
        for r in page.regions
    ]
    changed = {
        r.article for r, old in zip(regions, page.regions, strict=True) if r.lines != old.lines and r.kind in _TEXT
    }
    first = {name: min(found) for name, found in members.items()}
    if _agrees(regions, first):
        for article in changed - {None}:
            regions = _in_layer_order(regions, article, first)
    kept = [_bounded(r, old) for r, old in zip(regions, page.regions, strict=True)]
    return replace(
        page, regions=tuple(r for r, old in zip(kept, page.regions, strict=True) if r.lines or not old.lines)
    )


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
    """The regions with the body's lines of one article in the layer's order; a region keeps what comes together."""
    own = [at for at, r in enumerate(regions) if r.article == article and r.kind is RegionKind.BODY]
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
    main = dict.fromkeys(at for at, _ in chunks)
    seats: dict[int, list[Line]] = {}
    for place, (at, found) in enumerate(chunks):
        later = any(other == chunks[place - 1][0] for other, _ in chunks[place + 1 :]) if place else False
        seat = chunks[place - 1][0] if later and sizes[chunks[place - 1][0]] > sizes[at] else at
        chunks[place] = (seat, found)
        seats.setdefault(seat, []).extend(found)
    order = [regions[at] for at in main if at in seats]
    moved = {
        at: replace(region, lines=tuple(seats[seat]))
        for at, region, seat in zip(own, order, [a for a in main if a in seats], strict=False)
    }
    return [moved.get(at, replace(r, lines=())) if at in own else r for at, r in enumerate(regions)]


def _bounded(region: Region, old: Region) -> Region:
    """The region with the place that its lines have now."""
    if region.lines == old.lines or not region.lines:
        return region
    return replace(region, polygon=Box.around(p for n in region.lines for p in n.polygon or ()).corners)
