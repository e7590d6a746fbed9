"""Bands of one dark tone with light type in them, and dark pictures that are none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layout.geometry import Box
from layout.ink import Gray
from layout.panels import find_bands

EM = 20.0
BAND = Box(100, 100, 700, 260)


def dark_band() -> Gray:
    page = np.full((400, 800), 255, dtype=np.uint8)
    page[BAND.y0 : BAND.y1, BAND.x0 : BAND.x1] = 40
    return page


def test_light_type_makes_a_panel() -> None:
    """A solid band with a few letters in it."""
    page = dark_band()
    for n in range(6):
        x = 140 + 80 * n
        cv2.rectangle(page, (x, 150), (x + 40, 210), 250, 5)
        cv2.line(page, (x + 20, 150), (x + 20, 210), 250, 5)
    (found,) = find_bands(page, EM)
    assert found.within(BAND) > 0.9
    assert BAND.within(found) > 0.9


@pytest.mark.parametrize("run_together", [4, 30])
def test_the_screen_of_a_dark_picture_is_no_type(run_together: int) -> None:
    """Light dots all over, of which some run together and are as large as letters."""
    page = dark_band()
    inner = page[BAND.y0 + 8 : BAND.y1 - 8, BAND.x0 + 8 : BAND.x1 - 8]
    for y in range(0, inner.shape[0] - 4, 6):
        for x in range(0, inner.shape[1] - 4, 6):
            inner[y : y + 3, x : x + 3] = 250
    for n in range(run_together):
        x, y = 30 + 50 * (n % 10), 20 + 40 * (n // 10)
        inner[y : y + 3, x : x + 14] = 250
    assert find_bands(page, EM) == ()
