"""An export lies under its final name whole and checked, or not at all."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from banmian.archive import export as exporting
from banmian.archive.export import Format
from banmian.archive.leaf import Leaf
from layout.errors import PageFailed, UsageError
from layout.page import Page


def _export(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leaf = Leaf(Page(1, "a.png", width=9, height=9), "2020-01-02T03:04:05Z")
    monkeypatch.setattr(exporting, "_leaves", lambda *_: iter([leaf]))
    nothing: Any = None
    entries: Any = [SimpleNamespace(folder=Path("一 '报'"))]
    exporting._write_leaves(nothing, nothing, entries, Format.ALTO, out)


def test_a_page_without_text_goes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty page is a file like any other, in a folder with spaces, hanzi and quotes."""
    _export(tmp_path / "out", monkeypatch)
    assert [p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.xml")] == ["out/一 '报'/0001.xml"]


def test_what_fails_its_check_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is no ALTO is told by name, and neither the target nor a part of it is left."""
    monkeypatch.setitem(exporting._LEAVES, Format.ALTO, lambda _: b"<note/>")
    with pytest.raises(PageFailed, match="unknown: note"):
        _export(tmp_path / "out", monkeypatch)
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_exists_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies in the target stays as it was."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine").write_text("x")
    with pytest.raises(UsageError, match="there already"):
        _export(tmp_path / "out", monkeypatch)
    assert (tmp_path / "out/mine").read_text() == "x"
