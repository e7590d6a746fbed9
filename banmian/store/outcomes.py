"""What came of a task: done, failed, or lost with its worker."""

from __future__ import annotations

from typing import Final

from banmian.store.entries import PageEntry
from banmian.store.queries import Queries
from banmian.store.task_rows import encoded, row_key
from banmian.store.tasks import (
    Facts,
    Fault,
    IntakeTask,
    IssueTask,
    Lost,
    PagePlace,
    PageTask,
    State,
    Task,
    TaskId,
    TaskKind,
)

ATTEMPTS: Final = 2
"""Number of lost workers after which a task is set aside."""
RETRY: Final = "Try it again with: banmian run --retry failed"


class Outcomes(Queries):
    """The record with what becomes of tasks."""

    def _task(self, task: TaskId) -> Task:
        if task.kind is TaskKind.ISSUE:
            (name,) = self._one("SELECT name FROM issue WHERE id = ?", task.issue)
            places = tuple(_page_place(p) for p in self.pages(task.issue))
            folder = self._make(self._issue_folder(task.issue))
            return IssueTask(task, name, folder, places, self._address(folder))
        if task.kind is TaskKind.INTAKE:
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

    def _finish(self, task: Task, facts: Facts) -> State:
        self._do(
            "UPDATE task SET state = 'done', fault = NULL, facts = ? WHERE issue = ? AND step = ? AND number = ?",
            encoded(facts),
            *row_key(task.id),
        )
        if task.id.kind is TaskKind.PAGE:
            self._do("UPDATE page SET laid = layout WHERE issue = ? AND number = ?", task.id.issue, task.id.number)
        return State.DONE

    def _fail(self, task: Task, fault: Fault) -> State:
        self._do(
            "UPDATE task SET state = 'failed', facts = NULL, fault = ? WHERE issue = ? AND step = ? AND number = ?",
            encoded(fault),
            *row_key(task.id),
        )
        self._forget_files(task.id)
        return State.FAILED

    def _lose(self, task: Task, lost: Lost) -> State:
        """Counts an attempt; the last one sets the task aside."""
        self._do(
            "UPDATE task SET attempts = attempts + 1 WHERE issue = ? AND step = ? AND number = ?", *row_key(task.id)
        )
        row = self._row(task.id)
        if row is not None and row.attempts < ATTEMPTS:
            self._mark(task.id, State.WAITING)
            return State.WAITING
        met = f"{task.shown} was set aside after {ATTEMPTS} attempts: {lost.reason}"
        return self._fail(task, Fault("PageFailed", met, f"Look at the scan. {RETRY}"))

    def _forget_files(self, task: TaskId) -> None:
        """A failed page keeps no page.json of an earlier scan, a failed issue no issue.json."""
        if task.kind is TaskKind.PAGE:
            self._take_away(self._page_folder(task.issue, task.number) / "page.json")
        elif task.kind is TaskKind.ISSUE:
            self._take_away(self._issue_folder(task.issue) / "issue.json")


def _page_place(entry: PageEntry) -> PagePlace:
    failure = None if entry.state is State.DONE else entry.fault.met if entry.fault else "not done"
    return PagePlace(entry.number, entry.folder, entry.shown, entry.frame, failure)
