"""Takes the articles of a workspace out into a format that archives keep; whole, or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from banmian.archive import jsonl, text
from banmian.archive.check import check
from banmian.archive.formats import BAGGED, Format, Write, writer
from banmian.archive.holding import Holding, holding_of
from banmian.batch.intake import shown
from banmian.batch.storage import make_folder, write_whole, writing
from banmian.batch.task import State
from banmian.review.decided import decided_issue
from banmian.workspace import IssueEntry, Workspace
from cleanup.article import Issue
from layout.errors import PageFailed, UsageError


@dataclass(frozen=True, slots=True)
class Exported:
    """What went out, and the issues whose articles are not made yet, or could not be made."""

    issues: int
    articles: int
    left_out: tuple[str, ...]


def export(workspace: Workspace, to: Format, out: Path, bagged: Sequence[Format] = BAGGED) -> Exported:
    """Writes every finished issue to `out`, a file for jsonl and a folder for others; `-` is standard output.

    An existing file is replaced once the new one is whole; a folder in which something lies is refused. `bagged` are
    the formats that a bag holds beside the scans.
    """
    entries = workspace.issues()
    ready = [e for e in entries if e.state is State.DONE]
    if not ready:
        remedy = f"Look at it with: banmian status {shown(workspace.root)}"
        raise UsageError(f"No issue of {shown(workspace.root)} is finished yet.", remedy)
    count = _Count()
    if to in _STREAMS:
        _STREAMS[to](count.of(ready), out)
    else:
        _write_holdings(count.holdings(workspace, ready), writer(to, bagged), out)
    return Exported(len(ready), count.articles, tuple(e.name for e in entries if e.state is not State.DONE))


@dataclass(slots=True)
class _Count:
    """Counts the articles that pass by, one issue in memory at a time."""

    articles: int = 0

    def of(self, entries: Iterable[IssueEntry]) -> Iterator[tuple[str, Issue]]:
        for entry in entries:
            issue = decided_issue(entry)
            self.articles += len(issue.articles)
            yield entry.folder.name, issue

    def holdings(self, workspace: Workspace, entries: Iterable[IssueEntry]) -> Iterator[Holding]:
        for entry in entries:
            holding = holding_of(workspace, entry)
            self.articles += len(holding.issue.articles)
            yield holding


def _write_jsonl(issues: Iterable[tuple[str, Issue]], out: Path) -> None:
    lines = jsonl.lines(issue for _, issue in issues)
    if _is_stdout(out):
        sys.stdout.writelines(lines)
        return
    if out.is_dir():
        raise UsageError(
            f"{shown(out)} is a folder; jsonl is one file.", f"Name a file: --out {shown(out / 'articles.jsonl')}"
        )
    make_folder(out.absolute().parent)
    write_whole(out.absolute(), (line.encode() for line in lines))


def _write_text(issues: Iterable[tuple[str, Issue]], out: Path) -> None:
    if _is_stdout(out):
        for _, issue in issues:
            sys.stdout.writelines(_printed(issue))
        return
    _write_folder(out, lambda part: _fill(part, issues))


def _write_folder(out: Path, fill: Callable[[Path], None]) -> None:
    """A folder under its final name only when it is filled; one in which something lies is refused."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(
            f"{shown(out)} is there already, and not an empty folder.", "Name another --out, or take it away."
        )
    parent = make_folder(out.absolute().parent)
    with writing(out):
        part = Path(tempfile.mkdtemp(prefix=f".{out.name[:40]}.", suffix=".part", dir=parent))
        try:
            fill(part)
            os.chmod(part, 0o755)
            os.replace(part, out.absolute())
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def _write_holdings(holdings: Iterable[Holding], write: Write, out: Path) -> None:
    if _is_stdout(out):
        raise UsageError("This format is files in a folder.", "Name a folder with --out.")

    def fill(part: Path) -> None:
        for holding in holdings:
            if holding.sheets:  # of an issue whose pages all failed there is nothing to hold
                write(holding, part)
        findings = check(part)
        if findings:
            told = "\n".join(str(f) for f in findings)
            raise PageFailed(f"{shown(out)} is not written: what was made for it fails its check.\n{told}")

    _write_folder(out, fill)


def _fill(folder: Path, issues: Iterable[tuple[str, Issue]]) -> None:
    for name, issue in issues:
        for file in text.files(issue, name):
            place = folder / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(file.text, encoding="utf-8")


def _printed(issue: Issue) -> Iterator[str]:
    for article in text.pieces(issue):
        yield f"── {issue.name} · {', '.join(map(str, article.pages))} · {article.kind.value} ──\n\n"
        yield text.article_text(article) + "\n"


def _is_stdout(out: Path) -> bool:
    return str(out) == "-"


_STREAMS = {Format.TEXT: _write_text, Format.JSONL: _write_jsonl}
