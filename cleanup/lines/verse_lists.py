"""Lines that are set as lines: verse, lists, rows of a table. Their breaks are the author's, not the column's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class VerseParams:
    """Bounds of lines that are set as lines: verse, lists and tables."""

    widest: float = 16.0
    """Width of a line of verse in ems, at most."""
    fewest: int = 3
    """Number of lines of verse in a row, at least."""
    narrow: float = 0.75
    """Width of a line of verse in full lines around it, at most."""
    entry: int = 4
    """Number of characters of an entry that single gaps part from others, at most."""
    set_in: float = 0.9
    """Indent of a paragraph's first line in ems, at least."""
    gaps: int = 2
    """Number of wide gaps in a row of a table, and of drawn rules in it, at least."""
    entries: int = 3
    """Number of entries that single gaps part in a line of a list, at least."""


P: Final = VerseParams()


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
    wide = [len(_WIDE_GAP.findall(n.text)) >= P.gaps or len(_DRAWN.findall(n.text)) >= P.gaps for n in lines]
    entries = [0, *(0 if n.on_scan else 1 if is_timed(n.text) else _entries(n.text) for n in lines), 0]
    return [w or (e > 0 and e in (a, b)) for w, a, e, b in zip(wide, entries, entries[1:], entries[2:], strict=False)]


def _entries(text: str) -> int:
    """The number of short entries that single gaps cut a line into; 0 where it is no such line."""
    entries = _GAP.split(text)
    short = len(entries) >= P.entries and max(map(len, entries)) <= P.entry and not _ANY_MARK.search(text)
    return len(entries) if short else 0


def _short_runs(lines: Sequence[MeasuredLine]) -> Iterator[tuple[int, int]]:
    """Runs of at least three lines, each as short as verse, that end with a mark, or hold none."""
    at = 0
    for fits, run in groupby(lines, key=_may_be_verse):
        length = len(list(run))
        if fits and length >= P.fewest:
            yield at, at + length
        at += length


def _ends_prose(lines: Sequence[MeasuredLine], at: int) -> bool:
    """Whether a short line is only the end of a longer one's sentence."""
    before = lines[at - 1] if at else None
    return before is not None and before.width > lines[at].width and before.text[-1] not in _MARKS | CLOSING


def _may_be_verse(line: MeasuredLine) -> bool:
    """Whether a line is short and ends with a mark, or holds none; one that a picture cuts short ends with a mark."""
    bare = line.text.rstrip("".join(CLOSING))
    unmarked = not line.view.source.at_picture and not _ANY_MARK.search(line.text)
    return line.width <= P.widest and (bare[-1:] in _MARKS or unmarked)


def _is_verse(lines: Sequence[MeasuredLine], start: int, stop: int) -> bool:
    """Whether the lines are too short for their column, or are all that there is and end in marks."""
    run = lines[start:stop]
    if len(run) < P.fewest:
        return False
    marked = sum(n.text.rstrip("".join(CLOSING))[-1:] in _MARKS for n in run)
    around = [n.width for n in (*lines[max(0, start - 8) : start], *lines[stop : stop + 8])]
    longest = max(n.width for n in run)
    if marked == 0 and stop < len(lines) and run[-1].ends_level_with(lines[stop]):
        return False
    if around and longest <= P.narrow * sorted(around)[len(around) // 2]:
        return marked >= 0.7 * len(run) or marked == 0
    return len(run) >= 0.8 * len(lines) and marked >= 0.8 * len(run) and not _is_paragraph(run)


def _is_paragraph(run: Sequence[MeasuredLine]) -> bool:
    """Whether only the first line is set in, as a wrapped paragraph's is: its breaks fell on marks by chance."""
    return run[0].indent >= P.set_in and all(n.indent < P.set_in for n in run[1:])
