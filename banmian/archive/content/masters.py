"""The scans themselves, which an archive keeps as its masters."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from banmian.archive.content.export_issue import ExportPage
from banmian.store.display_path import shown
from banmian.store.remote import at_hand
from banmian.store.storage import digest_of
from layout.errors import PageFailed

SCANS: Final = "scans"
"""The folder of an export in which scans lie."""

_GONE: Final = "Put the scan back where it was; banmian verify WORK tells which scans are missing or have changed."


def master(sheet: ExportPage) -> Path:
    """The file of the page's scan, fetched where it lies at an address.

    Raises PageFailed where it is gone, or is not the one that was read.
    """
    path = None if sheet.scan is None else at_hand(sheet.scan, sheet.address)
    if path is None or not path.is_file():
        name = f"the scan {shown(path)}" if path else "its scan"
        raise PageFailed(f"Page {sheet.number}: {name} is gone, and this format holds the scans.", _GONE)
    facts = path.stat()
    if sheet.sha512 not in {None, _digest(path, facts.st_size, facts.st_mtime_ns)}:
        raise not_the_one_read(sheet)
    return path


@lru_cache(maxsize=256)
def _digest(path: Path, _size: int, _changed: int) -> str:
    """The file's sha512, once for all pages that are in it."""
    return digest_of(path)


def not_the_one_read(sheet: ExportPage) -> PageFailed:
    """What to raise for a scan that another has taken the place of."""
    name = shown(sheet.scan) if sheet.scan else "?"
    return PageFailed(f"Page {sheet.number}: {name} is not the scan that was read.", _GONE)
