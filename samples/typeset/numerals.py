"""Numbers in hanzi, as vertical pages print them."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = "〇一二三四五六七八九"


def in_hanzi(text: str) -> str:
    """The text with its Arabic figures in hanzi: 45 as 四十五, 6.4% as 百分之六點四, long ones digit by digit."""
    text = re.sub(r"(\d{4})(?=年)", lambda m: _digits(m.group(1)), text)
    text = re.sub(r"(\d+(?:\.\d+)?)%", lambda m: "百分之" + _number(m.group(1)), text)
    return re.sub(r"\d+(?:\.\d+)?", lambda m: _number(m.group(0)), text)


def _number(figures: str) -> str:
    whole, point, part = figures.partition(".")
    said = _small(int(whole)) if len(whole) <= 4 else _digits(whole)
    return said + ("點" + _digits(part) if point else "")


def _digits(figures: str) -> str:
    return "".join(DIGITS[int(f)] for f in figures)


def _small(n: int) -> str:
    """A number below ten thousand as it is said."""
    if n < 10:
        return DIGITS[n]
    out, skipped = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            out += ("零" if skipped else "") + ("" if name == "十" and digit == 1 and not out else DIGITS[digit]) + name
            skipped = False
        elif out and n:
            skipped = True
    return out
