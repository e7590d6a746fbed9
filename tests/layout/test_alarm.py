"""The alarm: text in no line is reported with its place, and nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from layout.geometry import Box
from layout.lines.lost_text import characters, lost_text
from tests.layout.segmented import segmentation

SHAPE = (400, 600)
INK = np.full(SHAPE, 255, np.uint8)
ROWS = [Box(40, y, 440, y + 20) for y in range(40, 340, 30)]


@pytest.mark.parametrize("missing", range(len(ROWS)))
def test_a_line_that_was_missed_is_reported(missing: int) -> None:
    """Each line that is left out is found again at its place, and counted within a third of its characters."""
    (place,) = lost_text(segmentation(SHAPE, ROWS), INK, [r for i, r in enumerate(ROWS) if i != missing])
    assert (place & ROWS[missing]).area > 0.5 * ROWS[missing].area
    assert place.overlap_y(ROWS[missing]) > 0.8 * place.height
    assert characters(place) == pytest.approx(20, abs=10)


def test_lines_that_were_found_raise_no_alarm() -> None:
    """Where every line is known nothing is reported, though each box is two pixels too small on every side."""
    assert lost_text(segmentation(SHAPE, ROWS), INK, [r.grown(-2) for r in ROWS]) == ()


def test_half_a_line_is_reported() -> None:
    """Of a line that was found to its half, the other half is reported."""
    half = Box(40, 40, 240, 60)
    (place,) = lost_text(segmentation(SHAPE, ROWS), INK, [half, *ROWS[1:]])
    assert place.x0 == pytest.approx(245, abs=8)
    assert place.x1 == pytest.approx(440, abs=8)


def test_a_halo_without_ink_raises_no_alarm() -> None:
    """What the network holds for text where nothing is printed is not reported."""
    assert lost_text(segmentation(SHAPE, ROWS), np.zeros(SHAPE, np.uint8), []) == ()


def test_a_blur_between_lines_raises_no_alarm_for_their_ink() -> None:
    """What the network holds for text at the beginnings of lines set wide apart holds no ink but that of the lines."""
    rows = [Box(40, y, 440, y + 20) for y in range(40, 340, 50)]
    ink = np.zeros(SHAPE, np.uint8)
    for r in rows:
        ink[r.y0 : r.y1, r.x0 : r.x1] = 255
    blur = Box(18, rows[0].y0, 100, rows[-1].y1)
    assert lost_text(segmentation(SHAPE, [*rows, blur]), ink, rows) == ()
    assert lost_text(segmentation(SHAPE, [*rows, blur]), INK, rows) != ()
