"""Ctrl-C once: the run stops cleanly within seconds. Twice: it stops at once, and the record is whole all the same."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Final, Self

INTERRUPTED: Final = 130
"""The exit code after Ctrl-C, as shells have it."""

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that stop a run as Ctrl-C does: a request to end, and the loss of the terminal."""

_TOLD: Final = b"\nStopping; pages in work are put back. Ctrl-C once more stops at once.\n"


class Stop:
    """Asked of, it says whether someone wants the run to stop; use it as a context, in the main thread.

    `at_once` is done on the second Ctrl-C, before the process is gone.
    """

    def __init__(self, at_once: Callable[[], None]) -> None:
        self._at_once = at_once
        self._asked = False
        self._before: dict[signal.Signals, Any] = {}

    def __call__(self) -> bool:
        return self._asked

    def __enter__(self) -> Self:
        self._before = {s: signal.signal(s, self._ring) for s in _SIGNALS}
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for which, handler in self._before.items():
            signal.signal(which, handler)

    def _ring(self, _: int, __: FrameType | None) -> None:
        if self._asked:  # workers end with us, and what they had begun is put back by the next run
            try:
                self._at_once()
            finally:
                os._exit(INTERRUPTED)
        self._asked = True
        os.write(2, _TOLD)


def never() -> bool:
    """Nobody wants it to stop."""
    return False
