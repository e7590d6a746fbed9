"""Small type: rows that the fine scale takes for ornamental rules are looked at once more at double size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from layout.components import boxes
from layout.geometry import Box
from layout.ink import Gray, Mask, closed, mask_of, opened, percentile
from layout.prepare.segmentation import BODY, HALF, NETWORK_EM, PAPER, RULE, SCALE, Segmentation, segment_small

DOUBLE = 2
"""Size of the network's picture for the second look, relative to that for the first."""


@dataclass(frozen=True, slots=True)
class SmallTypeParams:
    """Bounds of the places that are looked at once more; lengths in em of the body type."""

    thinnest: float = 0.5
    """Thickness of a row of small type as the network marks it, at least; a hairline is marked thinner."""
    thickest: float = 1.6
    """The same, at most: what is thicker is not small."""
    shortest: float = 1.0
    """Length of such a row, at least: a few figures at the end of a line."""
    seam: float = 0.6
    """Gap within one place, at most."""
    strokes: float = 1.9
    """Strokes in an em of the row's length that a quarter of its pixel rows cross, at least: small type has two to six,
    a chain of ornaments one or two, a rule none."""
    contrast: int = 40
    """Grey levels between the darkest and the lightest of a place, at least: the shadow of a fold has fewer."""
    rim: float = 0.6
    """Width of what is taken from the second look about such a place: its last glyph may look like a picture's edge."""
    found: float = 0.5
    """Share of the place that is text at the second look, at least: else the first look's word stands."""
    margin: float = 3.0
    """Width of what is shown to the network about such a place."""


DEFAULT = SmallTypeParams()


def with_small_type(fine: Segmentation, gray: Gray, params: SmallTypeParams = DEFAULT) -> Segmentation:
    """The segmentation with the text that a second look at double size finds where the first one saw thick rules.

    The network was trained on type of about the body's size: captions, imprints and Latin addresses in type of half
    that size look like wavy rules to it. `gray` is the picture at body type 20 px.
    """
    places = [b for b in _rows(fine, params) if _has_strokes(b, gray, params)]
    if not places:
        return fine
    p, out = params, fine.copied()
    page = Box(0, 0, fine.label.shape[1], fine.label.shape[0])
    margin = round(p.margin * NETWORK_EM)
    for place in places:
        shown = place.grown(margin) & page
        seen = _second_look(gray, shown)
        text = np.maximum(seen.text, seen.display)
        if float((text[_within(place, shown)] > HALF).mean()) < p.found:
            continue
        rim = place.grown(round(p.rim * NETWORK_EM)) & shown
        part, look = np.s_[rim.y0 : rim.y1, rim.x0 : rim.x1], _within(rim, shown)
        is_text = text[look] > HALF
        own, gone = is_text & (fine.label[part] != BODY), ~is_text & (fine.label[part] == RULE)
        gone &= seen.label[look] != RULE
        out.core[part][is_text] = np.maximum(fine.core[part], seen.core[look])[is_text]
        out.label[part][own], out.label[part][gone] = BODY, PAPER
        out.text[part][own] = text[look][own]
        for name in ("reversed", "vertical"):
            getattr(out, name)[part][own] = getattr(seen, name)[look][own]
        for name in ("display", "picture", "rule", "table"):
            getattr(out, name)[part][own | gone] = 0
    return out


def _within(b: Box, outer: Box) -> tuple[slice, slice]:
    """The rows and columns of a box in a larger one's pixels."""
    return np.s_[b.y0 - outer.y0 : b.y1 - outer.y0, b.x0 - outer.x0 : b.x1 - outer.x0]


def _rows(fine: Segmentation, p: SmallTypeParams) -> Iterator[Box]:
    """The places that the network holds for rules as thick as small type, level ones and upright ones."""
    k = NETWORK_EM
    rules = mask_of(fine.label == RULE)
    for along, across in ((p.shortest * k, p.thinnest * k), (p.thinnest * k, p.shortest * k)):
        thick: Mask = opened(rules, along, across)
        level = along > across
        seam = (p.seam * k, 1) if level else (1, p.seam * k)
        yield from (b for b in boxes(closed(thick, *seam)) if (b.height if level else b.width) <= p.thickest * k)


def _has_strokes(place: Box, gray: Gray, p: SmallTypeParams) -> bool:
    """Whether strokes follow each other along the row, as in type and in no rule."""
    b = place.unscaled(SCALE) & Box(0, 0, gray.shape[1], gray.shape[0])
    part = gray[b.y0 : b.y1, b.x0 : b.x1]
    part = part if b.width >= b.height else part.T
    low, high = int(part.min()), int(part.max())
    if high - low < p.contrast:
        return False
    inked = part < (low + high) / 2
    strokes = np.count_nonzero(inked[:, 1:] & ~inked[:, :-1], axis=1)
    return percentile(strokes, 75) >= p.strokes * max(b.width, b.height) * SCALE / NETWORK_EM


def _second_look(gray: Gray, shown: Box) -> Segmentation:
    """What the network says of a part of the picture at double size, in pixels of the first look."""
    b = shown.unscaled(SCALE) & Box(0, 0, gray.shape[1], gray.shape[0])
    size = (DOUBLE * shown.width, DOUBLE * shown.height)
    large = cv2.resize(gray[b.y0 : b.y1, b.x0 : b.x1], size, interpolation=cv2.INTER_AREA)
    return segment_small(large.astype(np.uint8, copy=False)).reduced(DOUBLE)
