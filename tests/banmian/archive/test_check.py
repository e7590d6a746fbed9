"""`banmian check`: all findings, each of its kind."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from banmian.archive.check import check
from banmian.archive.content.corrected_page import CorrectedPage
from banmian.archive.content.finding import ExportFault
from banmian.archive.xml.alto import alto
from banmian.archive.xml.page_xml import page_xml
from banmian.archive.xml.xml_scan import scan
from layout.geometry import Box
from layout.page import Line, Page, Region, RegionKind

CORNERS = Box(1, 2, 30, 40).corners


def _leaf(number: int) -> CorrectedPage:
    region = Region("r1", RegionKind.BODY, CORNERS, (Line("l1", CORNERS, "山村邮路"),))
    return CorrectedPage(Page(number, "a.png", width=50, height=60, regions=(region,)), "2020-01-02T03:04:05Z")


def test_what_was_just_written_has_no_findings(tmp_path: Path) -> None:
    """Two pages side by side share no id, and all their references are met."""
    for form in (alto, page_xml):
        folder = tmp_path / form.__name__
        folder.mkdir()
        for number in (1, 2):
            (folder / f"{number}.xml").write_bytes(form(_leaf(number)))
    assert check(tmp_path) == []


def test_each_damage_is_found_and_all_at_once(tmp_path: Path) -> None:
    """Cut short, in an encoding that is not read, of no known kind, a page given twice, a reference without its end."""
    whole = alto(_leaf(1))
    (tmp_path / "a.xml").write_bytes(whole)
    (tmp_path / "b.xml").write_bytes(whole)
    (tmp_path / "cut.xml").write_bytes(whole[:-20])
    (tmp_path / "other.xml").write_bytes(b"<note/>")
    for name in ("gbk", "nonsense"):
        (tmp_path / f"{name}.xml").write_bytes(whole.replace(b"UTF-8", name.encode()))
    (tmp_path / "page.xml").write_bytes(page_xml(_leaf(3)).replace(b'regionRef="page.P0003', b'regionRef="page.P0004'))
    found = {(Path(f.path).name, f.fault) for f in check(tmp_path)}
    assert found == {
        ("b.xml", ExportFault.ID_TWICE),
        ("cut.xml", ExportFault.DAMAGED),
        ("gbk.xml", ExportFault.DAMAGED),
        ("nonsense.xml", ExportFault.DAMAGED),
        ("other.xml", ExportFault.UNKNOWN),
        ("page.xml", ExportFault.DANGLING),
    }


@pytest.mark.parametrize("name", ["articles", "articles.out"])
def test_a_file_that_its_name_does_not_tell_is_told_by_its_beginning(tmp_path: Path, name: str) -> None:
    """Output sent into a file of any name is checked as what it is; a text that is no export is a finding."""
    file = tmp_path / name
    file.write_bytes(alto(_leaf(1)))
    assert check(file) == []
    file.write_bytes(alto(_leaf(1))[:-20])
    assert [f.fault for f in check(file)] == [ExportFault.DAMAGED]
    file.write_text('{"id": 3, "paragraphs": []}\n', "utf-8")
    assert [f.fault for f in check(file)] == [ExportFault.BELOW]
    file.write_text('{"id": 3, "paragraphs": []}\n{"id', "utf-8")
    assert [f.fault for f in check(file)] == [ExportFault.BELOW, ExportFault.DAMAGED]
    file.write_text("山村邮路\n", "utf-8")
    assert [f.fault for f in check(file)] == [ExportFault.NOTHING]


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": "\xb4\xe5"}',
        '{"type": "Manifest",\n "items": []}',
        '{"type": "Manifest", "items": []}',
        "{% raw %} 山村邮路",
        '["paragraphs"]',
        '{"paragraphs": 1',
        "<山村邮路> 连载",
    ],
)
def test_a_text_in_brackets_is_no_export(tmp_path: Path, text: str | bytes) -> None:
    """Other JSON and other text, whose names tell nothing, are not told to be damaged exports."""
    file = tmp_path / "notes"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert [f.fault for f in check(file)] == [ExportFault.NOTHING]


def test_an_empty_folder_is_a_finding(tmp_path: Path) -> None:
    """Nothing to look at is not the same as nothing wrong."""
    assert [f.fault for f in check(tmp_path)] == [ExportFault.NOTHING]


def test_a_look_leaves_no_memory_behind(tmp_path: Path) -> None:
    """The collector is off while a batch goes out, so that what a look holds in a circle would stay to its end."""
    (tmp_path / "a.xml").write_bytes(alto(_leaf(1)))
    gc.collect()
    gc.disable()
    try:
        scan(tmp_path / "a.xml")
        assert gc.collect() == 0
    finally:
        gc.enable()
