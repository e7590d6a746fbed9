"""A single reader whose confidences are made to mean what they say."""

from __future__ import annotations

from dataclasses import dataclass, replace

from layout.page import Glyph, Line, Page
from layout.sheet import Sheet
from ocr.confidence.around import NO_WORDS, Lexicon, LineSurroundings
from ocr.confidence.trust import Kind, Table, table, voices_alone
from ocr.engine import Engine
from ocr.line.rightleft import with_right_to_left


@dataclass(frozen=True)
class WeighedEngine:
    """Reads with another engine; each glyph's confidence is the chance that it is right, by the words of its language
    among others."""

    engine: Engine
    kind: Kind
    words: Lexicon = NO_WORDS

    @property
    def identity(self) -> str:
        """The engine's, and the table by which it is weighed."""
        return f"{self.engine.identity} {table().identity}"

    def read(self, page: Page, sheet: Sheet) -> Page:
        """The page as the engine reads it, weighed."""
        read = self.engine.read(page, sheet)
        lines = {n.id: weighed(n, self.kind, table(), self.words) for n in read.lines}
        return replace(with_right_to_left(read.with_lines(lines)), reader=self.identity)


def weighed(line: Line, kind: Kind, by: Table, words: Lexicon) -> Line:
    """A line that one reader read, each confidence the chance that the character is right."""
    around = LineSurroundings.of(line, words)
    voices = (voices_alone(g.char, g.confidence, around, n) for n, g in enumerate(line.glyphs))
    chances = (by.chances(kind, v).first for v in voices)
    glyphs = (
        Glyph(g.char, g.box, round(chance, 4), g.other, g.other_confidence)
        for g, chance in zip(line.glyphs, chances, strict=True)
    )
    return replace(line, glyphs=tuple(glyphs))
