"""Harmed and hostile files: each a page's error or a page, within its time and its memory, and never a traceback."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from banmian.batch.crew import LocalCrew
from banmian.batch.limits import GB, Limits
from banmian.store.outcomes import ATTEMPTS
from banmian.store.tasks import (
    Fault,
    IntakeTask,
    Lost,
    Outcome,
    PageFacts,
    PageTask,
    ScanFacts,
    ScanFile,
    Task,
    TaskId,
    TaskKind,
)
from layout.page import Page
from layout.sheet import Sheet
from tests.soak.mutate import mutations
from tests.soak.table import Row

SECONDS = 60.0
MEMORY = int(1.5 * GB)
LIMITS = Limits(page_seconds=SECONDS, reader_seconds=30, memory=MEMORY)


class Ready:
    """A reader that has its text at hand, whatever the line."""

    identity = "ready 1"

    def read(self, page: Page, sheet: Sheet) -> Page:
        return replace(
            page.with_lines({n.id: replace(n, text="春来江水绿如蓝。") for n in page.lines}), reader="ready 1"
        )


def ready() -> Callable[[Task], Outcome]:
    """A worker like any other, but for its reader."""
    import cv2  # noqa: PLC0415 - within the worker

    from banmian.batch.work import Worker  # noqa: PLC0415

    cv2.setNumThreads(1)
    return Worker(Ready, LIMITS).do


def main(count: int = 2000) -> Row:
    """Takes each file in, and reads its first page."""
    ends: Counter[str] = Counter()
    slowest, peak = 0.0, 0
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        folder = Path(name)
        crew = LocalCrew(ready, 1, LIMITS, folder)
        for number, (suffix, data) in enumerate(mutations(folder, count)):
            path = folder / f"m{number}{suffix}"
            path.write_bytes(data)
            begun = time.monotonic()
            end = _tried(crew, path)
            slowest = max(slowest, time.monotonic() - begun)
            peak = max([peak, *(_peak(p) for p in crew.processes)])
            ends[end] += 1
            path.unlink()
        crew.leave()
    bad = ends["traceback"] + ends["lost"]
    told = ", ".join(f"{n} {end}" for end, n in sorted(ends.items()))
    found = f"{count} files: {told}; slowest {slowest:.1f} s, worker's peak {peak / GB:.2f} GB"
    return Row("harmed and hostile files", found, not bad and slowest <= SECONDS and peak <= MEMORY)


def _tried(crew: LocalCrew, path: Path) -> str:
    """How it ended: done, failed with a reason, lost with its worker, or with a traceback."""
    scan = ScanFile(path, path.name)
    taken = _outcome(crew, IntakeTask(TaskId(1, TaskKind.INTAKE), scan))
    if not isinstance(taken, ScanFacts):
        return _named(taken, path)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        return _named(_outcome(crew, PageTask(TaskId(1, TaskKind.PAGE, 1), scan, 0, Path(folder), False)), path)


def _outcome(crew: LocalCrew, task: Task) -> Outcome:
    """What came of the task; a worker that was lost costs an attempt, as in a batch."""
    outcome: Outcome = Lost("it was never tried")
    for _ in range(ATTEMPTS):
        crew.hand(task)
        while not (heard := list(crew.outcomes(1.0))):
            continue
        outcome = heard[0][1]
        if not isinstance(outcome, Lost):
            break
    return outcome


def _named(outcome: Outcome, path: Path) -> str:
    if isinstance(outcome, PageFacts):
        return "done"
    if isinstance(outcome, Lost):
        print(f"{path.name}: {outcome.reason}", flush=True)
        return "lost"
    assert isinstance(outcome, Fault)
    if outcome.trace or not outcome.met or not outcome.remedy:
        print(f"{path.name}: {outcome.met}\n{outcome.trace}", flush=True)
        return "traceback"
    return "failed with a reason"


def _peak(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(n.split()[1]) * 1024 for n in lines if n.startswith("VmHWM")), 0)
