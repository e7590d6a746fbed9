"""Takes the articles of a workspace out into a format that archives keep; whole, or not at all."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from banmian.archive.check import check
from banmian.archive.content import checksums
from banmian.archive.content.export_issue import ExportIssue, export_issue_of
from banmian.archive.content.finding import ExportFinding
from banmian.archive.formats import ExportOptions, Write, writer
from banmian.archive.selection import ALL, Selection, Selector, selected
from banmian.archive.text import jsonl, text
from banmian.decisions.decided import decided_issue
from banmian.decisions.progress import progress
from banmian.store.display_path import quoted, shown
from banmian.store.entries import IssueEntry
from banmian.store.storage import make_folder, put_in_place, write_whole, writing
from banmian.store.tasks import State
from banmian.store.workspace import Workspace
from cleanup.article import Article, Issue
from layout.errors import PageFailed, UsageError

_SHOWN: Final = 20
"""Maximum number of findings that an error lists."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is to go out: the form, the place (`-` is standard output), and which part of the workspace.

    An existing file is replaced. A folder in which something lies is refused, unless it is to be replaced and holds
    nothing but an export as it was made.
    """

    form: ExportOptions
    out: Path
    selection: Selection = ALL
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What went out: issues, and pieces by their kind (article, advert, notice, table, caption).

    `left_out` names issues that were chosen and whose articles are not made yet, or could not be; `failed` counts the
    pages of chosen issues that failed; `waiting` the pieces, by kind, on pages that the review is not done with.
    """

    issues: int
    pieces: Mapping[str, int]
    waiting: Mapping[str, int]
    failed: int
    left_out: tuple[str, ...]


def export(workspace: Workspace, order: ExportRequest) -> Exported:
    """Writes the finished issues that were chosen to the order's place: one file for jsonl, a folder for others."""
    _look_at_place(order)
    entries = order.selection.entries(workspace.issues())
    ready = [e for e in entries if e.state is State.DONE]
    _check_done(workspace, ready)
    sieve = Selector(order.selection, progress(workspace.root) if order.selection.by_review else {})
    if order.form.format.declaration.is_file:
        _write_jsonl(selected(map(decided_issue, ready), sieve.issue, sieve), order)
    elif _is_stdout(order.out):
        _print(selected(map(decided_issue, ready), sieve.issue, sieve))
    else:
        holdings = selected(_holdings(workspace, ready), sieve.holding, sieve)
        _write_folder(order, lambda part: fill(part, holdings, writer(order.form)))
    left_out = tuple(e.name for e in entries if e.state is not State.DONE)
    whole = not order.selection.articles and not order.selection.by_review
    failed = sum(p.state is State.FAILED for e in entries for p in workspace.pages(e.id)) if whole else 0
    return Exported(sieve.issues, sieve.pieces, sieve.waiting, failed, left_out)


def _check_done(workspace: Workspace, ready: Sequence[IssueEntry]) -> None:
    """Refuses where no issue is finished, or all pages of the finished ones failed."""
    remedy = f"Look at it with: banmian status {quoted(workspace.root)}"
    if not ready:
        raise UsageError(f"No issue of {shown(workspace.root)} is finished yet.", remedy)
    if not any(p.state is State.DONE for e in ready for p in workspace.pages(e.id)):
        raise UsageError(f"All pages of {shown(workspace.root)} failed; there is nothing to export.", remedy)


def _look_at_place(order: ExportRequest) -> None:
    """Refuses a place that does not take the format, or that something else has, before any work is done."""
    out, form = order.out, order.form.format
    if _is_stdout(out):
        if not form.declaration.on_screen:
            raise UsageError(f"{form.value} is files in a folder.", "Name a folder with --out.")
    elif form.declaration.is_file:
        if out.is_dir():
            example = quoted(out / f"articles.{form.value}")
            raise UsageError(f"{shown(out)} is a folder; {form.value} is one file.", f"Name a file: --out {example}")
    elif out.exists() and not (out.is_dir() and (_is_empty(out) or order.replace)):
        remedy = "Name another --out, or take it away; --replace puts the new export in the place of an old one."
        raise UsageError(f"{shown(out)} is there already, and not an empty folder.", remedy)
    elif out.exists() and not _is_empty(out):
        _look_at_old(out)


def _look_at_old(out: Path) -> None:
    """Refuses to replace what is not an export as it was made, so that nobody's work goes away with it."""
    if not (out / checksums.FILE).is_file():
        raise UsageError(
            f"{shown(out)} holds no export ({checksums.FILE} is not in it), and is not replaced.",
            "Name another --out, or take it away yourself.",
        )
    changes = list(checksums.findings(out / checksums.FILE))
    if changes:
        raise UsageError(
            f"{shown(out)} is no longer as it was exported, and is not replaced.\n{_told(changes)}",
            "Keep what you need of it, then take it away; or name another --out.",
        )


def _holdings(workspace: Workspace, entries: Iterable[IssueEntry]) -> Iterator[ExportIssue]:
    return (export_issue_of(workspace, entry) for entry in entries)


def fill(part: Path, holdings: Iterable[ExportIssue], write: Write) -> None:
    """Writes each of the holdings below the folder `part`, and then the checksums.

    Raises PageFailed for what fails its check.
    """
    with _without_collector():
        _write_each(part, holdings, write)
        _refuse(check(part))
    checksums.write(part)


def _write_each(part: Path, holdings: Iterable[ExportIssue], write: Write) -> None:
    for holding in holdings:
        if holding.sheets:  # of an issue whose pages all failed there is nothing to hold
            write(holding, part)


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Glyphs by the ten thousand, in no cycles: looking for such is a fifth of the time, and finds nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _refuse(findings: list[ExportFinding]) -> None:
    if findings:
        raise PageFailed(f"Nothing is written: what was made fails its check.\n{_told(findings)}")


def _told(findings: Sequence[ExportFinding]) -> str:
    more = [f"and {len(findings) - _SHOWN} more"] if len(findings) > _SHOWN else []
    return "\n".join([*map(str, findings[:_SHOWN]), *more])


def _write_folder(order: ExportRequest, put: Callable[[Path], None]) -> None:
    """A folder under its final name only when it is filled."""
    out = order.out.resolve()  # where a link leads to is replaced, and the link stays
    with writing(out):
        part = Path(tempfile.mkdtemp(prefix=f".{out.name[:40]}.", suffix=".part", dir=make_folder(out.parent)))
        try:
            put(part)
            os.chmod(part, 0o755)
            _look_at_place(order)  # others may have been here meanwhile
            put_in_place(part, out)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def _write_jsonl(issues: Iterable[Issue], order: ExportRequest) -> None:
    lines = jsonl.lines((a for issue in issues for a in issue.articles), with_ledger=order.form.with_ledger)
    if _is_stdout(order.out):
        sys.stdout.writelines(lines)
        return
    make_folder(order.out.absolute().parent)
    write_whole(order.out.absolute(), _checked(lines, order.out))


def _checked(lines: Iterable[str], out: Path) -> Iterator[bytes]:
    """The lines, each looked at as it goes by; what is wrong comes as an error after the last one."""
    look, findings = jsonl.JsonLinesChecker(shown(out)), list[ExportFinding]()
    for line in lines:
        data = line.encode()
        findings += look.at(data)
        yield data
    _refuse(findings)


def _print(issues: Iterable[Issue]) -> None:
    for issue in issues:
        for article in text.pieces(issue):
            sys.stdout.write(_head(issue, article) + text.article_text(article) + "\n")


def _head(issue: Issue, article: Article) -> str:
    return f"── {issue.name} · {', '.join(map(str, article.pages))} · {article.kind.value} ──\n\n"


def _is_empty(folder: Path) -> bool:
    return not any(folder.iterdir())


def _is_stdout(out: Path) -> bool:
    return str(out) == "-"
