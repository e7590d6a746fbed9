"""The pass that takes glyphs printed or read twice out of headlines: 增增强强发发展展 → 增强发展."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from cleanup.article import Article, Role
from cleanup.edits.clean_text import Change, CleanText
from cleanup.edits.edit import Pass
from cleanup.forms.section_names import is_standing
from cleanup.language.characters import SPACE, is_hanzi
from cleanup.language.reduplication import is_natural
from cleanup.lines.clean_lines import LineView, line_views
from cleanup.lines.glyph_places import LineGlyphs
from cleanup.lines.white_space import room_before
from cleanup.passes.rules.repeated_glyphs import manifold, stuttered, throughout, times_of

_DISPLAY: Final = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.SUBHEAD})
_ANY_PAIR: Final = re.compile(rf"([^{''.join(SPACE)}])[{''.join(SPACE)}]*\1")
_TOUCHING: Final = re.compile(r"(\S)\1")
_ANY_TRIPLE: Final = re.compile(r"([^\s　])\1\1")
_PHONETIC: Final = "\u0250"
"""The first phonetic letter: the letters of Latin scripts, with their accents, stand before it."""
_SET_DOUBLE: Final = frozenset("—…─·.-－=＝_＿*＊~～○×□■★☆●◆!！?？。、")
"""Marks that are set in twos and more."""
_PARTED: Final = "The glyph stands twice, as all do in these lines; the line's end parted the two."


@dataclass(frozen=True, slots=True)
class DoubledGlyphParams:
    """Bounds of glyphs that were printed or read twice; lengths in ems."""

    one_place: float = 0.15
    """Distance between the ends of two glyphs in one place, at most."""
    near_place: float = 0.4
    """Share of the pitch between two middles below which they may be one glyph, in a line too short for both."""
    two_places: float = 0.75
    """Share of the pitch between two middles from which on they are two glyphs."""
    surplus: float = 0.6
    """Length by which a line of the body is too short for its characters, at least, to hold one too many."""
    fewest: float = 3.0
    """Weight of a row of pairs that is no accident, at least."""
    nearly_all: float = 0.9
    """Share of a line's characters that stand double, at least, beside a line that is double throughout."""
    in_body: float = 0.73
    """Confidence of a row in the body before its pairs count: three pairs wait for a person, four do not."""
    latin_pitch: float = 0.5
    """Distance of two Latin letters or digits; two hanzi are one em apart."""


P: Final = DoubledGlyphParams()


@dataclass(frozen=True, slots=True)
class _Unit:
    """A character at [start, end) of a line; `pair` if it stands there twice, `certain` if its boxes say so."""

    char: str
    start: int
    end: int
    pair: bool
    certain: bool = False


def doubled_glyphs(article: Article) -> Iterator[Change]:
    """Changes that leave one of each two glyphs where a whole row stands double.

    Mends 增增强强发发展展优优势势，，推推动动 with its marks and digits, a second line too short to tell by itself
    (台台阶阶), a pair that the line's end parts, a headline that is double in part, three glyphs or more for one
    (渡渡渡口口口), and in a plain text words that a reader stuttered. Where glyphs have boxes, these
    decide: two in one place are one glyph printed twice, two an em apart are two. Keeps its hands off what the
    language doubles (家家户户, 高高兴兴, 天天向上, 想想办法), off numbers (2200) and off —— and ……; in the body, off
    all but long rows.
    """
    views = [v for v in line_views(article) if v.text]
    room = room_before(article, Pass.DOUBLED_GLYPHS)
    more = _manifold(views)
    units = [
        _units(article.clean, v, room.get(v.index))
        if not more.get(v.index) and _may_hold_pairs(article.clean, v, room.get(v.index))
        else ()
        for v in views
    ]
    double = [_is_double(u, v.role) for u, v in zip(units, views, strict=True)]
    if not article.as_written:
        yield from _stuttered(views, units)
    for i, view in enumerate(views):
        yield from more.get(view.index, ())
        near = any(double[j] and views[j].role is view.role for j in (i - 1, i + 1) if 0 <= j < len(views))
        if units[i]:
            yield from _mended(view, units[i], near=near)
        if i and views[i - 1].role is view.role and (double[i] or double[i - 1]):
            yield from _parted(view, units[i - 1], units[i])


def _stuttered(views: Sequence[LineView], units: Sequence[Sequence[_Unit]]) -> Iterator[Change]:
    """The changes for what a reader stuttered, in runs of lines of a plain text that hold no rows of pairs."""
    plain = [
        v.role is Role.BODY and not v.source.line.glyphs and not any(map(_is_damage_of_body, _rows(u)))
        for v, u in zip(views, units, strict=True)
    ]
    for is_plain, run in groupby(zip(views, plain, strict=True), key=lambda pair: pair[1]):
        if is_plain:
            yield from stuttered([v for v, _ in run])


def _rows(units: Sequence[_Unit]) -> Iterator[tuple[_Unit, ...]]:
    """The rows of pairs."""
    return (tuple(row) for is_pair, row in groupby(units, key=lambda u: u.pair) if is_pair)


def _is_damage_of_body(row: Sequence[_Unit]) -> bool:
    return _is_damage(row, Role.BODY)


def _manifold(views: Sequence[LineView]) -> dict[int, list[Change]]:
    """The changes for type that stands three times or more, by line; a line too short to tell goes by its neighbour."""
    triple = [_ANY_TRIPLE.search(v.text) is not None for v in views]
    found = {v.index: list(manifold(v)) for v, t in zip(views, triple, strict=True) if t}
    for (a, b), short in zip(pairwise(views), triple[1:], strict=True):
        if short and not found[b.index] and found.get(a.index) and a.role is b.role:
            found[b.index] = list(throughout(b, times_of(a)))
    return found


def _may_hold_pairs(clean: CleanText, view: LineView, room: float | None) -> bool:
    """Whether the line has equal neighbours, and is not just as long on the scan as all of them take.

    Where a whole page is drawn twice, its lines all look long enough; there the places of the glyphs tell.
    """
    if _ANY_PAIR.search(view.text) is None:
        return False
    if view.role is Role.BODY and not view.source.line.glyphs:
        return _are_many(view.text)
    fits = view.role is Role.BODY and room is not None and room > -P.surplus
    return not fits or _is_drawn_twice(clean, view)


def _are_many(text: str) -> bool:
    """Whether a line without boxes holds so many equal neighbours as a row of the body has, or a short line is made of.

    It counts no fewer than `_weight` does.
    """
    pairs = len(_ANY_PAIR.findall(text))
    return pairs >= P.fewest or 2 * pairs >= P.nearly_all * (len(text) - sum(map(text.count, SPACE)))


def _is_drawn_twice(clean: CleanText, view: LineView) -> bool:
    """Whether several pairs of glyphs stand in one place."""
    pairs = [m.start() for m in _TOUCHING.finditer(view.text)]
    if len(pairs) < P.fewest or not view.source.line.glyphs:
        return False
    placed = LineGlyphs(clean, view)
    return sum(placed.coincide(at, at + 1, P.one_place) for at in pairs) >= P.fewest


def _units(clean: CleanText, view: LineView, room: float | None) -> tuple[_Unit, ...]:
    """The line's characters from left to right, equal neighbours taken together; white space is left out."""
    placed = LineGlyphs(clean, view)
    printed = [i for i, c in enumerate(view.text) if c not in SPACE]
    units, k = list[_Unit](), 0
    while k < len(printed):
        i, j = printed[k], printed[min(k + 1, len(printed) - 1)]
        pair = i != j and view.text[i] == view.text[j] and _may_be_one(placed, view, i, j)
        certain = pair and _are_one(placed, view, (i, j), room)
        last = k + pair
        while certain and last + 1 < len(printed) and _in_one_place(placed, view, i, printed[last + 1]):
            last += 1
        units.append(_Unit(view.text[i], i, printed[last] + 1, pair, certain))
        k = last + 1
    return tuple(units)


def _may_be_one(placed: LineGlyphs, view: LineView, i: int, j: int) -> bool:
    """Whether nothing speaks against the two being one glyph: neither their boxes nor an edit that set them."""
    if not (placed.is_raw(i) and placed.is_raw(j)):
        return False
    step = placed.step(i, j)
    return step is None or step < P.two_places * _pitch(view.text[i])


def _are_one(placed: LineGlyphs, view: LineView, pair: tuple[int, int], room: float | None) -> bool:
    """Whether two glyphs stand in one place; or nearly so, in a line that is too short for both."""
    step = placed.step(*pair)
    short = room is not None and room <= -P.surplus
    near = short and step is not None and step < P.near_place * _pitch(view.text[pair[0]])
    return near or placed.coincide(*pair, P.one_place)


def _in_one_place(placed: LineGlyphs, view: LineView, i: int, j: int) -> bool:
    """Whether a further glyph stands where the first of a pair does: the type was drawn three times."""
    return view.text[i] == view.text[j] and placed.is_raw(j) and placed.coincide(i, j, P.one_place)


def _pitch(char: str) -> float:
    """How far in ems two of the character stand apart when they are two: Latin letters and digits half as far."""
    return P.latin_pitch if char < _PHONETIC else 1.0


def _mended(view: LineView, units: Sequence[_Unit], *, near: bool) -> Iterator[Change]:
    """One change for each row of pairs in the line that is damage; `near`: a line beside it is double throughout."""
    rows = list(_rows(units))
    strong = [row for row in rows if _is_damage(row, view.role)]
    throughout = _is_double(units, view.role) or (near and _share(units) >= P.nearly_all)
    for row in rows:
        if throughout or row in strong:
            yield _change(view, row, throughout=throughout)
        elif strong and view.role in _DISPLAY:
            yield from _beside(view, row)
        else:
            yield from (_change(view, (u,), throughout=False) for u in row if u.certain)


def _parted(view: LineView, before: Sequence[_Unit], units: Sequence[_Unit]) -> Iterator[Change]:
    """A change for a pair of which the line's end parted the two: the second one goes, from the beginning of `view`."""
    if min(_share(before[:-1]), _share(units[1:])) < P.nearly_all:
        return
    last, first = before[-1], units[0]
    if last.char == first.char and not last.pair and not first.pair and first.char not in _SET_DOUBLE:
        yield Change(view.start + first.start, view.start + first.end, "", _PARTED, 0.9)


def _is_double(units: Sequence[_Unit], role: Role) -> bool:
    """Whether the line stands double throughout."""
    pairs = [u for u in units if u.pair]
    return _share(units) >= P.nearly_all and _is_damage(pairs, role)


def _share(units: Sequence[_Unit]) -> float:
    """The share of the line's characters that stand in pairs."""
    pairs = sum(u.pair for u in units)
    return 2 * pairs / (len(units) + pairs) if units else 0.0


def _is_damage(row: Sequence[_Unit], role: Role) -> bool:
    """Whether a row of pairs is too long, and too unlike what the language doubles, to have been written so."""
    hanzi = "".join(u.char for u in row if is_hanzi(u.char))
    if role in _DISPLAY and is_standing(hanzi):
        return True
    if _weight(row) < P.fewest:
        return False
    return any(u.certain for u in row) or not is_natural(hanzi, unknown=0 if role in _DISPLAY else 1)


def _weight(row: Sequence[_Unit]) -> float:
    """How much the row says, in pairs of different hanzi."""
    fresh = [u for before, u in zip([None, *row], row, strict=False) if before is None or before.char != u.char]
    return sum(map(_pair_weight, fresh))


def _pair_weight(unit: _Unit) -> float:
    if unit.certain:
        return P.fewest
    if unit.char in _SET_DOUBLE:
        return 0.0
    return 0.4 if unit.char.isalnum() and not is_hanzi(unit.char) else 1.0


def _beside(view: LineView, row: Sequence[_Unit]) -> Iterator[Change]:
    """Changes for a short row in a headline that has a long one: only what nobody would write twice."""
    hanzi = "".join(u.char for u in row if is_hanzi(u.char))
    odd = [u for u in row if u.char not in _SET_DOUBLE and not u.char.isalnum()]
    if odd or (hanzi and not is_natural(hanzi, unknown=0)):
        yield _change(view, row, throughout=False)


def _change(view: LineView, row: Sequence[_Unit], *, throughout: bool) -> Change:
    start, end = row[0].start, row[-1].end
    return Change(
        view.start + start,
        view.start + end,
        _once(view.text, row),
        _reason(row),
        _surety(row, view.role, throughout=throughout),
    )


def _once(text: str, row: Sequence[_Unit]) -> str:
    """The row with every glyph once; of white space between two glyphs one character stays."""
    pieces = [row[0].char]
    for before, unit in pairwise(row):
        pieces.append(text[before.end : unit.start][:1] + unit.char)
    return "".join(pieces)


def _reason(row: Sequence[_Unit]) -> str:
    if all(u.certain for u in row):
        return "Two glyphs stand in one place on the scan: printed once, bold, and recorded twice."
    return f"{len(row)} glyphs in a row stand twice: bold type recorded twice, or a reader that stutters."


def _surety(row: Sequence[_Unit], role: Role, *, throughout: bool) -> float:
    if any(u.certain for u in row):
        return 0.99
    start = 0.9 if throughout else 0.8 if role in _DISPLAY else P.in_body
    return min(0.98, start + 0.02 * _weight(row))
