"""Lines as they were printed, put together from what an extractor set apart: a mark alone, the rest of a marker.

`pdftotext` sets the mark behind a closing quotation mark on a line of its own, and a marker can break over a column's
edge. For telling what lines are, such lines count as one; on the page and in the article each stays a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from cleanup.forms.jump_marker import lines_of_marker, may_begin_marker
from cleanup.language.characters import CLOSING, OPENING, PAUSES, SENTENCE_ENDS
from cleanup.lines.plain_line import TextLine

_NEVER_FIRST: Final = frozenset("，。、；：！？）》」』】〕")
_QUOTES: Final = {"”": "“", "’": "‘"}
_ONLY_MARKS: Final = re.compile(f"[{re.escape(''.join(CLOSING | PAUSES | SENTENCE_ENDS))}]+")
_MARKS: Final = CLOSING | PAUSES | SENTENCE_ENDS
_LINES_OF_MARKER: Final = 3
"""Number of lines over which a marker can break, at most."""
_FEW: Final = 2
"""Number of characters of a line, at most, that is no more than a mark and what follows it."""
_OVER: Final = 4
"""Half ems by which a line with marks that hang over may be wider than the column."""
_TOUCH: Final = 2
"""Half ems by which two pieces may miss the width of a full line: touching marks take less room."""
_TOUCHING: Final = re.compile(r"[，。、；：）》”’」』][（《“‘「『]")
"""Two marks that share one em in print. An extractor that breaks its lines there leaves none within a line."""
_FIRST: Final = 4
"""Half ems by which a paragraph's first line is narrower whose indent an extractor dropped."""
_PIECES: Final = 12
"""Number of pieces of one line, at most."""
_LOOK_BACK: Final = 12
"""Number of lines in which the mark is searched that opens a quotation."""


def printed_lines(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """The lines, each with what was parted from its end."""
    found: list[TextLine] = []
    measures = _Measures(lines)
    pieces = _pieces(lines, measures)
    at = 0
    while at < len(lines):
        line = lines[at]
        if found and (at in pieces or (_hangs(found, line) and _fits(found[-1], line, measures, at))):
            found[-1] = _with(found[-1], (line,))
        elif (taken := _broken_marker(lines, at)) > 1:
            found.append(_with(line, lines[at + 1 : at + taken]))
            at += taken - 1
        else:
            found.append(line)
        at += 1
    return tuple(found)


def may_be_parted(texts: Sequence[str]) -> bool:
    """Whether one of the lines, stripped, can go on the line before it: `printed_lines` tells which do."""
    return any(
        b[0] in _NEVER_FIRST or b[0] in _QUOTES or (b[0] in OPENING and a[-1] in _MARKS) or may_begin_marker(a)
        for a, b in pairwise(texts)
    )


def _with(line: TextLine, rest: Sequence[TextLine]) -> TextLine:
    return replace(line, rest=(*line.rest, *rest))


def _hangs(before: Sequence[TextLine], line: TextLine) -> bool:
    """Whether the line begins with a mark that belongs behind the text of the line before."""
    first, last = line.text[0], before[-1].text[-1]
    if first not in _NEVER_FIRST and first not in _QUOTES:
        return False
    if line.gap and _ONLY_MARKS.fullmatch(line.text) is None:
        return False
    if first in _QUOTES:
        return _is_open(before, line, first)
    return first in CLOSING or last not in SENTENCE_ENDS | PAUSES


class _Measures:
    """How wide full lines are around a line, in half ems; told only where it is asked, and once for some lines.

    It is the greatest width that two lines have: many lines can be pieces, and one a headline.
    """

    _SPAN: Final = 16

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._lines = lines
        self._told: dict[int, int] = {}

    def around(self, at: int) -> int:
        span = at // self._SPAN
        if span not in self._told:
            near = self._lines[max(0, (span - 2) * self._SPAN) : (span + 3) * self._SPAN]
            widths = sorted((n.width - n.indent for n in near), reverse=True)
            self._told[span] = next((a for a, b in pairwise(widths) if a - b <= _TOUCH), widths[0])
        return self._told[span]


def _fits(before: TextLine, line: TextLine, measures: _Measures, at: int) -> bool:
    """Whether both fit into one line of the column, or the second is only marks; else each was a line in print."""
    if len(line.text) <= _FEW or _ONLY_MARKS.fullmatch(line.text):
        return True
    return before.width - before.indent + line.width <= measures.around(at) + _OVER


def _pieces(lines: Sequence[TextLine], measures: _Measures) -> set[int]:
    """The lines that go on a line of print which an extractor broke where a mark and an opening one touch.

    Together such pieces are as long as the lines around; the last line of a paragraph may be shorter. Some break of
    the page must stand within a sentence: between two sentences it can part paragraphs.
    """
    margin = min((line.indent for line in lines), default=0)
    starts = [at for at in range(1, len(lines)) if lines[at].indent == margin and _touch(lines[at - 1], lines[at])]
    if not starts or any(_TOUCHING.search(line.text) for line in lines):
        return set()
    sure, likely = set[int](), set[int]()
    for at in starts:
        if at not in sure and at not in likely:
            full, last = _chain(lines, at - 1, measures.around(at))
            sure |= full
            likely |= last
    return sure | likely if any(not lines[at - 1].ends_sentence for at in sure) else set()


def _chain(lines: Sequence[TextLine], start: int, measure: int) -> tuple[set[int], set[int]]:
    """The pieces behind the first of a line of print that begins at `start`: of a full line, and of a short last."""
    while start and _parted(lines[start - 1], lines[start]) and lines[start].text[0] not in OPENING:
        start -= 1
    total, at, full = lines[start].width - lines[start].indent, start + 1, start
    while at < min(len(lines), start + _PIECES) and _parted(lines[at - 1], lines[at]):
        total += lines[at].width - lines[at].indent
        if total > measure + _TOUCH:
            break
        full = at if total >= measure - _FIRST - _TOUCH else full
        at += 1
    touching = {n for n in range(start + 1, at) if lines[n].text[0] in OPENING}
    if full > start:
        return {n for n in touching if n <= full}, set()
    within = {n for n in touching if not lines[n - 1].ends_sentence}
    return set(), within if lines[at - 1].ends_sentence else set()


def _parted(before: TextLine, line: TextLine) -> bool:
    """Whether an extractor may have broken a line between the two: where marks touch, or before a mark."""
    return not line.gap and (_touch(before, line) or line.text[0] in _NEVER_FIRST or line.text[0] in _QUOTES)


def _touch(before: TextLine, line: TextLine) -> bool:
    """Whether a mark and an opening one that follows it stand at the ends of the two lines, and no indent between."""
    marks = line.text[0] in OPENING and before.text[-1] in _MARKS
    return marks and not line.gap and line.indent <= before.indent


def _is_open(before: Sequence[TextLine], line: TextLine, close: str) -> bool:
    """Whether a quotation waits for its end."""
    text = "".join(n.text for n in before[-_LOOK_BACK:])
    opening = _QUOTES[close]
    return text.rfind(opening) > text.rfind(close) and line.text.count(opening) <= line.text.count(close)


def _broken_marker(lines: Sequence[TextLine], at: int) -> int:
    """How many lines from `at` on a marker runs over; 1 where none begins at the line's end."""
    if not may_begin_marker(lines[at].text):
        return 1
    block = [lines[at].text]
    for line in lines[at + 1 : at + _LINES_OF_MARKER]:
        if line.gap:
            break
        block.append(line.text)
    return lines_of_marker(block)
