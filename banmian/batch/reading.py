"""How pages are read, as it crosses into a worker."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass

from banmian.batch.limits import Limits
from banmian.store.stage_keys import Recipe
from banmian.store.tasks import Fault, Outcome, Task
from layout.errors import BanmianError


@dataclass(frozen=True, slots=True)
class Reading:
    """The engine's name and the language's; `draw` also leaves a drawing of each page.

    `without` are the passes of clean-up that do not run, by name and in order.
    """

    engine: str
    lang: str
    draw: bool = False
    without: tuple[str, ...] = ()

    @property
    def recorded(self) -> str:
        """The reader's name and the language's, as the record of a run has them."""
        return f"{self.engine} {self.lang}"


def recipe_of(reading: Reading) -> Recipe:
    """The recipe for the stages' keys; raises ReaderMissing, with what to install, where the engine cannot read.

    Raises UsageError where the environment names a language model that cannot be used.
    """
    from ocr.setup.identity import identity_of  # noqa: PLC0415

    return _recipe(reading, identity_of(reading.engine, reading.lang))


def _recipe(reading: Reading, identity: str) -> Recipe:
    from ocr.setup.language_model import speaking  # noqa: PLC0415

    return Recipe(reading.engine, reading.lang, identity, without=reading.without, language_model=speaking())


def hired(reading: Reading, limits: Limits, recipe: Recipe) -> Callable[[Task], Outcome]:
    """A worker that reads as told; `functools.partial(hired, reading, limits, recipe)` is what a crew takes on.

    Layout and clean-up are loaded here, within the worker: the coordinator has no use for them. A worker that would
    work by another recipe than the coordinator's does nothing: Banmian, or a reader, is another one here, on another
    machine or since the run began.
    """
    import cv2  # noqa: PLC0415

    from banmian.batch.language import language_told  # noqa: PLC0415
    from banmian.batch.work import Worker  # noqa: PLC0415
    from cleanup.edits.pass_registry import passes_named  # noqa: PLC0415
    from ocr.choose import engine_named  # noqa: PLC0415
    from ocr.setup.identity import AUTO  # noqa: PLC0415

    cv2.setNumThreads(1)  # one thread a process, one process a core
    try:
        engine = engine_named(reading.engine, reading.lang)
        ours = _recipe(reading, engine.identity)
        trouble = None if ours.full == recipe.full else _other(ours, recipe)
    except BanmianError as e:
        trouble = Fault.of(e)
    if trouble is not None:
        return lambda _: trouble
    told = language_told if reading.lang == AUTO else None
    return Worker(lambda: engine, limits, reading.draw, told, passes_named(reading.without)).do


def _other(ours: Recipe, theirs: Recipe) -> Fault:
    met = f"{platform.node()} would work otherwise than the run: {ours.full}, where the run has {theirs.full}."
    remedy = "Install the same Banmian and the same readers on every machine, then give the same command again."
    return Fault("ReaderMissing", met, remedy)
