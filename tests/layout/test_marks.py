"""The smallest marks belong to their rows, and dust beside the rows does not."""

from __future__ import annotations

import numpy as np
import pytest

from layout.geometry import Box
from layout.lines import _joined_rows

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
