"""Where on the scan the characters of a line stand, under the edits in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist
from typing import Final

from cleanup.edits.clean_text import CleanText
from cleanup.edits.edit import Pass
from cleanup.lines.clean_lines import LineView
from layout.geometry import Box
from layout.page import Direction, Glyph, Line


def glyphs_of(line: Line) -> tuple[Glyph | None, ...]:
    """One glyph a character of `line.text`; None for white space.

    Readers leave white space out of the glyphs. Where glyphs and text disagree, nothing is known about the line.
    """
    inked = [glyph for glyph in line.glyphs if not glyph.char.isspace()]
    chars = "".join(line.text.split())
    if [*chars] != [glyph.char for glyph in inked[: len(chars)]]:
        return (None,) * len(line.text)
    if len(chars) == len(line.text):
        return tuple(inked[: len(chars)])
    glyphs = iter(inked)
    return tuple(None if char.isspace() else next(glyphs) for char in line.text)


def boxes_of(line: Line) -> tuple[Box | None, ...]:
    """One box a character of `line.text`; None for white space and for what no glyph tells."""
    return tuple(None if glyph is None else glyph.box for glyph in glyphs_of(line))


_COUNTED: Final = 8
"""Characters from which a vertical line's length tells the distance of its characters."""


def em_of(line: Line) -> float:
    """The em in pixels of the scan: the extent across the line, of its glyphs or else of its polygon; 0 if unknown.

    Where marks are set beside the characters of a vertical line, their distance down the line tells.
    """
    vertical = line.direction is Direction.VERTICAL_RL
    boxes = [g.box for g in line.glyphs if g.box is not None]
    across = sorted(b.width if vertical else b.height for b in boxes)
    wide = float(across[3 * len(across) // 4]) if across else _thickness(line)
    if not vertical or line.box is None or len(line.text) < _COUNTED:
        return wide
    return min(wide, line.box.height / len(line.text))


def _thickness(line: Line) -> float:
    """The extent across the line of its polygon, however the page lay on the glass; 0 if unknown."""
    if line.polygon is None:
        return 0.0
    begin, ahead, _, aside = line.polygon
    return dist(begin, ahead if line.direction is Direction.VERTICAL_RL else aside)


@dataclass(frozen=True, slots=True)
class GlyphOrderParams:
    """Bounds by which the boxes of a line are believed."""

    orderly: float = 0.95
    """Share of the boxes that follow one another and are no wider than type, at least."""
    back: float = 0.15
    """Distance in ems by which a glyph may begin before the one before it, or two ends of one place may differ."""
    widest: float = 1.5
    """Length in ems of a glyph along its line, at most."""


P: Final = GlyphOrderParams()


def are_orderly(boxes: Sequence[Box | None], line: Line, em: float) -> bool:
    """Whether nearly all boxes follow one another and are no wider than type is.

    A PDF's text layer gives such boxes. A reader that only guesses where in the line it saw a character does not,
    and then they tell nothing about single characters. Glyphs drawn twice in one place count once.
    """
    told = [_along(box, line) for box in boxes if box is not None]
    ends = [b for a, b in pairwise([None, *told]) if b is not None and (a is None or not _repeats(a, b, em))]
    follow = [b[0] - a[0] >= -P.back * em for a, b in pairwise(ends)]
    slim = [end - begin <= P.widest * em for begin, end in ends]
    return sum(follow) + sum(slim) >= P.orderly * (len(follow) + len(slim))


def _repeats(one: tuple[int, int], other: tuple[int, int], em: float) -> bool:
    """Whether two glyphs are drawn in one place."""
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= P.back * em


def _along(box: Box, line: Line) -> tuple[int, int]:
    """Where along the line the box begins and ends, in pixels of the scan."""
    return (box.y0, box.y1) if line.direction is Direction.VERTICAL_RL else (box.x0, box.x1)


class LineGlyphs:
    """The characters of a line as it reads now, with their places on the scan. Distances are in ems.

    Where the line's boxes are not orderly, its places count as unknown.
    """

    def __init__(self, clean: CleanText, view: LineView) -> None:
        self._clean, self._view = clean, view
        self._line = view.source.line
        self._em = em_of(self._line) if self._line.glyphs else 0.0
        boxes = boxes_of(self._line) if self._em > 0 else ()
        self._boxes = boxes if are_orderly(boxes, self._line, self._em) else ()

    def is_raw(self, i: int) -> bool:
        """Whether the character is as it was recognized, but for its form, and not set by an edit."""
        return self._raw_at(i) is not None

    def _raw_at(self, i: int) -> int | None:
        """The place in the raw text of a character that was recognized, also where it got its plain form since."""
        origin = self._clean.origin(self._view.start + i)
        if isinstance(origin, int):
            return origin
        alone = origin.by is Pass.CHARACTER_FORMS and len(origin.before) == len(origin.after) == 1
        return self._clean.raw_offset(self._view.start + i) if alone else None

    def step(self, i: int, j: int) -> float | None:
        """How far the middles of two characters lie apart; None where that is not known."""
        ends = self._ends(i), self._ends(j)
        if ends[0] is None or ends[1] is None:
            return None
        return abs(sum(ends[1]) - sum(ends[0])) / 2 / self._em

    def coincide(self, i: int, j: int, within: float) -> bool:
        """Whether two characters are known to begin and to end in the same places."""
        first, second = self._ends(i), self._ends(j)
        if first is None or second is None:
            return False
        return max(abs(a - b) for a, b in zip(first, second, strict=True)) <= within * self._em

    def gap(self, i: int, j: int) -> float | None:
        """How wide the white between two characters is, `i` before `j`; None where that is not known."""
        ends = self._ends(i), self._ends(j)
        return None if ends[0] is None or ends[1] is None else (ends[1][0] - ends[0][1]) / self._em

    def _ends(self, i: int) -> tuple[int, int] | None:
        """Where along the line the character begins and ends, in pixels of the scan."""
        origin = self._raw_at(i) if self._boxes else None
        at = origin - self._view.raw_start if origin is not None else len(self._boxes)
        box = self._boxes[at] if 0 <= at < len(self._boxes) else None
        return None if box is None else _along(box, self._line)
