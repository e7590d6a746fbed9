"""What a team says of a page: how often it was proofread, whose it is, and the comments on it."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from banmian.decisions.decision import Decision, Ground, PageBody


class ProofState(StrEnum):
    """How often a page was proofread: not yet, by one person, and by a second one who validated it."""

    OPEN = "open"
    PROOFREAD = "proofread"
    VALIDATED = "validated"


@dataclass(frozen=True, slots=True)
class PageNote:
    """A comment with its answers: who wrote it and when (ISO 8601, UTC), and who has settled it, empty if nobody."""

    id: int
    person: str
    time: str
    text: str
    ask: bool = False
    ground: Ground | None = None
    start: int = 0
    end: int = 0
    answers: tuple[PageNote, ...] = ()
    settled: str = ""

    @property
    def waits(self) -> bool:
        """Whether a colleague is asked who has not answered by settling it."""
        return self.ask and not self.settled


@dataclass(frozen=True, slots=True)
class PageReview:
    """The review of a page: its proof state and by whom, whether it is done, whose it is, its comments by number."""

    state: ProofState = ProofState.OPEN
    proofread_by: str = ""
    validated_by: str = ""
    done: bool = False
    assigned: str = ""
    notes: Mapping[int, PageNote] = field(default_factory=dict)

    @property
    def questions(self) -> int:
        """Comments by which a colleague is asked, and that nobody has settled."""
        return sum(note.waits for note in self.notes.values())

    def refusal(self, state: ProofState, person: str) -> str | None:
        """Why the person cannot mark the page so, as a key of the interface's words; None where that can be done."""
        if state is ProofState.OPEN:
            return "no_change" if self.state is ProofState.OPEN and not self.done else None
        if state is ProofState.PROOFREAD:
            return None if self.state is ProofState.OPEN else "no_change"
        if self.state is ProofState.OPEN:
            return "not_proofread"
        if self.state is ProofState.VALIDATED:
            return "no_change"
        return "second_person" if self.proofread_by == person else None

    def with_mark(self, state: ProofState, person: str) -> PageReview:
        """The review after a mark; one that the person cannot make changes nothing."""
        if self.refusal(state, person) is not None:
            return self
        if state is ProofState.OPEN:
            return replace(self, state=state, proofread_by="", validated_by="", done=False)
        if state is ProofState.PROOFREAD:
            return replace(self, state=state, proofread_by=person)
        return replace(self, state=state, validated_by=person)


def reviews_of(decisions: Iterable[Decision]) -> dict[int, PageReview]:
    """The review of each page of an issue of which the team said anything, by the decisions that stand."""
    found: dict[int, PageReview] = {}
    for decision in decisions:
        body = decision.body
        if decision.undone is None and isinstance(body, PageBody):
            found[body.page] = body.review_after(found.get(body.page, PageReview()), decision)
    return found


class Presence:
    """Who has which page open now, by the connections over which they hear of decisions. Safe to use from threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._here: dict[tuple[int, int], Counter[str]] = {}

    @contextlib.contextmanager
    def at(self, key: tuple[int, int], person: str) -> Iterator[None]:
        """A person is on a page, the issue's number and its own, while this lasts."""
        with self._lock:
            self._here.setdefault(key, Counter())[person] += 1
        try:
            yield
        finally:
            with self._lock:
                self._here[key][person] -= 1
                if not +self._here[key]:
                    del self._here[key]

    def on(self, key: tuple[int, int]) -> list[str]:
        """The people on a page, by name."""
        with self._lock:
            return sorted(+self._here.get(key, Counter()))
