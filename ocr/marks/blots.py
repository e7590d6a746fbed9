"""Specks of dirt that a reader takes for full stops: a printed 。 is a thin ring, and a speck is filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from layout.sheet import Gray
from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture

STOP: Final = "。"
"""The full stop that is printed as a ring."""
SPOTS: Final = frozenset((STOP, "·", "•"))
"""What readers see in a speck. A point is printed filled, so that only one blacker than all print is dirt."""
LEGIBLE: Final = 20.0
"""Type size in pixels of the scan from which a ring is more than its blur."""
MIDDLE: Final = 0.3
"""Share of a mark's width and height that is its middle."""
FILLED: Final = 0.85
"""Darkness of a mark's middle in that of its darkest part, at least, where it is filled: rings of blurred scans have
0.3 to 0.8, specks 0.95."""
BLACK: Final = 0.9
"""Darkness of a speck in that of the line's strokes, at least: the thin stroke of a ring has 0.5 to 0.8 of it, specks
1.0 to 1.8."""
BLACKER: Final = 1.2
"""The same of a spot that cannot be print, at least."""
HIGH: Final = 0.15
"""Height of a mark in line heights, at least: of what is flatter the ink was not found whole."""
DARKEST: Final = 10
"""Percentile of a mark's or a line's grey levels that is its darkest part."""
DOUBTFUL: Final = 0.3
"""Confidence, at most, of a full stop that is a filled spot."""


def without_blots(picture: LinePicture, seen: Sequence[Seen], size: float) -> list[Seen]:
    """The characters of a level line without full stops and points that are filled spots, blacker than its strokes.

    A full stop that is filled and as dark as they are stays in doubt, with nothing for its other reading. `size` is the
    type's in pixels of the scan.
    """
    if size < LEGIBLE or not any(s.char in SPOTS for s in seen) or not picture.ink.any():
        return list(seen)
    pixels, ink = picture.pixels[round(picture.top) : round(picture.bottom)], picture.ink
    paper = float(np.median(pixels[~ink]))
    strokes = paper - float(np.percentile(pixels[ink], DARKEST))
    out: list[Seen] = []
    for s in seen:
        high = s.char in SPOTS and s.y1 - s.y0 >= HIGH * picture.height
        dark = _darkness_of_filled(picture.pixels[s.y0 : s.y1, s.x0 : s.x1], paper) if high else 0.0
        if dark < BLACKER * strokes:
            filled = s.char == STOP and dark >= BLACK * strokes
            out.append(replace(s, confidence=min(s.confidence, DOUBTFUL), other="") if filled else s)
    return out


def _darkness_of_filled(part: Gray, paper: float) -> float:
    """How much darker than the paper's grey level a mark, shape (height, width), is; 0 where its middle is paler."""
    rows, columns = (slice(round((0.5 - MIDDLE / 2) * n), max(1, round((0.5 + MIDDLE / 2) * n))) for n in part.shape)
    darkest = paper - float(np.percentile(part, DARKEST))
    return darkest if paper - float(part[rows, columns].mean()) >= FILLED * darkest else 0.0
