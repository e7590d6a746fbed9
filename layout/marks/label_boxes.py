"""Boxes about a row of type: the small frame or dark ground of a column label, and bars under small light type.

A headline often follows a label in the same row. The network's line cores then run from the one into the other, and it
holds the sides of so small a box for strokes of type. A bar hardly higher than its type it may hold for a rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from layout.components import HEIGHT, WIDTH, Stats, boxes_of, components, labelled
from layout.geometry import Box
from layout.ink import Mask
from layout.params import EM
from layout.prepare.segmentation import BODY, DISPLAY, HALF, Segmentation

_FULL: Final = np.uint8(255)
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LabelBoxParams:
    """Bounds of such a box; lengths in em of the body type where nothing else is said."""

    across: tuple[float, float] = (1.0, 3.6)
    """Height of the box, least and most: that of a row of type with its margins."""
    longest: float = 12.0
    """Length of a frame, at most; a longer one is an article's."""
    bar: float = 80.0
    """Length of a dark ground, at most."""
    slender: float = 1.6
    """Length of the box in its height, at least: the outline of a large 国 or 口 is about square."""
    side: float = 0.25
    """Distance from the box's edge within which its frame lies; light type is looked for as far within a dark one."""
    drawn: float = 0.95
    """Share of each side along which there is ink, at least."""
    inner: float = 0.1
    """Share of a frame's ink that lies further in, at most."""
    rim: float = 0.12
    """Width of the rim of a dark ground in which no glyph stands."""
    solid: float = 0.97
    """Share of that rim that is ink, at least."""
    filled: tuple[float, float] = (0.5, 0.95)
    """Share of a dark ground that is ink, least and most: the rest is light type."""
    glyph: float = 0.35
    """Extent of a part of a glyph in such a box, in the box's height, at least."""
    mark: float = 0.12
    """Extent of a mark of the row, in the box's height, at least; what is smaller is dust."""
    glyphs: int = 2
    """Number of such parts in a box, at least."""
    row: float = 0.4
    """Number of such parts for each square of the box, at least: a worn rule or a picture has a few specks of light."""
    cored: float = 0.5
    """Share of the row's length along which the network sees it, from which on its core is left as it is."""
    outside: float = 0.15
    """Distance about the box in which no line of type runs on, and about its row in which it may."""


DEFAULT = LabelBoxParams()


@dataclass(frozen=True, slots=True)
class LabelBox:
    """A box about one row of type, in pixels of the ink it was found in; `dark` where its ground is."""

    box: Box
    row: Box
    dark: bool

    def interior(self, p: LabelBoxParams = DEFAULT) -> Box:
        """The part of the box in which its type stands."""
        return self.box.grown(-round((p.rim if self.dark else p.side) * EM))

    def about_row(self, p: LabelBoxParams = DEFAULT) -> Box:
        """The row's place in the box, with a margin."""
        return self.row.grown(round(p.outside * EM)) & self.box

    def put(self, walls: Mask, type_ink: Mask) -> None:
        """Make the box's sides walls, and leave no ink of type in the box but its row's, in place."""
        _fill(walls, self.box, self.interior(), 255)
        _fill(type_ink, self.box, self.about_row(), 0)


def _fill(mask: Mask, box: Box, but: Box, value: int) -> None:
    """Give the pixels of a box a value, those of the box within it kept."""
    kept = mask[but.y0 : but.y1, but.x0 : but.x1].copy()
    mask[box.y0 : box.y1, box.x0 : box.x1] = value
    mask[but.y0 : but.y1, but.x0 : but.x1] = kept


def find_label_boxes(ink: Mask, pieces: Stats, params: LabelBoxParams = DEFAULT) -> list[LabelBox]:
    """The boxes about rows of type; `pieces` are the components of `ink`, whose body type is EM pixels."""
    p, wide, high = params, pieces[:, WIDTH], pieces[:, HEIGHT]
    sized = (high >= p.across[0] * EM) & (high <= p.across[1] * EM)
    sized &= (wide >= p.slender * high) & (wide <= p.bar * EM)
    found = (_label_box(b, ink[b.y0 : b.y1, b.x0 : b.x1], p) for b in boxes_of(pieces[sized]))
    return [label for label in found if label is not None]


def _label_box(b: Box, part: Mask, p: LabelBoxParams) -> LabelBox | None:
    """The box about a row of type whose ink is the part; None where it is none. One component is as large as it."""
    labels, stats = labelled(part)
    whole = (stats[1:, WIDTH] == b.width) & (stats[1:, HEIGHT] == b.height)
    own = labels == int(np.flatnonzero(whole)[0]) + 1
    dark = _is_ground(own, p)
    if not dark and not _is_frame(own, p):
        return None
    inside = LabelBox(b, b, dark).interior(p)
    place = np.s_[inside.y0 - b.y0 : inside.y1 - b.y0, inside.x0 - b.x0 : inside.x1 - b.x0]
    stats = components(np.where(~own[place] if dark else (part > 0)[place] & ~own[place], _FULL, np.uint8(0)))
    extent = np.maximum(stats[:, WIDTH], stats[:, HEIGHT])
    if (extent >= p.glyph * b.height).sum() < max(p.glyphs, p.row * inside.width / b.height):
        return None
    g = Box.hull(boxes_of(stats[extent >= p.mark * b.height]))
    return LabelBox(b, Box(inside.x0 + g.x0, inside.y0 + g.y0, inside.x0 + g.x1, inside.y0 + g.y1), dark)


def _is_ground(own: Flags, p: LabelBoxParams) -> bool:
    """Whether a component is a dark ground with glyphs in it, and none at its rim."""
    rim, border = round(p.rim * EM), np.ones(own.shape, dtype=np.bool_)
    border[rim:-rim, rim:-rim] = False
    return p.filled[0] <= float(own.mean()) <= p.filled[1] and float(own[border].mean()) >= p.solid


def _is_frame(own: Flags, p: LabelBoxParams) -> bool:
    """Whether a component is the four sides of a small frame and nothing else."""
    side = round(p.side * EM)
    sides = (own[:side].any(axis=0), own[-side:].any(axis=0), own[:, :side].any(axis=1), own[:, -side:].any(axis=1))
    drawn = min(float(s.mean()) for s in sides) >= p.drawn
    return drawn and own.shape[1] <= p.longest * EM and own[side:-side, side:-side].sum() < p.inner * own.sum()


def with_label_boxes(seg: Segmentation, found: Sequence[LabelBox], params: LabelBoxParams = DEFAULT) -> Segmentation:
    """The segmentation with line cores that end at the boxes' sides, and light type on the dark ones."""
    if not found:
        return seg
    out, k = seg.copied("core", "label", "text", "rule", "reversed"), seg.scale
    for label in found:
        inner, about = (_place(b, k) for b in (label.about_row(params), label.box.grown(round(params.outside * EM))))
        kept = out.core[inner].copy()
        out.core[about] = 0
        out.core[inner] = kept
        if label.dark:
            _set_light(out, label, params)
    return out


def _set_light(seg: Segmentation, label: LabelBox, p: LabelBoxParams) -> None:
    """Give a dark box light type, and its row a core where the network sees little of it, in place."""
    k, row = seg.scale, label.row
    inner, place = _place(label.box.grown(-round(p.side * EM)), k), _place(row, k)
    text = np.isin(seg.label[inner], (BODY, DISPLAY))
    seg.label[inner] = np.where(text, seg.label[inner], BODY)
    seg.reversed[inner] = _FULL
    if float((seg.core[place] > HALF).any(axis=0).mean()) < p.cored:
        seg.text[place], seg.rule[place] = _FULL, 0
        seg.core[inner] = 0
        quarter = row.height // 4
        seg.core[_place(Box(row.x0, row.y0 + quarter, row.x1, row.y1 - quarter), k)] = _FULL


def _place(b: Box, k: float) -> tuple[slice, slice]:
    """The place of a box in the network's picture, whose scale is `k`."""
    return np.s_[max(0, int(b.y0 * k)) : round(b.y1 * k), max(0, int(b.x0 * k)) : round(b.x1 * k)]
