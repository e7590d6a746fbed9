"""A page of a PDF: how large it is, how it lies, and where a pixel of the scan stands on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from layout.geometry import Point
from layout.page import Page

_USUAL_DPI: Final = (72.0, 100.0, 150.0, 200.0, 240.0, 300.0, 400.0, 600.0)
"""Usual resolutions of newspaper scans, in dpi."""

_DEFAULT_DPI: Final = 300.0
"""Resolution of a scan that tells none and whose type tells none, in dpi."""
_SCREEN_DPI: Final = {72, 96}
"""Resolutions, in dpi, that programs write which do not know the real one."""

_BODY_POINTS: Final = 9.0
"""Size of a Chinese newspaper's body type, in points: 小五."""

_POINTS_AN_INCH: Final = 72.0
"""Points to an inch, in PDF."""
_SIDES: Final = (3.0, 14_400.0)
"""Minimum and maximum length of a side of a page, in points (ISO 19005-2, 6.1.13)."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """The page's size in points, the points that a pixel takes to the right and down, and the degrees to turn it by.

    The scan lies on it as it was scanned; `turn` (0, 90, 180 or 270, clockwise) makes readers show the print upright.
    """

    width: float
    height: float
    right: float
    down: float
    turn: int

    def point(self, pixel: Point) -> Point:
        """Where a pixel stands, in points from the lower left corner."""
        return pixel[0] * self.right, self.height - pixel[1] * self.down

    def shown(self, pixel: Point) -> Point:
        """Where a pixel stands on the page as readers show it, in points to the right and down from some corner."""
        x, y = pixel[0] * self.right, pixel[1] * self.down
        return {0: (x, y), 90: (-y, x), 180: (-x, -y), 270: (y, -x)}[self.turn]

    def far_corner(self, pixel: Point, inset: float) -> Point:
        """A place so many points off the corner of the page that is farthest from a pixel, in points."""
        x, y = self.point(pixel)
        right, top = x < self.width / 2, y < self.height / 2
        return (self.width - inset if right else inset), (self.height - inset if top else inset)

    def matrix(self, along: Point, up: Point, origin: Point) -> str:
        """Two vectors and a place on the scan as the six numbers of a PDF matrix."""
        vectors = along[0] * self.right, -along[1] * self.down, up[0] * self.right, -up[1] * self.down
        x, y = self.point(origin)
        return " ".join([*(f"{round(n, 3) + 0.0:g}" for n in vectors), f"{x:.2f}", f"{y:.2f}"])


def page_size_of(page: Page, size: tuple[int, int], stated: tuple[float, float] | None) -> PageSize:
    """The paper for a scan of `size` pixels at its true size, by the dots an inch to the right and down.

    Where its file does not state them, the body type tells which usual resolution it is; where there is none, it is
    300. A page that would be larger or smaller than PDF/A-2 allows is scaled.
    """
    dpi = stated if stated and not _SCREEN_DPI.issuperset(map(round, stated)) else (_dpi_of_type(page.type_size),) * 2
    right, down = _POINTS_AN_INCH / dpi[0], _POINTS_AN_INCH / dpi[1]
    scale = min(1.0, _SIDES[1] / max(size[0] * right, size[1] * down))
    width, height = (max(_SIDES[0], side * points * scale) for side, points in zip(size, (right, down), strict=True))
    return PageSize(width, height, right * scale, down * scale, _turn(page))


def _dpi_of_type(em: float) -> float:
    """The usual resolution at which body type would have the em that it has in pixels."""
    if em <= 0:
        return _DEFAULT_DPI
    found = em * _POINTS_AN_INCH / _BODY_POINTS
    return min(_USUAL_DPI, key=lambda dpi: abs(math.log(dpi / found)))


def _turn(page: Page) -> int:
    """The degrees by which the scan was turned when it was straightened, in quarters."""
    (x0, y0), (x1, y1) = page.to_scan([(0.0, 0.0), (float(max(1, page.sheet_width)), 0.0)])
    return -round(math.degrees(math.atan2(y1 - y0, x1 - x0)) / 90) * 90 % 360
