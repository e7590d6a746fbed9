"""What looks like type beside pictures and at the page's edge: scraps go, lines stay."""

from __future__ import annotations

import pytest

from layout.geometry import Box
from layout.lines import DetectedLine
from layout.overprint import made_whole, without_slivers

EM = 20
PAGE = Box(0, 0, 2000, 3000)
GROUND = Box(100, 300, 1100, 900)
TREE = Box(600, 100, 1100, 292)
"""Dark parts of one photograph, before a sky as white as the paper at the left of the tree."""


def _line(x: int, y: int, chars: float, size: int = EM) -> DetectedLine:
    return DetectedLine(Box(x, y, x + round(chars * size), y + size), size, 2.0)


@pytest.mark.parametrize("twig", [_line(150, 250, 2), _line(200, 120, 4), _line(140, 200, 4, 60)])
def test_a_picture_parted_by_its_white_sky_is_one(twig: DetectedLine) -> None:
    """What lies between its parts is no line of type, however large it is."""
    below = _line(100, 930, 30)
    assert made_whole([TREE, GROUND], [twig, below], EM) == ((GROUND | TREE,), [below])


def test_a_row_of_type_between_pictures_keeps_them_apart() -> None:
    """A caption set in the corner of two photographs that touch."""
    caption = _line(120, 200, 12)
    assert made_whole([TREE, GROUND], [caption], EM) == ((TREE, GROUND), [caption])


def test_two_photographs_side_by_side_are_two() -> None:
    """They stand an em apart or more."""
    left, right = Box(100, 100, 500, 400), Box(520, 100, 900, 400)
    assert made_whole([left, right], [], EM) == ((left, right), [])


def test_the_short_last_line_of_a_paragraph_at_the_page_s_edge_stays() -> None:
    """Where a scan is cut close to its columns; what is cut off from the next page stands under no line."""
    long, last = _line(6, 500, 18), _line(5, 528, 2.5)
    scrap = _line(1, 1500, 1)
    assert without_slivers([long, last, scrap], PAGE, EM) == [long, last]
