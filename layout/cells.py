"""The cells of a line of large type: hanzi stand at even distances, so a line tells where its next glyph must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Final

import numpy as np

from layout.components import Stats
from layout.geometry import Box

FEWEST: Final = 3
"""Glyphs from which a pitch can be told."""

UNEVEN: Final = 0.15
"""Of the pitch, by which glyphs' distances may differ."""

LONGEST_STROKE: Final = 0.5
"""Of a glyph's side: a hanzi in parts has a piece that long; in a cell with the type of a column all are short."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of large glyphs from left to right (a file is looked at turned), and the ink about it.

    `pitch` is the distance from glyph to glyph, `size` the side of the largest glyphs, `middle` the row's height on
    the page; all in pixels. `ends` are the middles of the first glyph and of the last.
    """

    pitch: float
    size: float
    middle: float
    ends: tuple[float, float]
    pieces: Stats

    @classmethod
    def of(cls, glyphs: Sequence[Box], pieces: Stats, *, upright: bool) -> Cells | None:
        """The cells of a row that is set evenly; None where it is too short, or uneven. Pieces are not turned yet."""
        if len(glyphs) < FEWEST:
            return None
        size = float(np.percentile([max(g.width, g.height) for g in glyphs], 75))
        whole = sorted((g for g in glyphs if min(g.width, g.height) > 0.75 * size), key=lambda g: g.x0)
        if len(whole) < FEWEST:
            return None
        steps = [b.centre[0] - a.centre[0] for a, b in pairwise(whole)]
        pitch = float(np.median(steps))
        if not 0.95 * size < pitch < 2 * size or sum(abs(s - pitch) < UNEVEN * pitch for s in steps) < len(steps) / 2:
            return None
        turned = pieces[:, [1, 0, 3, 2, 4]] if upright else pieces
        middle = float(np.median([g.centre[1] for g in whole]))
        near = np.abs(turned[:, 1] + turned[:, 3] / 2 - middle) < size
        ends = (min(g.centre[0] for g in whole), max(g.centre[0] for g in whole))
        return cls(pitch, size, middle, ends, turned[near])

    def beyond(self) -> list[Box]:
        """The glyphs that stand in the cells before the first and after the last, as far as every cell holds one."""
        return [*self._followed(-1), *self._followed(1)]

    def _followed(self, way: int) -> list[Box]:
        found: list[Box] = []
        at = self.ends[way > 0]
        while (glyph := self._glyph(at + way * self.pitch)) is not None:
            found.append(glyph)
            whole = glyph.width > 0.75 * self.size
            at = glyph.centre[0] if whole else at + way * self.pitch
        return found

    def _glyph(self, middle: float) -> Box | None:
        """What stands in the cell about that place, if it can be a glyph of this row."""
        x, y, w, h = self.pieces[:, :4].T
        inside = (np.abs(x + w / 2 - middle) < 0.5 * self.pitch) & (np.abs(y + h / 2 - self.middle) < 0.6 * self.size)
        own = self.pieces[inside]
        if not len(own):
            return None
        box = reduce(or_, (Box(int(r[0]), int(r[1]), int(r[0] + r[2]), int(r[1] + r[3])) for r in own))
        large = 0.6 * self.size < max(box.width, box.height) and max(box.width, box.height) < 1.15 * self.size
        off = max(abs(box.centre[0] - middle), abs(box.centre[1] - self.middle))
        stroke = float(np.maximum(own[:, 2], own[:, 3]).max()) > LONGEST_STROKE * self.size
        return box if large and off < 0.2 * self.size and stroke else None
