"""Dark grounds: a story in light type on one has a frame; a headline on one has none."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from layout.analyze import find_print
from layout.geometry import Box
from layout.ink import Gray
from layout.params import EM
from layout.prepare.normalized import Normalized

SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
PANEL = Box(460, 60, 840, 420)


def _page(rows: int) -> Gray:
    """Text at the left, and at the right a dark panel with a headline and `rows` lines of light type."""
    image = Image.new("L", (900, 700), 245)
    pen, body = ImageDraw.Draw(image), ImageFont.truetype(SERIF, round(EM), index=2)
    for top in range(60, 660, 32):
        pen.text((60, top), "灯塔守望者在海边住了二十七年每天黄昏", font=body, fill=30)
    pen.rectangle((PANEL.x0, PANEL.y0, PANEL.x1, PANEL.y1), fill=45)
    pen.text((500, 80), "雨中守住球门", font=ImageFont.truetype(SERIF, 44, index=2), fill=250)
    for row in range(rows):
        pen.text((490, 160 + 32 * row), "点灯清晨擦亮镜片在日记里写下风向", font=body, fill=250)
    return np.asarray(image, dtype=np.uint8)


@pytest.mark.parametrize(("rows", "framed"), [(7, True), (2, False)])
def test_a_story_in_light_type_has_a_frame(rows: int, framed: bool) -> None:
    frames = find_print(Normalized(_page(rows))).frames
    assert any((f & PANEL).area > 0.9 * max(f.area, PANEL.area) for f in frames) is framed
