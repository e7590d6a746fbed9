"""What kind of character it is: hanzi, a mark that ends a sentence, a mark that opens or closes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

HANZI: Final = "〇々㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U0003ffff"
"""Hanzi as the inside of a regular expression's character class, all planes."""

SENTENCE_ENDS: Final = frozenset("。！？!?…")
OPENING: Final = frozenset("（(〔［[【〖「『《〈“‘{｛")
CLOSING: Final = frozenset("）)〕］]】〗」』》〉”’}｝")
PAUSES: Final = frozenset("，、；：,;:")
ENDS_ITEM: Final = frozenset("；：;:")
"""Pauses that end a paragraph too: an entry of a list, words that lead on to one."""
SPACE: Final = frozenset(" \t　\u00a0\u2002\u2003\u2009\ufeff\r\f\v")
"""White space within a line."""

_OTHER_HANZI: Final = frozenset("々〇")
_FIRST_WIDE: Final = "\u2e80"
"""The first of the radicals: letters of alphabets stand before them, hanzi and kana behind."""
_WIDE: Final = re.compile("[\u2e80-\U0010ffff“”‘’—…·]+")
_SPACES: Final = "".join(SPACE)
_CLOSINGS: Final = "".join(CLOSING)


def is_hanzi(char: str) -> bool:
    """Whether the character is a hanzi of any plane; 〇 and 々 count."""
    if "一" <= char <= "鿿":
        return True
    return (
        char in _OTHER_HANZI
        or "㐀" <= char <= "䶿"
        or "\U00020000" <= char <= "\U0003ffff"
        or "\uf900" <= char <= "\ufaff"
    )


def hanzi_pairs(text: str) -> frozenset[str]:
    """The pairs of hanzi that stand next to each other in a text."""
    return frozenset(a + b for a, b in pairwise(text) if is_hanzi(a) and is_hanzi(b))


def is_latin(char: str) -> bool:
    """Whether it is a letter of an alphabet that sets spaces between words."""
    return char.isalpha() and char < _FIRST_WIDE


def is_word(char: str) -> bool:
    """Whether it is a hanzi, a letter or a digit: part of a word, not a mark."""
    return char.isalnum() or is_hanzi(char)


def ends_sentence(text: str) -> bool:
    """Whether the text ends with a mark that ends a sentence; closing quotes and brackets may follow it."""
    last = text[-1:]
    if last in SENTENCE_ENDS:
        return True
    if last not in CLOSING and last not in SPACE:
        return False
    inner = text.rstrip(_SPACES).rstrip(_CLOSINGS)
    return bool(inner) and inner[-1] in SENTENCE_ENDS


def cells(text: str) -> int:
    """The width in half-width cells: a hanzi or a full-width mark takes two, a Latin letter, a digit or a space one."""
    return len(text) + len("".join(_WIDE.findall(text)))
