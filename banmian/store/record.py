"""The open record of a workspace: transactions, the lock, the folders of results, and the copy at an address."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from banmian.store import remote
from banmian.store.display_path import quoted, shown
from banmian.store.mirror import Mirror
from banmian.store.schema import FILE, NEW_FOLDER, explained
from banmian.store.stage_keys import key
from banmian.store.storage import make_folder, writing
from layout.errors import UsageError, WorkspaceUnusable


class WorkspaceRecord:
    """The database of a workspace with its folder; every statement of SQL goes through it."""

    def __init__(self, root: Path, database: sqlite3.Connection) -> None:
        self.root = root
        self._db = database
        self._store = remote.store_of(root)
        self._mirror = None if self._store is None else Mirror(root, self._store)
        self._pushed = self._changes()
        self._run = int(self._one("SELECT coalesce(max(id), 0) FROM run")[0])

    def close(self) -> None:
        self.save()
        with explained(self.root / FILE):
            self._db.close()

    def save(self, *, at_work: bool = False) -> None:
        """Lays the record of a workspace at an address there, where it has changed; others are saved at all times."""
        if self._mirror is None:
            return
        if at_work:
            self._mirror.renew(self._db)
        elif self._changes() != self._pushed:
            self._mirror.push(self._db, at_work=False)
            self._pushed = self._changes()

    def _changes(self) -> tuple[int, int]:
        """Two numbers of which one differs once we, or others with their own connection, have changed something."""
        (others,) = self._db.execute("PRAGMA data_version").fetchone()
        return self._db.total_changes, others

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keeps every other run out; raises UsageError where one is at work. The lock ends with its process."""
        path = self.root / "lock"
        with contextlib.ExitStack() as stack:
            with writing(path):
                lock = stack.enter_context(open(path, "a+b"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as e:
                lock.seek(0)
                who = lock.read().decode() or "unknown"
                remedy = f"Wait for it, or look at it with: banmian status {quoted(self.root)}"
                raise UsageError(f"{shown(self.root)} is in use by another run (process {who}).", remedy) from e
            with writing(path):
                lock.truncate(0)
                lock.write(str(os.getpid()).encode())
                lock.flush()
            if self._mirror is not None:
                self._mirror.take()
            yield

    def check_record(self) -> None:
        """Raises WorkspaceUnusable where the record itself is damaged."""
        for (told,) in self._all("PRAGMA integrity_check"):
            if told != "ok":
                raise WorkspaceUnusable(
                    f"{shown(self.root / FILE)} is damaged: {told}", f"Restore it from a backup, or: {NEW_FOLDER}"
                )

    def _address(self, path: Path) -> str | None:
        """Where a file or folder of the workspace lies, when that is no folder of this machine."""
        return None if self._store is None else f"{self._store}/{path.relative_to(self.root).as_posix()}"

    def _make(self, folder: Path) -> Path:
        """The folder, there to be written to; one elsewhere is made by what is written into it."""
        return make_folder(folder) if self._store is None else folder

    def _is_lost(self, path: Path) -> bool:
        """Whether a result is gone. One that lies elsewhere is taken on trust: `verify` asks for it."""
        return self._store is None and not path.exists()

    def _take_away(self, path: Path) -> None:
        """Removes a file or a folder of results, wherever it lies."""
        address = self._address(path)
        if address is not None:
            remote.remove(address)
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

    def _issue_folder(self, issue: int) -> Path:
        (folder,) = self._one("SELECT folder FROM issue WHERE id = ?", issue)
        return self.root / "issues" / str(folder)

    def _page_folder(self, issue: int, number: int) -> Path:
        return self._issue_folder(issue) / "pages" / f"{number:04}"

    def _folder_for(self, name: str) -> str:
        """A folder name that any file system takes, the issue's own where it can be."""
        plain = "".join(c if c.isalnum() or c in "-_ ." else "_" for c in name).strip(" .")[:60]
        taken = self._db.execute("SELECT 1 FROM issue WHERE folder = ?", (plain,)).fetchone()
        return plain if plain == name and not taken else f"{plain}-{key(name)[:8]}"

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        """One transaction: all of it is kept, or nothing."""
        with explained(self.root / FILE):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._db.in_transaction:  # a full disk has rolled back already
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _do(self, sql: str, *values: object) -> sqlite3.Cursor:
        return self._db.execute(sql, values)

    def _one(self, sql: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self._db.execute(sql, values).fetchone()
        return row

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with explained(self.root / FILE):
            return self._db.execute(sql, values).fetchall()
