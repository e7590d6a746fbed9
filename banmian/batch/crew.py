"""Workers: processes of our own, one task each at a time. One that dies takes its task with it and nothing else.

`concurrent.futures.ProcessPoolExecutor` gives up every task when one of its processes is killed; a crew loses
the one task, says so, and takes on a new worker.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final, Protocol

from banmian.batch.task import Lost, Outcome, Task

Work = Callable[[Task], Outcome]
"""Does a task; it answers every failure that it can name with a Fault."""

Hire = Callable[[], Work]
"""Makes a worker ready, within its process. It crosses into the process by name, so it is a function of a module."""

_DIES_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG, linux/prctl.h
_ONE_THREAD: Final = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_GRACE: Final = 3.0
"""Seconds that a worker whose pipe has ended may take to be gone."""


class Crew(Protocol):
    """Whatever does tasks: processes here, or a cluster elsewhere."""

    @property
    def free(self) -> int:
        """How many tasks it takes now."""
        ...

    @property
    def busy(self) -> tuple[Task, ...]:
        """The tasks in work."""
        ...

    def hand(self, task: Task) -> None:
        """Gives it a task."""
        ...

    def outcomes(self, timeout: float) -> Iterator[tuple[Task, Outcome]]:
        """What was finished or lost, after at most `timeout` seconds of waiting."""
        ...

    def leave(self) -> None:
        """Sends everyone home; tasks in work are broken off."""
        ...


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: Task | None = None
    since: float = 0.0


class LocalCrew:
    """`size` processes on this machine. A task that takes longer than `seconds` loses its worker."""

    def __init__(self, hire: Hire, size: int, *, seconds: float = 1800.0) -> None:
        self._hire = hire
        self._size = size
        self._seconds = seconds
        self._workers: list[_Worker] = []

    @property
    def free(self) -> int:
        return self._size - len(self.busy)

    @property
    def busy(self) -> tuple[Task, ...]:
        return tuple(w.task for w in self._workers if w.task is not None)

    def hand(self, task: Task) -> None:
        worker = next((w for w in self._workers if w.task is None), None) or self._take_on()
        worker.task, worker.since = task, time.monotonic()
        with contextlib.suppress(BrokenPipeError):  # it died while idle: `outcomes` finds it so
            worker.pipe.send(task)

    def outcomes(self, timeout: float) -> Iterator[tuple[Task, Outcome]]:
        working = [w for w in self._workers if w.task is not None]
        ready = connection.wait([w.pipe for w in working], timeout) if working else []
        for worker in working:
            task = worker.task
            if task is None:
                continue
            if worker.pipe in ready:
                yield task, self._hear(worker)
            elif time.monotonic() - worker.since > self._seconds:
                self._dismiss(worker)
                yield task, Lost(f"it was not done after {self._seconds:,.0f} seconds")

    def leave(self) -> None:
        for worker in list(self._workers):
            self._dismiss(worker)

    def _hear(self, worker: _Worker) -> Outcome:
        try:
            outcome: Outcome = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            worker.process.join(_GRACE)
            how = _ending(worker.process.exitcode)
            self._dismiss(worker)
            return Lost(how)
        worker.task = None
        return outcome

    def _take_on(self) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        with _one_thread_each():
            process = context.Process(target=_attend, args=(self._hire, theirs), daemon=True)
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        """Ends the worker and whatever it started."""
        self._workers.remove(worker)
        pid = worker.process.pid
        if pid is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        worker.process.kill()
        worker.process.join()
        worker.process.close()
        with contextlib.suppress(OSError):
            worker.pipe.close()


def _attend(hire: Hire, pipe: Connection) -> None:
    """A worker's life: a task in, its outcome out, until the pipe ends."""
    os.setpgid(
        0, 0
    )  # a group of its own: Ctrl-C at the terminal is the coordinator's affair, and its readers end with it
    _die_with_parent()
    work = hire()
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        pipe.send(work(task))


def _die_with_parent() -> None:
    """Asks Linux to end this process with the coordinator; elsewhere the closed pipe does it, a task later."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)


def _ending(code: int | None) -> str:
    """How a process ended, in words."""
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        hint = "; the system may have run out of memory" if name == "SIGKILL" else ""
        return f"its worker was ended by signal {name}{hint}"
    return f"its worker ended with exit code {code}"


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    """One thread a process, one process a core: set in the environment that the new process is given."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
