"""Whether a plain text is a dump, whose lines a column's width broke. In any other a line is as it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cleanup.language.characters import is_word
from cleanup.lines.plain_line import ALIKE, TextLine, alike
from cleanup.plaintext.latin import is_latin_text, wrapped_latin
from cleanup.plaintext.records import are_records

_AROUND: Final = 4
"""Lines to each side that tell how wide a column is at a line."""
_FELLOWS: Final = 2
"""Of the lines around, as many must be broken at the same width."""
_NARROWEST: Final = 15
"""Half ems of the narrowest column; shorter lines are verse, or entries of a list."""
_WIDEST: Final = 120
"""Half ems of the widest; longer lines are whole paragraphs."""
_MARK: Final = re.compile("[，。、；：！？,;]")
"""Two lines of running text hold a mark; entries of a list seldom do."""
_SHARE: Final = 0.2
"""Of the lines of a dump, as many at the least bear a column's mark: a list's entries are of one length by chance."""


def are_broken(lines: Sequence[TextLine]) -> bool:
    """Whether enough of the lines break off within a word or sentence, each as wide as those around it.

    The lines are those of a whole file, blank ones left out. Lines that are records are as they were written,
    however they end. Linear in the lines.
    """
    if is_latin_text(lines):
        return wrapped_latin(lines) and not are_records(lines)
    marked = sum(_is_broken(lines, at) for at in range(len(lines)))
    return marked > 0 and marked >= _SHARE * len(lines) and not are_records(lines)


def _is_broken(lines: Sequence[TextLine], at: int) -> bool:
    line = lines[at]
    if not _is_cut(lines, at) or not _NARROWEST <= line.width <= _WIDEST:
        return False
    if not _MARK.search(line.text + lines[at + 1].text):
        return False
    near = [i for i in range(max(0, at - _AROUND), min(len(lines), at + _AROUND + 1)) if i != at]
    wider = sum(lines[i].width > line.width + ALIKE and lines[i].count > line.count + ALIKE for i in near)
    fellows = sum(_unended(lines[i]) and alike(lines[i], line) for i in near)
    return wider <= len(near) // 4 and fellows >= min(_FELLOWS, len(near) - 1)


def _is_cut(lines: Sequence[TextLine], at: int) -> bool:
    """Whether the line ends within a word or between two, and the next goes on at the margin or further left."""
    if at + 1 == len(lines) or not is_word(lines[at].text[-1]):
        return False
    return lines[at + 1].indent <= lines[at].indent


def _unended(line: TextLine) -> bool:
    return not line.ends_sentence
