"""Tints under type: paper of another colour, which is made as bright as the rest before anything else is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from layout.components import Stats, labelled, large
from layout.geometry import Box
from layout.ink import Gray, Mask, closed, grown, mask_of, opened
from layout.prepare.background import LIGHTEST, SCALE, Tone, edged, enlarged, glyph_middles, odd, reduced

LEVELS: Final = (LIGHTEST, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72)
"""Tones below which an area is looked for: where show-through or a shadow meets a tint, only a lower one parts them."""

DARKEST: Final = 0.55
"""Tone of a tint, at least; no type is set in black on what is darker."""

SMALLEST: Final = 5.0
"""Extent of a tint in em, both ways, at least."""

FILLED: Final = 0.9
"""Share of its rectangle that a tint fills, at least, what lies on it included."""

FRESH: Final = 0.1
"""Share of a rectangle that lies in tints found before, at most."""

FLAT: Final = 0.03
"""Deviation of a tint's tone from its median, at most; photographs have 0.1 and more."""

MOSTLY: Final = 0.5
"""Share of its rectangle that is of the tint's own tone, at least; a picture or a headline may lie on the rest."""

SET: Final = 0.05
"""Glyphs in a square em of a tint that holds type, at least; a body's column has 0.4, a sky none."""

LEAST_OWN: Final = 0.3
"""Share of a tint's rectangle that no picture covers, at least."""

RIM: Final = 0.4
"""Width in em about a tint that is made brighter with it, so that no edge is left."""


@dataclass(frozen=True, slots=True)
class Tint:
    """A rectangle of the picture, in its pixels, and its brightness against the paper, below 1."""

    box: Box
    tone: float


def find_tints(tone: Tone, ink: Mask, pieces: Stats, size: float) -> tuple[Tint, ...]:
    """The rectangles of one light tone under type, those that others hide left out.

    `ink` is the picture's, in `pieces`, `em` the body's type size in pixels.
    """
    glyphs, e = glyph_middles(pieces, ink.shape, size), SCALE * size
    found: list[Tint] = []
    for level in LEVELS:
        for b in _rectangles(tone, level, e):
            own, plain = _own_tone(tone[b.y0 : b.y1, b.x0 : b.x1])
            held = int((glyphs[b.y0 : b.y1, b.x0 : b.x1][plain] > 0).sum())
            new = not any((b & reduced(t.box)).area > FRESH * b.area for t in found)
            if new and DARKEST < own < level and plain.mean() > MOSTLY and held > SET * plain.sum() / e**2:
                found.append(Tint(enlarged(b, ink), own))
    return tuple(found)


def without_tints(gray: Gray, tints: tuple[Tint, ...], size: float) -> Gray:
    """The picture with every tint as bright as the paper about it."""
    if not tints:
        return gray
    out = gray.copy()
    page = Box(0, 0, gray.shape[1], gray.shape[0])
    for t in tints:
        b = t.box.grown(round(RIM * size)) & page
        part = out[b.y0 : b.y1, b.x0 : b.x1]
        part[:] = cv2.convertScaleAbs(part, alpha=1 / t.tone)
    return out


def _rectangles(tone: Tone, level: float, e: float) -> Iterator[Box]:
    """Areas darker than the level that fill their boxes, with an edge on every side."""
    least, gap = odd(2 * e), odd(0.5 * e)
    labels, stats = labelled(closed(opened(mask_of(tone < level), least, least), gap, gap))
    for n, b in large(stats, SMALLEST * e, SMALLEST * e):
        if float((labels[b.y0 : b.y1, b.x0 : b.x1] == n).mean()) > FILLED and edged(tone, b, e):
            yield b


def _own_tone(inside: Tone) -> tuple[float, np.ndarray]:
    """The tone that most of the area has, and where it has it."""
    counts = np.bincount(np.clip(inside * 100, 0, 150).astype(np.int64).ravel(), minlength=151)
    near = np.convolve(counts, np.ones(round(200 * FLAT) | 1), "same")
    core = np.abs(inside - (int(near.argmax()) + 0.5) / 100) < FLAT
    tone = float(np.median(inside[core])) if core.any() else 1.0
    return tone, np.abs(inside - tone) < FLAT


def flat_tints(tone: Tone, solid: Mask, gray: Gray, size: float) -> tuple[Box, ...]:
    """Rectangles of one light tone, with an edge on every side, whether or not type is on them.

    `solid` are the pixels of pictures, of the shape of `gray`; they may be a part of a tint, lie on it, or touch it.
    """
    e = SCALE * size
    height, width = tone.shape
    small = cv2.resize(solid, (width, height), interpolation=cv2.INTER_NEAREST).astype(np.uint8, copy=False)
    found = []
    for b in _areas(tone, small, e):
        inside = tone[b.y0 : b.y1, b.x0 : b.x1][small[b.y0 : b.y1, b.x0 : b.x1] == 0]
        if inside.size >= LEAST_OWN * b.area and _spread(inside) <= FLAT and float(np.median(inside)) > DARKEST:
            found.append(enlarged(b, gray))
    return tuple(found)


def dark_grounds(tone: Tone, pictures: Sequence[Box], gray: Gray, size: float) -> tuple[Box, ...]:
    """Rectangles too dark for black type, with an edge on every side; the light type on them is a part of them.

    `pictures` are in pixels of `gray`; they may lie on such a ground, or touch it.
    """
    solid = np.zeros(tone.shape, np.uint8)
    for b in map(reduced, pictures):
        solid[b.y0 : b.y1, b.x0 : b.x1] = 255
    found = _areas(tone, solid, SCALE * size)
    dark = (b for b in found if float(np.median(tone[b.y0 : b.y1, b.x0 : b.x1])) <= DARKEST)
    return tuple(enlarged(b, gray) for b in dark)


def _areas(tone: Tone, solid: Mask, e: float) -> list[Box]:
    """Rectangles that are darker than the paper, with an edge on every side.

    What is `solid`, pictures and panels, may be a part of them, lie on them, or touch them.
    """
    darker = mask_of(tone < LIGHTEST)
    found: list[Box] = []
    gap = odd(0.5 * e)
    bare = cv2.bitwise_and(darker, cv2.bitwise_not(grown(solid, 3, 3))).astype(np.uint8, copy=False)
    # The second width takes off what touches an area: a headline's glyph, a bridge of dirt.
    for mask, least in ((darker, odd(2 * e)), (darker, odd(4 * e)), (bare, odd(2 * e))):
        area = closed(opened(mask, least, least), gap, gap)
        labels, stats = labelled(area)
        for n, b in large(stats, SMALLEST * e, SMALLEST * e):
            fresh = not any((b & o).width > 0 and (b & o).height > 0 for o in found)
            own = labels[b.y0 : b.y1, b.x0 : b.x1] == n
            held = float((own | (solid[b.y0 : b.y1, b.x0 : b.x1] > 0)).mean())
            if fresh and held > FILLED and edged(tone, b, e):
                found.append(b)
    return found


def _spread(inside: Tone) -> float:
    """The standard deviation of the tone, its darkest and lightest twentieth left out (bold strokes, gaps)."""
    low, high = np.percentile(inside, (10, 95))
    return float(np.std(inside[(inside >= low) & (inside <= high)]))
