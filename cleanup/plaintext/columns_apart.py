"""Columns that a program printed side by side, as `pdftotext -layout` does: cut at the gutters, each read down.

A gutter is a strip of white that runs through all lines of a stretch. Programs place the second column by counting
characters, or by the cells that these take on a terminal, two for a hanzi; the gutter is straight in one of the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from cleanup.language.characters import SPACE, cells
from cleanup.lines.plain_line import ALIKE, TextLine
from cleanup.plaintext.hard_wrapped import are_broken

_SPACES: Final = "".join(SPACE)
_GAP: Final = re.compile(rf"(?<=[^{_SPACES}])[{_SPACES}]{{2,}}(?=[^{_SPACES}])")
_NARROWEST: Final = 2
"""Characters or cells of the narrowest gutter; words are parted by one."""
_FEWEST: Final = 3
"""Lines of the shortest stretch of columns; and so many lines of it must have text on both sides of a gutter."""
_DEEPEST: Final = 4
"""Characters or cells by which a paragraph is set in."""
_END: Final = 1 << 20
"""Where the white behind a line ends: further right than any line reaches."""

Strips = tuple[tuple[int, int], ...]
"""Strips of white, each from a place up to another, from left to right."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines from `start` up to `end` that the gutters `cuts` part, and how their places are counted."""

    start: int
    end: int
    cuts: tuple[int, ...]
    places: Callable[[str], int]
    ragged: int = 0
    """Lines of further columns that begin further right than a paragraph does."""


def columns_apart(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """The lines with every stretch of columns cut at its gutters, the left column first.

    Only columns of running text are cut, whose own lines a column's edge broke: the entries of a table stay together.
    """
    if sum(_GAP.search(line.raw) is not None for line in lines) < _FEWEST:
        return tuple(lines)
    found: list[TextLine] = []
    at = 0
    while at < len(lines):
        stretch = max((_stretch(lines, at, places) for places in (cells, len)), key=lambda s: (s.end, -s.ragged))
        columns = _columns(lines, stretch) if stretch.cuts else ()
        if columns:
            found += [line for column in columns for line in column]
            at = stretch.end
        else:
            found.append(lines[at])
            at += 1
    return tuple(found)


def _stretch(lines: Sequence[TextLine], start: int, places: Callable[[str], int]) -> _Stretch:
    """The longest stretch of columns that begins at `start`; one without cuts where none does."""
    none = _Stretch(start, start, (), places)
    if _GAP.search(lines[start].raw) is None:
        return none
    white = _white(lines[start].raw, places)
    end, last = start + 1, start
    while end < len(lines):
        common = _common(white, _white(lines[end].raw, places))
        if not _gutters(common):
            break
        both = _GAP.search(lines[end].raw) is not None
        if both and last < end - 1 and _restarts(lines[last + 1 : end]):
            break
        white = common
        last = end if both or lines[end].raw[:1].isspace() else last
        end += 1
    end = last + 1 + _tail(lines[last + 1 : end], lines[start : last + 1])
    cuts = _cuts(lines[start:end], white, places)
    if not cuts or end - start < _FEWEST:
        return none
    return _Stretch(start, end, cuts, places, sum(_ragged(n.raw, cuts, places) for n in lines[start:end]))


def _ragged(raw: str, cuts: Sequence[int], places: Callable[[str], int]) -> int:
    """How many of the columns the line enters deeper than a paragraph does."""
    pieces = (raw[_index(raw, a, places) : _index(raw, b, places)] for a, b in pairwise((*cuts, _END)))
    return sum(len(p) - len(p.lstrip(_SPACES)) > _DEEPEST for p in pieces if p.strip(_SPACES))


def _restarts(lines: Sequence[TextLine]) -> bool:
    """Whether columns ended above these lines, which stand in the first of them alone: a headline is among them."""
    return _sentences(lines) < len(lines)


def _tail(lines: Sequence[TextLine], above: Sequence[TextLine]) -> int:
    """How many of the lines go on in the first column, where the others have ended: up to the end of a sentence.

    The lines behind it belong to the column too where it breaks off within a sentence, to go on at the head of the
    next: then they are as long as the lines `above` in the first column.
    """
    ended = _sentences(lines)
    widths = sorted(cells(_GAP.split(n.raw)[0].rstrip(_SPACES)) for n in above)
    full = widths[(3 * len(widths)) // 4]
    rest = lines[ended:]
    cut_off = all(n.gap == 0 and not n.ends_sentence and abs(n.width - full) <= ALIKE for n in rest)
    return len(lines) if cut_off else ended


def _sentences(lines: Sequence[TextLine]) -> int:
    """How many of the lines there are up to the last that ends a sentence."""
    return max((n for n, line in enumerate(lines, start=1) if line.ends_sentence), default=0)


def _white(raw: str, places: Callable[[str], int]) -> Strips:
    """The strips of white of a line, that before it and that behind it included."""
    strips, at = list[tuple[int, int]](), 0
    for found in re.finditer(rf"[{_SPACES}]+|[^{_SPACES}]+", raw):
        begin, at = at, at + places(found[0])
        if found[0][0] in SPACE:
            strips.append((begin, at))
    if strips and strips[-1][1] == at:
        at = strips.pop()[0]
    return (*strips, (at, _END))


def _common(one: Strips, other: Strips) -> Strips:
    """What is white in both."""
    strips = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple((begin, end) for begin, end in strips if end - begin >= _NARROWEST)


def _gutters(white: Strips) -> Strips:
    """The strips that can part columns: neither the margin nor what lies behind all lines."""
    return tuple((begin, end) for begin, end in white if begin > 0 and end < _END)


def _cuts(lines: Sequence[TextLine], white: Strips, places: Callable[[str], int]) -> tuple[int, ...]:
    """Where the columns behind the gutters begin; gutters with text on both sides in too few lines are none."""
    found = []
    for begin, end in _gutters(white):
        both = sum(
            places(n.raw[: _index(n.raw, begin, places)].strip(_SPACES)) > 0 for n in lines if _reaches(n, end, places)
        )
        if both >= _FEWEST:
            found.append(end)
    return tuple(found)


def _reaches(line: TextLine, place: int, places: Callable[[str], int]) -> bool:
    return places(line.raw.rstrip(_SPACES)) > place


def _index(raw: str, place: int, places: Callable[[str], int]) -> int:
    """The index in the line of the character at a place."""
    if places is len:
        return min(place, len(raw))
    at = 0
    for index, char in enumerate(raw):
        if at >= place:
            return index
        at += places(char)
    return len(raw)


def _columns(lines: Sequence[TextLine], stretch: _Stretch) -> tuple[tuple[TextLine, ...], ...]:
    """The columns from left to right; none where one of them is not running text."""
    columns: list[list[TextLine]] = [[] for _ in range(len(stretch.cuts) + 1)]
    for line in lines[stretch.start : stretch.end]:
        for column, piece in zip(columns, _pieces(line, stretch), strict=True):
            if piece is not None:
                column.append(piece)
    found = tuple(_closed_up(column, first=at == 0) for at, column in enumerate(columns) if column)
    running = [column for column in found if len(column) >= _FEWEST]
    return found if len(running) >= 2 and all(map(are_broken, running)) else ()


def _pieces(line: TextLine, stretch: _Stretch) -> Iterator[TextLine | None]:
    """The line's piece in each column, None where it has no text there."""
    indices = [0, *(_index(line.raw, cut, stretch.places) for cut in stretch.cuts), len(line.raw)]
    printed = 0
    for begin, end in pairwise(indices):
        raw = line.raw[begin:end]
        if not raw.strip(_SPACES):
            yield None
            continue
        yield replace(line, raw=raw, piece=printed)
        printed += 1


def _closed_up(column: Sequence[TextLine], *, first: bool) -> tuple[TextLine, ...]:
    """The column's lines with no blank line before the first of a further column: the text runs on from the last."""
    return tuple(column) if first else (replace(column[0], gap=0), *column[1:])
