"""A line's crop: level, dark on light, and every pixel of it leads back to its place on the sheet."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from layout.geometry import Box, Projection
from layout.page import Direction, Line
from layout.sheet import Gray, Sheet
from ocr.pictures.crop import Cell, LinePicture, line_picture
from ocr.pictures.vertical import glyph_cuts
from ocr.setup.settings import SHEET_OF_PAPER
from tests.ocr.prints import INK, PAPER, Setting, bare, set_lines

TITLE = "城东新桥昨日通车"
WIDEST = 32_767
"""Tesseract refuses a picture with a longer side."""


@st.composite
def pictures(draw: st.DrawFn) -> LinePicture:
    """A picture of one to six cells side by side, each a part of the sheet scaled its own way."""
    top, height = draw(st.integers(0, 20)), draw(st.integers(8, 64))
    cells, x = [], float(draw(st.integers(0, 30)))
    for _ in range(draw(st.integers(1, 6))):
        width = draw(st.integers(1, 200))
        at = draw(st.tuples(st.integers(0, 5_000), st.integers(0, 5_000)))
        size = draw(st.tuples(st.integers(1, 600), st.integers(1, 600)))
        cells.append(Cell(x, x + width, Box(*at, at[0] + size[0], at[1] + size[1])))
        x += width
    pixels = np.full((height + 2 * top, round(x) + 10), PAPER, np.uint8)
    return LinePicture(pixels, tuple(cells), top, top + height)


NUMBERS = st.floats(-500, 2_000)


@given(pictures(), st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS))
def test_every_box_leads_into_its_cell(picture: LinePicture, xs: tuple[float, float], ys: tuple[float, float]) -> None:
    """Whatever box a reader gives, its place on the sheet has an area and lies in one cell, to a pixel."""
    b = picture.on_sheet(min(xs), min(ys), max(xs), max(ys))
    assert b.width >= 1
    assert b.height >= 1
    assert any(
        c.box.x0 <= b.x0 and c.box.y0 <= b.y0 and b.x1 <= c.box.x1 + 1 and b.y1 <= c.box.y1 + 1 for c in picture.cells
    )


@given(pictures(), st.data())
def test_a_whole_cell_leads_to_its_whole_box(picture: LinePicture, data: st.DataObject) -> None:
    """The stretch of a cell, from top to bottom, is the box that it shows."""
    cell = data.draw(st.sampled_from(picture.cells))
    assert picture.on_sheet(cell.left, picture.top, cell.right, picture.bottom) == cell.box


@given(pictures(), st.data())
def test_the_way_back_keeps_the_order(picture: LinePicture, data: st.DataObject) -> None:
    """Within a cell, what lies further right and lower in the picture lies further right and lower on the sheet."""
    cell = data.draw(st.sampled_from(picture.cells))
    inside = st.floats(cell.left, cell.right)
    a, b, c = sorted(data.draw(st.tuples(inside, inside, inside)))
    up, mid, low = sorted(data.draw(st.tuples(*[st.floats(picture.top, picture.bottom)] * 3)))
    if min(b - a, c - b) > 1e-3:
        one, two = picture.on_sheet(a, up, b, mid), picture.on_sheet(b, mid, c, low)
        assert one.x0 <= two.x0
        assert one.x1 <= two.x1
        assert one.y0 <= two.y0
        assert one.y1 <= two.y1


@given(
    st.tuples(st.integers(-50, 450), st.integers(-50, 350)),
    st.tuples(st.integers(0, 300), st.integers(0, 300)),
    st.sampled_from([0.0, 1.0, 12.0, 38.0, 400.0]),
    st.sampled_from(list(Direction)),
    st.booleans(),
)
@example((0, 0), (0, 0), 0.0, Direction.HORIZONTAL, False)
@example((0, 0), (1, 300), 0.0, Direction.VERTICAL_RL, True)
@example((600, 600), (10, 10), 38.0, Direction.HORIZONTAL, False)
@example((-90, -90), (10, 10), 1.0, Direction.VERTICAL_RL, False)
def test_any_line_has_a_picture(
    at: tuple[int, int], extent: tuple[int, int], size: float, direction: Direction, white_on_dark: bool
) -> None:
    """A line of any size and place, even beside the sheet, gives a picture whose cells lie on the sheet."""
    sheet = bare(400, 300)
    box = Box(*at, at[0] + extent[0], at[1] + extent[1])
    line = Line("r1l0", box.corners, direction=direction, size=size, white_on_dark=white_on_dark)
    picture = line_picture(sheet, line)
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.shape[0] > SHEET_OF_PAPER.height
    assert picture.pixels.shape[1] <= WIDEST
    for c in picture.cells:
        assert c.box.area > 0
        assert c.box & Box(0, 0, 400, 300) == c.box
    assert all(a.right <= b.left for a, b in pairwise(picture.cells))


@pytest.mark.parametrize("extent", [(20_000, 1), (20_000, 38), (1, 20_000), (38, 20_000)])
@pytest.mark.parametrize("size", [0.0, 38.0])
@pytest.mark.parametrize("direction", list(Direction))
def test_a_line_of_twenty_thousand_pixels(extent: tuple[int, int], size: float, direction: Direction) -> None:
    """A line as long as a broadsheet, whichever way, gives a picture that Tesseract takes."""
    sheet = bare(extent[0] + 60, extent[1] + 60)
    line = Line("r1l0", Box(30, 30, 30 + extent[0], 30 + extent[1]).corners, direction=direction, size=size)
    assert line_picture(sheet, line).pixels.shape[1] <= WIDEST


@pytest.mark.parametrize("white", [False, True])
@pytest.mark.parametrize("vertical", [False, True])
def test_a_picture_is_dark_on_light(white: bool, vertical: bool) -> None:
    """White type on black gives the picture that black type on white gives: paper around ink, of nearly its tones."""
    p = set_lines(Setting(TITLE, 60, white=white, vertical=vertical))
    picture = line_picture(p.sheet, *p.page.lines)
    paper, ink = (255 - INK, 255 - PAPER) if white else (PAPER, INK)
    assert abs(float(np.median(picture.pixels)) - paper) <= 3
    assert abs(float(picture.pixels.min()) - ink) <= 12
    assert abs(float(np.median(picture.pixels[[0, -1]])) - paper) <= 3


@pytest.mark.parametrize("size", [12, 38, 200])
def test_what_the_picture_shows_is_where_it_says(size: int) -> None:
    """The ink of a line's picture, led back, is the line's ink on the sheet, to a tenth of the type's size."""
    p = set_lines(Setting(TITLE, size))
    picture = line_picture(p.sheet, *p.page.lines)
    ys, xs = np.nonzero(picture.pixels < 128)
    found = picture.on_sheet(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    ys, xs = np.nonzero(p.sheet.gray < 128)
    true = Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    assert max(abs(a - b) for a, b in zip(corners(found), corners(true), strict=True)) <= max(1.5, size / 10)


def corners(b: Box) -> tuple[int, int, int, int]:
    return b.x0, b.y0, b.x1, b.y1


def file_of_blocks(n: int, em: int, aki: int) -> Gray:
    """A file of n square glyphs, each a frame with a bar, with a hanzi's white around it, `aki` pixels apart."""
    glyph = np.full((em, em), PAPER, np.uint8)
    edge, stroke = max(1, em // 12), max(1, em // 10)
    glyph[edge:-edge, edge : edge + stroke] = glyph[edge:-edge, -edge - stroke : -edge] = INK
    for y in (edge, em // 2, em - edge - stroke):
        glyph[y : y + stroke, edge:-edge] = INK
    white = np.full((aki, em), PAPER, np.uint8)
    return np.vstack([part for _ in range(n) for part in (glyph, white)][: 2 * n - 1])


@given(st.integers(1, 20), st.integers(16, 80), st.data())
def test_square_glyphs_are_told_apart(n: int, em: int, data: st.DataObject) -> None:
    """A file of n square glyphs, tight or letterspaced up to half an em, is cut into n, each cut in the white."""
    aki = data.draw(st.integers(0, em // 2))
    part = file_of_blocks(n, em, aki)
    cuts = glyph_cuts(part)
    assert len(cuts) == n + 1
    assert all(part[c].min() > INK for c in cuts[1:-1])


@given(st.integers(1, 400), st.integers(1, 80), st.integers(0, 2**32 - 1))
@example(1, 80, 0)
@example(400, 1, 0)
def test_cuts_grow_from_nothing_to_the_height(height: int, width: int, seed: int) -> None:
    """Whatever is in a file, its cuts begin at 0, end at its height, and each lies below the one before."""
    part = np.random.default_rng(seed).integers(0, 256, (height, width)).astype(np.uint8)
    cuts = glyph_cuts(part)
    assert (cuts[0], cuts[-1]) == (0, height)
    assert all(a < b for a, b in pairwise(cuts))


@pytest.mark.parametrize("size", [24, 38, 60, 120])
def test_a_printed_file_is_cut_between_its_glyphs(size: int) -> None:
    """Each glyph of a vertical headline lies in a cell of its own, whole but for a pixel or a twentieth of the em."""
    hair = max(1.0, 0.05 * size)
    p = set_lines(Setting(TITLE, size, vertical=True, bold=True))
    cells = line_picture(p.sheet, *p.page.lines).cells
    assert len(cells) == len(TITLE)
    for cell, ink in zip(cells, p.ink[0], strict=True):
        assert cell.box.y0 <= ink.y0 + hair
        assert cell.box.y1 >= ink.y1 - hair


def test_a_turned_scan_is_cut_on_its_sheet() -> None:
    """A polygon on a scan of twice the sheet's size is cut where it lies on the sheet."""
    sheet = Sheet(bare(200, 100).gray, Projection((2.0, 0.0, 10.0, 0.0, 2.0, 20.0, 0.0, 0.0, 1.0)))
    on_sheet = Box(40, 30, 160, 70)
    line = Line("r1l0", sheet.to_scan(on_sheet.corners), size=40.0)
    (cell,) = line_picture(sheet, line).cells
    assert cell.box & on_sheet == on_sheet
    assert cell.box.area < 1.6 * on_sheet.area
