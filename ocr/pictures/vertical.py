"""Where a vertical line is cut into its glyphs."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from layout.sheet import Gray

Rows = npt.NDArray[np.float64]
"""Shape (height,): a number for each row of pixels, from top to bottom."""

SHORTEST, LONGEST = 0.6, 2.2
"""Length in pitches that one glyph takes of its line, least and most: from 一 set close to a glyph before a space."""

EVENNESS: Final = 2.0
"""The weight of even cells beside that of ink which is cut: two glyphs in one cell cost as much as a cut glyph."""

MOST: Final = 125
"""Glyphs in one line: Tesseract's time grows with the square of their number; a broadsheet's column has some eighty."""


def glyph_cuts(part: Gray, em: float = 0.0) -> list[int]:
    """The rows at which a file of hanzi, shape (height, width), is cut into glyphs; first 0, last its height.

    Hanzi stand in squares of the em, or a little further apart, evenly. The cuts are those that cost least: ink that
    is cut, and cells that differ from the pitch (dynamic programming). The pitch is the em at first, then the median
    of the cells found, so that a line set wide is not cut through 昌. `em` is in pixels; 0 takes the width.
    """
    h, w = part.shape
    pitch = max(em or w, 4.0, h / MOST)
    if h < 2 * SHORTEST * pitch:
        return [0, h]
    ink = _cost_of_cutting(part, pitch)
    found = _cheapest(ink, pitch)
    return _cheapest(ink, float(np.median([b - a for a, b in pairwise(found)])))


def _cost_of_cutting(part: Gray, pitch: float) -> Rows:
    """For each row the ink that a cut above it meets: 0 for as little as there is in most ems, 1 for middling ink.

    In small type set close that little is not nothing, for the glyphs run into each other. A little of the ink further
    off is added, so that a cut lies in the middle of the white.
    """
    rows = 255.0 - part.mean(axis=1, dtype=np.float64)
    dark: Rows = (rows + np.roll(rows, 1)) / 2
    near = cv2.GaussianBlur(dark[:, None], (0, 0), max(0.5, 0.1 * pitch))[:, 0]
    least = cv2.erode(dark[:, None], np.ones((max(3, round(1.2 * pitch)), 1), np.uint8))[:, 0]
    white, middling = float(np.median(least)), float(np.percentile(dark, 60))
    return (0.9 * dark + 0.1 * near - white) / max(8.0, middling - white)


def _cheapest(ink: Rows, pitch: float) -> list[int]:
    h = len(ink)
    least, most = max(1, round(SHORTEST * pitch)), round(LONGEST * pitch)
    price = EVENNESS * np.log(np.arange(least, most + 1) / pitch) ** 2
    best, came = np.full(h + 1, np.inf), np.zeros(h + 1, np.intp)
    best[0] = 0.0
    for y in range(least, h + 1):
        from_here = best[max(0, y - most) : y - least + 1][::-1]
        costs = from_here + price[: len(from_here)]
        i = int(costs.argmin())
        best[y], came[y] = costs[i] + (ink[y] if y < h else 0.0), y - least - i
    cuts = [h]
    while cuts[-1] > 0:
        cuts.append(int(came[cuts[-1]]))
    return cuts[::-1]
