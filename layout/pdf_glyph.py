"""What a PDF page carries as text: it was typeset, not recognized."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from layout.geometry import Box, Point

UNKNOWN: Final = "\ufffd"
"""The character that stands for a glyph whose font does not tell which character it is."""


@dataclass(frozen=True, slots=True)
class TypedGlyph:
    """A character of a PDF's text with the box of its ink, in pixels of the drawn page.

    `char` is UNKNOWN where the font does not tell.
    """

    char: str
    box: Box
    spaced: bool = False
    """The layer sets a space before it."""
    advance: Box | None = None
    """The place that the font gives it in its line, a mark as much as a hanzi; None where the font tells none."""

    @property
    def place(self) -> Box:
        """Where it stands in its line, white and all."""
        return self.box if self.advance is None else self.box | self.advance

    @property
    def is_private(self) -> bool:
        """Whether the font tells only a code of private use, which means nothing outside of it."""
        return unicodedata.category(self.char) == "Co"


def carried(glyphs: Sequence[TypedGlyph], move: Callable[[Iterable[Point]], Sequence[Point]]) -> tuple[TypedGlyph, ...]:
    """The glyphs in pixels of the picture to which `move` carries points; all points go at once."""
    moved = move([p for g in glyphs for b in (g.box, g.advance or g.box) for p in b.corners])
    boxes = [Box.around(moved[at : at + 4]) for at in range(0, len(moved), 4)]
    return tuple(
        replace(g, box=box, advance=g.advance and advance)
        for g, box, advance in zip(glyphs, boxes[::2], boxes[1::2], strict=True)
    )
