"""Type on a tint is read as if it stood on paper; a picture on the tint stays one, and so does a sky."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from layout.analyze import find_print
from layout.blocks.regions import Printed
from layout.geometry import Box
from layout.ink import Gray
from layout.params import EM
from layout.prepare.normalized import Normalized
from samples.typeset.picture import photograph

BODY = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
SENTENCE = "灯塔守望者在海边住了二十七年每天黄昏点灯清晨擦亮镜片"
PAPER = 240
TINT = Box(100, 300, 620, 900)
LEADING = 32


@dataclass(frozen=True)
class Column:
    """Lines of type from `top` to `bottom` at `left`, `wide` glyphs each."""

    left: int
    top: int
    bottom: int
    wide: int = 11

    @property
    def lines(self) -> int:
        return len(range(self.top, self.bottom, LEADING))

    def printed(self, pen: ImageDraw.ImageDraw) -> None:
        font = ImageFont.truetype(BODY, round(EM), index=2)
        for n, y in enumerate(range(self.top, self.bottom, LEADING)):
            text = (SENTENCE * 2)[n % 9 : n % 9 + self.wide]
            pen.text((self.left, y), text, font=font, fill=30)


def _page(ground: int, columns: tuple[Column, ...], picture: Box | None = None) -> Gray:
    image = Image.new("L", (1000, 1200), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((TINT.x0, TINT.y0, TINT.x1 - 1, TINT.y1 - 1), fill=ground)
    for c in columns:
        c.printed(pen)
    if picture is not None:
        image.paste(Image.fromarray(photograph(picture.width, picture.height, "hills", 3)), (picture.x0, picture.y0))
    noise = np.random.default_rng(7).normal(0, 4, (1200, 1000))
    return np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8)


def _lines(printed: Printed, where: Box) -> list[Box]:
    return [n.box for b in printed.text for n in b.lines if n.box.within(where) > 0.5]


EDGE = pytest.mark.xfail(strict=True, reason="a line that crosses the edge of a deep tint is taken for light type")
INSET = pytest.mark.xfail(strict=True, reason="a picture on a tint comes out in several rectangles")


@pytest.mark.parametrize("ground", [225, 205, 180, pytest.param(155, marks=EDGE)])
def test_type_on_a_tint_is_whole_and_its_edge_is_no_line(ground: int) -> None:
    """From the lightest to the deepest tint each line is found once, as wide as it is, and the tint is a frame."""
    columns = (Column(120, 330, 880), Column(370, 330, 880), Column(700, 330, 880))
    printed = find_print(Normalized(_page(ground, columns)))
    for c in columns:
        found = _lines(printed, Box(c.left - 20, TINT.y0 - 40, c.left + 240, TINT.y1 + 40))
        assert len(found) == c.lines
        assert all(abs(b.width - c.wide * EM) < EM for b in found)
    assert sum(len(b.lines) for b in printed.text) == sum(c.lines for c in columns)
    assert any((f & TINT).area > 0.9 * max(f.area, TINT.area) for f in printed.frames)


@INSET
def test_a_picture_on_a_tint_is_a_picture_and_the_type_about_it_is_read() -> None:
    """The picture's sky, lighter than the tint, may be lost to it; no line of type is."""
    picture = Box(130, 620, 340, 860)
    columns = (Column(120, 330, 600), Column(370, 330, 880))
    printed = find_print(Normalized(_page(180, columns, picture)))
    (found,) = printed.pictures
    assert (found & picture).area > max(0.9 * found.area, 0.6 * picture.area)
    assert len(_lines(printed, TINT)) == sum(c.lines for c in columns)


def test_an_even_sky_without_type_is_no_tint() -> None:
    """A photograph most of which is one light tone is a picture still."""
    page = _page(180, (Column(700, 330, 880),), Box(TINT.x0, 680, TINT.x1, TINT.y1))
    printed = find_print(Normalized(page))
    assert any((p & TINT).area > 0.9 * TINT.area for p in printed.pictures)
    assert not _lines(printed, TINT)
