"""Pictures as shapes: rectangles follow the mask and leave its empty corners free."""

from __future__ import annotations

import numpy as np
import pytest

from layout.geometry import Box
from layout.marks.picture_shapes import picture_boxes

EM = 8.0


def mask(*boxes: Box) -> np.ndarray:
    out = np.zeros((400, 600), np.uint8)
    for b in boxes:
        out[b.y0 : b.y1, b.x0 : b.x1] = 255
    return out


def test_a_rectangle_is_one() -> None:
    """A photograph comes out as it is."""
    assert picture_boxes(mask(Box(40, 50, 300, 250)), EM) == (Box(40, 50, 300, 250),)


@pytest.mark.parametrize("corner", [Box(300, 40, 500, 180), Box(40, 200, 250, 340), Box(40, 40, 240, 180)])
def test_an_empty_corner_is_free(corner: Box) -> None:
    """Text in a corner that two photographs leave free lies in no picture."""
    whole = mask(Box(40, 40, 500, 340))
    whole[corner.y0 : corner.y1, corner.x0 : corner.x1] = 0
    found = picture_boxes(whole, EM)
    covered = mask(*found)
    assert (covered[corner.y0 : corner.y1, corner.x0 : corner.x1] > 0).mean() < 0.1
    assert ((covered > 0) & (whole > 0)).sum() > 0.95 * (whole > 0).sum()


def test_a_slanted_cut_out_is_followed() -> None:
    """Of a triangle the rectangles cover little of the other half."""
    y, x = np.mgrid[0:400, 0:600]
    whole = np.where((x > 100) & (y > 50) & (y < 350) & (x - 100 < 350 - y), np.uint8(255), np.uint8(0))
    found = picture_boxes(whole, EM)
    assert len(found) > 1
    assert sum(b.area for b in found) < 1.4 * (whole > 0).sum()
