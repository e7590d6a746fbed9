"""How far the print is turned, and the sheet turned back."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from layout.geometry import Projection
from layout.ink import Gray, Mask

REACH = 5.0
"""Degrees to either side within which skew is looked for."""

PRECISION = 0.02
"""Degrees; over a page 6,000 pixels wide this is 2 pixels."""


def _sharpness(along: npt.NDArray[np.float32], across: npt.NDArray[np.float32], degrees: float) -> float:
    """How sharply the ink's profile rises and falls when the page is turned by `degrees` (Postl, 1986)."""
    places = np.rint(across - along * np.tan(np.radians(degrees))).astype(np.int64)
    profile = np.bincount(places - places.min()).astype(np.float64)
    return float(np.square(np.diff(profile)).sum())


def _best(along: npt.NDArray[np.float32], across: npt.NDArray[np.float32]) -> tuple[float, float]:
    """The angle of the sharpest profile, and its sharpness against that of the median angle."""
    angles = np.arange(-REACH, REACH + 0.01, 0.25)
    values = [_sharpness(along, across, a) for a in angles]
    best, step = float(angles[int(np.argmax(values))]), 0.125
    contrast = max(values) / max(1.0, float(np.median(values)))
    while step >= PRECISION / 2:
        near = (best - step, best, best + step)
        best = max(near, key=lambda a: _sharpness(along, across, a))
        step /= 2
    return best, contrast


def skew(ink: Mask) -> float:
    """Degrees by which the print is turned clockwise; 0 where the page shows no lines.

    Rows of type and columns of vertical type are both tried, and the sharper is believed. Cost: 60 histograms of
    at most 300,000 points.
    """
    ys, xs = np.nonzero(ink)
    if len(xs) < 100:
        return 0.0
    step = max(1, len(xs) // 300_000)
    x, y = xs[::step].astype(np.float32), ys[::step].astype(np.float32)
    rows, row_contrast = _best(x, y)
    columns, column_contrast = _best(y, x)
    best, contrast = (rows, row_contrast) if row_contrast >= column_contrast else (-columns, column_contrast)
    return best if contrast > 1.1 and abs(best) >= PRECISION else 0.0


def turned_back(gray: Gray, degrees: float) -> tuple[Gray, Projection]:
    """The picture with print level again, on a sheet of the same size, and the projection from it to the picture."""
    if degrees == 0.0:
        return gray, Projection()
    h, w = gray.shape
    to_sheet = np.vstack([cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1.0), [0.0, 0.0, 1.0]])
    sheet = cv2.warpAffine(gray, to_sheet[:2], (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return sheet.astype(np.uint8), Projection.of_array(np.linalg.inv(to_sheet))
