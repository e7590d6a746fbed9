"""The script that a language is printed in: how likely each character is in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

LENT: Final = 0.1
"""How likely traditional print has a hanzi that it shares with the simplified script alone."""

CHINESE: Final = frozenset({"chi_sim", "chi_tra"})
WITH_HANZI: Final = CHINESE | {"jpn"}

LATIN_ENDS: Final = 0x250
"""Code point of the first phonetic letter: the letters of Latin scripts, with their accents, stand before it."""
_LATIN: Final = ((0x00, LATIN_ENDS - 1), (0x2000, 0x206F), (0x20A0, 0x20CF), (0x2100, 0x218F))
"""Code points of Latin print: letters with their accents, general punctuation, currencies, letter-like, fractions."""
_KANA: Final = ((0x3041, 0x30FA), (0x30FC, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F))
"""Code points of kana, the middle dot left out; half width too."""
_HANGUL: Final = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))
"""Code points of hangul: letters and syllables."""


def likelihood(lang: str) -> Callable[[str], float]:
    """How likely a character is in the print of `lang` (several joined by +), beside one of its own; 0 for never."""
    return partial(_likely, frozenset(lang.split("+")))


def is_latin(lang: str) -> bool:
    """Whether what is printed has no hanzi at all."""
    return not WITH_HANZI.intersection(lang.split("+"))


def is_traditional(lang: str) -> bool:
    """Whether the hanzi that are printed are of the traditional script alone."""
    return "chi_tra" in lang.split("+") and not {"chi_sim", "jpn"}.intersection(lang.split("+"))


def traditional(char: str) -> float:
    """How likely a hanzi is in traditional print, beside one of Big5: 0 for one that only the simplified script has.

    Simplified is what is in GB 2312 and not in Big5. Hong Kong's supplement has 471 of those, among them such as it
    prints every day (着, 恒, 温) and such as it doesn't (视, 随): they are believed where the network is sure of them.
    """
    if not is_hanzi(char) or not char.encode("gb2312", "ignore") or char.encode("big5", "ignore"):
        return 1.0
    return LENT if char.encode("big5hkscs", "ignore") else 0.0


def is_hanzi(char: str) -> bool:
    return "一" <= char <= "鿿"


def is_kana(char: str) -> bool:
    return _within(char, _KANA)


def _likely(names: frozenset[str], char: str) -> float:
    if not WITH_HANZI & names:
        return float(_within(char, _LATIN))
    if is_hanzi(char) and not is_traditional("+".join(names)):  # most of the characters that are asked about
        return 1.0
    if (is_kana(char) and "jpn" not in names) or (_within(char, _HANGUL) and "kor" not in names):
        return 0.0
    return traditional(char) if is_traditional("+".join(names)) else 1.0


def _within(char: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= ord(char[0]) <= high for low, high in ranges)
