"""Drop capitals: each is a line of its own, whichever line the network gives it to."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layout.components import components
from layout.geometry import Box
from layout.ink import Mask
from layout.marks.initials import find_initials, with_initials
from layout.prepare.segmentation import DISPLAY
from tests.layout.segmented import segmentation

SHAPE = (400, 500)
EM = 20.0
LEFT, RIGHT, TOP, PITCH = 60, 380, 80, 28


def column(rows: int, beside: int, start: int) -> list[Box]:
    """Lines of a column, the first `beside` of which begin at `start`."""
    return [Box(start if i < beside else LEFT, TOP + i * PITCH, RIGHT, TOP + i * PITCH + 20) for i in range(rows)]


def inked(lines: list[Box], large: list[Box]) -> Mask:
    """Each glyph a square ring, of which the large ones have thick strokes and a cross in them."""
    ink = np.zeros(SHAPE, np.uint8)
    for n in lines:
        for x in range(n.x0, n.x1 - 19, 20):
            cv2.rectangle(ink, (x + 1, n.y0 + 1), (x + 17, n.y1 - 2), 255, 2)
    for b in large:
        cv2.rectangle(ink, (b.x0, b.y0), (b.x1 - 1, b.y1 - 1), 255, 4)
        cv2.line(ink, (b.x0, b.y0), (b.x1 - 1, b.y1 - 1), 255, 4)
    return ink


def found(lines: list[Box], large: list[Box]) -> list[Box]:
    ink = inked(lines, large)
    return list(find_initials(segmentation(SHAPE, lines), ink, components(ink)))


@pytest.mark.parametrize("rows", [2, 3, 4])
def test_a_large_first_character_beside_lines_is_an_initial(rows: int) -> None:
    """Beside two, three or four lines, under which the column goes on."""
    size = (rows - 1) * PITCH + 20
    initial = Box(LEFT, TOP, LEFT + size, TOP + size)
    (b,) = found(column(8, rows, LEFT + size + 6), [initial])
    assert (initial & b).area > 0.8 * max(b.area, initial.area)


def test_the_core_that_runs_into_an_initial_is_cut() -> None:
    """The network joins the initial to the first line; it becomes display type with a core apart from the line's."""
    initial = Box(LEFT, TOP, LEFT + 48, TOP + 48)
    lines = column(6, 2, LEFT + 54)
    ink = inked(lines, [initial])
    joined = segmentation(SHAPE, [*lines[1:], Box(LEFT, TOP, RIGHT, TOP + 20)])
    seg = with_initials(joined, ink, components(ink), np.full_like(ink, 255) - ink)
    k = seg.scale
    at, gap = np.s_[int((TOP + 24) * k), int((LEFT + 24) * k)], round((LEFT + 50) * k)
    assert seg.label[at] == DISPLAY
    assert seg.core[at] == 255
    assert not seg.core[int(TOP * k) : int((TOP + 48) * k), gap].any()
    assert joined.core[int((TOP + 10) * k), gap] == 255


def test_what_is_large_but_opens_no_column_is_no_initial() -> None:
    """A headline's glyphs, the last glyph of an upright headline, a picture under which the column does not go on."""
    size = PITCH + 20
    initial = Box(LEFT, TOP, LEFT + size, TOP + size)
    row = [Box(LEFT + i * 60, 20, LEFT + i * 60 + 50, 70) for i in range(5)]
    assert found(column(6, 0, LEFT), row) == []
    beside = [Box(LEFT + size + 6, n.y0, RIGHT, n.y1) for n in column(8, 0, LEFT)]
    assert found(beside, [initial]) == []
    assert found(column(8, 2, LEFT + size + 6), [Box(LEFT - 60, TOP, LEFT - 6, TOP + size), initial]) == []


def test_glyphs_of_two_lines_that_dirt_joins_are_no_initial() -> None:
    """Scratches join the first two glyphs of two lines; the white between the four still runs both ways."""
    lines = column(8, 0, LEFT)
    ink = inked(lines, [])
    cv2.line(ink, (LEFT + 10, TOP + 10), (LEFT + 30, TOP + 10), 255, 1)
    cv2.line(ink, (LEFT + 10, TOP + 10), (LEFT + 10, TOP + PITCH + 10), 255, 1)
    cv2.line(ink, (LEFT + 10, TOP + PITCH + 10), (LEFT + 30, TOP + PITCH + 10), 255, 1)
    beside = [Box(LEFT + 46 if i < 2 else LEFT, n.y0, n.x1, n.y1) for i, n in enumerate(lines)]
    assert list(find_initials(segmentation(SHAPE, beside), ink, components(ink))) == []
