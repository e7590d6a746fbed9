"""How far the review of a workspace is: decisions that stand, by whom, and pages that are done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from banmian.review.decision import Finished
from banmian.review.record import Record


@dataclass(frozen=True, slots=True)
class Progress:
    """Decisions that stand, by person, and the numbers of the pages that are done."""

    people: Counter[str] = field(default_factory=Counter)
    done: frozenset[int] = frozenset()

    @property
    def decisions(self) -> int:
        return self.people.total()


NONE = Progress()
"""Of an issue that nobody has decided about."""


def progress(root: Path) -> Mapping[str, Progress]:
    """The progress of every issue that was decided about, by its name; of a workspace without a review none."""
    people: dict[str, Counter[str]] = {}
    done: dict[str, set[int]] = {}
    with Record.look(root) as record:
        for decision in record.all():
            if decision.undone is not None:
                continue
            if isinstance(decision.body, Finished):
                pages = done.setdefault(decision.issue, set())
                (pages.add if decision.body.done else pages.discard)(decision.body.page)
            else:
                people.setdefault(decision.issue, Counter())[decision.person] += 1
    names = dict.fromkeys((*people, *done))
    return {n: Progress(people.get(n, Counter()), frozenset(done.get(n, ()))) for n in names}
