"""The smallest marks belong to their rows, and dust beside the rows does not."""

from __future__ import annotations

import numpy as np
import pytest

from layout.geometry import Box
from layout.lines import _joined_rows
from layout.rules import find_rules

EM = 20.0
ROW = Box(40, 40, 240, 60)


@pytest.mark.parametrize(
    ("speck", "end"),
    [
        (Box(243, 56, 247, 60), 247),
        (Box(257, 56, 261, 60), 261),
        (Box(243, 46, 247, 50), 240),
        (Box(264, 56, 268, 60), 240),
        (Box(32, 56, 36, 60), 240),
    ],
)
def test_a_speck_is_a_mark_where_a_comma_stands(speck: Box, end: int) -> None:
    """At the row's foot, right behind its last glyph or its closing quote; not above, before, or farther off."""
    ink = np.zeros((100, 300), np.uint8)
    for b in (ROW, speck):
        ink[b.y0 : b.y1, b.x0 : b.x1] = 255
    assert _joined_rows([ROW, speck], ink, EM) == [Box(40, 40, end, 60)]


def test_specks_between_two_rows_of_type_are_no_dotted_rule() -> None:
    """In white they are one; between rows set close they are in a row by chance."""
    ink = np.zeros((400, 600), np.uint8)
    ink[200:202, 100:340:12] = ink[201:203, 101:341:12] = 255
    assert len(find_rules(ink, EM).rules) == 1
    for x in range(60, 560, 22):
        ink[176:196, x : x + 18 : 4] = ink[207:227, x : x + 18 : 4] = 255
    assert find_rules(ink, EM).rules == ()
