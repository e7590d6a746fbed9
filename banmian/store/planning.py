"""What a run has to do: what is new, what has changed, what is unfinished."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Final

from banmian.store import remote
from banmian.store.display_path import shown
from banmian.store.found import FoundIssue, FoundScan
from banmian.store.maker import this_banmian
from banmian.store.outcomes import RETRY, Outcomes
from banmian.store.rerun import NOTHING, Rerun, RunStage
from banmian.store.schema import FORM, LANGUAGE_MODEL, MAKER_TABLE
from banmian.store.stage_keys import Recipe, key
from banmian.store.task_rows import KINDS, STEPS, encoded, row_key
from banmian.store.tasks import Fault, ScanFacts, State, TaskId, TaskKind
from layout.errors import UsageError

INTERRUPTIONS: Final = 5
"""Number of runs that ended unexpectedly during a task after which the task is taken for the cause."""


class Planning(Outcomes):
    """The record with the plan of a run."""

    def begin(self, found: Sequence[FoundIssue], recipe: Recipe, again: Rerun = NOTHING) -> None:
        """Plans a run over the issues found: what is new, changed, or unfinished, and what is asked for `again`."""
        with self._changing():
            self._run = self._enter_run(recipe)
            self._enter_maker(recipe)
            self._recover()
            for each in found:
                issue = self._enter(each)
                self._forget_stage(issue, again.stage)
                self._plan_intake(issue, each, retry=again.failed)
                if not self._open(issue, TaskKind.INTAKE):
                    self._plan_pages(issue, recipe, retry=again.failed)

    def _enter_run(self, recipe: Recipe) -> int:
        values = (utc_now(), platform.node(), os.getpid(), f"{recipe.engine} {recipe.lang}")
        cursor = self._do("INSERT INTO run (begun, host, process, reader) VALUES (?, ?, ?, ?)", *values)
        return int(cursor.lastrowid or 0)

    def _enter_maker(self, recipe: Recipe) -> None:
        """Records what makes the results: versions, which an older Banmian refuses, and the language model."""
        self._do(MAKER_TABLE)
        told = {"banmian": this_banmian(FORM).banmian, LANGUAGE_MODEL: recipe.language_model}
        for part, version in (*told.items(), *asdict(recipe.versions).items()):
            self._do("INSERT OR REPLACE INTO maker VALUES (?, ?)", part, str(version))

    def _recover(self) -> None:
        """Puts back what was in work when a run ended without a word; one that was there too often is set aside."""
        self._do("UPDATE task SET state = 'waiting', interrupted = interrupted + 1 WHERE state = 'working'")
        sql = "SELECT issue, step, number FROM task WHERE state = 'waiting' AND interrupted >= ?"
        for issue, step, number in self._all(sql, INTERRUPTIONS):
            task = self._task(TaskId(issue, KINDS[step], number))
            met = f"{task.shown} was set aside: {INTERRUPTIONS} runs were ended without a word while they were at it."
            self._fail(task, Fault("PageFailed", met, f"It may want more than this machine has. {RETRY}"))

    def _forget_stage(self, issue: int, stage: RunStage | None) -> None:
        """Takes the keys from what is to be done anew, so that no key fits."""
        if stage is None:
            return
        step = STEPS[TaskKind.ISSUE if stage is RunStage.CLEANUP else TaskKind.PAGE]
        self._do("UPDATE task SET key = '' WHERE issue = ? AND step >= ?", issue, step)
        if stage is not RunStage.CLEANUP:
            self._do("UPDATE page SET anew = anew + 1 WHERE issue = ?", issue)
        if stage is RunStage.LAYOUT:
            self._do("UPDATE page SET laid = NULL WHERE issue = ?", issue)

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
            self._aim(TaskId(issue, TaskKind.INTAKE, place), _intake_key(scan, found), retry=retry)
        self._drop(issue, TaskKind.INTAKE, len(found.scans))

    def _plan_pages(self, issue: int, recipe: Recipe, *, retry: bool) -> None:
        number = 0
        for place, entry in enumerate(self._entries(issue, TaskKind.INTAKE)):
            facts = entry.facts if isinstance(entry.facts, ScanFacts) else None
            for frame in range(1 if facts is None else facts.pages):
                number += 1
                task = TaskId(issue, TaskKind.PAGE, number)
                layout = key(facts.sha512 if facts else entry.key, frame, number, recipe.layout)
                self._enter_page(task, place, frame, layout)
                if facts is None:
                    self._record(task, key("no intake", entry.key), entry.fault)
                else:
                    lost = self._is_lost(self._page_folder(issue, number) / "page.json")
                    self._aim(task, key(layout, recipe.reading), retry=retry, lost=lost)
        self._drop(issue, TaskKind.PAGE, number + 1)
        if not self._open(issue, TaskKind.PAGE):
            self._plan_issue(issue, recipe, retry=retry)

    def _plan_issue(self, issue: int, recipe: Recipe, *, retry: bool) -> None:
        name, folder = self._one("SELECT name, folder FROM issue WHERE id = ?", issue)
        pages = [(e.key, e.state, e.fault) for e in self._entries(issue, TaskKind.PAGE)]
        lost = self._is_lost(self.root / "issues" / folder / "issue.json")
        self._aim(TaskId(issue, TaskKind.ISSUE), key(name, recipe.cleanup, pages), retry=retry, lost=lost)

    def _follow(self, done: TaskId, recipe: Recipe, *, retry: bool) -> None:
        """What comes next, once the last task of a step is done."""
        if done.kind is TaskKind.ISSUE or self._open(done.issue, done.kind):
            return
        if done.kind is TaskKind.INTAKE:
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
            *row_key(task),
            goal,
        )

    def _record(self, task: TaskId, made_from: str, fault: Fault | None) -> None:
        """A task that failed before it began: a page of a file that could not be taken in."""
        self._do(
            "INSERT OR REPLACE INTO task (issue, step, number, state, key, fault) VALUES (?, ?, ?, 'failed', ?, ?)",
            *row_key(task),
            made_from,
            encoded(fault),
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

    def _drop(self, issue: int, kind: TaskKind, end: int) -> None:
        """Takes out what an issue no longer has: files and pages from `end` on."""
        for (number,) in self._all(
            "SELECT number FROM task WHERE issue = ? AND step = ? AND number >= ?", issue, STEPS[kind], end
        ):
            if kind is TaskKind.PAGE:
                self._take_away(self._page_folder(issue, number))
        self._do("DELETE FROM task WHERE issue = ? AND step = ? AND number >= ?", issue, STEPS[kind], end)
        table, column = ("scan", "place") if kind is TaskKind.INTAKE else ("page", "number")
        self._do(f"DELETE FROM {table} WHERE issue = ? AND {column} >= ?", issue, end)


def _intake_key(scan: FoundScan, found: FoundIssue) -> str:
    return key(scan.address or scan.path, scan.size, scan.changed, "" if found.within is None else "within")


def utc_now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
