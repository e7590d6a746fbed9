"""Panels of light type on dark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np
import numpy.typing as npt

from layout.components import boxes, boxes_of, components
from layout.geometry import Box
from layout.ink import Gray, Mask, closed, grown, opened

FEWEST_PARTS = 3
"""Light pieces inside a panel, which words have."""

LEAST_LETTERS = 0.2
"""Of what is light on a panel, beside a badge; of furrows on a dark field a tenth is of a letter's size."""

EVEN_TONE = 14
"""Grey values by which a panel's tone may vary."""


def find_bands(evened: Gray, em: float) -> tuple[Box, ...]:
    """Panels: one even dark tone, with light type in it, solid along the upper and lower edge.

    The edges are dark strips longer than any stroke of type; they are one piece where the panel has margins at its
    sides, else two of the same width, one above the other.
    """
    dark = ((evened < 205) * np.uint8(255)).astype(np.uint8)
    # Grown upwards and downwards, so that a slope of the scan does not break an edge into steps.
    strips = opened(grown(dark, 1, 0.15 * em), 6 * em, max(3, 0.2 * em))
    bridged = closed(strips, 5 * em, 1)
    pieces = components(dark)
    wide = boxes_of(pieces[pieces[:, 2] > 5 * em])
    edges = {b for b in [*wide, *boxes(strips), *boxes(bridged)] if b.width > 5 * em}
    found = sorted(edges, key=lambda b: (b.x0, b.y0, b.width, b.height))
    pairs = [a | b for a, b in permutations(found, 2) if _above(a, b, em)]
    return merged([b for b in [*found, *pairs] if b.height > 1.2 * em and _is_band(evened, bridged, b, em)])


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
    light = part > tone + 60
    printed = solid > 0.8 and share > 0.55 and 0.02 < float(light.mean()) < 0.44
    return printed and lettered((light * np.uint8(255)).astype(np.uint8), em)


def lettered(light: Mask, em: float) -> bool:
    """Whether what is light on a panel is letters: what shows between chairs, or on a shirt, goes on outside.

    Letters are at least the share LEAST_LETTERS of it. Furrows of a field are longer than any letter, with specks of a
    letter's size between them; so are the dots of a dark picture's screen, where some run together.
    """
    x, y, w, h, area = components(light).T
    inside = (np.minimum(x, y) > 1) & (x + w < light.shape[1] - 1) & (y + h < light.shape[0] - 1)
    large = (np.maximum(w, h) > 0.4 * em) & (np.maximum(w, h) < 8 * em)
    letters = inside & large
    return int(letters.sum()) >= FEWEST_PARTS and float(area[letters].sum()) >= LEAST_LETTERS * float(area.sum())


def _dark_tone(tones: npt.NDArray[np.uint8]) -> tuple[int, float]:
    """The commonest tone below 205, and the share of the darker pixels that lie near it."""
    counts = np.bincount(tones, minlength=256)[:205].astype(np.float64)
    if counts.sum() == 0:
        return 0, 0.0
    near = np.convolve(counts, np.ones(2 * EVEN_TONE + 1), "same")
    tone = int(np.argmax(near))
    return tone, float(near[tone] / counts.sum())


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
