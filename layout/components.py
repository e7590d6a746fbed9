"""Connected pieces of ink."""

from __future__ import annotations

from collections.abc import Iterator

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


def labelled(mask: Mask) -> tuple[npt.NDArray[np.int32], Stats]:
    """Each pixel's piece, 0 for the background, and the statistics of all, the background's first."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return labels.astype(np.int32), stats.astype(np.int32)


def large(stats: Stats, extent: float, least: float) -> Iterator[tuple[int, Box]]:
    """Numbers and boxes of the pieces longer than `extent` pixels one way and `least` the other; not the background."""
    w, h = stats[:, 2], stats[:, 3]
    for n in np.flatnonzero((np.maximum(w, h) > extent) & (np.minimum(w, h) > least)):
        if n > 0:
            yield int(n), box_of(stats[n])
