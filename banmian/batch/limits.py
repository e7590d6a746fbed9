"""What one page may cost: time, memory, pixels; and what the disk must keep."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from banmian.errors import StorageFailed
from layout.input.limits import MAX_PIXELS

GB: Final = 2**30
"""Bytes of a gigabyte."""

MAX_PAGES_A_FILE: Final = 20_000
"""The most pages of one file that are believed: a bound volume has 2,000, a PDF of a few bytes can claim millions."""

_FLOOR: Final = GB // 2
"""Bytes of a large disk that stay free by default."""
_SHARE: Final = 0.02
"""Share of a small disk that stays free by default."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may take: seconds of the clock for all of it and for its reader, bytes of memory, pixels.

    `keep_free` is in bytes, None for
    half a gigabyte or a fiftieth of the disk, whichever is less.
    """

    page_seconds: float = 1800.0
    reader_seconds: float = 900.0
    memory: int = 3 * GB
    pixels: int = MAX_PIXELS
    keep_free: int | None = None

    def check_room(self, folder: Path) -> None:
        """Raises StorageFailed before the disk of `folder` runs out of space, or of room for new files."""
        usage = shutil.disk_usage(folder)
        floor = min(_FLOOR, int(usage.total * _SHARE)) if self.keep_free is None else self.keep_free
        if usage.free < floor:
            met = f"The disk of {folder} has {_told(usage.free)} left; Banmian stops below {_told(floor)}."
            raise StorageFailed(met, _GO_ON)
        files = os.statvfs(folder)
        if files.f_files and not files.f_favail:
            raise StorageFailed(f"The disk of {folder} takes no more files (df -i shows how many it can hold).", _GO_ON)


_GO_ON: Final = "Free some space (df -h shows how much there is), then give the same command again; it goes on."


def _told(size: int) -> str:
    return f"{size / GB:.1f} GB" if size >= GB // 10 else f"{size / 2**20:.1f} MB"
