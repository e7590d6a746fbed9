"""The index of a workspace's words: a file of SQLite that can always be made again from the articles."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from banmian.archive.content.labels import title_of
from banmian.archive.text.text import pieces
from banmian.decisions.decided import decided_issue
from banmian.decisions.record import Record
from banmian.errors import StorageFailed
from banmian.search.folding import folded
from banmian.search.printed import printed
from banmian.store.display_path import shown
from banmian.store.entries import IssueEntry
from banmian.store.tasks import State
from banmian.store.workspace import Workspace
from cleanup.article import Article

FILE: Final = "search.sqlite"
_FORM: Final = 1
"""Version of the index file; a file of another version is made again."""
_WAIT: Final = 600
"""Seconds to wait for another process that is writing the index."""
_CACHE: Final = 65_536
"""Memory for pages of the file, in KiB."""
_SCHEMA: Final = (
    "CREATE TABLE issue (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL)",
    """CREATE TABLE article (
        id INTEGER PRIMARY KEY, issue INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, date TEXT,
        title TEXT NOT NULL, printed BLOB NOT NULL)""",
    "CREATE INDEX article_issue ON article (issue)",
    "CREATE VIRTUAL TABLE words USING fts5 (head, body, tokenize = 'trigram case_sensitive 1')",
    "CREATE VIRTUAL TABLE trigrams USING fts5vocab (words, row)",
)
_END: Final = "\n\n"
"""End of each text, so that its last character and its last two begin a trigram as well."""

Progress = Callable[[int, int], None]
"""A function that is told how many issues of how many are taken in."""


@contextlib.contextmanager
def index_of(workspace: Workspace, told: Progress = lambda _done, _all: None) -> Iterator[sqlite3.Connection]:
    """The index of the workspace's finished issues; what changed since the last time is taken in first.

    A file that is damaged or of another form is made anew. Raises StorageFailed where it cannot be written.
    """
    file = workspace.root / FILE
    with _explained(file):
        database = opened(file)
        try:
            _bring_up_to_date(database, workspace, told)
            yield database
        finally:
            database.close()


def discard(workspace: Workspace) -> None:
    """Takes the index away; the next search makes a new one."""
    (workspace.root / FILE).unlink(missing_ok=True)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is not what was written; otherwise the disk or the file system is in the way."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)


def opened(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=_WAIT, isolation_level=None)
    database.execute(f"PRAGMA cache_size = -{_CACHE}")
    if _form(database) not in {0, _FORM}:
        database.close()
        file.unlink()
        return opened(file)
    if _form(database) == 0:
        with _writing(database):
            if _form(database) == 0:  # nobody else did it meanwhile
                for statement in _SCHEMA:
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {_FORM}")
    return database


def _form(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _bring_up_to_date(database: sqlite3.Connection, workspace: Workspace, told: Progress) -> None:
    entries = {entry.name: entry for entry in workspace.issues() if entry.state is State.DONE}
    stamps, known = _stamps(workspace.root, entries.values()), _known(database)
    for name in known.keys() - entries.keys():
        with _writing(database):
            _forget(database, name)
    stale = [name for name in entries if stamps[name] != known.get(name)]
    for at, name in enumerate(stale, start=1):
        with _writing(database):
            if stamps[name] != _known(database).get(name):  # nobody else did it meanwhile
                _forget(database, name)
                _take_in(database, entries[name], stamps[name])
        told(at, len(stale))


def _stamps(root: Path, entries: Iterable[IssueEntry]) -> dict[str, str]:
    """What changes with an issue's articles, by issue: the file that holds them, and the last decision about them."""
    with Record.look(root) as record:
        decided = record.lasts()
    return {entry.name: f"{_changed(entry.folder / 'issue.json')} {decided.get(entry.name, 0)}" for entry in entries}


def _changed(path: Path) -> str:
    try:
        facts = path.stat()
    except FileNotFoundError:
        return "gone"  # to take it in tells why
    return f"{facts.st_mtime_ns} {facts.st_size}"


def _known(database: sqlite3.Connection) -> dict[str, str]:
    return dict(database.execute("SELECT name, stamp FROM issue"))


def _forget(database: sqlite3.Connection, name: str) -> None:
    of_issue = "(SELECT id FROM article WHERE issue = (SELECT id FROM issue WHERE name = ?))"
    database.execute(f"DELETE FROM words WHERE rowid IN {of_issue}", (name,))
    database.execute(f"DELETE FROM article WHERE id IN {of_issue}", (name,))
    database.execute("DELETE FROM issue WHERE name = ?", (name,))


def _take_in(database: sqlite3.Connection, entry: IssueEntry, stamp: str) -> None:
    added = database.execute("INSERT INTO issue (name, stamp) VALUES (?, ?)", (entry.name, stamp))
    for article in pieces(decided_issue(entry)):
        add_article(database, int(added.lastrowid or 0), article)


def add_article(database: sqlite3.Connection, issue: int, article: Article) -> None:
    """Takes an article in under its issue's number."""
    text = printed(article)
    row = (issue, article.id, article.kind.value, article.date, title_of(article), text.packed())
    sql = "INSERT INTO article (issue, name, kind, date, title, printed) VALUES (?, ?, ?, ?, ?, ?)"
    number = database.execute(sql, row).lastrowid
    head, body = folded(text.text[: text.head]), folded(text.text[text.head :])
    database.execute("INSERT INTO words (rowid, head, body) VALUES (?, ?, ?)", (number, head + _END, body + _END))


@contextlib.contextmanager
def _writing(database: sqlite3.Connection) -> Iterator[None]:
    """One transaction: all of it is kept, or nothing."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


@contextlib.contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as e:
        remedy = (
            "The index of words lies there: look at the disk (df -h) and at the folder's rights, then search again."
        )
        raise StorageFailed(f"{shown(file)} could not be used: {e}", remedy) from e
