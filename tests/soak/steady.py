"""What the coordinator itself costs: memory, descriptors and temporary files over many pages, pages a second, CPU."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from banmian.batch.coordinator import Coordinator
from banmian.batch.crew import LocalCrew
from banmian.batch.intake import find
from banmian.batch.limits import Limits
from banmian.batch.pulse import resident
from banmian.store.storage import TEMPORARY
from banmian.store.tasks import IntakeTask, IssueFacts, Outcome, PageFacts, PageTask, ScanFacts, Task
from banmian.store.workspace import Workspace
from tests.banmian.doubles import RECIPE, Batch, Listener, obedient
from tests.soak.table import Row

PACE = 200
"""Pages a second that the bookkeeping must be able to take."""

FLAT = 4 << 20
"""Bytes by which the coordinator may grow from the first tenth of the pages to the last: the allocator's own."""


class Recorded:
    """A crew that has every answer at hand: what is left is bookkeeping."""

    def __init__(self, hands: int = 64) -> None:
        self._hands = hands
        self._tasks: list[Task] = []
        self.memory: list[int] = []

    @property
    def free(self) -> int:
        return self._hands - len(self._tasks)

    @property
    def busy(self) -> tuple[Task, ...]:
        return tuple(self._tasks)

    @property
    def processes(self) -> tuple[int, ...]:
        return ()

    def hand(self, task: Task) -> None:
        self._tasks.append(task)

    def outcomes(self, timeout: float) -> Iterator[tuple[Task, Outcome]]:
        tasks, self._tasks = self._tasks, []
        self.memory.append(resident(os.getpid()))
        yield from ((t, _answer(t)) for t in tasks)

    def leave(self) -> None:
        self._tasks = []


def _answer(task: Task) -> Outcome:
    if isinstance(task, IntakeTask):
        return ScanFacts("0" * 128, 1)
    if isinstance(task, PageTask):
        return PageFacts(40, 300, 6000, 0, 0.0, 0.0, (), 2.0, 15.0, 300 << 20, {"page.json": "0" * 128})
    return IssueFacts({"article": 20})


def bookkeeping(pages: int = 10_000) -> Row:
    """All but the work itself: planning, handing out, recording."""
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        batch = _batch(Path(name), pages)
        crew = Recorded()
        with Workspace.make(batch.work) as workspace, workspace.held():
            workspace.begin(find([batch.inputs]).issues, RECIPE)
            begun, cpu = time.monotonic(), time.process_time()
            tally = Coordinator(workspace, RECIPE, crew, Listener()).run()
            seconds, cpu = time.monotonic() - begun, time.process_time() - cpu
    pace, a_page = pages / seconds, 1000 * cpu / pages
    found = f"{pages} pages: {pace:.0f} pages a second, {a_page:.2f} ms of CPU a page"
    return Row("the coordinator's bookkeeping alone", found, tally.done == pages and pace >= PACE)


def flat(pages: int = 10_000) -> Row:
    """With workers, and a reader that has its text at hand."""
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        batch = _batch(Path(name), pages)
        with Workspace.make(batch.work) as workspace, workspace.held():
            workspace.begin(find([batch.inputs]).issues, RECIPE)
            scratch = Path(name, "scratch")
            scratch.mkdir()
            opened, before = _opened(), time.process_time()
            crew = _Weighed(scratch)
            tally = Coordinator(workspace, RECIPE, crew, batch.listener).run()
            cpu = time.process_time() - before
            left = len(list(scratch.iterdir())) + sum(1 for _ in Path(name).rglob(f"*{TEMPORARY}"))
            more = _opened() - opened
    tenth = len(crew.memory) // 10
    grown = max(crew.memory[-tenth:]) - max(crew.memory[:tenth])
    found = (
        f"{pages} pages: the coordinator grew by {grown / 2**20:.1f} MB to {crew.memory[-1] / 2**20:.0f} MB; "
        f"{left} temporary files and {more} descriptors left; {1000 * cpu / pages:.2f} ms of its CPU a page"
    )
    return Row(
        "10,000 pages with the recorded reader", found, tally.done == pages and grown <= FLAT and not left + more
    )


class _Weighed(LocalCrew):
    """Looks at the coordinator's memory each time it listens."""

    def __init__(self, scratch: Path) -> None:
        super().__init__(obedient, 2, Limits(), scratch)
        self.memory: list[int] = []

    def outcomes(self, timeout: float) -> Iterator[tuple[Task, Outcome]]:
        self.memory.append(resident(os.getpid()))
        yield from super().outcomes(timeout)


def _batch(root: Path, pages: int) -> Batch:
    batch = Batch(root, 2, listener=_Deaf())
    for first in range(0, pages, 20):
        batch.put(f"i{first:06}", *(f"ok {n}" for n in range(first, min(pages, first + 20))))
    return batch


class _Deaf(Listener):
    """Remembers nothing, as a display does."""

    def done(self, task: Task, facts: object) -> None:
        return

    def beat(self, beat: object) -> None:
        return


def _opened() -> int:
    """Open descriptors of this process."""
    return len(os.listdir("/proc/self/fd"))
