"""The error family: every failure that a person can cause or mend, and the exit code it leaves by."""

from __future__ import annotations

from typing import ClassVar


class BanmianError(Exception):
    """What was met and where, and what to do now; one subclass an exit code.

    `met` says what happened and where (a path, a page, a place); `remedy` says what to do, with the
    exact command where there is one. `str()` gives both, in one paragraph for a tired archivist.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, met: str, remedy: str = "") -> None:
        super().__init__(met, remedy)
        self.met = met
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.met}\n  {self.remedy}" if self.remedy else self.met


class PageFailed(BanmianError):
    """One page could not be done; its neighbours go on."""

    exit_code = 1


class UsageError(BanmianError):
    """The command was called with something that it cannot take."""

    exit_code = 2


class InputUnusable(BanmianError):
    """No scan was found, or the input cannot be opened at all."""

    exit_code = 3


class WorkspaceUnusable(BanmianError):
    """The workspace is of another version, damaged, or not a workspace."""

    exit_code = 4


class ReaderMissing(BanmianError):
    """A reader, its model, or an optional package is not installed."""

    exit_code = 5


class LockedError(Exception):
    """A PDF wants a password; whoever opened it says which, and what to do."""
