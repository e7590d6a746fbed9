"""The words of a line as it goes out, with the glyphs that are known of its characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein, Opcode

from banmian.archive.content.xml_text import is_plain
from cleanup.lines.glyph_places import glyphs_of
from layout.geometry import Box
from layout.page import Glyph, Line

SPACE: Final = " "
"""The character between two words, also where words are joined."""

_BETWEEN: Final = re.compile(rf"(?<=\S){SPACE}(?=\S)")


class Sign(NamedTuple):
    """A character that has a place on the scan: where in its word it stands, and the glyph that was read there.

    It is `plain` if it was read as it goes out, by all who read it, and any markup holds its word as it is.
    """

    at: int
    char: str
    glyph: Glyph
    box: Box
    plain: bool

    @property
    def corrected(self) -> bool:
        return self.glyph.char != self.char


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two single spaces of a line.

    Chinese is written without spaces, so that a word is most often the whole line; words in the sense of a dictionary
    are not told apart, for no one printed them. `glyphs` has one for each character, the one that was read in its
    place; None for what an edit put in and for white space. `recognized` is what was read in place of the word, with
    the space behind it; over a line's words, that is the line as recognized.
    """

    text: str
    glyphs: tuple[Glyph | None, ...]
    recognized: str
    last: bool

    @property
    def altered(self) -> bool:
        """Whether it goes out in another form than it was read in."""
        return self.recognized != self.text + ("" if self.last else SPACE)

    @property
    def signs(self) -> list[Sign]:
        """The characters that have a place on the scan."""
        plain = is_plain(self.text)
        return [
            Sign(at, char, g, g.box, plain and char == g.char and (g.other is None or g.other == char))
            for at, (char, g) in enumerate(zip(self.text, self.glyphs, strict=True))
            if g is not None and g.box is not None
        ]

    @property
    def box(self) -> Box | None:
        """The box around its glyphs."""
        boxes = [g.box for g in self.glyphs if g is not None and g.box is not None]
        return reduce(or_, boxes) if boxes else None

    @property
    def confidence(self) -> float | None:
        """The mean of its glyphs, 0 to 1; None where none is known."""
        known = [g.confidence for g in self.glyphs if g is not None]
        return sum(known) / len(known) if known else None


def words_of(line: Line, text: str) -> tuple[Word, ...]:
    """The line's words under the edits that are in force, which make `text` of it; one at least.

    Joined with single spaces they are `text`: further spaces, and white space of other kinds, stay within the words.
    """
    ends = [*(space.start() for space in _BETWEEN.finditer(text)), len(text)]
    turns = [] if line.text == text else list(Levenshtein.opcodes(line.text, text))
    origins, glyphs = _origins(line.text, text, turns), _glyphs(line, text, turns)
    starts = [0, *(end + 1 for end in ends[:-1])]
    raw = [0, *(origins[start] for start in starts[1:]), len(line.text)]
    return tuple(
        Word(text[start:end], tuple(glyphs[start:end]), line.text[first:behind], end == len(text))
        for start, end, (first, behind) in zip(starts, ends, pairwise(raw), strict=True)
    )


def _glyphs(line: Line, text: str, turns: Sequence[Opcode]) -> Sequence[Glyph | None]:
    """For each character of the text the glyph that was read in its place; None for white space."""
    known = glyphs_of(line)
    if not turns:
        return known
    glyphs: list[Glyph | None] = [None] * len(text)
    for op in turns:
        if op.tag in {"equal", "replace"}:  # one for one
            glyphs[op.dest_start : op.dest_end] = known[op.src_start : op.src_end]
    return [None if char.isspace() else glyph for char, glyph in zip(text, glyphs, strict=True)]


def _origins(raw: str, text: str, turns: Sequence[Opcode]) -> Sequence[int]:
    """For each place in the text the place in the raw one that belongs to it; they never go back."""
    if not turns:
        return range(len(text) + 1)
    origins = [len(raw)] * (len(text) + 1)
    for op in turns:
        for step in range(op.dest_end - op.dest_start):
            origins[op.dest_start + step] = min(op.src_start + step, op.src_end)
    return origins
