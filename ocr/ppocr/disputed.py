"""Characters that one model is sure of and another reader sees otherwise: the small model has the third word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from layout.page import Glyph
from ocr.characters.alike import folded
from ocr.line.collate import collated
from ocr.line.seen import Seen
from ocr.numbers.again import Reads
from ocr.pictures.views import Views
from ocr.setup.settings import DOUBT

AROUND: Final = 1
"""Characters on either side of a disputed one that are shown with it."""

MOST: Final = 0.15
"""Share of a line's characters that are disputed, at most: beyond it the other reader lost the line."""


def _stretch(seen: Sequence[Seen], first: int, last: int, width: int) -> tuple[int, int]:
    """The columns of a picture of that width, in pixels, in which the characters from `first` up to `last` lie."""
    left = (seen[first - 1].x1 + seen[first].x0) // 2 if first else 0
    right = (seen[last - 1].x1 + seen[last].x0 + 1) // 2 if last < len(seen) else width
    return left, right


def decided(seen: Sequence[Seen], beside: str, views: Views, reads: Reads) -> list[Seen]:
    """The characters, with the other reader's in place of those that the third reading sees as the other reader does.

    `beside` is the other reader's line. What was outvoted stays on the record. Marks are left alone, and characters
    below DOUBT, which the third reading has seen already.
    """
    glyphs = ([Glyph(s.char, None, s.confidence) for s in seen], [Glyph(c, None, 1.0) for c in beside])
    theirs = {n: p.text for n, p in enumerate(collated(*glyphs)) if _is_disputed(p.glyph, p.text)} if seen else {}
    out = list(seen)
    if len(theirs) > max(1, MOST * len(seen)):
        return out
    for group in _together(sorted(theirs)):
        first, last = max(0, group[0] - AROUND), min(len(seen), group[-1] + AROUND + 1)
        left, right = _stretch(seen, first, last, views.usual.pixels.shape[1])
        third = [Glyph(s.char, None, s.confidence) for s in reads(views, views.form.stretch, left, right)]
        if not third:
            continue
        for at, place in enumerate(collated(glyphs[0][first:last], third), start=first):
            if at in theirs and _folded(place.text) == _folded(theirs[at]):
                (sure,) = (g.confidence for g in place.other)
                out[at] = replace(seen[at], char=place.text, confidence=sure, other=seen[at].char)
    return out


def _is_disputed(glyph: Glyph, theirs: str) -> bool:
    other = len(theirs) == 1 and folded(theirs) != folded(glyph.char)
    return other and glyph.confidence >= DOUBT and glyph.char.isalpha() and theirs.isalpha()


def _folded(text: str) -> str:
    return "".join(map(folded, text))


def _together(places: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for at in places:
        if groups and at - groups[-1][-1] <= 2 * AROUND:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups
