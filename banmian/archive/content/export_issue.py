"""An issue with all that a format needs: its articles, its sheets, what people know of it, and the run that read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from banmian.archive.content.corrected_page import CorrectedPage, corrected_page_of
from banmian.archive.content.metadata import Metadata, metadata_of
from banmian.decisions.decided import Decided, decided
from banmian.store.display_path import shown
from banmian.store.entries import IssueEntry, PageEntry
from banmian.store.tasks import State
from banmian.store.workspace import Workspace
from cleanup.article import Issue, IssuePage
from layout.errors import WorkspaceUnusable
from layout.page import Page, page_from_json


@dataclass(frozen=True, slots=True)
class ExportPage:
    """A page of the issue that was read: its number, its 版次 and 版名 as printed, its scan, and where its page lies.

    `scan` is None where it is not known; `address` is where it lies when that is no folder of this machine, and
    `sha512` what it had when it was taken in. `kept` is where the export that is being made puts a copy of it.
    `dropped` are its lines that people said are no text, or united with others; `arranged` tells that people put its
    regions in another order, together or apart.
    """

    number: int
    edition: str | None
    section: str | None
    scan: Path | None
    frame: int
    stored: Path = Path()
    issue: Issue = field(default_factory=lambda: Issue(""))
    made: str = ""
    sha512: str | None = None
    address: str | None = None
    kept: Path | None = None
    dropped: frozenset[str] = frozenset()
    arranged: bool = False
    anew: Page | None = None
    """The page as people had it read anew, in the place of what is stored."""

    def leaf(self) -> CorrectedPage:
        """The page with its corrected lines, read from the disk each time, so that few are in memory."""
        if self.anew is not None:
            return corrected_page_of(self.anew, self.issue, self.made, self.dropped, arranged=self.arranged)
        try:
            data = self.stored.read_bytes()
        except FileNotFoundError as e:
            remedy = "Make it again: give the run's command once more."
            raise WorkspaceUnusable(f"{shown(self.stored)} is gone.", remedy) from e
        page = page_from_json(data, shown(self.stored))
        return corrected_page_of(page, self.issue, self.made, self.dropped, arranged=self.arranged)


@dataclass(frozen=True, slots=True)
class ExportIssue:
    """One issue, decided, as it goes out.

    `folder` is the plain name of its folder in an export; `made` is when the run began, UTC, the only time that goes
    into a file, so that a second export gives the same bytes. `sheets` are its pages that were read, by number; `sums`
    the sha512 of the scans of all of them, also where only some go out: by these an issue is told from others.
    """

    issue: Issue
    metadata: Metadata
    folder: str
    made: str
    sheets: tuple[ExportPage, ...]
    sums: tuple[str, ...] = ()


def export_issue_of(workspace: Workspace, entry: IssueEntry) -> ExportIssue:
    """The issue of a workspace with the decisions on it; raises InputUnusable for a metadata.toml that is wrong."""
    run = workspace.last_run()
    assert run is not None, "an issue that is done was done by a run"
    found = decided(entry)
    issue = found.issue
    digests = {file.path: digest for file, digest in workspace.scans(entry.id)}
    pages = [page for page in workspace.pages(entry.id) if page.state is State.DONE]
    sheets = tuple(
        replace(
            _sheet(page, issue, run.begun),
            sha512=digests.get(page.path),
            dropped=_dropped(found, page.number),
            arranged=page.number in found.arranged,
            anew=found.pages.get(page.number),
        )
        for page in pages
    )
    folders = dict.fromkeys(folder for page in pages for folder in (page.path.parent, page.path.parent.parent))
    sums = tuple(sheet.sha512 or f"{entry.folder.name} {sheet.number}" for sheet in sheets)
    return ExportIssue(issue, metadata_of(issue, folders), entry.folder.name, run.begun, sheets, sums)


def holdings(workspace: Workspace) -> Iterator[ExportIssue]:
    """Every issue that is finished, one in memory at a time."""
    return (export_issue_of(workspace, e) for e in workspace.issues() if e.state is State.DONE)


def _dropped(found: Decided, number: int) -> frozenset[str]:
    return frozenset(line for page, line in found.dropped if page == number)


def _sheet(page: PageEntry, issue: Issue, made: str) -> ExportPage:
    printed = next((p for p in issue.pages if p.number == page.number), IssuePage(page.number))
    stored = page.folder / "page.json"
    sheet = ExportPage(page.number, printed.edition, printed.section, page.path, page.frame, stored, issue, made)
    return replace(sheet, address=page.address)
