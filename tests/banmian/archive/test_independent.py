"""Programs that are not ours read our ALTO, PAGE and METS: the text that they find is ours, character by character."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest

from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.mets import mets
from banmian.archive.xml import alto, page_xml
from tests.banmian.archive.issues import Desk
from tests.banmian.archive.standards import read_by
from tests.banmian.archive.stories import story

PRINTED = "山村〇𠮷𪚥﹏—“”·，12aZ]]>&<'\"　 一 二"
"""Without control characters, of which each reader makes something else."""


@pytest.fixture(scope="module")
def holding(tmp_path_factory: pytest.TempPathFactory) -> ExportIssue:
    return story(Desk(tmp_path_factory.mktemp("issue")), PRINTED)


def _ours(holding: ExportIssue) -> list[list[str]]:
    """The clean lines of each page, in their order."""
    leaves = [sheet.leaf() for sheet in holding.sheets]
    return [[leaf.text(line) for line in leaf.page.lines] for leaf in leaves]


def _files(holding: ExportIssue, folder: Path) -> Iterator[Path]:
    return (folder / holding.folder / f"{sheet.number:04}.xml" for sheet in holding.sheets)


def _read(told: str) -> list[str]:
    return normalize("NFC", told).rstrip("\n").split("\n") if told.strip() else []


def _as_dinglehopper(text: str) -> str:
    """It composes what is decomposed, and takes the two dashes for one."""
    return normalize("NFC", text).replace("—", "–")


def test_dinglehopper_reads_alto_and_page(holding: ExportIssue, tmp_path: Path) -> None:
    """Line by line, and more than none: an empty reading would agree with nothing."""
    alto.write(holding, tmp_path / "alto")
    page_xml.write(holding, tmp_path / "page")
    ours = [[_as_dinglehopper(t) for t in page] for page in _ours(holding)]
    assert sum(map(len, ours)) > 9
    of_alto = [_read(read_by("dinglehopper-extract", f)) for f in _files(holding, tmp_path / "alto")]
    assert of_alto == ours
    level = ("--textequiv-level", "line")
    of_page = [_read(read_by("dinglehopper-extract", *level, f)) for f in _files(holding, tmp_path / "page")]
    assert of_page == ours


def test_alto_tools_reads_alto(holding: ExportIssue, tmp_path: Path) -> None:
    """It sets a space behind each word, and a line's end before each line."""
    alto.write(holding, tmp_path)
    told = [read_by("alto-tools", "-t", f) for f in _files(holding, tmp_path)]
    assert [t.rstrip("\n") for t in told] == ["".join(f"\n{line} " for line in page) for page in _ours(holding)]


def test_page_to_alto_finds_the_words(holding: ExportIssue, tmp_path: Path) -> None:
    """Our PAGE, made ALTO by another program and read by a third, has our lines."""
    page_xml.write(holding, tmp_path)
    first, *_ = _files(holding, tmp_path)
    converted = tmp_path / "converted.xml"
    converted.write_text(read_by("page-to-alto", "--region-order", "reading-order", first), encoding="utf-8")
    assert _read(read_by("dinglehopper-extract", converted)) == [_as_dinglehopper(t) for t in _ours(holding)[0]]


def test_ocrd_takes_the_workspace(holding: ExportIssue, tmp_path: Path) -> None:
    """OCR-D finds METS and what it leads to valid."""
    mets.write(holding, tmp_path)
    told = read_by("ocrd", "workspace", "validate", "mets.xml", folder=tmp_path / holding.folder)
    assert '<report valid="true">' in told
    assert "<error" not in told
