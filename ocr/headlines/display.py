"""Display lines in doubt: a headline is read in several views, and the reading that most of them support is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean
from typing import Final

from rapidfuzz.distance import Levenshtein

from layout.page import Glyph
from ocr.characters.alike import folded
from ocr.line.collate import collated
from ocr.line.seen import Seen
from ocr.marks.dashes import LIKE_A_BAR
from ocr.marks.ornaments import with_passed_over
from ocr.pictures.crop import LinePicture

DOUBT: Final = 0.95
"""Confidence of a character of a display line below which the line is read in more views."""

POOR: Final = 0.8
"""Confidence for each cell of a vertical line below which it is cut again as flattened type: of cut glyphs it is 0.4 to
0.6, of whole ones above 0.9."""

CONTESTED: Final = 0.75
"""Confidence, at most, of a character that one of the views contradicts: below what a reviewer looks at."""


def is_in_doubt(seen: Sequence[Seen]) -> bool:
    """Whether more views of a display line pay: bars at its ends have no vote in them."""
    return any(s.confidence < DOUBT for s in _without_bars(seen)[0])


def is_cut_poorly(picture: LinePicture, seen: Sequence[Seen]) -> bool:
    """Whether a vertical line was read so poorly that its glyphs may have been cut."""
    return len(picture.cells) > 1 and legibility(picture, seen) < POOR


def legibility(picture: LinePicture, seen: Sequence[Seen]) -> float:
    """Confidence for each cell of a vertical line: an empty cell counts as little as an unsure character."""
    return sum(s.confidence for s in seen) / max(1, len(picture.cells), len(seen))


def certainty(seen: Sequence[Seen]) -> float:
    """Mean confidence, 0 where nothing is seen."""
    return fmean(s.confidence for s in seen) if seen else 0.0


def most_supported(readings: Sequence[Sequence[Seen]]) -> list[Seen]:
    """The reading that the readings of all views support most, each character decided by their votes.

    Places are in pixels of one view. The views' votes weigh as much as they are sure; bars at the ends of the first
    reading stay, and ornaments and dashes within it. A character that a view contradicts is at most CONTESTED sure, and
    the strongest reading against it stays on its record.
    """
    first, bars_before, bars_behind = _without_bars(readings[0])
    told = [r for r in (first, *(_without_bars(r)[0] for r in readings[1:])) if r]
    if not told:
        return list(readings[0])
    keys = [[folded(s.char) for s in r] for r in told]
    weights = [certainty(r) for r in told]

    def support(at: int) -> float:
        return sum(w * Levenshtein.normalized_similarity(keys[at], k) for w, k in zip(weights, keys, strict=True))

    best = max(range(len(told)), key=lambda at: (support(at), -at))
    voted = _voted(told[best], [r for at, r in enumerate(told) if at != best])
    return [*bars_before, *with_passed_over(voted, first), *bars_behind]


def _without_bars(reading: Sequence[Seen]) -> tuple[list[Seen], list[Seen], list[Seen]]:
    """A reading without the bars at its ends, and these: networks drop them in wide views, so they have no vote."""
    start, end = 0, len(reading)
    while start < end and reading[start].char in LIKE_A_BAR:
        start += 1
    while end > start and reading[end - 1].char in LIKE_A_BAR:
        end -= 1
    return list(reading[start:end]), list(reading[:start]), list(reading[end:])


def _voted(kept: Sequence[Seen], others: Sequence[Sequence[Seen]]) -> list[Seen]:
    base = [Glyph(s.char, None, s.confidence) for s in kept]
    beside = [collated(base, [Glyph(s.char, None, s.confidence) for s in r]) for r in others]
    return [_decided(one, [places[at].other for places in beside]) for at, one in enumerate(kept)]


def _decided(one: Seen, others: Sequence[Sequence[Glyph]]) -> Seen:
    """The character that has most votes at a place; what a view sees as none or as several speaks against it.

    It has no rivals any more: what the views have voted on is no question for words.
    """
    votes = defaultdict(float, {folded(one.char): one.confidence})
    sure = {folded(one.char): (one.confidence, one.char)}
    against = 0
    for found in others:
        if len(found) != 1:
            against += 1
            continue
        (glyph,) = found
        key = folded(glyph.char)
        votes[key] += glyph.confidence
        sure[key] = max(sure.get(key, (0.0, "")), (glyph.confidence, glyph.char))
    winner, *rest = sorted(votes, key=lambda char: -votes[char])
    confidence, char = sure[winner]
    if winner == folded(one.char):
        char = one.char
    if not rest and not against:
        return replace(one, confidence=confidence, other=None, rivals=())
    other = sure[rest[0]][1] if rest else ""
    return replace(one, char=char, confidence=min(confidence, CONTESTED), other=other, rivals=())
