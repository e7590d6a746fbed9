"""Commas in the middle of the em are commas; points in names, numbers and lists stay points."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.geometry import Box
from layout.page import Glyph, Line, Page, Region, RegionKind
from ocr.marks.centred import with_centred_commas


def page_of(*texts: str) -> Page:
    lines = tuple(
        Line(
            f"r1l{n}",
            Box(0, 20 * n, 200, 20 * n + 16).corners,
            text,
            tuple(Glyph(c, None, 0.9) for c in text if c != " "),
        )
        for n, text in enumerate(texts)
    )
    return Page(1, regions=(Region("r1", RegionKind.BODY, lines=lines),))


def read_as(*texts: str) -> list[str]:
    page = with_centred_commas(page_of(*texts))
    for line in page.lines:
        assert "".join(g.char for g in line.glyphs) == line.text.replace(" ", "")
    return [n.text for n in page.lines]


COLUMN = ("山路難行·車隊停在半途·", "「我們等天亮」·隊長說·", "雨下了整夜·河水漲到橋面。")


def test_points_of_a_page_without_commas_are_its_commas() -> None:
    """Between hanzi, behind a closing bracket, at a line's end; the text and its glyphs say the same."""
    assert read_as(*COLUMN) == [n.replace("·", "，") for n in COLUMN]


@pytest.mark.parametrize(
    "text",
    ["畫家馬里奧·達·芬奇的手稿", "哥倫布·馬爾科夫來訪", "氣溫升高3·5度", "編號A·B兩種", "·雨量充足", "。·次日放晴"],
)
def test_other_points_stay(text: str) -> None:
    """Those of a foreign name, of a number, between letters, and before an item of a list."""
    assert read_as(*COLUMN, text)[-1] == text


@pytest.mark.parametrize(
    "texts",
    [
        ("山路難行，車隊停在半途，", "老橋·新橋·石橋·木橋", "天亮，河水退了，車隊走了，"),
        ("責編·王守田", "校對·李青禾"),
    ],
)
def test_a_page_with_commas_of_its_own_keeps_its_points(texts: tuple[str, ...]) -> None:
    """So does one with hardly any point."""
    assert read_as(*texts) == list(texts)


def test_a_line_whose_text_is_not_its_glyphs_is_left_alone() -> None:
    """Text that was not spelled by these glyphs has no place for a comma."""
    page = page_of(*COLUMN)
    line = next(iter(page.lines))
    odd = page.with_lines({line.id: Line(line.id, line.polygon, "別的字", line.glyphs)})
    assert next(iter(with_centred_commas(odd).lines)).text == "別的字"


def test_points_of_headlines_are_not_counted() -> None:
    """On a page of headlines without a comma they part items and names."""
    page = page_of("春·夏·秋·冬", "聚焦·改革", "約翰·史密斯來訪")
    large = replace(page, type_size=20.0).with_lines({n.id: replace(n, size=48.0) for n in page.lines})
    assert with_centred_commas(large) == large
    assert with_centred_commas(page) != page
