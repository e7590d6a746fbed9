"""Rules around pictures, on boxes: those that hold pictures alone are their outline, others stay rules."""

from __future__ import annotations

import pytest

from layout.geometry import Box
from layout.marks.picture_outlines import with_outlines, without_outlines

OVER, UNDER = Box(100, 200, 500, 204), Box(108, 360, 504, 364)
"""The level sides of an outline of a page that lies a little askew."""
DRAWN = (Box(140, 220, 300, 350), Box(310, 230, 480, 345))
"""Two things that are drawn in it."""
OUTLINE = Box(100, 200, 504, 364)
COLUMN = Box(80, 40, 83, 700)
"""A rule between columns."""


@pytest.mark.parametrize("turned", [False, True])
def test_two_rules_that_hold_a_drawing_alone_are_its_outline(turned: bool) -> None:
    ground = Box(150, 320, 470, 323)
    pictures, rules = list(DRAWN), [OVER, UNDER, ground, COLUMN]
    if turned:
        pictures, rules = [b.turned for b in pictures], [b.turned for b in rules]
    found = with_outlines(pictures, rules, [])
    assert found == (OUTLINE.turned if turned else OUTLINE,)
    assert without_outlines(rules, found) == (COLUMN.turned if turned else COLUMN,)


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        pytest.param([OVER, UNDER], [Box(140, 330, 400, 350)], id="a caption between the rules"),
        pytest.param([OVER, Box(20, 360, 700, 364)], [], id="a rule over more than the picture"),
        pytest.param([OVER, Box(100, 600, 500, 604)], [], id="much white under the picture"),
        pytest.param([OVER], [], id="one rule"),
    ],
)
def test_other_rules_over_and_under_pictures_stay(rules: list[Box], lines: list[Box]) -> None:
    found = with_outlines(DRAWN, rules, lines)
    assert found == DRAWN
    assert without_outlines(rules, found) == tuple(rules)


def test_of_a_double_outline_the_outer_one_is_the_picture() -> None:
    inner = [Box(106, 208, 496, 210), Box(112, 354, 498, 356)]
    found = with_outlines(DRAWN, [OVER, UNDER, *inner], [])
    assert found == (OUTLINE,)
    assert without_outlines([OVER, UNDER, *inner], found) == ()
