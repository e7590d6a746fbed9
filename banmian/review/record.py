"""The record of decisions, in the workspace's own file: only ever added to, and on the disk before it is acknowledged.

SQLite's write-ahead log lets a run and several servers have the file open at once. Every commit waits for the disk
(synchronous = FULL). All SQL of the review is in this module.
"""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec

from banmian.review.decision import Body, Decision, Step, TakenBack, Wanted
from banmian.review.registry import PAGE_TAGS, AnyBody
from banmian.review.team import PageReview, reviews_of
from banmian.store.display_path import shown
from layout.errors import StorageFailed, WorkspaceUnusable

_FILE: Final = "workspace.sqlite"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS review_decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  issue TEXT NOT NULL,
  article TEXT NOT NULL,
  person TEXT NOT NULL,
  time TEXT NOT NULL,
  batch TEXT NOT NULL,       -- decisions of one batch are undone together
  ticket TEXT NOT NULL,      -- of the request: one that is sent again is not done again
  body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS review_issue ON review_decision (issue, id);
CREATE INDEX IF NOT EXISTS review_ticket ON review_decision (ticket);
CREATE TABLE IF NOT EXISTS review_revision (
  issue TEXT NOT NULL,
  article TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (issue, article)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS review_count (
  issue TEXT NOT NULL,
  page INTEGER NOT NULL,
  made_from TEXT NOT NULL,   -- what the counts were made from: they are counted anew where it has changed
  counts TEXT NOT NULL,
  PRIMARY KEY (issue, page)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS review_metadata (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file TEXT NOT NULL,        -- the metadata.toml
  key TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  person TEXT NOT NULL,
  time TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS review_checked (
  issue TEXT NOT NULL,       -- empty: all pages
  char TEXT NOT NULL,
  place TEXT NOT NULL,       -- of one glyph; empty: all glyphs of the character
  glyphs INTEGER NOT NULL,   -- how many there were
  person TEXT NOT NULL,
  time TEXT NOT NULL,
  PRIMARY KEY (issue, char, place)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS review_secret (
  secret BLOB NOT NULL       -- by which a page knows this workspace's server again
);
CREATE TABLE IF NOT EXISTS review_session (
  digest TEXT PRIMARY KEY,   -- of the key in the reviewer's browser, which itself is written nowhere
  person TEXT NOT NULL,
  time TEXT NOT NULL
) WITHOUT ROWID;
"""
SESSION_HOURS: Final = 24
"""How long after entering a reviewer gets in again without a new address."""
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
    """By issue and article: articles of two issues may bear the same id."""


@dataclass(frozen=True, slots=True)
class CheckedGlyphs:
    """Glyphs of a character that were looked through: all of an issue, of all pages (no issue), or one at its place."""

    issue: str
    char: str
    place: str
    glyphs: int
    """How many there were."""
    person: str = ""


@dataclass(frozen=True, slots=True)
class MetadataChange:
    """A value of a metadata.toml as it was and as a person made it; empty where there is none. ISO 8601, UTC."""

    file: str
    key: str
    before: str
    after: str
    person: str
    time: str


class Record:
    """The decisions of a workspace. Safe to use from several threads."""

    def __init__(self, database: sqlite3.Connection, file: Path, *, empty: bool = False) -> None:
        self._db = database
        self._file = file
        self._lock = threading.RLock()
        self._empty = empty
        self._logs: dict[str, list[Decision]] = {}

    @classmethod
    def open(cls, root: Path) -> Record:
        """The record of the workspace, to be added to; its tables are made where there are none."""
        file = root / _FILE
        if not file.is_file():
            remedy = f"Make one with: banmian run SCANS --workspace {shown(root)}"
            raise WorkspaceUnusable(f"{shown(root)} is not a workspace: it holds no {_FILE}.", remedy)
        with contextlib.suppress(PermissionError):  # another's file; they alone can close it to others
            file.chmod(0o600)
        with _explained(file):
            database = sqlite3.connect(file, isolation_level=None, timeout=30, check_same_thread=False)
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
            database.executescript(_SCHEMA)
        return cls(database, file)

    @classmethod
    def look(cls, root: Path) -> Record:
        """The record to be read; of a workspace that nobody has reviewed it is empty, and stays so."""
        file = root / _FILE
        with _explained(file):
            database = _reading(file)
            made = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'review_decision'").fetchone()
        return cls(database, file, empty=made is None)

    def close(self) -> None:
        with self._lock:
            self._db.close()

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
        with self._changing():
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
        with self._changing():
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
        time = _iso(datetime.now(UTC))
        text = msgspec.json.encode((want.touched, want.body)).decode()
        values = (want.issue, want.article, request.person, time, request.ticket, request.ticket, text)
        sql = "INSERT INTO review_decision (issue, article, person, time, batch, ticket, body) VALUES (?,?,?,?,?,?,?)"
        made = self._db.execute(sql, values).lastrowid or 0
        return Decision(made, want.issue, want.article, request.person, time, want.body, request.ticket)

    def _raise(self, issue: str, article: str) -> None:
        sql = "INSERT INTO review_revision VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET number = number + 1"
        self._db.execute(sql, (issue, article))

    def of_ticket(self, ticket: str) -> list[Decision]:
        """What was recorded under a ticket."""
        return self._rows("WHERE ticket = ? ORDER BY id", ticket)

    def _touched(self, decision: Decision) -> tuple[str, ...]:
        (text,) = self._db.execute("SELECT body FROM review_decision WHERE id = ?", (decision.id,)).fetchone()
        return tuple(msgspec.json.decode(text)[0])

    # Asking

    def decisions(self, issue: str, until: int | None = None) -> list[Decision]:
        """Every decision about the issue in its order, those undone marked so; who undid what is folded in.

        With `until` they are as they were when that decision was the last.
        """
        if self._empty:
            return []
        with self._lock, _explained(self._file):
            log = self._logs.setdefault(issue, [])  # what was read once never changes
            log += self._rows("WHERE issue = ? AND id > ? ORDER BY id", issue, log[-1].id if log else 0)
            return folded(log if until is None else [d for d in log if d.id <= until])

    def all(self) -> Iterator[Decision]:
        """The same of every issue."""
        for (issue,) in [] if self._empty else self._all("SELECT DISTINCT issue FROM review_decision ORDER BY issue"):
            yield from self.decisions(issue)

    def people(self) -> list[str]:
        """Everybody who decided anything."""
        return [] if self._empty else [n for (n,) in self._all("SELECT DISTINCT person FROM review_decision")]

    def revision(self, issue: str, article: str) -> int:
        """How often the article was changed by decisions."""
        sql = "SELECT number FROM review_revision WHERE issue = ? AND article = ?"
        rows = self._all(sql, issue, article)
        return int(rows[0][0]) if rows else 0

    def revisions(self, issue: str) -> dict[str, int]:
        """The revision of every article that anything was decided about."""
        return dict(self._all("SELECT article, number FROM review_revision WHERE issue = ?", issue))

    def last(self, issue: str | None = None) -> int:
        """The number of the last decision, of an issue or of all; 0 where there is none."""
        if self._empty:
            return 0
        sql = "SELECT coalesce(max(id), 0) FROM review_decision WHERE ? IS NULL OR issue = ?"
        return int(self._all(sql, issue, issue)[0][0])

    def lasts(self) -> dict[str, int]:
        """The number of the last decision of each issue that anything was decided about."""
        if self._empty:
            return {}
        return dict(self._all("SELECT issue, max(id) FROM review_decision GROUP BY issue"))

    def since(self, number: int) -> list[tuple[int, str, str, str]]:
        """The decisions after a number: number, issue, article, person."""
        sql = "SELECT id, issue, article, person FROM review_decision WHERE id > ? ORDER BY id LIMIT 500"
        return [(int(i), str(n), str(a), str(p)) for i, n, a, p in self._all(sql, number)]

    def reviews(self) -> dict[tuple[str, int], PageReview]:
        """What the team said of each page of which it said anything, by issue and number."""
        sql = f"SELECT DISTINCT issue FROM review_decision WHERE {_OF_TEAM}"
        issues = [] if self._empty else self._all(sql)
        return {(n, page): r for (n,) in issues for page, r in reviews_of(self.decisions(n)).items()}

    def finished(self) -> dict[tuple[str, int], bool]:
        """The pages that were ever marked, by issue and number: whether they are done now."""
        return {key: review.done for key, review in self.reviews().items()}

    # Counts, which can always be made again

    def counts(self) -> dict[tuple[str, int], tuple[str, str]]:
        """What was counted of each page: what it was made from, and the counts as JSON."""
        rows = self._all("SELECT issue, page, made_from, counts FROM review_count")
        return {(issue, page): (made_from, counts) for issue, page, made_from, counts in rows}

    def keep_counts(self, issue: str, made_from: str, counts: Mapping[int, str]) -> None:
        rows = [(issue, page, made_from, text) for page, text in counts.items()]
        with self._changing():
            self._db.executemany("INSERT OR REPLACE INTO review_count VALUES (?, ?, ?, ?)", rows)

    # Metadata

    def note_metadata(self, changes: Sequence[MetadataChange]) -> None:
        """Notes changes of metadata, at this time; they are on the disk when this returns."""
        time = _iso(datetime.now(UTC))
        rows = [(c.file, c.key, c.before, c.after, c.person, time) for c in changes]
        sql = "INSERT INTO review_metadata (file, key, before, after, person, time) VALUES (?, ?, ?, ?, ?, ?)"
        with self._changing():
            self._db.executemany(sql, rows)

    def metadata_changes(self) -> list[MetadataChange]:
        """Every change of metadata, the last first."""
        sql = "SELECT file, key, before, after, person, time FROM review_metadata ORDER BY id DESC"
        return [MetadataChange(*row) for row in self._all(sql)]

    # Glyphs that were looked through

    def check_glyphs(self, marks: Sequence[CheckedGlyphs], person: str, *, checked: bool) -> None:
        """Notes that a person has looked these through, or takes that back; it is on the disk when this returns."""
        time = _iso(datetime.now(UTC))
        with self._changing():
            for m in marks:
                sql = "DELETE FROM review_checked WHERE issue = ? AND char = ? AND place = ?"
                self._db.execute(sql, (m.issue, m.char, m.place))
                if checked:
                    row = (m.issue, m.char, m.place, m.glyphs, person, time)
                    self._db.execute("INSERT INTO review_checked VALUES (?, ?, ?, ?, ?, ?)", row)

    def checked_glyphs(self) -> list[CheckedGlyphs]:
        """All that was looked through."""
        rows = self._all("SELECT issue, char, place, glyphs, person FROM review_checked")
        return [CheckedGlyphs(*row) for row in rows]

    # Sessions

    def secret(self) -> bytes:
        """The workspace's secret, made when it is first asked for."""
        with self._changing():
            row = self._db.execute("SELECT secret FROM review_secret").fetchone()
            if row is None:
                row = (secrets.token_bytes(32),)
                self._db.execute("INSERT INTO review_secret VALUES (?)", row)
        return bytes(row[0])

    def drop_session(self, digest: str) -> None:
        """Forgets who entered."""
        with self._changing():
            self._db.execute("DELETE FROM review_session WHERE digest = ?", (digest,))

    def keep_session(self, digest: str, person: str) -> None:
        """Notes who entered; what is older than a day is forgotten."""
        now = datetime.now(UTC)
        with self._changing():
            self._db.execute("DELETE FROM review_session WHERE time < ?", (_iso(now - timedelta(hours=SESSION_HOURS)),))
            self._db.execute("INSERT OR REPLACE INTO review_session VALUES (?, ?, ?)", (digest, person, _iso(now)))

    def sessions(self) -> dict[str, str]:
        """The name of each session that goes on, by its digest."""
        since = _iso(datetime.now(UTC) - timedelta(hours=SESSION_HOURS))
        return dict(self._all("SELECT digest, person FROM review_session WHERE time >= ?", since))

    # SQLite

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        """One transaction, all of it on the disk or nothing."""
        with self._lock, _explained(self._file):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _rows(self, where: str, *values: object) -> list[Decision]:
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM review_decision {where}", values)
        return [Decision(i, n, a, p, t, _body(text), g) for i, n, a, p, t, g, text in rows]

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock, _explained(self._file):
            return self._db.execute(sql, values).fetchall()


def _iso(time: datetime) -> str:
    return time.isoformat(timespec="seconds")


def folded(log: Sequence[Decision]) -> list[Decision]:
    """The decisions without the steps back and forth, each marked where the last step took it back."""
    found = {d.id: d for d in log if not isinstance(d.body, TakenBack)}
    for step in log:
        if isinstance(step.body, TakenBack):
            for name in step.body.of:
                if name in found:
                    found[name] = replace(found[name], undone=None if step.body.again else (step.person, step.time))
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


def _reading(file: Path) -> sqlite3.Connection:
    """A connection that changes nothing; of a folder that cannot be written to as well."""
    uri = file.absolute().as_uri()
    try:
        database = sqlite3.connect(f"{uri}?mode=ro", uri=True, isolation_level=None, timeout=30)
        database.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        database = sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return database


@contextlib.contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as e:
        remedy = "Look at the disk (df -h) and at the folder's rights, then try again."
        raise StorageFailed(f"{shown(file)} could not be used: {e}", remedy) from e
    except sqlite3.DatabaseError as e:
        raise WorkspaceUnusable(f"{shown(file)} is damaged: {e}", "Restore it from a backup.") from e
