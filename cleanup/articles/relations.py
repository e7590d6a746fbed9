"""How the blocks of a page lie to each other: what stands over, under and beside each, and what parts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import hypot
from typing import Final

from cleanup.articles.blocks import STREAM, TextBlock, filling
from cleanup.articles.frame import ReadingFrame
from cleanup.articles.labels import Label
from cleanup.articles.placed import Rect, white_under
from ocr.setup.language_model import LanguageModel


@dataclass(frozen=True, slots=True)
class RelationParams:
    """Bounds by which blocks lie to each other; lengths in ems."""

    same_column: float = 0.5
    """Share of the narrower of two blocks that lies over the other where they are of one column."""
    slack: float = 0.6
    """Ems by which boxes of neighbours may overlap."""
    gutter: float = 4.0
    """Ems of white between two columns next to each other, at most."""
    level: float = 3.0
    """Ems by which the heads of the columns of one row differ at most."""
    at_picture: float = 2.0
    """Ems of white between a text and the picture that it is a caption of, at most."""
    along: float = 0.7
    """Share of a caption's width that its picture lies over or under, at least."""
    parts: float = 0.5
    """Share of the border between two blocks that a rule must cover to part them."""
    thin: float = 0.1
    """Ems; a border between two blocks is taken to be no shorter."""
    covered: float = 0.5
    """Share of the width of two blocks that a picture between them covers, at least."""
    on_level: float = 0.3
    """Share of a block that lies on the level of another one where it stands between, at least."""
    column_height: float = 2.0
    """Ems of height of a block that makes a column between two others, at least."""


P: Final = RelationParams()


@dataclass(frozen=True)
class Relations:
    """The blocks of a page and their neighbours; blocks are named by their ids.

    `model` is a language model that says where text reads on; without one other cues decide.
    """

    frame: ReadingFrame
    blocks: Sequence[TextBlock]
    model: LanguageModel | None = None
    _rects: tuple[Rect, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_rects", tuple(b.rect for b in self.blocks))

    @cached_property
    def stream(self) -> tuple[TextBlock, ...]:
        """The blocks of running text."""
        return tuple(b for b in self.blocks if b.label in STREAM)

    @cached_property
    def heads(self) -> tuple[TextBlock, ...]:
        """The blocks of headlines."""
        return tuple(b for b in self.blocks if b.label is Label.HEAD)

    @cached_property
    def upright_rules(self) -> tuple[Rect, ...]:
        return tuple(r for r in self.frame.rules if r.height > r.width)

    @cached_property
    def level_rules(self) -> tuple[Rect, ...]:
        return tuple(r for r in self.frame.rules if r.width >= r.height)

    @cached_property
    def under(self) -> dict[int, int | None]:
        """For each block of running text the next such block under it in its column."""
        return {b.id: self._next(b, self.stream, down=True) for b in self.stream}

    @cached_property
    def over(self) -> dict[int, int | None]:
        """For each block of running text the next such block over it in its column."""
        return {b.id: self._next(b, self.stream, down=False) for b in self.stream}

    @cached_property
    def head_over(self) -> dict[int, int | None]:
        """For each block of running text the next headline over it, however far, with no running text between."""
        out: dict[int, int | None] = {}
        for b in self.stream:
            found = self._next(b, self.heads, down=False)
            above = self.over[b.id]
            hidden = found is not None and above is not None and self._rects[above].y0 > self._rects[found].y1 - P.slack
            out[b.id] = None if hidden else found
        return out

    @cached_property
    def top(self) -> dict[int, int]:
        """For each block of running text the highest that it hangs under without a headline or a rule between."""
        out: dict[int, int] = {}
        for b in sorted(self.stream, key=lambda b: (b.rect.y0, b.id)):
            over = self.over[b.id]
            free = over is not None and over in out and not self.parted_level(over, b.id)
            out[b.id] = out[over] if free and over is not None else b.id
        return out

    def row_of_columns(self, first: int, foot: float) -> Iterator[int]:
        """The block, and the tops of the columns behind it that begin on its level, each next to the one before.

        Columns are tops of running text that begin under `foot`, in ems down the frame.
        """
        at = self.blocks[first]
        yield at.id
        for b in self._tops_by_place:
            if b.column[0] < at.column[1] - P.slack or b.rect.y0 < foot:
                continue
            if b.column[0] - at.column[1] > P.gutter:
                return
            if abs(b.rect.y0 - self._rects[first].y0) < P.level:
                at = b
                yield at.id

    def begins_row(self, first: int, foot: float) -> bool:
        """Whether no column stands right before the block's, on its level and under `foot`."""
        own = self.blocks[first]
        return not any(
            -P.slack < own.column[0] - b.column[1] < P.gutter
            and b.rect.y0 > foot
            and abs(b.rect.y0 - own.rect.y0) < P.level
            for b in self._tops_by_place
        )

    @cached_property
    def _tops_by_place(self) -> tuple[TextBlock, ...]:
        """The blocks that begin a column, from left to right."""
        return tuple(sorted((b for b in self.stream if self.top[b.id] == b.id), key=lambda b: (b.column[0], b.id)))

    def parted_level(self, upper: int, lower: int) -> bool:
        """Whether a headline, or a rule over most of their width, stands between two blocks of one column."""
        a, b = self._rects[upper], self._rects[lower]
        return self.head_between(upper, lower) or self.level_rule_between(a, b)

    def head_between(self, upper: int, lower: int) -> bool:
        """Whether a headline stands between two blocks of one column."""
        a, b = self._rects[upper], self._rects[lower]
        x0, x1 = max(a.x0, b.x0), min(a.x1, b.x1)
        return any(
            min(h.rect.x1, x1) - max(h.rect.x0, x0) > 1.0 and h.rect.y0 > a.y1 - P.slack and h.rect.y1 < b.y0 + P.slack
            for h in self.heads
        )

    def level_rule_between(self, a: Rect, b: Rect) -> bool:
        """Whether level rules cover most of the width that two blocks, one over the other, share."""
        x0, x1 = max(a.x0, b.x0), min(a.x1, b.x1)
        spans = [
            min(r.x1, x1) - max(r.x0, x0) for r in self.level_rules if a.y1 - P.slack < r.centre[1] < b.y0 + P.slack
        ]
        return max(spans, default=0.0) > P.parts * max(P.thin, x1 - x0)

    def level_rule_over_both(self, upper: Rect, lower: Rect) -> bool:
        """Whether one level rule, between two blocks in height, covers most of the width of each."""
        return any(
            min(min(r.x1, b.x1) - max(r.x0, b.x0) - P.parts * b.width for b in (upper, lower)) > 0
            for r in self.level_rules
            if upper.y1 - P.slack < r.centre[1] < lower.y0 + P.slack
        )

    def upright_rule_between(self, a: Rect, b: Rect) -> bool:
        """Whether upright rules cover most of the height that two blocks, side by side, share or span."""
        left, right = (a, b) if a.x0 < b.x0 else (b, a)
        y0, y1 = max(a.y0, b.y0), min(a.y1, b.y1)
        if y1 <= y0:
            y0, y1 = min(a.y1, b.y1), max(a.y0, b.y0)
        spans = [
            min(r.y1, y1) - max(r.y0, y0)
            for r in self.upright_rules
            if left.x1 - P.slack < r.centre[0] < right.x0 + P.slack
        ]
        return sum(s for s in spans if s > 0) > P.parts * max(P.thin, y1 - y0)

    def picture_between(self, a: Rect, b: Rect) -> bool:
        """Whether a picture lies between two blocks, one over the other."""
        x0, x1 = max(a.x0, b.x0), min(a.x1, b.x1)
        return any(
            min(p.x1, x1) - max(p.x0, x0) > P.covered * (x1 - x0) and a.y1 - 1 < p.centre[1] < b.y0 + 1
            for p in self.frame.pictures
        )

    def white_under(self, upper: Rect, lower: Rect) -> float:
        """Ems between one block and another under it that no picture and no caption fills; negative if they overlap."""
        return white_under(upper, lower, self._filling)

    @cached_property
    def _filling(self) -> tuple[Rect, ...]:
        return filling(self.frame, self.blocks)

    def at_picture(self, block: TextBlock) -> bool:
        """Whether a picture lies right over or under most of a block, or under it."""
        return any(
            p.overlap_x(block.rect) > P.along * block.rect.width and -p.overlap_y(block.rect) < P.at_picture
            for p in self.frame.pictures
        )

    def column_between(self, a: Rect, b: Rect) -> bool:
        """Whether another block of running text stands between two blocks side by side, on the second's level."""
        left, right = min(a.x1, b.x1), max(a.x0, b.x0)
        return any(
            s.rect.x0 > left - P.slack
            and s.rect.x1 < right + P.slack
            and s.rect.overlap_y(b) > P.on_level * s.rect.height
            for s in self.stream
            if s.rect not in (a, b) and s.rect.height > P.column_height
        )

    def head_between_columns(self, a: TextBlock, b: TextBlock) -> bool:
        """Whether a headline stands between two blocks side by side, on the level of both."""
        left, right = min(a.rect.x1, b.rect.x1), max(a.rect.x0, b.rect.x0)
        return any(
            h.rect.x0 > left - P.slack
            and h.rect.x1 < right + P.slack
            and h.rect.overlap_y(a.rect) > 0
            and h.rect.overlap_y(b.rect) > 0
            for h in self.heads
        )

    @cached_property
    def _in_tiles(self) -> dict[int, int]:
        """For each block of running text the next such block of its tile, in layout's order."""
        out: dict[int, int] = {}
        last: dict[int, int] = {}
        for b in self.stream:
            if b.article is not None:
                if b.article in last:
                    out[last[b.article]] = b.id
                last[b.article] = b.id
        return out

    def follows_in_tile(self, first: int, second: int) -> bool:
        """Whether the second block comes next after the first in its tile, by layout's order."""
        return self._in_tiles.get(first) == second

    @cached_property
    def first_of_tile(self) -> dict[int, int]:
        """For each of layout's tiles its first block of running text."""
        out: dict[int, int] = {}
        for b in self.stream:
            if b.article is not None:
                out.setdefault(b.article, b.id)
        return out

    @cached_property
    def spread(self) -> Counter[str]:
        """Number of blocks of running text in which each pair of characters stands."""
        return Counter(pair for b in self.stream for pair in b.pairs)

    def _next(self, block: TextBlock, among: Sequence[TextBlock], *, down: bool) -> int | None:
        """The nearest of the blocks over or under this one in its column."""
        own = block.rect
        best, nearest = None, float("inf")
        for other in among:
            rect = other.rect
            if other.id == block.id or own.overlap_x(rect) <= P.same_column * min(own.width, rect.width):
                continue
            gap = rect.y0 - own.y1 if down else own.y0 - rect.y1
            if -P.slack * 2 < gap < nearest and (rect.centre[1] > own.centre[1]) is down:
                best, nearest = other.id, gap
        return best


def away(a: Rect, b: Rect) -> float:
    """Ems of white between two rectangles; 0 where they touch."""
    return hypot(max(0.0, -a.overlap_x(b)), max(0.0, -a.overlap_y(b)))
