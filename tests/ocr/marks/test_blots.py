"""A full stop is a ring; a filled spot that was read as one is dirt, or in doubt."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from layout.geometry import Box
from layout.sheet import Gray
from ocr.line.seen import Seen
from ocr.marks.blots import DOUBTFUL, LEGIBLE, without_blots
from ocr.pictures.crop import Cell, LinePicture

INK, PAPER = 90, 220
STOP = Seen("。", 62, 32, 74, 44, 0.995)
BEFORE = Seen("了", 4, 4, 42, 44, 0.999)


def line(draw: Callable[[Gray], object], blur: float = 1.0) -> LinePicture:
    """Two glyphs with a mark drawn between them, blurred as a scanner does."""
    pixels = np.full((48, 140), PAPER, np.uint8)
    for x0 in (4, 92):
        cv2.rectangle(pixels, (x0, 4), (x0 + 38, 44), INK, 5)
    draw(pixels)
    soft = cv2.GaussianBlur(pixels, (0, 0), blur).astype(np.uint8)
    return LinePicture(soft, (Cell(0, 140, Box(0, 0, 140, 48)),), 0, 48)


def ring(thickness: int) -> Callable[[Gray], object]:
    """A full stop as it is printed."""
    return lambda pixels: cv2.circle(pixels, (68, 38), 5, INK, thickness)


def speck(grey: int) -> Callable[[Gray], object]:
    """A spot of dirt."""
    return lambda pixels: cv2.circle(pixels, (68, 38), 5, grey, -1)


def test_a_spot_blacker_than_the_strokes_is_no_print() -> None:
    """It is left out."""
    assert without_blots(line(speck(30)), [BEFORE, STOP], 40.0) == [BEFORE]


def test_a_filled_spot_is_doubted() -> None:
    """What is held possible in its place is nothing."""
    before, stop = without_blots(line(speck(INK)), [BEFORE, STOP], 40.0)
    assert before == BEFORE
    assert (stop.confidence, stop.other) == (DOUBTFUL, "")


@pytest.mark.parametrize(("thickness", "blur"), [(1, 0.5), (2, 1.0), (2, 1.6)])
def test_a_ring_is_a_full_stop(thickness: int, blur: float) -> None:
    """However blurred."""
    assert without_blots(line(ring(thickness), blur), [BEFORE, STOP], 40.0) == [BEFORE, STOP]


def test_small_type_and_other_marks_are_left_alone() -> None:
    """In small type a ring is a spot too; a comma is always one."""
    comma = Seen("，", 62, 32, 74, 44, 0.995)
    assert without_blots(line(speck(INK)), [BEFORE, comma], 40.0) == [BEFORE, comma]
    assert without_blots(line(speck(INK)), [BEFORE, STOP], LEGIBLE - 1) == [BEFORE, STOP]
