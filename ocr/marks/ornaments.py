"""Ornaments and dashes within a line, between its parts: networks pass over them in most views."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import Levenshtein

from ocr.characters.alike import folded
from ocr.line.seen import Seen

ORNAMENTS: Final = frozenset("●○◎◉⊙" + "■□▪▫" + "▲△▼▽▶▷►◀◁◄" + "◆◇" + "★☆✦✧" + "←↑→↓⇐⇑⇒⇓➔" + "※")
"""Discs, squares, triangles, lozenges, stars, arrows and ※. Signs of the text (× ± ° = ℃) are none: the other reader
knows them as well, and where one view alone shows | or ~ it is a scrap of print."""
DASHES: Final = "Pd"
"""The category of dashes in Unicode."""
SHOWN: Final = 0.5
"""Confidence of the first view, at least, in what another one passes over: it stays."""


def is_ornament(char: str) -> bool:
    """Whether a character is an ornament."""
    return char[0] in ORNAMENTS


def stays(seen: Seen) -> bool:
    """Whether it stays where another view sees nothing: an ornament or a dash, seen well enough."""
    return seen.confidence >= SHOWN and (is_ornament(seen.char) or unicodedata.category(seen.char[0]) == DASHES)


def with_passed_over(kept: Sequence[Seen], first: Sequence[Seen]) -> list[Seen]:
    """The characters that views have agreed on, with the ornaments and dashes that the first view alone shows."""
    out: list[Seen] = []
    for step in Levenshtein.opcodes([folded(s.char) for s in first], [folded(s.char) for s in kept]):
        if step.tag == "delete":
            out += filter(stays, first[step.src_start : step.src_end])
        out += kept[step.dest_start : step.dest_end]
    return out
