"""The supported Python interface: open a scan, read a page, run a batch, clean a text, export. See docs/python-api.md.

What stands here keeps its names and meanings within a version's first number; everything else may move.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cleanup.article import Article, Issue

if TYPE_CHECKING:
    from banmian.archive.export import Exported
    from banmian.batch.run import Result
    from layout.input.scan import Scan
    from layout.page import Page

__all__ = [
    "Article",
    "Issue",
    "RunOptions",
    "articles",
    "clean_text",
    "export",
    "issue_of",
    "open_scan",
    "read_page",
    "run",
]


def open_scan(path: str | PathLike[str], frame: int = 0) -> Scan:
    """The scan at `path`: its pixels, uint8, gray (height, width) and, where it has colour, also that.

    `frame` counts from 0 in a TIFF or PDF of several pages. Raises PageFailed for what cannot be opened.
    """
    from layout.input.scan import open_scan as opened

    return opened(path, frame)


def read_page(scan: Scan, number: int = 1, *, engine: str | None = None, lang: str = "auto") -> Page:
    """The page of a scan: regions, lines and glyphs with their text, in pixels of the scan, origin top left.

    `engine` is both, tesseract, ppocr or textlayer; None takes the default of `banmian run`. Raises PageFailed for a
    page that cannot be done, ReaderMissing where a reader or a model is not installed.
    """
    from layout.analyze import analyze
    from ocr.choose import engine_named
    from ocr.setup.identity import default_name

    reader = engine_named(engine or default_name(lang), lang)
    page, sheet = analyze(scan, number)
    return reader.read(page, sheet)


def issue_of(name: str, pages: Sequence[Page], *, without: Iterable[str] = ()) -> Issue:
    """The issue that pages are, its articles cleaned; `without` names passes that do not run.

    Raises UsageError for a name that is no pass.
    """
    from cleanup.assemble import assemble
    from cleanup.edits.pass_registry import passes_named

    return assemble(name, pages, passes_named(without))


def clean_text(text: str, *, without: Iterable[str] = ()) -> tuple[Article, ...]:
    """The articles of a raw newspaper text, cleaned; a form feed ends a page. `without` names passes that do not run.

    Raises UsageError for a name that is no pass.
    """
    from cleanup.plaintext.pages import pages_of_text

    return issue_of("text", pages_of_text(text), without=without).articles


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How a run works: `engine` and `lang` as for `read_page`, `jobs` pages at a time.

    `without` names passes that do not run.
    """

    engine: str | None = None
    lang: str = "auto"
    jobs: int = 1
    without: Collection[str] = ()


DEFAULT: Final = RunOptions()


def run(inputs: Iterable[str | PathLike[str]], workspace: str | PathLike[str], options: RunOptions = DEFAULT) -> Result:
    """Turns scans into articles, as `banmian run` does: a second call goes on where the first stopped.

    `inputs` are scans and folders on this machine; each page is done in a process of its own. A page that fails is
    counted in `Result.tally` and recorded with its reason. Raises UsageError and InputUnusable for inputs,
    WorkspaceUnusable for a workspace that cannot be used, ReaderMissing.
    """
    from rich.console import Console

    from banmian.batch.progress import ProgressDisplay
    from banmian.batch.reading import Reading
    from banmian.batch.run import Order
    from banmian.batch.run import run as carry_out
    from cleanup.edits.pass_registry import passes_named
    from ocr.setup.identity import default_name

    engine = options.engine or default_name(options.lang)
    reading = Reading(engine, options.lang, without=tuple(sorted(passes_named(options.without))))
    order = Order(tuple(Path(i) for i in inputs), Path(workspace), reading, options.jobs)
    with ProgressDisplay(Console(quiet=True)) as silent:
        return carry_out(order, silent)


def articles(workspace: str | PathLike[str]) -> Iterator[Article]:
    """The articles of every finished issue of a workspace, with what people decided about them."""
    from banmian.decisions.decided import decided_issue
    from banmian.store.tasks import State
    from banmian.store.workspace import Workspace

    with Workspace.open(Path(workspace)) as opened:
        for entry in opened.issues():
            if entry.state is State.DONE:
                yield from decided_issue(entry).articles


def export(workspace: str | PathLike[str], to: str, out: str | PathLike[str], *, replace: bool = False) -> Exported:
    """Writes a workspace in one of the formats of docs/archive.md, whole and checked, or not at all.

    `out` is a file for jsonl and a folder for all others; a folder in which something lies is refused unless it is an
    earlier export and `replace` is True. Raises UsageError for a format that is not known and for such a folder.
    """
    from banmian.archive.export import ExportRequest
    from banmian.archive.export import export as write
    from banmian.archive.formats import ExportOptions, format_named
    from banmian.store.workspace import Workspace

    with Workspace.open(Path(workspace)) as opened:
        return write(opened, ExportRequest(ExportOptions(format_named(to)), Path(out), replace=replace))
