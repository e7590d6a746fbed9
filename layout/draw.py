"""A picture of what layout saw: regions in their kind's colour, reading order, pieces, and rules."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from layout.page import Page, Region, RegionKind
from layout.scan import Scan

COLORS = {
    RegionKind.HEADLINE: (40, 40, 220),
    RegionKind.SUBHEAD: (20, 130, 240),
    RegionKind.BYLINE: (160, 60, 160),
    RegionKind.BODY: (190, 110, 30),
    RegionKind.CAPTION: (60, 150, 60),
    RegionKind.FOLIO: (120, 120, 120),
    RegionKind.MASTHEAD: (120, 120, 120),
    RegionKind.ADVERT: (150, 150, 0),
    RegionKind.TABLE: (0, 120, 120),
    RegionKind.PICTURE: (60, 190, 60),
    RegionKind.RULE: (80, 80, 255),
    RegionKind.FRAME: (200, 80, 200),
}
"""Blue, green, red."""

WIDTH = 1700
"""Pixels of the picture that is drawn."""


def draw(scan: Scan, page: Page) -> npt.NDArray[np.uint8]:
    """The scan at a reduced size with its regions over it; shape (height, width, 3), blue green red.

    Each piece has its own tint; a line runs from region to region in reading order, numbered at each start.
    """
    scale = min(1.0, WIDTH / max(1, scan.width))
    small = cv2.resize(scan.gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    picture = cv2.cvtColor(cv2.addWeighted(small, 0.75, np.full_like(small, 255), 0.25, 0), cv2.COLOR_GRAY2BGR)
    tinted = picture.copy()
    for region in page.regions:
        if region.article is not None and region.polygon is not None:
            cv2.fillPoly(tinted, [_points(region, scale)], _tint(region.article))
    shown = cv2.addWeighted(tinted, 0.28, picture, 0.72, 0).astype(np.uint8)
    for region in page.regions:
        _outline(shown, region, scale)
    _path(shown, page, scale)
    return shown


def _points(region: Region, scale: float) -> npt.NDArray[np.int32]:
    return np.rint(np.asarray(region.polygon, dtype=np.float64) * scale).astype(np.int32)


def _tint(article: int) -> tuple[int, int, int]:
    hue = int(article * 67 % 180)
    b, g, r = cv2.cvtColor(np.array([[[hue, 150, 255]]], dtype=np.uint8), cv2.COLOR_HSV2BGR)[0, 0]
    return int(b), int(g), int(r)


def _outline(picture: npt.NDArray[np.uint8], region: Region, scale: float) -> None:
    if region.polygon is None:
        return
    thick = 1 if region.kind is RegionKind.RULE else 2
    cv2.polylines(picture, [_points(region, scale)], True, COLORS[region.kind], thick, cv2.LINE_AA)
    for line in region.lines:
        if line.polygon is not None:
            corners = np.rint(np.asarray(line.polygon) * scale).astype(np.int32)
            cv2.polylines(picture, [corners], True, COLORS[region.kind], 1, cv2.LINE_AA)


def _path(picture: npt.NDArray[np.uint8], page: Page, scale: float) -> None:
    """The reading order within each piece."""
    last: tuple[int | None, tuple[int, int]] | None = None
    for number, region in enumerate((r for r in page.regions if r.lines), start=1):
        if region.box is None:
            continue
        x, y = round(region.box.centre[0] * scale), round(region.box.centre[1] * scale)
        if last is not None and last[0] == region.article:
            cv2.arrowedLine(picture, last[1], (x, y), (0, 0, 0), 2, cv2.LINE_AA, tipLength=0.03)
        place = round(region.box.x0 * scale) + 2, round(region.box.y0 * scale) + 14
        cv2.putText(picture, f"{number}/{region.article or '-'}", place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 0, 200), 2)
        last = region.article, (x, y)
