"""Lines of running text: rows in pieces, drop capitals, text around a cut-out, names at the end."""

from __future__ import annotations

from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

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
