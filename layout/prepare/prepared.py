"""A scan prepared for analysis: turned upright, deskewed, flattened, and scaled to one type size."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from layout.components import Pieces, labelled
from layout.dewarp_field import Shifts
from layout.errors import PageFailed
from layout.ink import Gray, Mask, even, ink, without_surround
from layout.input.scan import Scan
from layout.page import Direction, Page
from layout.params import EM
from layout.prepare.deskew import levelling, on_sheet, skew, turned_back
from layout.prepare.dewarp import shifts_of
from layout.prepare.noise import calm
from layout.prepare.orientation import Orientation, orientation
from layout.prepare.type_size import type_size
from layout.sheet import Sheet

FIRST_LOOK = 8_000_000
"""Pixels above which the first look at a page (its skew, its type size) is taken at half size, or at a part of that.

With larger type the points that are asked for the skew would be too few for each row of pixels.
"""

LARGE_TYPE = 1.6
"""Type size, in EM, above which the first look is taken again at a smaller scale.

The skew is where the profile of the ink is sharpest; with larger type the strokes within glyphs outweigh the few lines.
"""

LEGIBLE_TYPE = 6.0
"""Type size in pixels of the scan under which a page has a warning: of type of 7 pixels readers see 95 in 100
characters as printed, of 5 pixels 57."""

MOST_PIXELS = 36_000_000
"""Pixels of the picture that is analysed, at most; a full broadsheet needs 8 to 12 million."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page without regions, its straightened sheet, and the picture that is analysed.

    `picture` is the sheet at `scale`, where the body type is EM pixels; None where no type was found.
    """

    page: Page
    sheet: Sheet
    picture: Gray | None
    scale: float
    direction: Direction


def prepare(scan: Scan, number: int) -> Prepared:
    """Turn the scan upright, deskew it, flatten it, and scale it to the type size EM.

    Raises PageFailed where what looks like type is far too small for the page.
    """
    look = _upright_look(scan.gray)
    em, degrees = look.em, look.skew
    gray, to_scan = turned_back(scan.gray, degrees, look.turn, look.shifts)
    page = Page(
        number=number,
        source=scan.source,
        frame=scan.frame,
        width=scan.width,
        height=scan.height,
        dpi=scan.dpi,
        skew=degrees,
        to_scan=to_scan,
        sheet_width=gray.shape[1],
        sheet_height=gray.shape[0],
        type_size=round(em, 2),
        warnings=look.doubts,
    )
    sheet = Sheet(gray, to_scan, scan.typed)
    if em == 0.0:
        return Prepared(replace(page, warnings=("no type was found on this page",)), sheet, None, 1.0, look.direction)
    scale = EM / em
    if gray.size * scale**2 > MOST_PIXELS:
        raise PageFailed(
            f"{scan.source}, picture {scan.frame + 1}: all that looks like type is {em:.0f} pixels high, on a page of "
            f"{scan.width} by {scan.height} pixels.",
            "This is a picture, noise, or a scan too coarse to be read; look at it, and scan it again at 300 dpi.",
        )
    if em < LEGIBLE_TYPE:
        small = f"the type is {em:.0f} pixels high, too small to be read surely; scan the page again at 300 dpi"
        page = replace(page, warnings=(*page.warnings, small))
    return Prepared(page, sheet, calm(resized(gray, scale)), scale, look.direction)


def sheet_of(scan: Scan, page: Page) -> Sheet:
    """The sheet of a page that was analysed before, made again from its scan."""
    gray = on_sheet(scan.gray, page.to_scan, (page.sheet_width, page.sheet_height))
    return Sheet(gray, page.to_scan, scan.typed)


def resized(gray: Gray, scale: float) -> Gray:
    """The picture at another size, smoothly."""
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(gray, None, fx=scale, fy=scale, interpolation=way).astype(np.uint8, copy=False)


@dataclass(frozen=True, slots=True)
class _Look:
    """What the first look tells of a scan: its skew in degrees, its type size in pixels, and how the print stands."""

    skew: float
    em: float
    stands: Orientation
    shifts: Shifts | None = None
    """Shift of print in pixels where the paper bends; None where it lies flat."""

    @property
    def turn(self) -> int:
        return self.stands.turn if self.stands.sure else 0

    @property
    def direction(self) -> Direction:
        return self.stands.direction

    @property
    def doubts(self) -> tuple[str, ...]:
        if self.stands.sure or self.stands.turn == 0:
            return ()
        return (f"which way is up is unclear, perhaps turned by {self.stands.turn} degrees; taken as it lies",)


def _upright_look(gray: Gray) -> _Look:
    """What is seen of the scan turned upright: the same for a page however it lay, to the last digit."""
    look, black = _first_look(gray)
    if look.turn:
        stands = look.stands
        look, black = _first_look(np.ascontiguousarray(np.rot90(gray, look.turn // 90)))
        look = replace(look, stands=stands)
    if look.em == 0.0:
        return look
    h, w = black.shape
    level = cv2.warpPerspective(black, levelling((w, h), look.skew), (w, h)).astype(np.uint8, copy=False)
    shifts = shifts_of(level, look.em * w / gray.shape[look.turn % 180 == 0], look.direction)
    return look if shifts is None else replace(look, shifts=shifts * look.em)


def _first_look(gray: Gray) -> tuple[_Look, Mask]:
    """What a scan shows as it lies, and the ink that was looked at."""
    scale = 0.5 if gray.size > FIRST_LOOK else 1.0
    while gray.size * scale**2 > 2 * FIRST_LOOK:
        scale /= 2
    evened, black, pieces = _look_at(gray, scale)
    em = type_size(black, pieces)
    if em > LARGE_TYPE * EM:
        scale *= EM / em
        evened, black, pieces = _look_at(gray, scale)
        em = type_size(black, pieces)
    stands = orientation(evened, black, em, pieces) if em else Orientation()
    return _Look(round(skew(black, em, pieces), 3), em / scale, stands), black


def _look_at(gray: Gray, scale: float) -> tuple[Gray, Mask, Pieces]:
    """The scan at a scale, on an even background and without its dark surround, its ink, and the ink's components."""
    small = resized(gray, scale) if scale != 1.0 else gray
    evened = without_surround(even(calm(small), 8 * EM), EM)
    black = ink(evened, EM)
    return evened, black, labelled(black)
