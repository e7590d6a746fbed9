"""A run: inputs are found, planned and worked through; each call goes on where the last one stopped."""

from __future__ import annotations

import contextlib
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from banmian.batch.coordinator import Coordinator, Watcher
from banmian.batch.crew import Crew, Hire, LocalCrew
from banmian.batch.doubts import doubts
from banmian.batch.intake import Found, find
from banmian.batch.limits import Limits
from banmian.batch.reading import Reading, hired, recipe_of
from banmian.batch.scratch import scratch
from banmian.batch.stop import Stop
from banmian.store.entries import IssueEntry, Tally
from banmian.store.rerun import NOTHING, Rerun
from banmian.store.tasks import State
from banmian.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a run. `inputs` are paths and addresses; `dask` is a cluster's address, or local."""

    inputs: tuple[Path | str, ...]
    workspace: Path
    reading: Reading
    jobs: int
    again: Rerun = NOTHING
    limits: Limits = field(default_factory=Limits)
    dask: str | None = None


@dataclass(frozen=True, slots=True)
class IssueResult:
    """What an issue came to: its pages by state, how many of them are worth a look, and of how many a text layer was
    taken."""

    entry: IssueEntry
    pages: Counter[State]
    doubtful: int
    typed: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a run: pages by state, what each of its issues came to, and what could not be taken in."""

    tally: Tally
    issues: tuple[IssueResult, ...]
    found: Found

    @property
    def whole(self) -> bool:
        """Whether everything that was put in is done."""
        return not (self.tally.failed or self.found.problems or any(i.entry.fault for i in self.issues))


def run(order: Order, watcher: Watcher) -> Result:
    """Carries out the order; refuses before anything is written where the reader or its model is missing."""
    found = find(order.inputs)
    recipe = recipe_of(order.reading)
    with Workspace.make(order.workspace) as workspace, workspace.held():
        order.limits.check_room(workspace.root)
        workspace.begin(found.issues, recipe, order.again)
        hire = partial(hired, order.reading, order.limits, recipe)
        with _crew(order, hire) as crew, Stop(partial(_end_at_once, crew)) as stop:
            room = partial(_check_room, order.limits, workspace.root)
            tally = Coordinator(workspace, recipe, crew, watcher, order.again.failed, stop, room).run()
        issues = tuple(_result(workspace, i) for i in workspace.issues(run_only=True))
    return Result(tally, issues, found)


@contextlib.contextmanager
def _crew(order: Order, hire: Hire) -> Iterator[Crew]:
    """Workers here, or on a cluster."""
    if order.dask is not None:
        from banmian.batch.dask_crew import DaskCrew, Site  # noqa: PLC0415 - an extra

        site = Site(order.dask, order.jobs)
        with DaskCrew(hire, site, order.limits) as crew:
            yield crew
        return
    with scratch() as folder:
        yield LocalCrew(hire, order.jobs, order.limits, folder)


def _end_at_once(crew: Crew) -> None:
    """Readers that workers have started would else go on; a cluster's workers are not ours to end."""
    if isinstance(crew, LocalCrew):
        crew.leave()


def _check_room(limits: Limits, root: Path) -> None:
    """Readers lay their pictures into the temporary folder, results go into the workspace."""
    limits.check_room(root)
    limits.check_room(Path(tempfile.gettempdir()))


def _result(workspace: Workspace, entry: IssueEntry) -> IssueResult:
    states: Counter[State] = Counter()
    doubtful = typed = 0
    for page in workspace.pages(entry.id):
        states[page.state] += 1
        doubtful += any(doubts(page))
        typed += page.facts is not None and page.facts.typed
    return IssueResult(entry, states, doubtful, typed)
