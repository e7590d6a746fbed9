"""Type across the page's own direction: found where it is, and nowhere else."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.components import components
from layout.crosswise import Quarter, find_crosswise
from layout.geometry import Box
from layout.ink import Mask, even, ink
from layout.normalized import EM
from layout.page import Direction
from layout.prepare import resized
from samples.typeset import random_issue
from tests.layout.strategies import patient


@cache
def black(seed: int, style: str) -> Mask:
    """The ink of a clean drawn page, its type EM high."""
    page = random_issue(seed, 1, "clean", small=True, style=style).pages[0]
    gray = resized(np.asarray(page.image.convert("L")), EM / page.truth.type_size)
    return ink(even(gray, 8 * EM), EM)


@pytest.mark.parametrize("seed", [12, 16, 28])
def test_a_level_page_has_hardly_any(seed: int) -> None:
    """On a page of level type nothing but an upright headline's own file runs crosswise."""
    page = black(seed, "modern")
    found = find_crosswise(page, components(page), np.zeros_like(page), EM, clockwise=False)
    assert np.count_nonzero(found.ink) < 0.02 * np.count_nonzero(page)


def test_vertical_type_on_a_level_page_is_found_as_it_runs() -> None:
    """Vertical text set into a level page becomes vertical lines, from right to left within each block."""
    page = np.ascontiguousarray(np.vstack([_wide(black(12, "modern")), _wide(black(4, "vertical"))]))
    found = find_crosswise(page, components(page), np.zeros_like(page), EM, clockwise=False)
    top = black(12, "modern").shape[0]
    body = [n for n in found.lines if n.length > 5 * EM and n.size < 1.3 * EM]
    assert len(body) > 40
    assert {n.direction for n in body} == {Direction.VERTICAL_RL}
    assert all(n.box.y0 >= top for n in body)
    for block in found.blocks:
        rights = [n.box.x1 for n in block.lines]
        assert rights == sorted(rights, reverse=True)


def _wide(page: Mask) -> Mask:
    return np.pad(page, ((40, 40), (0, 1400 - page.shape[1])))


@patient
@given(st.integers(0, 90), st.integers(0, 50), st.integers(1, 10), st.integers(1, 10), st.booleans())
def test_a_quarter_turn_leads_back(x: int, y: int, wide: int, high: int, clockwise: bool) -> None:
    """A box on the turned picture shows the same ink, and comes back to where it was."""
    box = Box(x, y, x + wide, y + high)
    page = np.zeros((60, 100), dtype=np.uint8)
    page[box.y0 : box.y1, box.x0 : box.x1] = 255
    quarter = Quarter(100, 60, clockwise)
    there = quarter.there(box)
    assert quarter.back(there) == box
    assert np.count_nonzero(quarter.mask(page)[there.y0 : there.y1, there.x0 : there.x1]) == np.count_nonzero(page)


@pytest.mark.parametrize(("rows", "crosswise"), [(2, False), (3, False), (6, True)])
def test_rows_set_wide_are_no_files_of_two_glyphs(rows: int, crosswise: bool) -> None:
    """Glyphs stand closer to those below than to those beside them; files of vertical type are longer than that."""
    page = np.zeros((300, 400), np.uint8)
    for row in range(rows):
        for at in range(7):
            page[60 + 22 * row : 78 + 22 * row, 60 + 30 * at : 76 + 30 * at] = 255
    found = find_crosswise(page, components(page), np.zeros_like(page), EM, clockwise=False)
    assert bool(found.lines) is crosswise
