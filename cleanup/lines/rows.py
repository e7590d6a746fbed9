"""The rows of a headline: lines that stand on one level are read from left to right."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from layout.page import Direction, Line, Region, RegionKind

_VERTICAL: Final = frozenset({Direction.VERTICAL_RL})
_SAME: Final = 0.6
"""Share of the lower of two lines that is level with the other, at least, in one row."""


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


def _share(overlap: int, one: int, two: int) -> float:
    return overlap / max(1, min(one, two))
