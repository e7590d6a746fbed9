"""The issues of a workspace as a server holds them: read once, decided anew when something was decided or read anew."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from banmian.decisions.decided import Decided, Desk, stored_issue
from banmian.decisions.record import Record
from banmian.review.index import Index
from banmian.review.reading import reading_of
from banmian.review.suspects import Doubts, Suspect, suspects_of
from banmian.store.entries import IssueEntry, PageEntry
from banmian.store.tasks import State
from cleanup.article import Article, Issue
from layout.page import Line, Page, page_from_json

_OPEN: Final = 4
"""Number of issues that are kept in memory; the one that was used longest ago is given up."""

_STATES: Final = 64
"""Number of earlier states of an open issue that are kept: more people than that seldom work on one issue at once."""

_PAGES: Final = 8
"""Number of pages that are kept in memory."""

_COUNTED: Final = 4
"""Version of the counting; it is raised when something else is counted, so that old counts are made anew."""


@dataclass(slots=True)
class OpenIssue:
    """An issue in memory, with the state of the record that it was decided at."""

    entry: IssueEntry
    stamp: tuple[int, int]
    stored: Issue
    desk: Desk = field(default_factory=Desk)
    at: int = -1
    decided: Decided | None = None
    past: Desk = field(default_factory=Desk)
    languages: dict[int, str] = field(default_factory=dict)
    """What each page was read as, by its number."""
    states: OrderedDict[int, Issue] = field(default_factory=OrderedDict)
    """The issue as it was at decisions of late, by their numbers: people decide on what they saw a moment ago."""
    doubts: Doubts = field(default_factory=Doubts)
    suspects: dict[str, tuple[Article, frozenset[tuple[int, str, int]], list[Suspect]]] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """What the issue as it stands was made from: the run's result and the last decision."""
        return f"{self.stamp[0]}-{self.stamp[1]}-{self.at}"

    def number_of(self, mark: str) -> int | None:
        """The last decision behind a mark; None for one of another result of a run."""
        stamp, _, number = mark.rpartition("-")
        return int(number) if stamp == f"{self.stamp[0]}-{self.stamp[1]}" and number.isdecimal() else None

    def renew(self, record: Record) -> None:
        """Decides the issue anew where anything was decided since."""
        last = record.last(self.entry.name)
        if self.decided is not None and self.at == last:
            return
        self.decided, self.at = self.desk.decided(self.stored, record.decisions(self.entry.name)), last
        self.states[last] = self.decided.issue
        while len(self.states) > _STATES:
            self.states.popitem(last=False)

    def as_of(self, number: int, record: Record) -> Issue:
        """The issue as it was when that decision was the last."""
        known = self.states.get(number)
        if known is None:
            known = self.past.decided(self.stored, record.decisions(self.entry.name, number)).issue
        return known

    def suspects_of(self, article: Article) -> list[Suspect]:
        """The article's suspects, found once for each of its states."""
        seen = frozenset() if self.decided is None else self.decided.seen
        known = self.suspects.get(article.id)
        if known is None or known[0] is not article or known[1] != seen:
            known = (article, seen, suspects_of(article, seen, self.doubts))
            self.suspects[article.id] = known
        return known[2]


class Shelf:
    """The workspace's issues and pages. Safe to use from several threads, one at a time at work."""

    def __init__(self, root: Path, record: Record) -> None:
        self.root = root
        self.record = record
        self.index = Index(root)
        self.lock = threading.RLock()
        self._issues: OrderedDict[int, OpenIssue] = OrderedDict()
        self._pages: OrderedDict[tuple[Path, int], Page] = OrderedDict()

    def issue(self, number: int) -> OpenIssue | None:
        """The issue as decided now; None where there is none, or its articles are not made yet."""
        with self.lock:
            entry = self.entry(number)
            path = None if entry is None else entry.folder / "issue.json"
            if entry is None or path is None or not path.is_file():
                return None
            stamp = _stamp(path)
            held = self._issues.get(number)
            if held is None or held.stamp != stamp:
                desks = Desk(entry.folder), Desk(entry.folder)
                languages = self._languages(number)
                held = OpenIssue(entry, stamp, stored_issue(entry), desks[0], past=desks[1], languages=languages)
                self._issues[number] = held
            self._issues.move_to_end(number)
            while len(self._issues) > _OPEN:
                self._issues.popitem(last=False)
            held.renew(self.record)
            return held

    def _languages(self, number: int) -> dict[int, str]:
        pages = [e for (i, _), e in self.index.pages().items() if i == number and e.state is State.DONE]
        return {e.number: reading_of(e).language for e in pages}

    def line(self, issue: int, entry: PageEntry, name: str) -> Line | None:
        """A line of a page by its id, as people left it; a drawn one too."""
        held = self.issue(issue)
        now = next((n for n in lines_now(held, entry.number) if n.id == name), None)
        page = self.page(entry, held) if now is None else None
        return next((n for n in page.lines if n.id == name), None) if page is not None else now

    def made_from(self, number: int, lasts: Mapping[str, int]) -> str | None:
        """What an issue as decided is made from, without opening it: the run's result, and the last decision."""
        entry = self.entry(number)
        path = None if entry is None else entry.folder / "issue.json"
        if entry is None or path is None or not path.is_file():
            return None
        return counted_from(_stamp(path), lasts.get(entry.name, 0))

    def entry(self, number: int) -> IssueEntry | None:
        """The issue of this number."""
        return self.index.issues().get(number)

    def numbers(self, issue: int) -> list[int]:
        """The issue's pages in their order."""
        return [page for i, page in self.index.pages() if i == issue]

    def page_entry(self, issue: int, number: int) -> PageEntry | None:
        """A page of an issue."""
        return self.index.pages().get((issue, number))

    def page(self, entry: PageEntry, held: OpenIssue | None = None) -> Page | None:
        """The page as the run read it, or as people had it read anew in the issue as held; None where it failed."""
        if held is not None and held.decided is not None and entry.number in held.decided.pages:
            return held.decided.pages[entry.number]
        path = entry.folder / "page.json"
        if entry.state is not State.DONE or not path.is_file():
            return None
        key = (path, path.stat().st_mtime_ns)
        with self.lock:
            if key not in self._pages:
                self._pages[key] = page_from_json(path.read_bytes(), str(path))
            self._pages.move_to_end(key)
            while len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
            return self._pages[key]


def lines_now(held: OpenIssue | None, page: int) -> list[Line]:
    """The lines of a page that stand in articles, as people left them."""
    articles = () if held is None or held.decided is None else held.decided.issue.articles
    return [s.line for a in articles for s in a.lines if s.page == page]


def counted_from(stamp: tuple[int, int], last: int) -> str:
    """What counts were made from: a run's result, the last decision, and what is counted."""
    return f"{stamp} {last} {_COUNTED}"


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size
