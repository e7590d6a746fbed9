"""A worker's process: `python -m banmian.batch.attend PIPE`, where PIPE is the number of an open socket.

A process of its own kind, not one of multiprocessing's: those may not be started from within a Dask worker.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from banmian.batch.crew import Hire
    from banmian.batch.limits import Limits

_DIES_WITH_PARENT: Final = 1
"""The option PR_SET_PDEATHSIG of Linux (linux/prctl.h), which Python does not name."""


def main(pipe: Connection) -> None:
    """A task in, its outcome out, until the pipe ends."""
    _die_with_parent()
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # the coordinator's affair
        signal.signal(stop, signal.SIG_IGN if stop is signal.SIGINT else signal.SIG_DFL)
    try:
        hire, limits = _terms(pipe)
        bound(limits)
        work = hire()
        while True:
            pipe.send(work(pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _terms(pipe: Connection) -> tuple[Hire, Limits]:
    terms: tuple[Hire, Limits] = pipe.recv()
    return terms


def bound(limits: Limits) -> None:
    """Sets this process's limits, and those of the readers that it starts.

    RLIMIT_DATA counts what is written to, where RLIMIT_AS would also count libraries and mapped files.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _die_with_parent() -> None:
    """Asks Linux to end this process with the coordinator; elsewhere the closed pipe does it, a task later."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
        if os.getppid() == 1:  # it died before we had asked
            raise SystemExit(1)


if __name__ == "__main__":
    main(Connection(int(sys.argv[1])))
