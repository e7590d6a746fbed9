"""The record of decisions: only ever added to, and on the disk before it is acknowledged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from banmian.decisions.database import ReviewDatabase, iso_now
from banmian.decisions.decision import Body, Decision, Step, TakenBack, Wanted
from banmian.decisions.registry import PAGE_TAGS, AnyBody
from banmian.decisions.tables import CheckedTable, CountTable, MetadataTable, SessionTable
from banmian.decisions.team import PageReview, reviews_of
from layout.errors import WorkspaceUnusable

_OF_TEAM: Final = " OR ".join(f'body LIKE \'%"type":"{tag}"%\'' for tag in PAGE_TAGS)
_COLUMNS: Final = "id, issue, article, person, time, batch, body"


class Stale(Exception):
    """Someone else has decided about an article meanwhile."""

    def __init__(self, article: str, revision: int) -> None:
        super().__init__(f"{article} is at revision {revision}")
        self.article = article
        self.revision = revision


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, under which ticket, and which revision of each article that person has seen."""

    person: str
    ticket: str
    seen: Mapping[tuple[str, str], int]
    """The revisions seen, by issue and article: articles of two issues may bear the same id."""


class Record:
    """The decisions of a workspace, with the other tables of its review. Safe to use from several threads."""

    def __init__(self, database: ReviewDatabase) -> None:
        self._database = database
        self._logs: dict[str, list[Decision]] = {}
        self.counts = CountTable(database)
        self.metadata = MetadataTable(database)
        self.checked = CheckedTable(database)
        self.sessions = SessionTable(database)

    @classmethod
    def open(cls, root: Path) -> Record:
        """The record of the workspace, to be added to; its tables are made where there are none."""
        return cls(ReviewDatabase.open(root))

    @classmethod
    def look(cls, root: Path) -> Record:
        """The record to be read; of a workspace that nobody has reviewed it is empty, and stays so."""
        return cls(ReviewDatabase.look(root))

    def close(self) -> None:
        """Closes the file."""
        self._database.close()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Adding

    def add(self, wanted: Sequence[Wanted], request: Request) -> list[Decision]:
        """Records the decisions, all or none; they are on the disk when this returns.

        Raises Stale where an article has gone on from the revision that the person has seen. A request that was
        recorded before gives what was recorded then.
        """
        with self._database.changing():
            if known := self.of_ticket(request.ticket):
                return known
            for want in wanted:
                self._check(want, request.seen)
            made = [self._insert(want, request) for want in wanted]
            for issue, article in {(w.issue, a): None for w in wanted for a in w.touched}:
                self._raise(issue, article)
        return made

    def step(self, issue: str, step: Step, request: Request, only: str | None = None) -> list[Decision]:
        """Undoes or does again what this person decided last in the issue: the decisions concerned, none at an end.

        With `only` nothing is done unless that is the group concerned.
        """
        with self._database.changing():
            if self.of_ticket(request.ticket):
                return []
            log = self._rows("WHERE issue = ? AND person = ? ORDER BY id", issue, request.person)
            group = _next_group(log, step)
            if only is not None and group != only:
                return []
            concerned = [d for d in log if d.group == group and not isinstance(d.body, TakenBack)] if group else []
            if concerned:
                body = TakenBack(tuple(d.id for d in concerned), step is Step.REDO)
                self._insert(Wanted(issue, concerned[0].article, body), request)
                for article in {a for d in concerned for a in self._touched(d)}:
                    self._raise(issue, article)
        return concerned

    def _check(self, want: Wanted, seen: Mapping[tuple[str, str], int]) -> None:
        for article in want.touched:
            now = self.revision(want.issue, article)
            known = seen.get((want.issue, article))
            if known != now and (known is not None or article == want.article):
                raise Stale(article, now)

    def _insert(self, want: Wanted, request: Request) -> Decision:
        time = iso_now()
        text = msgspec.json.encode((want.touched, want.body)).decode()
        values = (want.issue, want.article, request.person, time, request.ticket, request.ticket, text)
        sql = "INSERT INTO review_decision (issue, article, person, time, batch, ticket, body) VALUES (?,?,?,?,?,?,?)"
        made = self._database.run(sql, *values)
        return Decision(made, want.issue, want.article, request.person, time, want.body, request.ticket)

    def _raise(self, issue: str, article: str) -> None:
        sql = "INSERT INTO review_revision VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET number = number + 1"
        self._database.run(sql, issue, article)

    def of_ticket(self, ticket: str) -> list[Decision]:
        """What was recorded under a ticket."""
        return self._rows("WHERE ticket = ? ORDER BY id", ticket)

    def _touched(self, decision: Decision) -> tuple[str, ...]:
        rows = self._database.all("SELECT body FROM review_decision WHERE id = ?", decision.id)
        return tuple(msgspec.json.decode(rows[0][0])[0])

    # Asking

    def decisions(self, issue: str, until: int | None = None) -> list[Decision]:
        """Every decision about the issue in its order, those undone marked so; who undid what is folded in.

        With `until` they are as they were when that decision was the last.
        """
        with self._database.locked():
            log = self._logs.setdefault(issue, [])  # what was read once never changes
            log += self._rows("WHERE issue = ? AND id > ? ORDER BY id", issue, log[-1].id if log else 0)
            return folded(log if until is None else [d for d in log if d.id <= until])

    def all(self) -> Iterator[Decision]:
        """The same of every issue."""
        for (issue,) in self._database.all("SELECT DISTINCT issue FROM review_decision ORDER BY issue"):
            yield from self.decisions(issue)

    def people(self) -> list[str]:
        """Everybody who decided anything."""
        return [n for (n,) in self._database.all("SELECT DISTINCT person FROM review_decision")]

    def revision(self, issue: str, article: str) -> int:
        """How often the article was changed by decisions."""
        sql = "SELECT number FROM review_revision WHERE issue = ? AND article = ?"
        rows = self._database.all(sql, issue, article)
        return int(rows[0][0]) if rows else 0

    def revisions(self, issue: str) -> dict[str, int]:
        """The revision of every article that anything was decided about."""
        return dict(self._database.all("SELECT article, number FROM review_revision WHERE issue = ?", issue))

    def last(self, issue: str | None = None) -> int:
        """The number of the last decision, of an issue or of all; 0 where there is none."""
        sql = "SELECT coalesce(max(id), 0) FROM review_decision WHERE ? IS NULL OR issue = ?"
        return sum(int(last) for (last,) in self._database.all(sql, issue, issue))

    def lasts(self) -> dict[str, int]:
        """The number of the last decision of each issue that anything was decided about."""
        return dict(self._database.all("SELECT issue, max(id) FROM review_decision GROUP BY issue"))

    def since(self, number: int) -> list[tuple[int, str, str, str]]:
        """The decisions after a number: number, issue, article, person."""
        sql = "SELECT id, issue, article, person FROM review_decision WHERE id > ? ORDER BY id LIMIT 500"
        return [(int(i), str(n), str(a), str(p)) for i, n, a, p in self._database.all(sql, number)]

    def reviews(self) -> dict[tuple[str, int], PageReview]:
        """What the team said of each page of which it said anything, by issue and number."""
        sql = f"SELECT DISTINCT issue FROM review_decision WHERE {_OF_TEAM}"
        issues = [n for (n,) in self._database.all(sql)]
        return {(n, page): r for n in issues for page, r in reviews_of(self.decisions(n)).items()}

    def finished(self) -> dict[tuple[str, int], bool]:
        """The pages that were ever marked, by issue and number: whether they are done now."""
        return {key: review.done for key, review in self.reviews().items()}

    def _rows(self, where: str, *values: object) -> list[Decision]:
        rows = self._database.all(f"SELECT {_COLUMNS} FROM review_decision {where}", *values)
        return [Decision(i, n, a, p, t, _body(text), g) for i, n, a, p, t, g, text in rows]


def folded(log: Sequence[Decision]) -> list[Decision]:
    """The decisions without the steps back and forth, each marked where the last step took it back."""
    steps = [(s, s.body) for s in log if isinstance(s.body, TakenBack)]
    if not steps:
        return list(log)
    found = {d.id: d for d in log if not isinstance(d.body, TakenBack)}
    for step, body in steps:
        for name in body.of:
            if name in found:
                found[name] = replace(found[name], undone=None if body.again else (step.person, step.time))
    return list(found.values())


def _next_group(log: Sequence[Decision], step: Step) -> str | None:
    """What undo or redo concerns: a new decision ends what could be done again."""
    done: list[str] = []
    undone: list[str] = []
    groups = {d.id: d.group for d in log}
    for decision in log:
        body = decision.body
        if not isinstance(body, TakenBack):
            if not done or done[-1] != decision.group:
                done.append(decision.group)
            undone.clear()
        elif body.again:
            undone.pop()
            done.append(groups[body.of[0]])
        else:
            done.pop()
            undone.append(groups[body.of[0]])
    stack = done if step is Step.UNDO else undone
    return stack[-1] if stack else None


_decode: Final = msgspec.json.Decoder(tuple[tuple[str, ...], AnyBody]).decode


def _body(text: str) -> Body:
    try:
        return _decode(text)[1]
    except msgspec.DecodeError as e:
        raise WorkspaceUnusable(
            f"The workspace holds a decision that cannot be read: {e}", "Use the Banmian that wrote it."
        ) from e
