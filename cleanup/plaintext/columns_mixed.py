"""Columns that a program mixed row by row: set apart again, each read down.

`pdftotext` takes narrow columns for one wide text. It writes each row of print from left to right, one space at a
gutter, and goes to a new line where the white is wider: before an indent, and behind the last line of a paragraph.
With `-layout` a row stays one line, and the white is wider there.

The lines of such a block are cut into pieces as wide as a column, and each piece is given to a column: in a row from
left to right, in a column so that full lines go on, short ones end a sentence, and a line with an indent follows
those. The cheapest arrangement is taken, and only where hardly anything speaks against it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import groupby
from typing import Final

from cleanup.language.characters import HANZI, SPACE, cells, ends_sentence
from cleanup.lines.plain_line import TextLine, is_loose
from cleanup.plaintext.columns_apart import numbered

_SPACES: Final = "".join(SPACE)
_WIDER: Final = re.compile(rf"[{_SPACES}]{{2,}}")
GUTTER: Final = re.compile(rf"(?<=[{HANZI}，。、；：！？”’）》」』】…—])[{_SPACES}](?=[^{_SPACES}])")
"""A single space behind a character of Chinese print."""
_MARK: Final = re.compile("[，。、；：！？]")
_OPEN: Final = re.compile(rf"[{HANZI}A-Za-z0-9]$")
"""The end of a piece that breaks off within a sentence."""


@dataclass(frozen=True, slots=True)
class MixedParams:
    """Bounds of columns that were mixed; widths in half ems."""

    narrowest: int = 16
    """Width of a column, at least: verse and tables have shorter pieces."""
    widest: int = 52
    """Width of a column, at most: the white beside a wider one shows."""
    less: int = 4
    """Width by which a full line may be narrower: a mark or a number did not fit in, and the line was spread."""
    more: int = 2
    """Width by which a full line may be wider: marks that touch take less room."""
    indent: int = 4
    """Width of a paragraph's indent."""
    middle: int = 8
    """Indent of a line that stands in the middle of the page, at least."""
    fewest: int = 2
    """Number of columns, at least."""
    most: int = 8
    """Number of columns, at most."""
    spread: int = 4
    """Number of single characters with spaces between, at least, that pull a line apart."""
    rows: int = 3
    """Number of rows of a block, at least."""
    mixed: float = 0.3
    """Share of a block's lines that hold pieces of two columns, at least."""
    longest: int = 300
    """Number of lines of a block, at most; a page of print has fewer rows."""
    kept: int = 60
    """Number of arrangements that are followed up."""
    cost: float = 0.2
    """Cost of a piece on average, at most, in an arrangement that is taken."""
    prose: float = 0.3
    """Share of the pieces that hold a mark of running text, at least."""
    open: float = 0.4
    """Share of the pieces that break off within a sentence, at least."""


P: Final = MixedParams()


@dataclass(frozen=True, slots=True)
class MixedCosts:
    """What speaks against an arrangement."""

    space: float = 0.4
    """A space within a piece, which no gutter made."""
    short: float = 2.0
    """A short line that ends no sentence."""
    begun: float = 2.0
    """A full line where a paragraph must begin, or the other way round."""
    gap: float = 2.0
    """A new line where the gutter is no wider than elsewhere."""
    ended: float = 0.6
    """A column that ends before the last row."""
    over: float = 0.4
    """A further row below its end: columns of one block end together."""
    again: float = 4.0
    """A line in a column that has ended."""
    place: float = 0.7
    """A row that begins at the margin and not in the first column, or the other way round."""
    empty: float = 1.5
    """A column that holds nothing in the first row."""


C: Final = MixedCosts()


@dataclass(frozen=True, slots=True)
class MixedPiece:
    """What one line has of one column."""

    line: TextLine
    text: str
    width: int
    full: bool
    ends: bool
    leads: bool
    """Whether it begins its line, or stands behind wide white, so that a paragraph can begin with it."""


class _Last(IntEnum):
    """How the lines of a column end at a row."""

    NONE = 0
    OPEN = 1
    FULL_END = 2
    SHORT = 3
    OVER = 4


@dataclass(frozen=True, slots=True)
class _State:
    """An arrangement up to some piece: the column that it is in, how each column ends, and the columns so far."""

    cost: float
    at: int
    lasts: tuple[_Last, ...]
    filled: bool
    """The piece before in the row reaches to the gutter: it is full, and does not end a paragraph."""
    taken: tuple[int, ...]


def columns_unmixed(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """The lines of a page, each block of mixed columns read column by column."""
    if sum(GUTTER.search(line.raw) is not None for line in lines) < P.rows:
        return lines
    found: list[TextLine] = []
    for block in _blocks(lines):
        found += _unmixed(block) or block
    return lines if len(found) == len(lines) else tuple(numbered(found))


def _blocks(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """The runs of lines between blank lines, and between lines in the middle of the page, which are headlines."""
    block: list[TextLine] = []
    middle = False
    for line in lines:
        before, middle = middle, _is_in_middle(line)
        if block and (line.gap or middle is not before):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_in_middle(line: TextLine) -> bool:
    """Whether the line is one piece far from the margin, and no running text."""
    return line.indent >= P.middle and not (_MARK.search(line.raw) or _WIDER.search(line.raw.strip(_SPACES)))


def _unmixed(block: Sequence[TextLine]) -> list[TextLine]:
    """The block's lines column by column; nothing where it holds no mixed columns."""
    if not P.rows <= len(block) <= P.longest:
        return []
    if sum(GUTTER.search(line.raw) is not None for line in block) < P.mixed * len(block):
        return []
    for width in widths_of(block):
        rows = [pieces_of_line(line, width) for line in block]
        if all(rows):
            whole = any(len(segments) > 1 for segments in rows)
            best = _arranged(rows, width, whole=whole)
            if best:
                return best
    return []


def widths_of(block: Sequence[TextLine], widest: int = P.widest) -> list[int]:
    """The likeliest widths of a column, in half ems up to `widest`: those of the most pieces before a gutter."""
    told = Counter[int]()
    for line in block:
        for segment in _WIDER.split(line.raw.strip(_SPACES)):
            parts = GUTTER.split(segment)
            told.update(cells(part) for part in parts[:-1] if P.narrowest <= cells(part) <= widest)
    if not told:
        return []
    near = {w: sum(told[v] for v in range(w - P.less, w + P.more + 1)) for w in range(min(told), max(told) + P.less)}
    most = max(near.values())
    best = [w for w, n in near.items() if n == most]
    return [best[len(best) // 2]]


# --- pieces -----------------------------------------------------------------------------------------------------------


def pieces_of_line(line: TextLine, width: int) -> list[list[MixedPiece]]:
    """The pieces of a line, in one list those between which the white is narrow; nothing where a piece fits not."""
    found = []
    for segment in _WIDER.split(line.raw.strip(_SPACES)):
        pieces = _pieces(line, segment, width)
        if not pieces:
            return []
        found.append(pieces)
    return found


def _pieces(line: TextLine, segment: str, width: int) -> list[MixedPiece]:
    """The segment cut at spaces so that every piece but the last is as wide as a column."""
    words = list(_words(segment))
    best: list[tuple[float, int] | None] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        ways = []
        for begin in range(end):
            before = best[begin]
            text = " ".join(words[begin:end])
            fits = _is_full(text, width, first=begin == 0) if end < len(words) else cells(text) <= width + P.more
            if before is not None and (fits or is_loose(text)):
                ways.append((before[0] + C.space * (end - begin - 1), begin))
        best.append(min(ways) if ways else None)
    if best[-1] is None:
        return []
    cuts, at = list[tuple[int, int]](), len(words)
    while at:
        way = best[at]
        assert way is not None
        cuts.insert(0, (way[1], at))
        at = way[1]
    texts = [" ".join(words[begin:end]) for begin, end in cuts]
    return [_piece(line, text, width, leads=at == 0) for at, text in enumerate(texts)]


def _words(segment: str) -> Iterator[str]:
    """What spaces part, those that pull a line apart left in it."""
    for single, words in groupby(segment.split(" "), key=lambda w: len(w) == 1):
        run = list(words)
        if single and len(run) >= P.spread:
            yield " ".join(run)
        else:
            yield from run


def _is_full(text: str, width: int, *, first: bool) -> bool:
    return width - P.less - P.indent * first <= cells(text) <= width + P.more


def _piece(line: TextLine, text: str, width: int, *, leads: bool) -> MixedPiece:
    own = cells(text)
    full = own >= width - P.less or is_loose(text)
    return MixedPiece(line, text, own, full, ends_sentence(text), leads)


# --- arrangement ------------------------------------------------------------------------------------------------------


def _arranged(rows: Sequence[Sequence[Sequence[MixedPiece]]], width: int, *, whole: bool) -> list[TextLine]:
    """The lines of the cheapest arrangement, column by column; nothing where something speaks against it."""
    pieces = _pieces_of(rows)
    least = max(sum(map(len, segments)) if whole else max(map(len, segments)) for segments in rows)
    if least > P.most or not _are_prose(pieces):
        return []
    best = _best_of(rows, width, range(max(P.fewest, least), P.most + 1), whole=whole)
    if best is None or best.cost > P.cost * len(pieces):
        return []
    columns = _by_column(pieces, best)
    if sum(len(column) >= P.rows for column in columns) < P.fewest:
        return []
    order = [piece for column in columns for piece in column]
    gap = rows[0][0][0].line.gap
    return [replace(p.line, raw=p.text, gap=0 if n else gap) for n, p in enumerate(order)]


def _are_prose(pieces: Sequence[MixedPiece]) -> bool:
    """Whether the pieces are lines of running text, most of them broken at a column's edge."""
    marks = sum(_MARK.search(p.text) is not None for p in pieces)
    open_ = sum(p.full and _OPEN.search(p.text) is not None for p in pieces)
    return marks >= P.prose * len(pieces) and open_ >= P.open * len(pieces)


def _best_of(
    rows: Sequence[Sequence[Sequence[MixedPiece]]], width: int, counts: range, *, whole: bool
) -> _State | None:
    """The cheapest arrangement in any of the numbers of columns."""
    states = (_best(rows, width, count, whole=whole) for count in counts)
    return min((s for s in states if s is not None), key=lambda s: s.cost, default=None)


def _best(rows: Sequence[Sequence[Sequence[MixedPiece]]], width: int, count: int, *, whole: bool) -> _State | None:
    """The cheapest arrangement in `count` columns; `whole`: each line of the file is one row of print."""
    states = [_State(0.0, -1, (_Last.NONE,) * count, filled=True, taken=())]
    for segments in rows:
        for place, segment in enumerate(segments):
            following: dict[tuple[int, tuple[_Last, ...]], _State] = {}
            for state in states:
                for new in _placed(state, segment, width, new_row=_row(place, whole=whole, state=state)):
                    key = (new.at, new.lasts)
                    if key not in following or new.cost < following[key].cost:
                        following[key] = new
            states = sorted(following.values(), key=lambda s: s.cost)[: P.kept]
            if not states:
                return None
    pieces = _pieces_of(rows)
    return min((replace(s, cost=s.cost + _chain(s, pieces)) for s in states), key=lambda s: s.cost)


def _pieces_of(rows: Sequence[Sequence[Sequence[MixedPiece]]]) -> list[MixedPiece]:
    return [piece for segments in rows for segment in segments for piece in segment]


def _by_column(pieces: Sequence[MixedPiece], state: _State) -> list[list[MixedPiece]]:
    """The pieces of each column of an arrangement."""
    columns: list[list[MixedPiece]] = [[] for _ in state.lasts]
    for piece, column in zip(pieces, state.taken, strict=True):
        columns[column].append(piece)
    return columns


def _chain(state: _State, pieces: Sequence[MixedPiece]) -> float:
    """What speaks against the columns one after the other: a paragraph that has ended goes on in the next column."""
    ends: dict[int, MixedPiece] = {}
    heads: dict[int, MixedPiece] = {}
    for piece, column in zip(pieces, state.taken, strict=True):
        heads.setdefault(column, piece)
        ends[column] = piece
    return sum(
        C.begun * (_after(ends[column]) is _Last.SHORT and not heads[column + 1].leads)
        for column in heads
        if column + 1 in heads
    )


def _row(place: int, *, whole: bool, state: _State) -> tuple[bool, ...]:
    """Whether the segment can begin a row, and whether it can go on one."""
    if state.at < 0:
        return (True,)
    return (place == 0,) if whole else (True, False)


def _skipped(state: _State, first: int, *, fresh: bool) -> list[int]:
    """The columns that stay empty when a segment is set from the column `first` on, in a `fresh` row or the same."""
    if not fresh:
        return [*range(state.at + 1, first)]
    rest = range(state.at + 1, len(state.lasts)) if state.at >= 0 else ()
    return [*rest, *range(first)]


def _placed(state: _State, segment: Sequence[MixedPiece], width: int, *, new_row: Sequence[bool]) -> Iterator[_State]:
    """The arrangements with the segment's pieces in columns side by side."""
    count = len(state.lasts)
    for fresh in new_row:
        begin = 0 if fresh else state.at + 1
        for first in range(begin, count - len(segment) + 1):
            cost, lasts = state.cost, list(state.lasts)
            cost += sum(_skip(lasts, column) for column in _skipped(state, first, fresh=fresh))
            cost += C.place * (fresh and (first > 0) is not _is_set_off(segment[0], width))
            for n, piece in enumerate(segment):
                column = first + n
                beside = column > 0 and not (fresh and n == 0) and (n > 0 or first == state.at + 1)
                cost += _cost(lasts[column], piece, width, tight=beside and (n > 0 or state.filled))
                lasts[column] = _after(piece)
            taken = (*state.taken, *range(first, first + len(segment)))
            end = segment[-1]
            filled = end.full and not (end.ends and end.width <= width)
            yield _State(cost, first + len(segment) - 1, tuple(lasts), filled, taken)


def _is_set_off(piece: MixedPiece, width: int) -> bool:
    """Whether the line begins so far from the margin that its first column is empty."""
    return piece.leads and piece.line.indent > P.indent and 2 * piece.line.indent >= width


def _skip(lasts: list[_Last], column: int) -> float:
    """The cost of a column without a line in a row: it has ended there, or before."""
    last, lasts[column] = lasts[column], _Last.OVER
    return C.over if last is _Last.OVER else C.empty if last is _Last.NONE else C.ended


def _after(piece: MixedPiece) -> _Last:
    if not piece.full and piece.ends:
        return _Last.SHORT
    return _Last.FULL_END if piece.ends else _Last.OPEN


def _cost(last: _Last, piece: MixedPiece, width: int, *, tight: bool) -> float:
    """What speaks against the piece as the next line of a column; `tight`: a full line stands right beside it."""
    if last is _Last.OVER:
        return C.again
    first = C.begun * (last is _Last.OPEN) + C.begun * (piece.width > width - P.indent + P.more)
    first += C.begun * (tight and not piece.leads)
    first += C.short * (piece.width < width - P.indent - P.less and not piece.ends)
    goes_on = C.begun * (last is _Last.SHORT) + C.short * (not piece.full and not piece.ends)
    goes_on += C.gap * (tight and piece.leads)
    return min(first, goes_on)
