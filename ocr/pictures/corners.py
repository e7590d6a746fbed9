"""Brackets of vertical type (﹁ ﹂ ﹃ ﹄, ︽ ︾, ︵ ︶), told from other glyphs by their ink."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
"""Shape (rows, columns): whether a pixel is ink."""

FLAT: Final = 0.62
"""Height of a bracket's ink in its width, at most: ﹁ is printed 0.2 to 0.5 times as high as it is wide, ﹃ to 0.58."""
LONG: Final = 0.5
"""Width of a bracket's ink in line heights, at least: a comma is shorter."""
EDGE, OUTLINED_EDGE = 0.2, 0.36
"""Share of a bracket's width, at either end, in which its short arm stands, and the wider one of an outlined corner."""
ARM: Final = 1.7
"""Length of the short arm in thicknesses of the bar, at least: the heavy end of 一 is shorter, and stands above the
bar."""
COVERED: Final = 0.85
"""Share of the columns that the bar runs through, at least."""
ROOF: Final = 0.14
"""Height in widths, at least, by which the middle of ︽ or ︵ stands over either end; the ends differ by half of it."""
ARCHED: Final = 0.65
"""Height of a round bracket's ink in its width, at most: ︵ is printed 0.4 to 0.6 times as high as it is wide."""
BOWED: Final = 0.12
"""Share of its width by which either end of a round bracket lies off its middle, at least; of 一 it is 0.05."""
STROKE: Final = 0.42
"""Mean thickness of a round bracket's stroke in its width, at most."""
UNBROKEN: Final = 0.97
"""Share of the columns that a round bracket has ink in, at least: between the legs of 八 there is white."""
SMOOTHED: Final = 3
"""Number of columns over which a roof's edge is averaged: its steps of a pixel vanish, its slope stays."""
OUTLINE_STROKES: Final = 2
"""Number of strokes that a column crosses in the bar of an outlined corner, at least: its upper and its lower edge."""
OUTLINED: Final = 0.5
"""Share of the bar's columns that cross both strokes, above which the bar is an outline."""
CURVED: Final = 0.45
"""Share of the way down to its ends that a round bracket has gone halfway to them, at most: the printed arcs have gone
0.2 to 0.36 of it, and the legs of flattened 入 and 人, which are straight or hollow, 0.53 to 0.75."""


def _corner(own: Mask) -> str | None:
    """「, 」, 『 or 』 where ink without white around it is that corner; else None."""
    wide = own.shape[1]
    for char, turned in (("「", own), ("」", own[::-1, ::-1])):
        for share in (EDGE, OUTLINED_EDGE):
            thick = _thickness(turned, max(1, round(share * wide)))
            outlined = thick > 0 and _is_outlined(turned[:thick, : wide // 2])
            if outlined or (thick > 0 and share == EDGE):
                return _double(char) if outlined else char
    return None


def bracket(ink: Mask, height: float, stretch: float = 1.0) -> str | None:
    """「, 」, 『, 』, 《, 》, （ or ） where the ink of a vertical line's glyph is what is printed for it; else None.

    `ink` has shape (rows, columns) in pixels of a picture of that height, `stretch` times as wide as printed. Opening,
    a corner's bar lies above and the arm hangs from its right end; closing, the bar lies below and the arm stands on
    its left end. An outlined corner is double. A roof of two strokes is 《, one thin arc （; 》 and ） lie on their
    backs.
    """
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if len(rows) == 0:
        return None
    own = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    tall, wide = own.shape
    if wide < LONG * height * stretch or tall > ARCHED * wide / stretch:
        return None
    if (round_one := _round(own)) is not None or tall > FLAT * wide / stretch:
        return round_one
    if (corner := _corner(own)) is not None:
        return corner
    roofs = (("《", own), ("》", own[::-1]))
    return next((char for char, turned in roofs if _is_outlined(turned) and _is_roof(turned)), None)


def _thickness(own: Mask, edge: int) -> int:
    """The thickness of the bar of ﹁, whose arm stands in the last `edge` columns; 0 where the ink is none."""
    tall, wide = own.shape
    bar, arm = own[:, :-edge], own[:, -edge:]
    depth = np.flatnonzero(bar.any(axis=1))
    if len(depth) == 0 or depth[0] > 1 + 0.05 * wide:
        return 0
    thick = int(depth[-1]) + 1
    reach = int(np.flatnonzero(arm.any(axis=1))[-1]) + 1
    return thick if bar.any(axis=0).mean() >= COVERED and reach >= tall - 1 and tall >= ARM * thick else 0


def _round(own: Mask) -> str | None:
    """（ or ） where the ink is a thin arc; else None."""
    wide = own.shape[1]
    if own.any(axis=0).mean() < UNBROKEN or (_strokes(own) == 1).mean() < COVERED or own.sum() > STROKE * wide * wide:
        return None
    middles = np.array([np.flatnonzero(c).mean() for c in own.T if c.any()]) / wide
    fifth = max(1, len(middles) // 5)
    middle = middles[2 * fifth : 3 * fifth + 1].mean()
    ends = middles[:fifth].mean() - middle, middles[-fifth:].mean() - middle
    halfway = middles[fifth : 2 * fifth].mean() + middles[-2 * fifth : -fifth].mean() - 2 * middle
    if abs(halfway) > CURVED * abs(sum(ends)):
        return None
    if min(ends) > BOWED:
        return "（"
    return "）" if max(ends) < -BOWED else None


def _is_roof(own: Mask) -> bool:
    """Whether the ink falls from its middle to both ends, its upper edge and its lower one."""
    tall, wide = own.shape
    third = wide // 3
    if third < SMOOTHED or not own.any(axis=0).all():
        return False
    for edge in (own.argmax(axis=0), tall - 1 - own[::-1].argmax(axis=0)):
        smooth = np.convolve(edge, np.ones(SMOOTHED) / SMOOTHED, mode="valid")
        ends, middle = (smooth[:2].mean(), smooth[-2:].mean()), smooth[third:-third].min()
        if min(ends) - middle < ROOF * wide or abs(ends[0] - ends[1]) > ROOF / 2 * wide:
            return False
        falls = np.diff(smooth)
        half = int(smooth.argmin())
        if (falls[:half] > 1).any() or (falls[half:] < -1).any():
            return False
    return True


def _double(char: str) -> str:
    return {"「": "『", "」": "』"}[char]


def _is_outlined(bar: Mask) -> bool:
    """Whether white runs along most of a bar, between two thin strokes."""
    return bool((_strokes(bar) >= OUTLINE_STROKES).mean() > OUTLINED)


def _strokes(ink: Mask) -> npt.NDArray[np.intp]:
    """The number of strokes that each column crosses, shape (columns,)."""
    return np.asarray(ink[0] + np.count_nonzero(ink[1:] & ~ink[:-1], axis=0), dtype=np.intp)
