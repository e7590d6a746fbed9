"""What stands at the ends of a line and has no core: dashes, closing quotation marks, marks hung beyond the column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from layout.components import boxes_of, components
from layout.geometry import Box, corners
from layout.ink import Mask
from layout.lines.detected_line import DetectedLine
from layout.lines.quarter_turn import Quarter
from layout.page import Direction
from layout.params import EM
from layout.prepare.normalized import Normalized


@dataclass(frozen=True, slots=True)
class LineEndParams:
    """Bounds of what is of a line's end, in type sizes of the line where nothing else is said."""

    dash: tuple[float, float] = (0.6, 2.5)
    """Length of a dash (— or ——) at a line's end, at least and at most."""
    dash_thickness: float = 0.25
    """Thickness of such a dash, at most."""
    dash_thinnest: float = 0.04
    """The same, at least: beside a very large line a rule is as long as its dash would be, but thinner."""
    dash_gap: float = 0.9
    """Gap between the dash and the line, at most: one square holds a dash and its white."""
    dash_level: float = 0.2
    """Distance of the dash from the line's middle, at most."""
    stroke: float = 2.0
    """Length of a stroke that may be a dash, in its thickness, at least."""
    quote_line: float = 0.7
    """Length of a line that takes a quotation mark, at least."""
    quote_high: tuple[float, float] = (0.18, 0.45)
    """Height of a closing quotation mark, at least and at most."""
    quote_thin: float = 0.22
    """Width of such a mark, its two strokes together, at least: a speck is narrower."""
    quote_wide: float = 0.6
    """The same, at most."""
    quote_out: float = 0.15
    """Distance by which it stands over the line's ink, at most."""
    quote_gap: float = 0.95
    """White between it and the line, at most: most of a full stop's square is white."""
    quote_rows: float = 6.0
    """Distance across within which other lines tell how far the column reaches."""
    quote_edge: float = 0.4
    """Distance by which a mark stands beyond the column, at most."""
    stop: tuple[float, float] = (0.18, 0.42)
    """Height and width of a full stop that stands apart, at least and at most: a speck is mostly smaller."""
    stop_line: float = 0.7
    """Length of a line that takes such a stop, at least: a paragraph may end in a single hanzi and a stop."""
    stop_level: float = 0.4
    """Distance of the stop from the line's middle, at most: it stands there in some faces, low in others."""
    stop_gap: tuple[float, float] = (0.15, 1.2)
    """White between it and the line, at least and at most."""
    hung: tuple[float, float] = (0.12, 0.5)
    """Extent of a mark that hangs beyond the column, both ways, at least and at most: a dot of a rule is smaller."""
    hung_longest: float = 0.2
    """Longer side of such a mark, at least."""
    hung_reach: float = 1.15
    """Distance from the line's end to the mark's end, at most: the mark fills a corner of the next square."""
    hung_gap: float = 0.1
    """White between the line and the mark, at least: the blur of the last glyph is thinner."""
    hung_under: float = 0.35
    """Thickness of a rule that may hide a part of the mark, at most: an ornamental one has bumps of that size."""
    hung_line: float = 4.0
    """Length of a line that takes such a mark, at least."""
    hung_size: float = 1.4
    """Size of such a line, in em of the body type, at most."""
    hung_edge: float = 0.35
    """Distance along within which the ends of two lines are at one edge of a column."""
    hung_lines: int = 3
    """Lines near by that end at the edge, at least, to tell that it is the column's."""
    hung_share: float = 0.6
    """Share of these lines that have such a mark, at most: a broken rule has one beside each of them."""
    rule: int = 1
    """Pixels about a rule's box that may be ink of it."""


DEFAULT = LineEndParams()


def with_line_ends(
    lines: Sequence[DetectedLine], normalized: Normalized, rules: Sequence[Box], params: LineEndParams = DEFAULT
) -> list[DetectedLine]:
    """The lines with the marks at their ends that have no core; `rules` are those of the normalized picture."""
    pieces = boxes_of(normalized.paper.pieces)
    whole = _with_closing_marks(_with_dashes(lines, [*rules, *pieces], params), pieces, params)
    return _with_hung_marks(whole, normalized, rules, params)


def _with_dashes(lines: Sequence[DetectedLine], strokes: Sequence[Box], p: LineEndParams) -> list[DetectedLine]:
    """The lines with the dashes at their ends, which the network may take for short rules."""
    flat = _outside([s for s in strokes if max(s.width, s.height) > p.stroke * min(s.width, s.height)], lines)
    at = corners(flat)
    return [_with_dashes_of(line, flat, at, p) for line in lines]


def _with_dashes_of(
    line: DetectedLine, flat: Sequence[Box], at: npt.NDArray[np.int64], p: LineEndParams
) -> DetectedLine:
    """One line with its dashes, one behind the other; `at` are the corners of the `flat` strokes."""
    upright, size = line.direction is Direction.VERTICAL_RL, line.size
    x0, y0, x1, y1 = at[:, [1, 0, 3, 2]].T if upright else at.T
    middle = (line.box.turned if upright else line.box).centre[1]
    fits = (x1 - x0 >= p.dash[0] * size) & (x1 - x0 <= p.dash[1] * size)
    fits &= (y1 - y0 <= p.dash_thickness * size) & (y1 - y0 >= p.dash_thinnest * size)
    fits &= np.abs((y0 + y1) / 2 - middle) <= p.dash_level * size
    box, before = line.box, None
    while box != before:
        before, own = box, box.turned if upright else box
        near = fits & (np.maximum(x0 - own.x1, own.x0 - x1) <= p.dash_gap * size)
        for i in np.flatnonzero(near).tolist():
            box = box | flat[i]
    return replace(line, box=box)


def _with_closing_marks(lines: Sequence[DetectedLine], pieces: Sequence[Box], p: LineEndParams) -> list[DetectedLine]:
    """The level lines with the stop or the closing quotation mark that stands apart from the last hanzi."""
    free = _grouped([b for b in _outside(pieces, lines) if max(b.width, b.height) <= p.quote_wide * 2 * EM])
    at, sides = corners(free), corners([n.box for n in lines])
    return [_with_marks(n, at, sides, p) if n.direction is Direction.HORIZONTAL else n for n in lines]


def _grouped(pieces: Sequence[Box]) -> list[Box]:
    """The pieces of ink, those that nearly touch as one: the ring of a stop in a light face is broken."""
    if not pieces:
        return []
    at = corners(pieces)
    drawn = np.zeros((int(at[:, 3].max()) + 2, int(at[:, 2].max()) + 2), dtype=np.uint8)
    for b in pieces:
        drawn[max(0, b.y0 - 1) : b.y1 + 1, max(0, b.x0 - 1) : b.x1 + 1] = 255
    grown = boxes_of(components(drawn))
    return [Box(b.x0 + 1, b.y0 + 1, b.x1 - 1, b.y1 - 1) for b in grown]


def _with_marks(
    line: DetectedLine, at: npt.NDArray[np.int64], sides: npt.NDArray[np.int64], p: LineEndParams
) -> DetectedLine:
    """One line with these marks in either order: ”。 or 。”."""
    quoted = _with_quote(line, at, sides, p)
    return _with_quote(_with_stop(quoted, at, sides, p), at, sides, p)


def _type_size(line: DetectedLine) -> float:
    """The type size of a level line; that of a few characters is no less than their height."""
    return max(line.size, float(line.box.height))


def _with_quote(
    line: DetectedLine, at: npt.NDArray[np.int64], sides: npt.NDArray[np.int64], p: LineEndParams
) -> DetectedLine:
    """One line with such a mark, in one piece or two; `at` are the corners of pieces, `sides` those of all lines."""
    b, size = line.box, _type_size(line)
    if not len(at) or b.width < p.quote_line * size:
        return line
    x0, y0, x1, y1 = at.T
    high = (y1 - y0 >= p.quote_high[0] * size) & (y1 - y0 <= p.quote_high[1] * size)
    level = (y0 >= b.y0 - p.quote_out * size) & ((y0 + y1) / 2 < b.centre[1])
    near = np.flatnonzero(high & level & (x0 >= b.x1) & (x0 - b.x1 <= p.quote_gap * size))
    if not len(near):
        return line
    mark = Box(int(x0[near].min()), int(y0[near].min()), int(x1[near].max()), int(y1[near].max()))
    if not p.quote_thin * size <= mark.width <= p.quote_wide * size or not _in_column(line, mark, sides, p):
        return line
    return replace(line, box=Box(b.x0, b.y0, mark.x1, b.y1))


def _with_stop(
    line: DetectedLine, at: npt.NDArray[np.int64], sides: npt.NDArray[np.int64], p: LineEndParams
) -> DetectedLine:
    """One line with the full stop that stands alone behind it, in the middle of its square as some faces have it."""
    b, size = line.box, _type_size(line)
    if not len(at) or b.width < p.stop_line * size:
        return line
    x0, y0, x1, y1 = at.T
    sides_of = np.stack([x1 - x0, y1 - y0])
    fits = ((sides_of >= p.stop[0] * size) & (sides_of <= p.stop[1] * size)).all(axis=0)
    fits &= np.abs((y0 + y1) / 2 - b.centre[1]) <= p.stop_level * size
    near = np.flatnonzero(fits & (x0 - b.x1 >= p.stop_gap[0] * size) & (x0 - b.x1 <= p.stop_gap[1] * size))
    if len(near) != 1:
        return line
    mark = Box(*at[near[0]].tolist())
    return replace(line, box=Box(b.x0, b.y0, mark.x1, b.y1)) if _in_column(line, mark, sides, p) else line


def _in_column(line: DetectedLine, mark: Box, sides: npt.NDArray[np.int64], p: LineEndParams) -> bool:
    """Whether other lines near by reach as far as a mark behind a line; `sides` are the corners of all lines."""
    b, size = line.box, line.size
    beside = (np.abs((sides[:, 1] + sides[:, 3]) / 2 - b.centre[1]) < p.quote_rows * size) & (sides[:, 0] < b.x1)
    edge = sides[beside, 2]
    return bool(len(edge)) and bool(edge.max() >= mark.x1 - p.quote_edge * size)


def _outside(strokes: Sequence[Box], lines: Sequence[DetectedLine]) -> list[Box]:
    """The strokes whose middle lies in no line."""
    at = corners(strokes)
    x, y = (at[:, 0] + at[:, 2]) / 2, (at[:, 1] + at[:, 3]) / 2
    free = np.ones(len(strokes), dtype=np.bool_)
    for b in (n.box for n in lines):
        free &= (x < b.x0) | (x > b.x1) | (y < b.y0) | (y > b.y1)
    return [strokes[i] for i in np.flatnonzero(free).tolist()]


def _with_hung_marks(
    lines: Sequence[DetectedLine], normalized: Normalized, rules: Sequence[Box], p: LineEndParams
) -> list[DetectedLine]:
    """The lines, each with the comma or stop that hangs beyond the end of its column.

    Such a mark stands in the white between two registers or columns, where the network sees no line.
    """
    ink = _BehindLines.of(normalized.ink, rules, p)
    quarter = Quarter(ink.free.shape[1], ink.free.shape[0], clockwise=normalized.lying)
    marks = _hung_marks(lines, [n.box for n in lines], ink, Direction.HORIZONTAL, p)
    turned = _hung_marks(lines, [quarter.there(n.box) for n in lines], ink.turned(quarter), Direction.VERTICAL_RL, p)
    marks |= {i: quarter.back(mark) for i, mark in turned.items()}
    return [replace(n, box=n.box | marks[i]) if i in marks else n for i, n in enumerate(lines)]


@dataclass(frozen=True, slots=True)
class _BehindLines:
    """Ink that may be of marks, 255 where it is free of rules, and where the rules are; both have the same shape."""

    free: Mask
    ruled: Mask

    @classmethod
    def of(cls, ink: Mask, rules: Sequence[Box], p: LineEndParams) -> _BehindLines:
        """The ink, parted from that of the rules and a pixel about them."""
        free, ruled = ink.copy(), np.zeros_like(ink)
        for b in rules:
            place = np.s_[max(0, b.y0 - p.rule) : b.y1 + p.rule, max(0, b.x0 - p.rule) : b.x1 + p.rule]
            free[place], ruled[place] = 0, 255
        return cls(free, ruled)

    def turned(self, quarter: Quarter) -> _BehindLines:
        return _BehindLines(quarter.mask(self.free), quarter.mask(self.ruled))


def _hung_marks(
    lines: Sequence[DetectedLine], boxes: Sequence[Box], ink: _BehindLines, way: Direction, p: LineEndParams
) -> dict[int, Box]:
    """For lines of that direction, by their places in the sequence, the mark beyond the end.

    `boxes` are the lines' and `ink` what is printed, turned so that these lines run from left to right.
    """
    sides = corners(boxes)
    found = [_hung_mark(n, b, sides, ink, p) if n.direction is way else None for n, b in zip(lines, boxes, strict=True)]
    marked = np.array([m is not None for m in found], dtype=np.bool_)
    ends = np.column_stack(
        (sides[:, [1, 3]].mean(axis=1), [m.x0 if m else b.x1 for m, b in zip(found, boxes, strict=True)])
    )
    return {
        i: mark for i, mark in enumerate(found) if mark is not None and _is_edge(mark, lines[i].size, ends, marked, p)
    }


def _hung_mark(
    line: DetectedLine, b: Box, sides: npt.NDArray[np.int64], ink: _BehindLines, p: LineEndParams
) -> Box | None:
    """The last glyph's end to the end of the only ink behind it, where that is no larger than a mark.

    `b` is the line's box, `sides` are the corners of all lines, with the line's direction from left to right. The line
    may have claimed a part of the mark; a rule may hide another part.
    """
    size, free = line.size, ink.free
    if line.white_on_dark or size > p.hung_size * EM or b.width < p.hung_line * size:
        return None
    level = (sides[:, 1] < b.y1) & (sides[:, 3] > b.y0) & (sides[:, 2] > b.x1) & (sides[:, 0] > b.x0)
    begin = b.x1 - round(p.hung[1] * size)
    end = min(b.x1 + round(p.hung_reach * size) + 1, int(sides[level, 0].min(initial=free.shape[1])))
    inked = np.flatnonzero((free[b.y0 : b.y1, begin : max(end, begin)] > 0).any(axis=0)) + begin
    parted = np.flatnonzero(np.diff(inked) > p.hung_gap * size)
    if not len(parted) or inked[-1] < b.x1 or inked[parted[-1]] > b.x1 + 1:
        return None
    edge, x0, x1 = int(inked[parted[-1]]) + 1, int(inked[parted[-1] + 1]), int(inked[-1]) + 1
    rows = np.flatnonzero((free[b.y0 : b.y1, x0:x1] > 0).any(axis=1))
    bare = np.flatnonzero(~(ink.ruled[b.y0 : b.y1, edge:x0] > 0).any(axis=0))
    hidden = edge + (int(bare[-1]) + 1 if len(bare) else 0)
    if x0 - hidden <= p.hung_under * size:
        x0 = hidden
    short, long = sorted((x1 - x0, int(rows[-1] - rows[0]) + 1))
    within = rows[0] > 0 and rows[-1] + 1 < b.height and x1 < end
    sized = p.hung[0] * size <= short and p.hung_longest * size <= long <= p.hung[1] * size
    return Box(edge, b.y0, x1, b.y1) if within and sized else None


def _is_edge(
    mark: Box, size: float, ends: npt.NDArray[np.float64], marked: npt.NDArray[np.bool_], p: LineEndParams
) -> bool:
    """Whether a mark stands behind the edge of a column, and few of the lines that end there have one.

    `ends` are the middle across of each line and where its glyphs end, shape (lines, 2).
    """
    away = np.abs(ends[:, 0] - mark.centre[1])
    column = (away < p.quote_rows * size) & (np.abs(ends[:, 1] - mark.x0) < p.hung_edge * size)
    own = column & (away < 1)
    others, others_marked = int((column & ~own).sum()), int((column & marked & ~own).sum())
    return others >= p.hung_lines and others_marked <= p.hung_share * others
