"""How the lines of a body were wrapped: whether paragraphs are set in, and whether a column's edge ended a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from cleanup.language.characters import ENDS_ITEM, OPENING, PAUSES, ends_sentence, is_latin, is_word
from cleanup.lines.line_geometry import MeasuredLine
from cleanup.lines.text_measure import unbreakable

DEEP: Final = 4.5
"""Indent in ems, at least, that is none of a paragraph's: a signature, a line in the middle."""
_MARK: Final = re.compile("[，。、；：！？,;]")


@dataclass(frozen=True, slots=True)
class WrappingParams:
    """Bounds by which lines were broken by the column's edge; lengths in ems, shares of the lines 0 to 1."""

    indent: float = 0.9
    """Indent of a paragraph's first line, at least: two ASCII spaces, or one or two hanzi on a scan."""
    same: float = 0.3
    """Difference between two indents that are the same, at most."""
    edge: float = 1.6
    """White behind a line that the column's edge ended, at most."""
    shortest: float = 3.0
    """Width of a line that the edge can break, at least; a shorter one is a heading, or a scrap."""
    plain: float = 2.0
    """Indent of a paragraph in most papers."""
    near_plain: float = 0.5
    """Difference between the median of a page's indents and two ems, at most, where they are such indents."""
    one: float = 1.1
    """Difference in width of a full line, at most: a mark that may not begin the next line came down with its hanzi."""
    around: int = 8
    """Number of lines to each side that tell how wide the column is at a line."""
    short: float = 0.15
    """Share of a full line, but never less than two ems, by which a line is shorter that the column did not end."""
    broken: float = 0.35
    """Share of wrapped lines that break off within a sentence, at least."""
    longer: float = 0.4
    """Share of lines that are clearly longer, at most: the next columns', where they are wider."""
    seldom: float = 0.1
    """Share of lines that may end with a pause, or be cut short, by chance, at most."""
    alike: float = 0.6
    """Share of the broken lines that are as wide as the next of them, at least."""
    lost: float = 3.2
    """Difference in width of a line whose indent of two was dropped, least and most: a mark can hang over. Before a
    word that did not fit it may be shorter by as much as that is longer than a character."""
    nearly: float = 0.9
    """Share of the widest line from which on a line counts as full."""
    slack: float = 0.3
    """White by which a line without an indent falls short of the next word, at least: with less it would have fitted
    in."""
    last: float = 2.0
    """White behind a line that ends a sentence, at least, where the column's edge did not end it."""
    fewest_first: int = 2
    """Number of first lines of paragraphs that tell of a dropped indent, at least; one can be short by chance."""
    seldom_short: float = 0.15
    """Share of the lines within sentences that may be as short, at most: a Latin word or a closing mark did not fit."""
    mostly_small: float = 0.6
    """Share of the lines going on with a Latin sentence that begin with a small letter, at least; names do not."""
    few: int = 3
    """Number of lines from which on running text holds a mark; a list's or a poem's lines may hold none."""
    flush: float = 0.5
    """White behind a vertical line that fills its register, at most."""
    filled: float = 0.7
    """Share of the lines of prose without marks that fill their register, at least."""
    register: float = 4.0
    """Width of most lines of such prose, at least: lists of names are narrower."""
    in_register: float = 1.0
    """Indent of a paragraph in vertical print in registers, beside the plain one."""
    widest: float = 50.0
    """Width of a column, at most; longer lines are whole paragraphs."""
    column: float = 12.0
    """Width of a narrow column, at most; what is narrower can be verse."""
    cut: float = 0.25
    """Share of the full lines of running text that end within a word or between two, at least."""


P: Final = WrappingParams()


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What is known about the wrapping at one line.

    `set_in`: paragraphs begin with an indent here. `indented`: this line has one. `wrapped`: the page's lines break
    off within sentences, at a column's width. `full`: the column's edge may have ended this line.
    `pauses`: lines of the page often end with a comma or the like, as verse does. `bare`: the page's paragraphs began
    with an indent that an extractor dropped; `begins`: this line is as much shorter as such an indent was wide.
    `parted`: blank lines part the page's paragraphs, and no column breaks.
    """

    set_in: bool
    indented: bool
    wrapped: bool
    full: bool
    pauses: bool
    bare: bool = False
    begins: bool = False
    parted: bool = False


def wrapping_of(lines: Sequence[MeasuredLine], *, broken: bool = False) -> tuple[Wrapping, ...]:
    """The wrapping at each line; pages are looked at one by one. `broken`: a plain text whose lines columns broke."""
    found: list[Wrapping] = []
    for _, page in groupby(lines, key=lambda n: n.view.source.page):
        found.extend(_of_page(list(page), dump=broken))
    return tuple(found)


def _are_wrapped(lines: Sequence[MeasuredLine], broken: Sequence[float], cut: int, *, dump: bool) -> bool:
    """Whether the column's edge broke the lines; `broken` are the widths of those that end within a sentence.

    `cut` is the number of lines that end within a word or between two.
    """
    running = len(lines) < P.few or any(_MARK.search(n.text) for n in lines) or _is_unmarked_prose(lines)
    if running and _is_wrapped(broken, [n.width + n.indent for n in lines], cut):
        return True
    return _is_latin_prose(lines) or (dump and running and _shows_edge(lines))


def _are_set_in(lines: Sequence[MeasuredLine], indented: Sequence[bool], cut: int) -> bool:
    """Whether the indents of some lines are those of paragraphs, not of a list or of verse."""
    if not all(indented) and not any(a and not b for a, b in pairwise(indented)):
        return False
    only_first = len(lines) > 1 and indented[0] and not any(indented[1:])
    return cut > P.seldom * len(lines) or only_first or _shows_indents(lines, indented)


def _of_page(lines: Sequence[MeasuredLine], *, dump: bool) -> list[Wrapping]:
    indented = [_is_indented(a, b) for a, b in zip([None, *lines], lines, strict=False)]
    broken = [None if ends_sentence(n.text) else n.width + n.indent for n in lines]
    cut = sum(is_word(n.text[-1]) for n in lines)
    wrapped = _are_wrapped(lines, [w for w in broken if w is not None], cut, dump=dump)
    pauses = sum(n.text[-1] in PAUSES for n in lines) > P.seldom * len(lines)
    set_in = _are_set_in(lines, indented, cut)
    near = [broken[max(0, i - P.around) : i + 1 + P.around] for i in range(len(lines))]
    firsts = _lost_indents(lines, broken, near) if wrapped and not set_in else []
    parted = _are_parted(lines)
    return [
        Wrapping(
            set_in,
            indented[i],
            wrapped,
            _is_full(n, near[i]),
            pauses,
            bare=bool(firsts),
            begins=bool(firsts) and firsts[i],
            parted=parted,
        )
        for i, n in enumerate(lines)
    ]


def _lost_indents(
    lines: Sequence[MeasuredLine], broken: Sequence[float | None], near: Sequence[Sequence[float | None]]
) -> list[bool]:
    """For each line whether it is short by an indent that was dropped; empty where no indents were.

    The first lines of paragraphs tell, which follow a short last line: half must be short by an indent, and hardly any
    of the lines that go on with a sentence.
    """
    next_words = [max(1.0, unbreakable(n.text) / 2) + (n.text[0] in OPENING) for n in lines[1:]]
    short = [
        w is not None and word - P.slack <= _reach(around) - w <= P.lost + word - 1
        for w, around, word in zip(broken, near, [*next_words, 1.0], strict=True)
    ]
    first, inner = [short[0]] if broken[0] is not None else [], list[bool]()
    for at, (before, _) in enumerate(pairwise(lines), start=1):
        if broken[at] is None:
            continue
        ends = ends_sentence(before.text)
        if not ends and before.text[-1] not in ENDS_ITEM:
            inner.append(short[at])
        elif before.width + before.indent < _reach(near[at - 1]) - P.last:
            first.append(short[at])
    told = len(first) >= P.fewest_first and 2 * sum(first) >= len(first)
    return short if told and sum(inner) <= P.seldom_short * len(inner) else []


def _is_unmarked_prose(lines: Sequence[MeasuredLine]) -> bool:
    """Whether vertical lines on a scan fill their register, as prose without marks does in old newspapers.

    Under a headline that is set into them some of them are short.
    """
    full = sum(n.room < P.flush for n in lines)
    long = sum(n.width + n.indent > P.register for n in lines)
    return all(n.vertical_on_scan for n in lines) and full >= P.filled * len(lines) and 2 * long > len(lines)


def _is_latin_prose(lines: Sequence[MeasuredLine]) -> bool:
    """Whether sentences in a Latin script run on from line to line, in small letters."""
    going_on = [b for a, b in pairwise(lines) if is_latin(a.text[0]) and not ends_sentence(a.text)]
    small = sum(b.text[0].islower() and is_latin(b.text[0]) for b in going_on)
    return 2 * len(going_on) >= len(lines) - 1 > 1 and small >= P.mostly_small * len(going_on)


def _reach(widths: Sequence[float | None]) -> float:
    """How far full lines reach: the middle one of the widest that break off; a mark can hang over."""
    known = [w for w in widths if w is not None]
    return median(w for w in known if w >= P.nearly * max(known)) if known else 0.0


def _are_parted(lines: Sequence[MeasuredLine]) -> bool:
    """Whether blank lines stand only where a sentence has ended, mostly in a line that is not full."""
    before = [a for a, b in pairwise(lines) if b.new_block and not b.on_scan]
    ended = all(ends_sentence(n.text) for n in before)
    return bool(before) and ended and 2 * sum(n.room > P.last for n in before) >= len(before)


def _is_indented(before: MeasuredLine | None, line: MeasuredLine) -> bool:
    """Whether the line is set in as a paragraph's first, not by a drop cap or a picture, as its neighbour is."""
    if line.indent < P.indent or line.indent > DEEP:
        return False
    if before is not None and line.on_scan and before.on_scan and _breaks_off(before) and not _is_plain(before, line):
        return False
    beside = before is not None and line.on_scan and abs(before.indent - line.indent) < P.same
    return not (beside and before is not None and before.room < 1 and not ends_sentence(before.text))


def _shows_indents(lines: Sequence[MeasuredLine], indented: Sequence[bool]) -> bool:
    """Whether lines on a scan are set in by about two ems, which no verse or list is: the print itself says so."""
    deep = [n.indent for n, first in zip(lines, indented, strict=True) if first and n.on_scan]
    return bool(deep) and abs(median(deep) - P.plain) < P.near_plain


def _breaks_off(line: MeasuredLine) -> bool:
    """Whether the column's edge ended the line within a sentence: a paragraph seldom begins behind it."""
    return (
        line.room < P.edge and (is_word(line.text[-1]) or line.text[-1] in PAUSES | OPENING) and line.width > P.shortest
    )


def _is_plain(before: MeasuredLine, line: MeasuredLine) -> bool:
    """Whether a line is set in by two ems behind one that is not, as where a sentence's last mark was not read.

    Vertical print in registers sets its paragraphs in by one.
    """
    usual = (P.plain, P.in_register) if line.vertical_on_scan else (P.plain,)
    plain = before.indent < P.same and any(abs(line.indent - ems) < P.same for ems in usual)
    return plain and not line.new_block and (is_word(before.text[-1]) or before.text[-1] in PAUSES)


def _is_wrapped(broken: Sequence[float], widths: Sequence[float], cut: int) -> bool:
    """Whether lines that break off within sentences are many, as wide as their like, and the longest.

    `cut` lines end without a mark: a column's edge seldom falls on one, the end of a verse does.
    """
    if len(broken) < P.broken * len(widths) or 2 * cut < len(broken) or not broken or median(broken) > P.widest:
        return False
    reach = 1.25 * median(broken) + 1
    if sum(w > reach for w in widths) > P.longer * len(widths):
        return False
    alike = sum(abs(a - b) <= P.short * max(a, b) + 1 for a, b in pairwise(broken))
    return alike >= P.alike * (len(broken) - 1)


def _shows_edge(lines: Sequence[MeasuredLine]) -> bool:
    """Whether the lines of a dump, though most end with marks, break off within a sentence where others do."""
    going_on = [n for n in lines[:-1] if not ends_sentence(n.text)]
    reach = max((n.width + n.indent for n in going_on), default=0.0)
    full = [n for n in going_on if n.width + n.indent >= reach - P.lost and reach <= P.widest]
    cut = sum(is_word(n.text[-1]) for n in full)
    return reach >= P.column and len(full) >= P.few and cut > 1 and cut >= P.cut * len(full)


def _is_full(line: MeasuredLine, near: Sequence[float | None]) -> bool:
    """Whether the line reaches as far as its neighbours; one that ends a sentence, to the character."""
    reach = line.width + line.indent
    if not ends_sentence(line.text):
        return line.room <= max(2.0, P.short * (reach + line.room))
    widths = [w for w in near if w is not None]
    return line.room <= P.one and (not widths or abs(reach - median(widths)) <= P.one)
