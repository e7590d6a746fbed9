"""The tasks of a workspace as rows of its record: what is to be made, from what, and what came of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from banmian.store import remote
from banmian.store.record import WorkspaceRecord
from banmian.store.schema import NEW_FOLDER
from banmian.store.tasks import Facts, Fault, IssueFacts, PageFacts, ScanFacts, ScanFile, State, TaskId, TaskKind
from layout.errors import WorkspaceUnusable

STEPS: Final = {TaskKind.INTAKE: 0, TaskKind.PAGE: 1, TaskKind.ISSUE: 2}
KINDS: Final = {step: kind for kind, step in STEPS.items()}
_FACTS: Final[dict[TaskKind, Any]] = {TaskKind.INTAKE: ScanFacts, TaskKind.PAGE: PageFacts, TaskKind.ISSUE: IssueFacts}
_COLUMNS: Final = "issue, step, number, state, key, attempts, fault, facts"


@dataclass(frozen=True, slots=True)
class TaskRow:
    id: TaskId
    state: State
    key: str
    attempts: int
    fault: Fault | None
    facts: Facts | None

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> TaskRow:
        issue, step, number, state, made_from, attempts, fault, facts = row
        kind = KINDS[step]
        return cls(
            TaskId(issue, kind, number),
            State(state),
            made_from,
            attempts,
            decoded(fault, Fault),
            decoded(facts, _FACTS[kind]),
        )


class TaskRows(WorkspaceRecord):
    """The record with its tasks."""

    def _scan_file(self, issue: int, place: int) -> ScanFile:
        path, name, within, size, changed, address = self._one(
            "SELECT path, shown, within, size, changed, address FROM scan WHERE issue = ? AND place = ?", issue, place
        )
        folder = None if within is None or address is not None else Path(os.fsdecode(within))
        return ScanFile(scan_place(path, address), name, folder, size, changed, address)

    def _open(self, issue: int, kind: TaskKind) -> bool:
        """Whether a task of this step is still to be done."""
        sql = "SELECT 1 FROM task WHERE issue = ? AND state IN ('waiting', 'working') AND step = ? LIMIT 1"
        return self._db.execute(sql, (issue, STEPS[kind])).fetchone() is not None

    def _mark(self, task: TaskId, state: State) -> None:
        sql = "UPDATE task SET state = ? WHERE issue = ? AND step = ? AND number = ?"
        self._do(sql, state.value, *row_key(task))

    def _row(self, task: TaskId) -> TaskRow | None:
        sql = f"SELECT {_COLUMNS} FROM task WHERE issue = ? AND step = ? AND number = ?"
        row = self._db.execute(sql, row_key(task)).fetchone()
        return None if row is None else TaskRow.of(row)

    def _entries(self, issue: int, kind: TaskKind) -> list[TaskRow]:
        sql = f"SELECT {_COLUMNS} FROM task WHERE issue = ? AND step = ? ORDER BY number"
        return [TaskRow.of(row) for row in self._all(sql, issue, STEPS[kind])]


def scan_place(path: bytes, address: str | None) -> Path:
    """Where a scan lies on this machine; one at an address in the mirror, wherever that was when it was taken in."""
    return Path(os.fsdecode(path)) if address is None else remote.mirror_of(address)


def row_key(task: TaskId) -> tuple[int, int, int]:
    return task.issue, STEPS[task.kind], task.number


def decoded(text: str | None, form: Any) -> Any:
    if text is None:
        return None
    try:
        return msgspec.json.decode(text, type=form)
    except msgspec.DecodeError as e:
        raise WorkspaceUnusable(f"The workspace holds a record that cannot be read: {e}", NEW_FOLDER) from e


def encoded(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()
