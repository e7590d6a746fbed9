"""Captions go with the article that their picture illustrates, or stand for themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleanup.article import Article, ArticleKind
from cleanup.articles.blocks import text_blocks
from cleanup.articles.captions import CaptionedPage, PrintedStory, caption_weights, own_cues
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import Label
from cleanup.articles.relations import Relations
from cleanup.articles.surroundings import surroundings
from cleanup.assemble import assemble
from layout.geometry import Box
from layout.page import RegionKind
from tests.cleanup.articles.pages import EM, Sheet, lines, prose

BRIDGE = "新石桥昨日合龙桥工用糯米灰浆砌起最后一块拱石两岸乡亲敲锣打鼓"
FAIR = "镇上的庙会今年改在打谷场举行糖画摊前排起了长队孩子们围着捏面人"


def text(sheet: Sheet, words: str, place: tuple[float, float], article: int | None) -> None:
    """Three paragraphs of an article that speaks of its own things."""
    body = [line for n in range(3) for line in lines(words[n * 5 :] + prose(20, 40 * n) + "。")]
    sheet.add(RegionKind.BODY, body, place, article)


def by_title(sheet: Sheet) -> dict[str, Article]:
    return {a.title or "": a for a in sheet.articles}


def captions(article: Article) -> str:
    return "".join(article.captions)


def two_articles() -> Sheet:
    """An article, and under it another one with a headline of its own."""
    sheet = Sheet()
    sheet.add(RegionKind.HEADLINE, ["新石桥昨日合龙"], (10, 2), 1, size=2.4)
    text(sheet, BRIDGE, (10, 7), 1)
    text(sheet, BRIDGE, (24, 7), 1)
    sheet.add(RegionKind.HEADLINE, ["庙会搬到打谷场"], (10, 55), 2, size=2.4)
    text(sheet, FAIR, (10, 60), 2)
    text(sheet, FAIR, (24, 60), 2)
    return sheet


def test_a_caption_goes_with_the_article_of_its_picture_though_another_headline_is_nearer() -> None:
    """The headline right under the caption begins another article, which speaks of other things."""
    sheet = two_articles()
    sheet.mark(RegionKind.PICTURE, (10, 30, 36, 50))
    sheet.add(RegionKind.CAPTION, ["图为桥工砌起新石桥的最后一块拱石。"], (10, 50.7), None, size=0.9)
    found = by_title(sheet)
    assert "拱石" in captions(found["新石桥昨日合龙"])
    assert not captions(found["庙会搬到打谷场"])


def test_a_picture_that_speaks_of_something_else_stands_for_itself() -> None:
    """A picture with the day and a story of its own, behind a rule, is of neither article."""
    sheet = two_articles()
    sheet.mark(RegionKind.PICTURE, (44, 30, 70, 50))
    sheet.mark(RegionKind.RULE, (41, 2, 41.1, 100))
    told = ["9月12日，省体育馆举行少年象棋赛，八十名棋手对弈。", "比赛采用循环制，共下七轮。甲乙丙摄"]
    sheet.add(RegionKind.CAPTION, told, (44, 50.7), None, size=0.9)
    assert not any("象棋" in captions(a) for a in sheet.articles)
    apart = [a for a in assemble("issue", [sheet.page]).articles if a.kind is not ArticleKind.ARTICLE]
    assert any("象棋" in captions(a) + "".join(a.paragraphs) for a in apart)


def test_the_headline_of_a_picture_is_no_part_of_the_headline_beside_it() -> None:
    """A picture with a headline of its own stands right over another headline; neither has a text."""
    sheet = two_articles()
    sheet.mark(RegionKind.PICTURE, (50, 5, 88, 25))
    sheet.add(RegionKind.HEADLINE, ["老把式教剪枝"], (52, 25.8), 3, size=2.2)
    sheet.add(RegionKind.HEADLINE, ["明日有雨请带好伞"], (52, 29.6), 4, size=2.4)
    titles = [a.title for a in assemble("issue", [sheet.page]).articles]
    assert "老把式教剪枝" in titles
    assert "明日有雨请带好伞" in titles


@pytest.mark.parametrize(("words", "title"), [(BRIDGE, "新石桥昨日合龙"), (FAIR, "庙会搬到打谷场")])
def test_words_in_common_decide_between_two_articles(words: str, title: str) -> None:
    """A picture between two articles, as near to one as to the other."""
    sheet = Sheet()
    for x, head, own in ((4, "新石桥昨日合龙", BRIDGE), (48, "庙会搬到打谷场", FAIR)):
        sheet.add(RegionKind.HEADLINE, [head], (x, 2), x, size=2)
        text(sheet, own, (x, 7), x)
    sheet.mark(RegionKind.PICTURE, (20, 7, 44, 26))
    sheet.add(RegionKind.CAPTION, [f"图为{words[:16]}。"], (20, 26.8), None, size=0.9)
    assert [t for t, a in by_title(sheet).items() if captions(a)] == [title]


def test_a_caption_without_extent_is_no_error() -> None:
    """A box of no width, as a reader may give one, beside a picture."""
    sheet = two_articles()
    sheet.mark(RegionKind.PICTURE, (50, 30, 70, 50))
    sheet.add(RegionKind.CAPTION, ["图为桥工砌起最后一块拱石。"], (50, 50.7), None)
    (line,) = sheet.regions[-1].lines
    flat = Box(50 * EM, 51 * EM, 50 * EM, 51 * EM)
    sheet.regions[-1] = replace(sheet.regions[-1], lines=(replace(line, polygon=flat.corners),))
    assert len(sheet.articles) == 2


def test_every_cue_has_a_weight() -> None:
    """What is told of a made-up page is known to the shipped table, so that no cue counts nothing for its name."""
    sheet = two_articles()
    sheet.mark(RegionKind.PICTURE, (10, 30, 36, 50))
    sheet.add(RegionKind.CAPTION, ["图为桥工砌起新石桥的最后一块拱石。"], (10, 50.7), 1, size=0.9)
    page = captioned(sheet)
    (one,) = page.illustrations
    told = {c for n in page.within_reach(one) for c in page.story_cues(one, n)} | set(own_cues(one))
    assert told <= set(caption_weights())


def captioned(sheet: Sheet) -> CaptionedPage:
    """The page's captions, and its two articles as they were made."""
    frame = reading_frame(sheet.page)
    kinds = {RegionKind.HEADLINE: Label.HEAD, RegionKind.CAPTION: Label.CAPTION}
    labels = [kinds.get(n.region.kind, Label.BODY) for n in frame.lines]
    relations = Relations(frame, text_blocks(frame, surroundings(frame), labels))
    stories = [
        PrintedStory(
            tuple(b.id for b in relations.heads if b.article == tile),
            tuple(b.id for b in relations.stream if b.article == tile),
        )
        for tile in (1, 2)
    ]
    return CaptionedPage(relations, stories, [b for b in relations.blocks if b.label is Label.CAPTION])
