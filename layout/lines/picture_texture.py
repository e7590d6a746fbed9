"""Picture texture: what the line detector takes for lines amid a picture, grass, reeds, a crowd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layout.geometry import Box
from layout.ink import Gray, Mask
from layout.lines.detected_line import DetectedLine
from layout.marks.marks import Marks
from layout.params import EM
from layout.prepare.segmentation import PICTURE, Segmentation


@dataclass(frozen=True, slots=True)
class LineTextureParams:
    """Bounds of what is texture and no line; all of them must hold."""

    ring: float = 1.0
    """Width of the ring about a line's box in which the picture is looked for, in em of the body type."""
    picture: float = 0.3
    """Share of box and ring that is picture, at least."""
    text: float = 0.6
    """Mean probability of text over the box, at most; a headline set on a picture has more."""
    faint: float = 0.5
    """Contrast of the line's ink with its ground in that of most lines of the page, at most: type on a picture is set
    to be read, the tones of a picture run into each other."""


DEFAULT = LineTextureParams()


def without_picture_texture(
    lines: Sequence[DetectedLine], marks: Marks, gray: Gray, params: LineTextureParams = DEFAULT
) -> list[DetectedLine]:
    """The lines without those that are the texture of a picture; `gray` is the normalized picture."""
    p, seg = params, marks.segmentation
    doubted = {n.id for n in lines if _picture_share(n.box, seg, p) >= p.picture and seg.text_share(n.box) < p.text}
    sure = [n.box for n in lines if n.id not in doubted]
    if not doubted or not sure:
        return list(lines)
    usual = float(np.median([_contrast(b, marks.type_ink, gray) for b in sure]))
    return [n for n in lines if n.id not in doubted or _contrast(n.box, marks.type_ink, gray) > p.faint * usual]


def _picture_share(box: Box, seg: Segmentation, p: LineTextureParams) -> float:
    b = box.grown(round(p.ring * EM))
    k = seg.scale
    part = seg.label[max(0, int(b.y0 * k)) : round(b.y1 * k), max(0, int(b.x0 * k)) : round(b.x1 * k)]
    return float((part == PICTURE).mean()) if part.size else 0.0


def _contrast(b: Box, ink: Mask, gray: Gray) -> float:
    """Grey levels between the mean of a line's ink and that of its ground."""
    inked, tones = ink[b.y0 : b.y1, b.x0 : b.x1] > 0, gray[b.y0 : b.y1, b.x0 : b.x1]
    if not inked.any() or inked.all():
        return 0.0
    return abs(float(tones[inked].mean()) - float(tones[~inked].mean()))
