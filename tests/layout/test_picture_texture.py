"""Lines that are the texture of a picture, and lines that are set on one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from layout.geometry import Box
from layout.ink import Mask
from layout.lines.detected_line import DetectedLine
from layout.lines.picture_texture import without_picture_texture
from layout.marks.marks import Marks
from layout.prepare.segmentation import PICTURE
from tests.layout.segmented import SCALE, segmentation

SHAPE = (400, 600)
BODY = [Box(20, 20 + 40 * k, 300, 40 + 40 * k) for k in range(8)]
PHOTO = Box(340, 20, 580, 300)
PLACE = Box(400, 120, 520, 140)
BESIDE = Box(400, 160, 520, 180)


def _glyphs(mask: Mask, b: Box) -> None:
    """Strokes that hang together, and differ from square to square, as hanzi do."""
    for n, x in enumerate(range(b.x0, b.x1 - 18, 20)):
        for y in range(b.y0 + 1 + n % 3, b.y1 - 1, 6):
            cv2.line(mask, (x + n % 4, y), (x + 16 - n % 5, y), 255, 2)
        for across in (5 + n % 3, 12):
            cv2.line(mask, (x + across, b.y0 + 1), (x + across, b.y1 - 2), 255, 2)


def _windows(mask: Mask, b: Box) -> None:
    for x in range(b.x0, b.x1 - 18, 24):
        mask[b.y0 + 2 : b.y1 - 2, x : x + 16] = 255


def _kept(places: list[tuple[Box, Callable[[Mask, Box], None], int, int, int]], *, photo: bool) -> list[Box]:
    """Which lines stay: each with what is drawn there, the tones of ink and ground, the network's text of 255."""
    seg = segmentation(SHAPE, [*BODY, *(p[0] for p in places)])
    label, of_text = seg.label.copy(), seg.text.copy()
    if photo:
        about = np.s_[
            round(PHOTO.y0 * SCALE) : round(PHOTO.y1 * SCALE), round(PHOTO.x0 * SCALE) : round(PHOTO.x1 * SCALE)
        ]
        label[about] = PICTURE
    gray, type_ink = np.full(SHAPE, 240, np.uint8), np.zeros(SHAPE, np.uint8)
    for b in BODY:
        _glyphs(type_ink, b)
    gray[type_ink > 0] = 40
    for b, drawn, ink, ground, text in places:
        of_text[round(b.y0 * SCALE) : round(b.y1 * SCALE), round(b.x0 * SCALE) : round(b.x1 * SCALE)] = text
        own = np.zeros(SHAPE, np.uint8)
        drawn(own, b)
        gray[b.y0 - 8 : b.y1 + 8, b.x0 - 8 : b.x1 + 8] = ground
        gray[own > 0] = ink
        type_ink |= own
    marks = Marks((), (), (), (), (), (), type_ink, np.zeros(SHAPE, np.uint8), replace(seg, label=label, text=of_text))
    lines = [DetectedLine(b, 20.0, 2.0, id=n) for n, b in enumerate((*BODY, *(p[0] for p in places)))]
    out = [n.box for n in without_picture_texture(lines, marks, gray)]
    assert out[: len(BODY)] == BODY
    return out[len(BODY) :]


@pytest.mark.parametrize(
    ("line", "photo", "kept"),
    [
        pytest.param((_windows, 120, 90, 180), True, False, id="windows of a house"),
        pytest.param((_glyphs, 110, 90, 130), True, False, id="blades of grass"),
        pytest.param((_glyphs, 250, 60, 130), True, True, id="a white headline on a photograph"),
        pytest.param((_glyphs, 130, 80, 240), True, True, id="pale type of which the network is sure"),
        pytest.param((_glyphs, 160, 90, 130), False, True, id="pale type on paper"),
    ],
)
def test_texture_is_solid_faint_and_amid_a_picture(
    line: tuple[Callable[[Mask, Box], None], int, int, int], photo: bool, kept: bool
) -> None:
    assert bool(_kept([(PLACE, *line)], photo=photo)) is kept


def test_what_is_in_doubt_beside_texture_is_texture_too() -> None:
    doubtful = (BESIDE, _windows, 195, 90, 215)
    assert _kept([doubtful], photo=False) == [BESIDE]
    assert _kept([doubtful, (PLACE, _windows, 120, 90, 180)], photo=False) == []
