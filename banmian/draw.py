"""Drawings of a workspace's pages: what was found on each, the articles made of it, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from banmian.batch.work import write_drawing
from banmian.language import decision_told, said
from banmian.store.display_path import quoted, shown
from banmian.store.entries import IssueEntry, PageEntry
from banmian.store.remote import at_hand
from banmian.store.storage import make_folder
from banmian.store.tasks import State
from banmian.store.workspace import Workspace
from cleanup.articles.noise import without_noise
from cleanup.articles.regroup import regrouped
from layout.draw import DrawStep
from layout.errors import UsageError
from layout.input.scan import open_scan
from layout.page import JoinReason, page_from_json


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing that was written, and the decisions that it shows."""

    path: Path
    decisions: tuple[JoinReason, ...]

    def told(self, *, decisions: bool) -> str:
        """The drawing's path, and under it a line for each decision where they are wanted."""
        lines = [_line(d) for d in self.decisions] if decisions else []
        return "\n".join([str(self.path), *lines])


def drawn(workspace: Workspace, out: Path | None, step: DrawStep = DrawStep.ARTICLES) -> Iterator[Drawing]:
    """Draw one step of every page that is done, into `out`, or beside the page's other files.

    Raises UsageError where none is done.
    """
    if not workspace.tally().done:
        remedy = f"Look at it with: banmian status {quoted(workspace.root)}"
        raise UsageError(f"No page of {shown(workspace.root)} is done yet.", remedy)
    for issue in workspace.issues():
        for page in workspace.pages(issue.id):
            if page.state is State.DONE:
                yield _drawn(page, _place(issue, page, out, step), step)


def _drawn(entry: PageEntry, path: Path, step: DrawStep) -> Drawing:
    stored = entry.folder / "page.json"
    page = page_from_json(stored.read_bytes(), str(stored))
    if step is DrawStep.ARTICLES:
        page = regrouped(without_noise(page))
    write_drawing(open_scan(at_hand(entry.path, entry.address), entry.frame), page, path, step)
    return Drawing(path, page.decisions)


def _place(issue: IssueEntry, page: PageEntry, out: Path | None, step: DrawStep) -> Path:
    suffix = "" if step is DrawStep.ARTICLES else f"-{step}"
    if out is None:
        return page.folder / f"drawing{suffix}.png"
    return make_folder(out / issue.folder.name) / f"{page.number:04}{suffix}.png"


def _line(decision: JoinReason) -> str:
    pair = said("{} with {}" if decision.joined else "{} not with {}", decision.first, decision.second)
    return f"  {said('{} ({:+.2f}): {}', pair, decision.score, decision_told(decision.reason))}"
