"""The workspace: a folder with one SQLite file that says what is done, and a folder for each page.

    DIR/workspace.sqlite                    states, attempts, errors, checksums, stage keys
    DIR/issues/NAME/issue.json              the issue's articles with their edits
    DIR/issues/NAME/pages/0001/layout.json  the page as laid out
    DIR/issues/NAME/pages/0001/page.json    the same page, read
    DIR/issues/NAME/pages/0001/log.jsonl    what was done to it, when, in how long

Only one process writes: the one that holds the lock. SQLite's write-ahead
log wants a local disk; a network share will do for the scans, not for the workspace.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from banmian.store import remote
from banmian.store.display_path import quoted, shown
from banmian.store.entries import Heartbeat
from banmian.store.mirror import Mirror
from banmian.store.planning import Planning, utc_now
from banmian.store.schema import BEGUN, FILE, NEW_FOLDER, check_version, connect, create, explained
from banmian.store.stage_keys import Recipe
from banmian.store.task_rows import KINDS
from banmian.store.tasks import Fault, Lost, Outcome, State, Task, TaskId
from layout.errors import WorkspaceUnusable

# A page waits until every file of its issue is taken in, an issue until every page is done or failed. What has cost
# a worker or a run already comes after the rest of its step.
_NEXT: Final = """
SELECT t.issue, t.step, t.number FROM task t JOIN issue i ON i.id = t.issue
WHERE t.state = 'waiting' AND i.run = ? AND NOT EXISTS (
  SELECT 1 FROM task b WHERE b.issue = t.issue AND b.state IN ('waiting', 'working') AND b.step < t.step)
ORDER BY t.issue, t.step, t.attempts, t.interrupted, t.number LIMIT 1
"""


class Workspace(Planning):
    """An open workspace. Use `make` for a run and `open` to look at one."""

    @classmethod
    def make(cls, root: Path) -> Workspace:
        """The workspace at `root`, made where there is none; refuses a folder in which other things lie."""
        if root.exists() and not root.is_dir():
            raise WorkspaceUnusable(f"{shown(root)} is a file; a workspace is a folder.", NEW_FOLDER)
        mirror = _mirror(root)
        if mirror is not None:
            mirror.pull()
        if not (root / FILE).exists():
            if mirror is None and root.exists() and any(p.name not in BEGUN for p in root.iterdir()):
                raise WorkspaceUnusable(f"{shown(root)} is not a workspace, and not empty.", NEW_FOLDER)
            if mirror is not None:
                mirror.make_folder()
            create(root)
        return cls.open(root, results=False)

    @classmethod
    def open(cls, root: Path, *, results: bool = True) -> Workspace:
        """The workspace at `root`; raises WorkspaceUnusable where there is none, or one of another version.

        Of a workspace at an address the record is fetched, and the `results` where they are wanted.
        """
        file = root / FILE
        mirror = _mirror(root)
        if mirror is not None:
            mirror.pull()
            if results:
                mirror.pull_results()
        if not file.is_file():
            remedy = f"Make one with: banmian run SCANS --workspace {quoted(root)}"
            raise WorkspaceUnusable(f"{shown(root)} is not a workspace: it holds no {FILE}.", remedy)
        with explained(file):
            database = connect(file)
            check_version(database, file)
            return cls(root, database)

    def beat(self, beat: Heartbeat) -> None:
        """Records how the run stands, for those who watch from elsewhere."""
        with self._changing():
            sql = "UPDATE run SET at = ?, settled = ?, rate = ?, memory = ? WHERE id = ?"
            self._do(sql, time.time(), beat.settled, beat.rate, beat.memory, self._run)

    def end(self, how: str) -> None:
        """Records that the run is over, and how it ended."""
        with self._changing():
            self._do("UPDATE run SET ended = ?, how = ? WHERE id = ?", utc_now(), how, self._run)

    def next_task(self) -> Task | None:
        """The next thing to do in this run, now marked as being worked on; None where all is done or in work."""
        with self._changing():
            row = self._db.execute(_NEXT, (self._run,)).fetchone()
            if row is None:
                return None
            task = self._task(TaskId(row[0], KINDS[row[1]], row[2]))
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


def _mirror(root: Path) -> Mirror | None:
    store = remote.store_of(root)
    return None if store is None else Mirror(root, store)
