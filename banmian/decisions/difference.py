"""The difference of two texts by grapheme: what a reader sees as one character is never cut in two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Levenshtein

_JOINER: Final = "\u200d"
_VARIATIONS: Final = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0x1F3FB, 0x1F3FF))
"""First and last code points of variation selectors and skin tones, which belong to the character before them."""


def graphemes(text: str) -> list[str]:
    """The text cut into what is seen as single characters: a base with its marks, variation and joined parts."""
    found: list[str] = []
    for char in text:
        if found and (_extends(char) or found[-1].endswith(_JOINER)):
            found[-1] += char
        else:
            found.append(char)
    return found


def _extends(char: str) -> bool:
    code = ord(char)
    return char == _JOINER or unicodedata.category(char) in {"Mn", "Me"} or any(a <= code <= b for a, b in _VARIATIONS)


@dataclass(frozen=True, slots=True)
class Difference:
    """Characters `start` to `end` of the old text that are `after` in the new one."""

    start: int
    end: int
    after: str


def differences(old: str, new: str) -> Iterator[Difference]:
    """The fewest changes that make the new text of the old one; neighbours are one change."""
    before, after = graphemes(old), graphemes(new)
    at = [0]
    for grapheme in before:
        at.append(at[-1] + len(grapheme))
    pending: Difference | None = None
    for op in Levenshtein.opcodes(before, after):
        if op.tag == "equal":
            continue
        this = Difference(at[op.src_start], at[op.src_end], "".join(after[op.dest_start : op.dest_end]))
        if pending is not None and pending.end == this.start:
            this = Difference(pending.start, this.end, pending.after + this.after)
        elif pending is not None:
            yield pending
        pending = this
    if pending is not None:
        yield pending
