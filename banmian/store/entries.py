"""What the record of a workspace tells: issues, pages, runs and their number by state."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from banmian.store.tasks import Fault, IssueFacts, PageFacts, State


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """An issue of the workspace; `state` is that of its articles."""

    id: int
    name: str
    folder: Path
    state: State
    fault: Fault | None
    facts: IssueFacts | None


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of the workspace: its place, its state and what it came to.

    `path` is the scan; where it lies at an `address`, `banmian.store.remote.at_hand` brings it there.
    """

    number: int
    shown: str
    path: Path
    frame: int
    folder: Path
    state: State
    attempts: int
    fault: Fault | None
    facts: PageFacts | None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Pages by state; a file that is not yet taken in counts as one waiting page."""

    done: int = 0
    failed: int = 0
    waiting: int = 0
    working: int = 0

    @property
    def total(self) -> int:
        return self.done + self.failed + self.left

    @property
    def left(self) -> int:
        return self.waiting + self.working


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """How a run stands: pages settled since it began, pages a minute of late, bytes of memory of all its processes."""

    settled: int
    rate: float
    memory: int


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A run: when it began and ended (UTC), how, by which process, and its last sign of life `seconds_ago`."""

    number: int
    begun: str
    ended: str | None
    how: str | None
    host: str
    process: int
    reader: str
    seconds_ago: float | None
    beat: Heartbeat
