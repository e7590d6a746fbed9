"""What passes for a byline and names nobody: a deck, the first line of a report, the label of a column."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleanup.article import Article, Role
from cleanup.articles import regroup
from cleanup.articles.frame import ReadingFrame, reading_frame
from cleanup.articles.labels import Label, with_names_over_texts
from cleanup.articles.surroundings import Surroundings, surroundings
from cleanup.forms.byline import is_label_long, may_name_writers
from cleanup.forms.roles import roles_of
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind
HEAD = "老渡口迎来了新客人"


def made(monkeypatch: pytest.MonkeyPatch, told: Sequence[str], *, over: str = "") -> Article:
    """The article of a headline with lines that are told for bylines under it, and one over it, and of its text."""
    sheet = Sheet()
    if over:
        sheet.add(K.BYLINE, [over], (2, 1.5), 1)
    sheet.add(K.HEADLINE, [HEAD], (2, 3), 1, size=2.6)
    for n, text in enumerate(told):
        sheet.add(K.BYLINE, [text], (2, 6.4 + 1.6 * n), 1)
    top = 6.6 + 1.6 * len(told)
    rows = lines(f"{prose(150)}。{prose(90, 40)}。", indent=0 if any("本报讯" in t for t in told) else 2)
    sheet.add(K.BODY, rows, (2, top), 1)

    def labels(frame: ReadingFrame, around: Sequence[Surroundings]) -> tuple[Label, ...]:
        names = {over, *told}
        return tuple(
            Label.BYLINE if n.text.strip() in names else Label.HEAD if n.text == HEAD else Label.BODY
            for n in frame.lines
        )

    monkeypatch.setattr(regroup.regrouped, "__defaults__", (labels, *regroup.regrouped.__defaults__[1:]))
    (article,) = sheet.articles
    assert article.title == HEAD
    return article


def test_a_deck_goes_to_the_headline(monkeypatch: pytest.MonkeyPatch) -> None:
    article = made(monkeypatch, ["一河两岸修了栈道，摆渡人改开游船", "本报记者 陈禾"])
    assert article.subtitle == "一河两岸修了栈道，摆渡人改开游船"
    assert article.byline == "本报记者 陈禾"


def test_what_opens_a_report_goes_to_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    article = made(monkeypatch, ["【本报讯】河边的早晨"])
    assert article.byline is None
    assert article.paragraphs[0].startswith("【本报讯】河边的早晨")


@pytest.mark.parametrize(("told", "kicker"), [(["（陈禾 辑）"], "农谚"), ([], None)])
def test_a_label_over_the_headline_is_no_name_where_another_line_names_the_writers(
    told: list[str], kicker: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = made(monkeypatch, told, over="农谚")
    assert article.kicker == kicker
    assert article.byline == "".join(told or ["农谚"])


@pytest.mark.parametrize(
    "text",
    [
        "青山县陈禾",
        "本报记者 陈禾",
        "（市二院许青）",
        "许青",
        "老犁",
        "报道：许青摄影：陈禾",
        "陈禾专业投资者",
        "本报特约陈禾报导",
        "本报记者驼小河",
        "[英]约翰·高",
        "渡口大学教授",
    ],
)
def test_lines_that_may_name_the_writers(text: str) -> None:
    assert may_name_writers(text)


@pytest.mark.parametrize(
    "text", ["每日两班票价三元五角", "先检测后立项建得起更要管得住", "质检站：水分超标", "记者第一次走访"]
)
def test_lines_that_name_nobody(text: str) -> None:
    assert not may_name_writers(text)


def test_what_is_as_short_as_a_name() -> None:
    assert all(map(is_label_long, ("今日谈", "农谚")))
    assert not is_label_long("區禾青")
    assert not any(map(is_label_long, ("陈禾", "（陈禾）", "一河两岸修栈道", "本报记者 陈禾")))


def test_a_heading_over_a_column_of_the_text_goes_into_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It passed for a byline at the article's end, where nothing names anybody."""
    sheet = Sheet()
    sheet.add(K.HEADLINE, [HEAD], (2, 3), 1, size=2.6)
    sheet.add(K.BODY, lines(f"{prose(150)}。"), (2, 7), 1)
    sheet.add(K.BODY, lines(f"{prose(70, 20)}。", indent=0), (16, 7), 1)
    low = 7 + 1.5 * len(lines(f"{prose(70, 20)}。", indent=0))
    sheet.add(K.BYLINE, ["修了栈道人更多"], (16, low + 0.5), 1)
    sheet.embolden(2.0)
    sheet.add(K.BODY, lines(f"{prose(140, 40)}。"), (16, low + 2.2), 1)

    def labels(frame: ReadingFrame, around: Sequence[Surroundings]) -> tuple[Label, ...]:
        told = {HEAD: Label.HEAD, "修了栈道人更多": Label.BYLINE}
        return tuple(told.get(n.text.strip(), Label.BODY) for n in frame.lines)

    monkeypatch.setattr(regroup.regrouped, "__defaults__", (labels, *regroup.regrouped.__defaults__[1:]))
    (article,) = sheet.articles
    assert article.byline is None
    assert article.subheads == ("修了栈道人更多",)


def test_names_in_bold_type_before_the_text_are_a_byline() -> None:
    sheet = Sheet()
    sheet.add(K.HEADLINE, [HEAD], (2, 3), 1, size=2.6)
    sheet.add(K.SUBHEAD, ["陈禾 许青"], (2, 6.6), 1)
    sheet.add(K.BODY, lines(f"{prose(150)}。"), (2, 8.4), 1)
    told = {n.line.text: n.role for n in roles_of(1, sheet.page.regions)}
    assert told["陈禾 许青"] is Role.BYLINE


@pytest.mark.parametrize(("picture", "label"), [(None, Label.BYLINE), ((2, 2, 14, 5.6), Label.CAPTION)])
def test_names_over_a_text_are_a_caption_at_a_picture_alone(
    picture: tuple[float, float, float, float] | None, label: Label
) -> None:
    sheet = Sheet()
    sheet.add(K.BODY, ["陈禾"], (4, 6), 1)
    sheet.add(K.BODY, lines(f"{prose(150)}。"), (2, 8), 1)
    if picture:
        sheet.mark(K.PICTURE, picture)
    frame = reading_frame(sheet.page)
    told = [Label.CAPTION, *[Label.BODY] * (len(frame.lines) - 1)]
    assert with_names_over_texts(frame, surroundings(frame), told)[0] is label
