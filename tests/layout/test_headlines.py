"""Small titles: a line hardly larger than the body is display type where a piece begins, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from layout.blocks.blocks import LineBlock, find_blocks
from layout.blocks.headlines import with_small_titles
from layout.geometry import Box
from layout.lines.detected_line import DetectedLine

BODY = 20.0
NOTHING = np.zeros((1_200, 600), dtype=np.uint8)


def _line(y: int, size: float = BODY, width: int = 300) -> DetectedLine:
    return DetectedLine(Box(50, y, 50 + width, y + round(size)), size, 2.0)


def _column(top: int, count: int) -> list[DetectedLine]:
    return [_line(top + 30 * n) for n in range(count)]


def _titles(lines: list[DetectedLine], walls: np.ndarray = NOTHING) -> list[DetectedLine]:
    blocks = with_small_titles(find_blocks(lines, walls, BODY), walls, BODY)
    return [n for b in blocks if b.display for n in b.lines]


def _blocks(*parts: list[DetectedLine]) -> list[LineBlock]:
    return [LineBlock(tuple(p)) for p in parts]


@pytest.mark.parametrize("size", [1.13 * BODY, 1.22 * BODY])
def test_a_title_little_larger_than_the_body_stands_over_its_column(size: float) -> None:
    title = _line(200, size, 160)
    assert _titles([title, *_column(250, 6)]) == [title]


def test_a_line_of_the_bodys_size_is_none() -> None:
    assert _titles([_line(200), *_column(260, 6)]) == []


def test_a_subhead_in_a_column_is_none() -> None:
    """Text stands close above it."""
    assert _titles([*_column(40, 5), _line(200, 24, 160), *_column(250, 6)]) == []


def test_under_a_rule_it_is_one() -> None:
    """A rule above it parts it from the column that ends close by."""
    walls = NOTHING.copy()
    walls[186:188, 40:360] = 255
    title = _line(200, 24, 160)
    assert _titles([*_column(40, 5), title, *_column(250, 6)], walls) == [title]


def test_a_lone_line_is_none() -> None:
    """Nothing stands under it, or a line or two: a caption, a credit."""
    assert _titles([_line(200, 24, 160)]) == []
    assert _titles([_line(200, 24, 160), *_column(250, 2)]) == []


def test_no_block_is_lost_and_no_other_changed() -> None:
    blocks = _blocks([_line(200, 24, 160)], _column(250, 6), _column(700, 4))
    after = with_small_titles(blocks, NOTHING, BODY)
    assert [b.lines for b in after] == [b.lines for b in blocks]
    assert [b.display for b in after] == [True, False, False]
