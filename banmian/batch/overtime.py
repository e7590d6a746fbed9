"""A bound on the time of a piece of work, by the system's alarm: it holds for a reader of any kind."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Final, NoReturn

_AGAIN: Final = 1.0
"""Seconds until the alarm rings again, should the first have been swallowed."""


class OverTime(BaseException):
    """The time is over. No Exception, so that a reader that forgives its own errors does not forgive this one."""


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises OverTime when what is done within takes longer than `seconds`; in a process's main thread only."""

    def ring(_: int, __: FrameType | None) -> NoReturn:
        raise OverTime(f"the reader did not finish within {seconds:,.0f} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
