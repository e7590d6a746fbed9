"""Lines that are the texture of a picture, and lines that are set on one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from layout.analyze import find_print
from layout.geometry import Box
from layout.lines.detected_line import DetectedLine
from layout.lines.picture_texture import rows_of_blocks, without_picture_texture
from layout.marks.marks import Marks
from layout.prepare.normalized import Normalized
from layout.prepare.segmentation import PICTURE
from samples.typeset.picture import photograph
from tests.layout.segmented import SCALE, segmentation

SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"

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


def _is_row_of_blocks(*, ground: int, noise: int, hollow: bool, filled: bool = False) -> bool:
    """Whether a row of squares at PLACE is one of blocks: on a ground of that tone and unevenness, full or outlined.

    What is outlined may be `filled` by the ink.
    """
    gray, type_ink = np.full(SHAPE, 240, np.uint8), np.zeros(SHAPE, np.uint8)
    for b in BODY:
        strokes = np.s_[b.y0 : b.y1, b.x0 : b.x1 : 4]
        gray[strokes], type_ink[strokes] = 40, 255
    about = PLACE.grown(20)
    tones = np.random.default_rng(5).integers(-noise, noise + 1, (about.height, about.width))
    gray[about.y0 : about.y1, about.x0 : about.x1] = ground + tones
    row = Box(PLACE.x0, PLACE.y0 + 20, PLACE.x1, PLACE.y0 + 36)
    for x in range(row.x0, row.x1, 24):
        for grey, mask in ((220, gray), (255, type_ink)):
            mask[row.y0 : row.y1, x : x + 14] = grey
            if hollow and (mask is gray or not filled):
                mask[row.y0 + 3 : row.y1 - 3, x + 3 : x + 11] = ground if mask is gray else 0
    marks = Marks((), (), (), (), (), (), type_ink, np.zeros(SHAPE, np.uint8), segmentation(SHAPE, [*BODY, row]))
    lines = [DetectedLine(b, 20.0, 2.0, id=n) for n, b in enumerate((*BODY, row))]
    found = rows_of_blocks(lines, marks, gray)
    assert all(n.box == row for n in found)
    return bool(found)


@pytest.mark.parametrize(
    ("ground", "noise", "hollow", "filled", "found"),
    [
        pytest.param(110, 8, False, False, True, id="windows of a house"),
        pytest.param(110, 8, True, False, False, id="light type on a photograph"),
        pytest.param(110, 8, True, True, False, id="small light type that its ink fills"),
        pytest.param(110, 0, False, False, False, id="squares on a panel"),
        pytest.param(235, 8, False, False, False, id="worn type on grainy paper"),
    ],
)
def test_full_blocks_on_the_ground_of_a_photograph_are_no_print(
    ground: int, noise: int, hollow: bool, filled: bool, found: bool
) -> None:
    assert _is_row_of_blocks(ground=ground, noise=noise, hollow=hollow, filled=filled) is found


@pytest.mark.parametrize("seed", [1, 2])
def test_most_windows_of_a_street_are_no_lines(seed: int) -> None:
    """Of more than forty rows of windows in a photograph of houses few stay lines; the text over it stays whole."""
    photo = Box(40, 300, 960, 900)
    gray = np.full((1000, 1000), 250, np.uint8)
    pen = Image.fromarray(gray)
    body = ImageFont.truetype(SERIF, 20, index=2)
    for top in range(40, 280, 30):
        ImageDraw.Draw(pen).text((40, top), "渡口的灯塔守望者每天黄昏点灯" * 3, font=body, fill=30)
    pen.paste(Image.fromarray(photograph(photo.width, photo.height, "street", seed)), (photo.x0, photo.y0))
    printed = find_print(Normalized(np.asarray(pen, dtype=np.uint8)))
    lines = [n for b in (*printed.text, *printed.headlines) for n in b.lines]
    assert sum(n.box.within(photo) > 0.5 for n in lines) <= 15
    assert sum(n.box.within(photo) == 0 for n in lines) == len(range(40, 280, 30))
