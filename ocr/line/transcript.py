"""A line's text and glyphs from the characters that a reader saw in its picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Final

from layout.geometry import Box
from layout.page import Glyph, Line
from layout.sheet import Sheet
from ocr.characters.script import LATIN_ENDS, is_hanzi
from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture

HANZI_SPACE: Final = 0.7
"""Width in line heights of the white between hanzi, at least, that is a space."""
LATIN_SPACE: Final = 0.22
"""Width in line heights of the white between letters, at least, that is a space."""
FIGURE_SPACE: Final = 1.0
"""Width in line heights of the white between figures, at least, that is a space: full-width 11 is mostly white."""

NARROW_SPACE: Final = 0.45
"""Width in line heights of a space between hanzi, at least, in a line whose hanzi are set close."""
STANDS_OUT: Final = 2.5
"""Ratio of such a space to the median white between the line's hanzi, at least."""
FEW: Final = 4
"""Number of gaps between a line's hanzi, at least, whose median tells what a space is in this line."""
LARGE: Final = 1.5
"""Height of a line in heights of its picture above which narrow spaces count beside any hanzi."""
THIN: Final = frozenset("一二三十卜丁")
"""Hanzi whose thin strokes pale out in smaller type: the white beside them tells of no space until it is wide."""

OUTVOTED: Final = 0.1
"""Chance, at most, that a reading is right that most views of a reader contradict."""


def printable(seen: Sequence[Seen]) -> list[Seen]:
    """The characters that print something, without control characters; one behind a space knows of it."""
    out: list[Seen] = []
    spaced = False
    for s in seen:
        cleaned = s if s.char.isprintable() else replace(s, char=_without_controls(s.char))
        if cleaned.char.strip():
            out.append(replace(cleaned, spaced=True) if spaced and out else cleaned)
            spaced = False
        else:
            spaced = True
    return out


def _without_controls(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c)[0] != "C")


def transcribed(line: Line, picture: LinePicture, seen: Sequence[Seen], sheet: Sheet) -> Line:
    """The line with its glyphs in pixels of the scan, and its text with the spaces that are printed."""
    between = whites_between(picture, seen)
    narrow, large, level = _hanzi_space(seen, between), _is_large(picture), len(picture.cells) == 1
    text = "".join(s.char for s in seen[:1])
    words = any(s.spaced and _is_narrow_pair(a, s) for a, s in pairwise(seen))
    for before, s, white in zip(seen, seen[1:], between, strict=False):
        if words and _is_narrow_pair(before, s):
            space = s.spaced
        else:
            pair = before.char[-1], s.char[0]
            least = least_space(*pair, narrow if large or (level and all(map(_is_whole, pair))) else HANZI_SPACE)
            space = least is not None and white >= least
        text += f" {s.char}" if space else s.char
    boxes = _on_scan([picture.on_sheet(s.x0, s.y0, s.x1, s.y1) for s in seen], sheet)
    glyphs = tuple(_glyph(s, box) for s, box in zip(seen, boxes, strict=True))
    return replace(line, text=text, glyphs=glyphs)


def _glyph(seen: Seen, box: Box) -> Glyph:
    """The glyph; a reading that another view of the reader was outvoted with stays on its record, and asks nobody."""
    confidence = round(seen.confidence, 4)
    if seen.other is None:
        return Glyph(seen.char, box, confidence)
    return Glyph(seen.char, box, confidence, seen.other, round(min(OUTVOTED, 1 - confidence), 4))


def with_glyphs(line: Line, changed: Mapping[int, Glyph]) -> Line:
    """The line with other glyphs, one character each, in these places, in its text too.

    Unchanged where the text is not that of the glyphs, one character each.
    """
    glyphs, text = list(line.glyphs), list(line.text)
    printed = [i for i, c in enumerate(text) if not c.isspace()]
    if "".join(text[i] for i in printed) != "".join(g.char for g in glyphs) or any(len(g.char) != 1 for g in glyphs):
        return line
    for at, glyph in changed.items():
        glyphs[at] = glyph
        text[printed[at]] = glyph.char
    return replace(line, text="".join(text), glyphs=tuple(glyphs))


def _is_narrow_pair(before: Seen, after: Seen) -> bool:
    """Whether two characters belong to Latin print, where the reader itself sees the spaces: one is a letter of it."""
    a, b = before.char[-1], after.char[0]
    narrow = all(unicodedata.east_asian_width(c) not in "WF" for c in (a, b))
    return narrow and any(c.isalpha() and ord(c) < LATIN_ENDS for c in (a, b))


def _on_scan(boxes: Sequence[Box], sheet: Sheet) -> Iterator[Box]:
    """The boxes carried from the sheet to the scan, all at once."""
    corners = sheet.to_scan(corner for box in boxes for corner in box.corners)
    return (Box.around(corners[n : n + 4]) for n in range(0, len(corners), 4))


def whites_between(picture: LinePicture, seen: Sequence[Seen]) -> list[float]:
    """The widest white on the scan between each two neighbours, in line heights."""
    wide = [((a + b) / 2, (b - a) / (picture.height * picture.stretch)) for a, b in picture.whites]
    return [_white(a, b, wide) for a, b in pairwise(seen)]


def _white(before: Seen, after: Seen, whites: Sequence[tuple[float, float]]) -> float:
    """The widest white on the scan between two characters, in line heights.

    `whites` are the middles, in the picture's pixels, and the widths, in line heights, of the stretches without ink.
    """
    left, right = (before.x0 + before.x1) / 2, (after.x0 + after.x1) / 2
    return max((width for middle, width in whites if left < middle < right), default=0.0)


def _is_whole(char: str) -> bool:
    """Whether a character is a hanzi that fills its em with ink in small type too."""
    return is_hanzi(char) and char not in THIN


def _is_large(picture: LinePicture) -> bool:
    return picture.cells[0].box.height > LARGE * picture.height


def _hanzi_space(seen: Sequence[Seen], between: Sequence[float]) -> float:
    """How wide the white between two hanzi of this line is at least where it is a space, in line heights."""
    pairs = zip(between, pairwise(seen), strict=True)
    usual = [white for white, (a, b) in pairs if least_space(a.char[-1], b.char[0]) == HANZI_SPACE]
    return min(HANZI_SPACE, max(NARROW_SPACE, STANDS_OUT * median(usual))) if len(usual) >= FEW else HANZI_SPACE


def least_space(before: str, after: str, hanzi_space: float = HANZI_SPACE) -> float | None:
    """How wide, in line heights, the white between two characters is at least where it is a space; None for never."""
    if not (before.isalnum() and after.isalnum()):
        return None
    pair = before + after
    return FIGURE_SPACE if pair.isdigit() else LATIN_SPACE if pair.isascii() else hanzi_space
