"""Articles are told by the sentences that run over a page, by headlines and by marks, whatever layout grouped."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleanup.article import ArticleKind
from cleanup.articles.assembly import Assembly, assembly
from cleanup.articles.blocks import text_blocks
from cleanup.articles.frame import ReadingFrame, reading_frame
from cleanup.articles.labels import Label
from cleanup.articles.regroup import regrouped
from cleanup.articles.relations import Relations
from cleanup.articles.successors import candidates
from cleanup.articles.surroundings import Surroundings, surroundings
from cleanup.assemble import assemble
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind


def two_columns(sheet: Sheet, top: float, articles: tuple[int, int]) -> str:
    """One paragraph over two columns, the sentence cut by the column's edge; gives its text."""
    text = f"{prose(61)}。{prose(40, 70)}，{prose(24, 20)}。"
    rows = lines(text)
    half = len(rows) // 2
    sheet.add(K.BODY, rows[:half], (2, top), articles[0])
    sheet.add(K.BODY, rows[half:], (16, top), articles[1])
    return text


def test_a_sentence_cut_by_a_column_holds_two_pieces_together() -> None:
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["老渡口迎来了新客人"], (2, 2), 1, size=2.6)
    text = two_columns(sheet, 6, (1, 2))
    (article,) = sheet.articles
    assert article.paragraphs == (text,)


@pytest.mark.parametrize(("last", "goes_on"), [("来。", True), ("一", False), ("。", False)])
def test_the_last_characters_of_a_sentence_may_go_on_text_beside_them(last: str, *, goes_on: bool) -> None:
    """They stand under the indent of their paragraph's first line; a stroke or a mark alone is no text."""
    sheet = Sheet()
    sheet.add(K.BODY, [f"　　{prose(10, 70)}"], (16, 6), 1)
    sheet.add(K.BODY, [last], (16, 7.5), 1)
    frame = reading_frame(sheet.page)
    first, second = text_blocks(frame, surroundings(frame), [Label.BODY, Label.BODY])
    pairs = [(a.id, b.id) for a, b in candidates(Relations(frame, (first, second)))]
    assert ((first.id, second.id) in pairs) is goes_on


def test_a_subhead_on_a_bar_ends_no_article() -> None:
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["老渡口迎来了新的客人，河边又热闹"], (2, 2), 1, size=2.2)
    above = lines(f"{prose(70)}。") + lines(f"{prose(45, 30)}。")
    rows = lines(f"{prose(40, 15)}，{prose(150, 8)}。")
    sheet.add(K.BODY, above, (2, 6), 1)
    low = 6 + 1.5 * len(above)
    sheet.mark(K.RULE, (2, low + 0.4, 14, low + 0.5))
    sheet.add(K.HEADLINE, ["一船人一船歌"], (3, low + 1.2), 1, size=1.35)
    sheet.mark(K.RULE, (2, low + 3, 14, low + 3.1))
    sheet.add(K.BODY, rows[:5], (2, low + 3.8), 1)
    sheet.add(K.BODY, rows[5:], (16, 6), 1)
    (article,) = sheet.articles
    assert "一船人一船歌" in article.subheads


def test_each_headline_with_a_finished_text_above_begins_an_article() -> None:
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["河边又热闹"], (2, 2), 1, size=2.3)
    first = lines(f"{prose(80)}。")
    sheet.add(K.BODY, first, (2, 6), 1)
    low = 6 + 1.5 * len(first)
    sheet.mark(K.RULE, (2, low + 1.4, 14, low + 1.5))
    sheet.add(K.HEADLINE, ["石阶修好了"], (2, low + 2.4), 1, size=2.3)
    sheet.add(K.BODY, lines(f"{prose(90, 40)}。"), (2, low + 6), 1)
    assert [a.title for a in sheet.articles] == ["河边又热闹", "石阶修好了"]


def test_every_line_comes_once_and_every_region_keeps_its_id() -> None:
    sheet = Sheet()
    sheet.add(K.FOLIO, ["第3版"], (2, 0), None)
    sheet.add(K.HEADLINE, ["老渡口迎来了新客人"], (2, 2), 1, size=2.6)
    two_columns(sheet, 6, (1, 2))
    sheet.mark(K.PICTURE, (30, 6, 50, 20))
    sheet.add(K.CAPTION, ["木船停在石阶下（林渡 摄）"], (31, 20.5), 3, size=0.9)
    page = sheet.page
    made = regrouped(page)
    assert sorted(n.id for n in made.lines) == sorted(n.id for n in page.lines)
    assert {r.id for r in made.regions} == {r.id for r in page.regions}
    assert regrouped(page) == made


def test_a_caption_never_stands_in_the_text() -> None:
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["老渡口迎来了新客人"], (2, 2), 1, size=2.6)
    text = two_columns(sheet, 6, (1, 1))
    sheet.mark(K.PICTURE, (30, 6, 50, 20))
    sheet.add(K.BODY, ["木船停在石阶下（林渡 摄）"], (31, 20.5), 1, size=0.9)
    issue = assemble("issue", [sheet.page])
    (article,) = (a for a in issue.articles if a.kind is ArticleKind.ARTICLE)
    assert article.paragraphs == (text,)
    assert any("石阶下" in c for a in issue.articles for c in a.captions)


def test_decisions_are_told_in_words() -> None:
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["老渡口迎来了新客人"], (2, 2), 1, size=2.6)
    two_columns(sheet, 6, (1, 2))
    told = regrouped(sheet.page).decisions
    assert any(d.joined and (d.first, d.second) == ("r2", "r3") and "the next column" in d.reason for d in told)
    assert any(d.joined and (d.first, d.second) == ("r1", "r2") and "headline" in d.reason for d in told)


def test_labeller_and_grouper_can_be_exchanged() -> None:
    """A labeller that holds every line for the page's head leaves no article; the grouper is asked for the pieces."""
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["老渡口迎来了新客人"], (2, 2), 1, size=2.6)
    two_columns(sheet, 6, (1, 1))
    asked: list[Relations] = []

    def all_furniture(frame: ReadingFrame, around: Sequence[Surroundings]) -> tuple[Label, ...]:
        return (Label.FURNITURE,) * len(frame.lines)

    def watched(relations: Relations) -> Assembly:
        asked.append(relations)
        return assembly(relations)

    page = regrouped(sheet.page, labeller=all_furniture, grouper=watched)
    assert len(asked) == 1
    assert {r.article for r in page.regions if r.lines} == {None}


def beside(*, ruled: bool) -> Sheet:
    """A first column that begins level with a headline over the two columns on its right."""
    sheet = Sheet()
    sheet.add(K.BODY, lines(f"{prose(150)}。"), (2, 2), 1)
    sheet.add(K.HEADLINE, ["渡口的老木船"], (16, 2), 2, size=3.4)
    sheet.add(K.BODY, lines(f"{prose(100, 21)}，{prose(27, 9)}"), (16, 7.5), 2)
    sheet.add(K.BODY, lines(f"{prose(110, 43)}。", indent=0), (30, 7.5), 2)
    if ruled:
        sheet.mark(K.RULE, (14.9, 1, 15.1, 24))
    return sheet


def test_a_column_beside_a_headline_is_the_first_of_its_text() -> None:
    (article,) = beside(ruled=False).articles
    assert article.title == "渡口的老木船"
    assert article.paragraphs[0].startswith(prose(20))


def test_a_rule_beside_a_headline_parts_the_column_from_it() -> None:
    titles = [a.title for a in beside(ruled=True).articles]
    assert sorted(titles, key=str) == [None, "渡口的老木船"]


def test_a_masthead_is_no_headline() -> None:
    sheet = Sheet()
    sheet.add(K.MASTHEAD, ["石桥晚报"], (2, 2), None, size=4.7)
    sheet.add(K.HEADLINE, ["渡口的老木船"], (2, 9), 1, size=2.6)
    for x in (2, 16):
        sheet.add(K.BODY, lines(f"{prose(110, x)}。"), (x, 13), 1)
    assert [a.title for a in sheet.articles] == ["渡口的老木船"]
    (head,) = (a for a in assemble("issue", [sheet.page]).articles if a.kind is not ArticleKind.ARTICLE)
    assert head.kind is ArticleKind.FURNITURE


def test_a_columns_label_heads_a_text_that_has_no_headline() -> None:
    """Three short reports under their column's name are an article of that name."""
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["短讯三则"], (2, 2), 1, size=1.6)
    sheet.add(K.BODY, [*lines(f"△{prose(40)}。"), *lines(f"△{prose(50, 20)}。")], (2, 6), 1)
    sheet.add(K.BODY, lines(f"{prose(90, 30)}。"), (30, 6), 2)

    def labeller(frame: ReadingFrame, around: Sequence[Surroundings]) -> tuple[Label, ...]:
        return tuple(Label.COLUMN if n.text == "短讯三则" else Label.BODY for n in frame.lines)

    page = regrouped(sheet.page, labeller=labeller)
    articles = {r.article for r in page.regions for n in r.lines if n.text == "短讯三则" or n.text.startswith("△")}
    assert len(articles) == 1


@pytest.mark.parametrize(("size", "kicker"), [(1.2, True), (2.6, False)])
def test_a_label_over_the_only_article_of_a_frame_is_its_kicker(size: float, *, kicker: bool) -> None:
    """A comment in its box under the small name of its column; type as large as the headline names no column."""
    sheet = Sheet()
    sheet.mark(K.FRAME, (0, 0, 20, 30))
    sheet.add(K.HEADLINE, ["巷口闲话"], (2, 2), 1, size=size)
    sheet.add(K.HEADLINE, ["渡口的老木船"], (2, 6), 1, size=2.6)
    sheet.add(K.BODY, lines(f"{prose(110)}。"), (2, 10), 1)

    def labeller(frame: ReadingFrame, around: Sequence[Surroundings]) -> tuple[Label, ...]:
        told = {"巷口闲话": Label.COLUMN, "渡口的老木船": Label.HEAD}
        return tuple(told.get(n.text, Label.BODY) for n in frame.lines)

    page = regrouped(sheet.page, labeller=labeller)
    groups = {r.lines[0].text: r.article for r in page.regions if r.lines}
    assert (groups["巷口闲话"] == groups["渡口的老木船"]) is kicker
