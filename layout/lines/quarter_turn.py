"""A picture turned by a quarter: lines across the page's own direction become rows on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from layout.geometry import Box
from layout.ink import Mask
from layout.lines.detected_line import DetectedLine
from layout.page import Direction


@dataclass(frozen=True, slots=True)
class Quarter:
    """The picture of `width` by `height` pixels turned by 90 degrees, counterclockwise or clockwise."""

    width: int
    height: int
    clockwise: bool = False

    def mask(self, mask: Mask) -> Mask:
        way = cv2.ROTATE_90_CLOCKWISE if self.clockwise else cv2.ROTATE_90_COUNTERCLOCKWISE
        return cv2.rotate(mask, way).astype(np.uint8, copy=False)

    def there(self, b: Box) -> Box:
        """The box on the turned picture."""
        if self.clockwise:
            return Box(self.height - b.y1, b.x0, self.height - b.y0, b.x1)
        return Box(b.y0, self.width - b.x1, b.y1, self.width - b.x0)

    def back(self, b: Box) -> Box:
        """A box of the turned picture on the picture itself."""
        if self.clockwise:
            return Box(b.y0, self.height - b.x1, b.y1, self.height - b.x0)
        return Box(self.width - b.y1, b.x0, self.width - b.y0, b.x1)

    def line_back(self, n: DetectedLine) -> DetectedLine:
        """The same for a line, whose direction becomes the other one."""
        return replace(n, box=self.back(n.box), direction=OTHER[n.direction])


OTHER: Final = {Direction.HORIZONTAL: Direction.VERTICAL_RL, Direction.VERTICAL_RL: Direction.HORIZONTAL}
