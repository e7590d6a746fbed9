"""A character as a reader saw it in the picture of a line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """One character, its box x0, y0, x1, y1 in the picture's pixels, and the reader's confidence from 0 to 1.

    `other` is what another view of the same reader showed there, where the views differ; else None. `spaced` says
    that the reader saw a space in front of it, or the beginning of a word. `rivals` are other characters that the
    reader held possible there, each with its probability, the likeliest first; a character that is sure has none, and
    one that is not wholly sure has the `next` one alone.
    """

    char: str
    x0: int
    y0: int
    x1: int
    y1: int
    confidence: float
    other: str | None = None
    spaced: bool = False
    rivals: tuple[tuple[str, float], ...] = ()
    next: str = ""
