"""Stutter of a reader: a phrase that it gave twice without a mark between, 等着对岸等着对岸的学生."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cleanup.language.characters import HANZI, cells

_PHRASE: Final = re.compile(f"([{HANZI}]{{3,12}}?)\\1(?!\\1)")
_DIFFERENT: Final = 4
"""Number of different hanzi of such a phrase, at least: 一个一个 repeats two."""
_OF_THREE: Final = 3
"""Number of hanzi of the shortest phrase; all of them must differ."""
_SURE: Final = 4
"""Number of hanzi of a phrase, at least, that is not repeated on purpose; a shorter one waits for a person."""


def stutters(text: str) -> Iterator[tuple[int, str, bool]]:
    """Where each phrase that stands twice begins for the second time, the phrase, and whether that is sure."""
    for found in _PHRASE.finditer(text):
        phrase = found[1]
        different = len(set(phrase))
        if different >= min(_DIFFERENT, len(phrase)) and (len(phrase) > _OF_THREE or different == _OF_THREE):
            yield found.start() + len(phrase), phrase, len(phrase) >= _SURE


def stuttered_width(text: str) -> int:
    """The width in half ems of what the text holds twice."""
    return sum(cells(phrase) for _, phrase, sure in stutters(text) if sure)
