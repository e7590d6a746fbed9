"""Rows of the table that `make soak` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was tried, what came of it, and whether that is what must be."""

    what: str
    found: str
    holds: bool

    def __str__(self) -> str:
        return f"| {self.what} | {self.found} | {'yes' if self.holds else 'NO'} |"


HEAD = "| what | found | holds |\n|---|---|---|"
