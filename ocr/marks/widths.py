"""Colons between figures, as wide as they are printed: a network sees the dots and guesses at the white around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture

COLONS: Final = frozenset(":：")
WIDE: Final = 0.75
"""White and dots between the figures on either side of a colon, in ems, from which it is full-width: one takes 0.9 to
1.05 on pages of several papers."""
NARROW: Final = 0.6
"""The same up to which it is half-width: one takes 0.3 to 0.55."""


def with_colon_widths(picture: LinePicture, seen: Sequence[Seen]) -> list[Seen]:
    """The characters of a level line, each with the box of its ink; colons between figures full-width or half-width.

    79：84 is a score in a paper that prints it so, and 8:30 a time. In between the reader's own guess stays.
    """
    out = list(seen)
    em = picture.height * picture.stretch
    for at in range(1, len(seen) - 1):
        before, one, behind = seen[at - 1 : at + 2]
        if one.char in COLONS and _is_figure(before.char) and _is_figure(behind.char):
            room = (behind.x0 - before.x1) / em
            char = "：" if room >= WIDE else ":" if room <= NARROW else one.char
            out[at] = replace(one, char=char)
    return out


def _is_figure(char: str) -> bool:
    return char.isascii() and char.isdigit()
