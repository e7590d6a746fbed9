"""What a run takes up once more although it stands in the record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RunStage(StrEnum):
    """A part of the work that can be done anew by itself; each brings those after it along."""

    LAYOUT = "layout"
    READING = "reading"
    CLEANUP = "clean-up"


@dataclass(frozen=True, slots=True)
class Rerun:
    """`failed` takes up what failed; `stage` does a stage anew that nothing has changed for."""

    failed: bool = False
    stage: RunStage | None = None


NOTHING = Rerun()
