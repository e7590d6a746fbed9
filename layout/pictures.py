"""Pictures, and panels of light type on dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import labelled
from layout.geometry import Box
from layout.ink import Gray, Mask, closed, grown, opened

SMALLEST = 3.5
"""Of a picture, in em, both ways."""

EVEN_TONE = 14
"""Grey values by which a panel's tone may vary."""


@dataclass(frozen=True, slots=True)
class Plates:
    """What is printed solid: pictures, and panels with light type; `mask` holds the pictures' ink, cut-outs kept."""

    pictures: tuple[Box, ...]
    panels: tuple[Box, ...]
    mask: Mask


def find_plates(evened: Gray, ink: Mask, headlines: Sequence[Box], em: float) -> Plates:
    """Pictures and panels, in pixels of `evened`; `em` is the body's type size.

    `headlines` are rows of display type known beforehand: bold ones would else run into the picture below them.
    """
    panels = _bands(evened, em)
    dark = ((evened < 205) * np.uint8(255)).astype(np.uint8)
    for p in [*panels, *headlines]:
        dark[p.y0 : p.y1, p.x0 : p.x1] = 0
    solid = closed(opened(dark, 0.5 * em, 0.5 * em), 0.9 * em, 0.9 * em)
    labels, stats = labelled(solid)
    mask = np.zeros_like(ink)
    pictures: list[Box] = []
    for n, row in enumerate(stats[1:], start=1):
        x, y, w, h = (int(v) for v in row[:4])
        if min(w, h) < SMALLEST * em:
            continue
        own = labels[y : y + h, x : x + w] == n
        part = evened[y : y + h, x : x + w]
        if _is_picture(part, own, em):
            pictures += _placed(mask, own, x, y, em)
    return Plates(merged(pictures), merged(panels), mask)


def _bands(evened: Gray, em: float) -> list[Box]:
    """Panels: one even dark tone, with light type in it, solid along the upper and lower edge.

    The edges are dark strips longer than any stroke of type; they are one piece where the panel has margins at its
    sides, else two of the same width, one above the other.
    """
    dark = ((evened < 205) * np.uint8(255)).astype(np.uint8)
    # Grown upwards and downwards, so that a slope of the scan does not break an edge into steps.
    strips = opened(grown(dark, 1, 0.15 * em), 6 * em, max(3, 0.2 * em))
    bridged = closed(strips, 5 * em, 1)
    rows = {tuple(int(v) for v in r[:4]) for m in (dark, strips, bridged) for r in labelled(m)[1][1:]}
    boxes = [Box(x, y, x + w, y + h) for x, y, w, h in sorted(rows) if w > 5 * em]
    pairs = [a | b for a, b in permutations(boxes, 2) if _above(a, b, em)]
    return [b for b in [*boxes, *pairs] if b.height > 1.2 * em and _is_band(evened, bridged, b, em)]


def _above(a: Box, b: Box, em: float) -> bool:
    """Whether the two could be the upper and the lower edge of one panel."""
    slack = 0.6 * em
    return abs(a.x0 - b.x0) < slack and abs(a.x1 - b.x1) < slack and 0.5 * em < b.y0 - a.y1 < 7 * em


def _is_band(evened: Gray, strips: Mask, b: Box, em: float) -> bool:
    t = max(3, round(0.3 * em))
    part = evened[b.y0 : b.y1, b.x0 : b.x1]
    edges = (strips[b.y0 : b.y0 + t, b.x0 : b.x1], strips[b.y1 - t : b.y1, b.x0 : b.x1])
    solid = min(float((e > 0).any(axis=0).mean()) for e in edges)
    tone, share = _dark_tone(part.ravel())
    light = float((part > tone + 60).mean())
    return solid > 0.8 and share > 0.55 and 0.02 < light < 0.44


def _dark_tone(tones: npt.NDArray[np.uint8]) -> tuple[int, float]:
    """The commonest tone below 205, and the share of the darker pixels that lie near it."""
    counts = np.bincount(tones, minlength=256)[:205].astype(np.float64)
    if counts.sum() == 0:
        return 0, 0.0
    near = np.convolve(counts, np.ones(2 * EVEN_TONE + 1), "same")
    tone = int(np.argmax(near))
    return tone, float(near[tone] / counts.sum())


def _is_picture(part: Gray, own: npt.NDArray[np.bool_], em: float) -> bool:
    """Whether the piece has many dark tones, or hardly any paper in it; type, however bold or grey, has one tone."""
    inside = part[own]
    if len(inside) < (SMALLEST * em) ** 2 * 0.5:
        return False
    dark = float((inside < 205).mean())
    return dark > 0.45 and (_dark_tone(inside)[1] < 0.45 or dark > 0.88)


def _placed(mask: Mask, own: npt.NDArray[np.bool_], x: int, y: int, em: float) -> list[Box]:
    """The picture's pixels set in the mask: its whole box where it nearly fills it, else its own shape."""
    h, w = own.shape
    x0, y0, bw, bh = cv2.boundingRect(own.astype(np.uint8))
    if float(own.mean()) > 0.55:
        mask[y : y + h, x : x + w] = 255
    else:
        shape = grown(own.astype(np.uint8) * np.uint8(255), 0.5 * em, 0.5 * em)
        mask[y : y + h, x : x + w] |= shape
    return [Box(x + x0, y + y0, x + x0 + bw, y + y0 + bh)]


def merged(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Boxes that overlap become one."""
    out: list[Box] = []
    for b in sorted(boxes, key=lambda b: -b.area):
        for i, o in enumerate(out):
            if (b & o).width > 0 and (b & o).height > 0 and (b & o).area > 0.3 * b.area:
                out[i] = o | b
                break
        else:
            out.append(b)
    return tuple(sorted(out, key=lambda b: (b.y0, b.x0)))
