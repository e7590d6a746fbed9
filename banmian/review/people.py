"""Who did what: a row for each person, and each person's decisions, the last first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from banmian.decisions.actions.finish_page import Finished
from banmian.decisions.actions.judge import Judged
from banmian.decisions.actions.mark_page import PageMarked
from banmian.decisions.actions.sample import Sampled
from banmian.decisions.actions.type_text import Written
from banmian.decisions.decision import Decision
from banmian.decisions.registry import did
from banmian.decisions.team import ProofState
from banmian.review.index import Index

MOST: Final = 300
"""Decisions that are shown of a person."""


@dataclass(frozen=True, slots=True)
class Person:
    """What a person has done that still stands.

    All decisions, those that corrected text, lines sampled, pages done, pages proofread or validated.
    """

    name: str
    decisions: int
    corrected: int
    sampled: int
    pages: int
    proofread: int
    last: str


def people(decisions: Iterable[Decision]) -> list[Person]:
    """Everybody who decided, the busiest first."""
    counts: dict[str, Counter[str]] = {}
    last: dict[str, str] = {}
    for decision in decisions:
        if decision.undone is not None:
            continue
        mine = counts.setdefault(decision.person, Counter())
        mine["all"] += 1
        mine["corrected"] += isinstance(decision.body, Written | Judged)
        mine["sampled"] += isinstance(decision.body, Sampled)
        mine["pages"] += isinstance(decision.body, Finished) and decision.body.done
        mine["proofread"] += isinstance(decision.body, PageMarked) and decision.body.state is not ProofState.OPEN
        last[decision.person] = decision.time
    found = [
        Person(n, c["all"], c["corrected"], c["sampled"], c["pages"], c["proofread"], last[n][:16].replace("T", " "))
        for n, c in counts.items()
    ]
    return sorted(found, key=lambda p: -p.decisions)


def told(decisions: Sequence[Decision], index: Index, who: str) -> list[dict[str, Any]]:
    """A person's decisions for the eye, the last first, each with the address of its page."""
    numbers = {entry.name: number for number, entry in index.issues().items()}
    mine = [d for d in decisions if d.person == who]
    return [_row(d, numbers) for d in sorted(mine, key=lambda d: -d.id)[:MOST]]


def _row(decision: Decision, numbers: Mapping[str, int]) -> dict[str, Any]:
    page = min(decision.body.pages(), default=0)
    number = numbers.get(decision.issue)
    before, after = decision.body.told()
    return {
        "time": decision.time[:16].replace("T", " "),
        "issue": decision.issue,
        "page": page,
        "address": f"/page/{number}/{page}" if number is not None and page else "",
        "did": did(type(decision.body)),
        "before": before,
        "after": after,
        "undone": decision.undone is not None,
    }
