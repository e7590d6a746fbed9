"""Marks behind the last hanzi of a paragraph that have no line of their own are of its line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from layout.geometry import Box
from layout.lines.detected_line import DetectedLine
from layout.lines.line_ends import with_line_ends
from layout.page import Direction
from layout.params import EM
from layout.prepare.normalized import Normalized

SIZE = int(EM)
TOP = 100
COLUMN = Box(40, 60, 400, 60 + SIZE)
"""A full line of the column."""


def hanzi(at: int) -> Box:
    return Box(at, TOP, at + SIZE - 2, TOP + SIZE - 2)


def quote(at: int) -> list[Box]:
    """The two strokes of ”, high in its square."""
    return [Box(at, TOP + 1, at + 3, TOP + 6), Box(at + 5, TOP + 1, at + 8, TOP + 6)]


def ring(at: int) -> list[Box]:
    """The pieces of a 。 in a light face, low in its square: its ring is broken."""
    return [
        Box(at, TOP + 12, at + 2, TOP + 14),
        Box(at + 3, TOP + 12, at + 5, TOP + 13),
        Box(at + 1, TOP + 15, at + 5, TOP + 17),
    ]


def found(line: Box, marks: Sequence[Box]) -> Box:
    """The box of a line that was found without the marks behind it."""
    gray = np.full((200, 460), 255, dtype=np.uint8)
    for b in (COLUMN, line, *marks):
        gray[b.y0 : b.y1, b.x0 : b.x1] = 0
    lines = [DetectedLine(b, float(EM), 2.0, Direction.HORIZONTAL) for b in (COLUMN, line)]
    return with_line_ends(lines, Normalized(gray), [])[1].box


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_broken_stop_is_of_the_line_before_it(count: int) -> None:
    """A paragraph's last line may hold a single hanzi."""
    line = Box(40, TOP, 40 + SIZE * count - 2, TOP + SIZE - 2)
    marks = ring(line.x1 + 4)
    assert found(line, marks).x1 == marks[-1].x1


@pytest.mark.parametrize("order", ["”。", "。”"])
def test_a_stop_and_a_quotation_mark_are_of_it_in_either_order(order: str) -> None:
    line = Box(40, TOP, 40 + 2 * SIZE - 2, TOP + SIZE - 2)
    near, far = line.x1 + 3, line.x1 + 3 + SIZE
    marks = [*quote(near), *ring(far - 4)] if order == "”。" else [*ring(near), *quote(far - 4)]
    assert found(line, marks).x1 == max(b.x1 for b in marks)


def test_a_speck_is_of_no_line() -> None:
    line = Box(40, TOP, 40 + 2 * SIZE - 2, TOP + SIZE - 2)
    speck = Box(line.x1 + 6, TOP + 13, line.x1 + 8, TOP + 15)
    assert found(line, [speck]) == line


def test_a_mark_beyond_the_column_is_of_no_line() -> None:
    line = Box(40, TOP, COLUMN.x1 - 2, TOP + SIZE - 2)
    assert found(line, ring(COLUMN.x1 + SIZE)) == line
