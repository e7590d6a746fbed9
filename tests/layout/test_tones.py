"""Areas of tone beside each other: each ends where the other begins."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from layout.analyze import find_print
from layout.geometry import Box
from layout.ink import Gray
from layout.params import EM
from layout.prepare.normalized import Normalized
from samples.typeset.picture import photograph

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
BODY = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
HEADLINE = "从哪里说起呢老船厂"


def _page(photo: Box, panel: Box) -> Gray:
    """A page of text, a photograph, and a dark panel with light type that touches it."""
    image = Image.new("L", (1000, 1000), 245)
    pen = ImageDraw.Draw(image)
    body = ImageFont.truetype(BODY, EM, index=2)
    for top in (*range(40, 230, 24), *range(680, 980, 24)):
        pen.text((60, top), "灯塔守望者在海边住了二十七年，每天黄昏点灯" * 2, font=body, fill=30)
    image.paste(Image.fromarray(photograph(photo.width, photo.height, "hills", 3)), (photo.x0, photo.y0))
    pen.rectangle((panel.x0, panel.y0, panel.x1 - 1, panel.y1 - 1), fill=40)
    font = ImageFont.truetype(FONT, 48, index=2)
    pen.text((panel.x0 + 60, panel.y0 + 10), HEADLINE, font=font, fill=235)
    return np.asarray(image, dtype=np.uint8)


SEAM = pytest.mark.xfail(strict=True, reason="the network blurs the seam of a photograph and a panel by half an em")
SKY = pytest.mark.xfail(strict=True, reason="a sky hardly darker than paper is paper to the network")


@SEAM
@pytest.mark.parametrize("photo", [Box(500, 360, 900, 640), Box(100, 360, 600, 640), Box(300, 360, 700, 640)])
def test_a_headline_on_a_panel_that_touches_a_photograph_is_whole(photo: Box) -> None:
    """The photograph ends at the panel, and the light type is one line of the headline's length."""
    panel = Box(100, 280, 900, 360)
    printed = find_print(Normalized(_page(photo, panel)))
    (picture,) = [p for p in printed.pictures if (p & photo).area > 0.5 * photo.area]
    assert (picture & panel).area < 0.05 * panel.area
    light = [n for b in printed.headlines for n in b.lines if n.white_on_dark]
    assert [round(n.box.width / 48) for n in light] == [len(HEADLINE)]


def test_what_shows_through_beside_a_photograph_is_not_of_it() -> None:
    """The ghost of the photograph behind lies under a column of type close by: the photograph ends before it."""
    photo, ghost = Box(600, 300, 900, 600), Box(360, 310, 596, 590)
    image = Image.fromarray(_page(photo, Box(100, 900, 101, 901)))
    kept = image.crop((photo.x0, photo.y0, photo.x1, photo.y1))
    pen, body = ImageDraw.Draw(image), ImageFont.truetype(BODY, EM, index=2)
    pen.ellipse((ghost.x0 + 60, ghost.y0, ghost.x1 + 20, ghost.y0 + 90), fill=204)
    pen.ellipse((ghost.x0 + 20, ghost.y1 - 130, ghost.x1 + 40, ghost.y1 + 60), fill=204)
    image.paste(kept, (photo.x0, photo.y0))
    for top in range(310, 600, 30):
        pen.text((340, top), "灯塔守望者在海边住了二十七", font=body, fill=30)
    printed = find_print(Normalized(np.asarray(image.filter(ImageFilter.GaussianBlur(1)), dtype=np.uint8)))
    (picture,) = printed.pictures
    assert (picture & photo).area > 0.9 * max(picture.area, photo.area)
    column = [n for b in printed.text for n in b.lines if n.box.within(Box(330, 300, 598, 610)) > 0.8]
    assert len(column) == len(range(310, 600, 30))


def _with_photograph(kind: str, seed: int) -> tuple[Gray, Box]:
    """A photograph with a row of large type above and a column of text below."""
    photo, image = Box(100, 200, 800, 560), Image.new("L", (900, 900), 240)
    image.paste(Image.fromarray(photograph(photo.width, photo.height, kind, seed)), (photo.x0, photo.y0))
    pen = ImageDraw.Draw(image)
    pen.text((250, 120), HEADLINE, font=ImageFont.truetype(FONT, 48, index=2), fill=30)
    for top in range(600, 880, 30):
        pen.text((100, top), "灯塔守望者在海边住了二十七年", font=ImageFont.truetype(BODY, EM, index=2), fill=30)
    return np.asarray(image, dtype=np.uint8), photo


@pytest.mark.parametrize("seed", [1, 3, 7])
def test_furrows_are_no_light_type(seed: int) -> None:
    """Light lines on a dark field are of the photograph, and nothing is read in it."""
    page, photo = _with_photograph("fields", seed)
    printed = find_print(Normalized(page))
    (picture,) = printed.pictures
    assert (picture & photo).area > 0.9 * max(picture.area, photo.area)
    assert [n.box for b in printed.text for n in b.lines if (n.box & photo).area > 0] == []


@SKY
def test_a_light_sky_is_of_its_photograph() -> None:
    """Of a photograph the upper third is hardly darker than paper; it ends where the sky does."""
    page, photo = _with_photograph("hills", 3)
    page = page.copy()
    page[photo.y0 : photo.y0 + 120, photo.x0 : photo.x1] = 240 * 0.93
    (picture,) = find_print(Normalized(page)).pictures
    assert (picture & photo).area > 0.9 * max(picture.area, photo.area)


@pytest.mark.parametrize(("width", "height"), [(180, 580), (300, 800), (420, 900)])
def test_type_on_a_panel_larger_than_the_page_is_evened_by(width: int, height: int) -> None:
    """A few light words on much dark: evening leaves the panel's middle as light as its type."""
    image = Image.new("L", (1000, 1300), 235)
    pen, body = ImageDraw.Draw(image), ImageFont.truetype(BODY, 20, index=2)
    for top in range(60, 1240, 30):
        pen.text((40, top), "灯塔守望者在海边住了二十七年每天黄昏", font=body, fill=30)
    pen.rectangle((500, 200, 500 + width, 200 + height), fill=75)
    middle = 200 + height // 2
    pen.text((560, middle - 90), "开学启事", font=ImageFont.truetype(BODY, 40, index=2), fill=230)
    pen.text((560, middle - 20), "夜校今晚开课", font=body, fill=225)
    pen.text((560, middle + 20), "请带纸笔", font=body, fill=225)
    printed = find_print(Normalized(np.asarray(image, dtype=np.uint8)))
    lines = [n for b in (*printed.headlines, *printed.text) for n in b.lines if n.box.x0 > 480]
    assert len(lines) == 3
    assert all(n.white_on_dark and n.box.height < 60 for n in lines)
