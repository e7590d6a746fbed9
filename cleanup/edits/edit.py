"""One proposed change of the text as recognized, with its place, its reason and the pass that made it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from typing import Final

from cleanup.edits.pass_registry import ORDER, Pass

__all__ = ["CELL_BREAK", "LINE_BREAK", "ORDER", "Edit", "EditKind", "Pass", "Span"]

LINE_BREAK: Final = "\n"
"""What follows every line of raw text; it is the character at offset `len(line.text)`, and so it is a place."""
CELL_BREAK: Final = "\t"
"""What parts the cells of a row in the clean text of a table."""


class EditKind(StrEnum):
    """What an edit does to the text, told from its before and after."""

    INSERTION = "insertion"
    DELETION = "deletion"
    SUBSTITUTION = "substitution"
    JOIN = "join"  # takes a line break away
    SPLIT = "split"  # sets a line break: a paragraph begins


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of characters in one line of the raw text.

    `page` counts from 1 and `line` is the line's id on that page. Offsets are code points, `end` exclusive. The
    line's break has the offset `len(text)`, so `end` may reach `len(text) + 1`. An empty span is a place between
    two characters.
    """

    page: int
    line: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs from 0 or later forward, this one from {self.start} to {self.end}")

    def __str__(self) -> str:
        return f"{self.page}/{self.line}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the raw text: at `places`, `after` instead of `before`.

    `places` lie one behind the other without a gap, one span a line; all but the last reach over their line break.
    They and `before` are always in the raw text, whatever other edits there are. `supersedes` holds the ids of the
    edits whose work this one contains: it was found on a text in which they were applied, it covers them whole, and
    they stay out while it is in force. `confidence` is 0 to 1. `reason` is a sentence for the archivist.
    """

    places: tuple[Span, ...]
    before: str
    after: str
    by: Pass
    reason: str
    confidence: float
    supersedes: tuple[str, ...] = ()
    id: str = field(init=False, compare=False, repr=False)
    """Sixteen hexadecimal digits from the places, the texts and the pass: the same find has the same id."""

    def __post_init__(self) -> None:
        if not self.places:
            raise ValueError("an edit has at least one place")
        if self.before == self.after:
            raise ValueError(f"an edit changes something; this one puts {self.after!r} for itself at {self.places[0]}")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"a confidence lies between 0 and 1, this one is {self.confidence}")
        object.__setattr__(self, "id", self._digest())

    def _digest(self) -> str:
        where = "\x1f".join(f"{s.page}\x1e{s.line}\x1e{s.start}\x1e{s.end}" for s in self.places)
        told = "\x1d".join((where, self.before, self.after, self.by))
        return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    @property
    def kind(self) -> EditKind:
        broken, set_ = self.before.count(LINE_BREAK), self.after.count(LINE_BREAK)
        if broken != set_:
            return EditKind.JOIN if broken > set_ else EditKind.SPLIT
        if not self.after:
            return EditKind.DELETION
        return EditKind.SUBSTITUTION if self.before else EditKind.INSERTION
