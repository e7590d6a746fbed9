"""Display lines gathered into headline groups: kicker, title over several lines, subtitle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layout.blocks.blocks import LineBlock
from layout.geometry import Box
from layout.ink import Mask
from layout.lines.detected_line import DetectedLine
from layout.page import Direction


@dataclass(frozen=True, slots=True)
class HeadlineParams:
    """Bounds by which display lines are gathered into headline groups."""

    strong: float = 1.65
    """Size of a group's largest type, in the body's, from which on it names an article; smaller may be a subhead."""
    gap: tuple[float, float] = (1.3, 0.9)
    """Gap between two lines of a group, at most: in sizes of the smaller line, and of the larger one."""
    shared: float = 0.4
    """Width that two lines of a group share, as a share of the narrower, at least."""
    parted: float = 0.5
    """Share of the width between two lines along which a wall lies, at most, where it does not part them."""
    text: float = 0.5
    """Height of text between two lines, in its type size, from which on it parts them."""
    short: float = 0.25
    """Length of a line under a title, and its distance from the title's middle, in the title's length: what is shorter
    and further off is another's, or a badge."""
    off_middle: float = 0.12
    """Distance of a subtitle from the title's middle, in the title's width, at most, where they begin apart."""


@dataclass(frozen=True, slots=True)
class SmallTitleParams:
    """Bounds of a title little larger than its column; lengths in sizes of the body where nothing else is said."""

    least: float = 1.12
    """Size of a title that stands alone over its column, at least."""
    shortest: float = 5.5
    """Length of such a title in its own sizes, at least; a name is shorter."""
    alone: float = 1.6
    """White above such a title, at least; above a subhead there is less."""
    page_edge: float = 3.0
    """White above the first line of a column, where nothing stands over it."""
    free: float = 4.0
    """Distance about such a title within which no display line stands."""
    larger: float = 1.08
    """Size of the title in that of the lines under it, at least."""
    below: float = 2.5
    """Distance of the column's first line, at most."""
    depth: float = 4.0
    """Height of the column's head in which its lines are counted."""
    lines: int = 3
    """Lines of smaller type in that height, at least."""
    rule_reach: float = 2.0
    """Distance above the title within which a rule stands for white."""
    ruled: float = 0.5
    """Share of the title's width that such a rule covers, at least."""


P, SMALL = HeadlineParams(), SmallTitleParams()


def headline_groups(
    display: Sequence[DetectedLine], text: Sequence[LineBlock], walls: Mask, body: float
) -> list[LineBlock]:
    """Display lines that stand one above the other (upright ones side by side), nothing between them, as blocks."""
    groups: list[list[DetectedLine]] = []
    for line in sorted(display, key=lambda n: (n.box.y0, n.box.x0)):
        near = [g for g in groups if any(_together(o, line, text, walls) and not _hangs(o, line, body) for o in g)]
        groups = [g for g in groups if g not in near]
        groups.append([*(n for g in near for n in g), line])
    return [LineBlock(tuple(sorted(g, key=_order)), display=True) for g in groups]


def with_small_titles(blocks: Sequence[LineBlock], walls: Mask, body: float) -> list[LineBlock]:
    """The blocks; a line over a column, not much larger than its type, is display type where a piece begins.

    It stands alone: white, a rule or the page's edge above it, a column of smaller type close below.
    """
    return [replace(b, display=True) if _is_small_title(b, blocks, walls, body) else b for b in blocks]


def _has_text_below(line: DetectedLine, below: Sequence[DetectedLine], body: float) -> bool:
    """Whether lines of smaller type begin right under a line."""
    first = min(below, key=lambda n: n.box.y0, default=None)
    if first is None or first.size * SMALL.larger > line.size:
        return False
    if not 0 <= first.box.y0 - line.box.y1 < SMALL.below * body:
        return False
    end = first.box.y1 + SMALL.depth * body
    return sum(n.box.y0 < end and n.size * SMALL.larger < line.size for n in below) >= SMALL.lines


def _is_small_title(b: LineBlock, blocks: Sequence[LineBlock], walls: Mask, body: float) -> bool:
    line = b.lines[0]
    if b.display or len(b.lines) > 1 or not _has_size_of_title(line, body) or _is_at_display(b, blocks, body):
        return False
    others = [n for o in blocks if o is not b for n in o.lines if n.box.overlap_x(b.box) > 0]
    if not _has_text_below(line, [n for n in others if n.box.centre[1] > b.box.y1], body):
        return False
    above = max(
        (n.box.y1 for n in others if n.box.centre[1] < b.box.y0), default=b.box.y0 - round(SMALL.page_edge * body)
    )
    return _is_ruled_off(b.box, walls, body) or b.box.y0 - above > SMALL.alone * body


def _has_size_of_title(line: DetectedLine, body: float) -> bool:
    level = line.direction is Direction.HORIZONTAL
    return level and line.size >= SMALL.least * body and line.length >= SMALL.shortest * line.size


def _is_at_display(b: LineBlock, blocks: Sequence[LineBlock], body: float) -> bool:
    """Whether display type stands right over or under a block: a headline over a byline, or under a kicker."""
    near = (o for o in blocks if o.display and -SMALL.free * body < o.box.overlap_y(b.box))
    return any(o.box.overlap_x(b.box) > 0 for o in near)


def _is_ruled_off(box: Box, walls: Mask, body: float) -> bool:
    """Whether a rule runs right over a line."""
    over = walls[max(0, round(box.y0 - SMALL.rule_reach * body)) : box.y0, box.x0 : box.x1]
    return over.size > 0 and float((over > 0).any(axis=0).mean()) > SMALL.ruled


def _order(n: DetectedLine) -> tuple[int, int]:
    """The place of a line among others: from top to bottom, upright lines from right to left."""
    return (-n.box.x1, n.box.y0) if n.direction is Direction.VERTICAL_RL else (n.box.y0, n.box.x0)


def is_strong(group: LineBlock, body: float) -> bool:
    return max(n.size for n in group.lines) >= P.strong * body or any(n.white_on_dark for n in group.lines)


def _together(a: DetectedLine, b: DetectedLine, text: Sequence[LineBlock], walls: Mask) -> bool:
    if a.direction is not b.direction:
        return False
    upright = a.direction is Direction.VERTICAL_RL
    p, q = (a.box.turned, b.box.turned) if upright else (a.box, b.box)
    reach = min(P.gap[0] * min(a.size, b.size), P.gap[1] * max(a.size, b.size))
    beside = p.overlap_x(q) > P.shared * min(p.width, q.width) and -p.overlap_y(q) < reach
    return beside and not _parted(a.box, b.box, text, walls)


def _hangs(upper: DetectedLine, lower: DetectedLine, body: float) -> bool:
    """Whether the lower line is a subhead over one column and no subtitle: small, and not under the title's middle."""
    if upper.size < P.strong * body or lower.box.centre[1] < upper.box.centre[1]:
        return False
    off = abs(lower.box.centre[0] - upper.box.centre[0])
    if lower.length < P.short * upper.length and off > P.short * upper.length:
        return True
    if lower.size >= P.strong * body:
        return False
    return off > P.off_middle * upper.box.width and abs(lower.box.x0 - upper.box.x0) > body


def _parted(a: Box, b: Box, text: Sequence[LineBlock], walls: Mask) -> bool:
    """Whether a rule or text stands between the two boxes."""
    between = Box(max(a.x0, b.x0), min(a.y1, b.y1), min(a.x1, b.x1), max(a.y0, b.y0))
    if between.width <= 0 or between.height <= 0:
        return False
    wall = walls[between.y0 : between.y1, between.x0 : between.x1]
    if float((wall > 0).any(axis=0).mean()) > P.parted:
        return True
    return any((t.box & between).width > 0 and (t.box & between).height > P.text * t.lines[0].size for t in text)
