"""Gutters that rows of type run over: level lines cut where the white in them parts two columns.

A gutter is told by what is around it, all of it weighed at once by boosted trees that `samples.gutters` fits: how wide
the white is and what stands at its sides, how far it goes on above and below without ink, which rows end and begin
there, and whether the parts or the whole are as wide as the columns of the page. A second pass sees what the first
holds the whites of the rows above and below for, so that the rows of two columns are parted together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
    part: float = 2.5
    """Length of a part of the row, at least."""
    mark: float = 0.5
    """Extent of a mark, at most, that hangs in a gutter beyond the end of its column."""
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
    odds: float = 0.0
    """Log-odds from which on a white is a gutter."""


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


def with_gutters(lines: Sequence[DetectedLine], ink: Mask, core: Mask) -> list[DetectedLine]:
    """The lines, level ones cut where they run over gutters.

    `ink` is that of type, `core` the network's line cores, 0 to 255, in its own scale.
    """
    level = [n.direction is Direction.HORIZONTAL for n in lines]
    boxes = corners([n.box for n in lines])
    may = may_run_over(np.array(level, dtype=np.bool_), np.array([n.size for n in lines]))
    found = whites_of(boxes, may, ink)
    if not len(found):
        return list(lines)
    odds = gutter_trees().log_odds(boxes[level], boxes, found, ink, core)
    cuts: dict[int, list[tuple[int, int, int]]] = {}
    for k in np.argsort(-odds, kind="stable").tolist():
        own = cuts.setdefault(int(found.row[k]), [])
        place = int(found.left[k]), int(found.right[k])
        if odds[k] > P.odds and all(place[1] <= left or place[0] >= right for left, _, right in own):
            own.append((place[0], int(found.begin[k]), place[1]))
    out: list[DetectedLine] = []
    for n, line in enumerate(lines):
        parts = _cut(line.box, cuts.get(n, []))
        out += [line] if len(parts) == 1 else [measured(replace(line, box=b, size=0.0), ink) for b in parts]
    return out


def _cut(box: Box, cuts: Sequence[tuple[int, int, int]]) -> list[Box]:
    """The parts of a row between its gutters; of each where it begins, before and behind a mark, and where it ends."""
    out, x0 = [], box.x0
    for _, begin, right in sorted(cuts):
        if begin > x0 and right < box.x1:
            out.append(Box(x0, box.y0, begin, box.y1))
            x0 = right
    return [*out, Box(x0, box.y0, box.x1, box.y1)]


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
            if _is_set_wide((x1 - x0, y1 - y0), right - begin, whites[:, 1] - whites[:, 0]):
                continue
            if right - begin >= P.white * EM and min(left - x0, x1 - right) >= P.part * EM:
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


def measures(level: Ints, boxes: Ints, found: Whites, ink: Mask, core: Mask) -> Floats:
    """What tells of each white, a row a white; `level` are the corners of the level lines. Lengths are ems."""
    rows = _Rows.of(level)
    whites = zip(
        boxes[found.row].tolist(), found.left.tolist(), found.right.tolist(), found.begin.tolist(), strict=True
    )
    out = [_measures(rows, _White(Box(*row), *white), ink, core) for row, *white in whites]
    return np.array(out, dtype=np.float64).reshape(len(found), len(out[0]) if out else 0)


@dataclass(frozen=True, slots=True)
class _White:
    """One white of a row, in pixels."""

    row: Box
    left: int
    right: int
    begin: int


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


def _measures(rows: _Rows, white: _White, ink: Mask, core: Mask) -> list[float]:
    """The measures of one white."""
    x0, y0, x1, y1 = white.row.x0, white.row.y0, white.row.x1, white.row.y1
    left, right, begin = white.left, white.right, white.begin
    open_ = _open(ink, (begin, right), (y0, y1))
    width = rows.x1 - rows.x0
    return [
        (right - left) / EM,
        (right - begin) / EM,
        float(begin > left),
        (left - x0) / EM,
        (x1 - right) / EM,
        (y1 - y0) / EM,
        *(v / EM for v in open_),
        *_of_rows(rows, white, open_),
        *_of_columns(rows, white),
        *_of_ink(white, ink),
        _core_between(core, (begin, right), (y0, y1)),
        float(width.max() / EM),
        float(np.median(width)) / EM,
    ]


def _of_rows(rows: _Rows, white: _White, open_: tuple[float, float]) -> Iterator[float]:
    """How many rows above and below end, begin and run over at a white, within what is open about it and beyond."""
    x0, y0, x1, y1 = white.row.x0, white.row.y0, white.row.x1, white.row.y1
    left, right = white.left, white.right
    middle, width = (rows.y0 + rows.y1) / 2, rows.x1 - rows.x0
    away, side = np.abs(middle - (y0 + y1) / 2), middle < (y0 + y1) / 2
    other = (away > P.away * EM) & (away < P.far * EM)
    align, like = P.align * EM, P.like * EM
    long = other & (width > P.long * EM)
    ends, begins = long & (np.abs(rows.x1 - left) < align), long & (np.abs(rows.x0 - right) < align)
    set_in = long & (np.abs(np.abs(rows.x0 - right) - P.indent * EM) < align / 2)
    thin = rows.y1 - rows.y0 < P.thick * (y1 - y0)
    over = other & thin & (rows.x0 < left - EM) & (rows.x1 > right + EM)
    within = (middle > y0 - open_[0]) & (middle < y1 + open_[1])
    near = other & (away < P.near[1] * EM)
    yield from (float((f & within & s).sum()) for f in (ends, begins, set_in, over) for s in (side, ~side))
    yield from (float((f & near & s).sum()) for f in (ends, begins) for s in (side, ~side))
    yield from (float((over & ~within & (away < d * EM)).sum()) for d in P.near)
    whole = (np.abs(rows.x0 - x0) < like) & (np.abs(rows.x1 - x1) < like) & other
    yield float((whole & within).sum())
    yield float((whole & ~within).sum())


def _of_columns(rows: _Rows, white: _White) -> Iterator[float]:
    """How many rows of the page are as wide as either part of the row, or all of it, and end or begin at the white."""
    like, width = P.like * EM, rows.x1 - rows.x0
    parts = (white.left - white.row.x0, white.row.x1 - white.right, white.row.width)
    yield from (float((np.abs(width - part) < like).mean()) for part in parts)
    yield float((np.abs(rows.x1 - white.left) < like).sum())
    yield float((np.abs(rows.x0 - white.right) < like).sum())


def _of_ink(white: _White, ink: Mask) -> Iterator[float]:
    """The other whites of the row against this one, and the pieces of ink at its sides."""
    row, wide = white.row, white.right - white.begin
    own = ink[row.y0 : row.y1, row.x0 : row.x1] > 0
    begins, ends = _inner_whites(own).T
    gaps = ends - begins
    yield float((gaps > P.as_wide * wide).sum())
    yield float(np.median(gaps)) / EM if len(gaps) else 0.0
    yield float((gaps > wide).sum())
    yield from _glyph(own, white.left - row.x0, -1)
    yield from _glyph(own, white.right - row.x0, 1)


def _open(ink: Mask, white: tuple[float, float], row: tuple[int, int]) -> tuple[float, float]:
    """How far a white goes on over and under its row without ink, in pixels, no more than the farthest distance."""
    slack = P.strip * (white[1] - white[0])
    x0, x1, far = int(white[0] + slack), max(int(white[0] + slack) + 1, int(white[1] - slack)), int(P.far * EM)
    above = np.flatnonzero((ink[max(0, row[0] - far) : row[0], x0:x1] > 0).any(axis=1))
    below = np.flatnonzero((ink[row[1] : row[1] + far, x0:x1] > 0).any(axis=1))
    top = min(far, row[0])
    foot = max(0, min(far, ink.shape[0] - row[1]))
    return float(top - above[-1] - 1 if len(above) else top), float(below[0] if len(below) else foot)


def _glyph(row: Flags, at: int, way: int) -> tuple[float, float, float]:
    """The piece of ink beside a white: its width, its height and how high it stands, in ems and in the row's height.

    `at` is where the white ends on that side, `way` the direction away from it.
    """
    inked = np.asarray(row.any(axis=0))
    beside = inked[at - 1 :: -1] if way < 0 else inked[at:]
    stop = np.flatnonzero(~beside)
    width = int(stop[0]) if len(stop) else len(beside)
    part = row[:, max(0, at - width) : at] if way < 0 else row[:, at : at + width]
    high = np.flatnonzero(part.any(axis=1))
    if not len(high):
        return width / EM, 0.0, 0.0
    return width / EM, (high[-1] + 1 - high[0]) / EM, (high[0] + high[-1]) / 2 / max(1, len(row))


def _core_between(core: Mask, white: tuple[float, float], row: tuple[float, float]) -> float:
    """The mean of the network's cores in the middle of a white, 0 to 1."""
    y = (row[0] + row[1]) / 2 * SCALE
    part = core[int(y - 1) : int(y + 2), int(white[0] * SCALE) : max(int(white[0] * SCALE) + 1, int(white[1] * SCALE))]
    return float(part.mean()) / 255 if part.size else 0.0


def company(boxes: Ints, found: Whites, odds: Floats) -> Floats:
    """What the first pass says of a white and of those that go on above and below it, shape (whites, 6)."""
    middle = (boxes[found.row, 1] + boxes[found.row, 3]) / 2
    out = np.zeros((len(found), 6))
    if not len(found):
        return out
    over: Flags = (found.left[:, None] < found.right[None]) & (found.left[None] < found.right[:, None])
    down = middle[None] - middle[:, None]
    for k in range(len(found)):
        above = over[k] & (down[k] < -P.away * EM) & (down[k] > -P.next_row * EM)
        below = over[k] & (down[k] > P.away * EM) & (down[k] < P.next_row * EM)
        reach = over[k] & (np.abs(down[k]) < P.near[0] * EM)
        rivals = (found.row == found.row[k]) & (np.arange(len(found)) != k)
        out[k] = (
            odds[k],
            odds[above].max() if above.any() else _NO_WHITE,
            odds[below].max() if below.any() else _NO_WHITE,
            odds[reach].mean(),
            float(reach.sum()),
            odds[rivals].max() if rivals.any() else _NO_WHITE,
        )
    return out


@dataclass(frozen=True, slots=True)
class GutterTrees:
    """The trees of both passes."""

    first: Trees
    second: Trees

    def log_odds(self, level: Ints, boxes: Ints, found: Whites, ink: Mask, core: Mask) -> Floats:
        """For each white the log-odds that it is a gutter, shape (whites,)."""
        rows = measures(level, boxes, found, ink, core)
        return self.second.log_odds(np.hstack([rows, company(boxes, found, self.first.log_odds(rows))]))


@cache
def gutter_trees() -> GutterTrees:
    """The trees that are shipped."""
    with as_file(files("layout.lines") / FILE) as path:
        return GutterTrees(Trees.load(path, FIRST), Trees.load(path, SECOND))
