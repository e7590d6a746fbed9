"""Brackets of vertical lines: flat corners that readers of level type see as 一, as an arrow, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ocr.line.seen import Seen
from ocr.pictures.corners import bracket
from ocr.pictures.crop import Cell, LinePicture

SEEN: Final = 0.9
"""Confidence of a bracket that the ink shows."""
ROUND: Final = {"(": ")", "（": "）"}
"""Round brackets that open, and those that close."""
A_WAVE: Final = 2
"""Number of round brackets of one direction without their others in one line, at least, that are arcs of a wavy rule
beside it: a bracket whose other stands in the next line is alone."""
CORNERS: Final = {"「": "」", "『": "』"}
"""Corner brackets that open, and those that close."""
MORE: Final = 0.4
"""Widths of a bracket's cell that what was seen there reaches out of it, at most: a glyph beside it, whose box took the
unread bracket in, reaches further."""


def with_brackets(picture: LinePicture, seen: Sequence[Seen]) -> list[Seen]:
    """The characters of a vertical line that is set level, with a bracket in each cell that shows one alone."""
    out = list(seen)
    for cell in picture.cells if len(picture.cells) > 1 else ():
        columns = slice(round(cell.left), round(cell.right))
        masks = (picture.ink[:, columns], picture.faint_ink[:, columns])
        char = next(filter(None, (bracket(m, picture.height, picture.stretch) for m in masks)), None)
        if char is not None:
            out = _put(out, cell, char)
    return _paired(_without_waves(out)) if len(picture.cells) > 1 else out


def _without_waves(seen: Sequence[Seen]) -> list[Seen]:
    """The characters without round brackets that are the arcs of a wavy rule."""
    opened: list[int] = []
    closing: list[int] = []
    for at, s in enumerate(seen):
        if s.char in ROUND:
            opened.append(at)
        elif s.char in ROUND.values():
            if opened:
                opened.pop()
            else:
                closing.append(at)
    arcs = {at for alone in (opened, closing) if len(alone) >= A_WAVE for at in alone}
    return [s for at, s in enumerate(seen) if at not in arcs]


def _paired(seen: Sequence[Seen]) -> list[Seen]:
    """The characters; of a pair of which one bracket is double the other is too: an outline may run dry."""
    out = list(seen)
    opened: int | None = None
    for at, s in enumerate(seen):
        if s.char in CORNERS:
            opened = at
        elif s.char in CORNERS.values() and opened is not None:
            double = {seen[opened].char, s.char} & {"『", "』"}
            for n, char in ((opened, "『"), (at, "』")) if double else ():
                if out[n].char != char:
                    out[n] = replace(out[n], char=char, other=out[n].char)
            opened = None
    return out


def _is_in_cell(seen: Seen, left: int, right: int) -> bool:
    """Whether a character lies in a cell and reaches beyond it only a little."""
    outside = max(0, left - seen.x0) + max(0, seen.x1 - right)
    return outside < MORE * (right - left) and _meets(seen, left, right)


def _put(seen: Sequence[Seen], cell: Cell, char: str) -> list[Seen]:
    """The characters with `char` for what was seen in a cell."""
    left, right = round(cell.left), round(cell.right)
    own = [s for s in seen if _is_in_cell(s, left, right)]
    if own and all(s.char == char for s in own):
        return list(seen)
    against = "".join(s.char for s in own)
    others = [s for s in seen if s not in own]
    before = [replace(s, x1=max(s.x0 + 1, min(s.x1, left))) for s in others if s.x0 + s.x1 < left + right]
    behind = [replace(s, x0=min(s.x1 - 1, max(s.x0, right))) for s in others if s.x0 + s.x1 >= left + right]
    found = Seen(char, left, 0, max(left + 1, right), 1, SEEN, other=against or None)
    return [*before, found, *behind]


def _meets(s: Seen, left: int, right: int) -> bool:
    return left <= (s.x0 + s.x1) / 2 < right
