"""Stutter of a reader: words that it gave twice without a mark between, 等着对岸等着对岸的学生; or a whole clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cleanup.language.characters import HANZI, cells

_PHRASE: Final = re.compile(f"([{HANZI}]{{3,12}}?)(\\1+)")
_CLAUSE: Final = re.compile(f"([{HANZI}]{{10,24}}[，、])(\\1)")
"""A clause with its mark. Shorter ones a writer repeats for the sake of the effect."""
_EACH: Final = frozenset("一两兩几幾每")
"""What counts one after the other: 一块石头一块石头地搬."""
_DIFFERENT: Final = 4
"""Number of different hanzi of such a phrase, at least: 一个一个 repeats two."""
_OF_THREE: Final = 3
"""Number of hanzi of the shortest phrase; all of them must differ."""
_SURE: Final = 4
"""Number of hanzi of a phrase, at least, that is not repeated on purpose; a shorter one waits for a person."""
_SURE_AGAIN: Final = 6
"""Number of hanzi of the same where the phrase stands three times or more, as in a cheer."""


def stutters(text: str) -> Iterator[tuple[int, str, bool]]:
    """Where what stands again begins, all of it, and whether that is sure."""
    for found in _PHRASE.finditer(text):
        phrase, again = found.groups()
        if phrase[0] in _EACH:
            continue
        different = len(set(phrase))
        if different >= min(_DIFFERENT, len(phrase)) and (len(phrase) > _OF_THREE or different == _OF_THREE):
            yield found.start(2), again, len(phrase) >= (_SURE if len(phrase) == len(again) else _SURE_AGAIN)
    for found in _CLAUSE.finditer(text):
        yield found.start(2), found[2], True


def stuttered_width(text: str) -> int:
    """The width in half ems of what the text holds again."""
    return sum(cells(again) for _, again, sure in stutters(text) if sure)
