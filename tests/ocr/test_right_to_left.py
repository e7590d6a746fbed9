"""Level lines that run from right to left: the words of the vertical lines tell, and nothing is turned without them."""

from __future__ import annotations

import pytest

from layout.geometry import Box
from layout.page import Direction, Glyph, Line, Page, Region, RegionKind
from ocr.right_to_left import with_lines_turned_round

COLUMN = "清江航業公司昨日宣布擴充輪船碼頭春季行駛上游各埠，旅客往來甚便"


def line(name: str, text: str, *, level: bool = True) -> Line:
    printed = [c for c in text if not c.isspace()]
    glyphs = tuple(Glyph(c, Box(30 * n, 0, 30 * n + 28, 30), 0.9) for n, c in enumerate(printed))
    return Line(name, text=text, glyphs=glyphs, direction=Direction.HORIZONTAL if level else Direction.VERTICAL_RL)


def page(*level: str, column: str = COLUMN) -> Page:
    lines = [line("v", column, level=False), *(line(f"h{n}", text) for n, text in enumerate(level))]
    return Page(1, regions=(Region("r1", RegionKind.BODY, lines=tuple(lines)),))


def texts(found: Page) -> list[str]:
    return [n.text for n in found.lines][1:]


CASES = [
    (["頭碼充擴船輪", "司公業航江清"], ["輪船擴充碼頭", "清江航業公司"]),
    (["頭碼充擴船輪", "司公業航江清", "號75話電　船輪"], ["輪船擴充碼頭", "清江航業公司", "輪船　電話75號"]),
    (["頭碼充擴船輪", "司公業航江清", "Qing Steam 公司"], ["輪船擴充碼頭", "清江航業公司", "Qing Steam 公司"]),
    (["頭碼充擴船輪", "司公業航江清", "春季行駛"], ["輪船擴充碼頭", "清江航業公司", "春季行駛"]),
    (["輪船擴充碼頭", "清江航業公司"], ["輪船擴充碼頭", "清江航業公司"]),
    (["頭碼"], ["頭碼"]),
]


@pytest.mark.parametrize(("printed", "text"), CASES)
def test_the_page_tells_which_way_its_level_lines_run(printed: list[str], text: list[str]) -> None:
    """Figures and Latin words keep their order; one short line is no evidence."""
    assert texts(with_lines_turned_round(page(*printed))) == text


def test_glyphs_go_with_their_text_and_keep_their_boxes() -> None:
    """The first glyph of a line that runs from right to left stands at its right end."""
    found = list(with_lines_turned_round(page("頭碼充擴船輪", "司公業航江清")).lines)[1]
    assert "".join(g.char for g in found.glyphs) == found.text
    boxes = [g.box.x0 for g in found.glyphs if g.box is not None]
    assert boxes == sorted(boxes, reverse=True)


def test_a_page_of_level_type_stays() -> None:
    """However many words of a short vertical line stand backwards in it."""
    level = [COLUMN[::-1]] * 3
    assert texts(with_lines_turned_round(page(*level))) == level
