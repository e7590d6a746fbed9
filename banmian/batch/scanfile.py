"""A scan's file before it is opened: the one that was found, of the kind that can be read, within its folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from banmian.store.tasks import ScanFile
from layout.errors import PageFailed

_LINKS: Final = "Copy the file there, or name the folder where it lies as an input of its own."
_AGAIN: Final = "Run Banmian once more: it takes the file in as it is now."


def check(scan: ScanFile) -> None:
    """Raises PageFailed for a link that leads out of its folder, for a pipe or a device, and for a changed file.

    A file that is not there, or may not be read, is told by the one who opens it.
    """
    if scan.within is not None and not Path(os.path.realpath(scan.path)).is_relative_to(os.path.realpath(scan.within)):
        raise PageFailed(f"{scan.shown}: it is a link that leads out of the input folder.", _LINKS)
    try:
        facts = scan.path.stat()
    except OSError:
        return
    if not (stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode)):
        raise PageFailed(f"{scan.shown}: it is a pipe or a device, not a file.", "Take it out of the folder.")
    if scan.address is None and _changed(scan, facts):
        raise PageFailed(f"{scan.shown}: the file changed while Banmian was at work on its issue.", _AGAIN)


def _changed(scan: ScanFile, now: os.stat_result) -> bool:
    return scan.size is not None and (scan.size, scan.changed) != (now.st_size, now.st_mtime_ns)
