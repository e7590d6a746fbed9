"""Commas in the middle of the em, as Hong Kong and Taiwan print them: a reader sees a point, the page tells them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from layout.page import Line, Page
from ocr.characters.foreign import POINTS, is_in_name
from ocr.line.large import is_display
from ocr.line.transcript import with_glyphs

COMMAS: Final = frozenset("，,")
FEWEST: Final = 4
"""Points between words on a page, at least, from which they can be its commas."""

Place = tuple[int, int]
"""A line's number among a region's lines and a glyph's among its glyphs."""


def with_centred_commas(page: Page) -> Page:
    """The page, its points between words turned into commas where it prints commas in the middle of the em.

    It does where such points in running text outnumber its commas: in headlines they part items (春·夏). A point in a
    foreign name, in a number or before an item stays.
    """
    regions = [list(r.lines) for r in page.regions]
    found = [list(_between_words(lines)) for lines in regions]
    commas = sum(g.char in COMMAS for n in page.lines for g in n.glyphs)
    count = sum(not is_display(lines[n], page) for lines, places in zip(regions, found, strict=True) for n, _ in places)
    if count < FEWEST or count <= commas:
        return page
    turned: dict[str, Line] = {}
    for lines, places in zip(regions, found, strict=True):
        for n in {n for n, _ in places}:
            own = {at: replace(lines[n].glyphs[at], char="，") for m, at in places if m == n}
            turned[lines[n].id] = with_glyphs(lines[n], own)
    return page.with_lines(turned)


def _between_words(lines: Sequence[Line]) -> Iterator[Place]:
    """The points of a region that stand where a comma can."""
    places = [(n, at) for n, line in enumerate(lines) for at in range(len(line.glyphs))]
    text = [lines[n].glyphs[at].char for n, at in places]
    for i, place in enumerate(places):
        if text[i] not in POINTS or i == 0 or not _can_end(text[i - 1]) or is_in_name(text, i):
            continue
        if i + 1 == len(text) or _can_begin(text[i + 1]):
            yield place


def _can_end(char: str) -> bool:
    return _is_wide_word(char) or unicodedata.category(char[0]) in {"Pe", "Pf"} or char == "%"


def _can_begin(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char[0]) in {"Ps", "Pi"}


def _is_wide_word(char: str) -> bool:
    return char[0].isalpha() and unicodedata.east_asian_width(char[0]) in "WF"
