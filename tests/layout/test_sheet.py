"""The sheet: lines are cut where they lie, dark on light, and lie level for the reader."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.geometry import Box, Projection
from layout.page import Direction, Line
from layout.sheet import Sheet
from tests.layout.strategies import boxes, patient

GRAY = np.random.default_rng(5).integers(0, 256, (140, 200), dtype=np.uint8)
inner = st.builds(Box, st.integers(0, 99), st.integers(0, 69), st.integers(100, 200), st.integers(70, 140))


def line(box: Box, **more: object) -> Line:
    return Line("n", box.corners, **more)  # type: ignore[arg-type]


@patient
@given(inner)
def test_a_crop_is_the_line_and_nothing_else(box: Box) -> None:
    """On a straight scan the crop is exactly the pixels of the line's box."""
    assert np.array_equal(Sheet(GRAY, Projection()).crop(line(box)), GRAY[box.y0 : box.y1, box.x0 : box.x1])


@patient
@given(inner, st.integers(-40, 40), st.integers(-40, 40))
def test_a_line_is_found_again_on_a_moved_sheet(box: Box, right: int, down: int) -> None:
    """Lines are placed on the scan; the sheet finds them through its projection."""
    sheet = Sheet(GRAY, Projection((1, 0, right, 0, 1, down, 0, 0, 1)))
    there = Box(box.x0 + right, box.y0 + down, box.x1 + right, box.y1 + down)
    assert np.array_equal(sheet.crop(line(there)), GRAY[box.y0 : box.y1, box.x0 : box.x1])


@patient
@given(inner)
def test_white_type_comes_out_dark(box: Box) -> None:
    """A line of white on dark is inverted for the reader."""
    sheet = Sheet(GRAY, Projection())
    assert np.array_equal(sheet.crop(line(box, white_on_dark=True)), 255 - sheet.crop(line(box)))


@patient
@given(inner)
def test_a_vertical_line_lies_down_with_its_top_at_the_left(box: Box) -> None:
    """Asked to lie, a vertical line is turned so that reading goes to the right; a level line stays as it is."""
    sheet = Sheet(GRAY, Projection())
    upright = sheet.crop(line(box))
    lying = sheet.crop(line(box, direction=Direction.VERTICAL_RL), upright=False)
    assert np.array_equal(lying[:, 0], upright[0, ::-1])
    assert np.array_equal(lying[:, -1], upright[-1, ::-1])
    assert np.array_equal(sheet.crop(line(box), upright=False), upright)


@patient
@given(boxes(side=139, most=300))
def test_a_crop_over_the_edge_ends_there(box: Box) -> None:
    """A line that runs over the sheet's edge is cut at the edge."""
    cut = box & Box(0, 0, 200, 140)
    assert Sheet(GRAY, Projection()).crop(line(box)).shape == (cut.height, cut.width)


@pytest.mark.xfail(strict=True, reason="A line beyond the right or lower edge gives a crop without pixels.")
@pytest.mark.parametrize("box", [Box(20, 150, 90, 170), Box(210, 20, 290, 40)])
def test_a_crop_is_never_without_pixels(box: Box) -> None:
    """A line beyond the sheet's edge still gives a picture that a reader can open."""
    assert min(Sheet(GRAY, Projection()).crop(line(box)).shape) >= 1


def test_a_line_without_a_place_is_refused() -> None:
    """A line of plain text has no picture: the error names it."""
    with pytest.raises(ValueError, match="line n7 has no place"):
        Sheet(GRAY, Projection()).crop(Line("n7", text="没有位置"))
