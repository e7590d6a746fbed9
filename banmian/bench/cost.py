"""What a program costs: CPU seconds and memory, of itself and of all that it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from layout.errors import BanmianError

_ONE_THREAD: Final = {**os.environ, "OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of a program and of all that it started, and the memory in MB of the largest process of them."""

    seconds: float = 0.0
    memory: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.seconds + other.seconds, max(self.memory, other.memory))


def banmian(*arguments: str) -> list[str]:
    """The command line of Banmian."""
    return [sys.executable, "-m", "banmian", *arguments]


def said(command: Sequence[str]) -> bytes:
    """What the command prints; raises where it fails."""
    ended = subprocess.run(command, env=_ONE_THREAD, capture_output=True, check=False)
    _check(command, ended.returncode, ended.stderr)
    return ended.stdout


def spent(command: Sequence[str]) -> Cost:
    """Runs the command and says what it cost; raises where it fails."""
    process = subprocess.Popen(command, env=_ONE_THREAD, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    with process:
        told = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    _check(command, process.returncode, told)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _check(command: Sequence[str], code: int, told: bytes) -> None:
    if code != 0:
        raise BanmianError(f"{' '.join(command)} ended with {code}: {told.decode(errors='replace')}")
