"""A full stop is a ring; a filled spot that was read as one is dirt, or in doubt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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


POINT = replace(STOP, char="·")


@pytest.mark.parametrize(
    ("before", "behind", "apart", "kept"),
    [
        ("克尔", "斯特", 60, True),
        ("青山", "绿水", 84, True),
        ("青山", "绿水", 50, False),
    ],
    ids=["in-a-foreign-name", "with-room-for-it", "between-hanzi-set-solid"],
)
def test_a_point_is_printed_filled(before: str, behind: str, apart: int, kept: bool) -> None:
    """In a light face it is blacker than the strokes, and a name has one; between hanzi set solid it is dirt."""
    left, right = (
        [Seen(c, x + 40 * n, 4, x + 40 * n + 38, 44, 0.999) for n, c in enumerate(word)]
        for word, x in ((before, -36), (behind, 4 + apart))
    )
    found = without_blots(line(speck(30)), [*left, POINT, *right], 40.0)
    assert ("·" in [s.char for s in found]) is kept


def test_a_point_that_is_no_names_stays_in_doubt() -> None:
    """The room may be that between the words of a byline; what is held possible in its place is nothing."""
    text = [Seen(c, x, 4, x + 38, 44, 0.999) for c, x in (("山", 4), ("水", 88))]
    point = without_blots(line(speck(30)), [text[0], POINT, text[1]], 40.0)[1]
    assert (point.char, point.confidence, point.other) == ("·", DOUBTFUL, "")


@pytest.mark.parametrize(("name", "kept"), [("科斯", True), ("天晴", False)])
def test_a_name_goes_on_in_the_next_line(name: str, kept: bool) -> None:
    """A point behind hanzi of foreign names ends the line; behind others it is dirt."""
    text = [Seen(c, x, 4, x + 20, 44, 0.999) for c, x in zip(name, (4, 28), strict=True)]
    assert ("·" in [s.char for s in without_blots(line(speck(30)), [*text, POINT], 40.0)]) is kept
