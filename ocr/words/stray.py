"""Stray marks: a speck, or one mark seen twice, where print has no mark: beside another one, or inside a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from ocr.characters.script import is_hanzi
from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture
from ocr.words.dictionary import KnownWords

SINGLE: Final = frozenset("，。、；：·,;:.．?？•・")
"""Marks of which print sets no two side by side, as it does quotation marks, brackets, dashes and !?."""
SPECKS: Final = frozenset("。·•.．")
"""What readers see in a speck."""
NUMERALS: Final = frozenset("〇○零一二三四五六七八九十百千万萬亿億")
"""Figures of a number in hanzi. Between two of them a list has 、, and hardly ever a full stop."""


@dataclass(frozen=True, slots=True)
class StrayMarkParams:
    """Bounds by which a mark is held for stray."""

    stutter: float = 0.55
    """Distance of the middles of two marks in ems, at most, that are one mark seen twice: two printed ones have an em,
    or half of one where they are set close."""
    doubt: float = 0.9
    """Confidence below which the less sure of two marks is a speck. Of 17 such pairs on drawn pages, mostly poor scans,
    none was printed, and 14 have this or stand closer together than two marks can."""
    in_word: float = 0.6
    """Confidence below which a point or a full stop inside a word is a speck. A fifth of those that readers are so
    little sure of are specks, and two hanzi that a real stop parts rarely make a word."""


P: Final = StrayMarkParams()


def without_stray_marks(picture: LinePicture, seen: Sequence[Seen], words: KnownWords) -> list[Seen]:
    """The characters of a level line without stray marks.

    Of two marks the surer one stays, with both on its record; three and more are an ellipsis or a leader of points.
    """
    em = picture.height * picture.stretch
    return _without_pairs([s for n, s in enumerate(seen) if not _is_in_word(seen, n, words)], em)


def _is_in_word(seen: Sequence[Seen], at: int, words: KnownWords) -> bool:
    one = seen[at]
    if one.char not in SPECKS or one.confidence >= P.in_word or not 0 < at < len(seen) - 1:
        return False
    before, behind = seen[at - 1].char, seen[at + 1].char
    if not (is_hanzi(before) and is_hanzi(behind)):
        return False
    return before + behind in words or (before in NUMERALS and behind in NUMERALS)


def _without_pairs(seen: list[Seen], em: float) -> list[Seen]:
    single = [s.char in SINGLE for s in seen]
    out = list(seen)
    gone: set[int] = set()
    for at, (a, b) in enumerate(pairwise(seen)):
        row = single[at + 2 : at + 3] + single[max(0, at - 1) : at]
        if not (single[at] and single[at + 1]) or any(row) or _is_in_latin(seen, at):
            continue
        close = (b.x0 + b.x1 - a.x0 - a.x1) / 2 <= P.stutter * em
        if close or min(a.confidence, b.confidence) < P.doubt:
            stays = at if a.confidence >= b.confidence else at + 1
            gone.add(2 * at + 1 - stays)
            out[stays] = replace(seen[stays], other=a.char + b.char)
    return [s for n, s in enumerate(out) if n not in gone]


def _is_in_latin(seen: Sequence[Seen], at: int) -> bool:
    """Whether two marks stand beside a Latin letter: an abbreviation's stop and a comma follow each other closely."""
    beside = [*seen[max(0, at - 1) : at], *seen[at + 2 : at + 3]]
    return any(s.char.isascii() and s.char.isalpha() for s in beside)
