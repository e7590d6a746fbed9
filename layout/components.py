"""Connected pieces of ink."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from layout.geometry import Box
from layout.ink import Mask

Stats = npt.NDArray[np.int32]
"""Rows of OpenCV's component statistics: x, y, width, height, area; shape (n, 5)."""


def components(mask: Mask) -> Stats:
    """Statistics of the 8-connected pieces, background left out."""
    return cv2.connectedComponentsWithStats(mask, connectivity=8)[2][1:].astype(np.int32)


def box_of(row: npt.NDArray[np.int32]) -> Box:
    x, y, w, h = (int(v) for v in row[:4])
    return Box(x, y, x + w, y + h)
