"""What can be asked of a workspace: its issues, its pages, how far they are, what failed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from banmian.store import remote
from banmian.store.display_path import natural
from banmian.store.entries import Heartbeat, IssueEntry, PageEntry, RunEntry, Tally
from banmian.store.schema import LANGUAGE_MODEL
from banmian.store.task_rows import TaskRows, decoded, scan_place
from banmian.store.tasks import Fault, IssueFacts, PageFacts, ScanFacts, ScanFile, State, TaskId, TaskKind


class Queries(TaskRows):
    """The record as it is read; nothing here changes it."""

    def tally(self, *, run_only: bool = False) -> Tally:
        """Pages by state, of the whole workspace or of the issues of the last run."""
        rows = self._all(
            "SELECT t.state, sum(t.step = 1), sum(t.step = 0) FROM task t JOIN issue i ON i.id = t.issue "
            "WHERE (NOT ? OR i.run = ?) GROUP BY t.state",
            run_only,
            self._run,
        )
        pages = {State(state): n for state, n, _ in rows}
        files = {State(state): n for state, _, n in rows}
        return Tally(
            pages.get(State.DONE, 0),
            pages.get(State.FAILED, 0),
            pages.get(State.WAITING, 0) + files.get(State.WAITING, 0),
            pages.get(State.WORKING, 0) + files.get(State.WORKING, 0),
        )

    def last_run(self) -> RunEntry | None:
        """The run that is at work, or was the last."""
        columns = "id, begun, ended, how, host, process, reader, at, settled, rate, memory"
        rows = self._all(f"SELECT {columns} FROM run ORDER BY id DESC LIMIT 1")
        if not rows:
            return None
        number, begun, ended, how, host, process, reader, at, settled, rate, memory = rows[0]
        ago = None if at is None else time.time() - at
        return RunEntry(number, begun, ended, how, host, process, reader, ago, Heartbeat(settled, rate, memory))

    def language_model(self) -> str:
        """The identity of the language model that spoke in reading or clean-up in the last run; empty for none."""
        if not self._all("SELECT 1 FROM sqlite_master WHERE name = 'maker'"):  # the first run makes the table
            return ""
        rows = self._all("SELECT version FROM maker WHERE part = ?", LANGUAGE_MODEL)
        return str(rows[0][0]) if rows else ""

    def failures(self) -> Iterator[tuple[str, int, Fault]]:
        """What failed: the issue's name, the page's number (0 for the issue itself), and why."""
        rows = self._all(
            "SELECT i.name, t.number, t.fault FROM task t JOIN issue i ON i.id = t.issue "
            "WHERE t.state = 'failed' AND t.step > 0 ORDER BY t.issue, t.step, t.number"
        )
        for name, number, fault in rows:
            yield name, number, decoded(fault, Fault)

    def inputs(self) -> list[Path | str]:
        """The folders, and the addresses, that runs were given."""
        texts = (os.fsdecode(path) for (path,) in self._all("SELECT path FROM input ORDER BY path"))
        return [text if remote.is_address(text) else Path(text) for text in texts]

    def scans(self, issue: int) -> list[tuple[ScanFile, str | None]]:
        """The files of an issue with the sha512 that each had when it was taken in, None where it could not be."""
        known = {
            e.id.number: e.facts.sha512 for e in self._entries(issue, TaskKind.INTAKE) if isinstance(e.facts, ScanFacts)
        }
        places = self._all("SELECT place FROM scan WHERE issue = ? ORDER BY place", issue)
        return [(self._scan_file(issue, place), known.get(place)) for (place,) in places]

    def place_of(self, path: Path) -> Path | str:
        """Where a file of the workspace really lies: its path, or its address."""
        return self._address(path) or path

    def result_files(self) -> Iterator[str]:
        """Every file that lies among the results, by its path below the workspace."""
        if self._store is not None:
            yield from (f.address.removeprefix(f"{self._store}/") for f in remote.files_below(f"{self._store}/issues"))
            return
        files = (p for p in (self.root / "issues").rglob("*") if not p.is_dir())
        yield from sorted(str(p.relative_to(self.root)) for p in files)

    def stamp(self) -> tuple[object, ...]:
        """Something that is another where tasks have changed since: their number by state, and the last run's look."""
        states = self._all("SELECT state, count(*), coalesce(sum(length(facts)), 0) FROM task GROUP BY state")
        return (*states, *self._all("SELECT id, settled, ended FROM run ORDER BY id DESC LIMIT 1"))

    def issues(self, *, run_only: bool = False) -> list[IssueEntry]:
        """The issues in natural order of their names."""
        rows = self._all("SELECT id, name, folder FROM issue WHERE NOT ? OR run = ?", run_only, self._run)
        return [self._issue_entry(*row) for row in sorted(rows, key=lambda r: natural(r[1]))]

    def pages(self, issue: int) -> Iterator[PageEntry]:
        """The pages of an issue, by number."""
        tasks = {e.id.number: e for e in self._entries(issue, TaskKind.PAGE)}
        rows = self._all(
            "SELECT p.number, s.shown, s.path, p.frame, s.address FROM page p "
            "JOIN scan s ON s.issue = p.issue AND s.place = p.place WHERE p.issue = ? ORDER BY p.number",
            issue,
        )
        for number, name, path, frame, address in rows:
            e = tasks[number]
            facts = e.facts if isinstance(e.facts, PageFacts) else None
            folder = self._page_folder(issue, number)
            place = scan_place(path, address)
            yield PageEntry(number, name, place, frame, folder, e.state, e.attempts, e.fault, facts, address)

    def _issue_entry(self, issue: int, name: str, folder: str) -> IssueEntry:
        row = self._row(TaskId(issue, TaskKind.ISSUE))
        state = State.WAITING if row is None or self._open(issue, TaskKind.PAGE) else row.state
        fault, facts = (row.fault, row.facts) if row else (None, None)
        whole = facts if isinstance(facts, IssueFacts) else None
        return IssueEntry(issue, name, self.root / "issues" / folder, state, fault, whole)
