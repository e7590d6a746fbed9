"""Display lines gathered into headline groups: kicker, title over several lines, subtitle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from layout.blocks.blocks import Block
from layout.geometry import Box
from layout.ink import Mask
from layout.lines.detected_line import DetectedLine
from layout.page import Direction

STRONG = 1.65
"""A group whose largest type is this many times the body's names an article; smaller may be a subhead."""


LEAST_TITLE = 1.12
"""Of the body's size: a title that stands alone over its column."""

SHORTEST = 5.5
"""Its own sizes that such a title is long; a name is shorter."""

ALONE = 1.6
"""Sizes of the body that are white above such a title; above a subhead there is less."""

FREE = 4.0
"""Sizes of the body about such a title within which no larger one stands."""

SHORT = 0.25
"""Of a title: a line under it that is shorter, and further from its middle, is another's, or a badge."""


def headline_groups(display: Sequence[DetectedLine], text: Sequence[Block], walls: Mask, body: float) -> list[Block]:
    """Display lines that stand one above the other (upright ones side by side), nothing between them, as blocks."""
    groups: list[list[DetectedLine]] = []
    for line in sorted(display, key=lambda n: (n.box.y0, n.box.x0)):
        near = [g for g in groups if any(_together(o, line, text, walls) and not _hangs(o, line, body) for o in g)]
        groups = [g for g in groups if g not in near]
        groups.append([*(n for g in near for n in g), line])
    return [Block(tuple(sorted(g, key=_order)), display=True) for g in groups]


def with_small_titles(blocks: Sequence[Block], walls: Mask, body: float) -> list[Block]:
    """The blocks; a line over a column, not much larger than its type, is display type where a piece begins.

    It stands alone: white, a rule or the page's edge above it, a column of smaller type close below.
    """
    return [replace(b, display=True) if _is_small_title(b, blocks, walls, body) else b for b in blocks]


def _is_small_title(b: Block, blocks: Sequence[Block], walls: Mask, body: float) -> bool:
    line = b.lines[0]
    if b.display or len(b.lines) > 1 or line.direction is not Direction.HORIZONTAL:
        return False
    if line.size < LEAST_TITLE * body or line.length < SHORTEST * line.size:
        return False
    others = [n for o in blocks if o is not b for n in o.lines if n.box.overlap_x(b.box) > 0]
    if any(o.display and -FREE * body < o.box.overlap_y(b.box) and o.box.overlap_x(b.box) > 0 for o in blocks):
        return False  # a byline under a headline, or a kicker over it
    above = max((n.box.y1 for n in others if n.box.centre[1] < b.box.y0), default=b.box.y0 - round(3 * body))
    below = [n for n in others if n.box.centre[1] > b.box.y1]
    first = min(below, key=lambda n: n.box.y0, default=None)
    if first is None or first.size * 1.08 > line.size or not 0 <= first.box.y0 - b.box.y1 < 2.5 * body:
        return False
    if sum(n.box.y0 < first.box.y1 + 4 * body and n.size * 1.08 < line.size for n in below) < 3:
        return False
    over = walls[max(0, round(b.box.y0 - 2 * body)) : b.box.y0, b.box.x0 : b.box.x1]
    ruled = over.size > 0 and float((over > 0).any(axis=0).mean()) > 0.5
    return ruled or b.box.y0 - above > ALONE * body


def _order(n: DetectedLine) -> tuple[int, int]:
    """From top to bottom, upright lines from right to left."""
    return (-n.box.x1, n.box.y0) if n.direction is Direction.VERTICAL_RL else (n.box.y0, n.box.x0)


def is_strong(group: Block, body: float) -> bool:
    return max(n.size for n in group.lines) >= STRONG * body or any(n.white_on_dark for n in group.lines)


def _together(a: DetectedLine, b: DetectedLine, text: Sequence[Block], walls: Mask) -> bool:
    if a.direction is not b.direction:
        return False
    upright = a.direction is Direction.VERTICAL_RL
    p, q = (a.box.turned, b.box.turned) if upright else (a.box, b.box)
    reach = min(1.3 * min(a.size, b.size), 0.9 * max(a.size, b.size))
    beside = p.overlap_x(q) > 0.4 * min(p.width, q.width) and -p.overlap_y(q) < reach
    return beside and not _parted(a.box, b.box, text, walls)


def _hangs(upper: DetectedLine, lower: DetectedLine, body: float) -> bool:
    """Whether the lower line is a subhead over one column and no subtitle: small, and not under the title's middle."""
    if upper.size < STRONG * body or lower.box.centre[1] < upper.box.centre[1]:
        return False
    off = abs(lower.box.centre[0] - upper.box.centre[0])
    if lower.length < SHORT * upper.length and off > SHORT * upper.length:
        return True
    if lower.size >= STRONG * body:
        return False
    return off > 0.12 * upper.box.width and abs(lower.box.x0 - upper.box.x0) > body


def _parted(a: Box, b: Box, text: Sequence[Block], walls: Mask) -> bool:
    """Whether a rule or text stands between the two boxes."""
    between = Box(max(a.x0, b.x0), min(a.y1, b.y1), min(a.x1, b.x1), max(a.y0, b.y0))
    if between.width <= 0 or between.height <= 0:
        return False
    wall = walls[between.y0 : between.y1, between.x0 : between.x1]
    if float((wall > 0).any(axis=0).mean()) > 0.5:
        return True
    return any((t.box & between).width > 0 and (t.box & between).height > 0.5 * t.lines[0].size for t in text)
