"""The order of a piece's columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup.advert import is_advert
from cleanup.columns import in_order
from layout.geometry import Box
from layout.page import Direction, Line, Region, RegionKind


def block(name: str, box: Box, *, vertical: bool = False, over: Box | None = None) -> Region:
    """A block of body with one line, and perhaps a line over the body."""
    direction = Direction.VERTICAL_RL if vertical else Direction.HORIZONTAL
    lines = [Line(f"{name}-over", over.corners, "——副题", direction=direction)] if over else []
    lines.append(Line(f"{name}-text", box.corners, "正文", direction=direction))
    whole = box | over if over else box
    return Region(name, RegionKind.BODY, whole.corners, tuple(lines), direction, 0)


boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h), *(st.integers(0, 900), st.integers(0, 900)), *[st.integers(10, 300)] * 2
)


@given(st.lists(boxes, max_size=8), st.booleans())
def test_no_block_is_lost(places: list[Box], vertical: bool) -> None:
    """Whatever their places, the blocks come back, each once."""
    regions = [block(f"r{n}", box, vertical=vertical) for n, box in enumerate(places)]
    assert sorted(r.id for r in in_order(regions)) == sorted(r.id for r in regions)


def names(regions: tuple[Region, ...]) -> str:
    return "".join(r.id for r in regions)


LEFT, LEFT_LOW = Box(0, 100, 200, 400), Box(0, 420, 200, 900)
MIDDLE, RIGHT = Box(220, 100, 420, 900), Box(440, 100, 640, 900)


def test_columns_in_order_stay_in_order() -> None:
    """Left to right, each from above to below: nothing moves."""
    assert names(in_order([block("a", LEFT), block("b", LEFT_LOW), block("c", MIDDLE), block("d", RIGHT)])) == "abcd"


def test_a_column_is_not_read_upwards() -> None:
    """The upper block of a column comes before the lower one, wherever it was."""
    assert names(in_order([block("b", LEFT_LOW), block("c", MIDDLE), block("a", LEFT)])) == "abc"


def test_decks_stay_as_layout_read_them() -> None:
    """Where an upper deck is read across before the lower one, the order stays."""
    upper = [block("a", Box(0, 0, 200, 300)), block("b", Box(220, 0, 420, 300))]
    lower = [block("c", Box(0, 400, 200, 700)), block("d", Box(220, 400, 420, 700))]
    assert names(in_order([*upper, *lower])) == "abcd"


def test_a_column_that_a_subtitle_widened_finds_its_place() -> None:
    """The block that a line over the body made as wide as three columns is set between its neighbours."""
    widened = block("b", MIDDLE, over=Box(0, 0, 640, 60))
    assert names(in_order([block("a", LEFT), block("c", RIGHT), widened], {"b-over"})) == "abc"
    assert names(in_order([block("a", LEFT), block("c", RIGHT), widened])) == "acb"


def test_vertical_registers_are_read_from_the_right() -> None:
    """In vertical print the right block of a register comes first."""
    right, left = Box(400, 0, 700, 300), Box(0, 0, 380, 300)
    assert names(in_order([block("b", left, vertical=True), block("a", right, vertical=True)])) == "ab"


@pytest.mark.parametrize(
    ("texts", "is_one"),
    [
        (["新店开业", "全场优惠", "地址：人民路17号"], True),
        (["诚聘编辑两名", "联系人：何先生"], True),
        (["中心医院职工夜校", "招生", "电话 84390000"], True),
        (["市图书馆新馆开业，读者纷纷前来。", "地址在人民路。电话不变。"], False),
        (["澄州港今起直航云门", "首班客货船启程"], False),
        ([], False),
    ],
)
def test_a_small_advert_is_known_by_its_words(texts: list[str], is_one: bool) -> None:
    """Where to call and what is on offer, without a sentence, is an advert; a report of an opening is none."""
    assert is_advert(texts) is is_one
