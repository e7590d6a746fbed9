"""Two bars in a row are a dash, and one between figures: readers that know no — see 一一, or one mark for two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

import numpy as np

from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture

DASH: Final = "—"
UPRIGHT: Final = frozenset("|｜︱丨│")
"""What readers see of a dash in a vertical line."""
LIKE_A_BAR: Final = frozenset("一—–―─－-")
"""What readers see of a bar in a level line."""
TAIL: Final = 0.3
"""Width in ems of the beginning of such a bar in which a thin stroke of the hanzi before it may end."""
TWO_FIGURES: Final = re.compile("[0-9]{2}")
"""The characters on either side of a bar between figures."""
TWO: Final = 1.5
"""Length in line heights, at least, of an unbroken bar that is a whole dash, though it was read as one character."""
ONE: Final = 0.6
"""Length in line heights, at least, of a bar between figures that is a dash; a hyphen is shorter."""
THIN: Final = 0.25
"""Thickness of a bar in line heights, at most."""
LONGEST: Final = 2.6
"""Length in line heights, at most, of a dash at the end of a line; what is longer is a rule or a leader."""
BREAK: Final = 0.15
"""Width in line heights, at most, of a gap within one bar; a wider gap makes two of it."""
MIDDLE: Final = (0.2, 0.8)
"""Places in line heights from the top between which a dash lies; a rule lies below the type."""
UNREAD: Final = 0.9
"""Confidence of a dash that the ink shows and the reader did not see."""
EVEN: Final = 1.4
"""Greatest thickness of a bar in its median thickness, at most. 一 ends in a heavy stroke, but for sans-serif faces."""


def with_dashes(picture: LinePicture, seen: Sequence[Seen]) -> list[Seen]:
    """The characters, with bars in a row even all along as a dash, a bar of two ems as two, one between figures as one.

    In a sans-serif face 一 is such a bar too; two of them in a row are much rarer than a dash, and pass for one; and
    between figures (4—6级) no 一 is printed.
    """
    out: list[Seen] = []
    at = 0
    for is_bar, run in groupby(seen, key=lambda s: s.char in LIKE_A_BAR):
        found = list(run)
        behind = at + len(found)
        beside = "".join(s.char for s in (*seen[max(0, at - 1) : at], *seen[behind : behind + 1]))
        numbers = TWO_FIGURES.fullmatch(beside) is not None
        out += _told_apart(found, picture, between_figures=numbers) if is_bar else found
        at = behind
    tail = _unread_at_end(picture, out)
    if tail:
        out[-1] = replace(out[-1], x1=max(out[-1].x0 + 1, min(out[-1].x1, tail[0].x0)))
    return out + tail


def with_upright_dashes(seen: Sequence[Seen]) -> list[Seen]:
    """The characters of a vertical line, with upright bars among them as a dash, of two ems unless between figures.

    A bar at either end may be a scrap of a rule.
    """
    out: list[Seen] = []
    at = 0
    for is_bar, run in groupby(seen, key=lambda s: s.char in UPRIGHT):
        found = list(run)
        behind = at + len(found)
        if is_bar and at > 0 and behind < len(seen):
            left, right = found[0].x0, max(found[0].x0 + 2, found[-1].x1)
            middle = (left + right) // 2
            numbers = seen[at - 1].char.isdigit() and seen[behind].char.isdigit()
            halves = ((left, right),) if numbers else ((left, middle), (middle, right))
            sure = min(s.confidence for s in found)
            out += [replace(found[0], char=DASH, x0=a, x1=b, confidence=sure, other=None) for a, b in halves]
        else:
            out += found
        at = behind
    return out


def _unread_at_end(picture: LinePicture, seen: Sequence[Seen]) -> list[Seen]:
    """The two halves of a dash in which the line's ink ends, where the reader saw none: networks drop the last bar."""
    if not seen or seen[-1].char in LIKE_A_BAR:
        return []
    thick = picture.ink.sum(axis=0)
    inked = np.flatnonzero(thick)
    if len(inked) == 0:
        return []
    heavy = np.flatnonzero(thick > THIN * picture.height)
    behind = inked[inked > (heavy[-1] if len(heavy) else -1)]
    if len(behind) == 0 or np.any(np.diff(behind) > BREAK * picture.height):
        return []
    left, right = int(behind[0]), int(behind[-1]) + 1
    em = picture.height * picture.stretch
    clear = left + round(TAIL * em)
    rows = np.flatnonzero(picture.ink[:, clear:right].any(axis=1)) / picture.height
    if len(rows) == 0:
        return []
    if not (TWO <= (right - left) / em <= LONGEST and MIDDLE[0] <= rows[0] and rows[-1] <= MIDDLE[1]):
        return []
    middle = (left + right) // 2
    halves = ((left, middle), (middle, right))
    return [replace(seen[-1], char=DASH, x0=a, x1=b, confidence=UNREAD, other=None, spaced=False) for a, b in halves]


def _told_apart(run: list[Seen], picture: LinePicture, *, between_figures: bool) -> list[Seen]:
    """A run of bars: the dash that it is, or what the reader said."""
    bars = _bars(run, picture)
    if not bars:
        return run
    if len(run) > 1:
        return [replace(s, char=DASH) for s in run]
    left, right = bars[0]
    long = (right - left) / (picture.height * picture.stretch) if len(bars) == 1 else 0.0
    if between_figures and ONE <= long < TWO:
        return [replace(run[0], char=DASH)]
    if long >= TWO:
        middle = (left + right) // 2
        return [replace(run[0], char=DASH, x0=x0, x1=x1) for x0, x1 in ((left, middle), (middle, right))]
    return run


def _bars(run: Sequence[Seen], picture: LinePicture) -> list[tuple[int, int]]:
    """The strokes of a run, (first column, column behind the last), where all are thin and even; else none."""
    left, right = max(0, run[0].x0), min(picture.ink.shape[1], run[-1].x1)
    thick = picture.ink[:, left:right].sum(axis=0)
    inked = np.flatnonzero(thick)
    if len(inked) == 0:
        return []
    middling = float(np.median(thick[inked]))
    if middling > THIN * picture.height or float(np.percentile(thick[inked], 98)) > EVEN * middling + 1:
        return []
    breaks = np.flatnonzero(np.diff(inked) > 1)
    starts, ends = np.append(inked[0], inked[breaks + 1]), np.append(inked[breaks], inked[-1]) + 1
    return [(left + int(a), left + int(b)) for a, b in zip(starts, ends, strict=True)]
