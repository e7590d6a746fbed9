"""The coordinator: hands out tasks, records what came of them, and alone writes the workspace's state."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from banmian.batch.crew import Crew
from banmian.batch.pulse import Pulse
from banmian.batch.stop import never
from banmian.errors import StorageFailed
from banmian.store.entries import Heartbeat, Tally
from banmian.store.mirror import RENEW
from banmian.store.stage_keys import Recipe
from banmian.store.tasks import Facts, Fault, Lost, Outcome, State, Task, TaskKind
from banmian.store.workspace import Workspace
from layout.errors import BanmianError

_LOOK: Final = 0.25
"""Seconds between two looks at the clock while no worker reports."""

_GRACE: Final = 2.0
"""Seconds that pages in work are given to end when the run is to stop."""


class Watcher(Protocol):
    """Someone who is told how the run goes."""

    def progress(self, ask: Callable[[], Tally]) -> None:
        """Something may have moved; `ask` counts, which costs time in a large batch."""
        ...

    def beat(self, beat: Heartbeat) -> None:
        """The run's pace and memory, now and then."""
        ...

    def done(self, task: Task, facts: Facts) -> None:
        """A task is done."""
        ...

    def failed(self, task: Task, outcome: Fault | Lost, state: State) -> None:
        """A task failed, or (state waiting) lost its worker and is tried again."""
        ...


def _room_for_ever() -> None:
    """Nobody counts the space."""


@dataclass(slots=True)
class Coordinator:
    """A run over the tasks that the workspace has planned; `begin` comes first.

    `check_room` raises StorageFailed before the disk runs out; `stop` says whether someone wants it to stop.
    """

    workspace: Workspace
    recipe: Recipe
    crew: Crew
    watcher: Watcher
    retry: bool = False
    stop: Callable[[], bool] = never
    check_room: Callable[[], None] = _room_for_ever
    _pulse: Pulse = field(default_factory=Pulse, init=False)
    _saved: float = field(default_factory=time.monotonic, init=False)

    def run(self) -> Tally:
        """Works until nothing is left, and says what came of it.

        A full disk or a missing reader ends the run with its error, a wish to stop with KeyboardInterrupt. Whatever
        ends it, the tasks in work go back to the waiting ones, so that the next run goes on from there.
        """
        how = "broken off"
        try:
            self._work()
            how = "stopped" if self.stop() else "done"
        except BanmianError as e:
            how = e.met
            raise
        finally:
            self._break_off(how)
        if how == "stopped":
            raise KeyboardInterrupt
        return self.workspace.tally(run_only=True)

    def _work(self) -> None:
        self._live()
        while not self.stop() and (self._hand_out() or self.crew.busy or self.workspace.has_next()):
            # Work and nobody to do it: a cluster's workers are not there yet, or were all lost.
            self._collect()
        end = time.monotonic() + _GRACE
        while self.crew.busy and time.monotonic() < end:
            self._collect()

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
            self._hand_out_one()
        if self._pulse.due():
            self._live()
        self.watcher.progress(lambda: self.workspace.tally(run_only=True))

    def _hand_out_one(self) -> None:
        """The hand that has just become free gets the next task before others are heard."""
        if not self.stop() and self.crew.free > 0 and (task := self.workspace.next_task()) is not None:
            self.crew.hand(task)

    def _settle(self, task: Task, outcome: Outcome) -> None:
        if isinstance(outcome, Fault) and outcome.ends_the_run:
            self.workspace.release(task)
            raise outcome.error()
        state = self.workspace.settle(task, outcome, self.recipe, retry=self.retry)
        self._pulse.settled += task.id.kind is TaskKind.PAGE and state is not State.WAITING
        if isinstance(outcome, Fault | Lost):
            self.watcher.failed(task, outcome, state)
        else:
            self.watcher.done(task, outcome)

    def _live(self) -> None:
        """A sign of life, a look at the disk, and now and then the record of a workspace elsewhere is laid there."""
        self.check_room()
        beat = self._pulse.beat(self.crew.processes)
        self.workspace.beat(beat)
        self.watcher.beat(beat)
        if time.monotonic() - self._saved > RENEW:
            self._saved = time.monotonic()
            self.workspace.save(at_work=True)

    def _break_off(self, how: str) -> None:
        left = self.crew.busy
        self.crew.leave()
        with contextlib.suppress(StorageFailed):  # on a full disk nothing can be put back; the next run does it
            for task in left:
                self.workspace.release(task)
            self.workspace.end(how)
