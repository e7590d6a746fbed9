"""The pages that a plain text holds: form feeds end them, but for those that only end a column; blank lines counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from cleanup.forms.caption import closes_caption, opens_caption
from cleanup.forms.folio import is_folio
from cleanup.language.characters import is_hanzi, is_word
from cleanup.lines.plain_line import TextLine, alike, lines_of
from cleanup.plaintext.page_marks import is_like_head, is_running_head

FEED: Final = "\f"
_MOSTLY: Final = 0.7
"""Share of the lines that go on which blank lines follow, at least, where a program sets one behind every line."""
_SCRAPS: Final = 6
"""Number of lines beside a feed among which page numbers and specks are passed over."""

Lines = tuple[TextLine, ...]


def sheets_of(text: str) -> dict[int, Lines]:
    """The lines of each page by its place in the text, from 0, blank ones left out.

    A form feed within a sentence ends no page: the page goes on. Where most feeds are such, all are columns' ends.
    """
    parts = text.split(FEED)
    while len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    pages = [tuple(lines_of(part)) for part in parts]
    within = [_goes_over(a, b) for a, b in pairwise(pages)]
    columns = 2 * sum(within) > len(within)
    sheets: dict[int, list[TextLine]] = {0: list(pages[0])}
    for at, page in enumerate(pages[1:], start=1):
        if columns or within[at - 1]:
            last = sheets[next(reversed(sheets))]
            last += _renumbered(page, last)
        else:
            sheets[at] = list(page)
    return {at: tuple(lines) for at, lines in sheets.items()}


def _renumbered(page: Lines, before: Sequence[TextLine]) -> Lines:
    """The page's lines, numbered on from those before."""
    last = before[-1].number if before else 0
    return tuple(replace(line, number=last + line.number) for line in page)


def _goes_over(page: Lines, following: Lines) -> bool:
    """Whether a sentence runs over the feed: the last line is full, and a full one at the margin comes next."""
    page, following = _text(page[-_SCRAPS:]), _text(following[:_SCRAPS])
    if len(page) <= 1 or len(following) <= 1:
        return False
    last, first = page[-1], following[0]
    if last.ends_sentence or not _has_fellow(last, page[:-1]) or first.indent > following[1].indent:
        return False
    return first.ends_sentence or _has_fellow(first, following[1:]) or alike(first, last)


def _text(lines: Lines) -> Lines:
    """The lines without page numbers, folios, captions and specks."""
    return tuple(
        line
        for line in lines
        if any(map(is_hanzi, line.text))
        and not is_folio(line.text)
        and not is_running_head(line.text)
        and not is_like_head(line.text)
        and not opens_caption(line.text)
        and not closes_caption(line.text)
    )


def _has_fellow(line: TextLine, others: Lines) -> bool:
    return any(alike(line, other) for other in others)


def without_spacing(lines: Lines) -> Lines:
    """The lines of a dump without the blank ones that a program set behind each."""
    gaps = [b.gap for a, b in pairwise(lines) if is_word(a.text[-1])]
    spaced = [g for g in gaps if g]
    if len(gaps) <= 1 or len(spaced) < _MOSTLY * len(gaps):
        return lines
    every = Counter(spaced).most_common(1)[0][0]
    return tuple(replace(line, gap=max(0, line.gap - every)) for line in lines)
