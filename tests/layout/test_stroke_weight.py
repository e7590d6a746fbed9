"""Bold type is told from the body's by the width of its strokes, at any size, light on dark and on blurred scans."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from layout.geometry import Box, Projection
from layout.lines.stroke_weight import stroke_of, with_weights
from layout.page import Line, Page, Region, RegionKind
from layout.sheet import Gray, Sheet

BOOK, BOLD = "NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"
TEXT = "渡口的老艄公每天清早把木船擦洗一遍"


def printed(face: str, size: int, *, blur: float = 0.0) -> Gray:
    """A line of print, dark on light."""
    image = Image.new("L", (size * len(TEXT) + 20, size + 20), 245)
    ImageDraw.Draw(image).text((10, 4), TEXT, font=ImageFont.truetype(face, size), fill=20)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(blur)) if blur else image)


def weights(lines: list[tuple[Gray, float, bool]]) -> list[float]:
    """The weights of lines that stand under each other on one sheet; each with its size and whether it is white."""
    height, width = sum(g.shape[0] for g, _, _ in lines), max(g.shape[1] for g, _, _ in lines)
    sheet, made, y = np.full((height, width), 245, np.uint8), [], 0
    for n, (gray, size, white) in enumerate(lines):
        h, w = gray.shape
        sheet[y : y + h, :w] = 255 - gray if white else gray
        made.append(Line(f"l{n}", Box(0, y, w, y + h).corners, TEXT, size=size, white_on_dark=white))
        y += h
    page = Page(1, width=width, height=height, regions=(Region("r", RegionKind.BODY, lines=tuple(made)),))
    return [n.weight for n in with_weights(page, Sheet(sheet, Projection())).lines]


@pytest.mark.parametrize("size", [14, 24, 40])
def test_bold_type_is_heavier_than_the_body(size: int) -> None:
    *body, bold = weights([(printed(BOOK, size), size, False)] * 3 + [(printed(BOLD, size), size, False)])
    assert body == [1.0, 1.0, 1.0]
    assert bold > 1.2


def test_a_larger_size_of_one_face_has_the_same_weight() -> None:
    *_, large = weights([(printed(BOOK, 24), 24, False)] * 3 + [(printed(BOOK, 60), 60, False)])
    assert large == pytest.approx(1.0, abs=0.15)


def test_light_type_on_a_dark_ground_is_measured_as_dark_type_is() -> None:
    *_, dark, light = weights(
        [(printed(BOOK, 24), 24, False)] * 3 + [(printed(BOLD, 24), 24, w) for w in (False, True)]
    )
    assert light == pytest.approx(dark, abs=0.02)


def test_bold_type_stays_heavier_than_the_body_on_a_blurred_scan() -> None:
    book, bold = stroke_of(printed(BOOK, 30, blur=1.0)), stroke_of(printed(BOLD, 30, blur=1.0))
    assert bold > 1.1 * book


def test_where_nothing_is_printed_no_weight_is_known() -> None:
    assert stroke_of(np.full((30, 200), 240, np.uint8)) == 0.0
    assert stroke_of(np.zeros((1, 1), np.uint8)) == 0.0
    assert weights([(printed(BOOK, 24), 24, False), (np.full((40, 300), 245, np.uint8), 24, False)])[1] == 0.0
