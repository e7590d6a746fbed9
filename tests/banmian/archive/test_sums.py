"""SHA512SUMS: read by sha512sum, and every difference found."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from banmian.archive.check import check
from banmian.archive.content import checksums
from banmian.archive.content.finding import ExportFault

NAMES = ["a.txt", "澄州 '1'/0001.xml", 'sign "$%/x y.txt', "back\\slash.txt", "two\nlines.txt"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    checksums.write(tmp_path)
    return tmp_path


def test_sha512sum_finds_every_file_as_it_was(folder: Path) -> None:
    """The common program reads the file, names with spaces, quotes, backslashes and line breaks too."""
    command = ["sha512sum", "--check", "--strict", checksums.FILE]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert told.stdout.count(": OK") == len(NAMES)
    assert list(checksums.findings(folder / checksums.FILE)) == []


def test_what_changed_is_found(folder: Path) -> None:
    """Changed, gone and added files are told by name."""
    (folder / "a.txt").write_text("b")
    (folder / "two\nlines.txt").unlink()
    (folder / "new.txt").write_text("")
    found = {(Path(f.path).name, f.fault) for f in checksums.findings(folder / checksums.FILE)}
    assert found == {
        ("a.txt", ExportFault.CHANGED),
        ("two\\nlines.txt", ExportFault.MISSING),
        ("new.txt", ExportFault.ADDED),
    }


@pytest.mark.parametrize("text", [b"", b"abc", b"0" * 128 + b"\n", b"\xff" * 140 + b"\n"])
def test_a_broken_list_is_one_finding(folder: Path, text: bytes) -> None:
    """Sums cut short or overwritten are told as damaged, and are no failure of the check."""
    (folder / checksums.FILE).write_bytes(text)
    assert [f.fault for f in check(folder / checksums.FILE)] == [ExportFault.DAMAGED]
