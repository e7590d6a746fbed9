"""What a check of an export finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ExportFault(StrEnum):
    NOTHING = "nothing to check"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"
    BELOW = "below its standard"
    ID_TWICE = "id twice"
    DANGLING = "dangling"
    MISSING = "missing"
    CHANGED = "changed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class ExportFinding:
    """What is wrong with a file, and where in it."""

    path: str
    fault: ExportFault
    told: str

    def __str__(self) -> str:
        return f"{self.path}: {self.fault.value}: {self.told}"
