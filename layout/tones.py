"""Areas of the paper that are printed in a tone: tints under type, photographs with their skies, dark panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import components
from layout.geometry import Box
from layout.ink import Gray, closed, opened, rect

SCALE: Final = 0.25
"""Of the picture in which tones are looked for; strokes of body type are gone there, areas are not."""

LIGHTEST: Final = 0.965
"""A tone against the paper about it; an office scan's paper varies by 0.01, the lightest tints have 0.95."""

PAPER: Final = 40.0
"""Em over which the paper's own brightness is taken; an area wider than that counts as paper of another colour."""

SMALLEST: Final = 5.0
"""Of an area, in em, both ways."""

FLAT: Final = 0.03
"""Standard deviation of a tint's tone against the paper; photographs have 0.1 and more."""


DARKEST_TINT: Final = 0.6
"""What is darker and flat is a panel, whose type is light."""


@dataclass(frozen=True, slots=True)
class Tones:
    """Rectangles in pixels of the picture: `tints` of one light tone, `pictures` of many tones."""

    tints: tuple[Box, ...]
    pictures: tuple[Box, ...]


def find_tones(gray: Gray, em: float) -> Tones:
    """The rectangular areas of `gray` that are darker than the paper with all type taken off.

    `em` is the body's type size in pixels. What is not rectangular (dirt, shadows of a fold, show-through, cut-out
    photographs) is left to others.
    """
    tone = _tone(gray, em)
    tints, pictures = [], []
    for b in _areas(tone, SCALE * em):
        inside = tone[b.y0 : b.y1, b.x0 : b.x1]
        found = _enlarged(b, gray)
        if _spread(inside) > FLAT:
            pictures.append(found)
        elif float(np.median(inside)) > DARKEST_TINT:
            tints.append(found)
    return Tones(tuple(tints), tuple(pictures))


def _tone(gray: Gray, em: float) -> npt.NDArray[np.float32]:
    """The page without its type, divided by the paper about each place; 1 is paper. At SCALE of the size."""
    small = cv2.resize(gray, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_AREA)
    e = SCALE * em
    bare = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, rect(_odd(1.2 * e), _odd(1.2 * e))), 5)
    coarse = cv2.resize(bare, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, rect(_odd(PAPER * e / 4), _odd(PAPER * e / 4)))
    paper = cv2.blur(paper, (_odd(2 * e),) * 2)
    paper = cv2.resize(paper, (bare.shape[1], bare.shape[0]), interpolation=cv2.INTER_LINEAR)
    return (bare.astype(np.float32) / np.maximum(paper, 1)).astype(np.float32)


def _odd(length: float) -> int:
    """An odd number of pixels near it; areas are moved by windows of an even size."""
    return round(length) | 1


def _areas(tone: npt.NDArray[np.float32], e: float) -> list[Box]:
    """Rectangles that are darker than the paper, with an edge on every side."""
    darker = ((tone < LIGHTEST) * np.uint8(255)).astype(np.uint8)
    found: list[Box] = []
    gap = _odd(0.5 * e)
    for least in (
        _odd(2 * e),
        _odd(4 * e),
    ):  # the second takes off what touches an area: a headline's glyph, a bridge of dirt
        for x, y, w, h, area in components(closed(opened(darker, least, least), gap, gap)):
            b = Box(int(x), int(y), int(x + w), int(y + h))
            fresh = not any((b & o).width > 0 and (b & o).height > 0 for o in found)
            if fresh and min(b.width, b.height) > SMALLEST * e and area > 0.9 * b.area and _edged(tone, b, e):
                found.append(b)
    return found


def _edged(tone: npt.NDArray[np.float32], b: Box, e: float) -> bool:
    """Whether each side is a step in the tone along most of its length; a shadow slopes. The page's edge is none."""
    near, far = max(1, round(0.3 * e)), max(2, round(0.9 * e))
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
            steps.append(float(np.median(inside.mean(axis=1) < outside.mean(axis=1) - 0.4 * (1 - LIGHTEST))))
    return all(s > 0.5 for s in steps)


def _spread(inside: npt.NDArray[np.float32]) -> float:
    """The standard deviation of the tone, its darkest and lightest twentieth left out (bold strokes, gaps)."""
    low, high = np.percentile(inside, (10, 95))
    return float(np.std(inside[(inside >= low) & (inside <= high)]))


def _enlarged(b: Box, gray: Gray) -> Box:
    """The box in pixels of the whole picture."""
    x0, y0, x1, y1 = (round(v / SCALE) for v in (b.x0, b.y0, b.x1, b.y1))
    return Box(x0, y0, min(x1, gray.shape[1]), min(y1, gray.shape[0]))
