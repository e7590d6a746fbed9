"""Small sheets of print made with Pillow: what stands on them, where each glyph's ink lies, and the unread page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from layout.geometry import Box, Projection
from layout.page import Direction, Glyph, Line, Page, Region, RegionKind
from layout.sheet import Gray, Sheet

SERIF = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
SERIF_BOLD = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc")
PAPER, INK = 242, 25
MARGIN = 40


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    file = SERIF_BOLD if bold else SERIF
    if not file.exists():
        pytest.skip(f"{file} is not installed; on Debian: apt-get install fonts-noto-cjk")
    return ImageFont.truetype(str(file), size, index=2, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True)
class Setting:
    """One line as the typesetter is told to set it; an ideographic space leaves an em of white."""

    text: str
    size: int = 38
    vertical: bool = False
    white: bool = False
    bold: bool = False

    @property
    def printed(self) -> str:
        """What a careful reader types: an em of white between hanzi is one space."""
        return self.text.replace("　", " ")


@dataclass(frozen=True)
class Print:
    """A sheet, its unread page, the settings behind its lines, and the ink of their glyphs in pixels of the scan."""

    sheet: Sheet
    page: Page
    settings: tuple[Setting, ...]
    ink: tuple[tuple[Box, ...], ...]


def set_lines(*lines: Setting | str, to_scan: Projection | None = None, source: str = "evening/page-2.png") -> Print:
    """The lines set one below the other; `to_scan` says how the scan lay before it was turned back."""
    settings = tuple(Setting(n) if isinstance(n, str) else n for n in lines)
    to_scan = to_scan or Projection()
    places, extent = _places(settings)
    picture = Image.new("L", (extent.x1 + MARGIN, extent.y1 + MARGIN), PAPER)
    ink = [_draw(ImageDraw.Draw(picture), n, at) for n, at in zip(settings, places, strict=True)]
    sheet = Sheet(np.asarray(picture), to_scan)
    found = tuple(_line(i, *pair, to_scan) for i, pair in enumerate(zip(settings, ink, strict=True)))
    on_scan = tuple(tuple(Box.around(to_scan(b.corners)) for b in boxes) for boxes in ink)
    return Print(sheet, page_of(found, sheet, source), settings, on_scan)


def page_of(lines: Sequence[Line], sheet: Sheet, source: str = "evening/page-2.png") -> Page:
    """An unread page of one region; its scan is as large as its sheet."""
    h, w = sheet.gray.shape
    region = Region("r1", RegionKind.BODY, lines=tuple(lines))
    return Page(2, source, 0, w, h, to_scan=sheet.to_scan, sheet_width=w, sheet_height=h, regions=(region,))


def bare(width: int = 400, height: int = 300) -> Sheet:
    """A sheet of grainy paper without any print."""
    grain = np.random.default_rng(7).normal(PAPER, 2, (height, width))
    return Sheet(np.clip(grain, 0, 255).astype(np.uint8), Projection())


def on_scan(sheet: Sheet, width: int, height: int) -> Gray:
    """The scan from which the sheet was turned back."""
    matrix = sheet.to_scan.as_array()
    flat = cv2.warpPerspective(sheet.gray, matrix, (width, height), borderValue=(PAPER,))
    return flat.astype(np.uint8)


def skew(degrees: float, scale: float = 1.0, shift: tuple[float, float] = (120.0, 90.0)) -> Projection:
    """From a straight sheet to a scan that lay askew, in another resolution."""
    a = np.deg2rad(degrees)
    turn = scale * np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    return Projection.of_array(np.vstack([np.c_[turn, shift], [0, 0, 1]]))


def read_line(text: str, ident: str = "r1l0", glyphs: tuple[Glyph, ...] = ()) -> Line:
    """A line that has been read already."""
    return Line(ident, Box(40, 40, 240, 80).corners, text, glyphs, size=38)


def _places(settings: Sequence[Setting]) -> tuple[list[tuple[int, int]], Box]:
    places, y, right = [], MARGIN, 0
    for n in settings:
        places.append((MARGIN, y))
        long, short = len(n.text) * n.size, round(1.8 * n.size)
        y += long if n.vertical else short
        right = max(right, MARGIN + (short if n.vertical else long))
    return places, Box(0, 0, right, y)


def _draw(pen: ImageDraw.ImageDraw, n: Setting, at: tuple[int, int]) -> tuple[Box, ...]:
    face, (x, y), boxes = font(n.size, bold=n.bold), at, []
    if n.white:
        long, short = len(n.text) * n.size + n.size // 2, round(1.6 * n.size)
        pen.rectangle(
            (x - n.size // 3, y, x + (short if n.vertical else long), y + (long if n.vertical else short)), INK
        )
    for char in n.text:
        if char not in "　 ":
            pen.text((x, y), char, font=face, fill=PAPER if n.white else INK)
            mask, (left, top) = face.getmask2(char, mode="L")
            around = Image.frombytes("L", mask.size, bytes(mask)).point(lambda v: 255 * (v > 100)).getbbox()
            x0, y0, x1, y1 = around or (0, 0, 1, 1)
            boxes.append(Box(x + left + x0, y + top + y0, x + left + x1, y + top + y1))
        if n.vertical:
            y += n.size
        else:
            x += round(face.getlength(char))
    return tuple(boxes)


def _line(i: int, n: Setting, ink: Sequence[Box], to_scan: Projection) -> Line:
    around = ink[0]
    for b in ink[1:]:
        around |= b
    way = Direction.VERTICAL_RL if n.vertical else Direction.HORIZONTAL
    polygon = to_scan(around.grown(1).corners)
    return Line(f"r1l{i}", polygon, direction=way, size=float(n.size), white_on_dark=n.white)
