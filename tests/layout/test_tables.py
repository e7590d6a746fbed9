"""Tables that are set by white alone."""

from __future__ import annotations

import pytest

from layout.blocks.tables import as_cell, find_tables
from layout.geometry import Box
from layout.lines.detected_line import DetectedLine
from layout.page import Direction

EM = 20


def _line(x: int, y: int, chars: float) -> DetectedLine:
    return DetectedLine(Box(x, y, x + round(chars * EM), y + EM), EM, 2.0)


def _grid(rows: int, columns: tuple[int, ...] = (100, 260, 420, 580)) -> list[DetectedLine]:
    """Cells of one to three characters, centred in columns eight em apart."""
    sizes = (2, 1, 3, 1.6)
    return [
        _line(round(x - s * EM / 2), 300 + 36 * r, s)
        for r in range(rows)
        for x, s in zip(columns, (*sizes[r % 4 :], *sizes[: r % 4]), strict=False)
    ]


def test_short_cells_in_rows_and_columns_are_a_table() -> None:
    """A forecast, a list of scores; its title over it is no cell."""
    (table,) = find_tables([*_grid(5), _line(280, 250, 6)], ())
    assert (table.y0, table.y1) == (300, 300 + 4 * 36 + EM)
    assert 60 <= table.x0 < 90
    assert 590 <= table.x1 < 620


def test_a_row_may_lack_a_cell() -> None:
    """One that is empty, in a row or two."""
    cells = _grid(6)
    (table,) = find_tables([c for i, c in enumerate(cells) if i not in (5, 14)], ())
    assert table.y1 - table.y0 == 5 * 36 + EM


def test_the_end_of_a_paragraph_beside_a_table_is_no_cell() -> None:
    """It stands at the height of a row by chance, and in no column."""
    column = [_line(760, 300 + 36 * r, 9 if r != 2 else 2) for r in range(5)]
    (table,) = find_tables([*_grid(5), *column], ())
    assert table.x1 < 700


def test_columns_of_text_are_no_table() -> None:
    """Narrow columns stand close, their lines fill them; and a rule between columns parts them."""
    columns = [_line(x, 300 + 28 * r, 7 if r % 4 else 4) for x in (100, 266, 432) for r in range(12)]
    assert find_tables(columns, ()) == ()
    rules = [Box(x, 290, x + 3, 520) for x in (180, 340, 500)]
    assert find_tables(_grid(5), rules) == ()


def test_two_rows_or_two_columns_are_no_table() -> None:
    """They may be lines of an advert."""
    assert find_tables(_grid(2), ()) == ()
    assert find_tables(_grid(6, (100, 260)), ()) == ()


def test_a_cell_is_measured_by_its_own_ink() -> None:
    """Next to the rules of a grid a line may pass for large or upright type; a tall one stays as it is."""
    wrong = DetectedLine(Box(100, 300, 164, 328), 78.0, 2.0, direction=Direction.VERTICAL_RL)
    cell = as_cell(wrong)
    assert cell.direction is Direction.HORIZONTAL
    assert cell.size == pytest.approx(1.35 * 28)
    assert as_cell(_line(100, 300, 3)) == _line(100, 300, 3)
    upright = DetectedLine(Box(100, 300, 128, 400), 28.0, 2.0, direction=Direction.VERTICAL_RL)
    assert as_cell(upright) == upright
