"""Text blocks: runs of lines of one region with one label, and how their text begins and ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from cleanup.articles.frame import ReadingFrame
from cleanup.articles.labels import Label
from cleanup.articles.placed import PlacedLine, Rect
from cleanup.articles.surroundings import Surroundings
from cleanup.forms.byline import is_closing_credit, opens_report
from cleanup.forms.jump_marker import markers_in
from cleanup.language.characters import CLOSING, OPENING, PAUSES, SENTENCE_ENDS, ends_sentence, hanzi_pairs, is_hanzi
from layout.page import RegionKind

STREAM: Final = frozenset({Label.BODY, Label.SUBHEAD})
"""Labels of the text that runs from block to block."""
ORNAMENTS: Final = frozenset("●○■□◆◇▲△★☆※►▶◎◉⊙")
"""Marks that items and briefs open with."""
_BRACKETED: Final = re.compile("[（(【〔][^（(【〔）)】〕]{1,20}[）)】〕]")
_ITEM_BRACKETS: Final = frozenset("【〔")
"""Brackets around the first words of an item; round ones number the points of one text."""


@dataclass(frozen=True, slots=True)
class TextBlockParams:
    """Bounds by which lines become blocks of text; lengths in ems, sizes relative to the body's."""

    set_in: float = 0.8
    """Ems by which a paragraph's first line is set in, at least."""
    deep: float = 5.0
    """Ems from which an indent is none of a paragraph's."""
    indents: int = 2
    """Places at which the lines of a column begin, at most: its edge and the indent of its paragraphs."""
    step: float = 0.6
    """Ems between two such places, at least."""
    full: float = 1.6
    """Ems that a line which the column's edge ended leaves free, at most."""
    same_edge: float = 1.0
    """Ems by which the edges of one column differ at most."""
    same_size: float = 1.15
    """Ratio of the sizes of type of one size, at most: a short line is measured badly."""
    in_row: float = 3.0
    """Ems of white within a row that is pulled apart to fill its column, at most."""
    capital: float = 1.7
    """Size, relative to the body's, from which a single character is a drop capital."""
    items: int = 3
    """Items that open with one mark on a page, or with a dateline in a column, at least, for each to be a block."""
    ends: int = 120
    """Characters at either end of a block whose words are compared."""
    dated: int = 60
    """Characters at a block's beginning in which its dateline is looked for."""
    of_row: float = 0.6
    """Share of the lower of two lines that lies beside the other where they are of one row, at least."""
    lapped: float = 0.5
    """Ems by which the boxes of two neighbours in a row may overlap."""
    beside_capital: float = 1.2
    """Ems of white between a drop capital and the first line of its text, at most."""
    filling: float = 1.2
    """Width of a column, in that of a line by itself, below which its indent cannot be told."""


P: Final = TextBlockParams()


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
    def column_rect(self) -> Rect:
        """The block from edge to edge of its column."""
        return Rect(self.column[0], self.rect.y0, self.column[1], self.rect.y1)

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
    def weight(self) -> float:
        """How heavy its type is, relative to most lines of the page; 0 where unknown."""
        return median(n.weight for n in self.lines)

    @cached_property
    def text(self) -> str:
        return "".join(n.text for n in self.lines)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Pairs of neighbouring hanzi in its text."""
        return hanzi_pairs(self.text)

    @property
    def head_text(self) -> str:
        return self.text[: P.ends]

    @cached_property
    def unclosed(self) -> bool:
        """Whether a bracket or a quotation mark of its last sentences is left open."""
        tail = self.text[-P.ends :]
        return sum(c in OPENING for c in tail) > sum(c in CLOSING for c in tail)

    @cached_property
    def unopened(self) -> bool:
        """Whether its first sentences close a bracket or a quotation mark that they did not open."""
        depth = 0
        for char in self.text[: P.ends // 2]:
            depth += (char in OPENING) - (char in CLOSING)
            if depth < 0:
                return True
        return False

    @cached_property
    def is_dated(self) -> bool:
        """Whether it opens as a report does: 本报讯, a dateline, 【本報訊】."""
        return opens_report(self.text[: P.dated])

    @cached_property
    def is_marked(self) -> bool:
        """Whether it opens with an ornament, or with words in brackets, as briefs and reports of old papers do."""
        return self.text[0] in ORNAMENTS or _BRACKETED.match(self.text) is not None

    @property
    def mark(self) -> str:
        """The ornament or bracket that it opens with, or nothing; that of a report is none, since each has its own."""
        return self.text[0] if self.is_marked and not self.is_dated else ""

    @cached_property
    def comes_from_elsewhere(self) -> bool:
        """Whether it opens with 上接."""
        return any(m.jump.value == "from" for m in markers_in(self.lines[0].text))

    @cached_property
    def goes_elsewhere(self) -> bool:
        """Whether it ends with 下转."""
        return any(m.jump.value == "to" for m in markers_in(self.lines[-1].text))


def text_blocks(frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label]) -> tuple[TextBlock, ...]:
    """The blocks of the page, in the order of its regions; rows that layout cut into pieces are whole again.

    On a level page a block ends where one of several items, or of several reports with datelines, begins in a column.
    """
    runs = _with_capitals(_with_whole_rows(_runs(frame, around, labels)))
    if not frame.vertical:
        runs = list(_with_items(runs))
    return tuple(
        TextBlock(
            id=n,
            label=run.label,
            lines=run.lines,
            column=run.column,
            frame=run.frame,
            opening=_opening(run.lines, run.column, run.label),
            ending=_ending(run.lines, run.column),
        )
        for n, run in enumerate(runs)
    )


def filling(frame: ReadingFrame, blocks: Sequence[TextBlock]) -> tuple[Rect, ...]:
    """What fills the white between a headline and its text: pictures and captions."""
    return (*frame.pictures, *(b.rect for b in blocks if b.label is Label.CAPTION))


def block_of(
    number: int, label: Label, lines: tuple[PlacedLine, ...], column: tuple[float, float], frame: int | None
) -> TextBlock:
    """The block of some lines, with the edges of their column in ems and the frame that holds them."""
    return TextBlock(number, label, lines, column, frame, _opening(lines, column, label), _ending(lines, column))


def relabelled(block: TextBlock, label: Label) -> TextBlock:
    """The block with another label, and with the opening that goes with it."""
    return (
        block
        if label is block.label
        else replace(block, label=label, opening=_opening(block.lines, block.column, label))
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines of one label that are to be a block."""

    label: Label
    lines: tuple[PlacedLine, ...]
    column: tuple[float, float]
    frame: int | None

    @property
    def is_fragment(self) -> bool:
        """Whether it may be a piece of a row: one line of body type."""
        return self.label is Label.BODY and len(self.lines) == 1


def _with_whole_rows(runs: list[_Run]) -> list[_Run]:
    """The runs; a single line of body type joins the text of its column that it stands in a row with, or right at."""
    out: list[_Run] = []
    for run in runs:
        at = next((i for i, other in enumerate(out) if _are_of_one_column(run, other)), None)
        if at is None:
            out.append(run)
        else:
            together = sorted((*out[at].lines, *run.lines), key=lambda n: n.rect.centre[1])
            out[at] = replace(out[at], lines=tuple(_by_rows(together)))
    return out


def _are_of_one_column(a: _Run, b: _Run) -> bool:
    """Whether two runs of body type, one of them a single line, share a row of a column or touch in it."""
    if not (a.is_fragment or b.is_fragment) or not a.label is b.label is Label.BODY or a.frame != b.frame:
        return False
    if max(abs(p - q) for p, q in zip(a.column, b.column, strict=True)) > P.same_edge:
        return False
    sizes = sorted((a.lines[0].size, b.lines[0].size))
    if sizes[1] > P.same_size * sizes[0]:
        return False
    return any(_in_one_row(m, n) for m in (a.lines[0], a.lines[-1]) for n in b.lines)


def _in_one_row(m: PlacedLine, n: PlacedLine) -> bool:
    """Whether two lines stand side by side with no more white between than a justified row has."""
    shared = m.rect.overlap_y(n.rect)
    return shared > P.of_row * min(m.rect.height, n.rect.height) and -P.lapped < -m.rect.overlap_x(n.rect) < P.in_row


def _by_rows(lines: Sequence[PlacedLine]) -> Iterator[PlacedLine]:
    """Lines sorted from above to below, those of one row from left to right."""
    row: list[PlacedLine] = []
    for line in lines:
        if row and line.rect.overlap_y(row[0].rect) < P.of_row * min(line.rect.height, row[0].rect.height):
            yield from sorted(row, key=lambda n: n.rect.x0)
            row = []
        row.append(line)
    yield from sorted(row, key=lambda n: n.rect.x0)


def _with_items(runs: list[_Run]) -> Iterator[_Run]:
    """The runs; those of running text parted where a report begins, or an item marked like others of the page."""
    bodies = [r for r in runs if r.label is Label.BODY]
    count = Counter(mark for r in bodies for i in range(len(r.lines)) if (mark := _item_mark(r.lines, i)))
    for run in runs:
        if run.label is not Label.BODY:
            yield run
            continue
        borders = [0, *_item_begins(run.lines, count), len(run.lines)]
        yield from (replace(run, lines=run.lines[a:b]) for a, b in pairwise(borders))


def _item_begins(lines: Sequence[PlacedLine], count: Mapping[str, int]) -> list[int]:
    """The places, but for the first, at which items begin; `count` are the items of the page that open with a mark."""
    dated = {i for i in range(len(lines)) if _may_begin(lines, i) and opens_report(lines[i].text)}
    reports = dated if len(dated) >= P.items else frozenset()
    return [i for i in range(1, len(lines)) if i in reports or count[_item_mark(lines, i)] >= P.items]


def _item_mark(lines: Sequence[PlacedLine], at: int) -> str:
    """The ornament or bracket that a line of a text opens with, where an item may begin there; or nothing."""
    text = lines[at].text
    marked = text[0] in ORNAMENTS or (text[0] in _ITEM_BRACKETS and _BRACKETED.match(text) is not None)
    return text[0] if marked and _may_begin(lines, at) else ""


def _may_begin(lines: Sequence[PlacedLine], at: int) -> bool:
    """Whether the line before, if there is one, ended a sentence or a signature."""
    return at == 0 or ends_sentence(lines[at - 1].text) or lines[at - 1].text[-1] in CLOSING


def _with_capitals(runs: list[_Run]) -> list[_Run]:
    """The runs; a large first character set beside the first lines of a text is the first line of that text."""
    out = list(runs)
    for run in runs:
        if len(run.lines) != 1 or len(run.lines[0].text) != 1 or not is_hanzi(run.lines[0].text):
            continue
        capital = run.lines[0]
        home = next((r for r in out if r is not run and r.label is Label.BODY and _begins_beside(capital, r)), None)
        if home is not None and capital.size > P.capital:
            out.remove(run)
            out[out.index(home)] = replace(home, lines=(capital, *home.lines))
    return out


def _begins_beside(capital: PlacedLine, run: _Run) -> bool:
    first = run.lines[0].rect
    close = -P.lapped < first.x0 - capital.rect.x1 < P.beside_capital
    return close and abs(first.y0 - capital.rect.y0) < 1.0 and len(run.lines) > 1


def _runs(frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label]) -> list[_Run]:
    """The runs of lines of one region and label."""
    out: list[_Run] = []
    for _, run in groupby(range(len(labels)), key=lambda i: (frame.lines[i].region.id, labels[i])):
        places = list(run)
        column = min(around[i].left for i in places), max(around[i].right for i in places)
        lines = tuple(frame.lines[i] for i in places)
        out.append(_Run(labels[places[0]], lines, column, around[places[0]].frame))
    return out


def _opening(lines: Sequence[PlacedLine], column: tuple[float, float], label: Label) -> Opening:
    if label is Label.SUBHEAD:
        return Opening.SUBHEAD
    first = lines[0].rect
    edges = [n.rect.x0 for n in lines[1:4]]
    left = min(edges) if edges else column[0]
    if len(lines) == 1 and column[1] - column[0] < P.filling * first.width:
        return Opening.UNKNOWN
    if _levels([first.x0, *edges]) > P.indents:  # set round a cut-out: the edge tells of the picture
        return Opening.UNKNOWN
    indent = first.x0 - left
    return Opening.INDENTED if P.set_in <= indent < P.deep else Opening.FLUSH


def _levels(edges: Sequence[float]) -> int:
    """How many places the edges stand at."""
    return 1 + sum(b - a > P.step for a, b in pairwise(sorted(edges)))


def _ending(lines: Sequence[PlacedLine], column: tuple[float, float]) -> Ending:
    last = lines[-1]
    if is_closing_credit(last.text) or last.text.rstrip("".join(CLOSING)).endswith("完"):
        return Ending.CREDIT
    if ends_sentence(last.text):
        return Ending.STOP
    if last.text[-1] in PAUSES | OPENING or (last.text[-1] in CLOSING and last.text[-2:-1] in SENTENCE_ENDS):
        return Ending.PAUSE
    right = max(n.rect.x1 for n in lines[-4:]) if len(lines) > 1 else column[1]
    return Ending.OPEN if right - last.rect.x1 < P.full else Ending.SHORT
