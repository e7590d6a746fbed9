"""Fields: the parts of an article that stand within lines of another role, or as a part of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from cleanup.article import Field, Role, SourceLine
from cleanup.edits.edit import Span
from cleanup.forms.byline import dateline_of
from cleanup.forms.jump_marker import markers_in

_NAMED: Final = re.compile(r"^[ \t　]*[□■◆◇●○◎▲△★☆▪◾◽]*[ \t　]*(?P<who>\S.*?)[ \t　]*$")
_SPACE: Final = " \t　"
_LINES_SEARCHED: Final = 4


def fields_of(lines: Sequence[SourceLine]) -> tuple[Field, ...]:
    """The bylines without the mark before them, and the dateline that the body opens with."""
    return (*_bylines(lines), *_dateline(lines))


def _bylines(lines: Sequence[SourceLine]) -> Iterator[Field]:
    for source in lines:
        found = _NAMED.match(source.line.text) if source.role is Role.BYLINE else None
        if found:
            yield Field(Role.BYLINE, (Span(source.page, source.line.id, found.start("who"), found.end("who")),))


def _dateline(lines: Sequence[SourceLine]) -> Iterator[Field]:
    """The dateline within the first lines of the body; it may run over a line's end."""
    body = list(islice((s for s in lines if s.role is Role.BODY), _LINES_SEARCHED))
    places = [(s, at) for s in body for at, char in enumerate(s.line.text) if char not in _SPACE]
    text = "".join(s.line.text[at] for s, at in places)
    marked = next(markers_in(text), None)
    skip = marked.end if marked and marked.start == 0 else 0
    dateline = dateline_of(text[skip:])
    if dateline:
        yield Field(Role.DATELINE, tuple(_spans(places[skip : skip + len(dateline)])))


def _spans(places: Sequence[tuple[SourceLine, int]]) -> Iterator[Span]:
    """Spans, one a line, that lie one behind the other: all but the last reach over their line's break."""
    sources = list(dict.fromkeys(id(s) for s, _ in places))
    for n, name in enumerate(sources):
        here = [(s, at) for s, at in places if id(s) == name]
        source, last = here[0][0], n == len(sources) - 1
        start = here[0][1] if n == 0 else 0
        end = here[-1][1] + 1 if last else len(source.line.text) + 1
        yield Span(source.page, source.line.id, start, end)
