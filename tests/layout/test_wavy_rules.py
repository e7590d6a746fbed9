"""Wavy and broken rules between columns of type, which neither the network nor the search for straight runs sees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layout.geometry import Box
from layout.ink import Mask
from layout.marks.network_marks import DEFAULT, wavy_rules
from layout.params import EM as BODY_EM
from tests.layout.segmented import segmentation

EM = round(BODY_EM)
SHAPE = (20 * EM, 12 * EM)
"""Height and width of the picture, in pixels."""


def _wave(length: int, *, swing: int = 2, gap: int = 0) -> Mask:
    """An upright wave 2 pixels thick in the middle of the picture, a sixth of it gone where it is broken."""
    ink = np.zeros(SHAPE, np.uint8)
    for y in range(4 * EM, 4 * EM + length):
        x = SHAPE[1] // 2 + round(swing * np.sin(y / 4))
        if not gap or y % (6 * gap) >= gap:
            ink[y, x : x + 2] = 255
    return ink


def _columns() -> list[Box]:
    """A column of type on either side of the middle."""
    middle = SHAPE[1] // 2
    return [Box(x, 2 * EM, x + EM, 18 * EM) for x in (middle - EM - 6, middle + 8)]


@pytest.mark.parametrize("gap", [0, 4])
def test_a_wave_between_two_columns_of_type_is_a_rule(gap: int) -> None:
    found = wavy_rules(_wave(8 * EM, gap=gap), segmentation(SHAPE, [], _columns()), DEFAULT)
    assert len(found) == 1
    assert (found[0].y0, found[0].y1) == pytest.approx((4 * EM, 12 * EM), abs=gap + 2)


def test_a_wave_with_type_on_one_side_only_is_an_ornament() -> None:
    assert wavy_rules(_wave(8 * EM), segmentation(SHAPE, [], _columns()[:1]), DEFAULT) == []


@pytest.mark.parametrize(("length", "swing"), [(4 * EM, 2), (8 * EM, 12)])
def test_short_strokes_and_wide_swings_are_no_rules(length: int, swing: int) -> None:
    assert wavy_rules(_wave(length, swing=swing), segmentation(SHAPE, [], _columns()), DEFAULT) == []


def test_turned_pages_have_the_same_rules() -> None:
    upright = [Box(b.y0, b.x0, b.y1, b.x1) for b in _columns()]
    turned = np.ascontiguousarray(_wave(8 * EM).T)
    found = wavy_rules(turned, segmentation((SHAPE[1], SHAPE[0]), upright), DEFAULT)
    assert [b.turned for b in found] == wavy_rules(_wave(8 * EM), segmentation(SHAPE, [], _columns()), DEFAULT)


def test_the_dark_ground_between_rows_of_light_type_is_no_rule() -> None:
    """On a dark ground what is neither type nor picture is the ground, with holes where a glyph reaches into it."""
    seg = segmentation(SHAPE, [], _columns())
    light = replace(seg, reversed=seg.text.copy())
    assert wavy_rules(_wave(8 * EM, gap=4), light, DEFAULT) == []
