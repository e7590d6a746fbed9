"""Bytes become text: UTF-8, UTF-16, GB18030 and Big5 are recognized, and what is no text is refused."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache
from typing import Final

from layout.errors import InputUnusable

_MARKED: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED: Final = ["gb18030", "big5", "big5hkscs"]
_OTHER_END: Final = re.compile("[\u2028\u2029\x85\v]")
"""Line ends of page layout and word processors; where a text has others, they stand within its lines."""
_MARKS: Final = frozenset("，。、；：？！“”‘’（）《》「」『』—…·\u3000")
_SAMPLE: Final = 1 << 16
"""Number of bytes of a file by which its encoding is told."""
_CONTROLS_ALLOWED: Final = 0.01
"""Share of control characters that a text may hold: form feeds and stray bytes of old systems, not a picture."""


def decode(data: bytes, where: str) -> str:
    """The text that `data` holds, its line ends made "\\n"; `where` names the input in an error.

    A byte order mark decides. Without one, what is valid UTF-8 is UTF-8 (other encodings hardly ever are), and the
    rest is whichever of GB18030 and Big5 makes more likely Chinese of it. Line separators as Unicode and word
    processors have them are line ends in a text that has no others. Raises InputUnusable for what is no text.
    """
    text = data.decode(encoding := encoding_of(data, where), errors="replace" if _is_utf16(data) else "strict")
    if _controls(text) > _CONTROLS_ALLOWED * len(text):
        raise _no_text(where, f"decoded as {encoding} it is full of control characters")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if "\n" in text.strip("\n") else _OTHER_END.sub("\n", text)


def encoding_of(data: bytes, where: str) -> str:
    """The codec's name, one that decodes the whole of `data`; raises InputUnusable where none does."""
    for mark, encoding in _MARKED:
        if data.startswith(mark) and _decodes(data, encoding):
            return encoding
    if b"\x00" in data:
        raise _no_text(where, f"it holds a zero byte at offset {data.index(0):,}")
    if _decodes(data, "utf-8"):
        return "utf-8"
    able = [e for e in _UNMARKED if _decodes(data, e)]
    if not able:
        raise _no_text(where, _damage(data))
    sample = data[: _whole(data)]
    return max(able, key=lambda e: _likelihood(sample.decode(e)))


def _likelihood(text: str) -> float:
    """How much like Chinese text reads, a mean over its characters outside ASCII: marks and everyday hanzi speak for
    it; kana, Greek, frames and private characters, what one encoding makes of the other's commonest bytes, against."""
    counted = Counter(c for c in text if c > "\x7f")
    return sum(n * _weight(c) for c, n in counted.items()) / (counted.total() or 1)


@cache
def _weight(char: str) -> int:
    if char in _MARKS:
        return 2
    if not "\u4e00" <= char <= "\u9fff":
        return -2
    return int(_first_level(char, "gb2312", 0xD7)) + int(_first_level(char, "big5", 0xC6))


def _first_level(char: str, charset: str, last: int) -> bool:
    """Whether the hanzi stands in the first level of `charset`, that of everyday use, which ends at the row `last`."""
    code = char.encode(charset, "ignore")
    return bool(code) and code[0] <= last


def _is_utf16(data: bytes) -> bool:
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding, errors="replace" if encoding == "utf-16" else "strict")
    except UnicodeDecodeError:
        return False
    return True


def _whole(data: bytes) -> int:
    """Where a sample can end without cutting a character: behind a line end, which no trail byte equals."""
    return len(data) if len(data) <= _SAMPLE else (data.rfind(b"\n", 0, _SAMPLE) + 1 or _SAMPLE)


def _controls(text: str) -> int:
    return sum(text.count(chr(c)) for c in range(32) if chr(c) not in "\t\n\r\f\v")


def _damage(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as e:
        return f"byte {e.start:,} is 0x{data[e.start]:02x}, which fits neither UTF-8 nor GB18030 nor Big5"
    return "it cannot be decoded"


def _no_text(where: str, why: str) -> InputUnusable:
    return InputUnusable(
        f"{where} is not text that can be cleaned: {why}.",
        "Give plain text in UTF-8, GB18030 or Big5; for scans and PDFs use: banmian run FILE --workspace DIR",
    )
