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

_INDENT: Final = 0.9
"""Ems by which a paragraph's first line is set in, at least: two ASCII spaces, or one or two hanzi on a scan."""
DEEP: Final = 4.5
"""Ems from which an indent is none of a paragraph's: a signature, a line in the middle."""
_SAME: Final = 0.3
_EDGE: Final = 1.6
"""Ems that a line leaves free which the column's edge ended, at most."""
_SHORTEST: Final = 3.0
"""Ems from which a line can be broken by the edge; a shorter one is a heading, or a scrap."""
_PLAIN: Final = 2.0
"""Ems by which most papers set a paragraph in."""
_NEAR_PLAIN: Final = 0.5
"""Ems by which the middle of a page's indents may miss two."""
_ONE: Final = 1.1
"""Ems by which a full line may be shorter: a mark that may not begin the next line came down with its hanzi."""
_AROUND: Final = 8
_SHORT: Final = 0.15
"""The share of a full line, but never less than two ems, by which a line is shorter that the column did not end."""
_BROKEN: Final = 0.35
"""Of wrapped lines at least this share breaks off within a sentence."""
_LONGER: Final = 0.4
"""Of all lines at most this share is clearly longer: the next columns', where they are wider."""
_SELDOM: Final = 0.1
_ALIKE: Final = 0.6
"""Of these at least this share is as wide as the next of them."""
_LOST: Final = 3.2
"""Ems by which a line is shorter whose indent of two was dropped, at most: a mark can hang over. Before a word that did
not fit it may be shorter by as much as that is longer than a character."""
_NEARLY: Final = 0.9
"""Share of the widest line from which on a line counts as full."""
_SLACK: Final = 0.3
"""Ems by which a line without an indent falls short of the next word at least: with less it would have fitted in."""
_LAST: Final = 2.0
"""Ems from which on a line that ends a sentence is too short for the column's edge to have ended it."""
_FEWEST_FIRST: Final = 2
"""First lines of paragraphs that must tell of a dropped indent; one can be short by chance."""
_SELDOM_SHORT: Final = 0.15
"""Share of the lines within sentences that may be as short: a Latin word or a closing mark did not fit."""
_MOSTLY_SMALL: Final = 0.6
"""Share of the lines that go on with a Latin sentence which begin with a small letter; names do not."""
_COLUMN: Final = 12.0
"""Ems of a column from which on a few lines show its edge; narrower ones can be verse, or an advert."""
_CUT: Final = 0.25
"""Of the full lines of running text, as many end within a word or between two."""
_FEW: Final = 3
_MARK: Final = re.compile("[，。、；：！？,;]")
"""So many lines of running text hold a mark; a list's or a poem's may hold none."""
_WIDEST: Final = 50.0
"""Ems of the widest column; longer lines are whole paragraphs."""


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


def _of_page(lines: Sequence[MeasuredLine], *, dump: bool) -> list[Wrapping]:
    indented = [_is_indented(a, b) for a, b in zip([None, *lines], lines, strict=False)]
    set_in = any(a and not b for a, b in pairwise(indented))
    broken = [None if ends_sentence(n.text) else n.width + n.indent for n in lines]
    cut = sum(is_word(n.text[-1]) for n in lines)
    running = len(lines) < _FEW or any(_MARK.search(n.text) for n in lines)
    wrapped = running and _is_wrapped([w for w in broken if w is not None], [n.width + n.indent for n in lines], cut)
    wrapped = wrapped or _is_latin_prose(lines) or (dump and running and _shows_edge(lines))
    pauses = sum(n.text[-1] in PAUSES for n in lines) > _SELDOM * len(lines)
    only_first = len(lines) > 1 and indented[0] and not any(indented[1:])
    set_in = (cut > _SELDOM * len(lines) or only_first or _shows_indents(lines, indented)) and (set_in or all(indented))
    near = [broken[max(0, i - _AROUND) : i + 1 + _AROUND] for i in range(len(lines))]
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
        w is not None and word - _SLACK <= _reach(around) - w <= _LOST + word - 1
        for w, around, word in zip(broken, near, [*next_words, 1.0], strict=True)
    ]
    first, inner = [short[0]] if broken[0] is not None else [], list[bool]()
    for at, (before, _) in enumerate(pairwise(lines), start=1):
        if broken[at] is None:
            continue
        ends = ends_sentence(before.text)
        if not ends and before.text[-1] not in ENDS_ITEM:
            inner.append(short[at])
        elif before.width + before.indent < _reach(near[at - 1]) - _LAST:
            first.append(short[at])
    told = len(first) >= _FEWEST_FIRST and 2 * sum(first) >= len(first)
    return short if told and sum(inner) <= _SELDOM_SHORT * len(inner) else []


def _is_latin_prose(lines: Sequence[MeasuredLine]) -> bool:
    """Whether sentences in a Latin script run on from line to line, in small letters."""
    going_on = [b for a, b in pairwise(lines) if is_latin(a.text[0]) and not ends_sentence(a.text)]
    small = sum(b.text[0].islower() and is_latin(b.text[0]) for b in going_on)
    return 2 * len(going_on) >= len(lines) - 1 > 1 and small >= _MOSTLY_SMALL * len(going_on)


def _reach(widths: Sequence[float | None]) -> float:
    """How far full lines reach: the middle one of the widest that break off; a mark can hang over."""
    known = [w for w in widths if w is not None]
    return median(w for w in known if w >= _NEARLY * max(known)) if known else 0.0


def _are_parted(lines: Sequence[MeasuredLine]) -> bool:
    """Whether blank lines stand only where a sentence has ended, mostly in a line that is not full."""
    before = [a for a, b in pairwise(lines) if b.new_block and not b.on_scan]
    ended = all(ends_sentence(n.text) for n in before)
    return bool(before) and ended and 2 * sum(n.room > _LAST for n in before) >= len(before)


def _is_indented(before: MeasuredLine | None, line: MeasuredLine) -> bool:
    """Whether the line is set in as a paragraph's first, not by a drop cap or a picture, as its neighbour is."""
    if line.indent < _INDENT or line.indent > DEEP:
        return False
    if before is not None and line.on_scan and before.on_scan and _breaks_off(before) and not _is_plain(before, line):
        return False
    beside = before is not None and line.on_scan and abs(before.indent - line.indent) < _SAME
    return not (beside and before is not None and before.room < 1 and not ends_sentence(before.text))


def _shows_indents(lines: Sequence[MeasuredLine], indented: Sequence[bool]) -> bool:
    """Whether lines on a scan are set in by about two ems, which no verse or list is: the print itself says so."""
    deep = [n.indent for n, first in zip(lines, indented, strict=True) if first and n.on_scan]
    return bool(deep) and abs(median(deep) - _PLAIN) < _NEAR_PLAIN


def _breaks_off(line: MeasuredLine) -> bool:
    """Whether the column's edge ended the line within a sentence: a paragraph seldom begins behind it."""
    return (
        line.room < _EDGE and (is_word(line.text[-1]) or line.text[-1] in PAUSES | OPENING) and line.width > _SHORTEST
    )


def _is_plain(before: MeasuredLine, line: MeasuredLine) -> bool:
    """Whether a line is set in by two ems behind one that is not, as where a sentence's last mark was not read."""
    plain = before.indent < _SAME and abs(line.indent - _PLAIN) < _SAME
    return plain and not line.new_block and (is_word(before.text[-1]) or before.text[-1] in PAUSES)


def _is_wrapped(broken: Sequence[float], widths: Sequence[float], cut: int) -> bool:
    """Whether lines that break off within sentences are many, as wide as their like, and the longest.

    `cut` lines end without a mark: a column's edge seldom falls on one, the end of a verse does.
    """
    if len(broken) < _BROKEN * len(widths) or 2 * cut < len(broken) or not broken or median(broken) > _WIDEST:
        return False
    reach = 1.25 * median(broken) + 1
    if sum(w > reach for w in widths) > _LONGER * len(widths):
        return False
    alike = sum(abs(a - b) <= _SHORT * max(a, b) + 1 for a, b in pairwise(broken))
    return alike >= _ALIKE * (len(broken) - 1)


def _shows_edge(lines: Sequence[MeasuredLine]) -> bool:
    """Whether the lines of a dump, though most end with marks, break off within a sentence where others do."""
    going_on = [n for n in lines[:-1] if not ends_sentence(n.text)]
    reach = max((n.width + n.indent for n in going_on), default=0.0)
    full = [n for n in going_on if n.width + n.indent >= reach - _LOST and reach <= _WIDEST]
    cut = sum(is_word(n.text[-1]) for n in full)
    return reach >= _COLUMN and len(full) >= _FEW and cut > 1 and cut >= _CUT * len(full)


def _is_full(line: MeasuredLine, near: Sequence[float | None]) -> bool:
    """Whether the line reaches as far as its neighbours; one that ends a sentence, to the character."""
    reach = line.width + line.indent
    if not ends_sentence(line.text):
        return line.room <= max(2.0, _SHORT * (reach + line.room))
    widths = [w for w in near if w is not None]
    return line.room <= _ONE and (not widths or abs(reach - median(widths)) <= _ONE)
