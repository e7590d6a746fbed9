"""Lines that are set as lines: verse, lists, rows of a table. Their breaks are the author's, not the column's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from cleanup.language.characters import CLOSING, PAUSES, SENTENCE_ENDS, SPACE
from cleanup.lines.line_geometry import MeasuredLine
from cleanup.lines.plain_line import is_timed

_SPACES: Final = "".join(SPACE)
_MARKS: Final = PAUSES | SENTENCE_ENDS
_ANY_MARK: Final = re.compile(f"[{re.escape(''.join(_MARKS))}]")
_DRAWN: Final = re.compile("[\u2500-\u257f]")
_WIDE_GAP: Final = re.compile(rf"\S(?:[{_SPACES}]{{2,}}|　|\t)(?=\S)")
_GAP: Final = re.compile(rf"[{_SPACES}]+")
_VERSE: Final = 16.0
"""Ems that a line of verse has at most."""
_FEWEST: Final = 3
_NARROW: Final = 0.75
"""A line of verse is shorter than this share of the full lines around it."""
_ENTRY: Final = 4
_SET_IN: Final = 0.9
"""Ems by which a paragraph's first line is set in, at least."""


def set_apart(lines: Sequence[MeasuredLine]) -> tuple[bool, ...]:
    """For each line whether it is a line of verse, of a list, or a row of a table."""
    rows = _rows(lines)
    verse = [False] * len(lines)
    for begin, stop in _short_runs(lines):
        start = begin + _ends_prose(lines, begin)
        if _is_verse(lines, start, stop):
            verse[start:stop] = [True] * (stop - start)
    return tuple(r or v for r, v in zip(rows, verse, strict=True))


def _rows(lines: Sequence[MeasuredLine]) -> list[bool]:
    """Whether wide gaps cut each line into three or more, or single ones as many of its neighbours, or each tells
    what is on at an hour, as a neighbour does."""
    wide = [len(_WIDE_GAP.findall(n.text)) >= 2 or len(_DRAWN.findall(n.text)) >= 2 for n in lines]
    entries = [0, *(0 if n.on_scan else 1 if is_timed(n.text) else _entries(n.text) for n in lines), 0]
    return [w or (e > 0 and e in (a, b)) for w, a, e, b in zip(wide, entries, entries[1:], entries[2:], strict=False)]


def _entries(text: str) -> int:
    """The number of short entries that single gaps cut a line into; 0 where it is no such line."""
    entries = _GAP.split(text)
    short = len(entries) >= 3 and max(map(len, entries)) <= _ENTRY and not _ANY_MARK.search(text)
    return len(entries) if short else 0


def _short_runs(lines: Sequence[MeasuredLine]) -> Iterator[tuple[int, int]]:
    """Runs of at least three lines, each as short as verse, that end with a mark, or hold none."""
    at = 0
    for fits, run in groupby(lines, key=_may_be_verse):
        length = len(list(run))
        if fits and length >= _FEWEST:
            yield at, at + length
        at += length


def _ends_prose(lines: Sequence[MeasuredLine], at: int) -> bool:
    """Whether a short line is only the end of a longer one's sentence."""
    before = lines[at - 1] if at else None
    return before is not None and before.width > lines[at].width and before.text[-1] not in _MARKS | CLOSING


def _may_be_verse(line: MeasuredLine) -> bool:
    bare = line.text.rstrip("".join(CLOSING))
    return line.width <= _VERSE and (bare[-1:] in _MARKS or not _ANY_MARK.search(line.text))


def _is_verse(lines: Sequence[MeasuredLine], start: int, stop: int) -> bool:
    """Whether the lines are too short for their column, or are all that there is and end in marks."""
    run = lines[start:stop]
    if len(run) < _FEWEST:
        return False
    marked = sum(n.text.rstrip("".join(CLOSING))[-1:] in _MARKS for n in run)
    around = [n.width for n in (*lines[max(0, start - 8) : start], *lines[stop : stop + 8])]
    longest = max(n.width for n in run)
    if around and longest <= _NARROW * sorted(around)[len(around) // 2]:
        return marked >= 0.7 * len(run) or marked == 0
    return len(run) >= 0.8 * len(lines) and marked >= 0.8 * len(run) and not _is_paragraph(run)


def _is_paragraph(run: Sequence[MeasuredLine]) -> bool:
    """Whether only the first line is set in, as a wrapped paragraph's is: its breaks fell on marks by chance."""
    return run[0].indent >= _SET_IN and all(n.indent < _SET_IN for n in run[1:])
