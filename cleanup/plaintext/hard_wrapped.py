"""Whether a plain text is a dump, whose lines a column's width broke. In any other a line is as it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cleanup.language.characters import is_word
from cleanup.language.stutter import stuttered_width
from cleanup.lines.filling import Filled, fill_a_measure
from cleanup.lines.plain_line import ALIKE, TextLine, alike, is_row
from cleanup.plaintext.latin import is_latin_text, wrapped_latin
from cleanup.plaintext.records import are_records

_AROUND: Final = 4
"""Number of lines to each side that tell how wide a column is at a line."""
_FELLOWS: Final = 2
"""Number of the lines around that are broken at the same width, at least."""
_FEWEST: Final = 3
"""Number of lines from which on a column's width shows."""
_NARROWEST: Final = 15
"""Width in half ems of a column, at least; shorter lines are verse, or entries of a list."""
_WIDEST: Final = 120
"""Width in half ems of a column, at most; longer lines are whole paragraphs."""
_MARK: Final = re.compile("[，。、；：！？,;]")
"""Two lines of running text hold a mark; entries of a list seldom do."""
_DEEPEST: Final = 8
"""Indent in half ems of a line of running text, at most; a signature or a sum is set in deeper."""
_INDENT: Final = 4
"""Indent in half ems of a paragraph's first line."""
_ENTRY: Final = re.compile(
    r"[-*+•·●○■□◆◇▲△★☆>|#][ 　]|[>|#]|[A-ZＡ-Ｚ][.．、)）]|[0-9０-９]{1,3}[.．、)）](?![0-9０-９])"
    r"|[0-9]+(?:\.[0-9]+)+[ 　（(]|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[①-⑳]|\[[0-9]{1,3}\]"
    r"|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])"
    r"|第[一二三四五六七八九十百0-9]{1,4}[章节節回条條款步][ 　]"
)
"""How an entry of a list begins, a quoted line, a choice, a chapter: no sentence goes on so."""
_LEADER: Final = re.compile(r"[…．.·—-]{2,}[ 　]*[0-9]+$")
"""The dots before a page's number in a table of contents."""
_SHARE: Final = 0.2
"""Share of the lines of a dump that bear a column's mark, at least: a list's entries are of one length by chance."""


def are_broken(lines: Sequence[TextLine]) -> bool:
    """Whether enough of the lines break off within a word or sentence, each as wide as those around it.

    The lines are those of a whole file, blank ones left out. Lines that are records are as they were written,
    however they end. Linear in the lines.
    """
    if is_latin_text(lines):
        return wrapped_latin(lines) and not are_records(lines)
    if len(lines) < _FEWEST:
        return False
    return (_are_enough_broken(lines) or _fill_a_measure(lines)) and not are_records(lines)


def _are_enough_broken(lines: Sequence[TextLine]) -> bool:
    """Whether the share of a dump's lines bears a column's mark; no more are looked at than it takes."""
    broken = (at for at in range(len(lines)) if _is_broken(lines, at))
    return any(marked >= _SHARE * len(lines) for marked, _ in enumerate(broken, start=1))


def _fill_a_measure(lines: Sequence[TextLine]) -> bool:
    """Whether the lines fill a measure, as those of a column do in which most paragraphs are of a line or two."""
    filled = [Filled(n.text, n.width - stuttered_width(n.text), n.indent, gap=n.gap > 0) for n in lines]
    return fill_a_measure(filled, [_is_cut(lines, at) for at in range(len(lines))])


def _is_broken(lines: Sequence[TextLine], at: int) -> bool:
    line = lines[at]
    if not _is_cut(lines, at) or not _NARROWEST <= line.width <= _WIDEST or line.indent > _DEEPEST:
        return False
    if not _MARK.search(line.text + lines[at + 1].text):
        return False
    near = [i for i in range(max(0, at - _AROUND), min(len(lines), at + _AROUND + 1)) if i != at]
    short = _shortfall(lines, at)
    wider = sum(
        lines[i].width > line.width + short + ALIKE and lines[i].count > line.count + short + ALIKE for i in near
    )
    fellows = sum(_unended(lines[i]) and _of_one_measure(lines, at, i) for i in near)
    return wider <= len(near) // 4 and fellows >= min(_FELLOWS, len(near) - 1)


def _shortfall(lines: Sequence[TextLine], at: int) -> int:
    """The half ems by which the line may be narrower than the column: a paragraph's indent, which was dropped."""
    first = at == 0 or lines[at - 1].ends_sentence
    return _INDENT if first and lines[at].indent == 0 else 0


def _of_one_measure(lines: Sequence[TextLine], at: int, other: int) -> bool:
    """Whether two lines are of one measure, dropped indents of paragraphs counted."""
    one, two = lines[at], lines[other]
    if alike(one, two):
        return True
    short = (_shortfall(lines, at), _shortfall(lines, other))
    return any(short) and abs(one.width + short[0] - two.width - short[1]) <= ALIKE


def _is_cut(lines: Sequence[TextLine], at: int) -> bool:
    """Whether the line ends within a word or between two, and the next goes on at the margin or further left."""
    if at + 1 == len(lines) or not is_word(lines[at].text[-1]) or is_row(lines[at].text):
        return False
    if _ENTRY.match(lines[at + 1].text) or (lines[at].text[-1].isdigit() and _LEADER.search(lines[at].text)):
        return False
    return lines[at + 1].indent <= lines[at].indent


def _unended(line: TextLine) -> bool:
    return not line.ends_sentence
