"""The size of the body type, measured from the page itself; every other length in layout is a multiple of it."""

from __future__ import annotations

import cv2
import numpy as np

from layout.ink import Mask

SMALLEST, LARGEST = 6, 160
"""Pixels; what is smaller cannot be read, what is larger is no body type."""

FACE_TO_EM = 1.09
"""A hanzi's ink fills about 0.92 of its square (Song faces 0.90 to 0.94)."""


def type_size(ink: Mask) -> float:
    """The body's em in pixels of the mask; 0 where nothing looks like hanzi.

    The most frequent extent among connected pieces that are about square, each counted by its extent, so that the many
    dots and strokes of split characters do not outweigh the whole ones.
    """
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    w, h = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    extent = np.maximum(w, h)
    square = (extent >= SMALLEST) & (extent <= LARGEST) & (np.minimum(w, h) > 0.62 * extent)
    if int(square.sum()) < 20:
        return 0.0
    counts = np.bincount(extent[square], weights=extent[square].astype(np.float64), minlength=LARGEST + 2)
    smooth = np.convolve(counts, (0.25, 0.5, 0.25), "same")
    peak = int(np.argmax(smooth))
    near = np.arange(max(0, peak - 2), min(len(counts), peak + 3))
    return float(FACE_TO_EM * np.average(near, weights=counts[near[0] : near[-1] + 1] + 1e-9))
