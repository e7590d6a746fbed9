"""What only looks like type, and type on pictures: captions set in them, badges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Final

from layout.blocks import Block
from layout.geometry import Box
from layout.lines import DetectedLine

FEW: Final = 6
"""Characters of a headline that is printed on a picture at least; fewer are a badge, a shop's sign."""

SHORTEST: Final = 3
"""Characters of a line that may stand on a picture by itself; shorter ones are leaves, buttons, windows."""


PARTED: Final = 0.5
"""Em between parts of one picture at most; two photographs of a page stand further apart."""

FILLED: Final = 0.75
"""Of the rectangle about a picture's parts that they fill."""

SET: Final = 6
"""Characters of their own size in a row from which on they are no twigs of a tree before a white sky."""


def made_whole(
    pictures: Sequence[Box], lines: Sequence[DetectedLine], em: float
) -> tuple[tuple[Box, ...], list[DetectedLine]]:
    """The pictures, those parts that touch and nearly fill a rectangle as one, and the lines without scraps in it.

    A sky as white as the paper parts a picture; no row of type stands there.
    """
    whole = list(pictures)
    for b in pictures:
        parts = [p for p in whole if p.overlap_x(b) > -PARTED * em and p.overlap_y(b) > -PARTED * em]
        rectangle = reduce(or_, parts, b)
        between = [n for n in lines if n.box.within(rectangle) > 0.5 and not _on(n, parts)]
        filled = sum(p.area for p in parts) > FILLED * rectangle.area
        if len(parts) > 1 and filled and not any(n.length > SET * max(n.size, em) for n in between):
            whole = [rectangle, *(p for p in whole if p not in parts)]
            lines = [n for n in lines if n not in between]
    return tuple(sorted(whole, key=lambda b: (b.y0, b.x0))), list(lines)


def without_scraps(lines: Sequence[DetectedLine], pictures: Sequence[Box], em: float) -> list[DetectedLine]:
    """The lines without short ones on a picture that stand beside no longer line: they are of the picture."""
    long = [n for n in lines if n.length >= SHORTEST * em]
    return [n for n in lines if n.length >= SHORTEST * em or not _on(n, pictures) or any(_next(n, o, em) for o in long)]


def without_slivers(lines: Sequence[DetectedLine], page: Box, em: float) -> list[DetectedLine]:
    """The lines without what is no type: long and flat as scraps of rules are, or cut off by the page's edge."""
    long = [n for n in lines if n.length >= SHORTEST * em and not _is_cut_off(n, page, em)]
    return [
        n
        for n in lines
        if not _is_sliver(n.box, em) and (not _is_cut_off(n, page, em) or any(_ends(n, o, em) for o in long))
    ]


def _is_sliver(b: Box, em: float) -> bool:
    """A stroke as flat as that is 一 and as long as a glyph, or belongs to a row."""
    low, long = sorted((b.width, b.height))
    return low < 0.3 * em and long > 1.5 * em


def _is_cut_off(n: DetectedLine, page: Box, em: float) -> bool:
    """Low along the page's edge, or a glyph or two that touch it."""
    b = n.box
    margin = min(b.x0, b.y0, page.x1 - b.x1, page.y1 - b.y1)
    return margin <= 0.4 * em and (b.height < 0.7 * em or max(b.width, b.height) < SHORTEST * em)


def without_badges(blocks: Sequence[Block], pictures: Sequence[Box]) -> list[Block]:
    """The blocks; a word of large type on a picture is text, and no headline."""
    return [
        replace(b, display=False)
        if b.display and all(_on(n, pictures) and n.length < FEW * n.size for n in b.lines)
        else b
        for b in blocks
    ]


def _on(n: DetectedLine, pictures: Sequence[Box]) -> bool:
    return any(n.box.within(p) > 0.8 for p in pictures)


def _next(short: DetectedLine, long: DetectedLine, em: float) -> bool:
    """Whether the short line is the last of a paragraph, or the mark at a row's end."""
    a, b = short.box, long.box
    in_row = a.overlap_y(b) > 0.5 * a.height and -em < a.overlap_x(b)
    return in_row or _ends(short, long, em)


def _ends(short: DetectedLine, long: DetectedLine, em: float) -> bool:
    """Whether the short line stands right under the start of the long one, as the last of its paragraph does."""
    a, b = short.box, long.box
    return -0.8 * em < a.overlap_y(b) <= 0.2 * em and a.y0 > b.y0 and abs(a.x0 - b.x0) < 1.2 * em
