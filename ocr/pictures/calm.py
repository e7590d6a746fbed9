"""A sheet smoothed where its grain disturbs readers."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from layout.prepare.noise import grain
from layout.sheet import Sheet

DISTURBING: Final = 4.0
"""Standard deviation of the grain, in grey levels, from which readers err less on a smoothed sheet."""

SMOOTHING: Final = 0.025
"""Standard deviation, in type sizes, of the Gaussian filter: it takes grain and leaves strokes."""


def calmed(sheet: Sheet, type_size: float) -> Sheet:
    """The sheet as it is, or, where its grain disturbs, lightly smoothed; `type_size` in pixels. Never binarized."""
    sigma = SMOOTHING * type_size
    if sigma <= 0 or grain(sheet.gray) < DISTURBING:
        return sheet
    return replace(sheet, gray=cv2.GaussianBlur(sheet.gray, (0, 0), sigma).astype(np.uint8))
