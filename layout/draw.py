"""Drawings of what layout found: marks, lines, regions in their kind's colour, reading order, articles."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import cv2
import numpy as np
import numpy.typing as npt

from layout.analyze import Detected
from layout.geometry import Box, Polygon
from layout.input.scan import Scan
from layout.page import Page, Region, RegionKind

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

MARK_COLORS = {
    "pictures": (60, 190, 60),
    "panels": (140, 60, 0),
    "tints": (200, 200, 0),
    "tables": (0, 120, 120),
    "frames": (200, 80, 200),
    "rules": (80, 80, 255),
}
"""Blue, green, red, by field of Marks."""

TYPE_COLOR = (190, 110, 30)
"""Blue, green, red of the ink that was taken for type."""

TYPE_INK = 100
"""Grey level of that ink on the reduced drawing, 255 where all of a pixel is ink, above which it is coloured."""

LOST_COLOR = (0, 0, 255)
"""Blue, green, red of a place of text that lies in no line."""

WIDTH = 1700
"""Pixels of the picture that is drawn."""


Picture = npt.NDArray[np.uint8]
"""Shape (height, width, 3), blue green red, 0 to 255."""


class DrawStep(StrEnum):
    """An intermediate result of a page that can be drawn."""

    MARKS = "marks"
    LINES = "lines"
    BLOCKS = "blocks"
    ARTICLES = "articles"


def draw(scan: Scan, page: Page, *, articles: bool = True) -> Picture:
    """The scan at a reduced size with its regions over it; shape (height, width, 3), blue green red.

    Each article has its own tint; a line runs from region to region in reading order, numbered at each start. Without
    `articles` the regions are drawn alone.
    """
    picture, scale = _paper(scan)
    shown = picture
    if articles:
        tinted = picture.copy()
        for region in page.regions:
            if region.article is not None and region.polygon is not None:
                cv2.fillPoly(tinted, [_points(region.polygon, scale)], _tint(region.article))
        shown = cv2.addWeighted(tinted, 0.28, picture, 0.72, 0).astype(np.uint8)
    for region in page.regions:
        _outline(shown, region, scale)
    for lost in page.lost:
        cv2.polylines(shown, [_points(lost.polygon, scale)], True, LOST_COLOR, 3, cv2.LINE_AA)
    if articles:
        _path(shown, page, scale)
    return shown


def draw_marks(scan: Scan, leaves: Iterable[Detected]) -> Picture:
    """The scan at a reduced size with its marks over it, and the ink of type in a colour of its own."""
    shown, scale = _paper(scan)
    for leaf in leaves:
        _color_type(shown, leaf, scale)
        for name, color in MARK_COLORS.items():
            for box in getattr(leaf.marks, name):
                cv2.polylines(shown, [_placed(leaf, box, scale)], True, color, 2, cv2.LINE_AA)
    return shown


def draw_lines(scan: Scan, leaves: Iterable[Detected]) -> Picture:
    """The scan at a reduced size with each detected line in a colour of its own, and its id."""
    shown, scale = _paper(scan)
    for leaf in leaves:
        for line in leaf.lines.all:
            corners, color = _placed(leaf, line.box, scale), _tint(line.id)
            cv2.polylines(shown, [corners], True, tuple(v // 2 for v in color), 1, cv2.LINE_AA)
            x, y = (int(v) for v in corners[0])
            cv2.putText(shown, str(line.id), (x, y + 8), cv2.FONT_HERSHEY_SIMPLEX, 0.3, (0, 0, 200), 1, cv2.LINE_AA)
    return shown


def _paper(scan: Scan) -> tuple[Picture, float]:
    """The pale scan to draw on, and its scale."""
    scale = min(1.0, WIDTH / max(1, scan.width))
    small = cv2.resize(scan.gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    pale = cv2.addWeighted(small, 0.75, np.full_like(small, 255), 0.25, 0)
    return cv2.cvtColor(pale, cv2.COLOR_GRAY2BGR).astype(np.uint8), scale


def _placed(leaf: Detected, box: Box, scale: float) -> npt.NDArray[np.int32]:
    return _points(leaf.normalized.to_scan(box.corners), scale)


def _color_type(shown: Picture, leaf: Detected, scale: float) -> None:
    """The type's ink of one leaf, coloured on the drawing."""
    height, width = shown.shape[:2]
    matrix = np.diag([scale, scale, 1.0]) @ leaf.normalized.to_scan.as_array()
    ink = cv2.warpPerspective(leaf.marks.type_ink, matrix, (width, height), flags=cv2.INTER_AREA)
    shown[ink > TYPE_INK] = TYPE_COLOR


def _points(polygon: Polygon, scale: float) -> npt.NDArray[np.int32]:
    return np.rint(np.asarray(polygon, dtype=np.float64) * scale).astype(np.int32)


def _tint(article: int) -> tuple[int, int, int]:
    hue = int(article * 67 % 180)
    b, g, r = cv2.cvtColor(np.array([[[hue, 150, 255]]], dtype=np.uint8), cv2.COLOR_HSV2BGR)[0, 0]
    return int(b), int(g), int(r)


def _outline(picture: Picture, region: Region, scale: float) -> None:
    if region.polygon is None:
        return
    thick = 1 if region.kind is RegionKind.RULE else 2
    cv2.polylines(picture, [_points(region.polygon, scale)], True, COLORS[region.kind], thick, cv2.LINE_AA)
    for line in region.lines:
        if line.polygon is not None:
            cv2.polylines(picture, [_points(line.polygon, scale)], True, COLORS[region.kind], 1, cv2.LINE_AA)


def _path(picture: Picture, page: Page, scale: float) -> None:
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
