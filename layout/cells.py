"""The cells of a line of large type: hanzi stand at even distances, so a line tells where its next glyph must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Final

import numpy as np
import numpy.typing as npt

from layout.components import Stats
from layout.geometry import Box

FEWEST: Final = 3
"""Glyphs from which a pitch can be told."""

UNEVEN: Final = 0.15
"""Of the pitch, by which glyphs' distances may differ."""

LONGEST_STROKE: Final = 0.5
"""Of a glyph's side: a hanzi in parts has a piece that long; in a cell with the type of a column all are short."""


HALF: Final = 0.6
"""Of a glyph's side, that a bracket takes at most."""

BRACKETS: Final = 2
"""On a row beyond the glyphs that are known: one opens, one closes."""

TOUCH: Final = 0.15
"""Of a glyph's side, by which a bracket may begin before its neighbour ends."""

LONGEST_PIECE: Final = 1.6
"""Of a glyph's extent along the row, that one with a bracket has which touches it."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of large glyphs from left to right (a file is looked at turned), and the ink about it.

    `pitch` is the distance from glyph to glyph, `size` a large glyph's extent along the row and `across` that across
    it, `middle` the row's height on the page; all in pixels. `ends` are the middles of the first glyph and the last.
    """

    pitch: float
    size: float
    across: float
    middle: float
    ends: tuple[float, float]
    pieces: Stats

    @classmethod
    def of(cls, glyphs: Sequence[Box], pieces: Stats, *, upright: bool) -> Cells | None:
        """The cells of a row that is set evenly; None where it is too short, or uneven. Pieces are not turned yet."""
        glyphs = _put_together(glyphs)
        if len(glyphs) < FEWEST:
            return None
        size, across = (float(np.percentile(s, 75)) for s in ([g.width for g in glyphs], [g.height for g in glyphs]))
        whole = [g for g in glyphs if 0.75 * size < g.width < 1.25 * size and g.height > 0.75 * across]
        whole.sort(key=lambda g: g.x0)
        if len(whole) < FEWEST:
            return None
        steps = _single([b.centre[0] - a.centre[0] for a, b in pairwise(whole)])
        pitch = float(np.median(steps))
        if not 0.95 * size < pitch < 2 * size or sum(abs(s - pitch) < UNEVEN * pitch for s in steps) < len(steps) / 2:
            return None
        turned = pieces[:, [1, 0, 3, 2, 4]] if upright else pieces
        middle = float(np.median([g.centre[1] for g in whole]))
        near = np.abs(turned[:, 1] + turned[:, 3] / 2 - middle) < across
        ends = (min(g.centre[0] for g in whole), max(g.centre[0] for g in whole))
        return cls(pitch, size, across, middle, ends, turned[near])

    def beyond(self) -> list[Box]:
        """The glyphs that stand in the cells before the first and after the last, as far as every cell holds one."""
        return [*self._followed(-1), *self._followed(1)]

    def _followed(self, way: int) -> list[Box]:
        at = self.ends[way > 0]
        return self._walk(at, at + way * self.size / 2, way, BRACKETS)

    def _walk(self, at: float, edge: float, way: int, brackets: int) -> list[Box]:
        """The glyphs behind the one about `at` that ends at `edge`: of two ways to go on, the one that leads further.

        What stands next is a glyph in its square, or a bracket and the glyph behind that; the left part of 訂 could be
        either, until one sees where the others stand.
        """
        plain = self._glyph(at + way * self.pitch)
        found = [plain, *self._walk(*self._ends_of(plain, at, way), way, brackets)] if plain else []
        mark = self._bracket(edge, way) if brackets else None
        glyph = self._behind(mark, way) if mark else None
        if mark and glyph:
            end = glyph.x1 if way > 0 else glyph.x0
            other = [mark, glyph, *self._walk(glyph.centre[0], end, way, brackets - 1)]
            if _reach(other, way) > (_reach(found, way) if found else way * edge) + self.size / 2:
                return other
        return found

    def _ends_of(self, glyph: Box, before: float, way: int) -> tuple[float, float]:
        """The middle of the glyph's square, and where it ends; `before` is the middle of the square before it."""
        end = glyph.x1 if way > 0 else glyph.x0
        if glyph.width > self.size:  # two that touch, or one with a mark: the next stands behind its far edge
            return end - way * self.size / 2, end
        return (glyph.centre[0] if glyph.width > 0.75 * self.size else before + way * self.pitch), end

    def _bracket(self, edge: float, way: int) -> Box | None:
        """A bracket right behind a glyph's far edge: as wide as the row is high, in half a square of its own."""
        x, _, w, h = self.pieces[:, :4].T
        near, far = (x, x + w) if way > 0 else (x + w, x)
        close = (
            (way * (near - edge) > -TOUCH * self.size)
            & (way * (far - edge) < HALF * self.size)
            & (h > 0.6 * self.across)
        )
        return self._union(close)

    def _behind(self, mark: Box, way: int) -> Box | None:
        """The glyph that begins behind a bracket, wherever it does in the next square."""
        x, _, w, _ = self.pieces[:, :4].T
        begins = x[x >= mark.x1] if way > 0 else -(x + w)[x + w <= mark.x0]
        if not len(begins) or float(begins.min()) - (mark.x1 if way > 0 else -mark.x0) > self.pitch:
            return None
        return self._glyph(way * float(begins.min()) + way * self.size / 2)

    def _union(self, which: npt.NDArray[np.bool_]) -> Box | None:
        own = self.pieces[which]
        rows = (Box(int(r[0]), int(r[1]), int(r[0] + r[2]), int(r[1] + r[3])) for r in own)
        return reduce(or_, rows) if len(own) else None

    def _glyph(self, middle: float) -> Box | None:
        """What stands in the cell about that place, if it can be a glyph of this row."""
        x, y, w, h = self.pieces[:, :4].T
        inside = (np.abs(x + w / 2 - middle) < 0.5 * self.pitch) & (np.abs(y + h / 2 - self.middle) < 0.6 * self.across)
        own = self.pieces[inside]
        box = self._union(inside)
        if box is None:
            return None
        along, across = box.width / self.size, box.height / self.across
        off, beside = abs(box.centre[0] - middle) / self.size, abs(box.centre[1] - self.middle) / self.across
        stroke = float(np.maximum(own[:, 2] / self.size, own[:, 3] / self.across).max())
        fits = max(along, across) > 0.6 and along < LONGEST_PIECE and across < 1.15 and off < 0.3 and beside < 0.2
        return box if fits and stroke > LONGEST_STROKE else None


def _reach(glyphs: Sequence[Box], way: int) -> float:
    """How far they lead, in the direction of `way`."""
    return max(way * (g.x1 if way > 0 else g.x0) for g in glyphs)


def _single(steps: Sequence[float]) -> list[float]:
    """The distances of glyphs that follow each other; where one between two was seen in part, theirs is halved."""
    base = float(np.median([s for s in steps if s < 1.5 * min(steps)]))
    times = [max(1, round(s / base)) for s in steps]
    return [s / n if abs(s / base - n) < UNEVEN * n else s for s, n in zip(steps, times, strict=True)]


def _put_together(pieces: Sequence[Box]) -> list[Box]:
    """The glyphs from left to right: pieces that overlap along the row are of one, if that is no wider than high."""
    out: list[Box] = []
    for p in sorted(pieces, key=lambda p: p.x0):
        if out and out[-1].overlap_x(p) > 0 and (out[-1] | p).width < max(1.2 * (out[-1] | p).height, p.width):
            out[-1] |= p
        else:
            out.append(p)
    return out
