"""Large strokes that are no type: line drawings, ornaments, QR codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import glyph_like, labelled, large
from layout.geometry import Box
from layout.ink import Mask, closed, grown

LARGEST_GLYPH: Final = 4.0
"""Em of the body; a glyph larger than this stands in a row of others, or is part of a drawing."""

LIGHTEST_GLYPH: Final = 0.17
"""Of its box that a glyph's ink covers; the thin faces of large headlines have 0.2, outlines of drawings less."""

TEXT: Final = 8
"""Glyphs in a drawing from which on they are taken for text."""


@dataclass(frozen=True, slots=True)
class Drawings:
    """Boxes in pixels of the mask that was given, and their ink."""

    pictures: tuple[Box, ...]
    mask: Mask


def find_drawings(ink: Mask, rows: Sequence[Box], em: float) -> Drawings:
    """What is drawn and not set: `ink` holds type and drawings, with rules, frames and photographs taken off.

    `rows` are rows of display type known beforehand. `em` is the body's type size in pixels.
    """
    labels, stats = labelled(closed(ink, 0.15 * em, 0.15 * em))
    mask = np.zeros_like(ink)
    drawn = []
    for n, box in large(stats, LARGEST_GLYPH * em, 2 * em):
        own = labels[box.y0 : box.y1, box.x0 : box.x1] == n
        if not any(box.within(r) > 0.4 for r in rows) and _is_drawn(own, ink[box.y0 : box.y1, box.x0 : box.x1], em):
            drawn.append(box)
            mask[box.y0 : box.y1, box.x0 : box.x1][own] = 255
    pictures = _gathered(drawn, em)
    glyphs = glyph_like(stats, em)
    for b in pictures:
        if sum(g.within(b) > 0.9 for g in glyphs) < TEXT:  # else text stands in the drawing, and is not to be lost
            mask[b.y0 : b.y1, b.x0 : b.x1] = 255
    return Drawings(tuple(pictures), cv2.bitwise_and(grown(mask, 3, 3), ink).astype(np.uint8, copy=False))


def _is_drawn(own: npt.NDArray[np.bool_], ink: Mask, em: float) -> bool:
    """Whether the piece is too empty, or too large both ways, to be type that touches."""
    h, w = own.shape
    empty = float((ink[own] > 0).sum()) < LIGHTEST_GLYPH * h * w
    return bool(empty or min(h, w) > 2 * LARGEST_GLYPH * em)


def _gathered(drawn: Sequence[Box], em: float) -> list[Box]:
    """The drawings' boxes, those that overlap or nearly touch as one."""
    out: list[Box] = []
    for b in sorted(drawn, key=lambda b: -b.area):
        near = [o for o in out if o.overlap_x(b) > -em and o.overlap_y(b) > -em]
        out = [*(o for o in out if o not in near), reduce(or_, near, b)]
    return sorted(out, key=lambda b: (b.y0, b.x0))
