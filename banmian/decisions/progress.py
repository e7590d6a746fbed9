"""How far the review of a workspace is: decisions that stand, by whom, and pages that are done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from banmian.decisions.actions.finish_page import Finished
from banmian.decisions.actions.mark_page import PageMarked
from banmian.decisions.record import Record
from banmian.decisions.team import PageReview, ProofState


@dataclass(frozen=True, slots=True)
class Progress:
    """Decisions that stand, by person; the numbers of the pages that are done, and of those that were validated."""

    people: Counter[str] = field(default_factory=Counter)
    done: frozenset[int] = frozenset()
    validated: frozenset[int] = frozenset()

    @property
    def decisions(self) -> int:
        return self.people.total()


NONE = Progress()
"""The progress of an issue that nobody has decided about."""


def progress(root: Path) -> Mapping[str, Progress]:
    """The progress of every issue that was decided about, by its name; of a workspace without a review none."""
    people: dict[str, Counter[str]] = {}
    with Record.look(root) as record:
        for decision in record.all():
            if decision.undone is None and not isinstance(decision.body, Finished | PageMarked):
                people.setdefault(decision.issue, Counter())[decision.person] += 1
        reviews = record.reviews()
    names = dict.fromkeys((*people, *(name for name, _ in reviews)))
    return {n: Progress(people.get(n, Counter()), *_marked(reviews, n)) for n in names}


def _marked(reviews: Mapping[tuple[str, int], PageReview], issue: str) -> tuple[frozenset[int], frozenset[int]]:
    """The pages of an issue that are done, and those that were validated."""
    mine = {page: review for (name, page), review in reviews.items() if name == issue}
    validated = (n for n, r in mine.items() if r.state is ProofState.VALIDATED)
    return frozenset(n for n, r in mine.items() if r.done), frozenset(validated)
