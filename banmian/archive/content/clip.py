"""Boxes as the formats take them that count from 0."""

from __future__ import annotations

from layout.geometry import Box


def on_scan(box: Box) -> Box:
    """The box without what of it lies left of the scan or above it: a line's end may reach over the paper's edge."""
    if box.x0 >= 0 and box.y0 >= 0:
        return box
    return Box(max(0, box.x0), max(0, box.y0), max(0, box.x1), max(0, box.y1))
