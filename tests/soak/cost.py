"""What a batch costs beside reading, how busy it keeps its workers, and what a cluster adds or takes."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from banmian.batch.coordinator import Coordinator
from banmian.batch.crew import Crew, LocalCrew
from banmian.batch.dask_crew import DaskCrew, Site
from banmian.batch.intake import find
from banmian.batch.limits import Limits
from banmian.batch.reading import Reading, hired, recipe_of
from banmian.store.tasks import Facts, PageFacts, Task
from banmian.store.workspace import Workspace
from tests.banmian.doubles import RECIPE, Batch, Listener, obedient
from tests.soak.table import Row

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = tuple(sorted(ROOT.glob("samples/*/page*.jpg")))


class _Sum(Listener):
    """Adds up what pages cost in layout and reading, in CPU seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.reading, self.pages = 0.0, 0

    def done(self, task: Task, facts: Facts) -> None:
        if isinstance(facts, PageFacts):
            self.reading += facts.layout_seconds + facts.reading_seconds
            self.pages += 1


def overhead(scans: Sequence[Path] = SAMPLES) -> Row:
    """CPU of everything but layout and reading; what it takes to start a worker is counted apart."""
    reading = Reading("tesseract", "chi_sim")
    recipe, limits, told = recipe_of(reading), Limits(), _Sum()
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        start = _spent(Path(name, "start"), scans[:1], partial(hired, reading, limits, recipe), None)
        before = time.process_time()
        workers = _spent(Path(name, "all"), scans, partial(hired, reading, limits, recipe), told)
        coordinator = time.process_time() - before
    beside = coordinator + workers - start - told.reading
    share = beside / told.reading
    found = (
        f"{told.pages} pages: {told.reading:.1f} s of CPU for layout and reading, {beside:.2f} s beside it "
        f"({share:.1%}); {start:.1f} s to start a worker, once"
    )
    return Row("overhead of batch, workspace and ledger", found, told.pages == len(scans) and share <= 0.02)


def _spent(root: Path, scans: Sequence[Path], hire: partial[object], told: _Sum | None) -> float:
    """CPU seconds of the one worker; without a listener it only takes the files in."""
    root.mkdir()
    reading = Reading("tesseract", "chi_sim")
    before = _children()
    with Workspace.make(root / "w") as workspace:
        issues = find(list(scans)).issues
        workspace.begin(issues, recipe_of(reading))
        crew = LocalCrew(hire, 1, Limits(), root)  # type: ignore[arg-type]
        if told is None:
            task = workspace.next_task()
            assert task is not None
            crew.hand(task)
            while not list(crew.outcomes(1.0)):
                continue
            crew.leave()
        else:
            Coordinator(workspace, recipe_of(reading), crew, told).run()
    return _children() - before


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def busy(pages: int = 120, hold: float = 0.5) -> Row:
    """The share of two workers' time that goes into pages, for pages that take so many seconds each."""
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        batch = _batch(Path(name), pages, hold)
        pace = _pace(batch, LocalCrew(obedient, 2))
    share = pace * hold / 2
    return Row("workers in work", f"{share:.1%} of the time of two, at {hold} s a page", share >= 0.95)


def cluster(pages: int = 120, hold: float = 0.5) -> Row:
    """Pages a second of two workers of a cluster, against two local ones, when both are up."""
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        local = _pace(_batch(Path(name, "local"), pages, hold), LocalCrew(obedient, 2))
        with DaskCrew(obedient, Site("local", 2)) as crew:
            dask = _pace(_batch(Path(name, "dask"), pages, hold), crew)
    found = f"{dask:.2f} pages a second against {local:.2f}: {dask / local:.3f}"
    return Row("two Dask workers against two local ones", found, dask >= 0.95 * local)


def _batch(root: Path, pages: int, hold: float) -> Batch:
    return Batch(root, 2).put("a", *(f"hold {hold} {n}" for n in range(pages)))


class _Clock(Listener):
    """Notes when each page was done."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []

    def done(self, task: Task, facts: Facts) -> None:
        if isinstance(facts, PageFacts):
            self.times.append(time.monotonic())


def _pace(batch: Batch, crew: Crew) -> float:
    """Pages a second, from the tenth page on: by then every worker is up."""
    clock = _Clock()
    with Workspace.make(batch.work) as workspace:
        workspace.begin(find([batch.inputs]).issues, RECIPE)
        Coordinator(workspace, RECIPE, crew, clock).run()
    times = clock.times[10:]
    return (len(times) - 1) / (times[-1] - times[0])


def determinism() -> Row:
    """1, 2 and 8 workers, a cluster, and all of them disturbed: the same bytes."""
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        results = [b.files() for b in _ways(Path(name))]
    same = all(r == results[0] for r in results) and len(results[0]) > 40
    return Row("1, 2, 8 workers, local and Dask, killed and not", f"{len(results)} workspaces, equal: {same}", same)


def _ways(root: Path) -> Iterator[Batch]:
    for jobs in (1, 2, 8):
        for order in ("ok", "kill-once"):
            batch = Batch(root / f"{jobs}{order}", jobs)
            batch.put("a", *(f"{order} {n}" for n in range(8))).put("b", *(f"ok {n}" for n in range(12)))
            batch.run()
            yield batch
    batch = Batch(root / "dask", 2).put("a", *(f"kill-once {n}" for n in range(8)))
    batch.put("b", *(f"ok {n}" for n in range(12)))
    with Workspace.make(batch.work) as workspace, DaskCrew(obedient, Site("local", 2)) as crew:
        workspace.begin(find([batch.inputs]).issues, RECIPE)
        Coordinator(workspace, RECIPE, crew, Listener()).run()
    yield batch
