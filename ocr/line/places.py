"""Where the characters of a line stand, by its ink: the reader's own boxes wander by a glyph and more."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture
from ocr.setup.settings import SHEET_OF_PAPER

Columns = npt.NDArray[np.float64]
"""Shape (width,): a number for each column of pixels."""

NARROW: Final = 0.55
"""Width in ems that a letter, a figure or a mark takes, at most; the white after a full-width mark comes and goes."""

KEPT_WHITE: Final = SHEET_OF_PAPER.height // 8
"""Columns that stay of a wide stretch of white: a space belongs to no character."""

SOFT: Final = 0.25
"""The weight of the width of a letter or mark beside that of a hanzi: i and W differ."""

PULL: Final = 0.1
"""The weight of the reader's own place beside the ink's."""


def placed(picture: LinePicture, seen: Sequence[Seen]) -> list[Seen]:
    """The same characters in the same order, each with the box of the ink that it stands for.

    The line is cut into as many cells as there are characters, at the least cost: ink that is cut, cells of another
    width than their character's, and, weakly, places far from those that the reader gave (dynamic programming).
    A character without ink keeps its cell.
    """
    ink = picture.ink
    columns = _without_wide_white(np.asarray(ink.any(axis=0), dtype=np.bool_))
    if not seen or len(columns) == 0:
        return list(seen)
    step = 2 if len(columns) >= 2 * len(seen) else 1  # every second column tells enough, at a quarter of the cost
    at = columns[::step]
    crossed = np.minimum(1.0, ink[:, at].sum(axis=0) / (0.25 * picture.height))
    cuts = _cuts(crossed, _expected(seen, at, picture.height / step))
    edges = [*at, columns[-1] + 1]
    cells = [(int(edges[a]), int(edges[b - 1]) + step) for a, b in pairwise(cuts)]
    return _on_ink(seen, cells, picture)


def set_apart(picture: LinePicture, seen: Sequence[Seen]) -> list[Seen]:
    """The same characters, each with the box of the ink around the place that the reader gave it.

    For a reader whose places lie on the characters: between each two of them the line is cut where the least ink is,
    in the middle of the white.
    """
    crossed, inked = picture.crossed, picture.inked
    if not seen or len(inked) == 0:
        return list(seen)
    middles = [min((s.x0 + s.x1) // 2, len(crossed) - 1) for s in seen]
    inner = [_least_crossed(crossed, a, b) for a, b in pairwise(middles)]
    reach = round(picture.height)
    first, last = max(int(inked[0]), middles[0] - reach), min(int(inked[-1]) + 1, middles[-1] + reach)
    edges = [min(first, middles[0]), *inner, max(last, middles[-1] + 1)]
    return _on_ink(seen, [(a, max(a + 1, b)) for a, b in pairwise(edges)], picture)


def _least_crossed(crossed: Columns, left: int, right: int) -> int:
    """The column from `left` to `right` that crosses the least ink; of several the one nearest to the middle."""
    if right <= left + 1:
        return max(left, right)
    between = crossed[left + 1 : right + 1]
    return left + 1 + int((between + _off_middle(len(between))).argmin())


@lru_cache(maxsize=1000)
def _off_middle(count: int) -> Columns:
    """For so many columns how far each lies from the middle, as a share of them that counts less than one pixel."""
    away: Columns = np.abs(np.arange(count) - count / 2) / (2 * count)
    return away


def _without_wide_white(inked: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """The columns from the first ink to the last, of each stretch of white no more than the first few."""
    at = np.flatnonzero(inked)
    if len(at) == 0:
        return at
    places = np.arange(at[0], at[-1] + 1)
    since = places - at[np.searchsorted(at, places, side="right") - 1]
    return places[since <= KEPT_WHITE]


@dataclass(frozen=True)
class _Expected:
    """For each character its width, that width's weight, and where the reader saw its middle, in columns."""

    em: float
    widths: Columns
    weights: Columns
    middles: Columns


def _expected(seen: Sequence[Seen], columns: npt.NDArray[np.intp], height: float) -> _Expected:
    hanzi = np.array([_is_square(s.char[0]) for s in seen])
    shares = np.where(hanzi, 1.0, NARROW)
    em = float(np.clip(len(columns) / shares.sum(), 0.5 * height, 1.5 * height))
    middles = np.searchsorted(columns, [(s.x0 + s.x1) / 2 for s in seen]).astype(np.float64)
    return _Expected(em, shares * em, np.where(hanzi, 1.0, SOFT), middles)


def _is_square(char: str) -> bool:
    """Whether a character fills its em: hanzi, kana, full-width letters, no marks."""
    return unicodedata.east_asian_width(char) in "WF" and unicodedata.category(char)[0] != "P"


def _cuts(crossed: Columns, expected: _Expected) -> list[int]:
    """One more cut than there are characters, the first 0 and the last the number of columns."""
    n, w = len(expected.widths), len(crossed)
    longest = int(max(2.5 * expected.em, 2 * w / n)) + 1
    steps, ends = np.arange(longest, 0, -1), np.arange(w + 1)
    ink = np.append(crossed, 0.0)
    # Both views have a row for each end and a column for each step: the costs up to where the cell begins, and the
    # pull on its middle, which moves by half a column with the step and by a whole one with the end.
    reached = np.full(longest + w + 1, np.inf)
    before = sliding_window_view(reached, longest)[: w + 1]
    middles = (np.arange(2 * w + longest) - longest) / 2
    pulled = np.empty_like(middles)
    pull = sliding_window_view(pulled, longest)[::2]
    reached[longest] = 0.0
    came = np.zeros((n, w + 1), np.intp)
    for i, (width, weight, middle) in enumerate(zip(expected.widths, expected.weights, expected.middles, strict=True)):
        pulled[:] = PULL * np.minimum(2.0, np.abs(middles - middle) / expected.em) ** 2
        costs = before + pull
        costs += weight * np.log(steps / width) ** 2
        at = costs.argmin(axis=1)
        came[i] = ends - steps[at]
        reached[longest:] = costs[ends, at] + ink
    cuts = [w]
    for i in range(n - 1, -1, -1):
        cuts.append(max(0, int(came[i, cuts[-1]])))
    return cuts[::-1]


def _on_ink(seen: Sequence[Seen], cells: Sequence[tuple[int, int]], picture: LinePicture) -> list[Seen]:
    """The characters, each with the box of the ink between the two columns of its cell; without ink, the cell.

    There is at least one character, a cell for each, and ink somewhere in the picture.
    """
    ink, top, inked = picture.ink, round(picture.top), picture.inked
    upper, lower = picture.rows
    spans = np.searchsorted(inked, cells)
    # For each span from its start to its end, all at once: every second result is that between an end and a start.
    flat = spans.ravel()
    highest = np.minimum.reduceat(np.append(upper, len(ink)), flat)[::2].tolist()
    lowest = np.maximum.reduceat(np.append(lower, 0), flat)[::2].tolist()
    firsts, lasts = np.append(inked, 0)[spans[:, 0]].tolist(), inked[spans[:, 1] - 1].tolist()
    empty = (spans[:, 0] == spans[:, 1]).tolist()
    out: list[Seen] = []
    for at, (s, (left, right)) in enumerate(zip(seen, cells, strict=True)):
        if empty[at]:
            box = (left, s.y0, max(left + 1, right), s.y1)
        else:
            box = (firsts[at], top + highest[at], lasts[at] + 1, top + lowest[at])
        # `replace` would take half of the time of this function: it looks every field up by its name.
        out.append(Seen(s.char, *box, s.confidence, s.other, s.spaced, s.rivals, s.next))
    return out
