"""A run: inputs are found, planned and worked through; each call goes on where the last one stopped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from banmian.batch.coordinator import Coordinator, Watcher
from banmian.batch.crew import LocalCrew
from banmian.batch.intake import Found, find
from banmian.batch.reading import Reading, hired
from banmian.batch.stage import Recipe
from banmian.workspace import IssueEntry, PageEntry, Tally, Workspace
from ocr.choose import engine_named


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a run; `retry` takes up failed pages again."""

    inputs: tuple[Path, ...]
    workspace: Path
    reading: Reading
    jobs: int
    retry: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a run: pages by state, each of its issues with its pages, and what could not be taken in."""

    tally: Tally
    issues: tuple[tuple[IssueEntry, tuple[PageEntry, ...]], ...]
    found: Found

    @property
    def whole(self) -> bool:
        """Whether everything that was put in is done."""
        return not (self.tally.failed or self.found.problems or any(i.fault for i, _ in self.issues))


def run(order: Order, watcher: Watcher) -> Result:
    """Carries out the order; refuses before anything is written where the reader or its model is missing."""
    found = find(order.inputs)
    recipe = recipe_of(order.reading)
    with Workspace.make(order.workspace) as workspace, workspace.held():
        workspace.begin(found.issues, recipe, retry=order.retry)
        crew = LocalCrew(partial(hired, order.reading), order.jobs)
        tally = Coordinator(workspace, recipe, crew, watcher, order.retry).run()
        issues = tuple((i, tuple(workspace.pages(i.id))) for i in workspace.issues(run_only=True))
    return Result(tally, issues, found)


def recipe_of(reading: Reading) -> Recipe:
    """The recipe for the stages' keys; raises ReaderMissing, with what to install, where the engine cannot read."""
    engine = engine_named(reading.engine, reading.lang)
    return Recipe(reading.engine, reading.lang, engine.identity)
