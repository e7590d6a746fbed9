"""Type on pictures: captions set in them, badges, and what only looks like type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from layout.blocks import Block
from layout.geometry import Box
from layout.lines import TextLine

FEW: Final = 6
"""Characters of a headline that is printed on a picture at least; fewer are a badge, a shop's sign."""

SHORTEST: Final = 3
"""Characters of a line that may stand on a picture by itself; shorter ones are leaves, buttons, windows."""


def without_scraps(lines: Sequence[TextLine], pictures: Sequence[Box], em: float) -> list[TextLine]:
    """The lines without short ones on a picture that stand beside no longer line: they are of the picture."""
    long = [n for n in lines if n.length >= SHORTEST * em]
    return [n for n in lines if n.length >= SHORTEST * em or not _on(n, pictures) or any(_next(n, o, em) for o in long)]


def without_badges(blocks: Sequence[Block], pictures: Sequence[Box]) -> list[Block]:
    """The blocks; a word of large type on a picture is text, and no headline."""
    return [
        replace(b, display=False)
        if b.display and all(_on(n, pictures) and n.length < FEW * n.size for n in b.lines)
        else b
        for b in blocks
    ]


def _on(n: TextLine, pictures: Sequence[Box]) -> bool:
    return any(n.box.within(p) > 0.8 for p in pictures)


def _next(short: TextLine, long: TextLine, em: float) -> bool:
    """Whether the short line is the last of a paragraph, or the mark at a row's end."""
    a, b = short.box, long.box
    return -em < a.overlap_x(b) and -em < a.overlap_y(b)
