"""Quotation marks that a reader lost: small ink in the upper half between two characters, which belongs to neither."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from layout.page import Glyph
from ocr.line.collate import collated
from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture

QUOTES: Final = frozenset('“”"＂″')
HIGH: Final = QUOTES | frozenset("‘’'′`°℃℉^*＊「」『』〝〞")
"""Characters whose own ink lies high: beside one of them high ink is no news."""

UPPER: Final = 0.5
"""Place in line heights from the top above which a quotation mark's ink ends."""
STROKES: Final = 2
"""Number of strokes of a double quotation mark."""
WIDE: Final = 0.22
"""Width in ems of one of its two strokes, at most."""
BOTH_WIDE: Final = 0.5
"""Width in ems of the two strokes with the white between them, at most."""
SPECK: Final = 0.08
"""Height of a stroke in line heights, at least."""
ALONE, TOLD = 0.7, 0.9
"""Confidence of a mark that the ink alone shows, and of one that the other reader sees too."""


def with_quotes(picture: LinePicture, seen: Sequence[Seen], beside: str = "") -> list[Seen]:
    """The characters, and among them each mark whose high strokes stand between two of them and are read as nothing.

    `beside` is the other reader's line. Where it sees the mark, that one is taken, with more confidence; otherwise the
    mark turns as the marks before and behind it let it.
    """
    if not seen or len(picture.cells) > 1:
        return list(seen)
    theirs = _told(seen, beside)
    found = dict(_unread(picture, seen, theirs))
    if not found:
        return list(seen)
    out: list[Seen] = []
    for at in range(-1, len(seen)):
        out += seen[at : at + 1] if at >= 0 else []
        if at in found:
            left, right = found[at]
            char = theirs.get(at) or _turn(out, seen[at + 1 :])
            sure = TOLD if at in theirs else ALONE
            out.append(Seen(char, left, 0, right, 1, sure, other=None if at in theirs else ""))
    return _apart(out)


def _turn(before: Sequence[Seen], behind: Sequence[Seen]) -> str:
    """Which way a mark turns: against the one before it, or else the one behind it; opening but for a line's end."""
    last = next((s.char for s in reversed(before) if s.char in "“”"), "")
    following = next((s.char for s in behind if s.char in "“”"), "")
    if last:
        return "”" if last == "“" else "“"
    if following:
        return "“" if following == "”" else "”"
    return "“" if behind else "”"


def _told(seen: Sequence[Seen], beside: str) -> dict[int, str]:
    """The quotation mark that the other reader sees behind a character, by that one's place."""
    if not beside:
        return {}
    places = collated([Glyph(s.char, None, s.confidence) for s in seen], [Glyph(c, None, 1.0) for c in beside])
    ends = ((at, p.text[-1]) for at, p in enumerate(places) if len(p.other) > 1)
    return {at: mark if mark in "“”" else "" for at, mark in ends if mark in QUOTES}


def _unread(picture: LinePicture, seen: Sequence[Seen], told: Container[int]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The place behind which two high strokes stand unread, -1 for the line's beginning, and their columns.

    In small type the two run into one; that is enough where the other reader has `told` of a mark there.
    """
    em = picture.height * picture.stretch
    middles = [0, *((s.x0 + s.x1) // 2 for s in seen), picture.ink.shape[1]]
    strokes = list(_high_strokes(picture, em))
    for at, (left, right) in enumerate(pairwise(middles), start=-1):
        beside = {seen[n].char for n in (at, at + 1) if 0 <= n < len(seen)}
        own = [s for s in strokes if left < s[0] and s[1] <= right]
        if not own or beside & HIGH or own[-1][1] - own[0][0] > BOTH_WIDE * em:
            continue
        if at in told or (len(own) == STROKES and all(b - a <= WIDE * em for a, b in own)):
            yield at, (own[0][0], own[-1][1])


def _high_strokes(picture: LinePicture, em: float) -> Iterator[tuple[int, int]]:
    """The columns of the narrow pieces of ink that lie high, with white on either side."""
    ink = picture.ink
    edges = np.flatnonzero(np.diff(ink.any(axis=0).astype(np.int8), prepend=0, append=0))
    for left, right in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if right - left > BOTH_WIDE * em:
            continue
        rows = np.flatnonzero(ink[:, left:right].any(axis=1)) / picture.height
        if rows[-1] <= UPPER and rows[-1] - rows[0] >= SPECK:
            yield left, right


def _apart(seen: Sequence[Seen]) -> list[Seen]:
    """The characters, none reaching into the mark beside it."""
    out = list(seen)
    for n, (a, b) in enumerate(pairwise(seen)):
        if a.x1 > b.x0 and b.char in QUOTES:
            out[n] = replace(a, x1=max(a.x0 + 1, b.x0))
        elif a.x1 > b.x0 and a.char in QUOTES:
            out[n + 1] = replace(b, x0=min(b.x1 - 1, a.x1))
    return out
