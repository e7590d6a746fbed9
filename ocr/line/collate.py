"""Two readings of one line laid side by side, character by character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from layout.page import Glyph
from ocr.characters.alike import alike, folded


@dataclass(frozen=True, slots=True)
class Place:
    """A glyph of the first reading and what the other reader saw there: nothing, one glyph, or several."""

    glyph: Glyph
    other: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """What the other reader saw."""
        return "".join(g.char for g in self.other)

    @property
    def agrees(self) -> bool:
        """Whether both saw the same, as far as a reader can."""
        return alike(self.glyph.char, self.text)


def collated(first: Sequence[Glyph], other: Sequence[Glyph]) -> list[Place]:
    """The first reading's glyphs in order, each with its share of the other; every glyph of both stands once.

    By the least number of edits between the two. What the other has more stands with the glyph before it, or, at the
    line's beginning, with the one behind it. `first` holds at least one glyph where `other` does.
    """
    shares: list[list[Glyph]] = [[] for _ in first]
    keys = [[folded(g.char) for g in glyphs] for glyphs in (first, other)]
    for step in Levenshtein.opcodes(*keys):
        theirs = other[step.dest_start : step.dest_end]
        for n, glyph in enumerate(theirs):
            at = min(step.src_start + n, step.src_end - 1) if step.src_end > step.src_start else step.src_start - 1
            shares[max(0, at)].append(glyph)
    return [Place(glyph, tuple(share)) for glyph, share in zip(first, shares, strict=True)]
