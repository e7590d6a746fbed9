"""SHA512SUMS: the sums of all files of an export, as `sha512sum --check` takes them.

It tells what of a folder an export put there, so that a later look finds what was changed, lost or added since, and a
second export knows what it may take the place of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from banmian.archive.content.finding import ExportFault, ExportFinding
from banmian.store.display_path import shown
from banmian.store.storage import digest_of

FILE: Final = "SHA512SUMS"
_DIGITS: Final = 128
"""Number of hex digits of a sha512."""
_ESCAPES: Final = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
"""Escapes by which sha512sum writes what would break a line, after a backslash at the line's beginning."""
_MEANT: Final = {escape: char for char, escape in _ESCAPES.items()}


def write(folder: Path) -> None:
    """Writes the sums of all that lies in the folder, ordered by name."""
    with (folder / FILE).open("w", encoding="utf-8", errors="surrogateescape") as stream:
        stream.writelines(_line(file.relative_to(folder), digest_of(file)) for file in _files(folder))


def findings(sums: Path) -> Iterator[ExportFinding]:
    """What in the folder of `sums` is no longer as it was written."""
    folder = sums.parent
    try:
        known = _read(sums)
    except ValueError as e:
        yield ExportFinding(shown(sums), ExportFault.DAMAGED, str(e))
        return
    there = {file.relative_to(folder).as_posix() for file in _files(folder)}
    for name, digest in known.items():
        if name not in there:
            yield ExportFinding(shown(folder / name), ExportFault.MISSING, f"{FILE} names it, and it is gone")
        elif digest_of(folder / name) != digest:
            yield ExportFinding(shown(folder / name), ExportFault.CHANGED, f"it is not what {FILE} tells")
    for name in sorted(there - known.keys()):
        yield ExportFinding(shown(folder / name), ExportFault.ADDED, f"{FILE} does not name it")


def _read(sums: Path) -> Mapping[str, str]:
    """The sum of each file by its name; raises ValueError for a line that is none."""
    known = {}
    text = sums.read_bytes().decode("utf-8", "surrogateescape")
    for at, line in enumerate(text.split("\n")[:-1] or [text], start=1):
        escaped = line.startswith("\\")
        digest, name = line[escaped : _DIGITS + escaped], line[_DIGITS + escaped + 2 :]
        if len(digest) < _DIGITS or not name or digest.strip("0123456789abcdef"):
            raise ValueError(f"line {at} is no sum and name")
        known[_unescaped(name) if escaped else name] = digest
    return known


def _files(folder: Path) -> Iterable[Path]:
    return (p for p in sorted(folder.rglob("*")) if p.is_file() and p != folder / FILE)


def _line(path: Path, digest: str) -> str:
    name = path.as_posix()
    plain = "".join(_ESCAPES.get(c, c) for c in name)
    return ("" if plain == name else "\\") + f"{digest}  {plain}\n"


def _unescaped(name: str) -> str:
    return re.sub(r"\\.", lambda m: _MEANT.get(m[0], m[0]), name)
