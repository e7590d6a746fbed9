"""Paper that did not lie flat under the scanner: print moved by shifts that are known."""

from __future__ import annotations

import cv2
import numpy as np

from layout.dewarp_field import Bend, Shifts
from layout.ink import Gray
from layout.prepare.dewarp import HIGH, WIDE

EDGE = 0.22
"""Of the width, within which a page sinks towards its binding."""


def sinking(deep: float) -> Shifts:
    """Shifts of a page whose left edge lies `deep` pixels lower, with the middle of the page where it was."""
    x = np.linspace(0, 1, WIDE)
    down = np.tile(deep * np.maximum(0, 1 - x / EDGE) ** 2, (HIGH, 1))
    return np.stack([np.zeros_like(down), down], axis=-1)


def fanning(share: float, width: float, height: float, *, columns: bool) -> Shifts:
    """Shifts of a page one end of which is narrower by that share: columns that lean apart, or rows that fan."""
    x, y = np.meshgrid(np.linspace(-1, 1, WIDE), np.linspace(-1, 1, HIGH))
    apart = -share / 2 * x * y * (width if columns else height) / 2
    none = np.zeros_like(apart)
    return np.stack([apart, none] if columns else [none, apart], axis=-1)


def bent(picture: Gray, shifts: Shifts) -> Gray:
    """The picture on paper that moves print by those shifts."""
    h, w = picture.shape
    across, down = (np.arange(0, side + 16, 16, dtype=np.float64) for side in (w, h))
    points = np.stack(np.meshgrid(across, down), axis=-1)
    back = Bend.of(shifts, w, h).flattened(points.reshape(-1, 2)).reshape(points.shape).astype(np.float32)
    enlarged = np.array([[1 / 16, 0, 0], [0, 1 / 16, 0]])
    places = cv2.warpAffine(back, enlarged, (w, h), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    x, y = (np.ascontiguousarray(places[..., k]) for k in (0, 1))
    edge = float(np.median(picture))
    return cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=edge).astype(np.uint8)
