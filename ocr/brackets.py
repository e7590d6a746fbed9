"""Brackets of vertical lines: flat corners that readers of level type see as 一, as an arrow, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ocr.corners import bracket
from ocr.crop import Cell, LinePicture
from ocr.hocr import Seen

SEEN: Final = 0.9
"""Confidence of a bracket that the ink shows."""


def with_brackets(picture: LinePicture, seen: Sequence[Seen]) -> list[Seen]:
    """The characters of a vertical line that is set level, with a bracket in each cell that shows one alone."""
    out = list(seen)
    for cell in picture.cells if len(picture.cells) > 1 else ():
        char = bracket(picture.ink[:, round(cell.left) : round(cell.right)], picture.height)
        if char is not None:
            out = _put(out, cell, char)
    return out


def _put(seen: Sequence[Seen], cell: Cell, char: str) -> list[Seen]:
    """The characters with `char` for what was seen in a cell."""
    left, right = round(cell.left), round(cell.right)
    own = [n for n, s in enumerate(seen) if left <= (s.x0 + s.x1) / 2 < right]
    before = [s for s in seen if (s.x0 + s.x1) / 2 < left]
    behind = [s for s in seen if (s.x0 + s.x1) / 2 >= right]
    if own and all(seen[n].char == char for n in own):
        return list(seen)
    against = "".join(seen[n].char for n in own)
    found = Seen(char, left, 0, max(left + 1, right), 1, SEEN, other=against or None)
    return [*before, found, *behind]
