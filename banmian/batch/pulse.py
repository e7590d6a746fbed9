"""How fast a run goes and what memory it holds: taken now and then, laid down in the record."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from banmian.store.entries import Heartbeat

EVERY: Final = 2.0
"""Seconds between two beats."""

_SPAN: Final = 300.0
"""Seconds over which the pace is taken: long enough for slow pages, short enough to show a change."""

_MARKS: Final = 2
"""Number of counts that a pace needs: one then and one now, however long ago the first was."""

_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


@dataclass(slots=True)
class Pulse:
    """Counts pages as they are settled."""

    settled: int = 0
    _marks: deque[tuple[float, int]] = field(default_factory=deque)
    _last: float = float("-inf")

    def due(self) -> bool:
        """Whether it is time for a beat."""
        return time.monotonic() - self._last >= EVERY

    def beat(self, processes: Iterable[int]) -> Heartbeat:
        """How the run stands now; `processes` are those that work for it beside this one."""
        self._last = now = time.monotonic()
        self._marks.append((now, self.settled))
        while len(self._marks) > _MARKS and now - self._marks[0][0] > _SPAN:
            self._marks.popleft()
        since, before = self._marks[0]
        rate = 60 * (self.settled - before) / (now - since) if now > since else 0.0
        return Heartbeat(self.settled, round(rate, 2), sum(map(resident, (os.getpid(), *processes))))


def resident(process: int) -> int:
    """The memory that a process holds, in bytes; 0 for one that is gone, or where the system does not tell."""
    try:
        with open(f"/proc/{process}/statm") as facts:
            return int(facts.read().split()[1]) * _PAGE
    except OSError:
        return 0
