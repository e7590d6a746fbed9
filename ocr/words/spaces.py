"""Spaces of Latin print that a network lost: where the white is wide and both sides of it are words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from ocr.line.seen import Seen
from ocr.line.transcript import LATIN_SPACE, whites_between
from ocr.pictures.crop import LinePicture
from ocr.words.dictionary import KnownWords

WIDE: Final = 0.55
"""Ratio of a white to the median space of its line, at least, that can be a space between words: letters that stand
apart have as much in small type, so that the words decide."""
SHORTEST: Final = 3
"""Letters of what is taken apart, at least."""
FEWEST: Final = 2
"""Spaces of a line, at least, that tell how wide a space is in it."""
WORDS_OF_ONE: Final = frozenset("aAIO")
"""Letters that are a word by themselves."""
QUOTES: Final = frozenset("\"“'‘")
"""Marks that open a quotation."""
BEFORE_QUOTES: Final = frozenset(".,:;")
"""Marks behind which a quotation is opened: said: “No.”"""


def with_spaces(picture: LinePicture, seen: Sequence[Seen], words: KnownWords) -> list[Seen]:
    """The characters of a line of Latin print, those that begin a word knowing of the space in front of them.

    A space is added inside of letters that are no word, at a wide white that parts them into words, and in front of a
    quotation behind a mark. What is cut by a hyphen at the line's end is no whole word and stays.
    """
    whites = whites_between(picture, seen)
    told = [w for w, before, s in zip(whites, seen, seen[1:], strict=False) if s.spaced and _are_letters(before, s)]
    least = WIDE * (median(told) if len(told) >= FEWEST else LATIN_SPACE)
    line = _LatinLine(seen, [0.0, *whites], least, words)
    begins = {at for start, end in line.runs() for at in line.cuts(start, end)} | set(line.quotations())
    return [replace(s, spaced=True) if at in begins else s for at, s in enumerate(seen)]


def _are_letters(before: Seen, after: Seen) -> bool:
    return before.char.isalpha() and after.char.isalpha()


class _LatinLine:
    """A line with the white in front of each character and the least white that can be a space, in line heights."""

    def __init__(self, seen: Sequence[Seen], whites: Sequence[float], least: float, words: KnownWords) -> None:
        self._seen, self._whites, self._least, self._words = seen, whites, least, words
        self._text = [s.char for s in seen]

    def runs(self) -> Iterator[tuple[int, int]]:
        """Where letters follow each other without a space; none that a hyphen ends at the line's end."""
        start = 0
        for at in range(len(self._seen) + 1):
            ends = at == len(self._seen) or not self._text[at].isalpha()
            if ends or (at and self._seen[at].spaced):
                if at - start >= SHORTEST and self._text[at:] != ["-"]:
                    yield start, at
                start = at + 1 if ends else at

    def cuts(self, start: int, end: int) -> Iterator[int]:
        """The letters of a run that begin a word behind a space."""
        if end - start < SHORTEST or self._is_word(start, end):
            return
        wide = [at for at in range(start + 1, end) if self._whites[at] >= self._least]
        parting = [at for at in wide if self._is_word(start, at) and self._is_word(at, end)]
        if parting:
            yield max(parting, key=lambda at: self._whites[at])
            return
        for at in wide:
            more = list(self.cuts(at, end)) if self._is_word(start, at) else []
            if more:
                yield from (at, *more)
                return

    def quotations(self) -> Iterator[int]:
        """The marks that open a quotation behind another mark."""
        for at in range(1, len(self._seen) - 1):
            opens = self._text[at] in QUOTES and self._text[at - 1] in BEFORE_QUOTES and self._text[at + 1].isalpha()
            if opens and self._whites[at] >= self._least:
                yield at

    def _is_word(self, start: int, end: int) -> bool:
        text = "".join(self._text[start:end])
        if len(text) == 1:
            return text in WORDS_OF_ONE
        return any(form in self._words for form in (text, text.lower(), text.capitalize()))
