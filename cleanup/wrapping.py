"""How the lines of a body were wrapped: whether paragraphs are set in, and whether a column's edge ended a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from cleanup.characters import OPENING, PAUSES, ends_sentence, is_word
from cleanup.linemeasure import MeasuredLine

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
_NEARLY: Final = 0.5
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
    `pauses`: lines of the page often end with a comma or the like, as verse does.
    """

    set_in: bool
    indented: bool
    wrapped: bool
    full: bool
    pauses: bool


def wrapping_of(lines: Sequence[MeasuredLine]) -> tuple[Wrapping, ...]:
    """The wrapping at each line; pages are looked at one by one."""
    found: list[Wrapping] = []
    for _, page in groupby(lines, key=lambda n: n.view.source.page):
        found.extend(_of_page(list(page)))
    return tuple(found)


def _of_page(lines: Sequence[MeasuredLine]) -> list[Wrapping]:
    indented = [_is_indented(a, b) for a, b in zip([None, *lines], lines, strict=False)]
    set_in = any(a and not b for a, b in pairwise(indented))
    broken = [None if ends_sentence(n.text) else n.width + n.indent for n in lines]
    cut = sum(is_word(n.text[-1]) for n in lines)
    running = len(lines) < _FEW or any(_MARK.search(n.text) for n in lines)
    wrapped = running and _is_wrapped([w for w in broken if w is not None], [n.width + n.indent for n in lines], cut)
    pauses = sum(n.text[-1] in PAUSES for n in lines) > _SELDOM * len(lines)
    only_first = len(lines) > 1 and indented[0] and not any(indented[1:])
    set_in = (cut > _SELDOM * len(lines) or only_first or _shows_indents(lines, indented)) and (set_in or all(indented))
    near = [broken[max(0, i - _AROUND) : i + 1 + _AROUND] for i in range(len(lines))]
    return [Wrapping(set_in, indented[i], wrapped, _is_full(n, near[i]), pauses) for i, n in enumerate(lines)]


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
    return bool(deep) and abs(median(deep) - _PLAIN) < _NEARLY


def _breaks_off(line: MeasuredLine) -> bool:
    """Whether the column's edge ended the line within a sentence: a paragraph seldom begins behind it."""
    return (
        line.room < _EDGE and (is_word(line.text[-1]) or line.text[-1] in PAUSES | OPENING) and line.width > _SHORTEST
    )


def _is_plain(before: MeasuredLine, line: MeasuredLine) -> bool:
    """Whether a line is set in by two ems behind one that is not, as where a sentence's last mark was not read."""
    plain = before.indent < _SAME and abs(line.indent - _PLAIN) < _SAME
    return plain and not line.new_block and is_word(before.text[-1])


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


def _is_full(line: MeasuredLine, near: Sequence[float | None]) -> bool:
    """Whether the line reaches as far as its neighbours; one that ends a sentence, to the character."""
    reach = line.width + line.indent
    if not ends_sentence(line.text):
        return line.room <= max(2.0, _SHORT * (reach + line.room))
    widths = [w for w in near if w is not None]
    return line.room <= _ONE and (not widths or abs(reach - median(widths)) <= _ONE)
