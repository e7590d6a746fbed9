"""A colon set close to the glyph behind it is told by its two dots; no other stacked strokes are one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layout.geometry import Box
from ocr.line.seen import Seen
from ocr.marks.colons import with_colons
from ocr.pictures.crop import Cell, LinePicture

Stroke = tuple[int, int, int, int]
GLYPH = (96, 4, 134, 44)
DOTS = ((88, 12, 93, 17), (88, 34, 93, 39))


def line(*strokes: Stroke) -> LinePicture:
    """A glyph, white, and a glyph at GLYPH, with strokes in front of it."""
    pixels = np.full((48, 140), 240, np.uint8)
    for x0, y0, x1, y1 in ((4, 4, 42, 44), GLYPH, *strokes):
        cv2.rectangle(pixels, (x0, y0), (x1 - 1, y1 - 1), 20, -1)
    return LinePicture(pixels, (Cell(0, 140, Box(0, 0, 140, 48)),), 0, 48)


SEEN = [Seen("农", 4, 4, 42, 44, 0.99), Seen("福", 88, 4, 134, 44, 0.99)]


def test_a_colon_that_its_neighbour_took_in_comes_back() -> None:
    """In doubt, and the neighbour begins behind it."""
    found = with_colons(line(*DOTS), SEEN)
    assert "".join(s.char for s in found) == "农：福"
    assert found[1].confidence < 0.8
    assert found[1].x1 <= found[2].x0


@pytest.mark.parametrize(
    "strokes",
    [
        (),
        DOTS[:1],
        (DOTS[0], (82, 34, 93, 42)),  # 冫: the lower stroke is another
        ((88, 12, 91, 22), (88, 34, 91, 44)),  # no dots
        (*DOTS, (70, 20, 80, 24)),  # no white in front of them
    ],
)
def test_other_strokes_are_no_colon(strokes: tuple[Stroke, ...]) -> None:
    """Nor is one put in where it was read."""
    assert with_colons(line(*strokes), SEEN) == SEEN
    read = [SEEN[0], Seen("：", 86, 12, 95, 39, 0.9), Seen("福", 96, 4, 134, 44, 0.99)]
    assert with_colons(line(*DOTS), read) == read
