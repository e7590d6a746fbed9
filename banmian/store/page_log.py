"""A page's log: one JSON line for what began and one for how it ended, with each step's time.

The last line is also a receipt. A page that was done, but whose coordinator was gone before it heard of it, is taken
as done when it comes again, as long as its files are the ones that the receipt tells of.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from banmian.store.storage import digest_of, sweep, write_whole, writing
from banmian.store.tasks import PageFacts, PageTask
from layout.errors import BanmianError

FILE: Final = "log.jsonl"
_LONGEST: Final = 1 << 16
"""Bytes of a log, at most, before its beginning is cut off."""
_KEPT: Final = 1 << 14
"""Bytes at a log's end that are kept then."""


class LogEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of the log. `seconds` has the clock's seconds of each step; `told` is what went wrong."""

    at: str
    event: str
    ticket: str
    host: str = ""
    process: int = 0
    seconds: dict[str, float] = {}
    facts: PageFacts | None = None
    told: str = ""


@dataclass(slots=True)
class PageLog:
    """The log in `folder` of one page, for the work under `ticket`."""

    folder: Path
    ticket: str
    _seconds: dict[str, float] = field(default_factory=dict, init=False)
    _since: float = field(default_factory=time.monotonic, init=False)

    def receipt(self) -> PageFacts | None:
        """What the page came to, where it was done under this ticket and its files are still whole."""
        done = [e for e in entries(self.folder) if e.event == "done" and e.ticket == self.ticket]
        facts = done[-1].facts if done and self.ticket else None
        if facts is None or not facts.digests:
            return None
        return facts if all(_is(self.folder / n, d) for n, d in facts.digests.items()) else None

    def begin(self) -> None:
        """Writes that the page is begun; the line is not synced, and a power cut may take it."""
        self._add(LogEntry(_now(), "begun", self.ticket, platform.node(), os.getpid()), sync=False)

    def step(self, name: str) -> None:
        """The time since the last step, or the beginning, went into this one."""
        now = time.monotonic()
        self._seconds[name] = round(now - self._since, 3)
        self._since = now

    def done(self, facts: PageFacts) -> None:
        self._add(LogEntry(_now(), "done", self.ticket, platform.node(), os.getpid(), self._seconds, facts), sync=True)

    def failed(self, told: str) -> None:
        self._add(LogEntry(_now(), "failed", self.ticket, platform.node(), os.getpid(), self._seconds, None, told))

    def _add(self, entry: LogEntry, *, sync: bool = False) -> None:
        path = self.folder / FILE
        line = msgspec.json.encode(entry) + b"\n"
        with writing(path):
            if path.exists() and path.stat().st_size > _LONGEST:
                write_whole(path, path.read_bytes()[-_KEPT:])
            with open(path, "ab") as log:
                log.write(b"\n" + line if _torn(path) else line)
                log.flush()
                if sync:
                    os.fsync(log.fileno())


def logged(task: PageTask, work: Callable[[PageLog], PageFacts]) -> PageFacts:
    """What the page comes to, by its receipt or by the work; its log says which way it went."""
    log = PageLog(task.folder, task.ticket)
    if (known := log.receipt()) is not None:
        return known
    sweep(task.folder)
    log.begin()
    try:
        facts = work(log)
    except BaseException as e:
        log.failed(e.met if isinstance(e, BanmianError) else f"{type(e).__name__}: {e}")
        raise
    log.done(facts)
    return facts


def entries(folder: Path) -> list[LogEntry]:
    """The lines of the log in `folder`; one that was torn by a power cut is passed over."""
    try:
        lines = (folder / FILE).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    return [e for line in lines if (e := _read(line)) is not None]


def _read(line: bytes) -> LogEntry | None:
    try:
        return msgspec.json.decode(line, type=LogEntry)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _torn(path: Path) -> bool:
    """Whether the last line has no end."""
    size = path.stat().st_size
    if size == 0:
        return False
    with open(path, "rb") as log:
        log.seek(size - 1)
        return log.read(1) != b"\n"


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and digest_of(path) == digest


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
