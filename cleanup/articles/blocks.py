"""Text blocks: runs of lines of one region with one label, and how their text begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from cleanup.articles.frame import PlacedLine, ReadingFrame, Rect
from cleanup.articles.labels import Label
from cleanup.articles.surroundings import Surroundings
from cleanup.byline import dateline_of, is_closing_credit
from cleanup.characters import CLOSING, OPENING, PAUSES, SENTENCE_ENDS, ends_sentence, is_hanzi
from cleanup.marker import markers_in
from layout.page import RegionKind

STREAM: Final = frozenset({Label.BODY, Label.SUBHEAD})
"""Labels of the text that runs from block to block."""
_SET_IN: Final = 0.8
"""Ems by which a paragraph's first line is set in, at least."""
_DEEP: Final = 5.0
"""Ems from which an indent is none of a paragraph's."""
_FULL: Final = 1.6
"""Ems that a line which the column's edge ended leaves free, at most."""
_ENDS: Final = 120
"""Characters at either end of a block whose words are compared."""


class Opening(StrEnum):
    """How a block's first line begins."""

    INDENTED = "indented"
    FLUSH = "flush"
    UNKNOWN = "of unknown indent"
    SUBHEAD = "a subhead"


class Ending(StrEnum):
    """How a block's last line ends."""

    STOP = "a full stop"
    PAUSE = "a pause mark"
    OPEN = "a word at the column's edge"
    SHORT = "a word before the column's edge"
    CREDIT = "a credit"


@dataclass(frozen=True)
class TextBlock:
    """Lines of one region with one label. `id` is its place among the page's blocks."""

    id: int
    label: Label
    lines: tuple[PlacedLine, ...]
    column: tuple[float, float]
    """The edges of its column in ems."""
    frame: int | None
    opening: Opening
    ending: Ending

    @cached_property
    def rect(self) -> Rect:
        rects = [n.rect for n in self.lines]
        return Rect(
            min(r.x0 for r in rects), min(r.y0 for r in rects), max(r.x1 for r in rects), max(r.y1 for r in rects)
        )

    @property
    def article(self) -> int | None:
        """The piece that layout's tiling put it in."""
        return self.lines[0].region.article

    @property
    def kind(self) -> RegionKind:
        return self.lines[0].region.kind

    @cached_property
    def size(self) -> float:
        """Type size relative to the body's."""
        return median(n.size for n in self.lines)

    @cached_property
    def text(self) -> str:
        return "".join(n.text for n in self.lines)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Pairs of neighbouring hanzi in its text."""
        return frozenset(a + b for a, b in pairwise(self.text) if is_hanzi(a) and is_hanzi(b))

    @property
    def head_text(self) -> str:
        return self.text[:_ENDS]

    @cached_property
    def unclosed(self) -> bool:
        """Whether a bracket or a quotation mark of its last sentences is left open."""
        tail = self.text[-_ENDS:]
        return sum(c in OPENING for c in tail) > sum(c in CLOSING for c in tail)

    @cached_property
    def unopened(self) -> bool:
        """Whether its first sentences close a bracket or a quotation mark that they did not open."""
        depth = 0
        for char in self.text[: _ENDS // 2]:
            depth += (char in OPENING) - (char in CLOSING)
            if depth < 0:
                return True
        return False

    @cached_property
    def is_dated(self) -> bool:
        """Whether it opens as a report does: 本报讯, a dateline."""
        return dateline_of(self.text[:60]) is not None

    @cached_property
    def comes_from_elsewhere(self) -> bool:
        """Whether it opens with 上接."""
        return any(m.jump.value == "from" for m in markers_in(self.lines[0].text))

    @cached_property
    def goes_elsewhere(self) -> bool:
        """Whether it ends with 下转."""
        return any(m.jump.value == "to" for m in markers_in(self.lines[-1].text))


def text_blocks(
    frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label]
) -> tuple[TextBlock, ...]:
    """The blocks of the page, in the order of its regions."""
    out: list[TextBlock] = []
    for _, run in groupby(range(len(labels)), key=lambda i: (frame.lines[i].region.id, labels[i])):
        places = list(run)
        lines = tuple(frame.lines[i] for i in places)
        first = around[places[0]]
        column = min(around[i].left for i in places), max(around[i].right for i in places)
        label = labels[places[0]]
        out.append(
            TextBlock(
                id=len(out),
                label=label,
                lines=lines,
                column=column,
                frame=first.frame,
                opening=_opening(lines, column, label),
                ending=_ending(lines, column),
            )
        )
    return tuple(out)


def _opening(lines: Sequence[PlacedLine], column: tuple[float, float], label: Label) -> Opening:
    if label is Label.SUBHEAD:
        return Opening.SUBHEAD
    first = lines[0].rect
    edges = [n.rect.x0 for n in lines[1:4]]
    left = min(edges) if edges else column[0]
    if len(lines) == 1 and column[1] - column[0] < 1.2 * first.width:
        return Opening.UNKNOWN
    indent = first.x0 - left
    return Opening.INDENTED if _SET_IN <= indent < _DEEP else Opening.FLUSH


def _ending(lines: Sequence[PlacedLine], column: tuple[float, float]) -> Ending:
    last = lines[-1]
    if is_closing_credit(last.text) or last.text.rstrip("".join(CLOSING)).endswith("完"):
        return Ending.CREDIT
    if ends_sentence(last.text):
        return Ending.STOP
    if last.text[-1] in PAUSES | OPENING or last.text[-1] in CLOSING and last.text[-2:-1] in SENTENCE_ENDS:
        return Ending.PAUSE
    right = max(n.rect.x1 for n in lines[-4:]) if len(lines) > 1 else column[1]
    return Ending.OPEN if right - last.rect.x1 < _FULL else Ending.SHORT
