"""Searches the articles of a workspace: which hold the words, what stands around them, and where on the scans."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from banmian.archive.selection import Selection
from banmian.search.folding import folded, origins
from banmian.search.index import Progress, discard, index_of, is_damage
from banmian.search.printed import PrintedPlace, PrintedText
from banmian.search.query import Query, query, words_of
from banmian.store.workspace import Workspace

_AROUND: Final = 24
"""Characters of text shown on either side of a found word."""
_HEAD: Final = 10.0
"""Weight of a word in the headline relative to one in the body."""
_WEIGHED: Final = 5000
"""Articles that are weighed against each other at most; of a commoner word those that come first are shown."""
_COLUMNS: Final = "words.rowid, issue.name, article.name, article.kind, article.date, article.title, article.printed"
_TABLES: Final = "words CROSS JOIN article ON article.id = words.rowid CROSS JOIN issue ON issue.id = article.issue"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """Words, all of which an article is to hold; how many articles at most, and of which issue."""

    words: Sequence[str]
    limit: int = 20
    issue: str | None = None


@dataclass(frozen=True, slots=True)
class SearchMatch:
    """A found word: where it begins and ends in the article's text, and its boxes on the scan, one a line of print."""

    start: int
    end: int
    places: tuple[PrintedPlace, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that holds the words.

    `matches` stand in the order of `text`, whose headline comes first and takes `head` characters.
    """

    issue: str
    article: str
    kind: str
    date: str | None
    title: str
    text: str
    head: int
    matches: tuple[SearchMatch, ...]

    @property
    def window(self) -> tuple[int, int]:
        """The part of the text to show: around its first match in the body, or else in the headline."""
        shown = next((m for m in self.matches if m.start >= self.head), self.matches[0])
        start = max(self.text.rfind("\n", 0, shown.start) + 1, shown.start - _AROUND)
        end = self.text.find("\n", shown.end)
        return start, min(end if end >= 0 else len(self.text), shown.end + _AROUND)


def search(workspace: Workspace, asked: SearchRequest, told: Progress = lambda _done, _all: None) -> list[Hit]:
    """The articles that hold the words, those with the words in the headline first.

    The index is brought up to date before; one that is damaged is made anew, once. Raises UsageError for an issue that
    the workspace does not hold, and for words that are none.
    """
    words = words_of(asked.words)
    if asked.issue is not None:
        (entry,) = Selection(issues=(asked.issue,)).entries(workspace.issues())
        asked = replace(asked, issue=entry.name)
    try:
        with index_of(workspace, told) as database:
            return list(hits(database, words, asked))
    except sqlite3.DatabaseError as e:
        if not is_damage(e):
            raise
    discard(workspace)
    with index_of(workspace, told) as database:
        return list(hits(database, words, asked))


def hits(database: sqlite3.Connection, words: Sequence[str], asked: SearchRequest) -> Iterator[Hit]:
    """The articles in an index that hold the words, which are folded."""
    wanted = query(database, words)
    if wanted is None:
        return
    for issue, name, kind, date, title, packed in _rows(database, wanted, asked):
        printed = PrintedText.unpacked(packed)
        matches = tuple(_matches(printed, words))
        yield Hit(issue, name, kind, date, title, printed.text, printed.head, matches)


def _rows(database: sqlite3.Connection, wanted: Query, asked: SearchRequest) -> Iterator[tuple[Any, ...]]:
    """Weighed where that can be done; otherwise those with the words in the headline first."""
    seen: set[int] = set()
    for select in _passes(database, wanted, asked):
        for number, *row in database.execute(*select.sql(asked.limit)):
            if number not in seen and len(seen) < asked.limit:
                seen.add(number)
                yield tuple(row)


def _passes(database: sqlite3.Connection, wanted: Query, asked: SearchRequest) -> list[_Select]:
    """The statements that find what is asked for, one after the other."""
    whole = _Select(wanted.match, wanted.within, asked.issue)
    if wanted.match is None:
        return [whole]
    if wanted.ranked and len(database.execute(*whole.sql(_WEIGHED + 1, what="words.rowid")).fetchall()) <= _WEIGHED:
        return [replace(whole, weighed=True)]
    return [replace(whole, match=f"{{head}} : ({wanted.match})"), whole]


@dataclass(frozen=True, slots=True)
class _Select:
    """Articles that match an expression, hold words, and are of an issue; the weightiest first, or as they come."""

    match: str | None
    within: tuple[str, ...]
    issue: str | None
    weighed: bool = False

    def sql(self, limit: int, what: str = _COLUMNS) -> tuple[str, list[object]]:
        """The statement, and the values for it."""
        conditions, values = ["1"], list[object]()
        if self.match is not None:
            conditions.append("words MATCH ?")
            values.append(self.match)
        for word in self.within:
            conditions.append("instr(words.head || words.body, ?)")
            values.append(word)
        if self.issue is not None:
            of_issue = "SELECT a.id FROM article AS a JOIN issue AS i ON i.id = a.issue WHERE i.name = ?"
            conditions.append(f"words.rowid IN ({of_issue})")
            values.append(self.issue)
        order = f"ORDER BY bm25(words, {_HEAD}, 1.0), words.rowid" if self.weighed else ""
        return f"SELECT {what} FROM {_TABLES} WHERE {' AND '.join(conditions)} {order} LIMIT ?", [*values, limit]


def _matches(printed: PrintedText, words: Sequence[str]) -> Iterator[SearchMatch]:
    """Where the words stand, in the order of the text; of two that overlap the longer one."""
    text, comes_from = folded(printed.text), origins(printed.text)
    spans = sorted((m.start(), -m.end()) for word in words for m in re.finditer(re.escape(word), text))
    behind = 0
    for start, end in ((start, -end) for start, end in spans):
        if start >= behind:
            begin, last = comes_from[start], comes_from[end - 1] + 1
            yield SearchMatch(begin, last, tuple(printed.places(begin, last)))
            behind = end
