"""Dark print that bleeds to the edge of the picture: light type on it is read, and it is no scanner's bed."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from layout.analyze import find_print
from layout.geometry import Box
from layout.ink import Gray
from layout.params import EM
from layout.prepare.normalized import Normalized

SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
SANS = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
FOLIO = "二零二四年十一月八日　星期五　甲辰年十月初八　零售每份十元"


def _page(tone: int, size: int) -> tuple[Gray, Box]:
    """Text under a dark band over the whole width, cut off at the page's edge, and the place of the folio on it."""
    image = Image.new("L", (900, 760), 245)
    pen, body = ImageDraw.Draw(image), ImageFont.truetype(SERIF, round(EM), index=2)
    pen.rectangle((0, 0, 900, 110), fill=tone)
    face = ImageFont.truetype(SANS, size, index=2)
    pen.text((40, 50), FOLIO, font=face, fill=250)
    x0, y0, x1, y1 = pen.textbbox((40, 50), FOLIO, font=face)
    for top in range(160, 720, 32):
        pen.text((60, top), "灯塔守望者在海边住了二十七年每天黄昏点灯清晨擦亮镜片在日记里写下风向", font=body, fill=30)
    grain = np.random.default_rng(3).normal(0, 3, (760, 900))
    return np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8), Box(round(x0), round(y0), round(x1), round(y1))


@pytest.mark.parametrize("size", [16, 20, 26])
@pytest.mark.parametrize("tone", [20, 60, 90])
def test_light_type_on_a_bleeding_band_is_whole(tone: int, size: int) -> None:
    page, place = _page(tone, size)
    found = find_print(Normalized(page))
    lines = [n.box for b in (*found.text, *found.headlines) for n in b.lines] + [n.box for n in found.head]
    row = [b for b in lines if b.overlap_y(place) > 0]
    assert sum(b.width for b in row) > 0.85 * place.width
    assert min(b.x0 for b in row) < place.x0 + size / 2
    assert max(b.x1 for b in row) > place.x1 - size / 2


@pytest.mark.parametrize("tone", [15, 60])
def test_a_scanners_bed_has_no_lines(tone: int) -> None:
    """A dark, grained rim about the paper, with scratches on it."""
    page, _ = _page(245, 20)
    rng = np.random.default_rng(7)
    bed = np.clip(rng.normal(tone, 6, (900, 1040)), 0, 255).astype(np.uint8)
    for _ in range(40):
        x, y = int(rng.integers(0, 1020)), int(rng.integers(0, 900))
        bed[y : y + 2, x : x + int(rng.integers(5, 20))] = 150
    bed[70:830, 70:970] = page
    found = find_print(Normalized(bed))
    lines = [n.box for b in (*found.text, *found.headlines) for n in b.lines] + [n.box for n in found.head]
    assert lines
    assert not [b for b in lines if b.x1 < 70 or b.x0 > 970 or b.y1 < 70 or b.y0 > 830]
