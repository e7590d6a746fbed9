"""Texture: small places within pictures that the network takes for text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layout.components import box_of, labelled
from layout.geometry import Box
from layout.prepare.segmentation import NETWORK_EM, PICTURE, Segmentation


@dataclass(frozen=True, slots=True)
class TextureParams:
    """Bounds of what is texture, lengths in em of the body type."""

    longest: float = 3.5
    """Length of a place of text that may be texture, at most; a caption or a headline on a picture is longer."""
    ring: float = 0.8
    """Width of the ring about the place in which the picture is looked for."""
    picture: float = 0.7
    """Share of the ring that is picture, at least; other small places of text are left out of it."""
    thickest: float = 2.4
    """Extent across of such a place, in em, at most: what is larger is looked at as large type."""


DEFAULT = TextureParams()


def without_texture(seg: Segmentation, params: TextureParams = DEFAULT) -> Segmentation:
    """The segmentation with short, lonely places of text amid a picture made part of the picture."""
    p = params
    labels, stats = labelled(seg.is_text)
    extent, across = np.maximum(stats[:, 2], stats[:, 3]), np.minimum(stats[:, 2], stats[:, 3])
    small = (extent < p.longest * NETWORK_EM) & (across < p.thickest * NETWORK_EM)
    small[0] = False
    out = seg.copied("label", "picture", "text", "display", "core")
    page = Box(0, 0, seg.label.shape[1], seg.label.shape[0])
    ring = max(2, round(p.ring * NETWORK_EM))
    for n in np.flatnonzero(small):
        b = box_of(stats[n]).grown(ring) & page
        part = np.s_[b.y0 : b.y1, b.x0 : b.x1]
        own, other = labels[part] == n, ~small[labels[part]]
        if not other.any() or float((seg.label[part][other] == PICTURE).mean()) < p.picture:
            continue
        out.label[part][own] = PICTURE
        out.picture[part][own] = 255
        for name in ("text", "display", "core"):
            getattr(out, name)[part][own] = 0
    return out
