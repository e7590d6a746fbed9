"""Lines gathered into blocks: the pieces of a column, headline groups, captions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layout.geometry import Box, corners
from layout.ink import Mask
from layout.lines.detected_line import DetectedLine
from layout.page import Direction


@dataclass(frozen=True, slots=True)
class BlockParams:
    """Bounds by which lines are gathered into blocks; lengths in type sizes of the line where nothing else is said."""

    display: float = 1.24
    """Size of display type in the body's, at least; subheads and kickers of many papers stay below."""
    display_length: float = 1.6
    """Length of a display line, at least: two glyphs, else it is a blot or an initial."""
    reach: float = 0.95
    """Gap between two lines of one block, at most, in sizes of the upper line."""
    reach_smaller: float = 1.2
    """The same in sizes of the lower line, in that reach: a line of smaller type stands closer."""
    overlap: float = 0.3
    """Length by which the boxes of two lines that follow each other overlap, at most."""
    shared: float = 0.25
    """Width that two lines of one column share, as a share of the narrower, at least."""
    short: float = 4.0
    """Length of a line, at most, that is taken as wide as its column."""
    column_near: float = 2.2
    """Distance between the middles of such a line and of one that tells the column's width, at most."""
    column_edge: float = 0.6
    """Length by which the short line reaches beyond the column, at most."""
    row: float = 0.6
    """Distance between the middles of lines that lie at one height, at most."""
    unlike: tuple[float, float] = (1.22, 1.6)
    """Size of the larger of two lines of one block in that of the smaller, at most: of longer lines, and of any."""
    tells_size: float = 3.0
    """Length of a line, in sizes of the smaller, from which on it tells its size well; one or two marks tell little."""
    wall: float = 0.3
    """Share of the width that two lines share over which a wall may lie between them, at most."""


P = BlockParams()


@dataclass(frozen=True)
class LineBlock:
    """Lines that belong together, from top to bottom; `display` type is what a headline is made of."""

    lines: tuple[DetectedLine, ...]
    display: bool = False

    @cached_property
    def box(self) -> Box:
        return Box.hull(n.box for n in self.lines)

    @property
    def size(self) -> float:
        """The type size of most of its length."""
        return float(np.average([n.size for n in self.lines], weights=[max(1, n.length) for n in self.lines]))


def body_size(lines: Sequence[DetectedLine]) -> float:
    """The size in which most of the text is set: the median over characters."""
    if not lines:
        return 0.0
    sizes = np.array([n.size for n in lines])
    amount = np.array([n.length / max(1.0, n.size) for n in lines])
    order = np.argsort(sizes)
    total = np.cumsum(amount[order])
    return float(sizes[order][int(np.searchsorted(total, total[-1] / 2))])


def is_display(line: DetectedLine, body: float) -> bool:
    """Whether the line's type is large against the body's; two glyphs at least, else it is a blot or an initial."""
    return line.size > P.display * body and line.length > P.display_length * line.size


def find_blocks(lines: Sequence[DetectedLine], walls: Mask, body: float) -> list[LineBlock]:
    """Every line in one block, no line lost.

    Two lines are of one block when each is the other's only neighbour above or below, they are of like size, and no
    wall (rule, picture) stands between them.
    """
    display = [n for n in lines if is_display(n, body)]
    text = [n for n in lines if not is_display(n, body)]
    blocks = [LineBlock(tuple(c)) for c in _chains(text, walls, P.reach)]
    return [*blocks, *(LineBlock((n,), display=True) for n in display)]


def _chains(lines: list[DetectedLine], walls: Mask, reach: float) -> list[list[DetectedLine]]:
    """Lines linked to their only neighbour below, top to bottom; `reach` is the widest gap in type sizes."""
    order = sorted(range(len(lines)), key=lambda i: (lines[i].box.y0, lines[i].box.x0))
    spans = [_span(n, lines) for n in lines]
    near = _near_below(lines, spans, reach)
    below = {i: _next_below(i, lines, near[i], walls) for i in order}
    above: dict[int, list[int]] = {}
    for i, found in below.items():
        for j in found:
            above.setdefault(j, []).append(i)
    chains, seen = [], set()
    for i in order:
        if i in seen:
            continue
        chain = [i]
        while True:
            found = below[chain[-1]]
            if len(found) != 1 or len(above[found[0]]) != 1 or found[0] in seen:
                break
            chain.append(found[0])
        seen.update(chain)
        chains.append([lines[k] for k in chain])
    return chains


def _span(n: DetectedLine, lines: list[DetectedLine]) -> Box:
    """The line's box as wide as its column: a short last line would else miss the indented line below it."""
    if n.length > P.short * n.size:
        return n.box
    out = n.box
    for m in lines:
        near, edge = abs(m.box.centre[1] - n.box.centre[1]) < P.column_near * n.size, P.column_edge * n.size
        if near and m.box.x0 - edge <= n.box.x0 and n.box.x1 <= m.box.x1 + edge:
            out = Box(min(out.x0, m.box.x0), out.y0, max(out.x1, m.box.x1), out.y1)
    return out


def _next_below(i: int, lines: list[DetectedLine], near: Sequence[int], walls: Mask) -> list[int]:
    """The highest of the lines `near` below line `i`, those with nothing between."""
    first = min((lines[j].box.centre[1] for j in near), default=0.0)
    row = [j for j in near if lines[j].box.centre[1] < first + P.row * lines[i].size]
    return [j for j in row if _may_follow(lines[i], lines[j], walls)]


def _near_below(lines: list[DetectedLine], spans: list[Box], reach: float) -> list[list[int]]:
    """For each line, the lines below it within reach, by their numbers."""
    size = np.array([n.size for n in lines])
    level = np.array([n.direction is Direction.HORIZONTAL for n in lines])
    y0, y1 = corners([n.box for n in lines])[:, [1, 3]].T
    left, right = corners(spans)[:, [0, 2]].T
    out: list[list[int]] = []
    for i, a in enumerate(lines):
        gap = y0 - a.box.y1
        near = (-P.overlap * a.size < gap) & (gap < reach * np.minimum(a.size, P.reach_smaller * size))
        below = level & near & (y1 > a.box.y1)
        shared = np.minimum(right, spans[i].x1) - np.maximum(left, spans[i].x0)
        below &= shared >= P.shared * np.minimum(spans[i].width, right - left)
        below[i] = False
        out.append(np.flatnonzero(below).tolist() if level[i] else [])
    return out


def _may_follow(a: DetectedLine, b: DetectedLine, walls: Mask) -> bool:
    """Whether the two are of like size, with no wall between."""
    small, large = sorted((a.size, b.size))
    # A line of one or two marks tells little of its size, but not that little.
    if large > P.unlike[1] * small or (large > P.unlike[0] * small and min(a.length, b.length) > P.tells_size * small):
        return False
    x0, x1 = max(a.box.x0, b.box.x0), min(a.box.x1, b.box.x1)
    between = walls[min(a.box.y1, b.box.y0) : max(a.box.y1, b.box.y0) + 1, x0 : max(x1, x0 + 1)]
    return not (between.size and float((between > 0).any(axis=0).mean()) > P.wall)
