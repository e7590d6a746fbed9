"""The batch as the reviewer meets it: a card for each page with what waits there; filtered and sorted."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import msgspec

from banmian.decisions.actions.finish_page import Finished
from banmian.decisions.decision import PageBody
from banmian.decisions.team import PageReview, ProofState
from banmian.review.index import PageKey
from banmian.review.lost import LostState, lost_places
from banmian.review.shelf import OpenIssue, Shelf, counted_from
from banmian.review.suspects import THRESHOLD, below
from banmian.review.view import fault_told
from banmian.store.entries import PageEntry
from banmian.store.tasks import State
from cleanup.article import Article, ArticleKind, Role

_TITLE: Final = 80
"""Characters of a title that are searched."""
_LETTERS: Final = 2
"""Letters or hanzi of a title that names its page, at least."""

_UNTOUCHED: Final = PageReview()

STRETCH: Final = 60
"""Cards that go to the browser at a time."""


class Stage(StrEnum):
    """How far the review of a page is."""

    TROUBLE = "trouble"  # it failed, or ground under a decision has changed
    WORK = "work"  # something was decided
    OPEN = "open"  # nothing was decided yet
    PROOFREAD = "proofread"  # by one person
    VALIDATED = "validated"  # by a second one
    DONE = "done"
    UNREAD = "unread"  # the run has not come to it


class Counts(msgspec.Struct, frozen=True):
    """What was counted on a page.

    Characters of its articles, suspects, jumps that wait, decisions, changed ground; and `lost`, the places of lost
    text that are open, None where that was not counted.
    """

    characters: int = 0
    suspects: int = 0
    waiting: int = 0
    decisions: int = 0
    changed: int = 0
    title: str = ""
    lost: int | None = None
    titles: str = ""
    """The titles of all articles that begin on the page, a line each."""

    @property
    def rate(self) -> float:
        """Suspects per 10,000 characters."""
        return 10_000 * self.suspects / self.characters if self.characters else 0.0


@dataclass(frozen=True, slots=True)
class Card:
    """A page in the batch; without counts where nobody has counted yet."""

    key: PageKey
    issue: str
    entry: PageEntry
    stage: Stage
    counts: Counts | None
    review: PageReview = field(default_factory=PageReview)

    @property
    def lost(self) -> int:
        """Places of lost text that are open."""
        if self.counts is not None and self.counts.lost is not None:
            return self.counts.lost
        return 0 if self.entry.facts is None else len(self.entry.facts.lost)

    def told(self) -> dict[str, Any]:
        counts = self.counts
        facts = self.entry.facts
        return {
            "issue": self.key[0],
            "page": self.key[1],
            "name": self.issue,
            "shown": self.entry.shown,
            "stage": self.stage,
            "title": counts.title if counts else "",
            "rate": None if counts is None else round(counts.rate, 1),
            "suspects": None if counts is None else counts.suspects,
            "waiting": None if counts is None else counts.waiting,
            "lost": self.lost,
            "assigned": self.review.assigned,
            "questions": self.review.questions,
            "proof": self.review.state,
            "uncovered": None if facts is None else round(facts.uncovered, 4),
            "fault": fault_told(self.entry),
        }


_KEYS: Final[Mapping[str, Callable[[Card], tuple[Any, ...]]]] = {
    "order": lambda c: (),
    "suspects": lambda c: (-(c.counts.rate if c.counts else -1),),
    "lost": lambda c: (-c.lost,),
    "ink": lambda c: (-(c.entry.facts.uncovered if c.entry.facts else -1),),
    "jumps": lambda c: (-(c.counts.waiting if c.counts else -1),),
}
SORTS: Final = tuple(_KEYS)


@dataclass(frozen=True, slots=True)
class Look:
    """What the reviewer wants to see of the batch."""

    stage: Stage | None = None
    words: str = ""
    sort: str = "order"
    start: int = 0
    assigned: str = ""
    """The person to whom the pages are assigned; empty is anybody or nobody."""
    asked: bool = False
    """Whether only pages are shown on which a colleague is asked."""
    pages: frozenset[tuple[str, int]] | None = None
    """The pages to choose from, by issue and number; None is all of them."""

    def shows(self, card: Card) -> bool:
        if self.pages is not None and (card.issue, card.key[1]) not in self.pages:
            return False
        if self.assigned and card.review.assigned != self.assigned:
            return False
        return self.stage in (None, card.stage) and (not self.asked or card.review.questions > 0)


class Batch:
    """The batch's cards, counted in the background and kept in the workspace."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._kept: dict[tuple[str, int], tuple[str, Counts]] | None = None
        self._reviews: tuple[int, dict[tuple[str, int], PageReview]] = (-1, {})
        self._lock = threading.Lock()

    def view(self, look: Look, person: str = "") -> dict[str, Any]:
        """The stretch of cards that was asked for, with how many there are of each stage, of the person, and asked."""
        cards = self.cards()
        stages = Counter(c.stage for c in cards)
        chosen = _chosen(cards, look)
        shown = chosen[look.start : look.start + STRETCH]
        whole = Counter(c.issue for c in cards)
        done = Counter(c.issue for c in cards if c.stage is Stage.DONE)
        fresh = self._fresh({c.key[0] for c in shown})
        return {
            "total": len(chosen),
            "start": look.start,
            "stages": {s.value: stages[s] for s in Stage},
            "mine": sum(bool(person) and c.review.assigned == person for c in cards),
            "asked": sum(c.review.questions > 0 for c in cards),
            "cards": [
                {**c.told(), "fresh": c.key[0] in fresh, "of": {"n": whole[c.issue], "done": done[c.issue]}}
                for c in shown
            ],
            "counting": sum(c.counts is None and c.entry.state is State.DONE for c in cards),
        }

    def cards(self) -> list[Card]:
        """Every page's card, in the order of the batch."""
        issues = self._shelf.index.issues()
        kept, reviews = self._counts(), self.reviews()
        return [self._card(k, issues[k[0]].name, e, kept, reviews) for k, e in self._shelf.index.pages().items()]

    def _card(
        self,
        key: PageKey,
        name: str,
        entry: PageEntry,
        kept: Mapping[tuple[str, int], tuple[str, Counts]],
        reviews: Mapping[tuple[str, int], PageReview],
    ) -> Card:
        known = kept.get((name, key[1]))
        counts = None if known is None else known[1]
        review = reviews.get((name, key[1]), _UNTOUCHED)
        return Card(key, name, entry, _stage(entry, counts, review), counts, review)

    def _fresh(self, numbers: set[int]) -> set[int]:
        """The issues whose counts are of what is there now."""
        kept, lasts = self._counts(), self._shelf.record.lasts()
        now = {n: self._shelf.made_from(n, lasts) for n in numbers}
        counted = {name: made_from for (name, _), (made_from, _) in kept.items()}
        issues = self._shelf.index.issues()
        return {n for n, made_from in now.items() if n in issues and counted.get(issues[n].name) == made_from}

    def next_open(self, after: PageKey, person: str = "") -> PageKey | None:
        """The next page behind this one that waits for the person, from the start again where there is none behind.

        What others are to do does not wait for them, nor what they have proofread and a second person is to validate.
        """
        cards = self.cards()
        keys = [c.key for c in cards]
        at = keys.index(after) + 1 if after in keys else 0
        turned = cards[at:] + cards[: max(0, at - 1)]
        return next((c.key for c in turned if _waits_for(c, person)), None)

    def count(self, number: int) -> None:
        """Counts an issue anew where anything has changed since."""
        held = self._shelf.issue(number)
        if held is None:
            return
        made_from = counted_from(held.stamp, held.at)
        with self._lock:
            known = self._counts()
        pages = [n for i, n in self._shelf.index.pages() if i == number]
        if all(known.get((held.entry.name, n), ("",))[0] == made_from for n in pages):
            return
        with self._shelf.lock:
            counted = _counted(held, pages, Counter(self._decided(held)), self._lost(held))
        self._shelf.record.counts.keep(
            held.entry.name, made_from, {n: msgspec.json.encode(c).decode() for n, c in counted.items()}
        )
        with self._lock:
            self._counts().update({(held.entry.name, n): (made_from, c) for n, c in counted.items()})

    def _lost(self, held: OpenIssue) -> dict[int, int]:
        """The open places of lost text of each page that layout found any on."""
        found = {}
        for (issue, number), entry in self._shelf.index.pages().items():
            anew = held.decided is not None and number in held.decided.pages
            if issue != held.entry.id or entry.facts is None or not (entry.facts.lost or anew):
                continue
            page = self._shelf.page(entry, held)
            places = [] if page is None else lost_places(page, held.decided)
            found[number] = sum(p.state is LostState.OPEN for p in places)
        return found

    def _decided(self, held: OpenIssue) -> list[int]:
        """The page of each decision about its text or its make-up that stands."""
        decisions = self._shelf.record.decisions(held.entry.name)
        made = (d.body for d in decisions if d.undone is None)
        work = (b for b in made if isinstance(b, Finished) or not isinstance(b, PageBody))
        return [p for body in work for p in body.pages()]

    def _counts(self) -> dict[tuple[str, int], tuple[str, Counts]]:
        if self._kept is None:
            rows = self._shelf.record.counts.all().items()
            self._kept = {k: (m, msgspec.json.decode(t, type=Counts)) for k, (m, t) in rows}
        return self._kept

    def reviews(self) -> dict[tuple[str, int], PageReview]:
        """What the team said of each page, by issue and number."""
        last = self._shelf.record.last()
        if self._reviews[0] != last:
            self._reviews = (last, self._shelf.record.reviews())
        return self._reviews[1]


def _waits_for(card: Card, person: str) -> bool:
    if card.stage in (Stage.VALIDATED, Stage.DONE, Stage.UNREAD) or card.review.assigned not in ("", person):
        return False
    return not person or card.stage is not Stage.PROOFREAD or card.review.proofread_by != person


def _stage(entry: PageEntry, counts: Counts | None, review: PageReview) -> Stage:
    if entry.state is State.FAILED or (counts is not None and counts.changed):
        return Stage.TROUBLE
    if entry.state is not State.DONE:
        return Stage.UNREAD
    if review.done:
        return Stage.DONE
    if review.state is not ProofState.OPEN:
        return Stage(review.state)
    return Stage.WORK if counts is not None and counts.decisions else Stage.OPEN


def _chosen(cards: Sequence[Card], look: Look) -> list[Card]:
    """The cards that a look is for, in its order."""
    words = look.words.casefold()
    return sorted((c for c in cards if look.shows(c) and (not words or words in _searched(c))), key=_KEYS[look.sort])


def _searched(card: Card) -> str:
    return (
        f"{card.issue} {card.entry.shown} {card.counts.titles or card.counts.title if card.counts else ''}".casefold()
    )


def _counted(held: OpenIssue, pages: list[int], decided: Counter[int], lost: Mapping[int, int]) -> dict[int, Counts]:
    characters, suspects, waiting = Counter[int](), Counter[int](), Counter[int]()
    titles: dict[int, str] = {}
    every: dict[int, list[str]] = {}
    largest: dict[int, tuple[bool, float, int]] = {}
    assert held.decided is not None
    jumps = Counter(w.article for w in held.decided.issue.waiting)
    for article in held.decided.issue.articles:
        for source in article.lines:
            characters[source.page] += len(source.line.text)
        for suspect in below(held.suspects_of(article), THRESHOLD):
            suspects[suspect.page] += 1
        first = article.pages[0] if article.pages else 0
        waiting[first] += jumps[article.id]
        if article.title:
            every.setdefault(first, []).append(article.title[:_TITLE])
        if article.title and (rank := _headline_rank(article)) > largest.get(first, (False, 0.0, 0)):
            titles[first], largest[first] = article.title[:40], rank
    changed = Counter(c.ground.page for c in held.decided.changed)
    return {
        n: Counts(
            characters[n],
            suspects[n],
            waiting[n],
            decided[n],
            changed[n],
            titles.get(n, ""),
            lost.get(n, 0),
            "\n".join(every.get(n, [])),
        )
        for n in pages
    }


def _headline_rank(article: Article) -> tuple[bool, float, int]:
    """How well the article's title stands for its page: reports first, then by the type of the title and by length.

    An advert has the largest type of many pages, and a stroke of a picture may be read as a title of a mark or two.
    """
    sizes = (s.line.size or 0.0 for s in article.lines if s.role is Role.TITLE)
    report = article.kind is ArticleKind.ARTICLE and sum(map(str.isalpha, article.title or "")) >= _LETTERS
    return report, max(sizes, default=0.0), len(article.raw)
