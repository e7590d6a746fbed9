"""What a worker is given to do and what it gives back. Paths travel, pictures never do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Final

from banmian.errors import StorageFailed
from layout.errors import BanmianError, InputUnusable, PageFailed, ReaderMissing, UsageError, WorkspaceUnusable


class TaskKind(StrEnum):
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
    kind: TaskKind
    number: int = 0


@dataclass(frozen=True, slots=True)
class ScanFile:
    """A file of the input: where it lies, and the name under which it is shown and recorded.

    `within` is the folder that it may not lead out of by a link, None where it was named itself. `size` in bytes and
    `changed` in nanoseconds are as they were when it was found. `address` is where it lies when that is no folder of
    this machine; `path` is then its place in the store of what was fetched.
    """

    path: Path
    shown: str
    within: Path | None = None
    size: int | None = None
    changed: int | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class ScanTask:
    """A task that opens one scan."""

    id: TaskId
    scan: ScanFile

    @property
    def path(self) -> Path:
        return self.scan.path

    @property
    def shown(self) -> str:
        return self.scan.shown


@dataclass(frozen=True, slots=True)
class IntakeTask(ScanTask):
    """A scan to be taken in."""


@dataclass(frozen=True, slots=True)
class PageTask(ScanTask):
    """A page to be laid out and read into `folder`, or into `store` where the workspace is no folder of this machine.

    `laid_out` says that the layout which lies in `folder` is of this scan and this version: only reading is due.
    A page that was done under the same `ticket` is not done again.
    """

    frame: int
    folder: Path
    laid_out: bool
    ticket: str = ""
    store: str | None = None


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
    store: str | None = None

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
    should; `uncovered` is the share of ink outside of every region; `lost` are places that look like text and lie in
    no line, as x, y (pixels of the scan) and an estimate of their characters. Seconds are CPU seconds; `peak_memory` is
    the most that its worker ever held, in bytes; `digests` has the sha512 of each file that was written, in hex, by its
    name. `language` is what was found on the page by itself, by Tesseract's name. `typed` tells that all its text was
    taken from the PDF's text layer, and nothing was recognized.
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
    peak_memory: int = 0
    digests: dict[str, str] = field(default_factory=dict)
    lost: tuple[tuple[int, int, int], ...] = ()
    language: str | None = None
    typed: bool = False


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """How many pieces of each kind an issue came to, and the sha512 of each file that was written."""

    pieces: dict[str, int]
    digests: dict[str, str] = field(default_factory=dict)


Facts = ScanFacts | PageFacts | IssueFacts


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as it crosses from a worker, and as the workspace keeps it; `trace` only for a fault of ours."""

    kind: str
    met: str
    remedy: str = ""
    trace: str = ""

    OUT_OF_MEMORY: ClassVar[str] = "OutOfMemory"
    """The kind of a page that found no memory within its worker's limit."""

    READER_OVER_TIME: ClassVar[str] = "ReaderOverTime"
    """The kind of a page whose reader did not end in its time; what it started may still run."""

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
