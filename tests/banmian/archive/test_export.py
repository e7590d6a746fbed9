"""An export lies under its final name whole and checked, or not at all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from banmian.archive import export as exporting
from banmian.archive.content.corrected_page import CorrectedPage
from banmian.archive.content.export_issue import ExportIssue, ExportPage
from banmian.archive.content.metadata import Metadata
from banmian.archive.export import ExportRequest
from banmian.archive.formats import ExportOptions, Format
from banmian.archive.xml.alto import alto
from cleanup.article import Issue
from layout.errors import PageFailed, UsageError
from layout.page import Page

HOLDING = ExportIssue(Issue("一"), Metadata(), "一 '报'", "2020-01-02T03:04:05Z", (ExportPage(1, None, None, None, 0),))
LEAF = CorrectedPage(Page(1, "a.png", width=9, height=9), "2020-01-02T03:04:05Z")


def _export(out: Path, write: Callable[[CorrectedPage], bytes] = alto) -> None:
    def put(_: object, part: Path) -> None:
        (part / "一 '报'").mkdir()
        (part / "一 '报'/0001.xml").write_bytes(write(LEAF))

    exporting._write_folder(
        ExportRequest(ExportOptions(Format.ALTO), out), lambda part: exporting.fill(part, [HOLDING], put)
    )


def test_a_page_without_text_goes_out(tmp_path: Path) -> None:
    """An empty page is a file like any other, in a folder with spaces, hanzi and quotes."""
    _export(tmp_path / "out")
    assert [p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.xml")] == ["out/一 '报'/0001.xml"]


@pytest.mark.parametrize("form", [f for f in Format if f not in {Format.PDF, Format.IIIF}])
def test_what_takes_out_text_loads_no_reader(form: Format) -> None:
    """OpenCV, Tesseract and ONNX stay out of a command that shows no scan: they are most of its time."""
    code = (
        "import sys, banmian.cli, banmian.archive.export, banmian.cli_output, banmian.store.workspace\n"
        "from banmian.archive.formats import Format, writer\n"
        f"writer(Format({form.value!r}))\n"
        "print({'cv2', 'pytesseract', 'onnxruntime', 'PIL'} & sys.modules.keys())"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_what_fails_its_check_leaves_no_trace(tmp_path: Path) -> None:
    """A file that is no ALTO is told by name, and neither the target nor a part of it is left."""
    with pytest.raises(PageFailed, match="unknown: note"):
        _export(tmp_path / "out", lambda _: b"<note/>")
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_exists_is_refused(tmp_path: Path) -> None:
    """What lies in the target stays as it was."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine").write_text("x")
    with pytest.raises(UsageError, match="there already"):
        _export(tmp_path / "out")
    assert (tmp_path / "out/mine").read_text() == "x"
