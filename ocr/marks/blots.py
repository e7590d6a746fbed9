"""Specks of dirt that a reader takes for full stops: a printed 。 is a thin ring, and a speck is filled.

A printed point is filled too, and in a light face blacker than the strokes: room is set for it, for a speck none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from layout.sheet import Gray
from ocr.characters.foreign import FOREIGN, is_in_name
from ocr.characters.script import is_hanzi
from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture

STOP: Final = "。"
"""The full stop that is printed as a ring."""
SPOTS: Final = frozenset((STOP, "·", "•"))
"""What readers see in a speck. A point is printed filled, so that only one blacker than all print can be dirt."""
ROOM: Final = 1.35
"""Distance in ems between the middles of two hanzi, at least, where room is set between them: a point takes half an em
or a whole one, and hanzi without a mark between them are an em apart."""
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

    A full stop that is filled and as dark as they are stays in doubt, with nothing for its other reading; so does a
    point for which room is set. One in a foreign name is print. `size` is the type's in pixels of the scan.
    """
    if size < LEGIBLE or not any(s.char in SPOTS for s in seen) or not picture.ink.any():
        return list(seen)
    pixels, ink = picture.pixels[round(picture.top) : round(picture.bottom)], picture.ink
    paper = float(np.median(pixels[~ink]))
    strokes = paper - float(np.percentile(pixels[ink], DARKEST))
    out: list[Seen] = []
    for at, s in enumerate(seen):
        dark = _darkness(picture, s, paper)
        if dark < BLACKER * strokes:
            out.append(_doubted(s) if s.char == STOP and dark >= BLACK * strokes else s)
        elif s.char != STOP:
            out += _printed_point(seen, at, picture.height * picture.stretch)
    return out


def _darkness(picture: LinePicture, s: Seen, paper: float) -> float:
    """How dark a spot is where it is filled; 0 for other characters and for specks."""
    if s.char not in SPOTS or s.y1 - s.y0 < HIGH * picture.height:
        return 0.0
    return _darkness_of_filled(picture.pixels[s.y0 : s.y1, s.x0 : s.x1], paper)


def _printed_point(seen: Sequence[Seen], at: int, em: float) -> list[Seen]:
    """A dark point, where it is one of a name; in doubt, where room is set for it; none elsewhere."""
    if is_in_name([s.char for s in seen], at):
        return [seen[at]]
    return [_doubted(seen[at])] if _has_room(seen, at, em) else []


def _doubted(seen: Seen) -> Seen:
    return replace(seen, confidence=min(seen.confidence, DOUBTFUL), other="")


def _has_room(seen: Sequence[Seen], at: int, em: float) -> bool:
    """Whether a mark stands between two hanzi that are set apart for it, or ends a line within a foreign name."""
    if at == len(seen) - 1:
        return at > 1 and seen[at - 1].char in FOREIGN and seen[at - 2].char in FOREIGN
    if at == 0:
        return False
    before, behind = seen[at - 1], seen[at + 1]
    apart = (behind.x0 + behind.x1 - before.x0 - before.x1) / 2
    return is_hanzi(before.char) and is_hanzi(behind.char) and apart >= ROOM * em


def _darkness_of_filled(part: Gray, paper: float) -> float:
    """How much darker than the paper's grey level a mark, shape (height, width), is; 0 where its middle is paler."""
    rows, columns = (slice(round((0.5 - MIDDLE / 2) * n), max(1, round((0.5 + MIDDLE / 2) * n))) for n in part.shape)
    darkest = paper - float(np.percentile(part, DARKEST))
    return darkest if paper - float(part[rows, columns].mean()) >= FILLED * darkest else 0.0
