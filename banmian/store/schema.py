"""The SQLite file of a workspace: its tables, how it is made and opened, and how its errors are explained."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from banmian.errors import StorageFailed
from banmian.store.display_path import shown
from banmian.store.maker import UNKNOWN, Maker, this_banmian
from banmian.store.stage_keys import Versions
from banmian.store.storage import make_folder, storage_failed
from layout.errors import WorkspaceUnusable

FORM: Final = 2
"""The version of the workspace; it grows when an older one can no longer be used as it is."""
_APPLICATION: Final = 0x42414E4D
"""The letters BANM in SQLite's header: the file tells what it is."""
LANGUAGE_MODEL: Final = "language model"
"""The part of the table of makers that names the language model which spoke in reading or clean-up."""
FILE: Final = "workspace.sqlite"
_PART: Final = f".{FILE}.part"
BEGUN: Final = frozenset({_PART, f"{_PART}-journal"})
"""Files that remain where the making of a workspace was interrupted."""
MAKER_TABLE: Final = """
CREATE TABLE IF NOT EXISTS maker (
  part TEXT PRIMARY KEY,     -- banmian, layout, ocr, cleanup or language model
  version TEXT NOT NULL      -- in the last run; of the language model its identity, empty where none spoke
) WITHOUT ROWID
"""
"""Table that the first run of a workspace adds, so that one made by Banmian 0.1.0 gets it too."""
_LOG_PAGES: Final = 8000
"""Pages of 4 KB in the write-ahead log before they go into the file: 32 MB, so that the disk is seldom waited for."""
NEW_FOLDER: Final = "Name a new folder with --workspace; the scans are unharmed."
_SCHEMA: Final = f"""
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {FORM};
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  begun TEXT NOT NULL,
  ended TEXT,                -- NULL while it is at work, or where it was ended without a word
  how TEXT,
  host TEXT NOT NULL,
  process INTEGER NOT NULL,
  reader TEXT NOT NULL,
  at REAL,                   -- seconds since 1970 of the last sign of life, and how things stood then
  settled INTEGER NOT NULL DEFAULT 0,
  rate REAL NOT NULL DEFAULT 0,
  memory INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE input (
  path BLOB PRIMARY KEY      -- a folder or file that a run was given, as the system's bytes
) WITHOUT ROWID;
CREATE TABLE issue (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  folder TEXT NOT NULL UNIQUE,
  root BLOB NOT NULL,        -- the folder or file of its scans, as the system's bytes
  run INTEGER NOT NULL       -- the last run that named it
);
CREATE TABLE scan (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  place INTEGER NOT NULL,    -- from 0, in the order of the pages
  path BLOB NOT NULL,
  shown TEXT NOT NULL,
  within BLOB,               -- the folder that it may not lead out of by a link
  size INTEGER NOT NULL,     -- in bytes, and below in nanoseconds, as it was found
  changed INTEGER NOT NULL,
  address TEXT,              -- where it lies, when that is no folder of this machine
  PRIMARY KEY (issue, place)
) WITHOUT ROWID;
CREATE TABLE page (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  number INTEGER NOT NULL,   -- from 1
  place INTEGER NOT NULL,
  frame INTEGER NOT NULL,
  layout TEXT NOT NULL,      -- the key that the layout is to have
  laid TEXT,                 -- the key of the layout that lies in the page's folder
  anew INTEGER NOT NULL DEFAULT 0,  -- how often it was asked to be done anew
  PRIMARY KEY (issue, number)
) WITHOUT ROWID;
CREATE TABLE task (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  step INTEGER NOT NULL,     -- 0 intake of a file, 1 a page, 2 the issue
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  key TEXT NOT NULL,         -- what it is made from; once done, what it was made from
  attempts INTEGER NOT NULL DEFAULT 0,    -- workers that it cost
  interrupted INTEGER NOT NULL DEFAULT 0, -- runs that ended without a word while it was in work
  fault TEXT,
  facts TEXT,
  PRIMARY KEY (issue, step, number)
) WITHOUT ROWID;
CREATE INDEX task_turn ON task (state, issue, step, attempts, interrupted, number);
CREATE INDEX task_gate ON task (issue, state, step);
"""


def create(root: Path) -> None:
    """Makes the database under a temporary name: a workspace is there whole, or not at all."""
    make_folder(root)
    file, part = root / FILE, root / _PART
    with explained(file):
        for name in BEGUN:
            (root / name).unlink(missing_ok=True)
        database = sqlite3.connect(part)
        database.executescript(_SCHEMA)
        database.close()
        os.replace(part, file)


def connect(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, isolation_level=None, timeout=30)
    if os.access(file.parent, os.W_OK):
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")  # a power cut takes the last moments; receipts bring them back
        database.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    else:
        database.close()
        database = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", isolation_level=None, uri=True)
    database.execute("PRAGMA foreign_keys = ON")
    return database


def check_version(database: sqlite3.Connection, file: Path) -> None:
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (form,) = database.execute("PRAGMA user_version").fetchone()
    if application != _APPLICATION:
        raise WorkspaceUnusable(f"{shown(file)} is not a workspace of Banmian.", NEW_FOLDER)
    if form < FORM:
        raise WorkspaceUnusable(
            f"The workspace {shown(file.parent)} has form {form}; this Banmian uses form {FORM}.",
            f"Use the Banmian that made it, or make it anew. {NEW_FOLDER}",
        )
    theirs, ours = _maker(database, form), this_banmian(FORM)
    if theirs.is_newer_than(ours):
        raise WorkspaceUnusable(
            f"The workspace {shown(file.parent)} was made by {theirs}, which is newer than this {ours}.",
            f"Use the newer Banmian. {NEW_FOLDER}",
        )


def _maker(database: sqlite3.Connection, form: int) -> Maker:
    """Which Banmian made the workspace, as far as its record tells."""
    try:
        told = dict(database.execute("SELECT part, version FROM maker"))
        results = Versions(int(told["layout"]), int(told["ocr"]), int(told["cleanup"]))
        return Maker(told["banmian"], form, results)
    except (sqlite3.OperationalError, KeyError, ValueError):  # no such table, or that of a form that is not known here
        return Maker(UNKNOWN, form, None)


@contextlib.contextmanager
def explained(file: Path) -> Iterator[None]:
    """Turns what SQLite and the disk raise into the errors of the family."""
    try:
        yield
    except OSError as e:
        raise storage_failed(file, e) from e
    except sqlite3.OperationalError as e:
        remedy = "Look at the disk (df -h) and at the folder's rights, then give the same command again."
        raise StorageFailed(f"{shown(file)} could not be used: {e}", remedy) from e
    except sqlite3.DatabaseError as e:
        raise WorkspaceUnusable(f"{shown(file)} is damaged: {e}", f"Restore it from a backup, or: {NEW_FOLDER}") from e
