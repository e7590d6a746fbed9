"""Quotes and brackets in pairs: which of a paragraph's stand the wrong way round, or in the wrong width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cleanup.language.characters import HANZI, SPACE, is_hanzi, is_word

_BEFORE_OPENING: Final = frozenset("：:（(《〈「『【〔")
_BEHIND_CLOSING: Final = frozenset("，。、；：！？）》」』】〕")
_BRACKETS: Final = {"(": "（", ")": "）", "（": "（", "）": "）"}
_QUOTE: Final = re.compile('[“”"]')
_BRACKET: Final = re.compile("[()（）]")
_QUOTATION: Final = re.compile("“[^“”]*”")
_SINGLE: Final = re.compile("(?<![A-Za-z0-9])'(?![A-Za-z0-9])")
_HANZI: Final = re.compile(f"[{HANZI}]")
_FARTHEST: Final = 200
"""Number of characters between two brackets of a pair, at most."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A mark that is turned: `char` should stand at `at`; `reason` in a sentence, `surety` 0 to 1."""

    at: int
    char: str
    reason: str
    surety: float
    settled: bool = False
    """Another mark shows it, whatever the text does elsewhere."""


def turned_marks(text: str) -> Iterator[Turned]:
    """The quotes and brackets of a paragraph that should be others."""
    if _HANZI.search(text) is None:
        return
    yield from _quotes(text)
    yield from _brackets(text)


def _quotes(text: str) -> Iterator[Turned]:
    """Straight quotes that hold hanzi become pairs, where their number is even; a curly one turns where it must."""
    yield from _straight_pairs(text)
    yield from _single_pairs(text)
    inside = False
    for found in _QUOTE.finditer(text):
        at, char = found.start(), found[0]
        if char == "“" and inside and _next(text, at) in _BEHIND_CLOSING:
            char = "”"
            yield Turned(at, char, "An opening quote before a closing mark stands the wrong way round.", 0.9)
        elif char == "”" and not inside and _opens(text, at):
            char = "“"
            yield Turned(at, char, "A closing quote behind a colon stands the wrong way round.", 0.9)
        inside = char == "“"


def _straight_pairs(text: str) -> Iterator[Turned]:
    places = [m.start() for m in re.finditer('"', text)]
    if len(places) % 2:
        return
    for start, end in zip(places[::2], places[1::2], strict=True):
        if _HANZI.search(text, start, end) and not text[start - 1 : start].isdigit():
            for at, char in ((start, "“"), (end, "”")):
                yield Turned(at, char, "Straight quotes among hanzi stand for a pair.", 0.85)


def _single_pairs(text: str) -> Iterator[Turned]:
    """Straight single quotes within a quotation are a pair of curly ones where hanzi are between and no letter beside:
    an apostrophe has one.
    """
    for quotation in _QUOTATION.finditer(text):
        places = [m.start() for m in _SINGLE.finditer(text, *quotation.span())]
        if len(places) % 2 == 0:
            for start, end in zip(places[::2], places[1::2], strict=True):
                if _HANZI.search(text, start, end):
                    yield Turned(start, "‘", "A straight quote within a quotation opens an inner one.", 0.85)
                    yield Turned(end, "’", "A straight quote within a quotation closes an inner one.", 0.85)


def _opens(text: str, at: int) -> bool:
    before, behind = _before(text, at), _next(text, at)
    return (not before or before in _BEFORE_OPENING) and bool(behind) and is_word(behind)


def _before(text: str, at: int) -> str:
    while at > 0 and text[at - 1] in SPACE:
        at -= 1
    return text[at - 1 : at] if at else ""


def _next(text: str, at: int) -> str:
    return text[at + 1 : at + 2]


def _brackets(text: str) -> Iterator[Turned]:
    """Half-width brackets become full-width that hold hanzi, stand among hanzi, or have a full-width partner."""
    open_: list[int] = []
    for found in _BRACKET.finditer(text):
        at = found.start()
        if _BRACKETS[found[0]] == "（":
            open_.append(at)
        elif open_:
            start = open_.pop()
            if at - start <= _FARTHEST and _is_wide_pair(text, start, at):
                for place in (start, at):
                    if text[place] in "()":
                        mixed = text[start] not in "()" or text[at] not in "()"
                        yield Turned(place, _BRACKETS[text[place]], "Among hanzi brackets are full-width.", 0.85, mixed)


def _is_wide_pair(text: str, start: int, end: int) -> bool:
    if text[start] == "（" or text[end] == "）":
        return True
    before, behind = _before(text, start), _next(text, end)
    among = bool(before) and is_hanzi(before) and (not behind or not behind.isascii())
    return among or _HANZI.search(text, start, end) is not None
