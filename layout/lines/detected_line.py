"""A detected text line, its type size and its stroke width, in pixels of the normalized picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from layout.components import HEIGHT, WIDTH, components
from layout.geometry import Box
from layout.ink import Mask, percentile
from layout.page import Direction
from layout.params import EM
from layout.prepare.type_size import FACE_TO_EM

ROW_TO_EM = 1.04
"""Type size in heights of a row of hanzi: a row is about as high as the highest of them."""


@dataclass(frozen=True, slots=True)
class TypeParams:
    """Bounds of the measure of a line's type size, in line thicknesses where nothing else is said."""

    glyph: float = 0.5
    """Extent of a component across the line, at least, that is asked for the size: marks are smaller."""
    usual: float = 70.0
    """Percentile of these extents that is a hanzi's face: letters and marks are lower, merged glyphs higher."""
    row: tuple[float, float] = (8.0, 0.95)
    """Length of a row, at least, and size that its components tell, at most, where small type on a coarse scan is in
    pieces and the row is not."""
    row_thickness: float = 1.3
    """Thickness of such a row in em of the body type, at most."""
    least: float = 0.5
    """Type size in em of the body type, at least."""


P = TypeParams()


@dataclass(frozen=True, slots=True)
class DetectedLine:
    """One printed line: its tight box, its type size in pixels, its mean stroke's width in pixels.

    `id` is given by the line detector, once for the page; a line that is changed keeps it. It is negative until then.
    """

    box: Box
    size: float
    stroke: float
    direction: Direction = Direction.HORIZONTAL
    white_on_dark: bool = False
    id: int = -1

    @property
    def length(self) -> int:
        """Along the line, in pixels."""
        return self.box.width if self.direction is Direction.HORIZONTAL else self.box.height


def measured(line: DetectedLine, ink: Mask) -> DetectedLine:
    """The line with its type size and stroke width measured on its ink."""
    b = line.box
    part = ink[b.y0 : b.y1, b.x0 : b.x1]
    area = float(np.count_nonzero(part))
    core = cv2.erode(part, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    edge = max(1.0, area - float(np.count_nonzero(core)))
    stroke = 2 * area / edge
    if line.size > 0:
        return replace(line, stroke=stroke)
    upright = line.direction is Direction.VERTICAL_RL
    across, thickness, length = (WIDTH, b.width, b.height) if upright else (HEIGHT, b.height, b.width)
    extents = components(part)[:, across]
    large = extents[extents > P.glyph * thickness]
    size = FACE_TO_EM * percentile(large, P.usual) if len(large) else float(thickness)
    in_pieces = length > P.row[0] * thickness and size < P.row[1] * thickness
    if in_pieces and thickness < P.row_thickness * EM:
        size = ROW_TO_EM * thickness
    return replace(line, size=max(size, P.least * EM), stroke=stroke)
