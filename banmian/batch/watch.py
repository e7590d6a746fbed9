"""A run that is watched from elsewhere: what the record says of it, every few seconds, until it ends."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from banmian.batch.events import counts
from banmian.batch.progress import in_words
from banmian.batch.scratch import lives
from banmian.language import listed, said, told, told_in_line
from banmian.store.entries import RunEntry, Tally
from banmian.store.tasks import Fault
from banmian.store.workspace import Workspace

_SILENT: Final = 120.0
"""Seconds without a sign of life after which a run is taken for gone."""


@dataclass(frozen=True, slots=True)
class StatusSnapshot:
    """What the record said at one moment: pages by state, the run, and failures that were not there before."""

    tally: Tally
    run: RunEntry | None
    failures: tuple[tuple[str, int, Fault], ...]

    @property
    def over(self) -> bool:
        """Whether nobody is at work."""
        return not at_work(self.run)

    def text(self) -> str:
        """A line, below one for each new failure."""
        lines = [
            said("{}, page {}: {}", name, number, told_in_line(fault.met, fault.remedy))
            for name, number, fault in self.failures
        ]
        lines.append(f"{datetime.now():%H:%M:%S}  {self._sum()}{run_words(self.run, self.tally)}")
        return "\n".join(lines)

    def json(self) -> str:
        """The same as one object on one line."""
        told: dict[str, object] = counts(self.tally)
        if self.run is not None:
            told["run"] = self.run
        told["failures"] = [{"issue": i, "page": n, "met": f.met, "remedy": f.remedy} for i, n, f in self.failures]
        return msgspec.json.encode(told).decode()

    def _sum(self) -> str:
        done = said("{:,} of {:,} pages", self.tally.done + self.tally.failed, self.tally.total)
        return listed([done, said("{:,} failed", self.tally.failed)] if self.tally.failed else [done])


def watch(root: Path, every: float, sleep: Callable[[float], None] = time.sleep) -> Iterator[StatusSnapshot]:
    """A look every so many seconds; the last one when the run is over."""
    told: set[tuple[str, int]] = set()
    while True:
        with Workspace.open(root, results=False) as workspace:
            new = [f for f in workspace.failures() if (f[0], f[1]) not in told]
            look = StatusSnapshot(workspace.tally(), workspace.last_run(), tuple(new))
        told.update((name, number) for name, number, _ in new)
        yield look
        if look.over:
            return
        sleep(every)


def at_work(run: RunEntry | None) -> bool:
    """Whether the run is going on, by its last sign of life."""
    if run is None or run.ended is not None:
        return False
    if run.host == platform.node() and not lives(run.process):
        return False
    return run.seconds_ago is None or run.seconds_ago < _SILENT


def run_words(run: RunEntry | None, tally: Tally) -> str:
    """How fast a run goes and when it will end, or how it ended; begins with a comma or a semicolon."""
    if run is None:
        return said("; nothing was run yet")
    if not at_work(run):
        return (
            said("; the last run ended: {}", told(run.how or ""))
            if run.ended
            else said("; the last run was ended without a word")
        )
    told_of = [said("{:.1f} pages a minute", run.beat.rate)] if run.beat.rate else []
    if run.beat.rate and tally.left:
        told_of.append(said("about {} left", in_words(60 * tally.left / run.beat.rate)))
    return listed(["", *told_of, said("{:.1f} GB of memory", run.beat.memory / 2**30)])
