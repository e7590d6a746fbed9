"""Workers that do as their files say: a file's text is an order, so that a batch of any temper can be laid out."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from banmian.batch.coordinator import Coordinator
from banmian.batch.crew import LocalCrew
from banmian.batch.intake import find
from banmian.batch.limits import GB, Limits
from banmian.errors import StorageFailed
from banmian.store.entries import Heartbeat, Tally
from banmian.store.page_log import logged
from banmian.store.remote import brought_here
from banmian.store.rerun import NOTHING, Rerun
from banmian.store.stage_keys import Recipe
from banmian.store.storage import digests, write_whole
from banmian.store.tasks import (
    Facts,
    Fault,
    IntakeTask,
    IssueFacts,
    IssueTask,
    Lost,
    Outcome,
    PageFacts,
    PageTask,
    ScanFacts,
    State,
    Task,
)
from banmian.store.workspace import Workspace
from layout.errors import BanmianError, PageFailed


@dataclass(frozen=True)
class Steady(Recipe):
    """A recipe that does not move with the sources: someone may be writing them while the tests run."""

    layout = "layout 1"  # type: ignore[assignment]
    cleanup = "clean-up 1"  # type: ignore[assignment]

    @property
    def reading(self) -> str:
        return f"reading 1 {self.identity}"


RECIPE = Steady("double", "none", "double 1")


def obedient() -> Callable[[Task], Outcome]:
    """A worker that obeys the first word of a file and writes the rest as the page."""
    return obey


def obey(task: Task) -> Outcome:
    try:
        with brought_here(task) as here:
            return _obeyed(here)
    except BanmianError as e:
        return Fault.of(e)
    except MemoryError:
        return Fault(Fault.OUT_OF_MEMORY, f"{task.shown}: it wants more memory than a page may take.", "Give it more.")


def _obeyed(task: Task) -> Outcome:
    if isinstance(task, IntakeTask):
        data = task.path.read_bytes()
        if data.startswith(b"no scan"):
            return Fault("PageFailed", f"{task.shown}: this is no picture.", "Take it out.")
        return ScanFacts(hashlib.sha512(data).hexdigest(), data.count(b"frame") or 1)
    if isinstance(task, PageTask):
        return logged(task, lambda _: _page(task))
    assert isinstance(task, IssueTask)
    texts = [p.failure or (p.folder / "page.json").read_text() for p in task.pages]
    write_whole(task.folder / "issue.json", "\n".join(texts).encode())
    return IssueFacts({"article": len(texts)}, digests(task.folder, ("issue.json",)))


def _page(task: PageTask) -> PageFacts:
    order, _, rest = task.path.read_text().partition(" ")
    _log(task)
    if order == "kill" or (order == "kill-once" and _first_time(task)):
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "leave":
        os._exit(3)
    if order == "eat":
        len(b"x" * (1 << 30))
    if order == "hang":
        time.sleep(3600)
    if order == "hold":
        time.sleep(float(rest.split()[0]))
    if order == "fail":
        raise PageFailed(f"{task.shown}: {rest}", "Scan it again.")
    if order == "full":
        raise StorageFailed("The disk is full.", "Free some space.")
    write_whole(task.folder / "layout.json", b"laid out")
    write_whole(task.folder / "page.json", f"{task.id.number}.{task.frame} {rest}".encode())
    written = digests(task.folder, ("layout.json", "page.json"))
    return PageFacts(1, 1, len(rest), 0, 0.0, 0.0, (), 0.0, 0.0, digests=written)


def _first_time(task: PageTask) -> bool:
    mark = task.folder / "met"
    if mark.exists():
        return False
    mark.touch()
    return True


def _log(task: PageTask) -> None:
    """Who was worked on, in a file beside the scans' folder: one atomic append a page."""
    with open(task.path.parent.parent / "log", "a") as log:
        log.write(f"{task.shown}{' laid' if task.laid_out else ''}\n")


@dataclass
class Listener:
    """A watcher that remembers what it was told."""

    failures: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    beats: list[Heartbeat] = field(default_factory=list)

    def progress(self, ask: Callable[[], Tally]) -> None:
        ask()

    def beat(self, beat: Heartbeat) -> None:
        self.beats.append(beat)

    def done(self, task: Task, facts: Facts) -> None:
        self.finished.append(task.shown)

    def failed(self, task: Task, outcome: Fault | Lost, state: State) -> None:
        told = outcome.met if isinstance(outcome, Fault) else outcome.reason
        self.failures.append(f"{task.shown} {state.value}: {told}")


@dataclass
class Batch:
    """A folder of issues whose pages are orders, and the runs over it."""

    root: Path
    jobs: int = 1
    seconds: float = 60.0
    recipe: Recipe = RECIPE
    listener: Listener = field(default_factory=Listener)
    source: Path | str | None = None
    """What is given to the run, where it is not the folder of scans."""
    workspace: Path | None = None
    memory: int = 3 * GB

    @property
    def inputs(self) -> Path:
        return self.root / "scans"

    @property
    def work(self) -> Path:
        return self.workspace or self.root / "work"

    def put(self, issue: str, *pages: str) -> Batch:
        folder = self.inputs / issue
        folder.mkdir(parents=True, exist_ok=True)
        for number, text in enumerate(pages, start=1):
            (folder / f"p{number}.png").write_text(text)
        return self

    def run(self, again: Rerun = NOTHING) -> Tally:
        with Workspace.make(self.work) as workspace, workspace.held():
            workspace.begin(find([self.source or self.inputs]).issues, self.recipe, again)
            crew = LocalCrew(obedient, self.jobs, Limits(page_seconds=self.seconds, memory=self.memory))
            return Coordinator(workspace, self.recipe, crew, self.listener, again.failed).run()

    def worked_on(self) -> list[str]:
        """What was worked on since the last call."""
        log = self.inputs / "log"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines

    def files(self) -> dict[str, bytes]:
        """Every file of results, by its path in the workspace."""
        found = (self.work / "issues").rglob("*")
        return {
            str(f.relative_to(self.work)): f.read_bytes()
            for f in found
            if f.is_file() and f.name not in {"met", "log.jsonl"}
        }
