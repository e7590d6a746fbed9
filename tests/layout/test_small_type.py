"""Small type: rows of imprint, addresses and captions that the network takes for rules at the body's scale."""

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
TEXT = "灯塔守望者在海边住了二十七年每天黄昏点灯清晨擦亮镜片在日记里写下风向和潮水"
SANS = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"


def _page(imprint: str, size: int) -> tuple[Gray, Box]:
    """Text of body size over an imprint in type of `size` pixels, and the box of the imprint's ink."""
    image = Image.new("L", (900, 700), 245)
    pen, body = ImageDraw.Draw(image), ImageFont.truetype(SERIF, round(EM), index=2)
    for top in range(60, 560, 32):
        pen.text((60, top), TEXT, font=body, fill=30)
    face = ImageFont.truetype(SANS, size, index=2)
    pen.text((60, 620), imprint, font=face, fill=30)
    x0, y0, x1, y1 = pen.textbbox((60, 620), imprint, font=face)
    return np.asarray(image, dtype=np.uint8), Box(round(x0), round(y0), round(x1), round(y1))


def _ruled(rule: str) -> Gray:
    """Text over and under a rule of that kind."""
    image = Image.new("L", (900, 700), 245)
    pen, body = ImageDraw.Draw(image), ImageFont.truetype(SERIF, round(EM), index=2)
    for top in (*range(60, 300, 32), *range(360, 640, 32)):
        pen.text((60, top), TEXT, font=body, fill=30)
    for x in range(60, 820, 12):
        if rule == "dots":
            pen.ellipse((x, 320, x + 6, 326), fill=30)
        elif rule == "waves":
            pen.arc((x, 318, x + 12, 330), 0, 180 if x // 12 % 2 else -180, fill=30, width=3)
        else:
            pen.line((x, 318, x + 12, 318), fill=30, width=5)
            pen.line((x, 327, x + 12, 327), fill=30, width=1)
    return np.asarray(image, dtype=np.uint8)


@pytest.mark.parametrize("size", [12, 13, 14])
@pytest.mark.parametrize(
    "imprint",
    ["责编：甲乙　美编：丙丁　邮箱：paper@lighthouse.example", "发行热线：010-6655 2183　www.lighthouse.example"],
)
def test_an_imprint_is_one_row_to_its_last_letter(imprint: str, size: int) -> None:
    page, place = _page(imprint, size)
    found = find_print(Normalized(page))
    lines = [n.box for b in (*found.text, *found.headlines) for n in b.lines] + [n.box for n in found.head]
    row = [b for b in lines if b.overlap_y(place) > 0]
    assert min(b.x0 for b in row) < place.x0 + 4
    assert max(b.x1 for b in row) > place.x1 - 4
    assert sum(b.width for b in row) > 0.9 * place.width
    assert found.rules == ()


@pytest.mark.parametrize("rule", ["dots", "waves", "thick and thin"])
def test_an_ornamental_rule_is_no_text(rule: str) -> None:
    lines = [n.box for b in find_print(Normalized(_ruled(rule))).text for n in b.lines]
    assert not [b for b in lines if b.y0 >= 310 and b.y1 <= 340]
