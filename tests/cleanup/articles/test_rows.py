"""Lines of running text: rows in pieces, drop capitals, text around a cut-out, names at the end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleanup.article import Article
from layout.geometry import Box
from layout.page import Glyph, RegionKind
from tests.cleanup.articles.pages import EM, Sheet, lines, prose

K = RegionKind


def headed() -> Sheet:
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["老渡口"], (2, 2), 1, size=2.6)
    return sheet


def test_a_row_that_layout_cut_into_pieces_is_whole_again() -> None:
    sheet = headed()
    sheet.add(K.BODY, lines(f"{prose(70)}"), (2, 6), 1)
    sheet.add(K.BODY, ["像，翻动"], (2, 15), 1)
    sheet.add(K.BODY, ["一页旧书。"], (9, 15), 1)
    sheet.add(K.BODY, lines(f"{prose(58, 9)}。"), (2, 16.5), 1)
    (article,) = sheet.articles
    assert any("像，翻动一页旧书。" in p for p in article.paragraphs)


def test_a_drop_capital_begins_its_paragraph() -> None:
    sheet = headed()
    text = lines(f"{prose(90)}。", indent=0)
    sheet.add(K.HEADLINE, ["海"], (2, 6), 1, size=2.6)
    pushed = ["　　　" + row[:9] for row in text[:2]]
    sheet.add(K.BODY, [*pushed, *text[2:]], (2, 6), 1)
    (article,) = sheet.articles
    assert article.paragraphs[0].startswith("海" + text[0][:9])
    assert len(article.paragraphs) == 1


def test_the_ragged_edge_of_a_cut_out_begins_no_paragraph() -> None:
    sheet = headed()
    words, at, rows = f"{prose(70)}，{prose(60, 30)}。", 0, []
    for pushed in (2, 0, 0, 0, 1, 2, 3, 4, 3, 2, 1, 0, 0, 0, 0):
        rows.append("　" * pushed + words[at : at + 12 - pushed])
        at += 12 - pushed
    sheet.add(K.BODY, [r for r in rows if r.strip("　")], (2, 6), 1)
    (article,) = sheet.articles
    assert len(article.paragraphs) == 1


def test_a_name_set_to_the_right_at_the_end_is_a_byline() -> None:
    sheet = headed()
    body = lines(f"{prose(70)}。")
    sheet.add(K.BODY, body, (2, 6), 1)
    sheet.add(K.BODY, ["闻渡舟"], (11, 6 + 1.5 * len(body)), 1)
    (article,) = sheet.articles
    assert article.byline == "闻渡舟"
    assert len(article.paragraphs) == 1


def signed(text: str, name: str, white: float) -> Article:
    """An article whose last line ends with a text and, so many ems behind it, a name; with places of its glyphs."""
    sheet = headed()
    sheet.add(K.BODY, lines(f"{prose(70)}"), (2, 6), 1)
    sheet.add(K.BODY, [text + name], (2, 15), 1)
    (last,) = sheet.regions[-1].lines
    at = [2 + n + (white if n >= len(text) else 0) for n in range(len(text + name))]
    glyphs = tuple(
        Glyph(c, Box(round(x * EM), 15 * EM, round((x + 0.9) * EM), 16 * EM), 0.99)
        for c, x in zip(text + name, at, strict=True)
    )
    around = Box(2 * EM, 15 * EM, round((at[-1] + 1) * EM), 16 * EM).corners
    sheet.regions[-1] = replace(
        sheet.regions[-1], polygon=around, lines=(replace(last, polygon=around, glyphs=glyphs),)
    )
    (article,) = sheet.articles
    return article


@pytest.mark.parametrize(("white", "byline"), [(1.2, "桂水舟"), (0.0, None)])
def test_a_name_behind_the_last_sentence_is_a_byline_where_it_is_set_apart(white: float, byline: str | None) -> None:
    assert signed("像翻动一页。", "桂水舟", white).byline == byline
