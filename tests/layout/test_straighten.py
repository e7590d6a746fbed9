"""Skew and type size, measured on real type that was turned and enlarged by a known amount."""

from __future__ import annotations

import math
from functools import cache

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from layout.geometry import Projection
from layout.ink import Gray, even, ink
from layout.input.scan import Scan
from layout.prepare.deskew import LEAST_SHIFT, REACH, skew, turned_back
from layout.prepare.prepared import prepare, resized
from layout.prepare.type_size import type_size
from samples.typeset import random_issue
from tests.layout.strategies import patient

angles = st.floats(-REACH + 0.1, REACH - 0.1)


@cache
def print_of(style: str) -> tuple[Gray, float]:
    """The middle of a clean page of type, straight to the pixel, and the size of its body."""
    seed = {"modern": 7, "vertical": 4}[style]
    page = random_issue(seed, 1, "clean", small=True, style=style).pages[0]
    gray = np.asarray(page.image.convert("L"))
    y, x = (side // 2 for side in gray.shape)
    return np.ascontiguousarray(gray[y - 600 : y + 600, x - 550 : x + 550]), page.truth.type_size


def turned(gray: Gray, degrees: float) -> Gray:
    """The picture turned clockwise about its middle, paper beyond its edges."""
    h, w = gray.shape
    matrix = cv2.getRotationMatrix2D((w / 2, h / 2), -degrees, 1.0)
    return cv2.warpAffine(gray, matrix, (w, h), flags=cv2.INTER_LINEAR, borderValue=255).astype(np.uint8)


def skew_of(gray: Gray) -> float:
    return skew(ink(even(gray, 300), 38))


def error_of(picture: Gray, degrees: float) -> float:
    """By how many degrees the skew is wrong; what moves print by a pixel or two over the page may count as level."""
    found = skew_of(turned(picture, degrees))
    level = math.degrees(math.atan(LEAST_SHIFT / max(picture.shape)))
    return max(0.0, abs(degrees) - level) if found == 0.0 else abs(found - degrees)


@settings(patient, max_examples=10)
@given(angles)
def test_skew_is_found_to_a_twentieth_of_a_degree(degrees: float) -> None:
    """Level type turned by any angle that a hand lays on the glass is measured within 0.05°, with its direction."""
    assert error_of(print_of("modern")[0], degrees) <= 0.05


@settings(patient, max_examples=4)
@given(angles)
def test_skew_is_found_on_vertical_type(degrees: float) -> None:
    """Columns of vertical type tell the angle as well as rows do."""
    assert error_of(print_of("vertical")[0], degrees) <= 0.05


@settings(patient, max_examples=4)
@given(angles)
def test_the_sheet_is_level(degrees: float) -> None:
    """What was turned back by its skew has none left."""
    sheet, _ = turned_back(turned(print_of("modern")[0], degrees), degrees)
    assert abs(skew_of(sheet)) <= 0.05


@patient
@given(angles, st.integers(150, 450), st.integers(150, 350))
def test_the_projection_leads_to_the_same_spot(degrees: float, x: int, y: int) -> None:
    """A spot of ink lies on the scan where the projection carries its place on the sheet."""
    scan = np.full((500, 600), 255, dtype=np.uint8)
    cv2.circle(scan, (x, y), 5, 0, -1)
    sheet, to_scan = turned_back(scan, degrees)
    ys, xs = np.nonzero(sheet < 128)
    ((back_x, back_y),) = to_scan([(float(xs.mean()), float(ys.mean()))])
    assert (back_x, back_y) == pytest.approx((x, y), abs=0.5)


def test_a_straight_scan_is_not_touched() -> None:
    """Where there is no skew the sheet is the scan, bit for bit."""
    gray, _ = print_of("modern")
    sheet, to_scan = turned_back(gray, 0.0)
    assert np.array_equal(sheet, gray)
    assert to_scan == Projection()


noise = pytest.mark.xfail(strict=True, reason="Noise has a sharpest angle too, and is believed.")


@pytest.mark.parametrize("share", [0.0, 0.00001, pytest.param(0.02, marks=noise), pytest.param(0.3, marks=noise)])
def test_specks_have_no_skew(share: float) -> None:
    """A blank page, and a page of nothing but specks, is not turned."""
    chance = np.random.default_rng(11)
    specks = ((chance.random((900, 700)) < share) * np.uint8(255)).astype(np.uint8)
    assert skew(specks) == 0.0


@settings(patient, max_examples=8)
@given(st.floats(0.3, 2.2), st.sampled_from(["modern", "vertical"]))
def test_type_size_follows_the_scan(scale: float, style: str) -> None:
    """From 10 to 80 pixels, level or vertical, the body's size is measured within a twentieth."""
    gray, size = print_of(style)
    there = resized(gray, scale)
    assert type_size(ink(even(there, 8 * size * scale), size * scale)) == pytest.approx(size * scale, rel=0.05)


@pytest.mark.parametrize("style", ["modern", "vertical"])
def test_type_of_five_pixels_has_a_size(style: str) -> None:
    """On a scan of 60 dpi lines are found all the same; taken for a picture the whole page was lost without a word."""
    gray, size = print_of(style)
    assert type_size(ink(even(resized(gray, 5.2 / size), 160), 20)) == pytest.approx(5.2, rel=0.1)


@pytest.mark.parametrize(("pixels", "warned"), [(5.2, True), (9.0, False)])
def test_type_too_small_to_be_read_is_named(pixels: float, warned: bool) -> None:
    """The warning says how high the type is, and what to do."""
    gray, size = print_of("modern")
    page = prepare(Scan(resized(gray, pixels / size), None, 1, 60.0, "drawn", 0), 1).page
    assert any("5 pixels high" in w and "300 dpi" in w for w in page.warnings) is warned


bits = pytest.mark.xfail(strict=True, reason="On a scan of one bit the dots touch, and pass for type.")


@pytest.mark.parametrize("level", ["poor", pytest.param("one_bit", marks=bits)])
def test_dots_are_no_type(level: str) -> None:
    """A picture printed in dots does not hide the body's size."""
    page = random_issue(4, 1, level, small=True).pages[0]
    black = ink(even(np.asarray(page.image.convert("L")), 160), 20)
    assert type_size(black) == pytest.approx(page.truth.type_size, rel=0.05)


def test_touching_glyphs_have_the_size_of_their_rows() -> None:
    """On heavy microfilm the glyphs of a line touch; a few headlines that do not are not the body."""
    gray, size = print_of("vertical")
    heavy = cv2.dilate(ink(even(gray, 8 * size), size), np.ones((round(0.3 * size), 1), dtype=np.uint8))
    page = np.hstack([np.zeros((heavy.shape[0], round(4 * size)), dtype=np.uint8), heavy])
    large = round(3 * size)
    for y in range(0, page.shape[0] - large, round(3.4 * size)):
        page[y : y + large : 6, :large] = 255
        page[y : y + large, 0:large:12] = 255
    assert type_size(page) == pytest.approx(size, rel=0.1)


def test_no_type_no_size() -> None:
    """A blank page has no type size, and that is no error."""
    assert type_size(np.zeros((400, 300), dtype=np.uint8)) == 0.0


def test_large_vertical_type_has_the_skew_of_its_lines() -> None:
    """A few long vertical lines of large type are levelled as well as many of small type."""
    image = Image.new("L", (1950, 3850), 250)
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 88, index=3)
    for column, text in enumerate(("海邊燈塔夜夜長明過往船隻皆可望見", "輪船開行日期及貨物價目逐日刊登於後") * 5):
        for row, glyph in enumerate((text * 3)[: 40 - 3 * (column % 3)]):
            pen.text((1800 - 185 * column, 60 + 93 * row), glyph, font=font, fill=20)
    turned = image.rotate(0.4, resample=Image.Resampling.BICUBIC, fillcolor=250)
    page = prepare(Scan(np.asarray(turned, dtype=np.uint8), None, 1, 600.0, "drawn", 0), 1).page
    assert page.skew == pytest.approx(-0.4, abs=0.1)
