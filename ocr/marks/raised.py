"""Marks of vertical lines: they stand at the top right of their square, where readers of level type see others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ocr.line.seen import Seen

RAISED: Final = {"'": "，", "’": "，", "‘": "，", "′": "，", "°": "。", "º": "。"}
"""What readers see of a comma and of a full stop at the top of their square."""


def with_raised_marks(seen: Sequence[Seen]) -> list[Seen]:
    """The characters of a vertical line, its apostrophes and signs of degrees turned into commas and full stops.

    Behind a Latin letter or a figure they stay.
    """
    return list(_told(seen))


def _told(seen: Sequence[Seen]) -> Iterator[Seen]:
    before = ""
    for one in seen:
        is_mark = one.char in RAISED and not (before.isascii() and before.isalnum())
        yield replace(one, char=RAISED[one.char]) if is_mark else one
        before = one.char
