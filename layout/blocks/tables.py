"""Tables that are set by white alone: short cells in rows and in columns, with no rule between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean

from layout.geometry import Box
from layout.lines.detected_line import DetectedLine
from layout.page import Direction
from layout.params import EM


@dataclass(frozen=True, slots=True)
class TableParams:
    """Bounds of a table that is set by white alone; lengths in em of the body type."""

    longest: float = 8.0
    """Length of a cell, at most; a line of a column is longer."""
    white: tuple[float, float] = (1.2, 14.0)
    """White between two cells of a row, at least and at most; columns of text stand closer."""
    fewest: int = 3
    """Rows of a table, and columns, at least."""
    highest: float = 4.0
    """Distance from row to row, at most."""
    full: float = 0.65
    """Share of a column's width that its cells take on the average, at most; lines of text fill theirs."""
    off: float = 0.8
    """Distance between the left sides, the middles or the right sides of two cells of one column, at most."""
    level: float = 0.35
    """Distance between the middles of two cells of one row, at most."""
    agree: float = 0.6
    """Share of a row's cells that stand in a column of the row above, at least, and of the table's rows in which a
    column has a cell."""
    level_cell: float = 1.2
    """Width of a cell's line in its height from which it is level whatever it was taken for."""
    tallest_cell: float = 1.35
    """Type size in the height of the line's ink, at most; figures are lower than hanzi."""


P = TableParams()

Row = tuple[Box, ...]
"""The cells of a row from left to right."""


def as_cell(line: DetectedLine) -> DetectedLine:
    """A line in the grid of a table, measured by its own box: the rules around it may pass for large strokes."""
    box = line.box
    if box.width <= P.level_cell * box.height:
        return line
    return replace(line, direction=Direction.HORIZONTAL, size=min(line.size, P.tallest_cell * box.height))


def find_tables(lines: Sequence[DetectedLine], rules: Sequence[Box]) -> tuple[Box, ...]:
    """The places of tables among the lines, in pixels, from the top; no upright rule parts the cells of a row."""
    level = [n.box for n in lines if n.direction is Direction.HORIZONTAL and not n.white_on_dark]
    found = [_columned(t) for t in _stacked(_unbroken_rows(level, rules))]
    found = [t for t in found if len(t) >= P.fewest and not _is_text(t)]
    return tuple(Box.hull(b for row in t for b in row) for t in found)


def _unbroken_rows(level: Sequence[Box], rules: Sequence[Box]) -> list[Row]:
    """The rows of short level lines, parted where a long line or an upright rule stands between two cells."""
    rows = sorted(_rows([b for b in level if b.width <= P.longest * EM]), key=_middle)
    between = [b for b in level if b.width > P.longest * EM] + [r for r in rules if r.height > r.width]
    return [part for row in rows for part in _unbroken(row, between) if len(part) >= P.fewest]


def _rows(cells: Sequence[Box]) -> list[Row]:
    """The cells whose middles lie at one height, together."""
    rows: list[list[Box]] = []
    for b in sorted(cells, key=lambda b: b.centre[1]):
        if rows and b.centre[1] - fmean(c.centre[1] for c in rows[-1]) < P.level * EM:
            rows[-1].append(b)
        else:
            rows.append([b])
    return [tuple(sorted(r, key=lambda b: b.x0)) for r in rows]


def _unbroken(row: Row, others: Sequence[Box]) -> Iterator[Row]:
    """The parts of a row between which there is too much white, or something else."""
    part = [row[0]]
    for a, b in pairwise(row):
        between = Box(a.x1, max(a.y0, b.y0), b.x0, min(a.y1, b.y1))
        stopped = any((between & o).width > 0 and (between & o).height > 0 for o in others)
        if stopped or not P.white[0] * EM <= b.x0 - a.x1 <= P.white[1] * EM:
            yield tuple(part)
            part = []
        part.append(b)
    yield tuple(part)


def _stacked(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows that follow each other in the same columns, together."""
    tables: list[list[Row]] = []
    for row in rows:
        for t in tables:
            if _middle(row) - _middle(t[-1]) < P.highest * EM and _agree(t[-1], row):
                t.append(row)
                break
        else:
            tables.append([row])
    return tables


def _agree(above: Row, below: Row) -> bool:
    """Whether most cells of the shorter row stand in a column of the other."""
    fewer, more = sorted((above, below), key=len)
    held = sum(any(_in_column(a, b) for b in more) for a in fewer)
    return len(fewer) > P.agree * len(more) and held > P.agree * len(fewer)


def _columned(table: Sequence[Row]) -> list[Row]:
    """The rows without what stands in no column of the others: the end of a paragraph beside the table."""
    often = P.agree * len(table)
    rows = (tuple(b for b in r if sum(any(_in_column(b, o) for o in t) for t in table) >= often) for r in table)
    return [r for r in rows if len(r) >= P.fewest]


def _in_column(a: Box, b: Box) -> bool:
    return min(abs(a.x0 - b.x0), abs(a.centre[0] - b.centre[0]), abs(a.x1 - b.x1)) < P.off * EM


def _is_text(table: Sequence[Row]) -> bool:
    """Whether the cells fill their columns: short lines of narrow columns that stand at the same heights."""
    pitches = [b.x0 - a.x0 for row in table for a, b in pairwise(row)]
    return fmean(b.width for row in table for b in row) > P.full * fmean(pitches)


def _middle(row: Row) -> float:
    return fmean(b.centre[1] for b in row)
