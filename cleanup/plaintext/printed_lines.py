"""Lines as they were printed, put together from what an extractor set apart: a mark alone, the rest of a marker.

`pdftotext` sets the mark behind a closing quotation mark on a line of its own, and a marker can break over a column's
edge. For telling what lines are, such lines count as one; on the page and in the article each stays a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cleanup.forms.jump_marker import lines_of_marker, may_begin_marker
from cleanup.language.characters import CLOSING, OPENING, PAUSES, SENTENCE_ENDS
from cleanup.lines.plain_line import TextLine

_NEVER_FIRST: Final = frozenset("，。、；：！？）》」』】〕")
_QUOTES: Final = {"”": "“", "’": "‘"}
_ONLY_MARKS: Final = re.compile(f"[{re.escape(''.join(CLOSING | PAUSES | SENTENCE_ENDS))}]+")
_LINES_OF_MARKER: Final = 3
"""Lines over which a marker can break."""
_FEW: Final = 2
"""Characters of a line that is no more than a mark and what follows it."""
_OVER: Final = 4
"""Half ems by which a line with marks that hang over may be wider than the column."""
_TOUCH: Final = 2
"""Half ems by which two pieces may miss the width of a full line: touching marks take less room."""
_LOOK_BACK: Final = 12
"""Lines in which the mark is searched that opens a quotation."""


def printed_lines(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """The lines, each with what was parted from its end."""
    found: list[TextLine] = []
    measures = _Measures(lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        if found and (
            (_hangs(found, line) and _fits(found[-1], line, measures, at)) or _fills_up(found[-1], line, measures, at)
        ):
            found[-1] = _with(found[-1], (line,))
        elif (taken := _broken_marker(lines, at)) > 1:
            found.append(_with(line, lines[at + 1 : at + taken]))
            at += taken - 1
        else:
            found.append(line)
        at += 1
    return tuple(found)


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
    """How wide full lines are around a line, in half ems; told only where it is asked, and once for some lines."""

    _SPAN: Final = 8

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._lines = lines
        self._told: dict[int, int] = {}

    def around(self, at: int) -> int:
        span = at // self._SPAN
        if span not in self._told:
            near = self._lines[max(0, (span - 1) * self._SPAN) : (span + 2) * self._SPAN]
            widths = sorted(n.width - n.indent for n in near)
            self._told[span] = widths[(3 * len(widths)) // 4]
        return self._told[span]


def _fits(before: TextLine, line: TextLine, measures: _Measures, at: int) -> bool:
    """Whether both fit into one line of the column, or the second is only marks; else each was a line in print."""
    if len(line.text) <= _FEW or _ONLY_MARKS.fullmatch(line.text):
        return True
    return before.width - before.indent + line.width <= measures.around(at) + _OVER


def _fills_up(before: TextLine, line: TextLine, measures: _Measures, at: int) -> bool:
    """Whether two pieces are one full line, which an extractor broke where a mark and an opening one touch."""
    if line.gap or line.text[0] not in OPENING or before.text[-1] not in CLOSING | PAUSES | SENTENCE_ENDS:
        return False
    missing = measures.around(at) - (before.width - before.indent) - line.width
    return abs(missing) <= _TOUCH


def _is_open(before: Sequence[TextLine], line: TextLine, close: str) -> bool:
    """Whether a quotation waits for its end."""
    text = "".join(n.text for n in before[-_LOOK_BACK:])
    opening = _QUOTES[close]
    return text.count(opening) > text.count(close) and line.text.count(opening) <= line.text.count(close)


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
