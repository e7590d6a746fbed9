"""How a line lies in its column: how far it is set in, and how much room it leaves, from boxes or from white space."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import atan2, cos, sin
from statistics import median
from typing import Final

from cleanup.language.characters import ENDS_ITEM, SPACE, cells, ends_sentence
from cleanup.lines.clean_lines import LineView
from cleanup.lines.glyph_places import em_of
from layout.page import Direction, Line

_SPACES: Final = "".join(SPACE)
_TAB: Final = 4 * " "
"""The room that a tab before a line takes: it sets a paragraph in."""


@dataclass(frozen=True, slots=True)
class LineGeometryParams:
    """Bounds of the columns in which lines stand; lengths in ems."""

    near: int = 2
    """Number of lines before and behind that tell how wide the column is at a line."""
    far: int = 16
    """Number of lines before and behind that are searched for lines that the column's edge broke."""
    founded: int = 3
    """Number of lines, at least, that show where their column begins; fewer may all be set in."""
    pushed: float = 0.9
    """Distance behind its column's edge, at least, of a line that was pushed in and goes on with a sentence."""
    few_pushed: int = 2
    """Number of lines that a picture pushes in, at least, beside the last of them."""
    same_edge: float = 0.3
    """Distance between the edges of lines that are pushed in to one edge, at most."""
    short: float = 1.6
    """White behind a line that the column's edge did not end, at least."""
    row: float = 0.6
    """Share of the lower of two lines that is level with the other, at least, in one row."""
    in_row: float = 3.0
    """White between two pieces of a row in heights of the line, at most."""
    deepest: float = 4.5
    """Indent of a paragraph, at most; lines that begin further right stand beside a picture."""
    before_edge: float = 0.3
    """Distance of a few lines before the left edge of a longer column that holds them, at most."""
    same_foot: float = 0.6
    """Distance of the ends of two vertical lines of one register, at most."""
    lower: float = 2.0
    """Distance of their beginnings, at least, where the first stands under a headline and the second beside it."""
    over_edge: float = 0.5
    """Distance of the longer column's right edge behind theirs, at most."""


P: Final = LineGeometryParams()


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """A line that is not blank. All lengths are in ems.

    `indent` is how far it begins behind its column's edge; `width` how long its text is; `room` how far its end
    stays behind the ends of its neighbours: 0 for a full line, and for one that ends at a picture. `new_block` tells
    whether a column break, a blank line or another page lies before it.
    """

    view: LineView
    text: str
    indent: float
    width: float
    room: float
    on_scan: bool
    new_block: bool = False
    blanks_before: tuple[int, ...] = ()
    """The lengths of the blank lines before it, each with its break."""
    in_row: bool = False
    """Whether it stands in one row with the line before: a row that was read in pieces, or a drop capital."""

    @property
    def vertical_on_scan(self) -> bool:
        """Whether it is a vertical line whose place on the scan is known."""
        return self.on_scan and self.view.source.line.direction is Direction.VERTICAL_RL

    def ends_level_with(self, after: MeasuredLine) -> bool:
        """Whether a vertical line ends where the longer one behind it does, and began lower: beside a headline."""
        if not (self.vertical_on_scan and after.vertical_on_scan):
            return False
        own, other = (_Extent.of([y for _, y in n.view.source.line.polygon or ()]) for n in (self, after))
        em = em_of(self.view.source.line)
        return abs(own.end - other.end) < P.same_foot * em and own.begin - other.begin > P.lower * em

    @property
    def lead(self) -> int:
        """The white space before the text, in characters."""
        return len(self.view.text) - len(self.view.text.lstrip(_SPACES))

    @property
    def trail(self) -> int:
        """The white space behind the text, in characters."""
        return len(self.view.text) - len(self.view.text.rstrip(_SPACES))


@dataclass(frozen=True, slots=True)
class _Extent:
    """Where a line begins and ends along its direction: pixels of the scan, or half-width cells of plain text."""

    begin: float
    end: float

    @classmethod
    def of(cls, places: Sequence[float]) -> _Extent:
        """The extent of some places."""
        return cls(min(places), max(places))


@dataclass(frozen=True, slots=True)
class _Column:
    """A run of lines of one region, or of one page of plain text. `left` is where they begin, `em` their unit."""

    views: Sequence[LineView]
    extents: Sequence[_Extent]
    left: float
    em: float
    on_scan: bool
    broken: tuple[int, ...] = ()
    """The places of the lines of plain text with which neither a sentence nor an entry of a list ends."""

    @property
    def right(self) -> float:
        return max(e.end for e in self.extents)

    @property
    def founded(self) -> bool:
        return not self.on_scan or len(self.views) >= P.founded


def measured(views: Sequence[LineView]) -> tuple[MeasuredLine, ...]:
    """The lines that are not blank, each against the column that it stands in; linear in the lines."""
    lines: list[MeasuredLine] = []
    before: LineView | None = None
    blanks: list[LineView] = []
    for column in _settled(list(_columns(views))):
        for at, view in enumerate(column.views):
            if not view.text.strip(_SPACES):
                blanks.append(view)
                continue
            gap = any(not b.source.line.text.strip(_SPACES) for b in blanks)
            parted = before is not None and _place(before) != _place(view)
            lengths = tuple(len(b.text) + b.broken for b in blanks)
            in_row = before is not None and _in_one_row(before.source.line, view.source.line)
            lines.append(_line(column, at, _Before(gap or parted, lengths, in_row)))
            before, blanks = view, []
    return tuple(lines)


def _in_one_row(a: Line, b: Line) -> bool:
    """Whether two lines stand side by side in one row, the second right behind the first, however the page lay."""
    if a.polygon is None or b.polygon is None or a.direction is not b.direction:
        return False
    ux, uy = cos(_angle(a)), sin(_angle(a))
    along = [_Extent.of([x * ux + y * uy for x, y in n.polygon or ()]) for n in (a, b)]
    across = [_Extent.of([y * ux - x * uy for x, y in n.polygon or ()]) for n in (a, b)]
    shared = min(e.end for e in across) - max(e.begin for e in across)
    narrow = min(e.end - e.begin for e in across)
    gap = along[1].begin - along[0].end
    return shared > P.row * narrow and -0.5 * narrow < gap < P.in_row * narrow


@dataclass(frozen=True, slots=True)
class _Before:
    """What is before a line, as `MeasuredLine` tells it."""

    new_block: bool
    blanks: tuple[int, ...]
    in_row: bool


def _line(column: _Column, at: int, before: _Before) -> MeasuredLine:
    view, extent = column.views[at], column.extents[at]
    indent = max(0.0, extent.begin - _left_at(column, at)) / column.em
    if column.on_scan and indent > P.deepest:
        indent = (extent.begin - _near_begin(column.extents, at)) / column.em
    room = 0.0 if view.source.at_picture else max(0.0, _reach(column, at) - extent.end) / column.em
    width = (extent.end - extent.begin) / column.em
    return MeasuredLine(
        view,
        view.text.strip(_SPACES),
        indent,
        width,
        room,
        on_scan=column.on_scan,
        new_block=before.new_block,
        blanks_before=before.blanks,
        in_row=before.in_row,
    )


def _is_last_pushed(column: _Column, at: int) -> bool:
    """Whether a line is the last of several beside a drop capital or a picture, within a sentence.

    One line alone that is set in before it is a paragraph of its own, unless the column begins with it.
    """
    begin, run = column.extents[at].begin, 0
    while run < at and abs(column.extents[at - run - 1].begin - begin) < P.same_edge * column.em:
        run += 1
    if not run or (run < P.few_pushed and run < at) or ends_sentence(column.views[at - 1].text):
        return False
    return _near_end(column.extents, at - 1) - column.extents[at - 1].end <= P.short * column.em


def _left_at(column: _Column, at: int) -> float:
    """Where the column begins at a line: further in where a picture or a drop capital pushes it and its neighbours."""
    if not column.on_scan or at + 1 == len(column.extents):
        return column.left
    pushed = column.left + P.pushed * column.em
    behind, begin = column.extents[at + 1].begin, column.extents[at].begin
    if behind <= pushed < begin and _is_last_pushed(column, at):
        return begin
    room = _near_end(column.extents, at) - column.extents[at].end
    if behind <= pushed or column.extents[at].begin <= pushed or room > P.short * column.em:
        return column.left
    if not ends_sentence(column.views[at].text):
        return behind
    before = column.extents[at - 1].begin if at else column.left
    return max(column.left, min(before, behind))


def _place(view: LineView) -> tuple[int, str | None]:
    return view.source.page, view.source.region


def _columns(views: Sequence[LineView]) -> Iterator[_Column]:
    """The runs of lines of one region where there are boxes, of one page where there are none."""
    angles = _angles(views)
    for (_, region), run in groupby(views, key=lambda v: (v.source.page, v.source.line.polygon and _place(v))):
        block = list(run)
        if region:
            yield _column_on_scan(block, angles)
        else:
            yield _column_in_text(block)


def _column_in_text(block: Sequence[LineView]) -> _Column:
    """A column of plain text begins at 0, unless lines that break off within sentences are all set in."""
    extents = [_extent_in_text(v.text) for v in block]
    begins = sorted(e.begin for e in extents)
    left = begins[len(begins) // 20]
    broken = left > 0 and sum(not ends_sentence(v.text) for v in block)
    going_on = tuple(at for at, v in enumerate(block) if not _ends(v.text.rstrip(_SPACES)))
    return _Column(block, extents, left if 2 * broken > len(block) else 0.0, 2.0, on_scan=False, broken=going_on)


def _ends(text: str) -> bool:
    return not text or text[-1] in ENDS_ITEM or ends_sentence(text)


def _extent_in_text(text: str) -> _Extent:
    bare = text.lstrip(_SPACES)
    lead = cells(text[: len(text) - len(bare)].replace("\t", _TAB))
    return _Extent(lead, lead + cells(bare.rstrip(_SPACES)))


def _column_on_scan(block: Sequence[LineView], angles: Mapping[tuple[int, Direction], float]) -> _Column:
    lines = [v.source.line for v in block]
    angle = angles[block[0].source.page, lines[0].direction]
    ux, uy = cos(angle), sin(angle)
    along = [[x * ux + y * uy for x, y in n.polygon or ()] for n in lines]
    extents = [_Extent.of(a) for a in along]
    left = sorted(e.begin for e in extents)[len(extents) // 10]
    return _Column(block, extents, left, median(map(em_of, lines)) or 1.0, on_scan=True)


def _angles(views: Sequence[LineView]) -> dict[tuple[int, Direction], float]:
    """For every page and direction the angle in which its lines run, in radians; a scan may be a little askew."""
    found: dict[tuple[int, Direction], list[float]] = defaultdict(list)
    for view in views:
        if view.source.line.polygon is not None:
            found[view.source.page, view.source.line.direction].append(_angle(view.source.line))
    return {key: median(angles) for key, angles in found.items()}


def _angle(line: Line) -> float:
    corners = line.polygon or ()
    first, last = corners[0], corners[-1 if line.direction is Direction.VERTICAL_RL else 1]
    return atan2(last[1] - first[1], last[0] - first[0])


def _settled(columns: Sequence[_Column]) -> Iterator[_Column]:
    """The columns; one of few lines begins where a longer one of its page does that reaches as far."""
    founded: dict[int, list[_Column]] = defaultdict(list)
    for column in columns:
        if column.on_scan and column.founded:
            founded[column.views[0].source.page].append(column)
    for column in columns:
        if column.founded:
            yield column
        else:
            lefts = [f.left for f in founded[column.views[0].source.page] if _may_hold(f, column)]
            yield replace(column, left=max(lefts, default=column.left))


def _may_hold(founded: _Column, column: _Column) -> bool:
    """Whether the few lines may stand in the longer column, set in or not."""
    same = founded.views[0].source.line.direction is column.views[0].source.line.direction
    behind = -P.before_edge <= (column.left - founded.left) / column.em <= P.deepest
    return same and behind and column.right <= founded.right + P.over_edge * column.em


def _near_begin(extents: Sequence[_Extent], at: int) -> float:
    """Where lines around a line begin, beside a picture too."""
    return min(e.begin for e in extents[max(0, at - 1) : at + 2])


def _reach(column: _Column, at: int) -> float:
    """How far full lines reach around a line; in plain text lines that end a paragraph, however many, tell nothing."""
    near = _near_end(column.extents, at)
    if column.on_scan or at + 1 == len(column.views):
        return near
    place = bisect_left(column.broken, at)
    before = column.broken[max(0, place - P.near) : place]
    place += place < len(column.broken) and column.broken[place] == at
    behind = column.broken[place : place + P.near]
    if min(len(before), len(behind)) < P.near or behind[-1] - before[0] == 2 * P.near:
        return near
    if before[0] < at - P.far or behind[-1] > at + P.far:
        return near
    return max(near, min(max(column.extents[i].end for i in side) for side in (before, behind)))


def _near_end(extents: Sequence[_Extent], at: int) -> float:
    """How far lines reach around a line: the lesser of what those before and those behind it reach."""
    before = [e.end for e in extents[max(0, at - P.near) : at]]
    behind = [e.end for e in extents[at + 1 : at + 1 + P.near]]
    return min(max(side) for side in (before, behind) if side) if before or behind else extents[at].end
