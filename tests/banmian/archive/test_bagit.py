"""Bags: bagit-python validates them, their names are safe, and every difference is found."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from banmian.archive.bagit import bagit
from banmian.archive.bagit.check import findings
from banmian.archive.check import check
from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.content.finding import ExportFault
from banmian.archive.formats import ExportOptions, Format, writer
from layout.errors import PageFailed
from tests.banmian.archive.issues import Desk, article, line, page


def _holding(folder: Path) -> ExportIssue:
    title, body = line("l1", "山村邮路$HOME", (40, 100)), line("l2", "清晨六点。", (40, 200))
    return Desk(folder).holding([page(1, [title, body]), page(2, [])], [article("a1", [(1, title), (1, body)])])


def _write(holding: ExportIssue, folder: Path, *formats: Format) -> Path:
    folder.mkdir()
    writer(ExportOptions(Format.BAGIT, formats))(holding, folder)
    return folder / holding.folder


def test_bagit_validates_it(tmp_path: Path) -> None:
    """The bag of every format is valid for bagit --validate, has sha512 sums, and says what it is."""
    bag = _write(_holding(tmp_path), tmp_path / "out", *(f for f in Format if f is not Format.BAGIT))
    done = subprocess.run([sys.executable, "-m", "bagit", "--validate", bag], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    info = (bag / "bag-info.txt").read_text(encoding="utf-8")
    for told in ("Source-Organization: 澄州晚报社", "External-Identifier: 1234-5679 2019-11-06", "CN: CN00-0127"):
        assert told in info
    assert (bag / "data/scans/scan 1 '报'.jpg").read_bytes() == (tmp_path / "scan 1 '报'.jpg").read_bytes()
    payload = sum(p.is_file() for p in (bag / "data").rglob("*"))
    assert len((bag / "manifest-sha512.txt").read_text().splitlines()) == payload
    assert check(tmp_path / "out") == []


def test_a_second_bag_has_the_same_bytes(tmp_path: Path) -> None:
    """Tag files too: nothing in them tells when, or in which order, they were made."""
    holding = _holding(tmp_path)
    one, two = (_write(holding, tmp_path / name, Format.TEXT, Format.ALTO) for name in ("one", "two"))
    assert {p.name: p.read_bytes() for p in one.glob("*.txt")} == {p.name: p.read_bytes() for p in two.glob("*.txt")}


def test_names_that_a_bag_cannot_have_are_changed(tmp_path: Path) -> None:
    """What a shell would expand, line ends, what is no UTF-8; no name comes twice, nor does a file of two pages."""
    holding = _holding(tmp_path)
    odd = ["$HOME 100%0A.jpg", "a\nb.jpg", "a_b.jpg", "caf\udce9.jpg"]
    sheets = []
    for number, name in enumerate(odd, start=1):
        (tmp_path / name).write_bytes(b"scan")
        sheets += [replace(holding.sheets[0], number=number, frame=f, scan=tmp_path / name) for f in (0, 1)]
    names = [name for name, _ in bagit.scan_names(sheets)]
    assert names == ["_HOME 100_0A.jpg", "a_b.jpg", "0003 a_b.jpg", "caf\ufffd.jpg"]


def test_a_missing_or_other_scan_is_refused(tmp_path: Path) -> None:
    """A bag holds the scans that were read, or there is none."""
    holding = _holding(tmp_path)
    other = replace(holding.sheets[1], sha512="0" * 128)
    with pytest.raises(PageFailed, match=r"Page 2: .* is not the scan that was read"):
        _write(replace(holding, sheets=(holding.sheets[0], other)), tmp_path / "out")
    gone = replace(holding.sheets[0], scan=None)
    with pytest.raises(PageFailed, match="Page 1: its scan is gone"):
        _write(replace(holding, sheets=(gone,)), tmp_path / "again")


def test_each_difference_is_found(tmp_path: Path) -> None:
    """What is missing, what was added and what was changed are told all at once; a bag cut short is damaged."""
    bag = _write(_holding(tmp_path), tmp_path / "out", Format.TEXT)
    (bag / "data/scans/scan 1 '报'.jpg").unlink()
    (bag / "data/scans/scan 2 '报'.jpg").write_bytes(b"another")
    (bag / "data/more.txt").write_text("more")
    found = {(Path(f.path).name, f.fault) for f in findings(bag / "bagit.txt")}
    assert found == {
        ("scan 1 '报'.jpg", ExportFault.MISSING),
        ("scan 2 '报'.jpg", ExportFault.CHANGED),
        ("more.txt", ExportFault.ADDED),
    }
    (bag / "bagit.txt").write_text("no bag")
    assert [f.fault for f in findings(bag / "bagit.txt")] == [ExportFault.DAMAGED]
