"""The alarm of lost text: print that looks like text and lies in no line, wherever it lies, in pictures too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from layout.components import AREA, HEIGHT, WIDTH, boxes_of, components
from layout.geometry import Box
from layout.ink import Mask, closed
from layout.params import EM
from layout.prepare.segmentation import Segmentation


@dataclass(frozen=True, slots=True)
class AlarmParams:
    """Bounds of what is reported, in em of the body type."""

    margin: float = 0.35
    """Margin about a line's box that counts as the line: the network blurs by about a third of an em."""
    gap: float = 0.6
    """Gap up to which pieces of lost text are reported as one place."""
    least: float = 3.0
    """Area in square em of the smallest place that is reported: three characters of body type."""
    thinnest: float = 0.45
    """Extent across of the smallest such place; a rim left beside a line is thinner."""
    inked: float = 0.05
    """Share of the place that is ink of type in no line, at least; the thinnest face covers more, the network's halo
    about large type has none."""


DEFAULT = AlarmParams()


def lost_text(
    seg: Segmentation, type_ink: Mask, lines: Sequence[Box], params: AlarmParams = DEFAULT
) -> tuple[Box, ...]:
    """Places of text in no line, as boxes in pixels of the normalized picture, from the top.

    `type_ink` is the ink of type, `lines` are the boxes of all lines there, in the same pixels.
    """
    k, p = seg.scale, params
    rest = _text_outside(seg, lines, round(p.margin * EM))
    near = closed(rest, p.gap * EM * k, p.gap * EM * k)
    stats = components(near)
    area = p.least * (EM * k) ** 2
    large = (stats[:, AREA] >= area) & (np.minimum(stats[:, WIDTH], stats[:, HEIGHT]) >= p.thinnest * EM * k)
    found = (b.unscaled(k) for b in boxes_of(stats[large]))
    bare = _outside(type_ink, lines)
    inked = (b for b in found if float((bare[b.y0 : b.y1, b.x0 : b.x1] > 0).mean()) >= p.inked)
    return tuple(sorted(inked, key=lambda b: (b.y0, b.x0)))


def _text_outside(seg: Segmentation, lines: Sequence[Box], margin: int) -> Mask:
    """The network's text without the lines' boxes, thin rims taken off."""
    rest = seg.is_text.copy()
    for b in (b.grown(margin) for b in lines):
        x0, y0 = max(0, int(b.x0 * seg.scale)), max(0, int(b.y0 * seg.scale))
        rest[y0 : round(b.y1 * seg.scale), x0 : round(b.x1 * seg.scale)] = 0
    return cv2.morphologyEx(rest, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)).astype(np.uint8, copy=False)


def _outside(type_ink: Mask, lines: Sequence[Box]) -> Mask:
    """The ink of type without that of the lines: what lies beside a line is not lost for the line's own ink."""
    rest = type_ink.copy()
    for b in lines:
        rest[max(0, b.y0) : b.y1, max(0, b.x0) : b.x1] = 0
    return rest


def characters(place: Box, size: float = EM) -> int:
    """Estimate of how many characters of type size `size` (pixels) a place holds, at a leading of a half em."""
    return max(1, round(place.width * place.height / (size * 1.5 * size)))
