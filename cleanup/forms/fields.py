"""Fields: the parts of an article that stand within lines of another role, or as a part of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from cleanup.article import Field, Role, SourceLine
from cleanup.edits.edit import Span
from cleanup.forms.byline import dateline_of, is_names
from cleanup.forms.jump_marker import markers_in
from cleanup.lines.glyph_places import glyphs_of
from layout.page import Direction, Line

_NAMED: Final = re.compile(r"^[ \t　]*[□■◆◇●○◎▲△★☆▪◾◽]*[ \t　]*(?P<who>\S.*?)[ \t　]*$")
_SIGNED: Final = re.compile(r"[。！？](?P<gap>[ \t　]*)(?P<who>[㐀-鿿]{2,4})$")
_SPACE: Final = " \t　"


@dataclass(frozen=True, slots=True)
class ClosingNameParams:
    """Bounds of the search for names behind the last sentence and for a dateline."""

    apart: float = 1.7
    """Distance in ems from the beginning of a full stop to that of a name behind it, above: a stop takes one em."""
    lines_searched: int = 4
    """Number of lines of the body, at most, in which a dateline can stand."""


P: Final = ClosingNameParams()


def fields_of(lines: Sequence[SourceLine]) -> tuple[Field, ...]:
    """The bylines without the mark before them, or the name behind the last sentence; the dateline at the beginning."""
    bylines = tuple(_bylines(lines)) or tuple(_signature(lines))
    return (*bylines, *_dateline(lines))


def _bylines(lines: Sequence[SourceLine]) -> Iterator[Field]:
    for source in lines:
        found = _NAMED.match(source.line.text) if source.role is Role.BYLINE else None
        if found:
            yield Field(Role.BYLINE, (Span(source.page, source.line.id, found.start("who"), found.end("who")),))


def _signature(lines: Sequence[SourceLine]) -> Iterator[Field]:
    """The writer's name that stands behind the last sentence, in its line but set apart from it."""
    last = next((s for s in reversed(lines) if s.role is Role.BODY), None)
    found = _SIGNED.search(last.line.text) if last is not None else None
    if last is None or found is None or not is_names(found["who"]):
        return
    start = found.start("who")
    if len(found["gap"]) > 1 or _is_set_apart(last.line, start - len(found["gap"]) - 1, start):
        yield Field(Role.BYLINE, (Span(last.page, last.line.id, start, found.end("who")),))


def _is_set_apart(line: Line, stop: int, name: int) -> bool:
    """Whether a name begins farther behind a full stop than the next sentence would."""
    glyphs = glyphs_of(line)
    a, b = glyphs[stop], glyphs[name]
    if a is None or b is None or a.box is None or b.box is None or line.direction is Direction.VERTICAL_RL:
        return False
    return b.box.x0 - a.box.x0 > P.apart * line.size


def _dateline(lines: Sequence[SourceLine]) -> Iterator[Field]:
    """The dateline within the first lines of the body; it may run over a line's end."""
    body = list(islice((s for s in lines if s.role is Role.BODY), P.lines_searched))
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
