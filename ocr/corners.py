"""Brackets of vertical type (﹁ ﹂ ﹃ ﹄ ︵ ︶), told from other glyphs by their ink."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
"""Shape (rows, columns): whether a pixel is ink."""

FLAT: Final = 0.55
"""Height of a corner bracket's ink in its width, at most: ﹁ is printed 0.2 to 0.45 times as high as it is wide."""
LONG: Final = 0.5
"""Width of its ink in the line's height, at least: a comma is shorter."""
EDGE: Final = 0.2
"""Share of its width, at either end, in which its short arm stands."""
ARM: Final = 1.7
"""Length of the arm in thicknesses of the bar, at least: the heavy end of 一 is shorter, and stands above the bar."""
COVERED: Final = 0.85
"""Share of the columns that the bar runs through, at least."""

ARCHED: Final = 0.65
"""Height of a round bracket's ink in its width, at most: ︵ is printed 0.4 to 0.6 times as high as it is wide."""
BOWED: Final = 0.12
"""Share of its width by which either end of a round bracket lies off its middle, at least; of 一 it is 0.05."""
STROKE: Final = 0.42
"""Mean thickness of its stroke in its width, at most."""


def bracket(ink: Mask, height: float) -> str | None:
    """「, 」, 『, 』, （ or ） where the ink of a vertical line's glyph is what is printed for it; else None.

    `ink` has shape (rows, columns) in pixels of a picture of that height. Opening, the bar lies above and the arm hangs
    from its right end; closing, the bar lies below and the arm stands on its left end. An outlined corner is double.
    A round bracket is one thin stroke whose ends both lie below its middle, or both above.
    """
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if len(rows) == 0:
        return None
    own = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    tall, wide = own.shape
    if wide < LONG * height or tall > ARCHED * wide:
        return None
    if (round_one := _round(own)) is not None or tall > FLAT * wide:
        return round_one
    edge = max(1, round(EDGE * wide))
    for char, turned in (("「", own), ("」", own[::-1, ::-1])):
        bar, arm = turned[:, :-edge], turned[:, -edge:]
        depth = np.flatnonzero(bar.any(axis=1))
        if len(depth) == 0 or depth[0] > 1 + 0.05 * wide:
            continue
        thick = int(depth[-1]) + 1
        reach = int(np.flatnonzero(arm.any(axis=1))[-1]) + 1
        if bar.any(axis=0).mean() >= COVERED and reach == tall >= ARM * thick:
            return _double(char) if _is_outlined(bar[:thick]) else char
    return None


def _round(own: Mask) -> str | None:
    """（ or ） where the ink is a thin arc; else None."""
    wide = own.shape[1]
    columns = own.T.astype(np.int8)
    strokes = [int(np.count_nonzero(np.diff(np.concatenate(([0], c, [0]))) == 1)) for c in columns]
    if float(np.mean([n == 1 for n in strokes])) < COVERED or own.sum() > STROKE * wide * wide:
        return None
    middles = np.array([np.flatnonzero(c).mean() for c in columns if c.any()]) / wide
    fifth = max(1, len(middles) // 5)
    middle = middles[2 * fifth : 3 * fifth + 1].mean()
    ends = middles[:fifth].mean() - middle, middles[-fifth:].mean() - middle
    if min(ends) > BOWED:
        return "（"
    return "）" if max(ends) < -BOWED else None


def _double(char: str) -> str:
    return {"「": "『", "」": "』"}[char]


def _is_outlined(bar: Mask) -> bool:
    """Whether white runs along most of a bar, between two thin strokes."""
    runs = [int(np.count_nonzero(np.diff(np.concatenate(([0], column, [0]))) == 1)) for column in bar.T.astype(np.int8)]
    return float(np.mean([n >= 2 for n in runs])) > 0.5
