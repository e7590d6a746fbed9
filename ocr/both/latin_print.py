"""Latin print that two readers read: the spaces that either saw, and letters that look like figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from layout.page import Glyph, Line
from ocr.line.collate import Place

LATIN_ENDS: Final = 0x250
"""The first code point behind the Latin letters."""
ALIKE: Final = (frozenset("Il1|!"), frozenset("Oo0"))
"""Letters and figures that many faces print alike."""
OF_NUMBERS: Final = frozenset("0123456789$£€%")
"""What shows that a word is a number."""
IN_NUMBERS: Final = OF_NUMBERS | frozenset(".,:-–/")
"""What stands in numbers."""
NEVER_SPACED: Final = frozenset(".,;:!?)]}/@")
"""Marks in front of which no space is taken from the other reader."""
WITHIN_ADDRESSES: Final = frozenset("./@:")
"""Marks behind which none is taken before a small letter: it stands in an address."""
OUTVOTED: Final = 0.1
"""Chance, at most, that a figure is right that the word and the other reader contradict."""


def with_latin_told(line: Line, places: Sequence[Place], other: Line) -> tuple[Line, list[Place]]:
    """The first reader's line and its places, with the spaces that the other saw and what the words say of figures.

    Networks that read all scripts lose spaces between words, and hardly ever see one where none is printed. In a line
    with hanzi a space is taken only between characters on which both readers agree. Of letters and figures that print
    alike the other reader's goes in where its word is one: $1.00 for $I.OO, also for aIso.
    """
    if not places or not other.glyphs or not any(is_latin(g.char) for g in line.glyphs):
        return line, list(places)
    spaced, theirs = spaces(line), _spaces_of_places(places, spaces(other))
    alone = all(is_narrow(g.char) for g in line.glyphs)
    for at, (before, place) in enumerate(pairwise(places), start=1):
        spaced[at] |= theirs[at] and _parts_words(before, place, alone=alone)
    told = _with_figures_told(places, spaced)
    text = "".join(" " * space + p.glyph.char for space, p in zip(spaced, told, strict=True))
    return replace(line, text=text, glyphs=tuple(p.glyph for p in told)), told


def spaces(line: Line) -> list[bool]:
    """For each glyph whether the line's text has a space in front of it."""
    out, at = [], 0
    for glyph in line.glyphs:
        start = at
        while line.text[at : at + 1] == " ":
            at += 1
        out.append(at > start > 0)
        at += len(glyph.char)
    return out


def is_narrow(text: str) -> bool:
    """Whether no character is as wide as a hanzi."""
    return all(unicodedata.east_asian_width(c) not in "WF" for c in text)


def is_latin(text: str) -> bool:
    """Whether all characters are Latin letters."""
    return all(c.isalpha() and ord(c) < LATIN_ENDS for c in text)


def _spaces_of_places(places: Sequence[Place], spaced: Sequence[bool]) -> list[bool]:
    """For each place whether the other reader has a space in front of what it sees there."""
    out, at = [], 0
    for place in places:
        out.append(bool(place.other) and spaced[at])
        at += len(place.other)
    return out


def _parts_words(before: Place, place: Place, *, alone: bool) -> bool:
    """Whether a space that the other reader saw between two places is taken."""
    a, b = before.glyph.char, place.glyph.char
    if not is_narrow(a + b) or (a + b).isdigit() or b in NEVER_SPACED or not before.other:
        return False
    if a in WITHIN_ADDRESSES and (b.islower() or b.isdigit()):
        return False
    both = before.agrees and place.agrees
    if not (is_latin(a) or is_latin(b)):
        return alone and both
    return both or (alone and (before.agrees or place.agrees))


def _with_figures_told(places: Sequence[Place], spaced: Sequence[bool]) -> list[Place]:
    """The places, word by word, with the other reader's letters and figures where they make it a word or a number."""
    out = list(places)
    starts = [0, *(at for at, space in enumerate(spaced) if space and at)]
    for start, end in pairwise([*starts, len(places)]):
        word = places[start:end]
        theirs = "".join(p.text for p in word)
        number = IN_NUMBERS.issuperset(theirs) and any(p.glyph.char in OF_NUMBERS for p in word)
        for at, place in enumerate(word):
            if _looks_alike(place) and (place.text.isdigit() if number else _is_letter_within(word, at)):
                out[start + at] = _exchanged(place)
    return out


def _looks_alike(place: Place) -> bool:
    return place.glyph.char != place.text and any({place.glyph.char, place.text} <= group for group in ALIKE)


def _is_letter_within(word: Sequence[Place], at: int) -> bool:
    """Whether the other reader sees a small letter between letters, one of them small, where the first sees none."""
    if not (word[at].text.islower() and 0 < at < len(word) - 1):
        return False
    a, b = word[at - 1].glyph.char, word[at + 1].glyph.char
    return is_latin(a + b) and (a.islower() or b.islower())


def _exchanged(place: Place) -> Place:
    (seen,) = place.other
    glyph = Glyph(seen.char, place.glyph.box, seen.confidence, place.glyph.char, OUTVOTED)
    return Place(glyph, place.other)
