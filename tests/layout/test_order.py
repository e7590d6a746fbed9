"""Reading order: every box once, down each column and then the next."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from layout.blocks.order import reading_order
from layout.geometry import Box
from tests.layout.strategies import boxes, patient

EM = 20


@st.composite
def made_up(draw: st.DrawFn, top: int = 0) -> list[list[Box]]:
    """Columns of one to four blocks each, of one width, white between them; from left to right, top to bottom."""
    width, gutter = draw(st.integers(6, 20)) * EM, draw(st.integers(1, 3)) * EM
    columns = []
    for n in range(draw(st.integers(2, 5))):
        y, column = top + draw(st.integers(0, 3 * EM)), []
        for _ in range(draw(st.integers(1, 4))):
            height = draw(st.integers(2 * EM, 15 * EM))
            column.append(Box(n * (width + gutter), y, n * (width + gutter) + width, y + height))
            y += height + draw(st.integers(2, EM))
        columns.append(column)
    return columns


def in_order(given: list[Box], *, right_to_left: bool = False) -> list[Box]:
    return [given[i] for i in reading_order(given, right_to_left=right_to_left)]


@patient
@given(st.lists(boxes(), max_size=12), st.booleans())
def test_the_order_is_a_permutation(found: list[Box], right_to_left: bool) -> None:
    """However boxes lie, over each other too, each is read once."""
    assert sorted(reading_order(found, right_to_left=right_to_left)) == list(range(len(found)))


@patient
@given(made_up(), st.randoms(use_true_random=False))
def test_columns_are_read_one_after_the_other(columns: list[list[Box]], chance: Random) -> None:
    """Down the first column, then down the next, whatever order the boxes were found in."""
    printed = [b for column in columns for b in column]
    found = chance.sample(printed, len(printed))
    assert in_order(found) == printed


@patient
@given(made_up(), st.randoms(use_true_random=False))
def test_vertical_pages_are_read_from_the_right(columns: list[list[Box]], chance: Random) -> None:
    """From right to left the columns come in the opposite order, each still from its top."""
    printed = [b for column in reversed(columns) for b in column]
    found = chance.sample(printed, len(printed))
    assert in_order(found, right_to_left=True) == printed


@patient
@given(made_up(), st.data())
def test_what_spans_the_columns_parts_the_page(upper: list[list[Box]], data: st.DataObject) -> None:
    """Above a lead over all columns everything is read first, below it everything last."""
    foot = max(b.y1 for column in upper for b in column)
    right = max(b.x1 for column in upper for b in column)
    lead = Box(0, foot + EM, right, foot + 4 * EM)
    lower = [Box(b.x0, b.y0 + foot + 5 * EM, b.x1, b.y1 + foot + 5 * EM) for column in upper for b in column]
    printed = [*(b for column in upper for b in column), lead, *lower]
    found = data.draw(st.permutations(printed))
    assert in_order(found) == printed


def test_the_second_line_of_a_subhead_comes_second_wherever_it_begins() -> None:
    """Set out to the left, it ends where the first line begins; there is no gutter between them."""
    first, second, body = Box(390, 190, 630, 214), Box(340, 218, 389, 242), Box(340, 265, 630, 400)
    assert reading_order([second, body, first]) == [2, 0, 1]


def test_columns_that_a_narrow_gutter_parts_are_two() -> None:
    """A short column at the left whose foot is below the right one's head comes first all the same."""
    left, right = Box(40, 300, 240, 600), Box(255, 40, 455, 298)
    assert reading_order([right, left]) == [1, 0]


def test_registers_whose_edges_are_ragged_are_read_one_after_the_other() -> None:
    """A line that reaches into the white between two registers puts no line of the next before its neighbours."""
    upper = [Box(40, 40, 242, 60), Box(40, 70, 238, 90), Box(40, 100, 239, 120)]
    lower = [Box(244, 62, 440, 82), Box(246, 92, 440, 112)]
    assert reading_order([*upper, *lower], ragged=True) == [0, 1, 2, 3, 4]
