"""The workspace: a folder with one SQLite file that says what is done, and a folder for each page.

    DIR/workspace.sqlite                    states, attempts, errors, checksums, stage keys
    DIR/issues/NAME/issue.json              the issue's articles with their edits
    DIR/issues/NAME/pages/0001/layout.json  the page as laid out
    DIR/issues/NAME/pages/0001/page.json    the same page, read

This module holds all the SQL there is. Only one process writes: the one that holds the lock. SQLite's write-ahead
log wants a local disk; a network share will do for the scans, not for the workspace.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from banmian.batch.intake import FoundIssue, FoundScan, natural, shown
from banmian.batch.stage import Recipe, key
from banmian.batch.storage import make_folder, storage_failed, writing
from banmian.batch.task import (
    Facts,
    Fault,
    IntakeTask,
    IssueFacts,
    IssueTask,
    Kind,
    Lost,
    Outcome,
    PageFacts,
    PagePlace,
    PageTask,
    ScanFacts,
    State,
    Task,
    TaskId,
)
from layout.errors import StorageFailed, UsageError, WorkspaceUnusable

FORM: Final = 1
"""The version of the workspace; it grows when an older one can no longer be used as it is."""

ATTEMPTS: Final = 2
"""How often a task may lose its worker before it is set aside."""

_APPLICATION: Final = 0x42414E4D  # "BANM", in SQLite's header: the file tells what it is
_FILE: Final = "workspace.sqlite"
_PART: Final = f".{_FILE}.part"
_BEGUN: Final = frozenset({_PART, f"{_PART}-journal"})
"""What is left where the making of a workspace was broken off."""

_STEPS: Final = {Kind.INTAKE: 0, Kind.PAGE: 1, Kind.ISSUE: 2}
_KINDS: Final = {step: kind for kind, step in _STEPS.items()}
_FACTS: Final[dict[Kind, Any]] = {Kind.INTAKE: ScanFacts, Kind.PAGE: PageFacts, Kind.ISSUE: IssueFacts}
_ANEW: Final = "Name a new folder with --workspace; the scans are unharmed."

_SCHEMA: Final = f"""
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {FORM};
CREATE TABLE issue (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  folder TEXT NOT NULL UNIQUE,
  root BLOB NOT NULL,        -- the folder or file of its scans, as the system's bytes
  run INTEGER NOT NULL       -- the last run that named it
);
CREATE TABLE scan (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  place INTEGER NOT NULL,    -- from 0, in the order of the pages
  path BLOB NOT NULL,
  shown TEXT NOT NULL,
  PRIMARY KEY (issue, place)
) WITHOUT ROWID;
CREATE TABLE page (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  number INTEGER NOT NULL,   -- from 1
  place INTEGER NOT NULL,
  frame INTEGER NOT NULL,
  layout TEXT NOT NULL,      -- the key that the layout is to have
  laid TEXT,                 -- the key of the layout that lies in the page's folder
  PRIMARY KEY (issue, number)
) WITHOUT ROWID;
CREATE TABLE task (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  step INTEGER NOT NULL,     -- 0 intake of a file, 1 a page, 2 the issue
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  key TEXT NOT NULL,         -- what it is made from; once done, what it was made from
  attempts INTEGER NOT NULL DEFAULT 0,
  fault TEXT,
  facts TEXT,
  PRIMARY KEY (issue, step, number)
) WITHOUT ROWID;
CREATE INDEX task_turn ON task (state, issue, step, number);
CREATE INDEX task_gate ON task (issue, state, step);
"""

# A page waits until every file of its issue is taken in, an issue until every page is done or failed.
_NEXT: Final = """
SELECT t.issue, t.step, t.number FROM task t JOIN issue i ON i.id = t.issue
WHERE t.state = 'waiting' AND i.run = ? AND NOT EXISTS (
  SELECT 1 FROM task b WHERE b.issue = t.issue AND b.state IN ('waiting', 'working') AND b.step < t.step)
ORDER BY t.issue, t.step, t.number LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """An issue of the workspace; `state` is that of its articles."""

    id: int
    name: str
    folder: Path
    state: State
    fault: Fault | None
    facts: IssueFacts | None


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of the workspace: its place, its state and what it came to."""

    number: int
    shown: str
    path: Path
    frame: int
    folder: Path
    state: State
    attempts: int
    fault: Fault | None
    facts: PageFacts | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Pages by state; a file that is not yet taken in counts as one waiting page."""

    done: int = 0
    failed: int = 0
    waiting: int = 0
    working: int = 0

    @property
    def total(self) -> int:
        return self.done + self.failed + self.left

    @property
    def left(self) -> int:
        return self.waiting + self.working


class Workspace:
    """An open workspace. Use `make` for a run and `open` to look at one."""

    def __init__(self, root: Path, database: sqlite3.Connection) -> None:
        self.root = root
        self._db = database
        self._run = int(self._one("SELECT coalesce(max(run), 0) FROM issue")[0])

    @classmethod
    def make(cls, root: Path) -> Workspace:
        """The workspace at `root`, made where there is none; refuses a folder in which other things lie."""
        if root.exists() and not root.is_dir():
            raise WorkspaceUnusable(f"{shown(root)} is a file; a workspace is a folder.", _ANEW)
        if not (root / _FILE).exists():
            if root.exists() and any(p.name not in _BEGUN for p in root.iterdir()):
                raise WorkspaceUnusable(f"{shown(root)} is not a workspace, and not empty.", _ANEW)
            _create(root)
        return cls.open(root)

    @classmethod
    def open(cls, root: Path) -> Workspace:
        """The workspace at `root`; raises WorkspaceUnusable where there is none, or one of another version."""
        file = root / _FILE
        if not file.is_file():
            remedy = f"Make one with: banmian run SCANS --workspace {shown(root)}"
            raise WorkspaceUnusable(f"{shown(root)} is not a workspace: it holds no {_FILE}.", remedy)
        with _explained(file):
            database = _connect(file)
            _check_version(database, file)
            return cls(root, database)

    def close(self) -> None:
        with _explained(self.root / _FILE):
            self._db.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keeps every other run out; raises UsageError where one is at work. The lock ends with its process."""
        path = self.root / "lock"
        with contextlib.ExitStack() as stack:
            with writing(path):
                lock = stack.enter_context(open(path, "a+b"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as e:
                lock.seek(0)
                who = lock.read().decode() or "unknown"
                remedy = f"Wait for it, or look at it with: banmian status {shown(self.root)}"
                raise UsageError(f"{shown(self.root)} is in use by another run (process {who}).", remedy) from e
            with writing(path):
                lock.truncate(0)
                lock.write(str(os.getpid()).encode())
                lock.flush()
            yield

    # Planning

    def begin(self, found: Sequence[FoundIssue], recipe: Recipe, *, retry: bool = False) -> None:
        """Plans a run over the issues found: what is new, changed, or unfinished; what failed only where `retry`."""
        with self._changing():
            self._run += 1
            self._do("UPDATE task SET state = 'waiting' WHERE state = 'working'")
            for each in found:
                issue = self._enter(each)
                self._plan_intake(issue, each.scans, retry=retry)
                if not self._open(issue, Kind.INTAKE):
                    self._plan_pages(issue, recipe, retry=retry)

    def next_task(self) -> Task | None:
        """The next thing to do in this run, now marked as being worked on; None where all is done or in work."""
        with self._changing():
            row = self._db.execute(_NEXT, (self._run,)).fetchone()
            if row is None:
                return None
            task = self._task(TaskId(row[0], _KINDS[row[1]], row[2]))
            self._mark(task.id, State.WORKING)
            return task

    def release(self, task: Task) -> None:
        """Puts back a task that was not done, through no fault of its own."""
        with self._changing():
            self._mark(task.id, State.WAITING)

    def settle(self, task: Task, outcome: Outcome, recipe: Recipe, *, retry: bool = False) -> State:
        """Records what came of a task and plans what follows from it; gives the task's new state."""
        with self._changing():
            if isinstance(outcome, Lost):
                state = self._lose(task, outcome)
            elif isinstance(outcome, Fault):
                state = self._fail(task, outcome)
            else:
                state = self._finish(task, outcome)
            if state is not State.WAITING:
                self._follow(task.id, recipe, retry=retry)
            return state

    def _enter(self, found: FoundIssue) -> int:
        root = os.fsencode(found.root)
        row = self._db.execute("SELECT id, root FROM issue WHERE name = ?", (found.name,)).fetchone()
        if row is None:
            folder = self._folder_for(found.name)
            cursor = self._do(
                "INSERT INTO issue (name, folder, root, run) VALUES (?, ?, ?, ?)", found.name, folder, root, self._run
            )
            return int(cursor.lastrowid or 0)
        if row[1] != root and os.path.lexists(row[1]):
            before = shown(os.fsdecode(row[1]))
            raise UsageError(
                f"The workspace {shown(self.root)} has an issue {found.name} already, from {before}.",
                f"Rename one of the two folders, or run {shown(found.root)} with a workspace of its own.",
            )
        self._do("UPDATE issue SET run = ?, root = ? WHERE id = ?", self._run, root, row[0])
        return int(row[0])

    def _plan_intake(self, issue: int, scans: Sequence[FoundScan], *, retry: bool) -> None:
        for place, scan in enumerate(scans):
            path = os.fsencode(scan.path)
            self._do("INSERT OR REPLACE INTO scan VALUES (?, ?, ?, ?)", issue, place, path, scan.shown)
            self._aim(TaskId(issue, Kind.INTAKE, place), key(scan.path, scan.size, scan.changed), retry=retry)
        self._drop(issue, Kind.INTAKE, len(scans))

    def _plan_pages(self, issue: int, recipe: Recipe, *, retry: bool) -> None:
        number = 0
        for place, entry in enumerate(self._entries(issue, Kind.INTAKE)):
            facts = entry.facts if isinstance(entry.facts, ScanFacts) else None
            for frame in range(1 if facts is None else facts.pages):
                number += 1
                task = TaskId(issue, Kind.PAGE, number)
                layout = key(facts.sha512 if facts else entry.key, frame, number, recipe.layout)
                self._enter_page(task, place, frame, layout)
                if facts is None:
                    self._record(task, key("no intake", entry.key), entry.fault)
                else:
                    there = (self._page_folder(issue, number) / "page.json").exists()
                    self._aim(task, key(layout, recipe.reading), retry=retry, lost=not there)
        self._drop(issue, Kind.PAGE, number + 1)
        if not self._open(issue, Kind.PAGE):
            self._plan_issue(issue, recipe, retry=retry)

    def _plan_issue(self, issue: int, recipe: Recipe, *, retry: bool) -> None:
        name, folder = self._one("SELECT name, folder FROM issue WHERE id = ?", issue)
        pages = [(e.key, e.state, e.fault) for e in self._entries(issue, Kind.PAGE)]
        there = (self.root / "issues" / folder / "issue.json").exists()
        self._aim(TaskId(issue, Kind.ISSUE), key(name, recipe.cleanup, pages), retry=retry, lost=not there)

    def _follow(self, done: TaskId, recipe: Recipe, *, retry: bool) -> None:
        """What comes next, once the last task of a step is done."""
        if done.kind is Kind.ISSUE or self._open(done.issue, done.kind):
            return
        if done.kind is Kind.INTAKE:
            self._plan_pages(done.issue, recipe, retry=retry)
        else:
            self._plan_issue(done.issue, recipe, retry=retry)

    def _aim(self, task: TaskId, goal: str, *, retry: bool, lost: bool = False) -> None:
        """Sets the key that a task is to be made from; what was made from it, or failed on it, is left alone."""
        row = self._row(task)
        settled = row is not None and row.key == goal and {State.DONE: not lost, State.FAILED: not retry}.get(row.state)
        if settled:
            return
        self._do(
            "INSERT OR REPLACE INTO task (issue, step, number, state, key) VALUES (?, ?, ?, 'waiting', ?)",
            *_place(task),
            goal,
        )

    def _record(self, task: TaskId, made_from: str, fault: Fault | None) -> None:
        """A task that failed before it began: a page of a file that could not be taken in."""
        self._do(
            "INSERT OR REPLACE INTO task (issue, step, number, state, key, fault) VALUES (?, ?, ?, 'failed', ?, ?)",
            *_place(task),
            made_from,
            _encoded(fault),
        )
        self._forget_files(task)

    def _enter_page(self, task: TaskId, place: int, frame: int, layout: str) -> None:
        self._do(
            "INSERT INTO page (issue, number, place, frame, layout) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
            "place = excluded.place, frame = excluded.frame, layout = excluded.layout",
            task.issue,
            task.number,
            place,
            frame,
            layout,
        )

    def _drop(self, issue: int, kind: Kind, end: int) -> None:
        """Takes out what an issue no longer has: files and pages from `end` on."""
        for (number,) in self._all(
            "SELECT number FROM task WHERE issue = ? AND step = ? AND number >= ?", issue, _STEPS[kind], end
        ):
            if kind is Kind.PAGE:
                shutil.rmtree(self._page_folder(issue, number), ignore_errors=True)
        self._do("DELETE FROM task WHERE issue = ? AND step = ? AND number >= ?", issue, _STEPS[kind], end)
        table, column = ("scan", "place") if kind is Kind.INTAKE else ("page", "number")
        self._do(f"DELETE FROM {table} WHERE issue = ? AND {column} >= ?", issue, end)

    # Outcomes

    def _finish(self, task: Task, facts: Facts) -> State:
        self._do(
            "UPDATE task SET state = 'done', fault = NULL, facts = ? WHERE issue = ? AND step = ? AND number = ?",
            _encoded(facts),
            *_place(task.id),
        )
        if task.id.kind is Kind.PAGE:
            self._do("UPDATE page SET laid = layout WHERE issue = ? AND number = ?", task.id.issue, task.id.number)
        return State.DONE

    def _fail(self, task: Task, fault: Fault) -> State:
        self._do(
            "UPDATE task SET state = 'failed', facts = NULL, fault = ? WHERE issue = ? AND step = ? AND number = ?",
            _encoded(fault),
            *_place(task.id),
        )
        self._forget_files(task.id)
        return State.FAILED

    def _lose(self, task: Task, lost: Lost) -> State:
        """Counts an attempt; the last one sets the task aside."""
        self._do(
            "UPDATE task SET attempts = attempts + 1 WHERE issue = ? AND step = ? AND number = ?", *_place(task.id)
        )
        row = self._row(task.id)
        if row is not None and row.attempts < ATTEMPTS:
            self._mark(task.id, State.WAITING)
            return State.WAITING
        met = f"{task.shown} was set aside after {ATTEMPTS} attempts: {lost.reason}"
        return self._fail(
            task, Fault("PageFailed", met, "Look at the scan; try it again with: banmian run --retry failed")
        )

    def _forget_files(self, task: TaskId) -> None:
        """A failed page keeps no page.json of an earlier scan, a failed issue no issue.json."""
        if task.kind is Kind.PAGE:
            (self._page_folder(task.issue, task.number) / "page.json").unlink(missing_ok=True)
        elif task.kind is Kind.ISSUE:
            (self._issue_folder(task.issue) / "issue.json").unlink(missing_ok=True)

    # Asking

    def tally(self, *, run_only: bool = False) -> Tally:
        """Pages by state, of the whole workspace or of the issues of the last run."""
        rows = self._all(
            "SELECT t.state, sum(t.step = 1), sum(t.step = 0) FROM task t JOIN issue i ON i.id = t.issue "
            "WHERE (NOT ? OR i.run = ?) GROUP BY t.state",
            run_only,
            self._run,
        )
        pages = {State(state): n for state, n, _ in rows}
        files = {State(state): n for state, _, n in rows}
        return Tally(
            pages.get(State.DONE, 0),
            pages.get(State.FAILED, 0),
            pages.get(State.WAITING, 0) + files.get(State.WAITING, 0),
            pages.get(State.WORKING, 0) + files.get(State.WORKING, 0),
        )

    def issues(self, *, run_only: bool = False) -> list[IssueEntry]:
        """The issues in natural order of their names."""
        rows = self._all("SELECT id, name, folder FROM issue WHERE NOT ? OR run = ?", run_only, self._run)
        return [self._issue_entry(*row) for row in sorted(rows, key=lambda r: natural(r[1]))]

    def pages(self, issue: int) -> Iterator[PageEntry]:
        """The pages of an issue, by number."""
        tasks = {e.id.number: e for e in self._entries(issue, Kind.PAGE)}
        rows = self._all(
            "SELECT p.number, s.shown, s.path, p.frame FROM page p "
            "JOIN scan s ON s.issue = p.issue AND s.place = p.place WHERE p.issue = ? ORDER BY p.number",
            issue,
        )
        for number, name, path, frame in rows:
            e = tasks[number]
            facts = e.facts if isinstance(e.facts, PageFacts) else None
            folder = self._page_folder(issue, number)
            yield PageEntry(number, name, Path(os.fsdecode(path)), frame, folder, e.state, e.attempts, e.fault, facts)

    def _issue_entry(self, issue: int, name: str, folder: str) -> IssueEntry:
        row = self._row(TaskId(issue, Kind.ISSUE))
        state = State.WAITING if row is None or self._open(issue, Kind.PAGE) else row.state
        fault, facts = (row.fault, row.facts) if row else (None, None)
        whole = facts if isinstance(facts, IssueFacts) else None
        return IssueEntry(issue, name, self.root / "issues" / folder, state, fault, whole)

    # Tasks

    def _task(self, task: TaskId) -> Task:
        if task.kind is Kind.ISSUE:
            (name,) = self._one("SELECT name FROM issue WHERE id = ?", task.issue)
            places = tuple(_page_place(p) for p in self.pages(task.issue))
            return IssueTask(task, name, make_folder(self._issue_folder(task.issue)), places)
        if task.kind is Kind.INTAKE:
            path, name = self._one(
                "SELECT path, shown FROM scan WHERE issue = ? AND place = ?", task.issue, task.number
            )
            return IntakeTask(task, Path(os.fsdecode(path)), name)
        path, name, frame, layout, laid = self._one(
            "SELECT s.path, s.shown, p.frame, p.layout, p.laid FROM page p "
            "JOIN scan s ON s.issue = p.issue AND s.place = p.place WHERE p.issue = ? AND p.number = ?",
            task.issue,
            task.number,
        )
        folder = make_folder(self._page_folder(task.issue, task.number))
        laid_out = layout == laid and (folder / "layout.json").exists()
        return PageTask(task, Path(os.fsdecode(path)), frame, name, folder, laid_out)

    def _open(self, issue: int, kind: Kind) -> bool:
        """Whether a task of this step is still to be done."""
        sql = "SELECT 1 FROM task WHERE issue = ? AND state IN ('waiting', 'working') AND step = ? LIMIT 1"
        return self._db.execute(sql, (issue, _STEPS[kind])).fetchone() is not None

    def _mark(self, task: TaskId, state: State) -> None:
        sql = "UPDATE task SET state = ? WHERE issue = ? AND step = ? AND number = ?"
        self._do(sql, state.value, *_place(task))

    def _row(self, task: TaskId) -> _TaskRow | None:
        sql = f"SELECT {_COLUMNS} FROM task WHERE issue = ? AND step = ? AND number = ?"
        row = self._db.execute(sql, _place(task)).fetchone()
        return None if row is None else _TaskRow.of(row)

    def _entries(self, issue: int, kind: Kind) -> list[_TaskRow]:
        sql = f"SELECT {_COLUMNS} FROM task WHERE issue = ? AND step = ? ORDER BY number"
        return [_TaskRow.of(row) for row in self._all(sql, issue, _STEPS[kind])]

    # Folders

    def _issue_folder(self, issue: int) -> Path:
        (folder,) = self._one("SELECT folder FROM issue WHERE id = ?", issue)
        return self.root / "issues" / str(folder)

    def _page_folder(self, issue: int, number: int) -> Path:
        return self._issue_folder(issue) / "pages" / f"{number:04}"

    def _folder_for(self, name: str) -> str:
        """A folder name that any file system takes, the issue's own where it can be."""
        plain = "".join(c if c.isalnum() or c in "-_ ." else "_" for c in name).strip(" .")[:60]
        taken = self._db.execute("SELECT 1 FROM issue WHERE folder = ?", (plain,)).fetchone()
        return plain if plain == name and not taken else f"{plain}-{key(name)[:8]}"

    # SQLite

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        """One transaction: all of it is kept, or nothing."""
        with _explained(self.root / _FILE):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._db.in_transaction:  # a full disk has rolled back already
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _do(self, sql: str, *values: object) -> sqlite3.Cursor:
        return self._db.execute(sql, values)

    def _one(self, sql: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self._db.execute(sql, values).fetchone()
        return row

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with _explained(self.root / _FILE):
            return self._db.execute(sql, values).fetchall()


_COLUMNS: Final = "issue, step, number, state, key, attempts, fault, facts"


@dataclass(frozen=True, slots=True)
class _TaskRow:
    id: TaskId
    state: State
    key: str
    attempts: int
    fault: Fault | None
    facts: Facts | None

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> _TaskRow:
        issue, step, number, state, made_from, attempts, fault, facts = row
        kind = _KINDS[step]
        return cls(
            TaskId(issue, kind, number),
            State(state),
            made_from,
            attempts,
            _decoded(fault, Fault),
            _decoded(facts, _FACTS[kind]),
        )


def _page_place(entry: PageEntry) -> PagePlace:
    failure = None if entry.state is State.DONE else entry.fault.met if entry.fault else "not done"
    return PagePlace(entry.number, entry.folder, entry.shown, entry.frame, failure)


def _place(task: TaskId) -> tuple[int, int, int]:
    return task.issue, _STEPS[task.kind], task.number


def _decoded(text: str | None, form: Any) -> Any:
    if text is None:
        return None
    try:
        return msgspec.json.decode(text, type=form)
    except msgspec.DecodeError as e:
        raise WorkspaceUnusable(f"The workspace holds a record that cannot be read: {e}", _ANEW) from e


def _encoded(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _create(root: Path) -> None:
    """Makes the database under a temporary name: a workspace is there whole, or not at all."""
    make_folder(root)
    file, part = root / _FILE, root / _PART
    with _explained(file):
        for name in _BEGUN:
            (root / name).unlink(missing_ok=True)
        database = sqlite3.connect(part)
        database.executescript(_SCHEMA)
        database.close()
        os.replace(part, file)


def _connect(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, isolation_level=None, timeout=30)
    if os.access(file.parent, os.W_OK):
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
    else:
        database.close()
        database = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", isolation_level=None, uri=True)
    database.execute("PRAGMA foreign_keys = ON")
    return database


def _check_version(database: sqlite3.Connection, file: Path) -> None:
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (form,) = database.execute("PRAGMA user_version").fetchone()
    if application != _APPLICATION:
        raise WorkspaceUnusable(f"{shown(file)} is not a workspace of Banmian.", _ANEW)
    if form != FORM:
        raise WorkspaceUnusable(
            f"The workspace {shown(file.parent)} has form {form}; this Banmian uses form {FORM}.",
            f"Use the Banmian that made it, or make it anew. {_ANEW}",
        )


@contextlib.contextmanager
def _explained(file: Path) -> Iterator[None]:
    """Turns what SQLite and the disk raise into the errors of the family."""
    try:
        yield
    except OSError as e:
        raise storage_failed(file, e) from e
    except sqlite3.OperationalError as e:
        remedy = "Look at the disk (df -h) and at the folder's rights, then give the same command again."
        raise StorageFailed(f"{shown(file)} could not be used: {e}", remedy) from e
    except sqlite3.DatabaseError as e:
        raise WorkspaceUnusable(f"{shown(file)} is damaged: {e}", f"Restore it from a backup, or: {_ANEW}") from e
