"""How the body of a plain text page is set around a place: its measure, its margin, how paragraphs begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from cleanup.language.characters import cells
from cleanup.lines.plain_line import ALIKE, TextLine, alike, is_row, is_timed

_WORD: Final = re.compile(r"[!-~]+|\S(?=[，。、；：！？”’）》」』】])[，。、；：！？”’）》」』】]+")
"""What a line cannot be broken in: a word or a number, a character with the marks behind it."""

Lines = tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class MeasureParams:
    """Bounds of the measure of plain text; widths in half ems, shares in measures."""

    short: float = 0.8
    """Share of the measure below which a line without a sentence's end was not broken by the column's edge."""
    tiny: float = 0.5
    """Share of the measure below which lines can be alike by chance."""
    fellows: int = 2
    """Number of other lines of its width, at least, that make it likely that a line is full."""
    indent: int = 4
    """Indent of a paragraph's first line."""
    reach: int = 10
    """Number of lines to each side whose widths are looked at."""
    unbroken: float = 0.2
    """Share of lines that go on with a sentence below which each line is a paragraph."""
    window: int = 12
    """Number of blocks to each side that tell how paragraphs are marked at a place."""
    set_in: int = 2
    """Indent of a line that is set in, at least: one hanzi, or two ASCII spaces."""
    few: int = 3
    """Number of lines, at most, that are too few for a measure of their own."""


P: Final = MeasureParams()


@dataclass(frozen=True, slots=True)
class Setting:
    """How the body is set around a run of lines; widths in half ems."""

    near: Lines
    """The lines of the text and those around; of many, the first and the last."""
    measure: int
    """The width of a full line; 0 where every paragraph is one line, so that none is full and none is broken."""
    margin: int
    indented: bool
    """Paragraphs begin with an indent."""

    def indents(self, line: TextLine) -> bool:
        return self.indented and line.indent - self.margin >= P.set_in

    def short(self, line: TextLine, following: TextLine | None = None) -> bool:
        return line.width + _word(following) < P.short * self.measure

    def reaches(self, line: TextLine) -> bool:
        """Whether the line is as wide as the measure, not only as some lines around it."""
        return 0 < self.measure <= line.width + ALIKE

    def full(self, line: TextLine, following: TextLine | None = None) -> bool:
        """Whether the column's edge can have ended the line: it is as wide as the body's lines around it.

        A word or a number at the beginning of the `following` line may not have fitted in.
        """
        if not self.measure:
            return False
        if line.width - ALIKE <= self.measure <= line.width + _word(following) + ALIKE:
            return True
        return line.width > P.tiny * self.measure and sum(alike(n, line) for n in self.near) > P.fellows

    def may_be_first(self, line: TextLine, following: TextLine) -> bool:
        """Whether the line is as full as a paragraph's first is whose indent an extractor dropped."""
        return not self.indented and 0 < self.measure <= line.width + _word(following) + P.indent + ALIKE

    def continues(self, line: TextLine) -> bool:
        """Whether no paragraph begins with the line: where indents were lost, a first line is two characters short."""
        return line.indent == self.margin if self.indented else self.full(line) and line.width > self.measure - 3

    def leaves_open(self, line: TextLine, following: TextLine | None = None) -> bool:
        """Whether the edge broke a sentence at the line's end; a word or number that did not fit may be next.

        A row of a table or a programme ends where its last entry does.
        """
        if is_row(line.text) or is_timed(line.text):
            return False
        if line.ends_sentence or not self.measure:
            return not line.ends_sentence and line.pauses
        return line.pauses or self.full(line) or line.width + _word(following) >= P.short * self.measure


def _word(following: TextLine | None) -> int:
    return unbreakable(following.text) if following else 0


def unbreakable(text: str) -> int:
    """The width in half ems of what a line begins with and cannot be broken in; 0 for a single character."""
    word = _WORD.match(text)
    return cells(word[0]) if word else 0


def settings(chunks: Sequence[Lines], *, broken: bool = True) -> list[Setting]:
    """The setting of each chunk of lines; the chunks together are a page, whose lines columns may have `broken`."""
    going_on = Counter(line.indent for c in chunks for before, line in pairwise(c) if _goes_on(before, line))
    broken = broken and going_on.total() >= P.unbroken * sum(len(c) - 1 for c in chunks) > 0
    margin = _margin(chunks, going_on if broken else Counter())
    lines = [line for c in chunks for line in c]
    ends = list(accumulate(len(c) for c in chunks))
    indented = _indented([_indent_votes(c, margin) for c in chunks])
    nears = [_near(lines, end - len(c), end) for c, end in zip(chunks, ends, strict=True)]
    measures = [_measure(c, n) if broken else 0 for c, n in zip(chunks, nears, strict=True)]
    return [Setting(n, m, margin, i) for n, m, i in zip(nears, measures, indented, strict=True)]


def _margin(chunks: Sequence[Lines], going_on: Counter[int]) -> int:
    """The indent of lines that go on with a sentence; the smallest of all, where hardly any does."""
    if not going_on:
        return min((line.indent for c in chunks for line in c), default=0)
    return min(going_on, key=lambda indent: (-going_on[indent], indent))


def _measure(lines: Lines, near: Lines) -> int:
    return _upper_quartile(lines) if len(lines) > P.few else _commonest(near)


def _goes_on(before: TextLine, line: TextLine) -> bool:
    """Whether the line before was broken by the edge, not by an end: it is no shorter than what follows."""
    return not before.ends_sentence and before.width >= line.width - ALIKE


def _indented(votes: Sequence[int]) -> list[bool]:
    sums = list(accumulate(votes, initial=0))
    last = len(votes)
    return [sums[min(last, i + P.window + 1)] > sums[max(0, i - P.window)] for i in range(last)]


def _indent_votes(lines: Lines, margin: int) -> int:
    """Lines behind a sentence's end that are indented, less those that begin at the margin though that was short."""
    votes = 0
    for before, line in pairwise(lines):
        if line.indent - margin >= P.set_in:
            votes += 2 if before.ends_sentence else 1
        elif before.ends_sentence and before.width < P.short * line.width:
            votes -= 2
    if lines[0].indent - margin < P.set_in:
        return votes
    return votes + (lines[0].ends_sentence if len(lines) == 1 else lines[1].indent == margin)


def _near(lines: Sequence[TextLine], start: int, end: int) -> Lines:
    """The lines around, and of the chunk itself its beginning and its end."""
    if end - start <= 2 * P.reach:
        return tuple(lines[max(0, start - P.reach) : end + P.reach])
    return (*lines[max(0, start - P.reach) : start + P.reach], *lines[end - P.reach : end + P.reach])


def _upper_quartile(lines: Lines) -> int:
    """A width that a quarter of the lines reach: the measure, though headlines and last lines are among them."""
    return sorted(n.width for n in lines[:-1])[(3 * (len(lines) - 1)) // 4]


def _commonest(near: Lines) -> int:
    """The width that most lines reach or miss by little; the greatest of all, where no width is common."""
    counts = Counter(n.width for n in near)
    alike = {w: sum(counts[w - d] for d in range(ALIKE + 1)) for w in counts}
    common = max(counts, key=lambda w: (alike[w], w), default=0)
    return common if alike.get(common, 0) > P.fellows else max(counts, default=0)
