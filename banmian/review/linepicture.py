"""A line as an enlarged picture, straightened, vertical lines turned so that they run from left to right."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from banmian.review.tiles import Picture, Pyramid, png
from layout.geometry import Box
from layout.page import Direction, Line

_HEIGHT: Final = 112
"""Pixels of the picture's height; the line stands in its middle with a little of its neighbours."""

_BESIDE: Final = 0.35
"""White (or neighbours) shown on each side, as a share of the line's height."""

_WIDEST: Final = 6000


def line_picture(pyramid: Pyramid, line: Line) -> bytes:
    """The line as PNG."""
    return png(straight(pyramid, line))


def straight(pyramid: Pyramid, line: Line, height: int = _HEIGHT) -> Picture:
    """The line cut out along its own corners; grey, of this height."""
    assert line.polygon is not None
    corners = np.asarray(line.polygon, dtype=np.float32)
    if line.direction is Direction.VERTICAL_RL:
        corners = corners[[1, 2, 3, 0]]  # turned: what was above is at the left
    along, across = _side(corners[0], corners[1]), _side(corners[1], corners[2])
    beside = _BESIDE * across
    scale = height / (across + 2 * beside)
    width = int(min(_WIDEST, max(1, round((along + 2 * beside) * scale))))
    box = Box.around([(float(x), float(y)) for x, y in corners]).grown(round(across) + 2)
    picture = pyramid.crop(box)
    target = np.asarray(
        [(beside, beside), (beside + along, beside), (beside + along, beside + across), (beside, beside + across)],
        dtype=np.float32,
    )
    turn = cv2.getPerspectiveTransform(
        corners - np.asarray((box.x0, box.y0), dtype=np.float32), target * np.float32(scale)
    )
    out = cv2.warpPerspective(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(out, dtype=np.uint8)


def _side(one: object, other: object) -> float:
    return max(1.0, float(np.linalg.norm(np.asarray(other) - np.asarray(one))))
