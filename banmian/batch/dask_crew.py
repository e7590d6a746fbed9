"""Workers of a Dask cluster: one that is there already (tcp://…), or processes of this machine (local).

Paths travel, pictures never do. On the cluster each page is done in a process of its own beside Dask's worker, so that
a page that kills its process costs one attempt and no worker. Dask may run a task twice, when a worker is lost after it
had finished; a page that finds its own receipt is not read again. The coordinator alone writes the record.
"""

from __future__ import annotations

import contextlib
import pickle
import platform
import queue
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from banmian.batch.crew import Hire, LocalCrew
from banmian.batch.limits import Limits
from banmian.errors import ClusterLost
from banmian.store.tasks import Fault, IssueTask, Lost, Outcome, Task
from layout.errors import ReaderMissing

LOCAL: Final = "local"

PATIENCE: Final = 600.0
"""Seconds for which a scheduler, or every worker, may be gone before the run is given up."""

_LOOK: Final = 5.0
"""Seconds between two looks at how many workers there are, and between two tries to reach a scheduler."""

_SLACK: Final = 60.0
"""Seconds that a page may take longer on its way through the cluster."""
_GONE: Final = (OSError, RuntimeError, TimeoutError, CancelledError)
"""What Dask raises when it speaks with someone who is gone."""

_AGAIN: Final = "Look at the cluster, then give the same command again; it goes on where it stopped."


@dataclass(frozen=True, slots=True)
class Site:
    """A cluster's address, or local with so many workers; `patience` in seconds."""

    address: str
    jobs: int
    patience: float = PATIENCE


@dataclass(slots=True)
class _Flight:
    """A task on its way; `future` is Dask's."""

    task: Task
    future: Any
    since: float


class DaskCrew:
    """Does tasks on a cluster. Use it as a context."""

    def __init__(self, hire: Hire, site: Site, limits: Limits | None = None) -> None:
        self._hire = hire
        self._site = site
        self._limits = limits or Limits()
        self._flights: dict[str, _Flight] = {}
        self._landed: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._cluster: Any = None
        self._client: Any = None
        self._threads = 0
        self._looked = self._well = time.monotonic()

    def __enter__(self) -> Self:
        distributed = _distributed()
        if self._site.address == LOCAL:
            self._cluster = distributed.LocalCluster(
                n_workers=self._site.jobs, threads_per_worker=1, dashboard_address=None, silence_logs=50
            )
        self._connect(self._site.patience if self._cluster else min(30.0, self._site.patience))
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.leave()
        with contextlib.suppress(*_GONE):  # a cluster that is gone cannot be left
            self._client.close(timeout=2)
        if self._cluster is not None:
            with contextlib.suppress(*_GONE):
                self._cluster.close(timeout=5)

    @property
    def free(self) -> int:
        """Two tasks for each pair of hands, so that no worker waits for us."""
        self._look()
        return 2 * self._threads - len(self._flights)

    @property
    def busy(self) -> tuple[Task, ...]:
        return tuple(f.task for f in self._flights.values())

    @property
    def processes(self) -> tuple[int, ...]:
        return ()

    def hand(self, task: Task) -> None:
        self._send(task, time.monotonic())

    def outcomes(self, timeout: float) -> Iterator[tuple[Task, Outcome]]:
        self._look()
        for key in self._landings(timeout):
            flight = self._flights.get(key)
            if flight is not None and (outcome := self._outcome(flight)) is not None:
                del self._flights[key]
                yield flight.task, outcome
        yield from self._overdue()

    def leave(self) -> None:
        flights, self._flights = self._flights, {}
        with contextlib.suppress(*_GONE):  # what cannot be called back is done in vain, and harms nothing
            self._client.cancel([f.future for f in flights.values() if f.future is not None], force=True)

    def _connect(self, timeout: float) -> None:
        distributed = _distributed()
        target = self._cluster or self._site.address
        try:
            self._client = distributed.Client(target, timeout=timeout, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as e:
            raise ClusterLost(f"The Dask scheduler at {self._site.address} does not answer: {e}", _AGAIN) from e

    def _send(self, task: Task, since: float) -> None:
        key = f"banmian-{task.id.kind.value}-{task.id.issue}-{task.id.number}-{uuid.uuid4().hex[:12]}"
        try:
            future = self._client.submit(serve, self._hire, self._limits, task, key=key, pure=False, retries=0)
        except _GONE:  # the scheduler went away just now: `_look` finds it so, and sends it again
            future = None
        self._flights[key] = _Flight(task, future, since)
        if future is not None:
            future.add_done_callback(lambda done: self._landed.put(done.key))

    def _landings(self, timeout: float) -> Iterator[str]:
        """The keys of what has ended, after at most `timeout` seconds for the first."""
        with contextlib.suppress(queue.Empty):
            yield self._landed.get(timeout=timeout)
            while True:
                yield self._landed.get_nowait()

    def _outcome(self, flight: _Flight) -> Outcome | None:
        """What came of it; None where the cluster lost it, and it has to be sent again."""
        if flight.future.status == "finished":
            try:
                outcome: Outcome = flight.future.result(timeout=30)
            except _GONE:  # its worker was lost with the answer: Dask runs it again, or `_look` does
                self._send_again(flight)
                return None
            return outcome
        if flight.future.status == "error":
            return Lost(f"the cluster gave it up: {_brief(flight.future.exception(timeout=30))}")
        if self._client.status == "running":
            self._send_again(flight)
        return None

    def _send_again(self, flight: _Flight) -> None:
        self._flights.pop(flight.future.key, None)
        self._send(flight.task, flight.since)

    def _overdue(self) -> Iterator[tuple[Task, Outcome]]:
        """What should long have been done: a worker that is slow without end, or a task that nobody has."""
        lease = 2 * self._limits.page_seconds + _SLACK
        for key, flight in list(self._flights.items()):
            if time.monotonic() - flight.since > lease:
                del self._flights[key]
                with contextlib.suppress(*_GONE):
                    self._client.cancel([flight.future], force=True)
                yield flight.task, Lost(f"the cluster did not answer within {lease:,.0f} seconds")

    def _look(self) -> None:
        """How many hands there are; a scheduler that is gone is looked for again, and given everything anew."""
        now = time.monotonic()
        if self._client.status == "running" and self._threads and now - self._looked < _LOOK:
            return
        if now - self._looked < min(1.0, _LOOK):
            return
        self._looked = now
        if self._client.status != "running" or any(f.future is None for f in self._flights.values()):
            self._reconnect()
        self._threads = self._count()
        if self._threads:
            self._well = now
        elif now - self._well > self._site.patience:
            who = "has no workers" if self._client.status == "running" else "is gone"
            raise ClusterLost(f"The Dask cluster at {self._site.address} {who}.", _AGAIN)

    def _count(self) -> int:
        """The threads of all workers; 0 where the scheduler does not answer."""
        try:
            return sum(self._client.nthreads().values())
        except (*_GONE, AttributeError):  # a client whose scheduler has just gone has lost its own parts
            return 0

    def _reconnect(self) -> None:
        with contextlib.suppress(*_GONE):
            self._client.close(timeout=1)
        with contextlib.suppress(ClusterLost):
            self._connect(3.0)
            flights, self._flights = self._flights, {}
            for flight in flights.values():
                self._send(flight.task, time.monotonic())


_hands = threading.local()
"""The process that does the pages of each thread of a Dask worker, and its limits."""


def serve(hire: Hire, limits: Limits, task: Task) -> Outcome:
    """What came of the task, on the cluster; done in a process of its own that stays for the next one."""
    if (hidden := _hidden(task)) is not None:
        return hidden
    crew = _crew(hire, limits)
    crew.hand(task)
    while True:
        for _, outcome in crew.outcomes(1.0):
            return outcome


def _crew(hire: Hire, limits: Limits) -> LocalCrew:
    terms = pickle.dumps((hire, limits))
    if getattr(_hands, "terms", None) != terms:
        if getattr(_hands, "crew", None) is not None:
            _hands.crew.leave()
        folder = Path(_distributed().get_worker().local_directory)
        _hands.crew, _hands.terms = LocalCrew(hire, 1, limits, folder), terms
    crew: LocalCrew = _hands.crew
    return crew


def _hidden(task: Task) -> Fault | None:
    """A fault that ends the run where this machine does not see the folders of the coordinator's."""
    places = [] if isinstance(task, IssueTask) or task.scan.address else [task.path.parent]
    places += [] if getattr(task, "store", None) or not hasattr(task, "folder") else [task.folder]
    for place in places:
        if not place.is_dir():
            met = f"The worker {platform.node()} does not see the folder {place}."
            remedy = "Name scans and workspace on a disk that all machines share, or by address: s3://… or file://…"
            return Fault("StorageFailed", met, remedy)
    return None


def _brief(error: object) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _distributed() -> Any:
    try:
        import distributed  # noqa: PLC0415 - an extra: not everyone has it
    except ImportError as e:
        remedy = "Install Banmian with its extra dask: pip install 'banmian[dask]', here and on every worker."
        raise ReaderMissing("--dask needs the package distributed, which is not installed.", remedy) from e
    return distributed
