"""The coordinator: hands out tasks, records what came of them, and alone writes the workspace's state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from banmian.batch.crew import Crew
from banmian.batch.stage import Recipe
from banmian.batch.task import Facts, Fault, Lost, Outcome, State, Task
from banmian.workspace import Tally, Workspace

_LOOK: Final = 0.25
"""Seconds between two looks at the clock while no worker reports."""


class Watcher(Protocol):
    """Someone who is told how the run goes."""

    def progress(self, ask: Callable[[], Tally]) -> None:
        """Something may have moved; `ask` counts, which costs time in a large batch."""
        ...

    def done(self, task: Task, facts: Facts) -> None:
        """A task is done."""
        ...

    def failed(self, task: Task, outcome: Fault | Lost, state: State) -> None:
        """A task failed, or (state waiting) lost its worker and is tried again."""
        ...


@dataclass(frozen=True, slots=True)
class Coordinator:
    """A run over the tasks that the workspace has planned; `begin` comes first."""

    workspace: Workspace
    recipe: Recipe
    crew: Crew
    watcher: Watcher
    retry: bool = False

    def run(self) -> Tally:
        """Works until nothing is left, and says what came of it.

        A full disk or a missing reader ends the run with its error. Whatever ends it, the tasks in work go back to
        the waiting ones, so that the next run goes on from there.
        """
        try:
            while self._hand_out() or self.crew.busy:
                self._collect()
        finally:
            self._break_off()
        return self.workspace.tally(run_only=True)

    def _hand_out(self) -> bool:
        """Gives every free hand a task; whether any was given."""
        given = False
        while self.crew.free > 0 and (task := self.workspace.next_task()) is not None:
            self.crew.hand(task)
            given = True
        return given

    def _collect(self) -> None:
        for task, outcome in self.crew.outcomes(_LOOK):
            self._settle(task, outcome)
        self.watcher.progress(lambda: self.workspace.tally(run_only=True))

    def _settle(self, task: Task, outcome: Outcome) -> None:
        if isinstance(outcome, Fault) and outcome.ends_the_run:
            self.workspace.release(task)
            raise outcome.error()
        state = self.workspace.settle(task, outcome, self.recipe, retry=self.retry)
        if isinstance(outcome, Fault | Lost):
            self.watcher.failed(task, outcome, state)
        else:
            self.watcher.done(task, outcome)

    def _break_off(self) -> None:
        left = self.crew.busy
        self.crew.leave()
        for task in left:
            self.workspace.release(task)
