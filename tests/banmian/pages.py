"""Small pages for the tests: drawn here, with Debian's fonts, from sentences of our own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
BOLD = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
HEADLINE = "山村邮路通到云端"
BODY = (
    "清晨六点，天还没有亮透，邮递员便推着车出了门。山路弯弯曲曲，一边是石壁，一边是深谷，"
    "他已经走了二十七年。去年秋天，村里修通了公路，信件和包裹可以直接送到每一户的门口。"
    "老人们却还是习惯站在村口的大树下等他，因为那里能听见远处的铃声。"
)


def page(path: Path, *, headline: str = HEADLINE, body: str = BODY) -> Path:
    """A page of one headline over two columns."""
    image = Image.new("L", (1000, 900), 245)
    draw = ImageDraw.Draw(image)
    draw.text((80, 60), headline, font=ImageFont.truetype(BOLD, 88, index=2), fill=20)
    rows = [body[i : i + 11] for i in range(0, len(body), 11)]
    for row, text in enumerate(rows):
        x, y = (80, 230 + 56 * row) if row < 6 else (540, 230 + 56 * (row - 6))
        draw.text((x, y), text, font=ImageFont.truetype(SERIF, 36, index=2), fill=20)
    image.save(path, dpi=(300, 300))
    return path


def blank(path: Path) -> Path:
    """An empty sheet of paper, a little uneven."""
    grain = np.random.default_rng(7).normal(240, 3, (900, 1000)).clip(0, 255).astype(np.uint8)
    Image.fromarray(grain).save(path, dpi=(300, 300))
    return path


def photograph(path: Path) -> Path:
    """A page that is all picture: soft shapes in every grey, no type."""
    y, x = np.mgrid[0:900, 0:1000]
    grain = np.random.default_rng(8).normal(0, 8, (900, 1000))
    tones = 128 + 80 * np.sin(x / 90) * np.cos(y / 130) + 30 * np.sin((x + y) / 47) + grain
    Image.fromarray(tones.clip(0, 255).astype(np.uint8)).save(path, dpi=(300, 300))
    return path


def truncated(path: Path) -> Path:
    """A page of which the last two thirds were never written."""
    whole = page(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    return path
