"""How pages are read, as it crosses into a worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from banmian.batch.task import Outcome, Task


@dataclass(frozen=True, slots=True)
class Reading:
    """The engine's name and the language's; `draw` also leaves a drawing of each page."""

    engine: str
    lang: str
    draw: bool = False


def hired(reading: Reading) -> Callable[[Task], Outcome]:
    """A worker that reads as told; `functools.partial(hired, reading)` is what a crew takes on.

    Layout and clean-up are loaded here, within the worker: the coordinator has no use for them.
    """
    import cv2  # noqa: PLC0415

    from banmian.batch.work import Worker  # noqa: PLC0415

    cv2.setNumThreads(1)  # one thread a process, one process a core
    return Worker(reading).do
