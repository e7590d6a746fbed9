"""Wrapped text in a Latin script: its lines end between words, and where the next word did not fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from cleanup.language.characters import HANZI, is_latin
from cleanup.lines.plain_line import TextLine

_HANZI: Final = re.compile(f"[{HANZI}]+")
_MOSTLY: Final = 0.8
"""Share of Latin letters among the letters and hanzi of a Latin text, at least."""
_SAMPLE: Final = 200
"""Number of lines that are looked at; a text is of one script."""
_WRAPPED: Final = 0.8
"""Share of the lines within paragraphs that must be too long for the next word."""
_DIVIDED: Final = 0.15
"""Share of the lines that must end within a word, divided by a hyphen, to show that a column broke them."""
_FEWEST: Final = 3
"""Number of lines from which on a text can be told to be wrapped."""
_WIDEST: Final = 120
"""Width in half ems of a column, at most; longer lines are whole paragraphs."""
_SHORTEST: Final = 0.5
"""Width of a line within a paragraph, in widths of the column, at least; headlines and bylines are shorter."""
_ENDED_EARLY: Final = re.compile("[a-zà-ÿ]{2}[.!?][”’\"')]?$")
"""The end of a sentence: there a paragraph may end, before the column does."""
_NARROWEST: Final = 20
"""Width in half ems of a column of Latin text, at least; shorter lines are verse or entries of a list."""


def is_latin_text(lines: Sequence[TextLine]) -> bool:
    """Whether the text is written in a Latin script, but for a name or two."""
    sample = "".join(line.text for line in lines[:_SAMPLE])
    hanzi = len("".join(_HANZI.findall(sample)))
    letters = sum(map(is_latin, _HANZI.sub("", sample)))
    return letters > 0 and letters >= _MOSTLY * (letters + hanzi)


def _is_divided(a: str, b: str) -> bool:
    """Whether a word is divided between two lines."""
    return a[-1] == "-" and a[-2:-1].isalpha() and b[0].islower()


def wrapped_latin(lines: Sequence[TextLine]) -> bool:
    """Whether a column's width broke the lines: a line goes on in the next, whose first word did not fit."""
    going_on = [(a, b) for a, b in pairwise(lines) if not b.gap and not a.ends_sentence]
    if len(lines) < _FEWEST or 2 * len(going_on) < len(lines) - 1:
        return False
    divided = sum(_is_divided(a.text, b.text) for a, b in going_on)
    if divided >= _DIVIDED * len(lines):
        return True
    widest = sorted(line.width for line in lines)[-1 - len(lines) // 20]
    if not _NARROWEST <= widest <= _WIDEST:
        return False
    going_on = [
        (a, b) for a, b in going_on if a.width > _SHORTEST * widest and not _ENDED_EARLY.search(a.text)
    ] or going_on
    tight = sum(a.width + 1 + first_word(b.text) > widest for a, b in going_on)
    small = sum(a.text[-1] in "-,;" or b.text[0].islower() for a, b in going_on)
    return tight >= _WRAPPED * len(going_on) and 2 * small >= len(going_on)


def first_word(text: str) -> int:
    """The length of the word that a line begins with."""
    return len(text.split(maxsplit=1)[0])
