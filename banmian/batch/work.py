"""What a worker does with a task: takes in a file, lays out and reads a page, makes an issue's articles."""

from __future__ import annotations

import re
import resource
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

import cv2

from banmian.batch.limits import GB, MAX_PAGES_A_FILE, Limits
from banmian.batch.overtime import OverTime, within
from banmian.batch.scanfile import check
from banmian.store.page_log import PageLog, logged
from banmian.store.remote import brought_here
from banmian.store.storage import digest_of, digests, sweep, write_whole
from banmian.store.tasks import (
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
from cleanup.edits.pass_registry import Pass
from layout.analyze import analyze, detected
from layout.draw import DrawStep, Picture, draw, draw_lines, draw_marks
from layout.errors import BanmianError, PageFailed
from layout.input.scan import Scan, frames, open_scan
from layout.page import WITHOUT_TEXT, Page, Region, page_from_json, page_to_json
from layout.prepare.prepared import sheet_of
from layout.sheet import Sheet
from ocr.engine import Engine
from ocr.setup import identity

_NO_MEMORY: Final = re.compile(r"Insufficient memory|bad[ _]alloc|Failed to allocate memory", re.IGNORECASE)
_MORE_TIME: Final = (
    "Look at the scan; try it again with: banmian run --retry failed --reader-seconds and a higher number"
)

EngineMaker = Callable[[], Engine]


@dataclass(slots=True)
class Worker:
    """Does tasks one after the other, within the limits, with one engine for all."""

    make_engine: EngineMaker
    limits: Limits = field(default_factory=Limits)
    draw: bool = False
    language: Callable[[Path], str | None] | None = None
    """Gives the language that the metadata states for a scan; None where the reader finds it by itself."""
    without: Collection[Pass] = ()
    """The passes of clean-up that do not run."""
    _engine: Engine | None = field(default=None, init=False)

    def do(self, task: Task) -> Outcome:
        """What came of the task. This is the one place where every exception becomes a recorded fault."""
        try:
            with brought_here(task) as here:
                return self._facts(here)
        except OverTime as e:
            return Fault(Fault.READER_OVER_TIME, f"{task.shown}: {e}", _MORE_TIME)
        except Exception as e:
            if _wants_memory(e):
                return self._out_of_memory(task)
            return Fault.of(e) if isinstance(e, BanmianError) else _unknown(task, e)

    def _facts(self, task: Task) -> Facts:
        if isinstance(task, IntakeTask):
            return take_in(task)
        return self._page(task) if isinstance(task, PageTask) else assemble_issue(task, self.without)

    def _page(self, task: PageTask) -> PageFacts:
        return logged(task, partial(self._done, task))

    def _done(self, task: PageTask, log: PageLog) -> PageFacts:
        begun = cpu_seconds()
        check(task.scan)
        scan = open_scan(task.path, task.frame, max_pixels=self.limits.pixels)
        log.step("opening")
        laid, sheet = _laid_out(task, scan)
        log.step("layout")
        if self.language is not None:
            laid = replace(laid, language=self.language(task.path))
        read_from = cpu_seconds()
        with within(self.limits.reader_seconds):
            page = self._reader().read(laid, sheet)
        log.step("reading")
        ended = cpu_seconds()
        write_whole(task.folder / "page.json", page_to_json(page))
        if self.draw:
            write_drawing(scan, page, task.folder / "drawing.png")
        log.step("writing")
        facts = _page_facts(page, read_from - begun, ended - read_from)
        return replace(facts, digests=digests(task.folder, ("layout.json", "page.json")))

    def _reader(self) -> Engine:
        if self._engine is None:
            self._engine = self.make_engine()
        return self._engine

    def _out_of_memory(self, task: Task) -> Fault:
        met = f"{task.shown}: it wants more memory than the {self.limits.memory / GB:.1f} GB that a page may take."
        remedy = "If it is an honest scan, run with --retry failed and a higher --page-memory, perhaps with --jobs 1."
        return Fault(Fault.OUT_OF_MEMORY, met, remedy)


def take_in(task: IntakeTask) -> ScanFacts:
    """The file's checksum and its number of pages; raises PageFailed for a file that cannot be opened."""
    check(task.scan)
    pages = frames(task.path)
    if pages > MAX_PAGES_A_FILE:
        met = f"{task.path}: the file claims {pages:,} pages; {MAX_PAGES_A_FILE:,} are the most that are believed."
        raise PageFailed(met, "If it is an honest file, split it; if you do not know it, take it out.")
    return ScanFacts(digest_of(task.path), pages)


def assemble_issue(task: IssueTask, without: Collection[Pass] = ()) -> IssueFacts:
    """The issue's articles, written to its folder."""
    sweep(task.folder)
    issue = assemble(task.name, [stored_page(p) for p in task.pages], without)
    write_whole(task.folder / "issue.json", issue_to_json(issue))
    pieces = dict(sorted(Counter(a.kind.value for a in issue.articles).items()))
    return IssueFacts(pieces, digests(task.folder, ("issue.json",)))


def stored_page(place: PagePlace) -> Page:
    """The page as it was read, or a page that says why it was not."""
    if place.failure is not None:
        return Page(number=place.number, source=place.shown, frame=place.frame, failure=place.failure)
    path = place.folder / "page.json"
    return page_from_json(path.read_bytes(), str(path))


def write_drawing(scan: Scan, page: Page, path: Path, step: DrawStep = DrawStep.ARTICLES) -> None:
    """The page with what one step found on it, in colour, as PNG. Marks and lines are detected anew."""
    done, png = cv2.imencode(".png", _picture(scan, page, step))
    if not done:
        raise PageFailed(f"{page.source}: its drawing could not be made into a PNG.")
    write_whole(path, png.tobytes())


def _picture(scan: Scan, page: Page, step: DrawStep) -> Picture:
    if step is DrawStep.MARKS:
        return draw_marks(scan, detected(scan, page.number))
    if step is DrawStep.LINES:
        return draw_lines(scan, detected(scan, page.number))
    return draw(scan, page, articles=step is DrawStep.ARTICLES)


def _unknown(task: Task, error: Exception) -> Fault:
    met = f"{task.shown}: Banmian met something it does not know ({type(error).__name__}: {error})."
    remedy = "This is a fault of Banmian. Keep the scan, and report it with the output of: banmian status --json"
    return Fault("PageFailed", met, remedy, "".join(traceback.format_exception(error)))


def _wants_memory(error: BaseException) -> bool:
    """Whether memory ran out: NumPy, OpenCV and ONNX Runtime each say it in their own way."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, MemoryError) or _NO_MEMORY.search(str(cause)):
            return True
        cause = cause.__cause__
    return False


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
        peak_memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        lost=tuple((t.box.x0, t.box.y0, t.characters) for t in page.lost),
        language=page.language,
        typed=page.reader == identity.textlayer(),
    )


def _area(regions: Iterable[Region]) -> int:
    return sum(r.box.area for r in regions if r.box is not None)
