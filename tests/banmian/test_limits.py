"""What a page may cost: time, memory, pixels, a reader's time; and what a file may be."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from banmian.batch.crew import LocalCrew
from banmian.batch.intake import find
from banmian.batch.limits import GB, Limits
from banmian.batch.overtime import OverTime, within
from banmian.batch.scanfile import check
from banmian.batch.work import Worker
from banmian.errors import StorageFailed
from banmian.store.page_log import FILE, entries
from banmian.store.tasks import (
    Fault,
    IntakeTask,
    Outcome,
    PageFacts,
    PageTask,
    ScanFacts,
    ScanFile,
    Task,
    TaskId,
    TaskKind,
)
from layout.errors import PageFailed
from layout.page import Page
from layout.sheet import Sheet
from ocr.setup import identity
from samples.typeset.works import LAYERED, SAMPLES
from tests.banmian import pages
from tests.banmian.doubles import Batch
from tests.soak.mutations import Ready


def page_task(path: Path, folder: Path, ticket: str = "t") -> PageTask:
    folder.mkdir(exist_ok=True)
    return PageTask(TaskId(1, TaskKind.PAGE, 1), ScanFile(path, path.name), 0, folder, False, ticket)


class Slow(Ready):
    """A reader that forgives itself everything, and never ends."""

    def read(self, page: Page, sheet: Sheet) -> Page:
        while True:
            try:
                time.sleep(60)
            except Exception:
                continue


class Greedy(Ready):
    """A reader that takes all the memory there is, unless it is stopped."""

    def read(self, page: Page, sheet: Sheet) -> Page:
        held = [np.ones(1 << 26, np.uint8) for _ in range(64)]
        return super().read(replace(page, warnings=(str(len(held)),)), sheet)


def greedy() -> Callable[[Task], Outcome]:
    return Worker(Greedy, Limits(memory=GB)).do


def test_a_reader_that_does_not_end_costs_its_page(tmp_path: Path) -> None:
    """A reader of any kind that takes longer than it may fails the page, with what to do."""
    worker = Worker(Slow, Limits(reader_seconds=0.3))
    outcome = worker.do(page_task(pages.page(tmp_path / "p.png"), tmp_path / "w"))
    assert isinstance(outcome, Fault)
    assert "did not finish within" in outcome.met
    assert "--reader-seconds" in outcome.remedy
    assert [e.event for e in entries(tmp_path / "w")] == ["begun", "failed"]


def test_the_alarm_is_off_afterwards() -> None:
    """Work that ends in its time is not disturbed later."""
    with within(0.1):
        pass
    time.sleep(0.2)
    with pytest.raises(OverTime), within(0.05):
        time.sleep(5)


def test_a_page_that_wants_too_much_memory_fails_alone(tmp_path: Path) -> None:
    """The worker's limit holds; the page says which flag raises it, and was tried in a fresh worker."""
    task = page_task(pages.page(tmp_path / "p.png"), tmp_path / "w")
    crew = LocalCrew(greedy, 1, Limits(memory=GB), tmp_path)
    try:
        crew.hand(task)
        while not (heard := list(crew.outcomes(1.0))):
            continue
    finally:
        crew.leave()
    ((_, outcome),) = heard
    assert isinstance(outcome, Fault)
    assert "more memory than the 1.0 GB" in outcome.met
    assert "--page-memory" in outcome.remedy


def test_more_pixels_than_allowed(tmp_path: Path) -> None:
    """The limit on pixels is the flag's."""
    outcome = Worker(Ready, Limits(pixels=1000)).do(page_task(pages.blank(tmp_path / "p.png"), tmp_path / "w"))
    assert isinstance(outcome, Fault)
    assert "the picture claims 1,000 x 900 pixels" in outcome.met


def test_a_page_done_before_is_known_by_its_receipt(tmp_path: Path) -> None:
    """The same ticket and whole files: nothing is done again. Another ticket, or a harmed file: all of it."""
    path = pages.page(tmp_path / "p.png")
    work = tmp_path / "w"
    worker = Worker(Ready)
    first = worker.do(page_task(path, work))
    assert isinstance(first, PageFacts)
    assert worker.do(page_task(path, work)) == first
    assert [e.event for e in entries(work)] == ["begun", "done"]
    assert set(entries(work)[-1].seconds) == {"opening", "layout", "reading", "writing"}
    (work / "page.json").write_bytes(b"{}")
    worker.do(page_task(path, work))
    worker.do(page_task(path, work, "another"))
    assert [e.event for e in entries(work)] == ["begun", "done"] * 3


@dataclass
class Named(Ready):
    """A reader that reads nothing, under this name."""

    name: str

    def read(self, page: Page, sheet: Sheet) -> Page:
        return replace(page, reader=self.name)


@pytest.mark.parametrize(("before", "typed"), [("", True), ("double 1, ", False)])
def test_the_reader_tells_that_nothing_was_recognized(tmp_path: Path, before: str, *, typed: bool) -> None:
    """A text layer in the PDF is not enough: some lines may be drawn, and only the reader knows."""
    facts = Worker(lambda: Named(before + identity.textlayer())).do(page_task(SAMPLES / LAYERED, tmp_path / "w"))
    assert isinstance(facts, PageFacts)
    assert facts.typed is typed


def test_a_torn_log_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """What a power cut left of a line is passed over, and the next line stands by itself."""
    path = pages.page(tmp_path / "p.png")
    Worker(Ready).do(page_task(path, tmp_path / "w"))
    log = tmp_path / "w" / FILE
    log.write_bytes(log.read_bytes()[:-20])
    Worker(Ready).do(page_task(path, tmp_path / "w"))
    assert [e.event for e in entries(tmp_path / "w")] == ["begun", "begun", "done"]


def test_a_log_does_not_grow_without_end(tmp_path: Path) -> None:
    """A page that is tried for ever keeps the latest of its log."""
    path = pages.page(tmp_path / "p.png")
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / FILE).write_bytes(b'{"at":"","event":"failed","ticket":"x"}\n' * 3000)
    Worker(Ready).do(page_task(path, tmp_path / "w"))
    assert (tmp_path / "w" / FILE).stat().st_size < 20_000
    assert entries(tmp_path / "w")[-1].event == "done"


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A link that leads out of what was named is that page's error; one that stays within is a scan."""
    batch = Batch(tmp_path).put("a", "ok 一")
    (tmp_path / "secret.png").write_text("ok secret")
    (batch.inputs / "a/p2.png").symlink_to(tmp_path / "secret.png")
    (batch.inputs / "a/p3.png").symlink_to(batch.inputs / "a/p1.png")
    scans = {s.path.name: s for s in find([batch.inputs]).issues[0].scans}
    files = {n: ScanFile(s.path, s.shown, batch.inputs, s.size, s.changed) for n, s in scans.items()}
    check(files["p1.png"])
    check(files["p3.png"])
    with pytest.raises(PageFailed, match="a link that leads out of the input folder"):
        check(files["p2.png"])


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    """A pipe, on which a reader would wait for ever, is refused at once."""
    os.mkfifo(tmp_path / "p.png")
    outcome = Worker(Ready).do(IntakeTask(TaskId(1, TaskKind.INTAKE), ScanFile(tmp_path / "p.png", "p.png")))
    assert isinstance(outcome, Fault)
    assert "a pipe or a device" in outcome.met


def test_a_scan_that_changes_under_way_is_told(tmp_path: Path) -> None:
    """A page is made from the file that was taken in, or not at all."""
    path = pages.page(tmp_path / "p.png")
    found = find([path]).issues[0].scans[0]
    scan = ScanFile(path, "p.png", None, found.size, found.changed)
    check(scan)
    pages.blank(path)
    with pytest.raises(PageFailed, match="changed while Banmian was at work"):
        check(scan)


@pytest.mark.parametrize("name", ["a\nb.png", "..png", "…\t.png", "-rf.png", "名\x1b[31m.png", "a'b\";.png"])
def test_a_name_of_any_kind(tmp_path: Path, name: str) -> None:
    """Names with line breaks, control characters, quotes and dots are read, and told on one line."""
    Image.new("L", (60, 40), 255).save(tmp_path / "x.png")
    (tmp_path / "x.png").rename(tmp_path / name)
    (issue,) = find([tmp_path / name]).issues
    assert issue.scans[0].shown.isprintable()
    outcome = Worker(Ready).do(IntakeTask(TaskId(1, TaskKind.INTAKE), ScanFile(tmp_path / name, issue.scans[0].shown)))
    assert isinstance(outcome, ScanFacts)


def test_the_disk_is_looked_at_before_it_runs_out(tmp_path: Path) -> None:
    """With less room than is to be kept the run ends before anything is written."""
    Limits().check_room(tmp_path)
    with pytest.raises(StorageFailed, match=r"stops below 1048576\.0 GB"):
        Limits(keep_free=GB << 20).check_room(tmp_path)
