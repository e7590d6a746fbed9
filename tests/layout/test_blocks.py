"""Blocks: lines of a column held together, no line lost, none twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.blocks.blocks import LineBlock, body_size, find_blocks
from layout.geometry import Box
from layout.lines.detected_line import DetectedLine
from layout.page import Direction
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


@pytest.mark.parametrize(
    ("box", "size", "display"),
    [
        pytest.param(Box(50, 92, 92, 132), 42.0, True, id="under its left side"),
        pytest.param(Box(229, 92, 271, 132), 42.0, True, id="under its middle"),
        pytest.param(Box(50, 92, 74, 114), 24.0, False, id="an initial's size is not the headline's"),
        pytest.param(Box(130, 92, 172, 132), 42.0, False, id="under neither"),
        pytest.param(Box(50, 180, 92, 220), 42.0, False, id="too far below"),
    ],
)
def test_a_headline_ends_in_a_line_of_one_glyph(box: Box, size: float, display: bool) -> None:
    """A single glyph of display size is a blot or an initial, but not right under a headline that it ends."""
    headline, last = DetectedLine(Box(50, 40, 450, 82), 42.0, 4.0), DetectedLine(box, size, 4.0)
    text = [replace(n, box=Box(50, n.box.y0 + 300, 350, n.box.y1 + 300)) for n in column(12)]
    blocks = find_blocks([headline, last, *text], NOTHING, 20.0)
    assert next(b.display for b in blocks if last in b.lines) is display


def test_an_upright_headline_ends_in_a_line_of_one_glyph() -> None:
    """Its next line stands to the left of it, from the same top."""
    headline = DetectedLine(Box(400, 40, 442, 440), 42.0, 4.0, Direction.VERTICAL_RL)
    left, right = (replace(headline, box=Box(x, 40, x + 42, 82)) for x in (348, 452))
    blocks = find_blocks([headline, left, right], NOTHING, 20.0)
    assert [next(b.display for b in blocks if n in b.lines) for n in (left, right)] == [True, False]
