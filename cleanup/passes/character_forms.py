"""The pass that puts plain characters for the forms that a font or an encoding told: 渡⼝老⼈ → 渡口老人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cleanup.article import Article
from cleanup.edits.clean_text import Change
from cleanup.edits.edit import Pass
from cleanup.language.character_forms import FORM, PLAIN
from cleanup.language.characters import is_word
from cleanup.lines.clean_lines import LineView, line_views, line_views_before

_LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_NO_WIDTH: Final = "\u200b\u2060"
"""Signs without width that web pages and editors set to allow or forbid a break; no script of newspapers reads them."""
_ANY: Final = re.compile(f"{FORM.pattern}|[{''.join(_LIGATURES)}{_NO_WIDTH}]")
_RADICAL: Final = range(0x2E80, 0x2FD6)
_VERTICAL_BRACKETS: Final = (*range(0xFE35, 0xFE45), 0xFE47, 0xFE48)
"""Brackets of vertical type, each opening one before its closing one."""
_QUESTION: Final = 0.6
"""Confidence of a change that a person must look at."""
_REASONS: Final = (
    (_RADICAL, "A radical stands for the character: the font named its glyph so."),
    (range(0xFB00, 0xFB07), "Two letters that the font draws as one."),
    (range(0xFE10, 0xFE49), "A mark in its form for vertical lines."),
)
_COMPATIBILITY: Final = "A compatibility ideograph: another code of the same character."


def character_forms(article: Article) -> Iterator[Change]:
    """Changes that put the plain character for a radical, a compatibility ideograph, a mark cut for vertical lines.

    Mends 渡⼝老⼈ → 渡口老人, ﹁﹂ → 「」, and ﬁ → fi in Latin words; takes out signs without width. Where no radical
    stands within a word, the text may talk of radicals: then it only asks about them.
    """
    if _ANY.search(article.clean.text) is None:
        return
    within = any(_stands_within(v) for v in line_views_before(article, Pass.CHARACTER_FORMS))
    for view in line_views(article):
        for found in _ANY.finditer(view.text):
            char, place = found[0], view.start + found.start()
            if char in _NO_WIDTH:
                yield Change(place, place + 1, "", "A sign without width is layout; it is not text.", 0.97)
                continue
            plain = _LIGATURES.get(char) or PLAIN.get(ord(char))
            if plain is not None:
                asked = (ord(char) in _RADICAL and not within) or _is_half(char, article.clean.text)
                yield Change(place, place + 1, plain, _reason(char), _QUESTION if asked else 0.97)


def _stands_within(view: LineView) -> bool:
    """Whether a radical stands beside a character of a word that is none."""
    text = view.text
    for found in FORM.finditer(text):
        beside = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
        if ord(found[0]) in _RADICAL and any(is_word(c) and ord(c) not in _RADICAL for c in beside):
            return True
    return False


def _is_half(char: str, text: str) -> bool:
    """Whether it is a bracket for vertical lines without its other half anywhere: a stroke of a drawn face."""
    code = ord(char)
    return code in _VERTICAL_BRACKETS and chr(code + 1 if code % 2 else code - 1) not in text


def _reason(char: str) -> str:
    return next((reason for codes, reason in _REASONS if ord(char) in codes), _COMPATIBILITY)
