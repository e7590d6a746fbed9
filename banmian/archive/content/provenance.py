"""Who made the text of an issue what it is: readers, passes and people, with what each did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cleanup.article import Article, Issue
from cleanup.edit import ORDER, Edit, Pass
from cleanup.ledger import Entry, Signature


@dataclass(frozen=True, slots=True)
class PassWork:
    """A pass, and how many of its edits are in force."""

    by: Pass
    edits: int


@dataclass(frozen=True, slots=True)
class PersonWork:
    """A person, how many decisions of theirs stand, and when the first and the last of these was made, UTC."""

    person: str
    decisions: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """The passes, in the order in which they run, and the people, by name."""

    passes: tuple[PassWork, ...]
    people: tuple[PersonWork, ...]


def provenance_of(issue: Issue) -> Provenance:
    """What passes and people did to the articles of the issue."""
    counts = Counter(edit.by for a in issue.articles for _, _, edit in a.clean.resolution.applied)
    signed: dict[str, list[str]] = {}
    for signature in _signatures(issue):
        signed.setdefault(signature.person, []).append(signature.time)
    return Provenance(
        tuple(PassWork(by, counts[by]) for by in (*ORDER, Pass.PERSON) if counts[by]),
        tuple(PersonWork(who, len(times), min(times), max(times)) for who, times in sorted(signed.items())),
    )


def responsible(article: Article, edit: Edit) -> tuple[Pass, str | None]:
    """The pass that proposed the edit, and the person who accepted or wrote it; None where a rule did."""
    signature = _signature(article.ledger[edit.id])
    return edit.by, signature.person if signature else None


def _signatures(issue: Issue) -> Iterator[Signature]:
    for article in issue.articles:
        yield from filter(None, map(_signature, article.ledger))


def _signature(entry: Entry) -> Signature | None:
    return entry.decision.by if entry.decision else None
