"""Runs of a PDF's text layer: glyphs that follow one another along one line, in the layer's order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from layout.geometry import Box
from layout.page import Direction
from layout.pdf_glyph import TypedGlyph

_GAP: Final = 1.3
"""Ems between two glyphs of one run at most: an ideographic space is one, and a justified line is wider."""
_BACK: Final = 0.6
"""Distance in ems by which a glyph may begin before the end of the one before it."""
_ALIGNED: Final = 0.55
"""Distance in ems by which the middles of two glyphs of one run may lie apart across it: a comma sits low."""
_LARGER: Final = 1.7
"""Ratio of two sizes of type that are not of one run."""


@dataclass(frozen=True, slots=True)
class TypedRun:
    """Glyphs that follow one another along a line, by their indices in the layer; `box` bounds their ink."""

    glyphs: tuple[int, ...]
    box: Box
    direction: Direction

    @property
    def first(self) -> int:
        return self.glyphs[0]


def runs_of(glyphs: Sequence[TypedGlyph]) -> list[TypedRun]:
    """The runs of a layer in its order; text drawn again in the same place is of the run that it repeats."""
    found: list[TypedRun] = []
    current: list[int] = []
    way: Direction | None = None
    for at, glyph in enumerate(glyphs):
        if current and _is_again(glyphs[current[-1]], glyph):
            current.append(at)
            continue
        goes = _way(glyphs[current[-1]], glyph, way) if current else None
        if current and goes is None:
            found.append(_run(current, glyphs, way))
            current, way = [], None
        else:
            way = goes or way
        current.append(at)
    if current:
        found.append(_run(current, glyphs, way))
    return _without_repeats(found)


def _is_again(one: TypedGlyph, other: TypedGlyph) -> bool:
    """Whether the second glyph is the first, drawn once more a hair apart."""
    a, b = one.box, other.box
    wide, high = min(a.width, b.width), min(a.height, b.height)
    return one.char == other.char and 2 * a.overlap_x(b) > wide and 2 * a.overlap_y(b) > high


def _way(one: TypedGlyph, other: TypedGlyph, way: Direction | None) -> Direction | None:
    """The direction in which `other` follows `one`, None where it does not."""
    a, b = one.place, other.place
    small, em = sorted((max(1, a.width, a.height), max(1, b.width, b.height)))
    told = one.advance is not None and other.advance is not None
    if em > _LARGER * small and (told or small > em / 2):
        return None
    level = abs(a.centre[1] - b.centre[1]) <= _ALIGNED * em and -_BACK * em <= b.x0 - a.x1 <= _GAP * em
    upright = abs(a.centre[0] - b.centre[0]) <= _ALIGNED * em and -_BACK * em <= b.y0 - a.y1 <= _GAP * em
    if level and b.x0 > a.x0 and way is not Direction.VERTICAL_RL:
        return Direction.HORIZONTAL
    if upright and b.y0 > a.y0 and way is not Direction.HORIZONTAL:
        return Direction.VERTICAL_RL
    return None


def _run(indices: Sequence[int], glyphs: Sequence[TypedGlyph], way: Direction | None) -> TypedRun:
    box = Box.hull(glyphs[at].box for at in indices)
    return TypedRun(tuple(indices), box, way or Direction.HORIZONTAL)


def _without_repeats(runs: Sequence[TypedRun]) -> list[TypedRun]:
    """The runs, those drawn in one place as one."""
    found: list[TypedRun] = []
    rows: dict[int, list[int]] = defaultdict(list)
    for run in runs:
        stripe = round(run.box.centre[1]) // 32
        near = (n for s in (stripe - 1, stripe, stripe + 1) for n in rows[s])
        same = next((n for n in near if _in_one_place(found[n], run)), None)
        if same is None:
            rows[stripe].append(len(found))
            found.append(run)
        else:
            found[same] = replace(found[same], glyphs=(*found[same].glyphs, *run.glyphs))
    return found


def _in_one_place(one: TypedRun, other: TypedRun) -> bool:
    a, b = one.box, other.box
    hair = max(2, min(a.height, a.width, b.height, b.width) // 6)
    return max(abs(a.x0 - b.x0), abs(a.y0 - b.y0), abs(a.x1 - b.x1), abs(a.y1 - b.y1)) <= hair
