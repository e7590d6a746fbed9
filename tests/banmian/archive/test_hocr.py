"""hOCR: well-formed, its lines in their order and directions, their clean text character by character."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from lxml import etree

from banmian.archive.check import check
from banmian.archive.content.corrected_page import CorrectedPage
from banmian.archive.content.xml_text import xml_text
from banmian.archive.xml import hocr
from layout.page import Direction, Page
from tests.banmian.archive.issues import MADE, Desk
from tests.banmian.archive.standards import read_by
from tests.banmian.archive.stories import story
from tests.banmian.archive.test_leaves import pages

H = f"{{{hocr.NAMESPACE}}}"


def _lines(root: etree._Element) -> list[etree._Element]:
    return [e for e in root.iter(f"{H}span") if e.get("class") == "ocr_line"]


@given(pages())
def test_the_lines_are_the_pages(page: Page) -> None:
    """Text and direction of each line that has text, whatever characters are in it; single spaces part words."""
    corrected = {n.id: n.text[::-1] + "〇" for n in list(page.lines)[::2]}
    root = etree.fromstring(hocr.hocr(CorrectedPage(page, MADE, corrected), "报 <1>"))
    told = [("".join(e.itertext()).removesuffix("\n"), "vertical" in e.get("style", "")) for e in _lines(root)]
    texts = [(corrected.get(n.id, n.text), n.direction is Direction.VERTICAL_RL) for n in page.lines]
    assert told == [(xml_text(text), vertical) for text, vertical in texts if text.strip()]


def test_it_passes_both_checks(tmp_path: Path) -> None:
    """Ours finds nothing, hocr-check neither, on pages with text and on one without."""
    holding = story(Desk(tmp_path))
    hocr.write(holding, tmp_path / "out")
    assert check(tmp_path / "out") == []
    for file in sorted((tmp_path / "out").rglob("*.html")):
        told = read_by("hocr-check", file).splitlines()
        assert len(told) > 2
        assert [row for row in told if not row.startswith("ok ")] == []
