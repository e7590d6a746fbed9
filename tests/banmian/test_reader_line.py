"""A batch says which readers read it, and how to get the second one where it is not installed."""

from __future__ import annotations

import pytest

from banmian import reader_line as told
from banmian.reader_line import lacks_second, reader_line
from ocr.setup.weights import COMMAND


@pytest.fixture(params=["C.UTF-8", "zh_CN.UTF-8"])
def locale(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A locale in either language of the interface."""
    monkeypatch.setenv("LC_ALL", request.param)
    monkeypatch.delenv("LANGUAGE", raising=False)
    return str(request.param)


@pytest.fixture
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """PP-OCR is not installed."""
    monkeypatch.setattr(told, "is_there", lambda: False)


@pytest.mark.usefixtures("_alone")
def test_the_command_that_installs_the_second_reader_is_told(locale: str) -> None:
    """In one line, whatever the language."""
    line = reader_line("tesseract auto")
    assert line.endswith(COMMAND)
    assert "Tesseract" in line
    assert ("识别" in line) is locale.startswith("zh")
    assert "\n" not in line


@pytest.mark.usefixtures("_alone")
def test_no_second_reader_is_missed_where_it_reads_not_the_language() -> None:
    """PP-OCR does not know Korean."""
    assert lacks_second("tesseract chi_sim")
    assert not lacks_second("tesseract kor")


@pytest.mark.parametrize(
    ("reader", "named"),
    [("both auto", ["PP-OCR", "Tesseract"]), ("ppocr chi_sim", ["PP-OCR"]), ("tesseract auto", ["Tesseract"])],
)
def test_the_readers_are_named(reader: str, named: list[str], locale: str) -> None:
    """No command is told where both are installed."""
    line = reader_line(reader)
    assert [name for name in ("PP-OCR", "Tesseract") if name in line] == named
    assert "pip" not in line
    assert ("识别" in line) is locale.startswith("zh")


def test_pages_with_a_text_layer_are_read_by_nobody(locale: str) -> None:
    """Where all pages carried their text no reader is named; where some did, their number is told beside it."""
    all_typed = reader_line("both auto", typed=2, pages=2)
    some = reader_line("both auto", typed=1, pages=2)
    assert "PDF" in all_typed
    assert "Tesseract" not in all_typed
    assert "Tesseract" in some
    assert "PDF" in some
    assert ("文字层" in all_typed) is locale.startswith("zh")
