"""Pages in a Latin script, told as the table of cues knows pages: two letters count as one hanzi.

The cues were weighed on Chinese print: how many characters fill a line, which mark ends a sentence, which pairs of
characters a headline shares with its text. A Latin letter is about half an em wide, so each two letters of a word stand
for one hanzi, always the same one, and marks stand for their full-width forms. Only the choice of articles sees this.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from cleanup.articles.placed import PlacedLine
from cleanup.language.characters import HANZI, is_hanzi, is_latin
from layout.geometry import Box

_WORD: Final = re.compile(f"[^\\W\\d_{HANZI}][^\\W\\d_{HANZI}]*(?:['’][^\\W\\d_{HANZI}]+)*")
_MARKS: Final = {".": "。", ",": "，", "!": "！", "?": "？", ";": "；", ":": "：", '"': "”"}
_MARK: Final = re.compile(r"""(?<!\d)[.,;:](?!\d)|[!?"]""")


@dataclass(frozen=True, slots=True)
class LatinParams:
    """Bounds of pages of Latin print; sizes relative to the body's."""

    least: float = 0.5
    """Size, relative to the body's, of a line of the body's type, at least: one without ascenders looks so small."""
    most: float = 1.4
    """The same, at most: a line with ascenders, descenders and brackets looks so large."""
    pitch: float = 1.4
    """Ems from one line of Chinese body type to the next; Latin type is set closer, its ems are larger by ascenders."""
    close: float = 0.4
    """White between two lines of a paragraph, as a share of their height, at most."""
    set_in: float = 2.5
    """Ems by which the first line of a paragraph is set in, at most."""
    for_hanzi: int = 4
    """Letters for each hanzi from which texts are Latin print."""
    under: float = 0.8
    """Share of the narrower of two lines that lies over the other where they are of one column, at least."""
    lapped: float = 0.3
    """Ems by which the boxes of two lines may overlap."""


P: Final = LatinParams()


def is_latin_script(texts: Sequence[str]) -> bool:
    """Whether letters make up most of the texts: at least four for each hanzi."""
    letters = sum(is_latin(c) for t in texts for c in t)
    return letters > P.for_hanzi * sum(is_hanzi(c) for t in texts for c in t)


def as_hanzi(text: str) -> str:
    """The text as the cues know text; what holds no letter and no mark stays."""
    bare = _MARK.sub(lambda m: _MARKS[m[0]], _WORD.sub(_folded, text))
    return bare.replace(" ", "") or text


def _folded(word: re.Match[str]) -> str:
    letters = word[0].lower()
    return "".join(chr(0x4E00 + zlib.crc32(letters[i : i + 2].encode()) % 20_000) for i in range(0, len(letters), 2))


def em_of(boxes: Sequence[Box], size: float) -> float:
    """The pixels that are an em to the cues, by the pitch of the lines; `size` where no line follows another."""
    pitches = []
    for box in boxes:
        under = [
            b.y0 - box.y0
            for b in boxes
            if b.y0 > box.y0 and min(b.x1, box.x1) - max(b.x0, box.x0) > P.under * min(b.width, box.width)
        ]
        near = min(under, default=0.0)
        if box.height / 2 < near < 2 * box.height:
            pitches.append(near)
    return median(pitches) / P.pitch if pitches else size


def evened(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines as the cues know lines: their text, their sizes, and lines that touch in one column in one region.

    What is about the body's size is of that size, and sizes that differ by letters alone part no region.
    """
    out: list[PlacedLine] = []
    for line in lines:
        told = replace(line, text=as_hanzi(line.text), size=_snapped(line.size))
        home = out[-1] if out and _goes_on(out[-1], told) else told
        out.append(replace(told, region=home.region))
    return out


def _snapped(size: float) -> float:
    return 1.0 if P.least < size < P.most else size


def _goes_on(above: PlacedLine, line: PlacedLine) -> bool:
    """Whether a line of body type stands right under another one of its column."""
    if not above.size == line.size == 1.0 or above.region.kind is not line.region.kind:
        return False
    shared = above.rect.overlap_x(line.rect)
    close = -P.lapped < -above.rect.overlap_y(line.rect) < P.close * line.rect.height
    return (
        close
        and shared > P.under * min(above.rect.width, line.rect.width)
        and abs(above.rect.x0 - line.rect.x0) < P.set_in
    )
