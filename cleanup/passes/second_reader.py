"""The pass that lets the other of two readers win where it is the likelier: 袄陕 read beside 祆陕."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cleanup.article import Article
from cleanup.edits.clean_text import Change
from cleanup.lines.glyph_places import glyphs_of
from layout.page import Glyph
from ocr.characters.alike import alike

_GROUPED: Final = re.compile(r"(?<![\d.,，])\d{1,3}(?:[,，]\d{3})+(?![\d,，])")
"""A number whose figures stand in groups of three: each comma vouches for the others, and for what it parts."""
WORTH_ASKING: Final = 0.2
"""Confidence of the other reading below which it is on the record of the glyph alone, and asks nobody."""


def second_reader(article: Article) -> Iterator[Change]:
    """Changes that put what the other reader saw in place of what was recognized.

    Mends a character that two readers see differently, one that only the other saw, and one that the other did not
    see, given how likely either is right. Keeps its hands off where both agree, where only one reader read, and where
    an edit already stands.
    """
    clean = article.clean
    for index, source in enumerate(article.lines):
        if not any(_is_open(g) for g in source.line.glyphs):
            continue
        begin = article.raw.starts[index]
        grouped = {i for m in _GROUPED.finditer(source.line.text) for i in range(*m.span())}
        for offset, glyph in enumerate(glyphs_of(source.line)):
            if glyph is None or not _is_open(glyph) or (offset in grouped and not glyph.char.isdigit()):
                continue
            at = clean.clean_offset(begin + offset)
            if at < len(clean.text) and clean.origin(at) == begin + offset:
                yield Change(at, at + len(glyph.char), glyph.other or "", _reason(glyph), glyph.other_confidence or 0.0)


def _is_open(glyph: Glyph) -> bool:
    """Whether another reader saw something else there, and may be right; what differs in width alone is no other."""
    if glyph.other is None or alike(glyph.char, glyph.other):
        return False
    return (glyph.other_confidence or 0.0) >= WORTH_ASKING


def _reason(glyph: Glyph) -> str:
    mine, theirs = (round(100 * (c or 0.0)) for c in (glyph.confidence, glyph.other_confidence))
    seen = f"sees {glyph.other}" if glyph.other else "sees nothing"
    return f"One reader sees {glyph.char}, the other {seen}: right in {mine} and {theirs} of 100 such places."
