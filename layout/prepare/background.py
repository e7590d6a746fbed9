"""What lies behind the type: the page's tones at a quarter of its size, strokes taken off."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import Stats, glyph_like
from layout.geometry import Box
from layout.ink import Gray, Mask, rect

Tone = npt.NDArray[np.float32]
"""Brightness against the paper about each place, strokes darker than their ground taken off; 1 is paper.

Shape (height, width), at SCALE of the picture's.
"""

SCALE: Final = 0.25
"""Size of the picture in which tones are measured relative to the whole one: strokes of body type are gone there, areas
are not."""

LIGHTEST: Final = 0.965
"""Tone of a tint in that of the paper about it, at most; an office scan's paper varies by 0.01, the lightest tints
have 0.95."""

EDGE: Final = (0.3, 0.9)
"""Distance from an edge, from and to, in type sizes, of the strips on either side whose tones are compared."""

STEP: Final = 0.4
"""Difference of tone at an edge in that of the lightest tint, at least; a shadow slopes."""

MOSTLY_EDGE: Final = 0.5
"""Share of a side along which there is such a step, at least."""

PAPER: Final = 40.0
"""Width in em over which the paper's own brightness is taken; a wider area counts as paper of another colour."""


def ground_tone(gray: Gray, size: float) -> Tone:
    """The tone of what lies behind the type of a picture; `em` is its body's type size in pixels."""
    small = cv2.resize(gray, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    e = SCALE * size
    kernel = rect(odd(1.2 * e), odd(1.2 * e))
    bare = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel), 5)
    coarse = cv2.resize(bare, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, rect(odd(PAPER * e / 4), odd(PAPER * e / 4)))
    paper = cv2.blur(paper, (odd(2 * e),) * 2)
    paper = np.maximum(cv2.resize(paper, (bare.shape[1], bare.shape[0]), interpolation=cv2.INTER_LINEAR), 1)
    return np.asarray(bare / paper, np.float32)


def edged(tone: Tone, b: Box, e: float) -> bool:
    """Whether each side is a step in the tone along most of its length; a shadow slopes. The page's edge is none."""
    near, far = max(1, round(EDGE[0] * e)), max(2, round(EDGE[1] * e))
    steps = []
    for turned in (False, True):
        t, c = (tone.T, Box(b.y0, b.x0, b.y1, b.x1)) if turned else (tone, b)
        for inner, outer in (
            (slice(c.x0 + near, c.x0 + far), slice(max(0, c.x0 - far), max(0, c.x0 - near))),
            (slice(c.x1 - far, c.x1 - near), slice(c.x1 + near, c.x1 + far)),
        ):
            inside, outside = t[c.y0 : c.y1, inner], t[c.y0 : c.y1, outer]
            if not inside.size or not outside.size:
                return False
            steps.append(float(np.median(inside.mean(axis=1) < outside.mean(axis=1) - STEP * (1 - LIGHTEST))))
    return all(s > MOSTLY_EDGE for s in steps)


def glyph_middles(pieces: Stats, shape: tuple[int, ...], size: float) -> Mask:
    """The middles of pieces of the size and fullness of the body's glyphs, a pixel each, at SCALE.

    `shape` is the whole picture's, of whose ink the pieces are.
    """
    out = np.zeros((round(shape[0] * SCALE) + 1, round(shape[1] * SCALE) + 1), dtype=np.uint8)
    for g in glyph_like(pieces, size):
        x, y = g.centre
        out[int(SCALE * y), int(SCALE * x)] = 255
    return out


def reduced(b: Box) -> Box:
    """The box at SCALE."""
    return Box(*(round(SCALE * v) for v in (b.x0, b.y0, b.x1, b.y1)))


def enlarged(b: Box, gray: Gray) -> Box:
    """The box in pixels of the whole picture."""
    x0, y0, x1, y1 = (round(v / SCALE) for v in (b.x0, b.y0, b.x1, b.y1))
    return Box(x0, y0, min(x1, gray.shape[1]), min(y1, gray.shape[0]))


def odd(length: float) -> int:
    """An odd number of pixels near it; areas are moved by windows of an even size."""
    return round(length) | 1
