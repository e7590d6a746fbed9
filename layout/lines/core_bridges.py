"""Bridges: places where the network's line cores run on over a narrow gutter, in which there is no ink."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import AREA, HEIGHT, WIDTH, box_of, labelled
from layout.geometry import Box
from layout.ink import Mask, grown, mask_of
from layout.params import EM
from layout.prepare.segmentation import SCALE


@dataclass(frozen=True, slots=True)
class BridgeParams:
    """Bounds of a bridge; lengths in em of the body type."""

    thickest: float = 0.9
    """Thickness of the core of body type, at most: the white within a large glyph may be as wide as a gutter."""
    white: float = 0.9
    """Width of the white about the middle of a bridge, at least; a mark leaves less in its square."""
    mark: float = 1.2
    """Extent of a core, at most, that may be nothing but a bridge: a mark that only the network sees."""
    part: float = 1.5
    """Length of a core on either side of its bridge, at least: two glyphs."""
    reach: float = 6.0
    """Distance across within which rows on both sides of a bridge are looked for."""
    row: float = 0.6
    """Half of the height of the bridge's own row."""
    side: float = 2.5
    """Distance along within which other rows end and begin at the gutter: a paragraph's first row is set in."""
    rows: float = 1.4
    """Height of the other rows on either side, together, at least: two rows."""
    column: tuple[float, float] = (4.0, 5.5)
    """Distance along at which a column on either side has ink: the names of a list, a table's cells are narrower."""


DEFAULT = BridgeParams()
_SIZE = EM * SCALE
"""Size of the body type in the network's picture, in pixels."""


def without_bridges(cores: Mask, ink: Mask, params: BridgeParams = DEFAULT) -> Mask:
    """The cores, 255 in the network's picture, without the bridges of level lines over gutters.

    `ink` is that of type, of the normalized picture's shape.
    """
    p = params
    labels, stats = labelled(cores)
    length = stats[:, WIDTH]
    apart = np.maximum(length, stats[:, HEIGHT]) < p.mark * _SIZE
    level = (stats[:, AREA] < p.thickest * _SIZE * length) & (length > stats[:, HEIGHT])
    told = apart | level
    told[0] = False
    inked = cv2.resize(ink, (cores.shape[1], cores.shape[0]), interpolation=cv2.INTER_AREA) > 0
    near = grown(mask_of(inked), p.white * _SIZE, p.white * _SIZE)
    bridges, found = labelled(mask_of(told[labels] & (near == 0)))
    owners = np.zeros(len(found), dtype=np.int32)
    owners[bridges.ravel()] = labels.ravel()
    out = cores.copy()
    for n in range(1, len(found)):
        b, owner = box_of(found[n]), owners[n]
        core = box_of(stats[owner])
        if not apart[owner] and min(b.x0 - core.x0, core.x1 - b.x1) <= p.part * _SIZE:
            continue
        if _in_gutter(b, inked, p):
            gone = core if apart[owner] else b
            out[gone.y0 : gone.y1, gone.x0 : gone.x1] = 0
    return out


def _in_gutter(bridge: Box, inked: npt.NDArray[np.bool_], p: BridgeParams) -> bool:
    """Whether the bridge lies in a white that goes on over the rows above and below, with columns on both sides."""
    reach, row, side = round(p.reach * _SIZE), round(p.row * _SIZE), round(p.side * _SIZE)
    middle = (bridge.y0 + bridge.y1) // 2
    top = max(0, middle - reach)
    part = inked[top : middle + reach]
    strip = np.asarray(part[:, bridge.x0 : bridge.x1].any(axis=1))
    above, below = np.flatnonzero(strip[: middle - top]), np.flatnonzero(strip[middle - top :])
    first = int(above[-1]) + 1 if len(above) else 0
    last = middle - top + int(below[0]) if len(below) else len(part)
    other = np.ones(last - first, dtype=np.bool_)
    other[max(0, middle - top - first - row) : middle - top - first + row] = False
    left = part[first:last, max(0, bridge.x0 - side) : bridge.x0].any(axis=1) & other
    right = part[first:last, bridge.x1 : bridge.x1 + side].any(axis=1) & other
    near, far = (round(v * _SIZE) for v in p.column)
    wide_left = part[first:last, max(0, bridge.x0 - far) : max(0, bridge.x0 - near)].any()
    wide_right = part[first:last, bridge.x1 + near : bridge.x1 + far].any()
    return bool(wide_left and wide_right) and min(int(left.sum()), int(right.sum())) >= p.rows * _SIZE
