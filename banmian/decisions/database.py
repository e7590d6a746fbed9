"""The review's tables in the workspace's own file: opened, read, and changed in transactions that are on the disk.

SQLite's write-ahead log lets a run and several servers have the file open at once. Every commit waits for the disk
(synchronous = FULL). The review's SQL is in this module, `banmian.decisions.record` and `banmian.decisions.tables`.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from banmian.errors import StorageFailed
from banmian.store.display_path import quoted, shown
from layout.errors import WorkspaceUnusable

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


class ReviewDatabase:
    """The file, opened. Safe to use from several threads, one at a time."""

    def __init__(self, connection: sqlite3.Connection, file: Path, *, empty: bool = False) -> None:
        self._connection = connection
        self._file = file
        self._lock = threading.RLock()
        self.empty = empty
        """Whether nobody has reviewed the workspace: it has no tables of the review, and is only read."""

    @classmethod
    def open(cls, root: Path) -> ReviewDatabase:
        """The workspace's file, to be added to; the tables are made where there are none."""
        file = root / _FILE
        if not file.is_file():
            remedy = f"Make one with: banmian run SCANS --workspace {quoted(root)}"
            raise WorkspaceUnusable(f"{shown(root)} is not a workspace: it holds no {_FILE}.", remedy)
        with contextlib.suppress(PermissionError):  # another's file; they alone can close it to others
            file.chmod(0o600)
        with _explained(file):
            connection = sqlite3.connect(file, isolation_level=None, timeout=30, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.executescript(_SCHEMA)
        return cls(connection, file)

    @classmethod
    def look(cls, root: Path) -> ReviewDatabase:
        """The workspace's file to be read."""
        file = root / _FILE
        with _explained(file):
            connection = _reading(file)
            made = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'review_decision'").fetchone()
        return cls(connection, file, empty=made is None)

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._connection.close()

    @contextlib.contextmanager
    def changing(self) -> Iterator[None]:
        """One transaction, all of it on the disk or nothing."""
        with self.locked():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else uses the file here meanwhile; what SQLite complains of is told in words."""
        with self._lock, _explained(self._file):
            yield

    def all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a query; none where nobody has reviewed the workspace."""
        if self.empty:
            return []
        with self.locked():
            return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, *values: object) -> int:
        """Does a statement within a transaction; the number of the row that it made."""
        return self._connection.execute(sql, values).lastrowid or 0

    def run_all(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Does a statement for each row, within a transaction."""
        self._connection.executemany(sql, rows)


def iso(time: datetime) -> str:
    """A time as the tables have it: ISO 8601, UTC, to the second."""
    return time.isoformat(timespec="seconds")


def iso_now() -> str:
    """The time now."""
    return iso(datetime.now(UTC))


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
