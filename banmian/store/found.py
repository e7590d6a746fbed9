"""Scans as they were found: what the record enters of an issue before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FoundScan:
    """One file: where it is, the name under which it is shown and recorded, its size and time of change (ns).

    `address` is where it lies when that is no folder of this machine; `changed` is then the store's own mark.
    """

    path: Path
    shown: str
    size: int
    changed: int
    address: str | None = None


@dataclass(frozen=True, slots=True)
class FoundIssue:
    """The scans of one issue in the order of its pages. `root` is the folder, or the file, that holds them.

    `within` is the folder that was named, out of which no link may lead; None where the files were named themselves.
    """

    name: str
    root: Path
    scans: tuple[FoundScan, ...]
    within: Path | None = None
