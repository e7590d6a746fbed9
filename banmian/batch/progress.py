"""How a run goes, on stderr: a bar where a person watches, and each failure as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from banmian.language import error_text, language, listed, said, told
from banmian.store.display_path import shown
from banmian.store.entries import Heartbeat, Tally
from banmian.store.tasks import Facts, Fault, Lost, PageFacts, PageTask, State, Task

_EVERY: Final = 0.5
"""Seconds between two counts of the pages, where counting takes no time."""

_ASKING: Final = 20
"""Ratio of the wait between two counts to the time that one takes, at least: counting a million pages takes a while."""

_IN_SECONDS: Final = 90
"""Span in seconds below which it is given in seconds."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds, and the pages that were done in them."""

    seconds: float
    pages: float

    def left(self, pages: int) -> str:
        """The time that `pages` more will take at this pace, in words; empty while nothing is known."""
        return said("about {}", in_words(self.seconds / self.pages * pages)) if self.pages and pages else ""


def in_words(seconds: float) -> str:
    """A span of time as one or two units: 40 s, 12 min, 3 h 20 min."""
    if seconds < _IN_SECONDS:
        return said("{:.0f} s", seconds)
    hours, minutes = divmod(round(seconds / 60), 60)
    return said("{} h {} min", hours, minutes) if hours else said("{} min", minutes)


class ProgressDisplay:
    """Pages done, pages left and time left, drawn only on a terminal; failures are told everywhere.

    Use it as a context: the bar is there within. `workspace` is the workspace as it is typed after a command.
    """

    def __init__(self, console: Console | None = None, workspace: str = "WORKSPACE") -> None:
        self.console = console or Console(stderr=True, highlight=False)
        self._workspace = workspace
        self._bar = Progress(
            TextColumn(said("pages")),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[told]}"),
            TimeElapsedColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
            transient=True,
            refresh_per_second=2,
        )
        self._task = self._bar.add_task("pages", total=None, told="")
        self._begun = self._looked = time.monotonic()
        self._every = _EVERY
        self._beat = Heartbeat(0, 0.0, 0)

    def __enter__(self) -> ProgressDisplay:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def progress(self, ask: Callable[[], Tally]) -> None:
        now = time.monotonic()
        if self._bar.disable or now - self._looked < self._every:
            return
        tally = ask()
        self._looked = time.monotonic()
        self._every = max(_EVERY, _ASKING * (self._looked - now))
        parts = [said("{} left", tally.left), self._pace(now).left(tally.left)]
        parts += [said("{} failed", tally.failed)] if tally.failed else []
        if self._beat.rate:
            parts += [said("{:.1f} a minute", self._beat.rate), f"{self._beat.memory / 2**30:.1f} GB"]
        told_now = listed(filter(None, parts))
        self._bar.update(self._task, completed=tally.done + tally.failed, total=tally.total, told=told_now)

    def beat(self, beat: Heartbeat) -> None:
        self._beat = beat

    def _pace(self, now: float) -> Pace:
        """The pace of late where it is known, else since the beginning."""
        if self._beat.rate:
            return Pace(60.0, self._beat.rate)
        return Pace(now - self._begun, self._beat.settled)

    def done(self, task: Task, facts: Facts) -> None:
        """Says which page came out without a character: it is blank, or something was not seen."""
        if isinstance(task, PageTask) and isinstance(facts, PageFacts) and not facts.characters:
            why = "; ".join(map(told, facts.warnings)) or said("nothing was read")
            look = said("If it is not blank, see what was found: banmian draw {}", self._workspace)
            self.tell(f"{said('{}: {}', shown(task.path), why)}\n  {look}")

    def failed(self, task: Task, outcome: Fault | Lost, state: State) -> None:
        if isinstance(outcome, Fault):
            self.tell(error_text(outcome.error(), language()))
        else:
            once_more = state is State.WAITING
            then = said(
                "{}: {}; it is tried once more." if once_more else "{}: {}; it is set aside.",
                task.shown,
                told(outcome.reason),
            )
            self.tell(then)

    def tell(self, text: str) -> None:
        """A message above the bar."""
        self._bar.console.print(text, markup=False, soft_wrap=True)
