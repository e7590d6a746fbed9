"""A bar without a break is a dash: readers that know no — see 一一, and some see one mark where two are set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

import numpy as np

from ocr.crop import LinePicture
from ocr.hocr import Seen

DASH: Final = "—"
LIKE_A_BAR: Final = frozenset("一—–―─－-_￣")
TWO: Final = 1.5
"""Of the line's height: a bar so long is a Chinese dash, two characters; 一 is no longer than its em."""
THIN: Final = 0.25
"""Of the line's height: a bar is no thicker."""


def with_dashes(picture: LinePicture, seen: Sequence[Seen]) -> list[Seen]:
    """The characters, with each bar that runs on unbroken for more than an em as a dash of two characters.

    Two 一 never touch; the halves of a dash do. A bar that was read as one character becomes two, half of it each.
    """
    out: list[Seen] = []
    for is_bar, run in groupby(seen, key=lambda s: s.char in LIKE_A_BAR):
        found = list(run)
        out += _joined(found, picture) if is_bar else found
    return out


def _joined(run: list[Seen], picture: LinePicture) -> Iterator[Seen]:
    """A run of bars, those that are one stroke as a dash."""
    bar = _stroke(run[0], picture)
    if bar is None or (bar[1] - bar[0]) < TWO * picture.height:
        yield from run
        return
    left, right = bar
    within = [s for s in run if s.x0 < right]
    middle = (left + right) // 2
    sure = min(s.confidence for s in within)
    for x0, x1 in ((left, middle), (middle, right)):
        yield replace(within[0], char=DASH, x0=x0, x1=x1, confidence=sure)
    rest = run[len(within) :]
    if rest:
        yield from _joined(rest, picture)


def _stroke(seen: Seen, picture: LinePicture) -> tuple[int, int] | None:
    """Where the unbroken ink around a character begins and ends, if it is thin all along."""
    ink = picture.ink
    inked = np.asarray(ink.any(axis=0), dtype=np.bool_)
    at = min((seen.x0 + seen.x1) // 2, len(inked) - 1)
    if not inked[at]:
        return None
    white = np.flatnonzero(~inked)
    left = int(white[white < at].max(initial=-1)) + 1
    right = int(white[white > at].min(initial=len(inked)))
    rows = np.flatnonzero(np.asarray(ink[:, left:right].any(axis=1)))
    return (left, right) if rows[-1] - rows[0] + 1 <= THIN * picture.height else None
