"""Gutters that rows of type run over: level lines cut where the white in them parts two columns, and joined elsewhere.

A gutter is told by what is around it, all of it weighed at once by boosted trees that `samples.gutters` fits: how wide
the white is and what stands at its sides, how far it goes on above and below without ink, which rows end and begin
there, and whether the parts or the whole are as wide as the columns of the page. A second pass sees what the first
holds the whites of the rows above and below for, so that the rows of two columns are parted together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import as_file, files
from typing import Final

import numpy as np
import numpy.typing as npt

from layout.boosted_trees import Trees
from layout.geometry import Box, corners
from layout.ink import Mask
from layout.lines.detected_line import DetectedLine, measured
from layout.page import Direction
from layout.params import EM
from layout.prepare.segmentation import SCALE

FILE: Final = "gutter_trees.npz"
FIRST: Final = "first"
SECOND: Final = "second"
"""The names of the two passes in the file."""
_NO_WHITE: Final = -9.0
"""What stands for the log-odds of a white where there is none."""
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class GutterParams:
    """Bounds of whites that are looked at; lengths in em of the body type."""

    row: tuple[float, float] = (7.0, 1.6)
    """Length of a row that may run over a gutter, at least, and its type size, at most."""
    white: float = 0.4
    """Width of the white, at least."""
    part: float = 0.8
    """Length of a part of the row, at least: the last row of a paragraph may be one glyph and its stop."""
    apart: float = 2.6
    """White between two rows that may be one, at most."""
    level: float = 0.6
    """Overlap across of two such rows, in the height of the lower, at least."""
    as_high: float = 0.5
    """Height of the lower of two such rows in that of the higher, at least."""
    rule: float = 0.9
    """Share of the height of two such rows along which a rule between them is printed, at least."""
    overlap: float = 0.2
    """Overlap along of two such rows, at most."""
    mark: float = 0.5
    """Extent of a mark, at most, that hangs in a gutter beyond the end of its column."""
    hung: float = 0.85
    """Width of a white with such a mark in it, at least: with less behind the mark than a plain white has."""
    mark_white: float = 0.25
    """White on either side of such a mark, at least."""
    strip: float = 0.15
    """Share of the white on either side that may hold ink in the rows above and below."""
    far: float = 30.0
    """Distance across within which other rows are looked at, and the longest white."""
    near: tuple[float, ...] = (5.0, 12.0, 30.0)
    """Distances across within which rows that run over the place are counted."""
    align: float = 0.8
    """Distance along by which ends of rows at a gutter differ, at most."""
    like: float = 0.5
    """Difference of the widths, or of the edges, of rows of one column, at most."""
    indent: float = 2.0
    """Indent of a paragraph's first row."""
    long: float = 3.0
    """Length of a row that tells of a gutter, at least."""
    pairs: int = 3
    """Rows side by side in the two columns, at least, that tell of the gutter of a row alone, however far they are."""
    away: float = 0.4
    """Distance across from which on another line is not the row itself."""
    thick: float = 1.5
    """Height, in that of the row, from which on a line that runs over the place is a headline."""
    as_wide: float = 0.7
    """White in that of what may be a gutter, from which on it is about as wide."""
    next_row: float = 2.2
    """Distance across of the next row above or below, at most."""
    wide_like: float = 0.65
    """White between two glyphs in that of what may be a gutter, from which on it is as wide."""
    wide_most: float = 0.6
    """Share of the glyphs of a row that such whites part, from which on the row is set wide."""
    alone: float = 0.5
    """Log-odds, at least, of the white of a row that has no company and stands in two columns that go on beyond."""
    odds: float = 0.0
    """Log-odds from which on a white is a gutter."""
    joined: float = -2.0
    """Log-odds under which the white between two rows is none, and they are one."""


P: Final = GutterParams()


@dataclass(frozen=True, slots=True)
class Whites:
    """Whites of rows that may be gutters: `row` is the row's place among the lines, shape (n,).

    `left` and `right` bound the white between the columns, `begin` is where it begins behind a mark that hangs in it.
    """

    row: Ints
    left: Ints
    right: Ints
    begin: Ints

    def __len__(self) -> int:
        return len(self.row)

    def joined(self, other: Whites) -> Whites:
        """Whites of both, the own ones first."""
        pairs = ((getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
        return Whites(*(np.concatenate(p) for p in pairs))


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may be a gutter: the whites within rows, and behind them those between two rows.

    `boxes` are the corners of all lines, and behind them one box around each pair of rows, shape (lines + pairs, 4);
    `pairs` are the places of the left and the right row among the lines, shape (pairs, 2).
    """

    boxes: Ints
    whites: Whites
    pairs: Ints
    free: Ints
    """How far each white goes on above and below its row without ink, in pixels, shape (whites, 2)."""

    @property
    def within(self) -> int:
        """How many whites are within rows."""
        return len(self.whites) - len(self.pairs)


def with_gutters(lines: Sequence[DetectedLine], ink: Mask, core: Mask, printed: Mask) -> list[DetectedLine]:
    """The lines, level ones cut where they run over gutters, and joined where no gutter parts two rows.

    `ink` is that of type, `printed` all ink, 255 where it lies; `core` the cores, 0 to 255, in the network's scale.
    """
    level = [n.direction is Direction.HORIZONTAL for n in lines]
    boxes = corners([n.box for n in lines])
    found = candidates(boxes, may_run_over(np.array(level, dtype=np.bool_), np.array([n.size for n in lines])), ink)
    if not len(found.whites):
        return list(lines)
    odds = gutter_trees().log_odds(boxes[level], found, ink, core)
    alone = _alone_in_columns(_Rows.of(boxes[level]), _At.of(found))
    alone &= found.whites.right - found.whites.begin >= P.white * EM
    odds[alone] = np.maximum(odds[alone], P.alone)
    parts = _parts(lines, found, odds)
    within_text = _run_over(_Rows.of(boxes[level]), found)
    for k in np.argsort(-boxes[found.pairs[:, 1], 0], kind="stable").tolist():
        left, right = found.pairs[k].tolist()
        told = within_text[k] and odds[found.within + k] < P.joined and parts[left] and parts[right]
        if told and _may_be_one(lines[left], lines[right], printed):
            parts[left][-1] |= parts[right].pop(0)
    return [
        line if own == [line.box] else measured(replace(line, box=b, size=0.0), ink)
        for line, own in zip(lines, parts, strict=True)
        for b in own
    ]


def _run_over(rows: _Rows, found: Candidates) -> Flags:
    """For each pair of rows whether the next row above or below runs over the white between them, shape (pairs,)."""
    whites, around = found.whites, found.boxes[len(found.boxes) - len(found.pairs) :]
    left, right = whites.left[found.within :, None], whites.right[found.within :, None]
    away = np.abs(rows.middle - around[:, [1, 3]].mean(axis=1, keepdims=True))
    near = (away > P.away * EM) & (away < P.next_row * EM)
    thin = rows.y1 - rows.y0 < P.thick * (around[:, 3] - around[:, 1])[:, None]
    over = (rows.x0 < left - EM) & (rows.x1 > right + EM)
    return np.asarray((near & thin & over).any(axis=1))


def _parts(lines: Sequence[DetectedLine], found: Candidates, odds: Floats) -> list[list[Box]]:
    """The parts of each line between the gutters in it; a mark that hangs in a gutter is of the part before it."""
    cuts: dict[int, list[tuple[int, int, int]]] = {}
    whites = found.whites
    plain = (whites.begin == whites.left)[: found.within]
    for k in np.lexsort((-odds[: found.within], plain)).tolist():
        own = cuts.setdefault(int(whites.row[k]), [])
        place = int(whites.left[k]), int(whites.right[k])
        if odds[k] > P.odds and all(place[1] <= left or place[0] >= right for left, _, right in own):
            own.append((place[0], int(whites.begin[k]), place[1]))
    return [_cut(line.box, cuts.get(n, [])) for n, line in enumerate(lines)]


def _may_be_one(left: DetectedLine, right: DetectedLine, printed: Mask) -> bool:
    """Whether two rows are on one ground, without a rule between them; a dash may lie there."""
    a, b = left.box, right.box
    between = printed[max(a.y0, b.y0) : min(a.y1, b.y1), a.x1 + 1 : b.x0 - 1] > 0
    return left.white_on_dark is right.white_on_dark and between.any(axis=1).mean() < P.rule


def _cut(box: Box, cuts: Sequence[tuple[int, int, int]]) -> list[Box]:
    """The parts of a row between its gutters; of each where it begins, before and behind a mark, and where it ends."""
    out, x0 = [], box.x0
    for _, begin, right in sorted(cuts):
        if begin > x0 and right < box.x1:
            out.append(Box(x0, box.y0, begin, box.y1))
            x0 = right
    return [*out, Box(x0, box.y0, box.x1, box.y1)]


def candidates(boxes: Ints, may: Flags, ink: Mask) -> Candidates:
    """All that may be a gutter in or between the rows that may run over one; `boxes` are the corners of all lines."""
    pairs = _pairs(boxes, may)
    a, b = boxes[pairs[:, 0]], boxes[pairs[:, 1]]
    around = np.column_stack((a[:, 0], np.minimum(a[:, 1], b[:, 1]), b[:, 2], np.maximum(a[:, 3], b[:, 3])))
    left, right = np.minimum(a[:, 2], b[:, 0]), np.maximum(a[:, 2], b[:, 0])
    between = Whites(np.arange(len(pairs)) + len(boxes), left, right, left)
    places, whites = np.vstack((boxes, around)), whites_of(boxes, may, ink).joined(between)
    bands = places[whites.row][:, [1, 3]].tolist()
    sides = zip(whites.begin.tolist(), whites.right.tolist(), bands, strict=True)
    free = [_open(ink, (begin, right), (y0, y1)) for begin, right, (y0, y1) in sides]
    return Candidates(places, whites, pairs, np.array(free, dtype=np.int64).reshape(-1, 2))


def _pairs(boxes: Ints, may: Flags) -> Ints:
    """The rows that follow each other side by side, each the other's next one, shape (pairs, 2)."""
    own = np.flatnonzero(may)
    x0, y0, x1, y1 = boxes[own].astype(np.float64).T
    shared = np.minimum(y1[:, None], y1) - np.maximum(y0[:, None], y0)
    gap = x0 - x1[:, None]
    beside = shared >= P.level * np.minimum((y1 - y0)[:, None], y1 - y0)
    beside &= np.minimum((y1 - y0)[:, None], y1 - y0) >= P.as_high * np.maximum((y1 - y0)[:, None], y1 - y0)
    beside &= (gap <= P.apart * EM) & (gap >= -P.overlap * EM)
    np.fill_diagonal(beside, val=False)
    gap[~beside] = np.inf
    if not beside.any():
        return np.zeros((0, 2), dtype=np.int64)
    after, before = gap.argmin(axis=1), gap.argmin(axis=0)
    left = np.flatnonzero(beside.any(axis=1) & (before[after] == np.arange(len(own))))
    return np.column_stack((own[left], own[after[left]]))


def may_run_over(level: Flags, size: Floats) -> Flags:
    """Which lines may run over a gutter: level ones that are no headlines; `size` is the type size in pixels."""
    return np.asarray(level & (size < P.row[1] * EM))


def whites_of(boxes: Ints, may: Flags, ink: Mask) -> Whites:
    """The whites of the rows that may run over gutters; `boxes` are the corners of all lines, shape (n, 4)."""
    out: list[tuple[int, int, int, int]] = []
    for n in np.flatnonzero(may & (boxes[:, 2] - boxes[:, 0] >= P.row[0] * EM)).tolist():
        x0, y0, x1, y1 = boxes[n].tolist()
        whites = _inner_whites(ink[y0:y1, x0:x1] > 0) + x0
        for left, right, begin in _places(whites):
            wide = right - begin >= P.white * EM or (begin > left and right - left >= P.hung * EM)
            if not wide or min(left - x0, x1 - right) < P.part * EM:
                continue
            if not _is_set_wide((x1 - x0, y1 - y0), right - begin, whites[:, 1] - whites[:, 0]):
                out.append((n, left, right, begin))
    return Whites(*(np.array(c, dtype=np.int64) for c in (zip(*out, strict=True) if out else ((), (), (), ()))))


def _inner_whites(row: Flags) -> Ints:
    """The begin and end of each white of a row between its ink, from the left, shape (whites, 2)."""
    turns = np.flatnonzero(np.diff(np.concatenate(([0], row.any(axis=0), [0]))))
    return np.stack((turns[1:-1:2], turns[2::2]), axis=1)


def _is_set_wide(extent: tuple[int, int], white: int, whites: Ints) -> bool:
    """Whether about as much white stands between most glyphs of a row: then it is the row's setting and no gutter.

    `extent` is the row's length and height.
    """
    glyphs = extent[0] / (extent[1] + white)
    return float((whites >= P.wide_like * white).sum()) >= P.wide_most * (glyphs - 1)


def _places(whites: Ints) -> list[tuple[int, int, int]]:
    """The left and right edge of each white of a row, and where its own begins: a mark may hang in a gutter."""
    plain = [(left, right, left) for left, right in whites.tolist()]
    wide = whites[:, 1] - whites[:, 0] >= P.mark_white * EM
    hung = wide[1:] & wide[:-1] & (whites[1:, 0] - whites[:-1, 1] <= P.mark * EM)
    return [
        *plain,
        *((int(a[0]), int(b[1]), int(b[0])) for a, b in zip(whites[:-1][hung], whites[1:][hung], strict=True)),
    ]


def measures(level: Ints, may: Candidates, ink: Mask, core: Mask) -> Floats:
    """What tells of each white, a row a white; `level` are the corners of the level lines. Lengths are ems."""
    boxes, found = may.boxes, may.whites
    if not len(found):
        return np.zeros((0, 0))
    rows, at = _Rows.of(level), _At.of(may)
    width = rows.x1 - rows.x0
    columns = [
        (at.right - at.left) / EM,
        (at.right - at.begin) / EM,
        at.begin > at.left,
        (at.left - at.x0) / EM,
        (at.x1 - at.right) / EM,
        (at.y1 - at.y0) / EM,
        at.above / EM,
        at.below / EM,
        np.arange(len(found)) >= may.within,
        *_of_rows(rows, at),
        *_of_columns(rows, at),
    ]
    bands = zip(found.begin.tolist(), found.right.tolist(), boxes[found.row][:, [1, 3]].tolist(), strict=True)
    cores = [_core_between(core, (begin, right), (y0, y1)) for begin, right, (y0, y1) in bands]
    page = np.tile([float(width.max() / EM), float(np.median(width)) / EM], (len(found), 1))
    return np.hstack([*(_column(c) for c in columns), _of_inks(found, boxes, ink), _column(cores), page])


def _column(values: npt.ArrayLike) -> Floats:
    """One measure of all whites, shape (whites, 1)."""
    return np.asarray(values, dtype=np.float64).reshape(-1, 1)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The level lines of a page as arrays, one entry a line, in pixels."""

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats

    @classmethod
    def of(cls, level: Ints) -> _Rows:
        return cls(*level.astype(np.float64).T)

    @property
    def middle(self) -> Floats:
        """The middle of each across."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class _At:
    """The whites and their rows' corners as arrays of shape (whites, 1), in pixels.

    `above` and `below` are how far each white goes on without ink.
    """

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    left: Floats
    right: Floats
    begin: Floats
    above: Floats
    below: Floats

    @classmethod
    def of(cls, may: Candidates) -> _At:
        found = may.whites
        row = may.boxes[found.row]
        columns = np.column_stack((row, found.left, found.right, found.begin, may.free)).astype(np.float64)
        return cls(*(c[:, None] for c in columns.T))


def _of_rows(rows: _Rows, at: _At) -> Iterator[Floats]:
    """How many rows above and below end, begin and run over at a white, within what is open about it and beyond."""
    middle, width, own = rows.middle, rows.x1 - rows.x0, (at.y0 + at.y1) / 2
    away, side = np.abs(middle - own), middle < own
    other = (away > P.away * EM) & (away < P.far * EM)
    align, like = P.align * EM, P.like * EM
    long = other & (width > P.long * EM)
    ends, begins = long & (np.abs(rows.x1 - at.left) < align), long & (np.abs(rows.x0 - at.right) < align)
    set_in = long & (np.abs(np.abs(rows.x0 - at.right) - P.indent * EM) < align / 2)
    thin = rows.y1 - rows.y0 < P.thick * (at.y1 - at.y0)
    over = other & thin & (rows.x0 < at.left - EM) & (rows.x1 > at.right + EM)
    within = (middle > at.y0 - at.above) & (middle < at.y1 + at.below)
    near = other & (away < P.near[1] * EM)
    yield from ((f & within & s).sum(axis=1) for f in (ends, begins, set_in, over) for s in (side, ~side))
    yield from ((f & near & s).sum(axis=1) for f in (ends, begins) for s in (side, ~side))
    yield from ((over & ~within & (away < d * EM)).sum(axis=1) for d in P.near)
    whole = (np.abs(rows.x0 - at.x0) < like) & (np.abs(rows.x1 - at.x1) < like) & other
    yield (whole & within).sum(axis=1)
    yield (whole & ~within).sum(axis=1)


def _of_columns(rows: _Rows, at: _At) -> Iterator[Floats]:
    """How many rows of the page are as wide as either part of the row, or all of it, and end or begin at the white."""
    like, width = P.like * EM, rows.x1 - rows.x0
    parts = (at.left - at.x0, at.x1 - at.right, at.x1 - at.x0)
    yield from ((np.abs(width - part) < like).mean(axis=1) for part in parts)
    yield (np.abs(rows.x1 - at.left) < like).sum(axis=1)
    yield (np.abs(rows.x0 - at.right) < like).sum(axis=1)


def _alone_in_columns(rows: _Rows, at: _At) -> Flags:
    """Whether a row has no company at its white, and its two parts stand in columns that go on beyond, shape (whites,).

    A picture over or under two columns may leave them a row alone. That no row ends or begins near by speaks against a
    gutter elsewhere; here rows side by side, however far, tell of it.
    """
    middle, like = rows.middle, P.like * EM
    away = np.abs(middle - (at.y0 + at.y1) / 2)
    near = (away > P.away * EM) & (away < P.near[1] * EM)
    long = rows.x1 - rows.x0 > P.long * EM
    ends, begins = np.abs(rows.x1 - at.left), np.abs(rows.x0 - at.right)
    company = near & long & ((ends < P.align * EM) | (begins < P.align * EM))
    before = long & (ends < like) & (np.abs(rows.x0 - at.x0) < like)
    behind = long & (begins < like) & (np.abs(rows.x1 - at.x1) < like)
    level = (np.abs(middle[:, None] - middle) < P.away * EM).astype(np.float32)
    pairs = (before & (behind.astype(np.float32) @ level > 0)).sum(axis=1)
    return np.asarray(~company.any(axis=1) & (pairs >= P.pairs))


@dataclass(frozen=True, slots=True)
class _RowOfInk:
    """The ink of a row, in pixels from its corner: where there is any in each column, and its inner whites' widths."""

    ink: Flags
    inked: Flags
    whites: Ints

    @classmethod
    def of(cls, row: Sequence[int], ink: Mask) -> _RowOfInk:
        x0, y0, x1, y1 = row
        own = ink[y0:y1, x0:x1] > 0
        begins, ends = _inner_whites(own).T
        return cls(own, np.asarray(own.any(axis=0)), ends - begins)


def _of_inks(found: Whites, boxes: Ints, ink: Mask) -> Floats:
    """The other whites of the row against each white, and the pieces of ink at its sides, shape (whites, 9)."""
    rows = {n: _RowOfInk.of(boxes[n].tolist(), ink) for n in np.unique(found.row).tolist()}
    x0 = boxes[found.row, 0]
    places = zip(
        found.row.tolist(),
        (found.left - x0).tolist(),
        (found.right - x0).tolist(),
        (found.right - found.begin).tolist(),
        strict=True,
    )
    return np.array([list(_of_ink(rows[n], (left, right), wide)) for n, left, right, wide in places])


def _of_ink(row: _RowOfInk, sides: tuple[int, int], wide: int) -> Iterator[float]:
    """The same of one white, between `sides` from the row's corner."""
    gaps = row.whites
    yield float((gaps > P.as_wide * wide).sum())
    yield float(np.median(gaps)) / EM if len(gaps) else 0.0
    yield float((gaps > wide).sum())
    yield from _glyph(row, sides[0], -1)
    yield from _glyph(row, sides[1], 1)


def _open(ink: Mask, white: tuple[int, int], row: tuple[int, int]) -> tuple[int, int]:
    """How far a white goes on over and under its row without ink, in pixels, no more than the farthest distance."""
    slack = P.strip * (white[1] - white[0])
    x0, x1, far = int(white[0] + slack), max(int(white[0] + slack) + 1, int(white[1] - slack)), int(P.far * EM)
    above = np.flatnonzero(ink[max(0, row[0] - far) : row[0], x0:x1].any(axis=1))
    below = np.flatnonzero(ink[row[1] : row[1] + far, x0:x1].any(axis=1))
    top = min(far, row[0])
    foot = max(0, min(far, ink.shape[0] - row[1]))
    return int(top - above[-1] - 1 if len(above) else top), int(below[0] if len(below) else foot)


def _glyph(row: _RowOfInk, at: int, way: int) -> tuple[float, float, float]:
    """The piece of ink beside a white: its width, its height and how high it stands, in ems and in the row's height.

    `at` is where the white ends on that side, `way` the direction away from it.
    """
    beside = row.inked[at - 1 :: -1] if way < 0 else row.inked[at:]
    stop = np.flatnonzero(~beside)
    width = int(stop[0]) if len(stop) else len(beside)
    part = row.ink[:, max(0, at - width) : at] if way < 0 else row.ink[:, at : at + width]
    high = np.flatnonzero(part.any(axis=1))
    if not len(high):
        return width / EM, 0.0, 0.0
    return width / EM, (high[-1] + 1 - high[0]) / EM, (high[0] + high[-1]) / 2 / max(1, len(row.ink))


def _core_between(core: Mask, white: tuple[float, float], row: tuple[float, float]) -> float:
    """The mean of the network's cores in the middle of a white, 0 to 1."""
    y = (row[0] + row[1]) / 2 * SCALE
    part = core[int(y - 1) : int(y + 2), int(white[0] * SCALE) : max(int(white[0] * SCALE) + 1, int(white[1] * SCALE))]
    return float(part.mean()) / 255 if part.size else 0.0


def company(may: Candidates, odds: Floats) -> Floats:
    """What the first pass says of a white and of those that go on above and below it, shape (whites, 6)."""
    boxes, found = may.boxes, may.whites
    if not len(found):
        return np.zeros((0, 6))
    middle = (boxes[found.row, 1] + boxes[found.row, 3]) / 2
    over: Flags = (found.left[:, None] < found.right) & (found.left < found.right[:, None])
    down = middle - middle[:, None]
    own = np.eye(len(found), dtype=np.bool_)
    reach = (over & (np.abs(down) < P.near[0] * EM)) | own
    columns = (
        odds,
        _most(odds, over & (down < -P.away * EM) & (down > -P.next_row * EM)),
        _most(odds, over & (down > P.away * EM) & (down < P.next_row * EM)),
        [odds[near].mean() for near in reach],
        reach.sum(axis=1),
        _most(odds, (found.row == found.row[:, None]) & ~own),
    )
    return np.hstack([_column(c) for c in columns])


def _most(odds: Floats, which: Flags) -> Floats:
    """The highest of the log-odds of those that each row of flags names, shape (rows,)."""
    most = np.where(which, odds, -np.inf).max(axis=1)
    return np.where(which.any(axis=1), most, _NO_WHITE)


@dataclass(frozen=True, slots=True)
class GutterTrees:
    """The trees of both passes."""

    first: Trees
    second: Trees

    def log_odds(self, level: Ints, found: Candidates, ink: Mask, core: Mask) -> Floats:
        """For each white the log-odds that it is a gutter, shape (whites,)."""
        rows = measures(level, found, ink, core)
        return self.second.log_odds(np.hstack([rows, company(found, self.first.log_odds(rows))]))


@cache
def gutter_trees() -> GutterTrees:
    """The trees that are shipped."""
    with as_file(files("layout.lines") / FILE) as path:
        return GutterTrees(Trees.load(path, FIRST), Trees.load(path, SECOND))
