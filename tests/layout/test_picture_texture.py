"""Lines that are the texture of a picture, and lines that are set on one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layout.geometry import Box
from layout.lines.detected_line import DetectedLine
from layout.lines.picture_texture import without_picture_texture
from layout.marks.marks import Marks
from layout.prepare.segmentation import PICTURE
from tests.layout.segmented import SCALE, segmentation

SHAPE = (400, 600)
BODY = [Box(20, 20 + 40 * k, 300, 40 + 40 * k) for k in range(8)]
PHOTO = Box(340, 20, 580, 300)
PLACE = Box(400, 120, 520, 180)


def _kept(*, ink: int, ground: int, text: int, photo: bool) -> bool:
    """Whether a line at PLACE stays: the tones of its ink and its ground, its probability of text, what is about it."""
    seg = segmentation(SHAPE, [*BODY, PLACE])
    label, of_text = seg.label.copy(), seg.text.copy()
    if photo:
        about = np.s_[
            round(PHOTO.y0 * SCALE) : round(PHOTO.y1 * SCALE), round(PHOTO.x0 * SCALE) : round(PHOTO.x1 * SCALE)
        ]
        label[about] = PICTURE
    k = np.s_[round(PLACE.y0 * SCALE) : round(PLACE.y1 * SCALE), round(PLACE.x0 * SCALE) : round(PLACE.x1 * SCALE)]
    of_text[k] = text
    gray, type_ink = np.full(SHAPE, 240, np.uint8), np.zeros(SHAPE, np.uint8)
    gray[PLACE.y0 : PLACE.y1, PLACE.x0 : PLACE.x1] = ground
    for b in (*BODY, PLACE):
        strokes = np.s_[b.y0 : b.y1, b.x0 : b.x1 : 4]
        gray[strokes], type_ink[strokes] = ink if b is PLACE else 40, 255
    marks = Marks((), (), (), (), (), (), type_ink, np.zeros(SHAPE, np.uint8), replace(seg, label=label, text=of_text))
    lines = [DetectedLine(b, 20.0, 2.0, id=n) for n, b in enumerate((*BODY, PLACE))]
    out = without_picture_texture(lines, marks, gray)
    assert [n.box for n in out[: len(BODY)]] == BODY
    return len(out) == len(lines)


@pytest.mark.parametrize(
    ("ink", "ground", "text", "photo", "kept"),
    [
        pytest.param(150, 90, 125, True, False, id="blades of grass"),
        pytest.param(250, 60, 125, True, True, id="a white headline on a photograph"),
        pytest.param(150, 90, 240, True, True, id="pale type of which the network is sure"),
        pytest.param(150, 90, 125, False, True, id="pale type on paper"),
    ],
)
def test_texture_is_faint_doubtful_and_amid_a_picture(
    ink: int, ground: int, text: int, photo: bool, kept: bool
) -> None:
    assert _kept(ink=ink, ground=ground, text=text, photo=photo) is kept
