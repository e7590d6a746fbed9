"""What a worker is given to do and what it gives back. Paths travel, pictures never do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from layout.errors import (
    BanmianError,
    InputUnusable,
    PageFailed,
    ReaderMissing,
    StorageFailed,
    UsageError,
    WorkspaceUnusable,
)


class Kind(StrEnum):
    """What is done; an issue goes through them in this order."""

    INTAKE = "intake"  # a file is measured: its checksum, how many pages it holds
    PAGE = "page"  # a page is laid out and read
    ISSUE = "issue"  # the pages of an issue become articles


class State(StrEnum):
    """Where a task stands."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, order=True)
class TaskId:
    """`number` is the file's place for an intake, the page's number for a page, 0 for an issue."""

    issue: int
    kind: Kind
    number: int = 0


@dataclass(frozen=True, slots=True)
class IntakeTask:
    id: TaskId
    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class PageTask:
    """`laid_out` says that the layout which lies in `folder` is of this scan and this version: only reading is due."""

    id: TaskId
    path: Path
    frame: int
    shown: str
    folder: Path
    laid_out: bool


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A finished page of an issue: where it lies, or why there is nothing."""

    number: int
    folder: Path
    shown: str
    frame: int
    failure: str | None


@dataclass(frozen=True, slots=True)
class IssueTask:
    id: TaskId
    name: str
    folder: Path
    pages: tuple[PagePlace, ...]

    @property
    def shown(self) -> str:
        return self.name


Task = IntakeTask | PageTask | IssueTask


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """`sha512` in hex; `pages` is the number of pages in the file."""

    sha512: str
    pages: int


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page came to.

    `silent` counts regions that should bear text and have none, `silent_share` is their part of the area of all that
    should; `uncovered` is the share of ink outside of every region. Seconds are CPU seconds.
    """

    regions: int
    lines: int
    characters: int
    silent: int
    silent_share: float
    uncovered: float
    warnings: tuple[str, ...]
    layout_seconds: float
    reading_seconds: float


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """How many pieces of each kind an issue came to."""

    pieces: dict[str, int]


Facts = ScanFacts | PageFacts | IssueFacts


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as it crosses from a worker, and as the workspace keeps it; `trace` only for a fault of ours."""

    kind: str
    met: str
    remedy: str = ""
    trace: str = ""

    @classmethod
    def of(cls, error: BanmianError) -> Fault:
        return cls(type(error).__name__, error.met, error.remedy)

    def error(self) -> BanmianError:
        """The error that crossed over, of its own class."""
        return _CLASSES.get(self.kind, PageFailed)(self.met, self.remedy)

    @property
    def ends_the_run(self) -> bool:
        """Whether every other task would fail alike: a full disk, a missing reader."""
        return self.kind in _ENDING


_CLASSES: Final = {
    c.__name__: c for c in (PageFailed, UsageError, InputUnusable, WorkspaceUnusable, ReaderMissing, StorageFailed)
}
_ENDING: Final = frozenset(c.__name__ for c in (ReaderMissing, StorageFailed, WorkspaceUnusable))


@dataclass(frozen=True, slots=True)
class Lost:
    """The worker died, or was ended because it took too long; `reason` says which."""

    reason: str


Outcome = Facts | Fault | Lost
