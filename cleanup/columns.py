"""The order of a piece's columns, put right where it cannot be: a column is never read from below to above."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Final

from layout.geometry import Box
from layout.page import Direction, Line, Region, RegionKind

_TEXT: Final = frozenset({RegionKind.BODY, RegionKind.SUBHEAD})
_VERTICAL: Final = frozenset({Direction.VERTICAL_RL})
_SAME: Final = 0.6
"""The share of the narrower of two blocks that lies over the other, where they are of one column."""


def in_order(regions: Sequence[Region], over: Container[str] = ()) -> tuple[Region, ...]:
    """The regions with every block of text before those that it must be read before; else the order stays as it is.

    A block is read before one that lies below it in the same column (left of it in the same register, where print
    is vertical). Lines named in `over` stand over the body: they are no part of a block's place, and blocks that
    they were cut from were out of place for them, and are put in order with those beside them too.
    """
    boxes = {r.id: _box(r, over) for r in regions}
    cut = {r.id for r in regions if any(n.id in over for n in r.lines)}
    ordered: list[Region] = []
    for region in regions:
        at = next((i for i, other in enumerate(ordered) if _precedes(region, other, boxes, cut)), len(ordered))
        ordered.insert(at, region)
    return tuple(ordered)


def in_rows(region: Region) -> Region:
    """A headline's region with lines that stand in one row from left to right, rows from above to below."""
    if region.kind is not RegionKind.HEADLINE or any(n.box is None or n.direction in _VERTICAL for n in region.lines):
        return region
    rows: list[list[Line]] = []
    for line in sorted(region.lines, key=lambda n: n.box.y0 if n.box else 0):
        row = next((r for r in rows if _level(r[0], line)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    return replace(region, lines=tuple(n for row in rows for n in sorted(row, key=lambda n: n.box.x0 if n.box else 0)))


def _level(one: Line, other: Line) -> bool:
    if one.box is None or other.box is None or one.box.overlap_x(other.box) > 0:
        return False
    return _share(one.box.overlap_y(other.box), one.box.height, other.box.height) >= _SAME


def _box(region: Region, over: Container[str]) -> Box | None:
    corners = [p for n in region.lines if n.id not in over for p in n.polygon or ()]
    return Box.around(corners) if corners and region.kind in _TEXT else None


def _precedes(region: Region, other: Region, boxes: dict[str, Box | None], cut: Container[str]) -> bool:
    one, two = boxes[region.id], boxes[other.id]
    if one is None or two is None or region.direction is not other.direction:
        return False
    if region.direction is Direction.VERTICAL_RL:
        return _share(one.overlap_y(two), one.height, two.height) >= _SAME and one.x0 >= two.x1
    if _share(one.overlap_x(two), one.width, two.width) >= _SAME:
        return one.y1 <= two.y0
    beside = one.overlap_x(two) <= 0 and _share(one.overlap_y(two), one.height, two.height) >= _SAME
    return (region.id in cut or other.id in cut) and beside and one.x0 < two.x0


def _share(overlap: int, one: int, two: int) -> float:
    return overlap / max(1, min(one, two))
