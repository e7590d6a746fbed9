"""Polarity: whether each line is dark on light or light on dark, measured on the ground beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from layout.components import box_of, labelled
from layout.geometry import Box
from layout.ink import Gray, mask_of, percentile, percentiles
from layout.prepare.segmentation import HALF, NETWORK_EM, Segmentation


@dataclass(frozen=True, slots=True)
class PolarityParams:
    """Bounds of the measure."""

    core: int = 110
    """Probability (0-255) from which on a pixel is a line's core."""
    ring: float = 0.3
    """Width of the ring about a line in which its ground is measured, in em of the body type."""
    tails: tuple[float, float] = (4.0, 96.0)
    """Percentiles of the grey inside a line that are its darkest and its lightest tone, specks apart."""
    thickness: tuple[float, float] = (0.5, 0.8)
    """Margin about a core, in its thickness, that is of its line: for the measure, and for what is decided."""
    most: int = 2
    """Voices of the three that decide."""
    contrast: float = 25.0
    """Grey levels between these two under which there is nothing to measure, and the network's word stands."""


DEFAULT = PolarityParams()


def with_polarity(seg: Segmentation, gray: Gray, params: PolarityParams = DEFAULT) -> Segmentation:
    """The segmentation with `reversed` decided for each line core by two of three voices.

    They are the ground beside the line, the tone of most of its pixels, and the network. `gray` is the picture at body
    type 20 px.
    """
    small = cv2.resize(gray, (seg.label.shape[1], seg.label.shape[0]), interpolation=cv2.INTER_AREA)
    _, stats = labelled(mask_of(seg.core >= params.core))
    light = seg.reversed.copy()
    page = Box(0, 0, small.shape[1], small.shape[0])
    ring = max(1, round(params.ring * NETWORK_EM))
    for row in stats[1:]:
        core = box_of(row)
        thickness = min(core.width, core.height)
        line = core.grown(round(params.thickness[0] * thickness) + 1) & page
        voices = _voices(small.astype(np.uint8, copy=False), line, line.grown(ring) & page, params)
        if voices is not None:
            told = float(seg.reversed[core.y0 : core.y1, core.x0 : core.x1].mean()) > HALF
            own = core.grown(round(params.thickness[1] * thickness) + 1) & page
            light[own.y0 : own.y1, own.x0 : own.x1] = 255 * (sum((*voices, told)) >= params.most)
    return replace(seg, reversed=light)


def _voices(small: Gray, line: Box, around: Box, p: PolarityParams) -> tuple[bool, bool] | None:
    """Whether the ground beside the line, and most of its pixels, say light on dark; None where it has no contrast."""
    inside = small[line.y0 : line.y1, line.x0 : line.x1]
    dark, light, tone = percentiles(inside, *p.tails, 50)
    if light - dark < p.contrast:
        return None
    edges = (
        small[around.y0 : line.y0, around.x0 : around.x1],
        small[line.y1 : around.y1, around.x0 : around.x1],
        small[around.y0 : around.y1, around.x0 : line.x0],
        small[around.y0 : around.y1, line.x1 : around.x1],
    )
    middle = (dark + light) / 2
    ground = percentile(np.concatenate([e.ravel() for e in edges]), 50)
    return ground < middle, tone < middle
