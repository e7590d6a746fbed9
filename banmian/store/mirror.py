"""The mirror of a workspace that lies at an address: its record goes there and comes from there.

ADDRESS/workspace.sqlite   the record as it was when it was last laid there
ADDRESS/workspace.json     its serial number, and who is at work on it until when
ADDRESS/issues/…           the results
"""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from banmian.errors import StorageFailed
from banmian.store import remote
from banmian.store.storage import make_folder, write_whole
from layout.errors import UsageError, WorkspaceUnusable

RECORD: Final = "workspace.sqlite"
_HEAD: Final = "workspace.json"
_SERIAL: Final = "serial"
_FETCHED: Final = "fetched.json"
_LEASE: Final = 300.0
"""Seconds for which a run says that it is at work; it says so again well before."""

RENEW: Final = 60.0
"""Seconds between two times that a run says so, and lays its record down."""

_SHARE: Final = 20
"""The record of a million pages has a gigabyte: laying it down takes no more than this part of the time."""


class MirrorHead(msgspec.Struct, frozen=True):
    """What stands beside the record: its serial number, and the process that holds it until a time (since 1970)."""

    serial: int
    holder: str = ""
    until: float = 0.0


@dataclass(slots=True)
class Mirror:
    """The mirror at `root` of the workspace at `store`."""

    root: Path
    store: str
    _due: float = field(default=0.0, init=False)

    def renew(self, database: sqlite3.Connection) -> None:
        """Says again that this process is at work, and lays the record down where that does not take up its time."""
        if time.monotonic() < self._due:
            head = self._head()
            self._put_head(MirrorHead(head.serial if head else 0, _us(), time.time() + _LEASE))
            return
        begun = time.monotonic()
        self.push(database, at_work=True)
        self._due = time.monotonic() + _SHARE * (time.monotonic() - begun)

    def make_folder(self) -> None:
        """Makes the mirror's folder; raises StorageFailed, with the setting that names another, where it cannot be."""
        try:
            make_folder(self.root)
        except StorageFailed as e:
            remedy = f"Name a local folder that can be written for the record: export {remote.STATE}=/path/to/folder"
            raise StorageFailed(e.met, remedy) from e

    def pull(self) -> None:
        """Brings the record here where the address has a later one."""
        head = self._head()
        if head is None or (head.serial <= self._serial() and (self.root / RECORD).exists()):
            return
        self.make_folder()
        for leftover in ("-wal", "-shm"):
            (self.root / f"{RECORD}{leftover}").unlink(missing_ok=True)
        remote.fetch(f"{self.store}/{RECORD}", self.root / RECORD)
        self._note(head.serial)

    def pull_results(self) -> None:
        """Brings the results here that are not here yet or have changed since."""
        if self._head() is None:
            return
        known = self._fetched()
        there = {f.address.removeprefix(f"{self.store}/"): f for f in self._listed()}
        for name, file in there.items():
            if known.get(name) != [file.size, file.changed] or not (self.root / name).exists():
                remote.fetch(file.address, self.root / name)
                known[name] = [file.size, file.changed]
        for name in known.keys() - there.keys():
            (self.root / name).unlink(missing_ok=True)
        kept = {n: v for n, v in known.items() if n in there}
        write_whole(self.root / _FETCHED, msgspec.json.encode(kept))

    def take(self) -> None:
        """Says that this process is at work; raises UsageError where another is."""
        head = self._head()
        if head is not None and head.until > time.time() and not self._is_ours_or_dead(head.holder):
            remedy = f"Wait for it; should it be gone without a word, it is free in {head.until - time.time():.0f} s."
            raise UsageError(f"{self.store} is in use by another run ({head.holder}).", remedy)
        self._put_head(MirrorHead(head.serial if head else 0, _us(), time.time() + _LEASE))

    def push(self, database: sqlite3.Connection, *, at_work: bool) -> None:
        """Lays the record down at the address."""
        head = self._head()
        if head is not None and head.serial > self._serial():
            raise WorkspaceUnusable(
                f"{self.store} was written by another machine ({head.holder or 'unknown'}) in the meantime.",
                "Give the same command again; it begins with what is there now.",
            )
        with tempfile.TemporaryDirectory(prefix="banmian-") as name:
            copy = Path(name, RECORD)
            target = sqlite3.connect(copy)
            database.backup(target)
            target.close()
            remote.send(copy, f"{self.store}/{RECORD}")
        serial = self._serial() + 1
        self._put_head(MirrorHead(serial, _us(), time.time() + _LEASE) if at_work else MirrorHead(serial))
        self._note(serial)

    def _listed(self) -> Iterator[remote.RemoteFile]:
        wanted = ("page.json", "issue.json", "layout.json")
        yield from (f for f in remote.files_below(f"{self.store}/issues") if f.address.endswith(wanted))

    def _head(self) -> MirrorHead | None:
        data = remote.read(f"{self.store}/{_HEAD}")
        if data is None:
            return None
        try:
            return msgspec.json.decode(data, type=MirrorHead)
        except msgspec.DecodeError as e:
            remedy = "Restore it from a backup, or name a new address."
            raise WorkspaceUnusable(f"{self.store}/{_HEAD} cannot be read: {e}", remedy) from e

    def _put_head(self, head: MirrorHead) -> None:
        remote.write(f"{self.store}/{_HEAD}", msgspec.json.encode(head))

    def _is_ours_or_dead(self, holder: str) -> bool:
        host, _, process = holder.rpartition(":")
        if host != platform.node() or not process.isdecimal():
            return False
        return int(process) == os.getpid() or not Path(f"/proc/{process}").exists()

    def _serial(self) -> int:
        try:
            return int((self.root / _SERIAL).read_text())
        except (FileNotFoundError, ValueError):
            return 0

    def _note(self, serial: int) -> None:
        write_whole(self.root / _SERIAL, str(serial).encode())

    def _fetched(self) -> dict[str, list[int]]:
        try:
            return msgspec.json.decode((self.root / _FETCHED).read_bytes(), type=dict[str, list[int]])
        except (FileNotFoundError, msgspec.DecodeError):
            return {}


def _us() -> str:
    return f"{platform.node()}:{os.getpid()}"
