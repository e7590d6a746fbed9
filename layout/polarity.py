"""Polarity: whether each line is dark on light or light on dark, measured on the ground beside it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from layout.components import box_of, labelled
from layout.geometry import Box
from layout.ink import Gray
from layout.segmentation import EM, Segmentation


@dataclass(frozen=True, slots=True)
class PolarityParams:
    """Bounds of the measure."""

    core: int = 110
    """Probability (0-255) from which on a pixel is a line's core."""
    ring: float = 0.3
    """Width of the ring about a line in which its ground is measured, in em of the body type."""
    tails: tuple[float, float] = (4.0, 96.0)
    """Percentiles of the grey inside a line that are its darkest and its lightest tone, specks apart."""
    contrast: float = 25.0
    """Grey levels between these two under which there is nothing to measure, and the network's word stands."""


DEFAULT = PolarityParams()


def with_polarity(seg: Segmentation, gray: Gray, params: PolarityParams = DEFAULT) -> Segmentation:
    """The segmentation with `reversed` measured for each line core: its ground is nearer to its dark tone.

    `gray` is the picture at body type 20 px.
    """
    small = cv2.resize(gray, (seg.label.shape[1], seg.label.shape[0]), interpolation=cv2.INTER_AREA)
    _, stats = labelled(np.where(seg.core >= params.core, np.uint8(255), np.uint8(0)))
    out = seg.copied()
    page = Box(0, 0, small.shape[1], small.shape[0])
    ring = max(1, round(params.ring * EM))
    for row in stats[1:]:
        core = box_of(row)
        line = core.grown(round(0.5 * min(core.width, core.height)) + 1) & page
        light = _is_light(small.astype(np.uint8, copy=False), line, line.grown(ring) & page, params)
        if light is not None:
            own = core.grown(round(0.8 * min(core.width, core.height)) + 1) & page
            out.reversed[own.y0 : own.y1, own.x0 : own.x1] = 255 * light
    return out


def _is_light(small: Gray, line: Box, around: Box, p: PolarityParams) -> bool | None:
    """Whether the line's type is light on dark; None where it has no contrast."""
    inside = small[line.y0 : line.y1, line.x0 : line.x1]
    dark, light = np.percentile(inside, p.tails)
    if light - dark < p.contrast:
        return None
    edges = (
        small[around.y0 : line.y0, around.x0 : around.x1],
        small[line.y1 : around.y1, around.x0 : around.x1],
        small[around.y0 : around.y1, around.x0 : line.x0],
        small[around.y0 : around.y1, line.x1 : around.x1],
    )
    ground = float(np.median(np.concatenate([e.ravel() for e in edges])))
    return bool(ground - dark < light - ground)
