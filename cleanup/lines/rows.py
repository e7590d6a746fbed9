"""Rows: lines of a headline, and cells of a table, that stand on one level are read from left to right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from layout.geometry import Box
from layout.page import Direction, Line, Region, RegionKind

_VERTICAL: Final = frozenset({Direction.VERTICAL_RL})
_SAME: Final = 0.6
"""Share of the lower of two lines that is level with the other, at least, in one row."""
_RUNNING: Final = re.compile("[，。；]")
"""A mark of running text; cells hold none."""
_PROSE: Final = 0.3
"""Share of a region's lines with such a mark above which it is running text, and no column of cells."""


def in_rows(region: Region) -> Region:
    """A headline's region with lines that stand in one row from left to right, rows from above to below."""
    if region.kind is not RegionKind.HEADLINE or not _are_level(region.lines):
        return region
    return replace(region, lines=tuple(n for row in _rows(region.lines) for n in row))


def in_rows_of_tables(regions: Sequence[Region]) -> tuple[Line, ...]:
    """The lines of the regions of a piece that is all tables, row by row; the regions are those of one upright page.

    A region that has rows of several cells is a table of its own, and the regions of one row or one column beside it,
    such as the names over its columns, belong to it. Running text stays apart. Vertical lines are rows of their own,
    and where they are most of the lines, all keep their order.
    """
    lines = [n for r in regions for n in r.lines]
    if any(n.box is None for n in lines) or 2 * sum(n.direction in _VERTICAL for n in lines) > len(lines):
        return tuple(lines)
    tables = _tables_of(regions)
    return tuple(n for table in tables for row in _rows([n for r in table for n in r.lines]) for n in row)


def _tables_of(regions: Sequence[Region]) -> list[list[Region]]:
    """The regions of each table together, and running text alone, by the first region of each."""
    grids = {n: [region] for n, region in enumerate(regions) if _is_grid(region)}
    cells = [region for n, region in enumerate(regions) if n not in grids and not _is_prose(region)]
    found: list[list[Region]] = []
    for n, region in enumerate(regions):
        own = grids.get(n, [region])
        if n not in grids and region in cells:
            own = _nearest(region, list(grids.values())) if grids else cells
            if grids:
                own.append(region)
        if not any(own is other for other in found):
            found.append(own)
    return found


def _is_grid(region: Region) -> bool:
    """Whether a region holds several rows, one of them of several cells."""
    rows = _rows(region.lines)
    return len(rows) > 1 and max(map(len, rows)) > 1


def gap_in_row(one: Line, other: Line) -> float | None:
    """The white between two lines that stand side by side on one level, the first on the left, in their height.

    None where they stand otherwise.
    """
    if not _level(one, other) or one.box is None or other.box is None or one.box.x1 > other.box.x0:
        return None
    return (other.box.x0 - one.box.x1) / max(1, one.box.height, other.box.height)


def _is_prose(region: Region) -> bool:
    return sum(_RUNNING.search(n.text) is not None for n in region.lines) > _PROSE * len(region.lines)


def _nearest(region: Region, tables: Sequence[list[Region]]) -> list[Region]:
    """The table under or over which a region stands, the nearest one of several."""

    def far(table: Sequence[Region]) -> tuple[int, int]:
        own, other = region.box or Box(0, 0, 0, 0), table[0].box or Box(0, 0, 0, 0)
        return max(0, -own.overlap_x(other)), max(0, -own.overlap_y(other))

    return min(tables, key=far)


def _are_level(lines: Sequence[Line]) -> bool:
    """Whether all lines are level, and their places known."""
    return all(n.box is not None and n.direction not in _VERTICAL for n in lines)


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """The rows that lines with known places make, each from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda n: n.box.y0 if n.box else 0):
        row = next((r for r in rows if all(_level(n, line) for n in r)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    return [sorted(row, key=lambda n: n.box.x0 if n.box else 0) for row in rows]


def _level(one: Line, other: Line) -> bool:
    """Whether two lines are level, as they run and as they stand, and do not stand over each other."""
    if not _are_level([one, other]) or one.box is None or other.box is None or one.box.overlap_x(other.box) > 0:
        return False
    return _share(one.box.overlap_y(other.box), one.box.height, other.box.height) >= _SAME


def _share(overlap: int, one: int, two: int) -> float:
    return overlap / max(1, min(one, two))
