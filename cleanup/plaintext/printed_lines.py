"""Lines as they were printed, put together from what an extractor set apart: a mark alone, the rest of a marker.

`pdftotext` sets the mark behind a closing quotation mark on a line of its own, and a marker can break over a column's
edge. For telling what lines are, such lines count as one; on the page and in the article each stays a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
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
"""Two marks that share one em in print. An extractor that breaks its lines there leaves hardly any within a line."""
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
    the page must stand within a sentence, or before a mark that had room: between two sentences it can part paragraphs.
    """
    starts = _starts(lines)
    within = sum(_TOUCHING.search(line.text) is not None for line in lines)
    if within > len(starts):
        return set()
    sure, likely = set[int](), set[int]()
    end = 0
    for at in starts:
        if at >= end:
            begin, end = _run(lines, at)
            full, last = _printed(lines[begin:end], lines[begin - 1] if begin else None, measures.around(at))
            sure |= {begin + n for n in full}
            likely |= {begin + n for n in last}
    broken = any(not lines[at - 1].ends_sentence for at in sure) or _had_room_for_mark(lines, measures)
    return sure | likely if sure and broken else set()


def _starts(lines: Sequence[TextLine]) -> list[int]:
    """The lines at the margin that begin where a mark and an opening one touch."""
    margin = min((line.indent for line in lines), default=0)
    return [at for at in range(1, len(lines)) if lines[at].indent == margin and _touch(lines[at - 1], lines[at])]


def _had_room_for_mark(lines: Sequence[TextLine], measures: _Measures) -> bool:
    """Whether a line begins with a mark that had room in the line before."""
    return any(
        (b.text[0] in _NEVER_FIRST or b.text[0] in _QUOTES) and a.width + b.width <= measures.around(at)
        for at, (a, b) in enumerate(pairwise(lines))
    )


def _run(lines: Sequence[TextLine], at: int) -> tuple[int, int]:
    """The lines around one, from and up to which an extractor may have broken each."""
    begin, end = at - 1, at + 1
    while begin and _parted(lines[begin - 1], lines[begin]):
        begin -= 1
    while end < len(lines) and _parted(lines[end - 1], lines[end]):
        end += 1
    return begin, end


class _Kind(IntEnum):
    """What a line of print made of pieces can be."""

    ODD = 0
    FULL = 1
    FIRST = 2  # of a paragraph, whose indent was dropped
    LAST = 3


_OVER_FULL: Final = 0.5
"""Cost of half an em by which a line is wider than the column."""
_ENDS: Final = 0.3
"""Cost of a line that ends a paragraph."""
_NO_PARAGRAPH: Final = 2.0
"""Cost of a line that begins a paragraph where the one before ends none, or the other way round."""
_FITS_NOT: Final = 3.0
"""Cost of a line that is none of a column."""


def _printed(run: Sequence[TextLine], before: TextLine | None, measure: int) -> tuple[set[int], set[int]]:
    """The pieces that go on a full line of print, and those that go on a paragraph's last, where an opening mark meets.

    The division of the whole run is taken in which most lines are as wide as the column, the first of a paragraph by
    its indent narrower, and only the last of one shorter.
    """
    best: list[dict[_Kind, tuple[float, int, _Kind]]] = [{_Kind.FULL: (0.0, 0, _Kind.FULL)}]
    ends = before is None or before.ends_sentence
    for end in range(1, len(run) + 1):
        here: dict[_Kind, tuple[float, int, _Kind]] = {}
        for begin in range(max(0, end - _PIECES), end):
            pieces = run[begin:end]
            for kind, odd in _kinds(pieces, measure):
                for last, (cost, _, _) in best[begin].items():
                    ended = ends if not begin else last is _Kind.LAST or run[begin - 1].ends_sentence
                    begun = kind is _Kind.FIRST or last is not _Kind.LAST
                    total = cost + odd + _NO_PARAGRAPH * ((kind is _Kind.FIRST and not ended) or not begun)
                    if kind not in here or total < here[kind][0]:
                        here[kind] = (total, begin, last)
        best.append(here)
    return _joined(run, best)


def _joined(
    run: Sequence[TextLine], best: Sequence[Mapping[_Kind, tuple[float, int, _Kind]]]
) -> tuple[set[int], set[int]]:
    """The pieces that go on a full line of print, and on a paragraph's last; `best` are the divisions up to each piece.

    Each has, by the kind of its last line, its cost, the first piece of that line, and the kind of the line before.
    """
    full, likely = set[int](), set[int]()
    end, kind = len(run), min(best[-1], key=lambda k: best[-1][k][0])
    while end:
        _, begin, last = best[end][kind]
        joined = {n for n in range(begin + 1, end) if run[n].text[0] in OPENING}
        if kind in {_Kind.FULL, _Kind.FIRST}:
            full |= joined
        elif kind is _Kind.LAST:
            likely |= {n for n in joined if not run[n - 1].ends_sentence}
        end, kind = begin, last
    return full, likely


def _kinds(pieces: Sequence[TextLine], measure: int) -> Iterator[tuple[_Kind, float]]:
    """What the pieces can be as one line of print, each with its cost.

    Two marks that touch take half an em less, and so does one at the line's end; no line is wider than the column.
    """
    touching = sum(_touch(a, b) or b.text[0] in _NEVER_FIRST or b.text[0] in _QUOTES for a, b in pairwise(pieces))
    width = sum(n.width - n.indent for n in pieces) - touching
    for kind, full in ((_Kind.FULL, measure), (_Kind.FIRST, measure - _FIRST)):
        over = width - full - (pieces[-1].text[-1] in _MARKS)
        if -_TOUCH <= over <= _TOUCH:
            yield kind, _OVER_FULL * max(0, over)
    if pieces[-1].ends_sentence and width <= measure:
        yield _Kind.LAST, _ENDS
    yield _Kind.ODD, _FITS_NOT


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
