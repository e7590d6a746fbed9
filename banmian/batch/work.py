"""What a worker does with a task: takes in a file, lays out and reads a page, makes an issue's articles."""

from __future__ import annotations

import hashlib
import resource
import traceback
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import cv2

from banmian.batch.reading import Reading
from banmian.batch.storage import sweep, write_whole
from banmian.batch.task import (
    Facts,
    Fault,
    IntakeTask,
    IssueFacts,
    IssueTask,
    Outcome,
    PageFacts,
    PagePlace,
    PageTask,
    ScanFacts,
    Task,
)
from cleanup.article import issue_to_json
from cleanup.assemble import assemble
from layout.analyze import analyze, sheet_of
from layout.draw import draw
from layout.errors import BanmianError, PageFailed
from layout.page import WITHOUT_TEXT, Page, Region, page_from_json, page_to_json
from layout.scan import Scan, frames, open_scan
from layout.sheet import Sheet
from ocr.choose import engine_named
from ocr.engine import Engine

_CHUNK: Final = 1 << 20


@dataclass(slots=True)
class Worker:
    """Does tasks one after the other, with one engine for all."""

    reading: Reading
    _engine: Engine | None = field(default=None, init=False)

    def do(self, task: Task) -> Outcome:
        """What came of the task. This is the one place where every exception becomes a recorded fault."""
        try:
            return self._facts(task)
        except BanmianError as e:
            return Fault.of(e)
        except MemoryError:
            return Fault("PageFailed", f"{task.shown}: there was not enough memory.", "Run with fewer jobs: --jobs 1")
        except Exception as e:
            met = f"{task.shown}: Banmian met something it does not know ({type(e).__name__}: {e})."
            remedy = (
                "This is a fault of Banmian. Keep the scan, and report it with the output of: banmian status --json"
            )
            return Fault("PageFailed", met, remedy, traceback.format_exc())

    def _facts(self, task: Task) -> Facts:
        if isinstance(task, IntakeTask):
            return take_in(task)
        return self._page(task) if isinstance(task, PageTask) else assemble_issue(task)

    def _page(self, task: PageTask) -> PageFacts:
        sweep(task.folder)
        begun = cpu_seconds()
        scan = open_scan(task.path, task.frame)
        laid, sheet = _laid_out(task, scan)
        read_from = cpu_seconds()
        page = self._reader().read(laid, sheet)
        ended = cpu_seconds()
        write_whole(task.folder / "page.json", page_to_json(page))
        if self.reading.draw:
            write_drawing(scan, page, task.folder / "drawing.png")
        return _page_facts(page, read_from - begun, ended - read_from)

    def _reader(self) -> Engine:
        if self._engine is None:
            self._engine = engine_named(self.reading.engine, self.reading.lang)
        return self._engine


def take_in(task: IntakeTask) -> ScanFacts:
    """The file's checksum and its number of pages; raises PageFailed for a file that cannot be opened."""
    pages = frames(task.path)
    digest = hashlib.sha512()
    with open(task.path, "rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return ScanFacts(digest.hexdigest(), pages)


def assemble_issue(task: IssueTask) -> IssueFacts:
    """The issue's articles, written to its folder."""
    sweep(task.folder)
    issue = assemble(task.name, [stored_page(p) for p in task.pages])
    write_whole(task.folder / "issue.json", issue_to_json(issue))
    return IssueFacts(dict(sorted(Counter(a.kind.value for a in issue.articles).items())))


def stored_page(place: PagePlace) -> Page:
    """The page as it was read, or a page that says why it was not."""
    if place.failure is not None:
        return Page(number=place.number, source=place.shown, frame=place.frame, failure=place.failure)
    path = place.folder / "page.json"
    return page_from_json(path.read_bytes(), str(path))


def write_drawing(scan: Scan, page: Page, path: Path) -> None:
    """The page with its regions, their order and their articles in colour, as PNG."""
    done, png = cv2.imencode(".png", draw(scan, page))
    if not done:
        raise PageFailed(f"{page.source}: its drawing could not be made into a PNG.")
    write_whole(path, png.tobytes())


def cpu_seconds() -> float:
    """CPU time of this process and of what it started and waited for, user and system, in seconds."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _laid_out(task: PageTask, scan: Scan) -> tuple[Page, Sheet]:
    """The page's layout and sheet; made, or taken from the folder where one of this version lies."""
    path = task.folder / "layout.json"
    if task.laid_out:
        page = page_from_json(path.read_bytes(), str(path))
        return page, sheet_of(scan, page)
    page, sheet = analyze(scan, task.id.number)
    page = replace(page, source=task.shown, frame=task.frame)
    write_whole(path, page_to_json(page))
    return page, sheet


def _page_facts(page: Page, layout_seconds: float, reading_seconds: float) -> PageFacts:
    lines = list(page.lines)
    texts = [r for r in page.regions if r.kind not in WITHOUT_TEXT]
    silent = [r for r in texts if not any(n.text.strip() for n in r.lines)]
    return PageFacts(
        regions=len(page.regions),
        lines=len(lines),
        characters=sum(len(n.text) for n in lines),
        silent=len(silent),
        silent_share=round(_area(silent) / max(1, _area(texts)), 4),
        uncovered=page.uncovered,
        warnings=page.warnings or (() if lines else ("no line of print was found",)),
        layout_seconds=round(layout_seconds, 3),
        reading_seconds=round(reading_seconds, 3),
    )


def _area(regions: Iterable[Region]) -> int:
    return sum(r.box.area for r in regions if r.box is not None)
