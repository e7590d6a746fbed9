"""A line as an enlarged picture, straightened, with a line of what stands on either side of it.

A level line lies, a vertical one stands, as both are printed.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from banmian.review.tiles import Picture, Pyramid, png
from layout.geometry import Box
from layout.page import Direction, Line

_ACROSS: Final = 192
"""Pixels of the picture across the line, which stands in its middle between its neighbours."""

_BESIDE: Final = 0.35
"""What is shown before the line's beginning and behind its end, as a share of the extent across it."""

_NEIGHBOURS: Final = 1.1
"""What is shown on either side of the line, as a share of the extent across it: one more line and its white."""

_WIDEST: Final = 6000
"""Maximum width of a line's picture, in pixels: five screens; a longer line is shown smaller."""

_AROUND: Final = 0.2
"""What is shown around a part of the page, as a share of its shorter side."""

_PART_WIDTH: Final = 900
"""Maximum width of the picture of a part, in pixels: twice what a list shows, for screens of high resolution."""
_PART_HEIGHT: Final = 240
"""Maximum height of the same, in pixels."""


def line_picture(pyramid: Pyramid, line: Line) -> bytes:
    """The line as PNG."""
    return png(straight(pyramid, line))


def part_picture(pyramid: Pyramid, box: Box) -> bytes:
    """A part of the page with a little of what stands around it, as PNG of a size for lists; never enlarged."""
    picture = pyramid.crop(box.grown(round(_AROUND * min(box.width, box.height)) + 2))
    height, width = picture.shape[:2]
    scale = min(1.0, _PART_WIDTH / width, _PART_HEIGHT / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return png(np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8))


def straight(pyramid: Pyramid, line: Line, across: int = _ACROSS) -> Picture:
    """The line cut out along its own corners with its neighbours; grey, so many pixels across the line.

    A line that would be wider than `_WIDEST` is shown whole and smaller.
    """
    assert line.polygon is not None
    corners = np.asarray(line.polygon, dtype=np.float32)
    stands = line.direction is Direction.VERTICAL_RL
    level, upright = _side(corners[0], corners[1]), _side(corners[1], corners[2])
    own, along = (level, upright) if stands else (upright, level)
    beside, beyond = _NEIGHBOURS * own, _BESIDE * own
    scale = min(across / (own + 2 * beside), _WIDEST / (along + 2 * beyond))
    across, length = (max(1, round(extent * scale)) for extent in (own + 2 * beside, along + 2 * beyond))
    box = Box.around([(float(x), float(y)) for x, y in corners]).grown(round(beside) + 2)
    picture = pyramid.crop(box)
    x, y = (beside, beyond) if stands else (beyond, beside)
    target = np.asarray([(x, y), (x + level, y), (x + level, y + upright), (x, y + upright)], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(
        corners - np.asarray((box.x0, box.y0), dtype=np.float32), target * np.float32(scale)
    )
    size = (across, length) if stands else (length, across)
    out = cv2.warpPerspective(picture, turn, size, flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(out, dtype=np.uint8)


def _side(one: object, other: object) -> float:
    return max(1.0, float(np.linalg.norm(np.asarray(other) - np.asarray(one))))
