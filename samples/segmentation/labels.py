"""The label picture: one byte a pixel that holds the class and the attributes of what is printed there."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Gray = npt.NDArray[np.uint8]
"""Shape (height, width), 0 black to 255 white."""
Label = npt.NDArray[np.uint8]
"""Shape (height, width): the class in the low three bits, the attributes above them."""
Points = npt.NDArray[np.floating]
"""Shape (n, 2): corners as x, y in pixels, origin top left."""

EM: Final = 8.0
"""Body type size, in pixels, of every training picture: the scale at which the network works."""
PAPER, BODY, DISPLAY, PICTURE, RULE, TABLE_LINE = range(6)
CLASS: Final = 7
"""Mask of the class in a label."""
REVERSED: Final = 8
VERTICAL: Final = 16
CORE: Final = 32
UNKNOWN: Final = 64
"""Bit of a pixel whose class is not taught."""
CORE_SHARE: Final = 0.5
"""Thickness of a line's core as a share of the line's thickness: wide enough to survive at 6 px, narrow enough to part
lines that touch."""
CORE_END: Final = 0.25
"""Em by which a line's core is shorter than the line at each end, so that lines half an em apart stay separate."""
DISPLAY_SIZE: Final = 1.33
"""Type size, in body sizes, from which type is display type."""


def paint(label: Label, quad: Points, value: int) -> None:
    """Fill a polygon with a label."""
    cv2.fillPoly(label, [np.round(quad * 16).astype(np.int32)], value, shift=4)


def paint_line(label: Label, quad: Points, value: int) -> None:
    """Paint a text line: its quad (clockwise from the top left) with `value`, then its core."""
    paint(label, quad - 0.5, value)
    paint(label, core(quad, vertical=bool(value & VERTICAL)) - 0.5, value | CORE)


def core(quad: Points, *, vertical: bool) -> Points:
    """The central part of a text line's quad, shorter at the ends."""
    a, b, c, d = quad if not vertical else quad[[1, 2, 3, 0]]
    thick = float(np.linalg.norm(d - a) + np.linalg.norm(c - b)) / 2
    long = max(1e-3, float(np.linalg.norm(b - a) + np.linalg.norm(c - d)) / 2)
    across = (1 - CORE_SHARE) / 2
    along = min(CORE_END * thick, 0.25 * long) / long

    def at(u: float, v: float) -> Points:
        return np.asarray((a * (1 - u) + b * u) * (1 - v) + (d * (1 - u) + c * u) * v)

    return np.array([at(along, across), at(1 - along, across), at(1 - along, 1 - across), at(along, 1 - across)])
