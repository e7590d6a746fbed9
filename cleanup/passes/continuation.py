"""The pass that takes continuation markers out of the text: （上接2版）, （下转第四版）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from cleanup.article import Article, JumpEnd, Role
from cleanup.edits.clean_text import Change
from cleanup.forms.jump_marker import Marker, lines_of_marker, markers_in
from cleanup.language.characters import SPACE, ends_sentence
from cleanup.lines.clean_lines import LineView, line_views

_WITH_MARKERS: Final = frozenset({Role.BODY, Role.SUBHEAD, Role.CREDIT, Role.BYLINE})
_QUOTES: Final = frozenset("“‘「『《〈\"'")
_SPACES: Final = "".join(SPACE)
_QUESTION: Final = 0.6
"""Confidence of a marker that a person must look at."""
_LEADS: Final = frozenset("▲△▼▽◀▶◁▷■□●◆◇→←↑↓☞★☆※＊")
"""Ornaments that are set before a marker, or behind it at a line's end, and belong to it."""
_BEFORE: Final = re.compile("[…—]+$")
"""Marks that stand before a marker at a line's beginning."""
_LEADER: Final = re.compile(f"([。！？”])…+[{_SPACES}]*$")
"""Dots that lead from the last sentence to a marker."""
_BEHIND: Final = re.compile("[：:…—]+")
"""Marks between a marker at a line's beginning and the text that goes on."""
_STOP: Final = re.compile("[。.]")
"""A full stop that follows a marker, though the sentence before it has ended."""


def continuation(article: Article) -> Iterator[Change]:
    """Changes that take out the words by which a newspaper sends its reader on to another page, or tells where from.

    Mends （上接2版）, [上接A1版], （下转第四版）, 上接一版 as a line of its own, a marker that breaks over two lines,
    with the ornament before it. What the marker names is not lost: `cleanup.jumps` reads it from the raw text. Keeps
    its hands off a sentence that talks of 上接 or of 二版; a marker in brackets in the middle of a line, and one
    that names no page, are proposed only.
    """
    last = 0
    for change in _found(line_views(article)):
        if change.start >= last:
            yield change
            last = change.end


def _found(views: Sequence[LineView]) -> Iterator[Change]:
    """Every marker, line by line: those within it, then one that breaks over its end."""
    for at, view in enumerate(views):
        if view.role in _WITH_MARKERS:
            following = list(takewhile(lambda v: v.role in _WITH_MARKERS, views[at + 1 : at + 3]))
            taken = lines_of_marker([view.text.rstrip(_SPACES), *(v.text.strip(_SPACES) for v in following)])
            over: list[Change] = []
            if taken > 1 and all(v.broken for v in (view, *following[: taken - 2])):
                over = list(_over_breaks(view, following[: taken - 1]))
            yield from (c for c in _in_line(view) if not over or c.end <= over[0].start)
            yield from over


def _in_line(view: LineView) -> Iterator[Change]:
    for marker in markers_in(view.text):
        start, end = _extent(view.text, marker)
        if not _is_quoted(view.text, start):
            surety = _QUESTION if marker.blank else _surety(view.text, start, end)
            alone = view.broken and not start and end == len(view.text)
            yield Change(view.start + start, view.start + end + alone, "", _reason(marker), surety)


def _over_breaks(view: LineView, following: Sequence[LineView]) -> Iterator[Change]:
    """A marker that begins in one line and ends in another behind it."""
    head, last = view.text.rstrip(_SPACES), following[-1]
    texts = [head, *(v.text.strip(_SPACES) for v in following[:-1]), last.text.lstrip(_SPACES)]
    text = "".join(texts)
    for marker in markers_in(text):
        start, end = _extent(text, marker)
        if start < len(head) and marker.end > len(text) - len(texts[-1]) and not _is_quoted(head, start):
            stop = last.end - (len(text) - end)
            surety = _QUESTION if marker.blank else _surety(text, start, end)
            yield Change(view.start + start, stop, "", _reason(marker), surety)


def _extent(text: str, marker: Marker) -> tuple[int, int]:
    """Start and end of a marker with the ornament before it, and the white space to the line's nearer end."""
    start, end = marker.start, marker.end
    while start and text[start - 1] in _LEADS:
        start -= 1
    if _BEFORE.fullmatch(text[:start].strip(_SPACES)):
        start = 0
    elif dots := _LEADER.search(text, 0, start):
        start = dots.end(1)
    behind = _BEHIND.match(text, end) if marker.jump is JumpEnd.FROM and not text[:start].strip(_SPACES) else None
    end = behind.end() if behind else end
    before = text[:start].strip(_SPACES)
    if _STOP.fullmatch(text, end) and (not before or ends_sentence(before)):
        end = len(text)
    if not text[end:].strip(_SPACES + "".join(_LEADS)):
        end = len(text)
    start = len(text[:start].rstrip(_SPACES)) if not text[end:].strip(_SPACES) else start
    if text[:start].strip(_SPACES):
        return start, end
    return 0, end + len(text[end:]) - len(text[end:].lstrip(_SPACES))


def _is_quoted(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in _QUOTES


def _surety(text: str, start: int, end: int) -> float:
    """The confidence of a marker: at a line's beginning or end it stands where newspapers set them."""
    at_edge = not text[:start].strip(_SPACES) or not text[end:].strip(_SPACES)
    return 0.97 if at_edge else _QUESTION


def _reason(marker: Marker) -> str:
    if marker.blank:
        return "A marker that names no page: the number was left out. Where the text goes on is for a person to say."
    page = "another page" if marker.page is None else f"page {marker.page}"
    return (
        f"A marker, not text: the article {'continues from' if marker.jump is JumpEnd.FROM else 'goes on, on'} {page}."
    )
