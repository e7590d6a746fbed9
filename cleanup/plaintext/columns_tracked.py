"""Columns followed down a page, row by row, where no gutter stays white from its head to its foot.

`pdftotext -layout` moves what stands on the right of a headline by some places, for the headline's type is larger than
the text's, and a row can hold lines of columns that are not on one level. So no place parts such columns in all rows.

The columns are followed from the head down. Each piece of a row is given to a column by where the last line of that
column began, by where most of its lines begin, and by how text flows: a full line goes on, a short one ends a
sentence, a paragraph is set in, a headline stands between paragraphs. The cheapest arrangement of all rows is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

from cleanup.forms.byline import is_byline
from cleanup.forms.caption import closes_caption, points_at_picture
from cleanup.language.characters import HANZI, SPACE, cells, ends_sentence
from cleanup.lines.plain_line import TextLine, is_loose

_SPACES: Final = "".join(SPACE)
_WORD: Final = re.compile(f"[^{_SPACES}]+")
_BREAK: Final = re.compile(rf"[{_SPACES}]{{2,}}|(?<=[{HANZI}，。、；：！？”’）》」』】…—])[{_SPACES}](?=[^{_SPACES}])")
"""White at which a column can end: more than one space, or one behind a character of Chinese print."""
_MARK: Final = re.compile("[，。、；：！？]")
_SENTENCE: Final = re.compile("[。！？][”’）]?(?=.)")


@dataclass(frozen=True, slots=True)
class TrackParams:
    """Bounds of columns that are followed down a page; widths in half ems, places in characters."""

    narrowest: int = 14
    """Width of a column, at least."""
    widest: int = 60
    """Width of a column, at most."""
    less: int = 4
    """Width by which a full line may be narrower: a mark or a number did not fit in."""
    more: int = 3
    """Width by which a full line may be wider: marks that touch take less room."""
    indent: int = 4
    """Width of a paragraph's indent."""
    set_in: int = 2
    """Places of a paragraph's indent."""
    over: float = 1.35
    """Width of a line of smaller type, a caption's, at most, in those of a column."""
    gutter: int = 1
    """Places of a gutter, at least."""
    around: tuple[int, int] = (-2, 4)
    """Places to the left and to the right of a column's within which a line of it is counted: it may be set in."""
    begun: float = 0.4
    """Number of lines that begin at a column's place, at least, in those of the median column."""
    far: int = 6
    """Places beyond half a column's width by which a line may stand away from its column, at most."""
    across: int = 4
    """Places by which a line may begin to the right of the place of the next column, at most."""
    joined: int = 6
    """Places of white within a line, at most: the two parts of a headline."""
    part: float = 0.3
    """Width of the beginning of a paragraph that stands in the row of the last line before, at least, in columns."""
    kept: int = 12
    """Number of arrangements that are followed up from row to row."""
    kept_within: int = 24
    """Number of arrangements that are followed up within a row."""
    rows: int = 3
    """Number of rows of the stretch, at least."""
    longest: int = 300
    """Number of rows of the stretch, at most; a page of print has fewer."""


P: Final = TrackParams()


@dataclass(frozen=True, slots=True)
class TrackCosts:
    """What speaks against an arrangement."""

    moved: float = 0.2
    """A line that does not begin where the column's last one did."""
    place: float = 0.1
    """Each place by which it begins elsewhere."""
    back: float = 0.1
    """A line that begins where most of its column do, or is moved as the column before is."""
    first: float = 0.03
    """Each place by which a column's first line begins elsewhere than most of its lines."""
    short: float = 2.0
    """A short line that ends no sentence."""
    begun: float = 2.0
    """A paragraph that is set in where the last line goes on, or whose first line is too long or too short."""
    flush: float = 1.5
    """A line that is not set in, where the last one ended a paragraph."""
    under: float = 1.2
    """The same under a headline."""
    display: float = 0.5
    """A line of a headline, byline or caption."""
    flush_display: float = 0.4
    """One that stands at the column's edge."""
    within: float = 2.5
    """One within a sentence."""
    small: float = 1.0
    """A line wider than the column, as of smaller type."""
    wide: float = 4.0
    """A line far wider than that."""
    space: float = 0.4
    """A space within a line, with further places of white at `place` each."""
    pulled: float = 0.1
    """A space within a line that is pulled apart."""
    same_row: float = 2.0
    """A paragraph that begins in the row in which the last one ends."""


C: Final = TrackCosts()


class _End(IntEnum):
    """How the last line of a column ends."""

    NONE = 0
    OPEN = 1
    FULL = 2
    SHORT = 3
    DISPLAY = 4


class _Word(NamedTuple):
    """What stands between white in a row: its place, the places of white before it, whether single signs are beside."""

    text: str
    start: int
    gap: int
    pulled: bool


class _Look(NamedTuple):
    """What a text is by itself in a column of some width."""

    width: int
    ends: bool
    full: bool
    display: bool


class _Column(NamedTuple):
    """How a column's last line ends, and the place at which its lines begin by now."""

    end: _End
    start: int


Columns = tuple[_Column, ...]


class _Set(NamedTuple):
    """A line that was given to a column, set in by some places, and what was given out before it."""

    before: _Set | None
    line: TextLine
    column: int
    text: str
    lead: int


class _State(NamedTuple):
    """An arrangement up to some row."""

    cost: float
    columns: Columns
    last: _Set | None


class _Begun(NamedTuple):
    """An arrangement within a row: the column that it is in (-1 before the first), and the line that is not whole yet.

    `apart` is whether wide white stands before that line; `moved` are the places by which the last whole one is moved.
    """

    state: _State
    at: int = -1
    text: str = ""
    start: int = 0
    apart: bool = True
    moved: int = 0


class _Way(NamedTuple):
    """A way to read a line as the next of its column: cost, how the column then ends and where it begins, indent."""

    cost: float
    column: _Column
    lead: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """The columns that are followed: their width in half ems, and the places at which most of their lines begin."""

    width: int
    starts: tuple[int, ...]

    @property
    def reach(self) -> int:
        """Places by which a line can stand away from its column."""
        return self.width // 2 + P.far

    def look(self, text: str) -> _Look:
        """What a text is by itself in a column of this width."""
        return _look(text, self.width)


@dataclass(frozen=True, slots=True)
class Tracked:
    """The lines one column after the other."""

    lines: tuple[TextLine, ...]
    width: int
    """Width of a column in half ems."""


def followed(lines: Sequence[TextLine]) -> Tracked | None:
    """The lines of a stretch of columns one column after the other; None where it is none, or cannot be read so."""
    frame = _frame(lines) if P.rows <= len(lines) <= P.longest else None
    if frame is None:
        return None
    states = [_State(0.0, tuple(_Column(_End.NONE, start) for start in frame.starts), None)]
    for line in lines:
        states = _after_row(states, line, frame)
        if not states:
            return None
    return Tracked(tuple(_read_down(states[0].last, len(frame.starts))), frame.width)


def _read_down(last: _Set | None, count: int) -> Iterator[TextLine]:
    """The lines of an arrangement, the left column first."""
    columns: list[list[TextLine]] = [[] for _ in range(count)]
    while last is not None:
        columns[last.column].append(replace(last.line, raw=" " * last.lead + last.text, gap=0))
        last = last.before
    for column in columns:
        yield from reversed(column)


# --- the columns ------------------------------------------------------------------------------------------------------


def _frame(lines: Sequence[TextLine]) -> _Frame | None:
    """The width of the columns, and the places at which they begin: as many as have enough lines that begin there."""
    width = _width(lines)
    if width is None:
        return None
    rows = [_words(line.raw) for line in lines]
    begun = Counter(
        word.start
        for row in rows
        for at, word in enumerate(row)
        if not at or word.gap > 1 or cells(row[at - 1].text) >= width - P.less
    )
    most = (max(len(line.raw.rstrip(_SPACES)) for line in lines) + P.more) // (width // 2 + P.gutter)
    for count in range(most, 1, -1):
        starts = _places(begun, count, width // 2)
        told = sorted(sum(begun[s + by] for by in range(P.around[0], P.around[1] + 1)) for s in starts)
        if told and told[0] >= P.begun * told[len(told) // 2]:
            return _Frame(width, starts)
    return None


def _width(lines: Sequence[TextLine]) -> int | None:
    """The width of most of the pieces that break off within a sentence, in half ems."""
    pieces = (piece for line in lines for piece in _BREAK.split(line.raw.strip(_SPACES)))
    told = Counter(w for p in pieces if P.narrowest <= (w := cells(p)) <= P.widest and not ends_sentence(p))
    near = {w: sum(told[v] for v in range(w - 2, w + 1)) for w in told}
    return max(near, key=lambda w: (near[w], w), default=None)


def _places(begun: Counter[int], count: int, apart: int) -> tuple[int, ...]:
    """The `count` places, so far apart at least, at which most pieces begin; none where there is no room."""
    end = max(begun) + 1
    near = [begun[p - 1] + 2 * begun[p] + begun[p + 1] for p in range(end)]
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (end + apart)
    for left in range(count, 0, -1):
        following = best
        best = [(-1, ())] * (end + apart)
        for place in range(end - 1, -1, -1):
            more, places = following[place + apart] if place + apart < end or left == count else (-1, ())
            best[place] = max(best[place + 1], (more + near[place], (place, *places)) if more >= 0 else (-1, ()))
    return best[0][1]


@lru_cache(maxsize=1024)
def _words(raw: str) -> tuple[_Word, ...]:
    """What stands between white in a row."""
    found = list(_WORD.finditer(raw))
    single = [False, *(len(m[0]) == 1 for m in found), False]
    ends = [m.end() for m in found]
    return tuple(
        _Word(
            m[0], m.start(), m.start() - (ends[at - 1] if at else 0), single[at + 1] and (single[at] or single[at + 2])
        )
        for at, m in enumerate(found)
    )


@lru_cache(maxsize=8192)
def _look(text: str, width: int) -> _Look:
    own, ends = cells(text), ends_sentence(text)
    full = own >= width - P.less or (is_loose(text) and 2 * own > width)
    beside = is_byline(text) or points_at_picture(text) or closes_caption(text)
    return _Look(own, ends, full, beside or not (_MARK.search(text) or ends))


# --- the rows ---------------------------------------------------------------------------------------------------------


def _after_row(states: Sequence[_State], line: TextLine, frame: _Frame) -> list[_State]:
    """The cheapest arrangements behind a row."""
    begun = [_Begun(state) for state in states]
    for word in _words(line.raw):
        found: dict[object, _Begun] = {}
        for one in begun:
            for new in _with_word(one, word, line, frame):
                key = (new.state.columns, *new[1:])
                if key not in found or new.state.cost < found[key].state.cost:
                    found[key] = new
        begun = sorted(found.values(), key=lambda b: b.state.cost)[: P.kept_within]
    best: dict[Columns, _State] = {}
    for one in begun:
        for state, _ in _whole(one, line, frame):
            if state.columns not in best or state.cost < best[state.columns].cost:
                best[state.columns] = state
    return sorted(best.values(), key=lambda s: s.cost)[: P.kept]


def _with_word(begun: _Begun, word: _Word, line: TextLine, frame: _Frame) -> Iterator[_Begun]:
    """The arrangements with the next word of the row: in the line that is not whole, or as the first of another."""
    text = f"{begun.text} {word.text}"
    if begun.text and word.gap <= P.joined and cells(text) <= P.over * frame.width:
        space = C.pulled if word.pulled else C.space + C.place * (word.gap - 1)
        yield begun._replace(state=_dearer(begun.state, space), text=text)
    for state, moved in _whole(begun, line, frame) if begun.text else ((begun.state, 0),):
        if begun.at >= 0 and state.columns[begun.at].end is _End.SHORT:
            yield _Begun(_dearer(state, C.same_row), begun.at, word.text, state.columns[begun.at].start + P.set_in)
        for at in range(begun.at + 1, len(frame.starts)):
            if _can_begin(word.start, at, state.columns, frame):
                yield _Begun(state, at, word.text, word.start, word.gap > 1 or begun.at < 0, moved)


def _dearer(state: _State, cost: float) -> _State:
    return state._replace(cost=state.cost + cost)


def _can_begin(start: int, at: int, columns: Columns, frame: _Frame) -> bool:
    """Whether a line that begins at a place can be of a column: near enough to it, and not in the next one."""
    near = min(abs(start - columns[at].start), abs(start - frame.starts[at])) <= frame.reach
    behind = at + 1 == len(columns)
    return near and (behind or start <= max(columns[at + 1].start, frame.starts[at + 1]) + P.across)


def _whole(begun: _Begun, line: TextLine, frame: _Frame) -> Iterator[tuple[_State, int]]:
    """The arrangements with the row's last line in its column, and by how much that is moved."""
    state, at, text = begun.state, begun.at, begun.text
    if cells(text) > frame.width + P.more:
        yield from _two_lines(begun, line, frame)
    for way in _ways(begun, frame):
        moved = begun.moved if way.column.end is _End.DISPLAY else way.column.start - state.columns[at].start
        yield _with(state, line, at, text, way), moved


def _with(state: _State, line: TextLine, at: int, text: str, way: _Way) -> _State:
    columns = (*state.columns[:at], way.column, *state.columns[at + 1 :])
    return _State(state.cost + way.cost, columns, _Set(state.last, line, at, text, way.lead))


def _two_lines(begun: _Begun, line: TextLine, frame: _Frame) -> Iterator[tuple[_State, int]]:
    """The arrangements in which the text is a paragraph's last line and, in the same row, the first of the next one."""
    for mark in _SENTENCE.finditer(begun.text):
        end, head = begun.text[: mark.end()], begun.text[mark.end() :].strip()
        look = frame.look(head)
        if not P.part * frame.width <= look.width <= frame.width or cells(end) > frame.width + P.more:
            continue
        for way in _ways(begun._replace(text=end), frame):
            if way.column.end in {_End.SHORT, _End.FULL}:
                first = _Way(C.same_row, _Column(_end_of(look), way.column.start), P.set_in)
                yield _with(_with(begun.state, line, begun.at, end, way), line, begun.at, head, first), begun.moved


def _end_of(look: _Look) -> _End:
    if look.ends:
        return _End.FULL if look.full else _End.SHORT
    return _End.OPEN


def _ways(begun: _Begun, frame: _Frame) -> Iterator[_Way]:
    """The ways to read a row's line as the next one of its column."""
    column, base = begun.state.columns[begun.at], frame.starts[begun.at]
    look, start = frame.look(begun.text), begun.start
    if look.width > frame.width + P.more and not is_loose(begun.text):
        cost = (C.small if look.width <= P.over * frame.width else C.wide) + C.within * (column.end is _End.OPEN)
        end = _end_of(look) if look.ends else _End.DISPLAY
        yield _Way(cost + C.place * abs(start - column.start), _Column(end, column.start), P.indent)
        return
    goes_on = _flush_cost(column.end, look) + _moved(column, start, base, begun.moved)
    yield _Way(goes_on, _Column(_end_of(look), start), 0)
    if begun.apart:
        first = _first_cost(column.end, look, frame.width) + _moved(column, start - P.set_in, base, begun.moved)
        yield _Way(first, _Column(_end_of(look), start - P.set_in), P.set_in)
    if look.display and (look.width < frame.width - 1 or start == column.start):
        cost = _display_cost(column.end, set_in=start > column.start + 1) + _beside(column, start, base, frame)
        yield _Way(cost, _Column(_End.DISPLAY, column.start), P.indent)


def _flush_cost(end: _End, look: _Look) -> float:
    """What speaks against a line that is not set in behind a column's last one."""
    cost = C.short * (not look.full and not look.ends)
    return cost + C.flush * (end is _End.SHORT) + C.under * (end is _End.DISPLAY)


def _first_cost(end: _End, look: _Look, width: int) -> float:
    """What speaks against a paragraph's first line, which is set in."""
    short = not look.ends and look.width < width - P.indent - P.less
    return C.begun * ((end is _End.OPEN) + short + (look.width > width - 2))


def _display_cost(end: _End, *, set_in: bool) -> float:
    """What speaks against a line of a headline, byline or caption."""
    return C.display + C.within * (end is _End.OPEN) + C.flush_display * (not set_in)


def _moved(column: _Column, start: int, base: int, moved: int) -> float:
    """What speaks against a line that begins elsewhere than the last one of its column."""
    if column.end is _End.NONE:
        return C.first * abs(start - column.start)
    beside = min(map(abs, (start - base, start - column.start - moved, start - base - moved)))
    return min(_off(start - column.start), _off(beside) + C.back)


def _off(places: int) -> float:
    return C.moved + C.place * abs(places) if places else 0.0


def _beside(column: _Column, start: int, base: int, frame: _Frame) -> float:
    """What speaks against a headline's line that begins outside of its column."""
    inside = any(-1 <= start - at <= frame.width // 2 for at in (column.start, base))
    if inside or column.end is _End.NONE:
        return 0.0
    return C.place * min(abs(start - column.start), abs(start - base))


# --- the text that comes out ------------------------------------------------------------------------------------------


def flow_cost(lines: Sequence[TextLine], width: int) -> float:
    """What speaks against lines as the text of columns of a width in half ems read down, on average per line."""
    end, total = _End.NONE, 0.0
    for line in lines:
        text = line.raw.strip(_SPACES)
        cost, end = min(_flows(text, len(line.raw) - len(line.raw.lstrip(_SPACES)), end, width))
        total += cost
    return total / len(lines) if lines else 0.0


def _flows(text: str, lead: int, end: _End, width: int) -> Iterator[tuple[float, _End]]:
    """The ways to read a line of columns read down: its cost, and how the text then ends."""
    look = _look(text, width)
    if look.width > width + P.more and not is_loose(text):
        yield (C.small if look.width <= P.over * width else C.wide) + C.within * (end is _End.OPEN), _End.DISPLAY
    elif lead < P.set_in:
        yield _flush_cost(end, look), _end_of(look)
    else:
        yield _first_cost(end, look, width), _end_of(look)
    if look.display:
        yield _display_cost(end, set_in=lead >= P.set_in), _End.DISPLAY
