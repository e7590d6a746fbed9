"""What XML can carry of a text, and ids that XML takes."""

from __future__ import annotations

import re
from typing import Final

_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write (production 2, Char): most control characters, lone surrogates, U+FFFE, U+FFFF."""

_MARKUP: Final = frozenset("<>&\"'")

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
"""Halves of a character, which no encoding of Unicode can write."""

_OUTSIDE_IDS: Final = re.compile(r"[^A-Za-z0-9.-]")
_ESCAPED: Final = re.compile(r"_([0-9a-f]+)_")


def xml_text(text: str) -> str:
    """The text with U+FFFD for each character that XML cannot write; its length stays, so places in it still hold."""
    return text if text.isprintable() else _FORBIDDEN.sub("\ufffd", text)


def is_plain(text: str) -> bool:
    """Whether XML writes the text as it is, within elements and in attributes."""
    return text.isprintable() and _MARKUP.isdisjoint(text)


def whole_characters(text: str) -> str:
    """The text with U+FFFD for each half of a character, which UTF-8 cannot write; its length stays."""
    return text if text.isprintable() else _SURROGATES.sub("\ufffd", text)


def xml_id(form: str, page: int, sort: str, name: str) -> str:
    """An NCName for what a page calls `name`, the same in every export.

    Unique over all formats of an issue, where names are unique in their sort on a page. Page 0 is the issue itself.
    """
    return f"{form}.P{page:04}.{sort}." + escaped(name)


def escaped(name: str) -> str:
    """The name in letters, digits, dots, hyphens and `_hex_` for all others: two names never become one."""
    return _OUTSIDE_IDS.sub(lambda m: f"_{ord(m[0]):x}_", name)


def name_of(id_: str) -> str:
    """The name that `xml_id` made the id from."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), id_.split(".", 3)[3])
