"""What a PDF page carries as text: it was typeset, not recognized."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from layout.geometry import Box, Point, Polygon

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

    def carried(self, move: Callable[[Iterable[Point]], Polygon]) -> TypedGlyph:
        """The glyph in the pixels of the picture to which `move` carries points."""
        advance = None if self.advance is None else Box.around(move(self.advance.corners))
        return replace(self, box=Box.around(move(self.box.corners)), advance=advance)

    @property
    def is_private(self) -> bool:
        """Whether the font tells only a code of private use, which means nothing outside of it."""
        return unicodedata.category(self.char) == "Co"
