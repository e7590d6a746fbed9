"""Blocks: lines of a column held together, no line lost, none twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from layout.blocks.blocks import LineBlock, body_size, find_blocks
from layout.geometry import Box
from layout.lines.detected_line import DetectedLine
from tests.layout.strategies import columns, patient, text_lines

SIDE = 1_200
NOTHING = np.zeros((SIDE, SIDE), dtype=np.uint8)


def counted(lines: Iterable[DetectedLine]) -> Counter[int]:
    """Each line by its identity: two that look the same still are two."""
    return Counter(id(n) for n in lines)


def column(count: int, pitch: int = 30) -> list[DetectedLine]:
    return [DetectedLine(Box(50, 40 + pitch * n, 350, 60 + pitch * n), 20.0, 2.0) for n in range(count)]


def blocks_of(lines: list[DetectedLine], walls: np.ndarray = NOTHING) -> list[LineBlock]:
    return find_blocks(lines, walls, body_size(lines))


@patient
@given(st.lists(text_lines(), max_size=25) | columns(), st.lists(st.integers(0, SIDE - 1), max_size=4))
def test_every_line_is_in_one_block(lines: list[DetectedLine], walls: list[int]) -> None:
    """However lines and walls lie, each line is in exactly one block."""
    blocked = NOTHING.copy()
    blocked[walls] = 255
    assert counted(n for b in blocks_of(lines, blocked) for n in b.lines) == counted(lines)


@patient
@given(st.integers(1, 30), st.integers(22, 36))
def test_a_column_is_one_block(count: int, pitch: int) -> None:
    """Lines of one size under each other, at any common pitch, are one block, from top to bottom."""
    lines = column(count, pitch)
    (block,) = blocks_of(lines[::-1])
    assert list(block.lines) == lines


@patient
@given(st.integers(2, 30), st.data())
def test_a_rule_parts_a_column(count: int, data: st.DataObject) -> None:
    """Where a rule stands between two lines their column is two blocks."""
    cut = data.draw(st.integers(1, count - 1))
    walls = NOTHING.copy()
    walls[40 + 30 * cut - 6 : 40 + 30 * cut - 3, 50:350] = 255
    assert [len(b.lines) for b in blocks_of(column(count), walls)] == [cut, count - cut]


@patient
@given(st.integers(2, 12), st.integers(2, 12))
def test_columns_do_not_run_together(first: int, second: int) -> None:
    """Two columns side by side are two blocks, however near their lines stand."""
    right = [DetectedLine(Box(n.box.x0 + 315, n.box.y0, n.box.x1 + 315, n.box.y1), 20.0, 2.0) for n in column(second)]
    assert sorted(len(b.lines) for b in blocks_of([*column(first), *right])) == sorted((first, second))


@patient
@given(st.integers(3, 20), st.floats(1.4, 5))
def test_display_type_stays_apart(count: int, times: float) -> None:
    """A line of type much larger than the body's is a display block of its own, wherever it stands."""
    lines = column(count)
    size = round(20 * times)
    head = DetectedLine(Box(50, 38 - size, 50 + 6 * size, 38), float(size), 4.0)
    blocks = blocks_of([*lines, head])
    assert [b.lines for b in blocks if b.display] == [(head,)]


@patient
@given(st.integers(4, 40), st.integers(1, 3))
def test_the_body_is_what_most_of_the_text_is_set_in(body: int, heads: int) -> None:
    """A few headlines, however large, do not move the body's size."""
    lines = column(body)
    big = [DetectedLine(Box(0, 900 + 90 * n, 300, 980 + 90 * n), 80.0, 8.0) for n in range(heads)]
    assert body_size([*lines, *big]) == 20.0


def test_no_lines_no_blocks() -> None:
    """A page without text has no body size and no blocks, and that is no error."""
    assert body_size([]) == 0.0
    assert find_blocks([], NOTHING, 0.0) == []
