"""Grain: how much of it a scan has, and the scan without it."""

from __future__ import annotations

import math
from itertools import product
from typing import Final

import cv2
import numpy as np

from layout.ink import Gray, percentile

GRAINY: Final = 7.0
"""Standard deviation of the grain, in grey levels, from which on its specks would be taken for print."""

SMOOTHING: Final = 0.9
"""Pixels of the Gauss that leaves no speck, and leaves strokes."""

_TILES: Final = 5
"""Number of tiles along each side of the picture in which the grain is measured."""
_TILE: Final = 256
"""Side of a tile in pixels."""
_LEAST: Final = 3
"""Pixels of a tile's side, at least: a pixel and its neighbours."""
_PAPER: Final = 60
"""Percentile of a tile's grey from which on it is paper."""


def calm(gray: Gray) -> Gray:
    """The picture as it is, or, where it is grainy, lightly smoothed."""
    return cv2.GaussianBlur(gray, (0, 0), SMOOTHING).astype(np.uint8) if grain(gray) > GRAINY else gray


def grain(gray: Gray) -> float:
    """The standard deviation of a picture's grain, in grey levels: the median over tiles from all parts of it.

    In each tile, of the paper alone, from the median of what the four neighbours do not explain.
    """
    h, w = gray.shape
    corners = product(_spread(h), _spread(w))
    found = [_grain_of(gray[y : y + _TILE, x : x + _TILE]) for y, x in corners]
    return float(np.median(found))


def _spread(length: int) -> list[int]:
    """Where tiles begin that lie evenly along a side."""
    return sorted({int(v) for v in np.linspace(0, max(0, length - _TILE), _TILES)})


def _grain_of(tile: Gray) -> float:
    if min(tile.shape) < _LEAST:
        return 0.0
    v = tile.astype(np.int16)
    rest = 4 * v[1:-1, 1:-1] - v[:-2, 1:-1] - v[2:, 1:-1] - v[1:-1, :-2] - v[1:-1, 2:]
    paper = tile[1:-1, 1:-1] >= percentile(tile, _PAPER)
    return percentile(np.abs(rest[paper]), 50) / (0.6745 * math.sqrt(20))
