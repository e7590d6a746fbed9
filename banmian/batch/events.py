"""How a run goes, for machines: one JSON object a line on stdout, as it happens.

    {"event": "page", "issue": …, "page": …, "scan": …, "state": "done", "characters": …, "seconds": …}
    {"event": "page", …, "state": "failed", "met": …, "remedy": …}
    {"event": "progress", "settled": …, "pages_a_minute": …, "memory": …, "total": …, "done": …, "failed": …, "left": …}
    {"event": "end", "total": …, "done": …, "failed": …, "left": …}

`seconds` are CPU seconds, `memory` is in bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict

import msgspec

from banmian.store.entries import Heartbeat, Tally
from banmian.store.tasks import Facts, Fault, Lost, PageFacts, State, Task


class Events:
    """A watcher that writes what it is told."""

    def __init__(self) -> None:
        self._beat: Heartbeat | None = None

    def progress(self, ask: Callable[[], Tally]) -> None:
        if self._beat is not None:
            beat, self._beat = self._beat, None
            told = {"settled": beat.settled, "pages_a_minute": beat.rate, "memory": beat.memory}
            _write("progress", told | counts(ask()))

    def beat(self, beat: Heartbeat) -> None:
        self._beat = beat

    def done(self, task: Task, facts: Facts) -> None:
        told: dict[str, object] = {"state": State.DONE.value}
        if isinstance(facts, PageFacts):
            told |= {"characters": facts.characters, "seconds": facts.layout_seconds + facts.reading_seconds}
        _write(task.id.kind.value, _named(task) | told)

    def failed(self, task: Task, outcome: Fault | Lost, state: State) -> None:
        told = {"met": outcome.met, "remedy": outcome.remedy} if isinstance(outcome, Fault) else {"met": outcome.reason}
        _write(task.id.kind.value, _named(task) | {"state": state.value} | told)

    def end(self, tally: Tally) -> None:
        """The last line."""
        _write("end", counts(tally))


def counts(tally: Tally) -> dict[str, object]:
    """Pages by state, all of them, and those that are left."""
    return {"total": tally.total, **asdict(tally), "left": tally.left}


def _named(task: Task) -> dict[str, object]:
    return {"issue": task.id.issue, "number": task.id.number, "scan": task.shown}


def _write(event: str, told: Mapping[str, object]) -> None:
    sys.stdout.write(msgspec.json.encode({"event": event, **told}).decode() + "\n")
    sys.stdout.flush()
