"""What a PDF page carries as text: it was typeset, not recognized."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from layout.geometry import Box

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

    @property
    def is_private(self) -> bool:
        """Whether the font tells only a code of private use, which means nothing outside of it."""
        return unicodedata.category(self.char) == "Co"
