"""Segmentation at several scales: the largest headlines are seen at half size, small type at double size."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import box_of, labelled
from layout.geometry import Box
from layout.ink import Gray, mask_of
from layout.prepare.polarity import with_polarity
from layout.prepare.segmentation import BODY, DISPLAY, NETWORK_EM, SCALE, Segmentation, segment_small
from layout.prepare.small_photographs import small_photographs, with_photographs, without_photographs
from layout.prepare.small_type import with_small_type
from layout.prepare.texture import without_texture


@dataclass(frozen=True, slots=True)
class LargeTypeParams:
    """Bounds of what the coarse segmentation may decide."""

    least: float = 2.4
    """Type size of large type, in em of the body type, at least; smaller type is seen at the fine scale."""
    core: int = 110
    """Probability (0-255) of the coarse line core from which on a pixel is core."""
    slender: float = 4.0
    """Length of a line that the fine scale sees as one, in its thicknesses, at least: its word stands."""
    thinnest: int = 2
    """Thickness of such a line's core in pixels above which its length tells."""
    body: float = 0.2
    """Share of the place that the fine segmentation may hold for body text, at most: a block of body text looks like
    one large line when it is reduced."""


DEFAULT = LargeTypeParams()


def segment_scales(gray: Gray, params: LargeTypeParams = DEFAULT) -> Segmentation:
    """The segmentation of a page whose body type is 20 px, its large and small type as they are seen at other scales.

    The largest type is looked at at half the scale, rows of small type at double.

    Whether type is light on dark is measured on the page itself.
    """
    photographs = small_photographs(gray)
    print_alone = without_photographs(gray, photographs) if photographs.any() else gray
    small = cv2.resize(print_alone, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    fine = with_small_type(segment_small(small), print_alone)
    half = cv2.resize(small, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    found = without_texture(with_large_type(fine, segment_small(half), params))
    return with_photographs(with_polarity(found, print_alone), photographs)


def with_large_type(fine: Segmentation, coarse: Segmentation, params: LargeTypeParams = DEFAULT) -> Segmentation:
    """The fine segmentation with the lines of large type that the coarse one shows, in a new Segmentation.

    `coarse` is of the same page at half the size.
    """
    large = coarse.resized(fine.label.shape)
    _, stats = labelled(mask_of(large.core >= params.core))
    thick = 2 * np.minimum(stats[:, 2], stats[:, 3]) >= params.least * NETWORK_EM
    thick[0] = False
    free, text = _without_lines(fine, params), large.is_text > 0
    out = fine.copied()
    page = Box(0, 0, fine.label.shape[1], fine.label.shape[0])
    for n in np.flatnonzero(thick):
        core = box_of(stats[n])
        margin = round(0.75 * min(core.width, core.height))
        b = core.grown(margin) & page
        part = np.s_[b.y0 : b.y1, b.x0 : b.x1]
        own = text[part] & free[part]
        if not own.any() or float((fine.label[part][own] == BODY).mean()) > params.body:
            continue
        out.display[part][own] = np.maximum(large.text, large.display)[part][own]
        for name in ("reversed", "vertical", "core"):
            getattr(out, name)[part][own] = getattr(large, name)[part][own]
        # What the fine scale made of strokes of the same glyphs is no line of its own.
        scraps = ~own & free[part] & (out.label[part] != BODY)
        out.core[part][scraps] = 0
        out.label[part][own] = DISPLAY
        for name in ("text", "picture", "rule", "table"):
            getattr(out, name)[part][own] = 0
    return out


def _without_lines(fine: Segmentation, p: LargeTypeParams) -> npt.NDArray[np.bool_]:
    """Where the fine scale sees no line as one: of the shape of the segmentation."""
    free = np.ones(fine.label.shape, dtype=np.bool_)
    _, stats = labelled(mask_of(fine.core >= p.core))
    for row in stats[1:]:
        core = box_of(row)
        thickness = min(core.width, core.height)
        if thickness > p.thinnest and max(core.width, core.height) >= p.slender * thickness:
            b = core.grown(round(0.6 * thickness))
            free[max(0, b.y0) : b.y1, max(0, b.x0) : b.x1] = False
    return free
