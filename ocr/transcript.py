"""A line's text and glyphs from the characters that a reader saw in its picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from layout.geometry import Box
from layout.page import Glyph, Line
from layout.sheet import Sheet
from ocr.crop import LinePicture
from ocr.hocr import Seen

HANZI_SPACE: Final = 0.7
LATIN_SPACE: Final = 0.22
FIGURE_SPACE: Final = 1.0
"""Of a line's height: white this wide between hanzi, letters or figures is a space; full-width 11 is mostly white."""


def printable(seen: Sequence[Seen]) -> list[Seen]:
    """The characters that print something, without control characters."""
    cleaned = [replace(s, char="".join(c for c in s.char if unicodedata.category(c)[0] != "C")) for s in seen]
    return [s for s in cleaned if s.char.strip()]


def transcribed(line: Line, picture: LinePicture, seen: Sequence[Seen], sheet: Sheet) -> Line:
    """The line with its glyphs in pixels of the scan, and its text with the spaces that are printed."""
    wide = [((a + b) / 2, (b - a) / (picture.height * picture.stretch)) for a, b in picture.whites]
    text, last = "", None
    for s in seen:
        if last is not None and _spaced(last, s, wide):
            text += " "
        text += s.char
        last = s
    boxes = _on_scan([picture.on_sheet(s.x0, s.y0, s.x1, s.y1) for s in seen], sheet)
    glyphs = (Glyph(s.char, box, round(s.confidence, 4)) for s, box in zip(seen, boxes, strict=True))
    return replace(line, text=text, glyphs=tuple(glyphs))


def _on_scan(boxes: Sequence[Box], sheet: Sheet) -> Iterator[Box]:
    """The boxes carried from the sheet to the scan, all at once."""
    corners = sheet.to_scan(corner for box in boxes for corner in box.corners)
    return (Box.around(corners[n : n + 4]) for n in range(0, len(corners), 4))


def _spaced(before: Seen, after: Seen, whites: Sequence[tuple[float, float]]) -> bool:
    """Whether a printed space stands between two characters: white on the scan, wider than type's own.

    `whites` are the middles, in the picture's pixels, and the widths, in line heights, of the stretches without ink.
    """
    least = least_space(before.char[-1], after.char[0])
    if least is None:
        return False
    left, right = (before.x0 + before.x1) / 2, (after.x0 + after.x1) / 2
    return any(width >= least and left < middle < right for middle, width in whites)


def least_space(before: str, after: str) -> float | None:
    """How wide, in line heights, the white between two characters is at least where it is a space; None for never."""
    if not (before.isalnum() and after.isalnum()):
        return None
    pair = before + after
    return FIGURE_SPACE if pair.isdigit() else LATIN_SPACE if pair.isascii() else HANZI_SPACE
