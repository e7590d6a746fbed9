"""Small photographs beside type: a columnist's portrait by the name of the column."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from layout.analyze import find_print
from layout.geometry import Box
from layout.ink import Gray
from layout.params import EM
from layout.prepare.normalized import Normalized
from layout.prepare.segmentation import SCALE
from layout.prepare.small_photographs import small_photographs

SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
SANS = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
PLACE = Box(60, 60, 150, 165)


def _face(seed: int) -> Gray:
    """A picture of soft tones, as a portrait has them."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(20, 235, (9, 8), dtype=np.uint8)
    return cv2.resize(coarse, (PLACE.width, PLACE.height), interpolation=cv2.INTER_CUBIC).astype(np.uint8)


def _column(*, photograph: Gray | None = None, glyph: str = "", round_: bool = False) -> Gray:
    """A column whose head has a portrait or a large glyph, its name and its author, a title under them, and text."""
    image = Image.new("L", (760, 700), 245)
    pen, body = ImageDraw.Draw(image), ImageFont.truetype(SERIF, round(EM), index=2)
    if photograph is not None:
        mask = Image.new("L", (PLACE.width, PLACE.height), 0)
        (ImageDraw.Draw(mask).ellipse if round_ else ImageDraw.Draw(mask).rectangle)((0, 0, 89, 104), fill=255)
        image.paste(Image.fromarray(photograph), (PLACE.x0, PLACE.y0), mask)
    pen.text((PLACE.x0 - 4, PLACE.y0 - 20), glyph, font=ImageFont.truetype(SANS, 100, index=2), fill=20)
    pen.text((175, 90), "港湾夜话", font=ImageFont.truetype(SANS, 22, index=2), fill=20)
    pen.text((175, 130), "甲乙丙", font=body, fill=20)
    pen.text((60, 185), "潮水不等人", font=ImageFont.truetype(SANS, 38, index=2), fill=20)
    for top in range(260, 660, 32):
        pen.text((60, top), "灯塔守望者在海边住了二十七年每天黄昏点灯清晨擦亮镜片在日记里", font=body, fill=30)
    return np.asarray(image, dtype=np.uint8)


@pytest.mark.parametrize("round_", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_portrait_is_no_glyph_of_the_line_beside_it(seed: int, round_: bool) -> None:
    found = find_print(Normalized(_column(photograph=_face(seed), round_=round_)))
    lines = [n.box for b in (*found.text, *found.headlines) for n in b.lines] + [n.box for n in found.head]
    assert not [b for b in lines if (b & PLACE).area > 0.1 * b.area]
    assert any(b.within(Box(170, 85, 275, 122)) > 0.9 for b in lines)
    assert any(b.within(Box(170, 125, 245, 162)) > 0.9 for b in lines)
    assert any((p & PLACE).area > 0.4 * PLACE.area for p in found.pictures)


@pytest.mark.parametrize("glyph", ["国", "春", "田", "囍"])
def test_a_large_glyph_is_no_photograph(glyph: str) -> None:
    page = _column(glyph=glyph)
    blurred = cv2.GaussianBlur(page, (0, 0), 1.2).astype(np.uint8)
    noisy = np.clip(blurred + np.random.default_rng(5).normal(0, 7, page.shape), 0, 255).astype(np.uint8)
    assert not small_photographs(page).any()
    assert not small_photographs(noisy).any()


def test_a_photograph_is_found_where_it_lies() -> None:
    found = small_photographs(_column(photograph=_face(1)))
    rows, columns = np.flatnonzero(found.any(axis=1)), np.flatnonzero(found.any(axis=0))
    place = [round(v * SCALE) for v in (PLACE.x0, PLACE.y0, PLACE.x1, PLACE.y1)]
    assert np.allclose([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1], place, atol=3)
