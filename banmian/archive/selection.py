"""What of a workspace goes out: all of it, or chosen issues, chosen articles, what people are done with."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final, TypeVar

from banmian.archive.content.export_issue import ExportIssue
from banmian.decisions.progress import NONE, Progress
from banmian.piece_counts import told_kinds
from banmian.store.entries import IssueEntry
from cleanup.article import Article, Issue
from layout.errors import UsageError

T = TypeVar("T")
U = TypeVar("U")

_ANY: Final = range(1, sys.maxsize)
"""The number of any page."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Issues by name, articles by ID or ISSUE/ID, and by what the review came to: pages that are `done`, that a second
    person `validated`, or both.

    Nothing named is everything. An article goes out when all pages that it runs over do.
    """

    issues: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    done: bool = False
    validated: bool = False

    @property
    def by_review(self) -> bool:
        """Whether the review decides about what goes out."""
        return self.done or self.validated

    def reviewed(self, progress: Progress) -> frozenset[int]:
        """The pages of an issue that the review lets out."""
        sets = [s for asked, s in ((self.done, progress.done), (self.validated, progress.validated)) if asked]
        return frozenset.intersection(*sets) if sets else frozenset()

    def entries(self, entries: Sequence[IssueEntry]) -> list[IssueEntry]:
        """The issues that are chosen, in the workspace's order; raises UsageError for a name that is none."""
        named = self.issues or tuple({a.rpartition("/")[0] for a in self.articles if "/" in a})
        for name in named:
            if not any(name in _names(e) for e in entries):
                raise _unknown("issue", name, [e.name for e in entries])
        open_ids = not self.issues and any("/" not in a for a in self.articles)
        return [e for e in entries if not named or open_ids or not _names(e).isdisjoint(named)]


ALL: Final = Selection()


@dataclass(slots=True)
class Selector:
    """Goes through issues with a selection; afterwards it knows what was asked for and not met.

    `pieces` counts what goes out by its kind (article, advert …), `waiting` what stays behind because the review is
    not done with all of its pages; neither counts page furniture, which nobody asked for.
    """

    selection: Selection
    progress: Mapping[str, Progress] = field(default_factory=dict)
    issues: int = 0
    pieces: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)
    _met: set[str] = field(default_factory=set)
    _ids: set[str] = field(default_factory=set)

    def issue(self, issue: Issue) -> Issue | None:
        """The issue with its chosen articles and their pages; None where nothing of it is chosen."""
        narrowed = self._narrowed(issue)
        return narrowed and narrowed[0]

    def holding(self, holding: ExportIssue) -> ExportIssue | None:
        """The holding with its chosen articles and pages; the sheets keep the whole pages."""
        narrowed = self._narrowed(holding.issue)
        if narrowed is None:
            return None
        issue, pages = narrowed
        return replace(holding, issue=issue, sheets=tuple(s for s in holding.sheets if s.number in pages))

    def _narrowed(self, issue: Issue) -> tuple[Issue, Container[int]] | None:
        """A page that is done is chosen though no article on it is whole."""
        named = [a for a in issue.articles if self._is_named(issue, a)]
        done = self.selection.reviewed(self.progress.get(issue.name, NONE))
        chosen = [a for a in named if not self.selection.by_review or done.issuperset(a.pages)]
        going, asked = told_kinds(chosen), told_kinds(named)
        self.pieces += going
        self.waiting += asked - going
        if self.selection.articles:
            pages: Container[int] = {page for a in chosen for page in a.pages}
        else:
            pages = done if self.selection.by_review else _ANY
        if not pages:
            return None
        self.issues += 1
        return _of_pages(issue, chosen, pages), pages

    def settle(self) -> None:
        """Raises UsageError where an article that was asked for did not come by, or nothing came."""
        for name in self.selection.articles:
            if name not in self._met:
                raise _unknown("article", name, self._ids)
        if self.selection.validated and not self.pieces:
            raise UsageError(
                "A second person has not validated all pages of any article that was chosen.",
                "Validate pages in: banmian review WORK; or leave --state validated away.",
            )
        if self.selection.done and not self.pieces:
            raise UsageError(
                "The review is not done with all pages of any article that was chosen.",
                "Mark pages done in: banmian review WORK; or leave --state done away.",
            )

    def _is_named(self, issue: Issue, article: Article) -> bool:
        names = {article.id, f"{issue.name}/{article.id}"}
        self._ids |= names if self.selection.articles else set()
        met = names.intersection(self.selection.articles)
        self._met |= met
        return bool(met) or not self.selection.articles


def _of_pages(issue: Issue, chosen: Sequence[Article], pages: Container[int]) -> Issue:
    known = {a.id for a in chosen}
    return replace(
        issue,
        articles=tuple(chosen),
        pages=tuple(p for p in issue.pages if p.number in pages),
        waiting=tuple(w for w in issue.waiting if w.article in known),
    )


def _names(entry: IssueEntry) -> set[str]:
    """An issue's name, and that of its folder in every export."""
    return {entry.name, entry.folder.name}


def _unknown(what: str, name: str, known: Iterable[str]) -> UsageError:
    near = get_close_matches(name, list(known), n=3, cutoff=0.4)
    hint = f"Near to it: {', '.join(near)}." if near else "See what is there: banmian status WORK"
    return UsageError(f"The workspace holds no {what} {name}.", hint)


def selected(things: Iterable[T], take: Callable[[T], U | None], sieve: Selector) -> Iterator[U]:
    """What `take`, of the sieve, leaves of each thing, one in memory at a time; raises UsageError at the end as
    `settle` does.
    """
    for thing in things:
        chosen = take(thing)
        if chosen is not None:
            yield chosen
    sieve.settle()
