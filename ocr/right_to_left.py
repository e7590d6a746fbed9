"""Level lines that run from right to left, as papers set in vertical type print headlines and page heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from layout.page import Direction, Line, Page
from ocr.script import is_hanzi

VERTICAL: Final = 0.5
"""Share of a page's characters in vertical lines, at least: in level body type level headlines run with it."""

FEWEST: Final = 4
"""Pairs of neighbours, at least, that the level lines of a page show backwards and its vertical lines forwards,"""
CLEARLY: Final = 2.0
"""and so many times as many as those that run forwards in both: names such as 大学 and 学大 tell nothing."""

_LATIN: Final = re.compile(r"[!-~]+")


def with_lines_turned_round(page: Page) -> Page:
    """The page with the text of its level lines in printed order, where they run from right to left.

    The page itself tells: the words of its vertical lines stand backwards in its level ones. A line in which more of
    them run forwards stays, and so do a line of Latin words and the order within figures.
    """
    lines = [n for n in page.lines if n.text]
    vertical = [n for n in lines if n.direction is Direction.VERTICAL_RL]
    level = [n for n in lines if n.direction is Direction.HORIZONTAL]
    if not level or sum(len(n.text) for n in vertical) < VERTICAL * sum(len(n.text) for n in lines):
        return page
    known = Counter(pair for n in vertical for pair in _pairs(n.text))
    told = {n.id: (_told(n.text, known), _told(n.text[::-1], known)) for n in level}
    forwards, backwards = (sum(t[side] for t in told.values()) for side in (0, 1))
    if backwards < FEWEST or backwards < CLEARLY * forwards:
        return page
    return page.with_lines({n.id: _turned_round(n) for n in level if told[n.id][0] <= told[n.id][1]})


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    return ((a, b) for a, b in pairwise(text) if a != b and is_hanzi(a) and is_hanzi(b))


def _told(text: str, known: Counter[tuple[str, str]]) -> int:
    """How many of a text's pairs the vertical lines show in this order, and more often than in the other."""
    return sum(known[a, b] > known[b, a] for a, b in _pairs(text))


def _turned_round(line: Line) -> Line:
    """The line from its other end; its glyphs keep their boxes."""
    letters = sum(c.isascii() and c.isalpha() for c in line.text)
    if sum(map(is_hanzi, line.text)) <= letters:
        return line
    order = _order([g.char for g in line.glyphs])
    return replace(line, text=_backwards(line.text), glyphs=tuple(line.glyphs[n] for n in order))


def _order(chars: Sequence[str]) -> list[int]:
    """The places of a line's characters from its other end, those of a run of figures or Latin letters as they are."""
    runs: list[list[int]] = []
    for n, char in enumerate(chars):
        if runs and _LATIN.fullmatch(char) and _LATIN.fullmatch(chars[n - 1]):
            runs[-1].append(n)
        else:
            runs.append([n])
    return [n for run in reversed(runs) for n in run]


def _backwards(text: str) -> str:
    return "".join(text[n] for n in _order(text))
