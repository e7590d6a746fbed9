"""The size of the body type, measured from the page itself; every other length in layout is a multiple of it."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import HEIGHT, WIDTH, Pieces, labelled
from layout.ink import Mask

SMALLEST, LARGEST = 6, 160
"""Body type in pixels, least and most: smaller type cannot be read."""

FEWEST = 20
"""Number of pieces that look like hanzi on a page with type, at least."""

SQUARE = 0.62
"""Shorter side of a hanzi in its longer one, at least."""

FEWEST_STROKES = 1.3
"""Strokes that a row of pixels crosses in a hanzi on the average, at least; in a dot of a screen it is one."""

FACE_TO_EM = 1.09
"""Type size in heights of a hanzi's face: its ink fills about 0.92 of its square (Song faces 0.90 to 0.94)."""


def type_size(ink: Mask, pieces: Pieces | None = None) -> float:
    """The body's em in pixels of the mask; 0 where nothing looks like hanzi.

    The most frequent extent among connected pieces that are about square, dark ones and light ones (a panel's), each
    counted by its extent, so that the many dots and strokes of split characters do not outweigh the whole ones.
    `pieces` are the ink's, where they are known.
    """
    light = cv2.bitwise_not(ink).astype(np.uint8, copy=False)
    extents = np.concatenate([_extents(ink, pieces or labelled(ink)), _extents(light, labelled(light))])
    if len(extents) < FEWEST:
        return 0.0
    counts = np.bincount(extents, weights=extents.astype(np.float64), minlength=LARGEST + 2)
    smooth = np.convolve(counts, (0.25, 0.5, 0.25), "same")
    peak = int(np.argmax(smooth))
    near = np.arange(max(0, peak - 2), min(len(counts), peak + 3))
    return float(FACE_TO_EM * np.average(near, weights=counts[near[0] : near[-1] + 1] + 1e-9))


def _extents(mask: Mask, pieces: Pieces) -> npt.NDArray[np.int32]:
    """The longer sides of the pieces that look like hanzi."""
    labels, stats = pieces
    w, h = stats[:, WIDTH], stats[:, HEIGHT]
    extent = np.maximum(w, h)
    square = (extent >= SMALLEST) & (extent <= LARGEST) & (np.minimum(w, h) > SQUARE * extent)
    begins = mask > 0
    begins[:, 1:] &= mask[:, :-1] == 0
    strokes = np.bincount(labels[begins], minlength=len(stats))
    return extent[square & (strokes > FEWEST_STROKES * h)].astype(np.int32)
