"""The workspace: a folder with one SQLite file that says what is done, and a folder for each page.

    DIR/workspace.sqlite                    states, attempts, errors, checksums, stage keys
    DIR/issues/NAME/issue.json              the issue's articles with their edits
    DIR/issues/NAME/pages/0001/layout.json  the page as laid out
    DIR/issues/NAME/pages/0001/page.json    the same page, read
    DIR/issues/NAME/pages/0001/log.jsonl    what was done to it, when, in how long

This module holds all the SQL there is. Only one process writes: the one that holds the lock. SQLite's write-ahead
log wants a local disk; a network share will do for the scans, not for the workspace.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import platform
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from banmian.batch import remote
from banmian.batch.again import NOTHING, Again, Stage
from banmian.batch.intake import FoundIssue, FoundScan, natural, shown
from banmian.batch.maker import UNKNOWN, Maker, this_banmian
from banmian.batch.mirror import Mirror
from banmian.batch.stage import Recipe, Versions, key
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
    ScanFile,
    State,
    Task,
    TaskId,
)
from layout.errors import StorageFailed, UsageError, WorkspaceUnusable

FORM: Final = 2
"""The version of the workspace; it grows when an older one can no longer be used as it is."""

ATTEMPTS: Final = 2
"""How often a task may lose its worker before it is set aside."""

INTERRUPTIONS: Final = 5
"""How often a run may end without a word while a task is in work, before the task is taken for the cause."""

_APPLICATION: Final = 0x42414E4D  # "BANM", in SQLite's header: the file tells what it is
_FILE: Final = "workspace.sqlite"
_PART: Final = f".{_FILE}.part"
_BEGUN: Final = frozenset({_PART, f"{_PART}-journal"})
"""What is left where the making of a workspace was broken off."""

_MAKER: Final = """
CREATE TABLE IF NOT EXISTS maker (
  part TEXT PRIMARY KEY,     -- banmian, layout, ocr or cleanup
  version TEXT NOT NULL      -- in the last run
) WITHOUT ROWID
"""
"""Table that the first run of a workspace adds, so that one made by Banmian 0.1.0 gets it too."""

_STEPS: Final = {Kind.INTAKE: 0, Kind.PAGE: 1, Kind.ISSUE: 2}
_KINDS: Final = {step: kind for kind, step in _STEPS.items()}
_FACTS: Final[dict[Kind, Any]] = {Kind.INTAKE: ScanFacts, Kind.PAGE: PageFacts, Kind.ISSUE: IssueFacts}
_LOG_PAGES: Final = 8000
"""Pages of 4 KB in the write-ahead log before they go into the file: 32 MB, so that the disk is seldom waited for."""

_RETRY: Final = "Try it again with: banmian run --retry failed"
_ANEW: Final = "Name a new folder with --workspace; the scans are unharmed."

_SCHEMA: Final = f"""
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {FORM};
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  begun TEXT NOT NULL,
  ended TEXT,                -- NULL while it is at work, or where it was ended without a word
  how TEXT,
  host TEXT NOT NULL,
  process INTEGER NOT NULL,
  reader TEXT NOT NULL,
  at REAL,                   -- seconds since 1970 of the last sign of life, and how things stood then
  settled INTEGER NOT NULL DEFAULT 0,
  rate REAL NOT NULL DEFAULT 0,
  memory INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE input (
  path BLOB PRIMARY KEY      -- a folder or file that a run was given, as the system's bytes
) WITHOUT ROWID;
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
  within BLOB,               -- the folder that it may not lead out of by a link
  size INTEGER NOT NULL,     -- in bytes, and below in nanoseconds, as it was found
  changed INTEGER NOT NULL,
  address TEXT,              -- where it lies, when that is no folder of this machine
  PRIMARY KEY (issue, place)
) WITHOUT ROWID;
CREATE TABLE page (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  number INTEGER NOT NULL,   -- from 1
  place INTEGER NOT NULL,
  frame INTEGER NOT NULL,
  layout TEXT NOT NULL,      -- the key that the layout is to have
  laid TEXT,                 -- the key of the layout that lies in the page's folder
  anew INTEGER NOT NULL DEFAULT 0,  -- how often it was asked to be done anew
  PRIMARY KEY (issue, number)
) WITHOUT ROWID;
CREATE TABLE task (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  step INTEGER NOT NULL,     -- 0 intake of a file, 1 a page, 2 the issue
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  key TEXT NOT NULL,         -- what it is made from; once done, what it was made from
  attempts INTEGER NOT NULL DEFAULT 0,    -- workers that it cost
  interrupted INTEGER NOT NULL DEFAULT 0, -- runs that ended without a word while it was in work
  fault TEXT,
  facts TEXT,
  PRIMARY KEY (issue, step, number)
) WITHOUT ROWID;
CREATE INDEX task_turn ON task (state, issue, step, attempts, interrupted, number);
CREATE INDEX task_gate ON task (issue, state, step);
"""

# A page waits until every file of its issue is taken in, an issue until every page is done or failed. What has cost
# a worker or a run already comes after the rest of its step.
_NEXT: Final = """
SELECT t.issue, t.step, t.number FROM task t JOIN issue i ON i.id = t.issue
WHERE t.state = 'waiting' AND i.run = ? AND NOT EXISTS (
  SELECT 1 FROM task b WHERE b.issue = t.issue AND b.state IN ('waiting', 'working') AND b.step < t.step)
ORDER BY t.issue, t.step, t.attempts, t.interrupted, t.number LIMIT 1
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
    """A page of the workspace: its place, its state and what it came to.

    `path` is the scan; where it lies at an `address`, `banmian.batch.remote.at_hand` brings it there.
    """

    number: int
    shown: str
    path: Path
    frame: int
    folder: Path
    state: State
    attempts: int
    fault: Fault | None
    facts: PageFacts | None
    address: str | None = None


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


@dataclass(frozen=True, slots=True)
class Beat:
    """How a run stands: pages settled since it began, pages a minute of late, bytes of memory of all its processes."""

    settled: int
    rate: float
    memory: int


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A run: when it began and ended (UTC), how, by which process, and its last sign of life `seconds_ago`."""

    number: int
    begun: str
    ended: str | None
    how: str | None
    host: str
    process: int
    reader: str
    seconds_ago: float | None
    beat: Beat


class Workspace:
    """An open workspace. Use `make` for a run and `open` to look at one."""

    def __init__(self, root: Path, database: sqlite3.Connection) -> None:
        self.root = root
        self._db = database
        self._store = remote.store_of(root)
        self._mirror = None if self._store is None else Mirror(root, self._store)
        self._pushed = self._changes()
        self._run = int(self._one("SELECT coalesce(max(id), 0) FROM run")[0])

    @classmethod
    def make(cls, root: Path) -> Workspace:
        """The workspace at `root`, made where there is none; refuses a folder in which other things lie."""
        if root.exists() and not root.is_dir():
            raise WorkspaceUnusable(f"{shown(root)} is a file; a workspace is a folder.", _ANEW)
        mirror = _mirror(root)
        if mirror is not None:
            mirror.pull()
        if not (root / _FILE).exists():
            if mirror is None and root.exists() and any(p.name not in _BEGUN for p in root.iterdir()):
                raise WorkspaceUnusable(f"{shown(root)} is not a workspace, and not empty.", _ANEW)
            if mirror is not None:
                mirror.make_folder()
            _create(root)
        return cls.open(root, results=False)

    @classmethod
    def open(cls, root: Path, *, results: bool = True) -> Workspace:
        """The workspace at `root`; raises WorkspaceUnusable where there is none, or one of another version.

        Of a workspace at an address the record is fetched, and the `results` where they are wanted.
        """
        file = root / _FILE
        mirror = _mirror(root)
        if mirror is not None:
            mirror.pull()
            if results:
                mirror.pull_results()
        if not file.is_file():
            remedy = f"Make one with: banmian run SCANS --workspace {shown(root)}"
            raise WorkspaceUnusable(f"{shown(root)} is not a workspace: it holds no {_FILE}.", remedy)
        with _explained(file):
            database = _connect(file)
            _check_version(database, file)
            return cls(root, database)

    def close(self) -> None:
        self.save()
        with _explained(self.root / _FILE):
            self._db.close()

    def save(self, *, at_work: bool = False) -> None:
        """Lays the record of a workspace at an address there, where it has changed; others are saved at all times."""
        if self._mirror is None:
            return
        if at_work:
            self._mirror.renew(self._db)
        elif self._changes() != self._pushed:
            self._mirror.push(self._db, at_work=False)
            self._pushed = self._changes()

    def _changes(self) -> tuple[int, int]:
        """Two numbers of which one differs once we, or others with their own connection, have changed something."""
        (others,) = self._db.execute("PRAGMA data_version").fetchone()
        return self._db.total_changes, others

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
            if self._mirror is not None:
                self._mirror.take()
            yield

    # Planning

    def begin(self, found: Sequence[FoundIssue], recipe: Recipe, again: Again = NOTHING) -> None:
        """Plans a run over the issues found: what is new, changed, or unfinished, and what is asked for `again`."""
        with self._changing():
            self._run = self._enter_run(recipe)
            self._enter_maker(recipe)
            self._recover()
            for each in found:
                issue = self._enter(each)
                self._forget_stage(issue, again.stage)
                self._plan_intake(issue, each, retry=again.failed)
                if not self._open(issue, Kind.INTAKE):
                    self._plan_pages(issue, recipe, retry=again.failed)

    def beat(self, beat: Beat) -> None:
        """Records how the run stands, for those who watch from elsewhere."""
        with self._changing():
            sql = "UPDATE run SET at = ?, settled = ?, rate = ?, memory = ? WHERE id = ?"
            self._do(sql, time.time(), beat.settled, beat.rate, beat.memory, self._run)

    def end(self, how: str) -> None:
        """Records that the run is over, and how it ended."""
        with self._changing():
            self._do("UPDATE run SET ended = ?, how = ? WHERE id = ?", _now(), how, self._run)

    def _enter_run(self, recipe: Recipe) -> int:
        values = (_now(), platform.node(), os.getpid(), f"{recipe.engine} {recipe.lang}")
        cursor = self._do("INSERT INTO run (begun, host, process, reader) VALUES (?, ?, ?, ?)", *values)
        return int(cursor.lastrowid or 0)

    def _enter_maker(self, recipe: Recipe) -> None:
        """Records the versions of what makes the results: an older Banmian refuses them."""
        self._do(_MAKER)
        for part, version in (("banmian", this_banmian(FORM).banmian), *asdict(recipe.versions).items()):
            self._do("INSERT OR REPLACE INTO maker VALUES (?, ?)", part, str(version))

    def _recover(self) -> None:
        """Puts back what was in work when a run ended without a word; one that was there too often is set aside."""
        self._do("UPDATE task SET state = 'waiting', interrupted = interrupted + 1 WHERE state = 'working'")
        sql = "SELECT issue, step, number FROM task WHERE state = 'waiting' AND interrupted >= ?"
        for issue, step, number in self._all(sql, INTERRUPTIONS):
            task = self._task(TaskId(issue, _KINDS[step], number))
            met = f"{task.shown} was set aside: {INTERRUPTIONS} runs were ended without a word while they were at it."
            self._fail(task, Fault("PageFailed", met, f"It may want more than this machine has. {_RETRY}"))

    def _forget_stage(self, issue: int, stage: Stage | None) -> None:
        """Takes the keys from what is to be done anew, so that no key fits."""
        if stage is None:
            return
        step = _STEPS[Kind.ISSUE if stage is Stage.CLEANUP else Kind.PAGE]
        self._do("UPDATE task SET key = '' WHERE issue = ? AND step >= ?", issue, step)
        if stage is not Stage.CLEANUP:
            self._do("UPDATE page SET anew = anew + 1 WHERE issue = ?", issue)
        if stage is Stage.LAYOUT:
            self._do("UPDATE page SET laid = NULL WHERE issue = ?", issue)

    def next_task(self) -> Task | None:
        """The next thing to do in this run, now marked as being worked on; None where all is done or in work."""
        with self._changing():
            row = self._db.execute(_NEXT, (self._run,)).fetchone()
            if row is None:
                return None
            task = self._task(TaskId(row[0], _KINDS[row[1]], row[2]))
            self._mark(task.id, State.WORKING)
            return task

    def has_next(self) -> bool:
        """Whether there is a next thing to do."""
        return bool(self._all(_NEXT, self._run))

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
        root = os.fsencode(remote.name_of(found.root))
        row = self._db.execute("SELECT id, root FROM issue WHERE name = ?", (found.name,)).fetchone()
        if row is None:
            folder = self._folder_for(found.name)
            cursor = self._do(
                "INSERT INTO issue (name, folder, root, run) VALUES (?, ?, ?, ?)", found.name, folder, root, self._run
            )
            return int(cursor.lastrowid or 0)
        before = shown(os.fsdecode(row[1]))
        if row[1] != root and (remote.is_address(before) or os.path.lexists(row[1])):
            raise UsageError(
                f"The workspace {shown(self.root)} has an issue {found.name} already, from {before}.",
                f"Rename one of the two folders, or run {shown(found.root)} with a workspace of its own.",
            )
        self._do("UPDATE issue SET run = ?, root = ? WHERE id = ?", self._run, root, row[0])
        return int(row[0])

    def _plan_intake(self, issue: int, found: FoundIssue, *, retry: bool) -> None:
        within = None if found.within is None else os.fsencode(remote.name_of(found.within))
        if found.within is not None:
            self._do("INSERT OR IGNORE INTO input VALUES (?)", within)
        for place, scan in enumerate(found.scans):
            facts = (os.fsencode(scan.path), scan.shown, within, scan.size, scan.changed, scan.address)
            self._do("INSERT OR REPLACE INTO scan VALUES (?, ?, ?, ?, ?, ?, ?, ?)", issue, place, *facts)
            self._aim(TaskId(issue, Kind.INTAKE, place), _intake_key(scan, found), retry=retry)
        self._drop(issue, Kind.INTAKE, len(found.scans))

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
                    lost = self._is_lost(self._page_folder(issue, number) / "page.json")
                    self._aim(task, key(layout, recipe.reading), retry=retry, lost=lost)
        self._drop(issue, Kind.PAGE, number + 1)
        if not self._open(issue, Kind.PAGE):
            self._plan_issue(issue, recipe, retry=retry)

    def _plan_issue(self, issue: int, recipe: Recipe, *, retry: bool) -> None:
        name, folder = self._one("SELECT name, folder FROM issue WHERE id = ?", issue)
        pages = [(e.key, e.state, e.fault) for e in self._entries(issue, Kind.PAGE)]
        lost = self._is_lost(self.root / "issues" / folder / "issue.json")
        self._aim(TaskId(issue, Kind.ISSUE), key(name, recipe.cleanup, pages), retry=retry, lost=lost)

    def _follow(self, done: TaskId, recipe: Recipe, *, retry: bool) -> None:
        """What comes next, once the last task of a step is done."""
        if done.kind is Kind.ISSUE or self._open(done.issue, done.kind):
            return
        if done.kind is Kind.INTAKE:
            self._plan_pages(done.issue, recipe, retry=retry)
        else:
            self._plan_issue(done.issue, recipe, retry=retry)

    def _aim(self, task: TaskId, goal: str, *, retry: bool, lost: bool = False) -> None:
        """Sets the key that a task is to be made from; what was made from it, or failed on it, is left alone.

        So is one that waits for it already: the workers that it cost are not forgotten.
        """
        row = self._row(task)
        stays = {State.DONE: not lost, State.FAILED: not retry, State.WAITING: True, State.WORKING: True}
        if row is not None and row.key == goal and stays[row.state]:
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
                self._take_away(self._page_folder(issue, number))
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
        return self._fail(task, Fault("PageFailed", met, f"Look at the scan. {_RETRY}"))

    def _forget_files(self, task: TaskId) -> None:
        """A failed page keeps no page.json of an earlier scan, a failed issue no issue.json."""
        if task.kind is Kind.PAGE:
            self._take_away(self._page_folder(task.issue, task.number) / "page.json")
        elif task.kind is Kind.ISSUE:
            self._take_away(self._issue_folder(task.issue) / "issue.json")

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

    def last_run(self) -> RunEntry | None:
        """The run that is at work, or was the last."""
        columns = "id, begun, ended, how, host, process, reader, at, settled, rate, memory"
        rows = self._all(f"SELECT {columns} FROM run ORDER BY id DESC LIMIT 1")
        if not rows:
            return None
        number, begun, ended, how, host, process, reader, at, settled, rate, memory = rows[0]
        ago = None if at is None else time.time() - at
        return RunEntry(number, begun, ended, how, host, process, reader, ago, Beat(settled, rate, memory))

    def failures(self) -> Iterator[tuple[str, int, Fault]]:
        """What failed: the issue's name, the page's number (0 for the issue itself), and why."""
        rows = self._all(
            "SELECT i.name, t.number, t.fault FROM task t JOIN issue i ON i.id = t.issue "
            "WHERE t.state = 'failed' AND t.step > 0 ORDER BY t.issue, t.step, t.number"
        )
        for name, number, fault in rows:
            yield name, number, _decoded(fault, Fault)

    def inputs(self) -> list[Path | str]:
        """The folders, and the addresses, that runs were given."""
        texts = (os.fsdecode(path) for (path,) in self._all("SELECT path FROM input ORDER BY path"))
        return [text if remote.is_address(text) else Path(text) for text in texts]

    def scans(self, issue: int) -> list[tuple[ScanFile, str | None]]:
        """The files of an issue with the sha512 that each had when it was taken in, None where it could not be."""
        known = {
            e.id.number: e.facts.sha512 for e in self._entries(issue, Kind.INTAKE) if isinstance(e.facts, ScanFacts)
        }
        places = self._all("SELECT place FROM scan WHERE issue = ? ORDER BY place", issue)
        return [(self._scan_file(issue, place), known.get(place)) for (place,) in places]

    def place_of(self, path: Path) -> Path | str:
        """Where a file of the workspace really lies: its path, or its address."""
        return self._address(path) or path

    def result_files(self) -> Iterator[str]:
        """Every file that lies among the results, by its path below the workspace."""
        if self._store is not None:
            yield from (f.address.removeprefix(f"{self._store}/") for f in remote.files_below(f"{self._store}/issues"))
            return
        files = (p for p in (self.root / "issues").rglob("*") if not p.is_dir())
        yield from sorted(str(p.relative_to(self.root)) for p in files)

    def check_record(self) -> None:
        """Raises WorkspaceUnusable where the record itself is damaged."""
        for (told,) in self._all("PRAGMA integrity_check"):
            if told != "ok":
                raise WorkspaceUnusable(
                    f"{shown(self.root / _FILE)} is damaged: {told}", f"Restore it from a backup, or: {_ANEW}"
                )

    def stamp(self) -> tuple[object, ...]:
        """Something that is another where tasks have changed since: their number by state, and the last run's look."""
        states = self._all("SELECT state, count(*), coalesce(sum(length(facts)), 0) FROM task GROUP BY state")
        return (*states, *self._all("SELECT id, settled, ended FROM run ORDER BY id DESC LIMIT 1"))

    def issues(self, *, run_only: bool = False) -> list[IssueEntry]:
        """The issues in natural order of their names."""
        rows = self._all("SELECT id, name, folder FROM issue WHERE NOT ? OR run = ?", run_only, self._run)
        return [self._issue_entry(*row) for row in sorted(rows, key=lambda r: natural(r[1]))]

    def pages(self, issue: int) -> Iterator[PageEntry]:
        """The pages of an issue, by number."""
        tasks = {e.id.number: e for e in self._entries(issue, Kind.PAGE)}
        rows = self._all(
            "SELECT p.number, s.shown, s.path, p.frame, s.address FROM page p "
            "JOIN scan s ON s.issue = p.issue AND s.place = p.place WHERE p.issue = ? ORDER BY p.number",
            issue,
        )
        for number, name, path, frame, address in rows:
            e = tasks[number]
            facts = e.facts if isinstance(e.facts, PageFacts) else None
            folder = self._page_folder(issue, number)
            place = _scan_place(path, address)
            yield PageEntry(number, name, place, frame, folder, e.state, e.attempts, e.fault, facts, address)

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
            folder = self._make(self._issue_folder(task.issue))
            return IssueTask(task, name, folder, places, self._address(folder))
        if task.kind is Kind.INTAKE:
            return IntakeTask(task, self._scan_file(task.issue, task.number))
        columns = "p.place, p.frame, p.layout, p.laid, p.anew, t.key"
        place, frame, layout, laid, anew, goal = self._one(
            f"SELECT {columns} FROM page p JOIN task t ON t.issue = p.issue AND t.step = 1 AND t.number = p.number "
            "WHERE p.issue = ? AND p.number = ?",
            task.issue,
            task.number,
        )
        folder = self._make(self._page_folder(task.issue, task.number))
        laid_out = layout == laid and not self._is_lost(folder / "layout.json")
        scan = self._scan_file(task.issue, place)
        return PageTask(task, scan, frame, folder, laid_out, f"{goal}-{anew}", self._address(folder))

    def _scan_file(self, issue: int, place: int) -> ScanFile:
        path, name, within, size, changed, address = self._one(
            "SELECT path, shown, within, size, changed, address FROM scan WHERE issue = ? AND place = ?", issue, place
        )
        folder = None if within is None or address is not None else Path(os.fsdecode(within))
        return ScanFile(_scan_place(path, address), name, folder, size, changed, address)

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

    def _address(self, path: Path) -> str | None:
        """Where a file or folder of the workspace lies, when that is no folder of this machine."""
        return None if self._store is None else f"{self._store}/{path.relative_to(self.root).as_posix()}"

    def _make(self, folder: Path) -> Path:
        """The folder, there to be written to; one elsewhere is made by what is written into it."""
        return make_folder(folder) if self._store is None else folder

    def _is_lost(self, path: Path) -> bool:
        """Whether a result is gone. One that lies elsewhere is taken on trust: `verify` asks for it."""
        return self._store is None and not path.exists()

    def _take_away(self, path: Path) -> None:
        """Removes a file or a folder of results, wherever it lies."""
        address = self._address(path)
        if address is not None:
            remote.remove(address)
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

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


def _mirror(root: Path) -> Mirror | None:
    store = remote.store_of(root)
    return None if store is None else Mirror(root, store)


def _scan_place(path: bytes, address: str | None) -> Path:
    """Where a scan lies on this machine; one at an address in the mirror, wherever that was when it was taken in."""
    return Path(os.fsdecode(path)) if address is None else remote.mirror_of(address)


def _intake_key(scan: FoundScan, found: FoundIssue) -> str:
    return key(scan.address or scan.path, scan.size, scan.changed, "" if found.within is None else "within")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


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
        database.execute("PRAGMA synchronous = NORMAL")  # a power cut takes the last moments; receipts bring them back
        database.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
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
    if form < FORM:
        raise WorkspaceUnusable(
            f"The workspace {shown(file.parent)} has form {form}; this Banmian uses form {FORM}.",
            f"Use the Banmian that made it, or make it anew. {_ANEW}",
        )
    theirs, ours = _maker(database, form), this_banmian(FORM)
    if theirs.is_newer_than(ours):
        raise WorkspaceUnusable(
            f"The workspace {shown(file.parent)} was made by {theirs}, which is newer than this {ours}.",
            f"Use the newer Banmian. {_ANEW}",
        )


def _maker(database: sqlite3.Connection, form: int) -> Maker:
    """Which Banmian made the workspace, as far as its record tells."""
    try:
        told = dict(database.execute("SELECT part, version FROM maker"))
        results = Versions(int(told["layout"]), int(told["ocr"]), int(told["cleanup"]))
        return Maker(told["banmian"], form, results)
    except (sqlite3.OperationalError, KeyError, ValueError):  # no such table, or that of a form that is not known here
        return Maker(UNKNOWN, form, None)


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
