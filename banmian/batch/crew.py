"""Workers: processes of our own, one task each at a time. One that dies takes its task with it and nothing else.

`concurrent.futures.ProcessPoolExecutor` gives up every task when one of its processes is killed; a crew loses
the one task, says so, and takes on a new worker.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, Protocol

from banmian.batch.limits import Limits
from banmian.store.tasks import Fault, Lost, Outcome, Task

Work = Callable[[Task], Outcome]
"""A function that does a task; it answers every failure that it can name with a Fault."""

Hire = Callable[[], Work]
"""A function that makes a worker ready, within its process. It crosses into the process by
name, so it is a function of a module."""

_ONE_THREAD: Final = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_MEMORY: Final = {"GLIBC_TUNABLES": f"glibc.malloc.mmap_threshold={2**26}:glibc.malloc.trim_threshold={2**28}"}
"""Pictures of some ten megabytes come and go: memory that glibc keeps for the next costs a twentieth less."""

_GRACE: Final = 3.0
"""Seconds that a worker whose pipe has ended may take to be gone."""

_SAID: Final = 4096
"""Number of bytes at the end of what a worker wrote, in which its last line is looked for."""
_SPOKEN: Final = 200
"""Number of characters of that line that are told, at most."""


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

    @property
    def processes(self) -> tuple[int, ...]:
        """Numbers of the processes on this machine that work for it."""
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
    process: subprocess.Popen[bytes]
    pipe: Connection
    folder: Path
    """Folder of its temporary files and of what it wrote to stderr."""
    task: Task | None = None
    since: float = 0.0
    tasks_done: int = 0


class LocalCrew:
    """`size` processes on this machine, each task within `limits`; what they leave lies in `scratch`."""

    def __init__(self, hire: Hire, size: int, limits: Limits | None = None, scratch: Path | None = None) -> None:
        self._hire = hire
        self._size = size
        self._limits = limits or Limits()
        self._scratch = scratch or Path(tempfile.gettempdir())
        self._workers: list[_Worker] = []

    @property
    def free(self) -> int:
        return self._size - len(self.busy)

    @property
    def busy(self) -> tuple[Task, ...]:
        return tuple(w.task for w in self._workers if w.task is not None)

    @property
    def processes(self) -> tuple[int, ...]:
        return tuple(w.process.pid for w in self._workers)

    def hand(self, task: Task) -> None:
        worker = self._idle() or self._take_on()
        worker.task, worker.since = task, time.monotonic()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it died just now: `outcomes` finds it so
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
            elif time.monotonic() - worker.since > self._limits.page_seconds:
                self._dismiss(worker)
                yield task, Lost(f"it was not done after {self._limits.page_seconds:,.0f} seconds (--page-seconds)")

    def leave(self) -> None:
        for worker in list(self._workers):
            self._dismiss(worker)

    def _idle(self) -> _Worker | None:
        """A worker without a task; those that died while they had none cost no task an attempt."""
        for worker in [w for w in self._workers if w.task is None]:
            if worker.process.poll() is None:
                return worker
            self._dismiss(worker)
        return None

    def _hear(self, worker: _Worker) -> Outcome:
        try:
            outcome: Outcome = worker.pipe.recv()
        except (EOFError, ConnectionResetError, pickle.UnpicklingError):
            return self._lost(worker)
        worker.task = None
        if isinstance(outcome, Fault) and outcome.kind == Fault.OUT_OF_MEMORY:
            return self._without_memory(worker, outcome)
        if isinstance(outcome, Fault) and outcome.kind == Fault.READER_OVER_TIME:
            self._dismiss(worker)  # and with it what the reader started
        worker.tasks_done += 1
        return outcome

    def _lost(self, worker: _Worker) -> Lost:
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.process.wait(_GRACE)
        how = _ending(worker.process.returncode) + _last_words(worker.folder / "stderr")
        self._dismiss(worker)
        return Lost(how)

    def _without_memory(self, worker: _Worker, fault: Fault) -> Outcome:
        """A page that finds no memory in a worker that did others before is tried in a fresh one."""
        fresh = worker.tasks_done == 0
        self._dismiss(worker)
        return fault if fresh else Lost("memory ran out in a worker that had done other pages before")

    def _take_on(self) -> _Worker:
        folder = Path(tempfile.mkdtemp(prefix="worker-", dir=self._scratch))
        ours, theirs = connection.Pipe()
        with theirs, open(folder / "stderr", "wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "banmian.batch.attend", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env=_environment(folder),
                process_group=0,  # Ctrl-C at the terminal is the coordinator's affair, and its readers end with it
            )
        worker = _Worker(process, ours, folder)
        self._workers.append(worker)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            ours.send((self._hire, self._limits))
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        """Ends the worker and whatever it started, and takes its folder away."""
        self._workers.remove(worker)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(worker.process.pid, signal.SIGKILL)
        worker.process.kill()
        worker.process.wait()
        with contextlib.suppress(OSError):
            worker.pipe.close()
        shutil.rmtree(worker.folder, ignore_errors=True)


def _environment(folder: Path) -> dict[str, str]:
    """One thread a process, one process a core; temporary files in `folder`; modules from where we have them."""
    places = os.pathsep.join(p or os.getcwd() for p in sys.path)
    own = {**dict.fromkeys(_ONE_THREAD, "1"), "TMPDIR": str(folder), "PYTHONPATH": places}
    return {**_MEMORY, **os.environ, **own}


def _ending(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None:
        return "its worker does not answer"
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        hint = "; the system may have run out of memory" if name == "SIGKILL" else ""
        hint = "; a library may have met its memory limit (--page-memory)" if name == "SIGABRT" else hint
        return f"its worker was ended by signal {name}{hint}"
    return f"its worker ended with exit code {code}"


def _last_words(file: Path) -> str:
    """The last line that a worker wrote before it ended by itself, in brackets; empty where it said nothing."""
    try:
        with open(file, "rb") as said:
            said.seek(max(0, os.path.getsize(file) - _SAID))
            lines = said.read().decode("utf-8", "replace").split("\n")
    except OSError:
        return ""
    spoken = [line.strip() for line in lines if line.strip()]
    return f" ({spoken[-1][:_SPOKEN]})" if spoken else ""
