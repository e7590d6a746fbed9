"""Metadata of an issue and of its batch, edited at the desk: read from each metadata.toml, written whole, noted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from banmian.archive.content.metadata import FILE, KEYS, Metadata, metadata_of, read_values, with_values
from banmian.decisions.tables import MetadataChange
from banmian.review.shelf import Shelf
from banmian.store.storage import write_whole
from layout.errors import BanmianError, InputUnusable

LEVELS: Final = ("issue", "batch")
"""The folders with a metadata.toml: the issue's own, which counts first, and the one above it."""

LONGEST: Final = 500
"""Maximum number of characters of a value."""


class NotDescribed(Exception):
    """The values cannot be saved; the text says why, as a key of the interface's words.

    `keys` tells which they are, each behind its level: issue.date.
    """

    def __init__(self, why: str, keys: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.keys = keys


@dataclass(frozen=True, slots=True)
class Level:
    """One metadata.toml: its folder, its values, for how many issues it counts, and the digest of it as it is.

    `damaged` tells that there is a file which cannot be read: it is left as it is.
    """

    name: str
    folder: Path
    values: Mapping[str, str]
    issues: int
    digest: str
    damaged: bool = False

    @property
    def file(self) -> Path:
        return self.folder / FILE


@dataclass(frozen=True, slots=True)
class Description:
    """An issue's metadata: each level, what exports say in all, what the print tells, and what was changed before."""

    issue: str
    levels: tuple[Level, ...]
    effective: Metadata
    printed: Metadata
    history: tuple[MetadataChange, ...]


def describe(shelf: Shelf, number: int) -> Description | None:
    """The metadata of an issue; None where there is no such issue, or its scans lie on no disk of this machine."""
    entry, held = shelf.entry(number), shelf.issue(number)
    folders = _folders(shelf, number)
    if entry is None or held is None or held.decided is None or not folders:
        return None
    issue = held.decided.issue
    levels = tuple(_level(shelf, name, folder) for name, folder in zip(LEVELS, folders, strict=False))
    readable = [level.folder for level in levels if not level.damaged]
    files = {str(level.file) for level in levels}
    history = tuple(c for c in shelf.record.metadata.all() if c.file in files)
    return Description(entry.name, levels, metadata_of(issue, readable), metadata_of(issue, []), history)


def save(shelf: Shelf, number: int, values: Mapping[str, Mapping[str, str]], seen: Mapping[str, str], who: str) -> int:
    """Writes the values of each level that differ from what stands there, and notes who did so: how many changed.

    Raises NotDescribed where a value is none, somebody else has changed a file since it was `seen` (its digest), or a
    folder cannot be written to; then nothing was written in that level and the ones behind it.
    """
    with shelf.lock:
        found = describe(shelf, number)
        if found is None:
            raise NotDescribed("no_such_issue")
        wanted = {level.name: _clean(level.name, values.get(level.name, level.values)) for level in found.levels}
        wrong = tuple(f"{name}.{key}" for name, told in wanted.items() for key in Metadata(**told).wrong)
        if wrong:
            raise NotDescribed("metadata_wrong", wrong)
        changed = 0
        for level in found.levels:
            if wanted[level.name] == dict(level.values):
                continue
            if level.damaged:
                raise NotDescribed("metadata_damaged")
            if seen.get(level.name) != level.digest:
                raise NotDescribed("metadata_stale")
            changed += _write(shelf, level, wanted[level.name], who)
        return changed


def _folders(shelf: Shelf, number: int) -> list[Path]:
    """The folder of the issue's scans, and the one above it; none where they lie at an address or in several."""
    pages = [e for (i, _), e in shelf.index.pages().items() if i == number]
    own = {e.path.parent for e in pages}
    if len(own) != 1 or any(e.address is not None for e in pages):
        return []
    folder = own.pop()
    return [folder, folder.parent]


def _level(shelf: Shelf, name: str, folder: Path) -> Level:
    issues = {i for (i, _), e in shelf.index.pages().items() if folder in (e.path.parent, e.path.parent.parent)}
    file = folder / FILE
    try:
        values, damaged = read_values(file), False
    except InputUnusable:
        values, damaged = {}, True
    return Level(name, folder, values, len(issues), _digest(file), damaged)


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    except OSError:
        return ""


def _clean(level: str, values: Mapping[str, str]) -> dict[str, str]:
    told = {k: " ".join("".join(c if c.isprintable() else " " for c in v).split()) for k, v in values.items()}
    if long := tuple(f"{level}.{k}" for k, v in told.items() if len(v) > LONGEST):
        raise NotDescribed("metadata_wrong", long)
    return {k: v for k, v in told.items() if k in KEYS and v}


def _write(shelf: Shelf, level: Level, values: Mapping[str, str], who: str) -> int:
    """The changes are noted first: what stood there is never lost, though the disk be full."""
    keys = [k for k in KEYS if values.get(k, "") != level.values.get(k, "")]
    changes = [MetadataChange(str(level.file), k, level.values.get(k, ""), values.get(k, ""), who, "") for k in keys]
    try:
        text = level.file.read_text(encoding="utf-8") if level.digest else ""
        shelf.record.metadata.note(changes)
        write_whole(level.file, with_values(text, values).encode())
    except (OSError, BanmianError) as e:
        raise NotDescribed("metadata_unwritten") from e
    return len(changes)
