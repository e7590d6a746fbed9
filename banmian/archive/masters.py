"""The scans themselves, which an archive keeps as its masters."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from banmian.archive.holding import Sheet
from banmian.batch.intake import shown
from banmian.batch.remote import at_hand
from layout.errors import PageFailed

SCANS: Final = "scans"
"""The folder of an export in which scans lie."""

_GONE: Final = "Put the scan back where it was; banmian verify WORK tells which scans are missing or have changed."


def master(sheet: Sheet) -> Path:
    """The file of the page's scan, fetched where it lies at an address; raises PageFailed where it is gone."""
    path = None if sheet.scan is None else at_hand(sheet.scan, sheet.address)
    if path is None or not path.is_file():
        name = f"the scan {shown(path)}" if path else "its scan"
        raise PageFailed(f"Page {sheet.number}: {name} is gone, and this format holds the scans.", _GONE)
    return path


def not_the_one_read(sheet: Sheet) -> PageFailed:
    """What to raise for a scan that another has taken the place of."""
    name = shown(sheet.scan) if sheet.scan else "?"
    return PageFailed(f"Page {sheet.number}: {name} is not the scan that was read.", _GONE)
