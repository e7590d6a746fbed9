"""Small photographs: a columnist's portrait is no large glyph, though it is as high as one.

The segmentation network knows large photographs. One of the size of a headline's glyph, beside a column's name and an
author, it takes for type, and the name and the author with it for one line. So small photographs are told by their
tones, and are taken off the picture before the network sees it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import box_of, labelled
from layout.geometry import Box
from layout.ink import Gray, Mask, even, filled, mask_of, opened
from layout.prepare.segmentation import NETWORK_EM, PICTURE, SCALE, Segmentation


@dataclass(frozen=True, slots=True)
class PhotographParams:
    """Bounds of a small photograph; lengths in em of the body type."""

    reach: float = 8.0
    """Reach of the even paper about the print."""
    dark: int = 225
    """Grey on even paper below which a pixel is of a photograph, or of print."""
    stroke: float = 0.45
    """Thickness of what is no photograph, at most."""
    side: tuple[float, float] = (3.0, 11.0)
    """Extent of a small photograph both ways, least and most; larger ones the network knows."""
    filled: float = 0.6
    """Share of its box that it fills, at least: a round one fills three quarters, a cut-out one less."""
    smooth: int = 30
    """Grey levels between a pixel's neighbours, at most, where it lies on no edge: the edges of glyphs are grey too."""
    least_smooth: float = 0.2
    """Share of its pixels that lie on no edge, at least."""
    tones: float = 2.6
    """Bits of entropy of its tones in steps of sixteen grey levels, edges apart, at least: glyphs and panels of any
    print have less than two, flat drawings up to 2.3, photographs three and more."""
    step: int = 16
    """Grey levels in a step of the tones."""
    rim: float = 0.15
    """Width of the soft edge of a photograph that is taken off with it."""
    ring: float = 0.5
    """Width of the ring about a photograph whose tone is put in its place."""
    paper: float = 0.85
    """Share of that ring that is paper, at least: a dark thing amid a large photograph has other things about it."""


DEFAULT = PhotographParams()


def small_photographs(gray: Gray, params: PhotographParams = DEFAULT) -> Mask:
    """255 where a small photograph is, in pixels of the network's picture; `gray` is the picture at body type 20 px."""
    p, k = params, NETWORK_EM
    small = cv2.resize(gray, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    dark = mask_of(even(small, p.reach * k) < p.dark)
    labels, stats = labelled(opened(dark, p.stroke * k, p.stroke * k))
    out = np.zeros_like(small)
    for n, box in _sized(stats, p):
        part = np.s_[box.y0 : box.y1, box.x0 : box.x1]
        own = filled(mask_of(labels[part] == n))
        if float((own > 0).mean()) < p.filled or _paper_about(box, dark, p) < p.paper:
            continue
        if is_photograph(box.unscaled(SCALE), gray, own, p):
            out[part] |= own
    return out


def _sized(stats: npt.NDArray[np.int32], p: PhotographParams) -> Iterator[tuple[int, Box]]:
    least, most = (side * NETWORK_EM for side in p.side)
    for n in range(1, len(stats)):
        box = box_of(stats[n])
        if least <= min(box.width, box.height) and max(box.width, box.height) <= most:
            yield n, box


def _paper_about(box: Box, dark: Mask, p: PhotographParams) -> float:
    """The share of the ring about a box that is paper."""
    page = Box(0, 0, dark.shape[1], dark.shape[0])
    rim, ring = round(p.rim * NETWORK_EM), round(p.ring * NETWORK_EM)
    b, around = box.grown(rim) & page, box.grown(rim + ring) & page
    inked = [np.count_nonzero(dark[q.y0 : q.y1, q.x0 : q.x1]) for q in (around, b)]
    return 1 - (inked[0] - inked[1]) / max(1, around.area - b.area)


def is_photograph(box: Box, gray: Gray, own: Mask | None = None, params: PhotographParams = DEFAULT) -> bool:
    """Whether the tones within a box of the picture are those of a photograph; `own` is its mask, of any scale."""
    p, part = params, gray[box.y0 : box.y1, box.x0 : box.x1]
    mask = np.full_like(part, 255) if own is None else own
    inside = cv2.resize(mask, (part.shape[1], part.shape[0]), interpolation=cv2.INTER_NEAREST) > 0
    edge = cv2.morphologyEx(part, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    smooth = inside & (edge < p.smooth)
    if np.count_nonzero(smooth) < p.least_smooth * np.count_nonzero(inside):
        return False
    counts = np.bincount(part[smooth] // p.step)
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log2(shares)).sum()) >= p.tones


def without_photographs(gray: Gray, photographs: Mask, params: PhotographParams = DEFAULT) -> Gray:
    """The picture with the tone of the paper about them in place of the photographs."""
    out = gray.copy()
    for row in labelled(photographs)[1][1:]:
        rim, ring = (round(width * NETWORK_EM / SCALE) for width in (params.rim, params.ring))
        box = box_of(row).unscaled(SCALE)
        page = Box(0, 0, gray.shape[1], gray.shape[0])
        b, around = box.grown(rim) & page, box.grown(rim + ring) & page
        tones = gray[around.y0 : around.y1, around.x0 : around.x1].astype(np.float32)
        tones[b.y0 - around.y0 : b.y1 - around.y0, b.x0 - around.x0 : b.x1 - around.x0] = np.nan
        if not np.isnan(tones).all():
            out[b.y0 : b.y1, b.x0 : b.x1] = round(float(np.nanmedian(tones)))
    return out


def with_photographs(seg: Segmentation, photographs: Mask) -> Segmentation:
    """The segmentation with the photographs that were taken off as pictures."""
    own = photographs > 0
    if not own.any():
        return seg
    out = seg.copied()
    out.label[own], out.picture[own] = PICTURE, 255
    for name in ("text", "display", "rule", "table", "core", "reversed", "vertical"):
        getattr(out, name)[own] = 0
    return out
