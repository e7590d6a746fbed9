"""The straightened sheet: what layout looks at and what readers read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from layout import ink
from layout.geometry import Point, Polygon, Projection
from layout.page import Direction, Line
from layout.pdf_glyph import TypedGlyph, carried

Gray = ink.Gray
"""Shape (height, width), 0 black to 255 white: that of a sheet, as of any picture of layout."""


@dataclass(frozen=True)
class Sheet:
    """The page upright and straight, on an even background; `to_scan` carries its pixels to those of the scan.

    `typed` is what a PDF page carries as text, in pixels of the scan.
    """

    gray: Gray
    to_scan: Projection
    typed: tuple[TypedGlyph, ...] = ()

    @cached_property
    def typed_here(self) -> tuple[TypedGlyph, ...]:
        """The same glyphs in pixels of the sheet, where the page stands upright."""
        return carried(self.typed, self.to_scan.inverse)

    @cached_property
    def _from_scan(self) -> Callable[[Iterable[Point]], Polygon]:
        return self.to_scan.inverse

    def place(self, line: Line) -> Polygon:
        """The line's four corners in pixels of the sheet."""
        if line.polygon is None:
            raise ValueError(f"line {line.id} has no place on a scan")
        return self._from_scan(line.polygon)

    def crop(self, line: Line, *, upright: bool = True) -> Gray:
        """The line's picture, dark on light; a vertical line is turned to lie (top becomes left) unless `upright`.

        Cut tight to the line's polygon, which layout lays in the white between lines; empty crops are 1 pixel.
        """
        xs, ys = zip(*self.place(line), strict=True)
        h, w = self.gray.shape
        x0, x1 = max(0, int(np.floor(min(xs) + 0.5))), min(w, int(np.floor(max(xs) + 0.5)))
        y0, y1 = max(0, int(np.floor(min(ys) + 0.5))), min(h, int(np.floor(max(ys) + 0.5)))
        picture = self.gray[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
        if line.white_on_dark:
            picture = cv2.bitwise_not(picture).astype(np.uint8, copy=False)
        if line.direction is Direction.VERTICAL_RL and not upright:
            picture = cv2.rotate(picture, cv2.ROTATE_90_COUNTERCLOCKWISE).astype(np.uint8, copy=False)
        return picture
