"""Whether scans and results are what they were: each file against the sha512 of when it came in, or was made."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from banmian.batch.intake import find
from banmian.store import remote
from banmian.store.display_path import shown
from banmian.store.entries import IssueEntry
from banmian.store.found import FoundScan
from banmian.store.page_log import FILE as LOG
from banmian.store.storage import TEMPORARY, digest_of
from banmian.store.workspace import Workspace
from layout.errors import BanmianError

_BESIDE: Final = frozenset({LOG, "drawing.png", "layout.json"})
"""What may lie in a folder of results without being on record: a failed page may have been laid out."""


class FixityChange(StrEnum):
    """What befell a file."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FixityFinding:
    """A file that is not what the record says; `kind` is scan or output."""

    change: FixityChange
    kind: str
    path: str


@dataclass(slots=True)
class Audit:
    """Goes through a workspace, and counts the files that it looked at."""

    workspace: Workspace
    scans: int = 0
    outputs: int = 0

    def findings(self) -> Iterator[FixityFinding]:
        """Every difference, as it is found: scans first, issue by issue, then what was added."""
        for issue in self.workspace.issues():
            yield from self._scans(issue)
            yield from self._outputs(issue)
        yield from self._added_scans()
        yield from self._added_outputs()

    def _scans(self, issue: IssueEntry) -> Iterator[FixityFinding]:
        for scan, sha512 in self.workspace.scans(issue.id):
            self.scans += 1
            place = scan.address or scan.path
            change = _compared(place, sha512)
            if change is not None:
                yield FixityFinding(change, "scan", shown(str(place)))

    def _outputs(self, issue: IssueEntry) -> Iterator[FixityFinding]:
        for path, sha512 in self._recorded(issue):
            self.outputs += 1
            place = self.workspace.place_of(path)
            change = _compared(place, sha512)
            if change is not None:
                yield FixityFinding(change, "output", shown(str(place)))

    def _recorded(self, issue: IssueEntry) -> Iterator[tuple[Path, str]]:
        if issue.facts is not None:
            yield from ((issue.folder / name, sha512) for name, sha512 in issue.facts.digests.items())
        for page in self.workspace.pages(issue.id):
            if page.facts is not None:
                yield from ((page.folder / name, sha512) for name, sha512 in page.facts.digests.items())

    def _added_scans(self) -> Iterator[FixityFinding]:
        """Scans in the folders that runs were given which no run has taken in."""
        known = {s.path for i in self.workspace.issues() for s, _ in self.workspace.scans(i.id)}
        for folder in self.workspace.inputs():
            for scan in _scans_in(folder):
                if scan.path not in known:
                    yield FixityFinding(FixityChange.ADDED, "scan", shown(scan.address or scan.path))

    def _added_outputs(self) -> Iterator[FixityFinding]:
        recorded = {p.relative_to(self.workspace.root) for i in self.workspace.issues() for p, _ in self._recorded(i)}
        for name in self.workspace.result_files():
            last = posixpath.basename(name)
            if Path(name) not in recorded and last not in _BESIDE and not last.endswith(TEMPORARY):
                yield FixityFinding(
                    FixityChange.ADDED, "output", shown(str(self.workspace.place_of(self.workspace.root / name)))
                )


def _scans_in(folder: Path | str) -> Iterator[FoundScan]:
    """The scans that a run would find; none where the folder is gone, whose scans are missing one by one."""
    try:
        found = find([folder])
    except BanmianError:
        return
    yield from (scan for issue in found.issues for scan in issue.scans)


def _compared(place: Path | str, sha512: str | None) -> FixityChange | None:
    """What befell the file; None where it is the same, or where nothing is known of it but that it is there."""
    try:
        now = remote.digest(place) if isinstance(place, str) else digest_of(place) if sha512 else place.stat()
    except (FileNotFoundError, NotADirectoryError):
        return FixityChange.MISSING
    except OSError:
        return FixityChange.UNREADABLE
    return FixityChange.CHANGED if sha512 is not None and now != sha512 else None
