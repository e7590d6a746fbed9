"""Level lines on pages of vertical type: which read from right to left is told by the page, figures never turn."""

from __future__ import annotations

import pytest

from layout.geometry import Box
from layout.page import Direction, Glyph, Line, Page, Region, RegionKind
from ocr.line.rightleft import with_right_to_left

PROSE = "望溪商報今日起每日出版一大張凡訂閱全年者大洋十元郵費在內本埠派送不另取資如有遺漏請函告本館"


def page_of(*level: str, vertical: str = PROSE) -> Page:
    lines = [Line("v", Box(900, 0, 930, 900).corners, vertical, _glyphs(vertical), Direction.VERTICAL_RL, 30.0)]
    for i, text in enumerate(level):
        box = Box(0, 40 * i, 30 * len(text), 40 * i + 30)
        lines.append(Line(f"l{i}", box.corners, text, _glyphs(text), Direction.HORIZONTAL, 30.0))
    return Page(1, width=1000, height=1000, regions=(Region("r", RegionKind.BODY, lines=tuple(lines)),))


def _glyphs(text: str) -> tuple[Glyph, ...]:
    return tuple(Glyph(c, Box(30 * i, 0, 30 * i + 28, 30), 0.9) for i, c in enumerate(text) if not c.isspace())


@pytest.mark.parametrize(
    ("seen", "reads"),
    [
        ("報商溪望", "望溪商報"),
        ("期二十第年十國民華中", "中華民國十年第十二期"),
        ("院養老修興", "興修老養院"),
        ("望溪商報", "望溪商報"),
        ("TEL 60391", "TEL 60391"),
    ],
)
def test_a_level_line_reads_as_its_page_tells(seen: str, reads: str) -> None:
    line = list(with_right_to_left(page_of(seen)).lines)[1]
    assert line.text == reads
    assert "".join(g.char for g in line.glyphs) == "".join(reads.split())


def test_boxes_go_with_their_characters() -> None:
    line = list(with_right_to_left(page_of("報商溪望")).lines)[1]
    assert [(g.char, g.box.x0) for g in line.glyphs if g.box] == [("望", 90), ("溪", 60), ("商", 30), ("報", 0)]


def test_lines_without_evidence_go_with_the_others_of_the_page() -> None:
    page = with_right_to_left(page_of("望溪商報", "本館啟事", "山川草木"))
    assert [n.text for n in page.lines][1:] == ["望溪商報", "本館啟事", "山川草木"]


def test_a_page_of_level_type_stays() -> None:
    page = page_of("報商溪望", vertical="短")
    assert with_right_to_left(page) == page
