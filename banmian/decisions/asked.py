"""An article as a person asks for a change of it: its lines, its edits, its offsets, and the decisions made of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Final

from msgspec import Meta

from banmian.decisions.decision import Anchored, Body, Ground, Wanted
from cleanup.article import Article, Issue, SourceLine
from cleanup.edits.clean_text import Change, Segment
from cleanup.edits.edit import LINE_BREAK, Edit, Pass
from cleanup.edits.ledger import touch

Offset = Annotated[int, Meta(ge=0)]
Text = Annotated[str, Meta(max_length=20_000)]
Name = Annotated[str, Meta(max_length=200)]
Key = tuple[int, Name]
Corners = tuple[Offset, Offset, Offset, Offset]

BY_HAND: Final = "Written by a person."


class Refused(Exception):
    """The wish cannot be granted; the text says why, as a key of the interface's words."""


@dataclass(frozen=True, slots=True)
class LineText:
    """The clean text of a line, and its offsets in that of the article."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Asked:
    """An article of an issue, as both stand now; what is not there is Refused."""

    issue: Issue
    article: Article

    def want(self, body: Body, *others: str) -> Wanted:
        """The decision about this article, which also changes the others."""
        name = self.article.id
        return Wanted(self.issue.name, name, body, tuple(dict.fromkeys((name, *others))))

    def want_of_page(self, body: Body) -> Wanted:
        """A decision about a page, which changes no article."""
        return Wanted(self.issue.name, "", body)

    # Lines

    @cached_property
    def _sources(self) -> dict[tuple[int, str], SourceLine]:
        return {(s.page, s.line.id): s for s in self.article.lines}

    def source(self, key: tuple[int, str]) -> SourceLine:
        """A line of the article by its page and id."""
        if key not in self._sources:
            raise Refused("no_such_line")
        return self._sources[key]

    def grounds(self, keys: Sequence[tuple[int, str]]) -> tuple[Ground, ...]:
        """Lines of the article as they are now."""
        return tuple(Ground.of(self.source(key)) for key in keys)

    def some(self, keys: Sequence[tuple[int, str]]) -> tuple[Ground, ...]:
        """The same, of one line at least."""
        if not keys:
            raise Refused("no_such_line")
        return self.grounds(keys)

    def anywhere(self, keys: Sequence[tuple[int, str]]) -> tuple[Ground, ...]:
        """The lines that a person marked, which may stand in several articles."""
        if not keys:
            raise Refused("no_such_line")
        whole = {(s.page, s.line.id): s for a in self.issue.articles for s in a.lines}
        if not whole.keys() >= set(keys):
            raise Refused("no_such_line")
        return tuple(Ground.of(whole[key]) for key in keys)

    def homes(self, keys: Sequence[tuple[int, str]]) -> list[str]:
        """The articles in which they stand."""
        wanted = set(keys)
        return [a.id for a in self.issue.articles if any((s.page, s.line.id) in wanted for s in a.lines)]

    # Articles

    @property
    def first(self) -> Ground:
        """The article's first line."""
        if not self.article.lines:
            raise Refused("no_such_line")
        return Ground.of(self.article.lines[0])

    def other(self, name: str) -> Asked:
        """Another article of the issue."""
        for article in self.issue.articles:
            if article.id == name and article is not self.article:
                return Asked(self.issue, article)
        raise Refused("no_such_article")

    # Text and edits

    def edit(self, name: str) -> Edit:
        """An edit of the article by its id."""
        if name not in self.article.ledger:
            raise Refused("no_such_edit")
        return self.article.ledger[name].edit

    def anchored(self, edit: Edit) -> Anchored:
        """An edit with the lines that it stands on."""
        return Anchored.of(edit, self.grounds([(s.page, s.line) for s in edit.places]))

    def changed(self, changes: Sequence[Change]) -> tuple[tuple[Anchored, ...], tuple[Anchored, ...]]:
        """The changes, in clean offsets, as edits by a person; and the edits that are refused by them.

        What would only bring back the reading refuses what stands in its way.
        """
        if not changes:
            raise Refused("no_change")
        written, refused = list[Edit](), list[Edit]()
        for change in _apart(self.article, changes):
            edit = self.article.clean.edit(change, Pass.PERSON)
            if edit is None:
                refused += self._applied(change)
            else:
                written.append(edit)
        return tuple(self.anchored(e) for e in written), tuple(self.anchored(e) for e in refused)

    def _applied(self, change: Change) -> Iterator[Edit]:
        """The edits in force that made what stands in a change's place."""
        for start, segment in _segments(self.article):
            end = start + len(segment.text)
            if segment.edit is not None and start <= change.end and change.start <= end:
                yield segment.edit

    def recognized(self, places: Sequence[int]) -> Iterator[tuple[Ground, int, int]]:
        """The clean characters at these offsets that stand as recognized: the runs of each line, first and end."""
        clean, raw = self.article.clean, self.article.raw
        origins = (clean.origin(at) for at in places)
        found = sorted({origin for origin in origins if isinstance(origin, int)})
        runs: list[list[int]] = []
        for at in found:
            if runs and at == runs[-1][-1] + 1 and raw.line_at(at) == raw.line_at(runs[-1][0]):
                runs[-1].append(at)
            else:
                runs.append([at])
        for run in runs:
            line = raw.line_at(run[0])
            start = raw.starts[line]
            yield Ground.of(self.article.lines[line]), run[0] - start, run[-1] + 1 - start

    def line_text(self, key: tuple[int, str]) -> LineText:
        """The clean text of one line, with its offsets; line breaks at either end are left out."""
        index = self.article.raw.keys.index((key[0], key[1]))
        raw, clean = self.article.raw, self.article.clean
        start, end = clean.clean_offset(raw.starts[index]), clean.clean_offset(raw.line_end(index) - 1)
        text = clean.text[start:end]
        bare = text.strip()
        start += text.find(bare) if bare else 0
        return LineText(start, start + len(bare), bare)


def printable(text: str) -> str:
    """The text without control characters, which no newspaper prints."""
    return "".join(c for c in text if c == LINE_BREAK or (c >= " " and unicodedata.category(c) != "Cc"))


def _apart(article: Article, changes: Sequence[Change]) -> list[Change]:
    """The changes, put together where their ground is the same edit's."""
    found: list[Change] = []
    for change in changes:
        if found and _meet(article, found[-1], change):
            found[-1] = _together(article, found[-1], change)
        else:
            found.append(change)
    return found


def _together(article: Article, one: Change, other: Change) -> Change:
    between = article.clean.text[one.end : other.start]
    return Change(one.start, other.end, one.after + between + other.after, one.reason, 1.0)


def _meet(article: Article, one: Change, other: Change) -> bool:
    edits = [article.clean.edit(c, Pass.PERSON) for c in (one, other)]
    if edits[0] is None or edits[1] is None:
        return any(s.edit and a <= one.end and other.start <= a + len(s.text) for a, s in _segments(article))
    return touch(article.raw.extent(edits[0]), article.raw.extent(edits[1]))


def _segments(article: Article) -> Iterator[tuple[int, Segment]]:
    return zip(article.clean.starts, article.clean.segments, strict=True)
