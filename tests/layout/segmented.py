"""Segmentations made by hand: what a faultless network would say of a page whose lines are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layout.geometry import Box
from layout.prepare.segmentation import BODY, Segmentation

SCALE = 0.4


def segmentation(shape: tuple[int, int], lines: Sequence[Box], upright: Sequence[Box] = ()) -> Segmentation:
    """The segmentation of a picture of that height and width; lines of body type, level and upright."""
    size = (round(shape[0] * SCALE), round(shape[1] * SCALE))
    label, text, vertical, core = (np.zeros(size, np.uint8) for _ in range(4))
    for line, is_upright in (*((n, False) for n in lines), *((n, True) for n in upright)):
        b = _reduced(line)
        label[b.y0 : b.y1, b.x0 : b.x1] = BODY
        text[b.y0 : b.y1, b.x0 : b.x1] = 255
        vertical[b.y0 : b.y1, b.x0 : b.x1] = 255 * is_upright
        dx, dy = (b.width // 4, 1) if is_upright else (1, b.height // 4)
        core[b.y0 + dy : b.y1 - dy, b.x0 + dx : b.x1 - dx] = 255
    display, picture, rule, table, light = (np.zeros(size, np.uint8) for _ in range(5))
    return Segmentation(label, text, display, picture, rule, table, light, vertical, core, SCALE)


def _reduced(b: Box) -> Box:
    return Box(*(round(v * SCALE) for v in (b.x0, b.y0, b.x1, b.y1)))
