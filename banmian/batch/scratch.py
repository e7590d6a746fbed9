"""Where workers put what nobody keeps: a folder for each coordinator, taken away with it, or by the next one.

Readers write their pictures into the temporary folder. One that is killed takes nothing away, so that a week of kills
would fill the disk; a folder that bears its owner's process number is known to be left over once that process is gone.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"banmian-run-(\d+)-\w+")


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder for this process's workers, gone at the end; what dead runs of this user left is gone first."""
    sweep_dead()
    folder = Path(tempfile.mkdtemp(prefix=f"banmian-run-{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_dead() -> None:
    """Takes away the folders of runs whose process is gone; another user's cannot be removed, and stay."""
    for folder in Path(tempfile.gettempdir()).glob("banmian-run-*"):
        owner = _NAME.fullmatch(folder.name)
        if owner and folder.is_dir() and folder.stat().st_uid == os.getuid() and not lives(int(owner[1])):
            shutil.rmtree(folder, ignore_errors=True)


def lives(pid: int) -> bool:
    """Whether a process of this number runs on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
