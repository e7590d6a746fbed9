"""Columns that a program wrote line by line in turn, headlines in them: told apart by how their sentences go on.

`pdftotext` writes two columns that lie close together as one text, from above to below: of each row of print the left
line, then the right one, on one line where the white between is narrow. Where headlines or captions stand in the
columns, rows are missing on either side, and no row tells any more which line is of which column. The sentences do:
a line goes on with the last one of its column. All arrangements are followed with a beam; each piece is priced by its
column's last line (a language model prices the seam of two lines), a change of column by a fixed price, and the
cheapest arrangement is taken where it is far cheaper than the text as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import product
from typing import Final, NamedTuple

from cleanup.forms.byline import is_byline
from cleanup.forms.caption import closes_caption, points_at_picture
from cleanup.language.characters import PAUSES, SPACE, cells, ends_sentence
from cleanup.lines.plain_line import TextLine
from cleanup.plaintext.columns_apart import numbered
from cleanup.plaintext.columns_mixed import GUTTER, pieces_of_line, widths_of
from ocr.setup.language_model import LanguageModel, seam_gain

_SPACES: Final = "".join(SPACE)


@dataclass(frozen=True, slots=True)
class WovenParams:
    """Bounds of columns written in turn; widths in half ems, costs per piece."""

    rows: int = 4
    """Number of lines that hold pieces of two columns, at least."""
    widest: int = 84
    """Width of a column, at most."""
    longest: int = 320
    """Number of lines of a page, at most; a page of print has fewer rows."""
    most: int = 4
    """Number of columns of a section, at most."""
    less: int = 4
    """Width by which a full line may be narrower than the column."""
    indent: int = 4
    """Indent of a paragraph's first line, which the extractor dropped."""
    wrong: float = 0.4
    """Cost of the text as it was written, at least, for another order to be looked for."""
    open: float = 0.4
    """Share of the pieces that are full and break off within a sentence, at least."""
    spaces: float = 0.5
    """Number of spaces within pieces for each one between two, at most; stray spaces of readers stand anywhere."""
    better: float = 0.9
    """Ratio of the cost of an arrangement to that of the text as it was written, at most."""
    flush: float = 1.25
    """Factor of the cost of an arrangement in which paragraphs begin at the margin: it is asked less."""
    kept: int = 40
    """Number of arrangements that are followed up."""


@dataclass(frozen=True, slots=True)
class WovenCosts:
    """What speaks against a piece in a column."""

    seam: tuple[float, float, float] = (1.2, 0.8, 3.0)
    """Cost of a sentence that goes on at a seam without gain, less for each unit of gain, and at most."""
    unknown: float = 0.8
    """The same where the model knows nothing of what stands at the seam."""
    short: float = 2.0
    """A line that breaks off within a sentence and is not full."""
    broken: float = 3.0
    """A paragraph or a headline that begins where a sentence is open."""
    filled: float = 0.8
    """A line that goes on behind a full line that ends a sentence."""
    ended: float = 2.5
    """A line that goes on behind a short one that ends a sentence."""
    headed: float = 1.5
    """A line under a headline that is no paragraph's first."""
    wide: float = 2.0
    """A paragraph's first line that leaves no room for its indent."""
    tight: float = 2.0
    """A paragraph's first line right beside a line of the column before: its indent would show as wide white."""
    bare: float = 1.0
    """A headline at the foot of a column."""
    display: float = 0.5
    """A line of a headline, a byline or a caption."""
    start: float = 0.5
    """The first line of a column."""
    change: float = 0.4
    """A line in another column than the one before it."""
    column: float = 0.08
    """A further column, per piece."""


P: Final = WovenParams()
C: Final = WovenCosts()


class _Kind(IntEnum):
    """How the last line of a column ends."""

    NONE = 0
    OPEN = 1
    FULL = 2
    SHORT = 3
    DISPLAY = 4


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one line has of one column."""

    line: TextLine
    text: str
    width: int
    ends: bool
    display: bool
    fits: bool
    """Whether it is no wider than a column."""

    @classmethod
    def of(cls, line: TextLine, text: str, *, fits: bool = True) -> _Piece:
        """The piece of a line with this text."""
        ends = ends_sentence(text)
        beside = is_byline(text) or points_at_picture(text) or closes_caption(text)
        display = beside or not (ends or PAUSES.intersection(text) or "。" in text)
        return cls(line, text, cells(text), ends, display, fits)


class _Column(NamedTuple):
    """The number of a column's last piece, -1 before the first, and how it ends."""

    last: int
    kind: _Kind


class _State(NamedTuple):
    """An arrangement up to some piece: its cost, how each column ends, the column of the last piece, all columns."""

    cost: float
    columns: tuple[_Column, ...]
    at: int
    taken: tuple[int, ...]


class _Weave:
    """The pieces of a page whose columns are `width` half ems wide, and what their seams cost.

    `flush`: paragraphs begin at the margin.
    """

    def __init__(self, lines: Sequence[TextLine], width: int, model: LanguageModel, *, flush: bool) -> None:
        self.width, self._flush, self._model = width, flush, model
        self.rows = [self._cut(line) for line in lines]
        self._seams: dict[tuple[str, str], float] = {}

    def _cut(self, line: TextLine) -> list[_Piece]:
        cut = pieces_of_line(line, self.width)
        if not cut:
            return [_Piece.of(line, line.raw.strip(_SPACES), fits=False)]
        return [_Piece.of(line, piece.text) for segment in cut for piece in segment]

    def best(self, rows: Sequence[Sequence[_Piece]], count: int) -> tuple[float, list[_Piece]] | None:
        """The cost of the cheapest arrangement of rows in so many columns, and its pieces column by column."""
        pieces = [piece for row in rows for piece in row]
        if max(map(len, rows)) > count:
            return None
        states = [_State(C.column * len(pieces) * (count - 1), (_Column(-1, _Kind.NONE),) * count, -1, ())]
        places = [(n, len(row) - 1 - n) for row in rows for n in range(len(row))]
        for at, (n, rest) in enumerate(places):
            states = self._followed(states, pieces, at, (n, rest))
        ended = min((s._replace(cost=s.cost + self._chain(s, pieces)) for s in states), key=lambda s: s.cost)
        order = [p for c in range(count) for p, column in zip(pieces, ended.taken, strict=True) if column == c]
        return ended.cost, order

    def is_woven(self) -> bool:
        """Whether the pieces are lines of running text, most of them broken at the edge of a column.

        Enough rows hold several, and spaces stand between these, seldom within.
        """
        pieces = [piece for row in self.rows for piece in row if piece.fits and not piece.display]
        within = sum(len(GUTTER.findall(piece.text)) for piece in pieces)
        between = sum(len(row) - 1 for row in self.rows)
        broken = sum(piece.width >= self.width - P.less and not piece.ends for piece in pieces)
        rows = sum(len(row) > 1 for row in self.rows)
        return rows >= P.rows and within <= P.spaces * between and broken >= P.open * sum(map(len, self.rows))

    def as_written(self, lines: Sequence[TextLine]) -> float:
        """What speaks against lines as one column, per line."""
        cost, kind, last = 0.0, _Kind.NONE, None
        for line in lines:
            text = line.raw.strip(_SPACES)
            piece = _Piece.of(line, text, fits=cells(text) <= self.width + P.less)
            more, kind = min(self._ways(last, kind, piece, tight=False))
            cost, last = cost + more, piece
        return cost / max(1, len(lines))

    def _followed(
        self, states: Sequence[_State], pieces: Sequence[_Piece], at: int, place: tuple[int, int]
    ) -> list[_State]:
        """The cheapest arrangements with the piece number `at`, which has so many before and behind it in its row."""
        best: dict[tuple[tuple[_Column, ...], int], _State] = {}
        for state in states:
            for new in self._placed(state, pieces, at, place):
                key = (new.columns, new.at)
                if key not in best or new.cost < best[key].cost:
                    best[key] = new
        return sorted(best.values(), key=lambda s: s.cost)[: P.kept]

    def _placed(self, state: _State, pieces: Sequence[_Piece], at: int, place: tuple[int, int]) -> Iterator[_State]:
        n, rest = place
        first = state.at + 1 if n else 0
        for column in range(first, len(state.columns) - rest):
            before = state.columns[column]
            last = pieces[before.last] if before.last >= 0 else None
            change = C.change * (n == 0 and state.at >= 0 and column != state.at)
            for cost, kind in self._ways(last, before.kind, pieces[at], tight=n > 0):
                columns = (*state.columns[:column], _Column(at, kind), *state.columns[column + 1 :])
                yield _State(state.cost + cost + change, columns, column, (*state.taken, column))

    def _chain(self, state: _State, pieces: Sequence[_Piece]) -> float:
        """What speaks against the columns one after the other, and against a sentence that is open at the end."""
        heads: dict[int, _Piece] = {}
        for piece, column in zip(pieces, state.taken, strict=True):
            heads.setdefault(column, piece)
        cost, last, kind = 0.0, None, _Kind.NONE
        for column in sorted(heads):
            if last is not None:
                cost += min(self._ways(last, kind, heads[column], tight=False))[0]
            end = state.columns[column]
            last, kind = pieces[end.last], end.kind
            cost += C.bare * (kind is _Kind.DISPLAY)
        return cost + C.broken * (kind is _Kind.OPEN)

    def _ways(self, last: _Piece | None, kind: _Kind, piece: _Piece, *, tight: bool) -> Iterator[tuple[float, _Kind]]:
        """The ways to read a piece as the next line of a column: the cost, and how the column then ends."""
        full = piece.width >= self.width - P.less
        ends = (_Kind.FULL if full else _Kind.SHORT) if piece.ends else _Kind.OPEN
        if piece.fits:
            yield self._goes_on(last, kind, piece) + C.short * (not full and not piece.ends), ends
            first = C.broken if kind is _Kind.OPEN else C.start * (kind is _Kind.NONE) + 0.3 * (kind is _Kind.FULL)
            indent = 0 if self._flush else P.indent
            first += (C.wide * (piece.width > self.width - indent + 2) + C.tight * tight) * (not self._flush)
            first += C.short * (not piece.ends and piece.width < self.width - indent - P.less)
            yield first, ends
        if piece.display and (not piece.fits or piece.width < self.width - 1):
            yield C.broken * (kind is _Kind.OPEN) + C.display, _Kind.DISPLAY
        elif not piece.fits:
            yield C.ended, ends

    def _goes_on(self, last: _Piece | None, kind: _Kind, piece: _Piece) -> float:
        if kind is _Kind.OPEN and last is not None:
            return self._seam(last.text, piece.text)
        return {_Kind.FULL: C.filled, _Kind.SHORT: C.ended, _Kind.DISPLAY: C.headed}.get(kind, C.start)

    def _seam(self, before: str, behind: str) -> float:
        key = (before[-8:], behind[:8])
        if key not in self._seams:
            gain = seam_gain(self._model, before, behind)
            none, unit, most = C.seam
            self._seams[key] = C.unknown if gain is None else min(most, max(0.0, none - unit * gain))
        return self._seams[key]


def may_be_woven(lines: Sequence[TextLine]) -> bool:
    """Whether some lines may hold pieces of two columns."""
    return len(lines) <= P.longest and sum(GUTTER.search(line.raw) is not None for line in lines) >= P.rows


def columns_unwoven(
    lines: Sequence[TextLine], read: Sequence[TextLine], model: LanguageModel
) -> tuple[TextLine, ...] | None:
    """The lines of a page column by column; None where `read`, another way to read them, is not clearly worse."""
    found: list[tuple[float, list[_Piece]]] = []
    for width, flush in product(widths_of(lines, P.widest), (False, True)):
        weave = _Weave(lines, width, model, flush=flush)
        now = weave.as_written(read)
        if now < P.wrong or not weave.is_woven():
            continue
        way = _arranged(weave)
        if way is not None and way[0] < P.better * now * sum(map(len, weave.rows)):
            found.append((way[0] * (P.flush if flush else 1.0), way[1]))
    if not found:
        return None
    order = min(found, key=lambda f: f[0])[1]
    return tuple(numbered([replace(p.line, raw=p.text, gap=p.line.gap if p.display else 0) for p in order]))


def _arranged(weave: _Weave) -> tuple[float, list[_Piece]] | None:
    """The cheapest arrangements of the parts of the page between headlines over all columns, one after the other."""
    cost, order = 0.0, list[_Piece]()
    for rows in _sections(weave.rows):
        ways = [way for count in range(1, P.most + 1) if (way := weave.best(rows, count)) is not None]
        if not ways:
            return None
        cheapest = min(ways, key=lambda w: w[0])
        cost, order = cost + cheapest[0], order + cheapest[1]
    return cost, order


def _sections(rows: Sequence[list[_Piece]]) -> Iterator[list[list[_Piece]]]:
    """The runs of rows that begin with display lines behind a blank line."""
    run: list[list[_Piece]] = []
    for row in rows:
        if run and len(row) == 1 and row[0].display and row[0].line.gap:
            yield run
            run = []
        run.append(row)
    if run:
        yield run
