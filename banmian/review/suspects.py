"""What a person should look at in an article: proposals, readings in doubt, edits that a rule was not sure of."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from cleanup.article import Article, ArticleKind, Role, SourceLine
from cleanup.edits.clean_text import CleanText
from cleanup.edits.edit import Edit, Pass
from cleanup.edits.ledger import Standing
from cleanup.language.characters import is_hanzi
from cleanup.lines.glyph_places import glyphs_of
from layout.page import Glyph, Line

THRESHOLD: Final = 0.8
"""Confidence below which a reading is a suspect, unless the reviewer moves the bar.

Measured on four pages of two engines: 17 to 210 suspects in 10,000 characters, with 50 to 90 % of the wrong characters
among them. A bar of 0.90 adds half as many suspects again and 0 to 11 % of the wrong characters.
"""

HIGHEST: Final = 0.97
"""No bar is set above it: what is surer is met by the samples."""

_HIGHEST_USUAL: Final = 0.95
"""The highest usual bar: above it a stop is in vain more than nineteen times in twenty."""
_CAUGHT: Final = 0.7
"""Share of the expected wrong characters that a page's usual bar finds, of those below the highest usual bar.

What is surer is left to the samples and does not count: on a poor scan thousands of such small doubts add up to as many
errors as all suspects, and no bar finds them; on a clean page nothing else is doubted, and the bar would be the highest
for nothing. On six real pages, as they were read when this was counted, 38 of 71 wrong characters lie below such a bar,
with 525 stops; counted up to HIGHEST it finds 2 more of them with 78 stops more.
"""

_SCRAP: Final = 3
"""Characters of the longest line that can be a scrap: a stroke of a picture read as a letter or two."""

_LATE: Final = frozenset({Role.FURNITURE, Role.CREDIT})
_ROUTINE: Final = frozenset({Pass.CHARACTER_FORMS, Pass.LINE_JOIN, Pass.LETTER_SPACING, Pass.CONTINUATION})


@dataclass(frozen=True, slots=True)
class Suspect:
    """A place to look at: `start` and `end` in the clean text, how sure it is there (0 to 1), and what else to read.

    `edits` are those that are to be decided here; without any it is a reading alone. `page` and `line` tell where.
    """

    start: int
    end: int
    confidence: float
    page: int
    line: str
    candidates: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    proposed: bool = False
    late: bool = False
    """Whether it is looked at after all others: in a page's head or foot, or in a scrap of a picture read as text."""


@dataclass(frozen=True, slots=True)
class _Doubted:
    """The glyphs of a line that a bar can make suspects, with their offsets; and the errors expected of all others."""

    line: Line
    glyphs: tuple[tuple[int, Glyph], ...]
    beyond: float


class Doubts:
    """What is doubted in lines as recognized, which never changes: looked for once, however often is decided."""

    def __init__(self) -> None:
        self._known: dict[int, _Doubted] = {}

    def of(self, line: Line) -> _Doubted:
        """The doubts of a line."""
        known = self._known.get(id(line))
        if known is None or known.line is not line:
            glyphs = [(at, g) for at, g in enumerate(glyphs_of(line)) if g is not None]
            doubted = tuple((at, g) for at, g in glyphs if g.confidence < HIGHEST)
            beyond = sum(1 - g.confidence for _, g in glyphs if g.confidence >= HIGHEST)
            known = self._known[id(line)] = _Doubted(line, doubted, beyond)
        return known


def suspects_of(
    article: Article, seen: Container[tuple[int, str, int]] = (), doubts: Doubts | None = None
) -> list[Suspect]:
    """The article's suspects up to the highest bar, in the order of its text; those without a doubt are left out."""
    places = [*_proposed(article), *_unsure(article), *_doubted(article, seen, doubts or Doubts())]
    found: dict[tuple[int, int], Suspect] = {}
    late = {(s.page, s.line.id) for s in article.lines if is_late(article, s)}
    for suspect in places:
        late_ = (suspect.page, suspect.line) in late
        found.setdefault((suspect.start, suspect.end), replace(suspect, late=True) if late_ else suspect)
    return sorted(found.values(), key=lambda s: (s.start, s.end))


def is_late(article: Article, source: SourceLine) -> bool:
    """Whether a line is looked at last: furniture, credits, and scraps without a hanzi, of which no text consists."""
    if article.kind is ArticleKind.FURNITURE or source.role in _LATE:
        return True
    text = source.line.text.strip()
    return len(text) <= _SCRAP and (len(text) <= 1 or not any(is_hanzi(c) for c in text))


def usual_bar(articles: Iterable[Article], doubts: Doubts) -> float:
    """The bar that a page begins with: the lowest one below which most of the wrong characters lie that it can find.

    What is expected are the calibrated confidences of the page itself, so that it rises on a poor scan; where there is
    nothing to find it is the lowest.
    """
    lowest, highest = round(100 * THRESHOLD), round(100 * _HIGHEST_USUAL)
    wrong = [0.0] * highest
    for article in articles:
        for percent, errors in expected(article, doubts).items():
            if percent < highest:
                wrong[percent] += errors
    below_ = list(accumulate(wrong))
    return next(bar for bar in range(lowest, highest + 1) if below_[bar - 1] >= _CAUGHT * below_[-1]) / 100


def expected(article: Article, doubts: Doubts) -> dict[int, float]:
    """How many wrong characters the calibrated confidences expect, by the percent that the reader was sure.

    What no bar makes a suspect is counted at 100; lines that are looked at last are left out.
    """
    found: dict[int, float] = {100: 0.0}
    for source in article.lines:
        if is_late(article, source):
            continue
        doubted = doubts.of(source.line)
        found[100] += doubted.beyond
        for _, glyph in doubted.glyphs:
            percent = int(100 * glyph.confidence)
            found[percent] = found.get(percent, 0.0) + 1 - glyph.confidence
    return found


def below(suspects: list[Suspect], bar: float) -> list[Suspect]:
    """The suspects below the bar; a proposal always is one."""
    return [s for s in suspects if s.proposed or s.confidence < bar]


def _proposed(article: Article) -> Iterator[Suspect]:
    conflicts = {e.id for o in article.clean.resolution.conflicts for e in (o.winner, o.loser)}
    for entry in article.ledger:
        if entry.standing is Standing.PROPOSED or (entry.edit.id in conflicts and entry.standing is Standing.BY_RULE):
            yield _at(article, entry.edit, 1 - entry.edit.confidence, proposed=True)


def _unsure(article: Article) -> Iterator[Suspect]:
    """What a rule accepted without being sure of it; line ends and white space are not worth a look."""
    for _, _, edit in article.clean.resolution.applied:
        entry = article.ledger[edit.id]
        plain = edit.by in _ROUTINE or (not edit.before.strip() and not edit.after.strip())
        if entry.standing is Standing.BY_RULE and not plain and edit.confidence < HIGHEST:
            yield _at(article, edit, edit.confidence)


def _at(article: Article, edit: Edit, confidence: float, *, proposed: bool = False) -> Suspect:
    clean = article.clean
    start, end = (clean.clean_offset(o) for o in article.raw.extent(edit))
    place = edit.places[0]
    other = edit.after if proposed else edit.before
    candidates = (other,) if other.strip() else ()
    return Suspect(start, max(start, end), confidence, place.page, place.line, candidates, (edit.id,), proposed)


def _doubted(article: Article, seen: Container[tuple[int, str, int]], doubts: Doubts) -> Iterator[Suspect]:
    clean = article.clean
    for index, source in enumerate(article.lines):
        begin = article.raw.starts[index]
        for at, glyph in doubts.of(source.line).glyphs:
            if (source.page, source.line.id, at) in seen:
                continue
            place = _still_there(clean, begin + at)
            if place is not None:
                candidates = (glyph.other,) if glyph.other and glyph.other != glyph.char else ()
                yield Suspect(place, place + 1, glyph.confidence, source.page, source.line.id, candidates)


def _still_there(clean: CleanText, raw: int) -> int | None:
    """Where a raw character stands in the clean text, None where an edit has been there."""
    at = clean.clean_offset(raw)
    return at if at < len(clean.text) and clean.origin(at) == raw else None
