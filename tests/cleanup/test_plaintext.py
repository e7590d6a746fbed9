"""Raw newspaper text becomes articles: whole, each with its own headline and byline, and nothing lost."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup.forms.folio import is_page_head
from cleanup.lines.plain_line import lines_of
from cleanup.plaintext.article_boundaries import pieces_of
from cleanup.plaintext.pages import page_of_text, pages_of_text
from cleanup.plaintext.text_items import items_of
from layout.page import RegionKind
from samples.typeset.dump import random_dump
from samples.typeset.story import Story
from tests.cleanup.dumps import (
    INDENT,
    STORIES,
    articles_of,
    body,
    body_lines,
    fold,
    gold_body,
    issue_of,
    story_body,
    text_of,
    wrapped,
)
from tests.cleanup.texts import phrases, texts

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "dumps"
FIRST, SECOND, THIRD = STORIES[:3]

raw_texts = st.lists(st.one_of(texts, phrases, st.just("\f")), max_size=40).map("\n".join)


@given(raw_texts)
def test_every_line_of_print_is_in_one_item_and_in_order(text: str) -> None:
    """Items cut the lines that are not blank, and neither lose, double nor move one."""
    lines = list(lines_of(text))
    assert [line for item in items_of(lines) for line in item.lines] == lines


@given(raw_texts)
def test_every_item_is_in_one_piece(text: str) -> None:
    """Pieces hold every line once, in the order of print, whatever the text."""
    items = items_of(list(lines_of(text)))
    assert [n for p in pieces_of(items) for i in p.items for n in i.lines] == [n for i in items for n in i.lines]


@given(raw_texts)
def test_the_page_is_the_text(text: str) -> None:
    """The lines of the page, in order, are the lines of the text that are not blank, untouched."""
    page = page_of_text(text.replace("\f", ""), 1)
    expected = [line for line in text.replace("\f", "").split("\n") if line.strip()]
    assert [n.text for n in page.lines] == expected
    assert all(n.polygon is None for n in page.lines)


@given(raw_texts)
def test_no_character_is_lost_on_the_way_to_articles(text: str) -> None:
    """Every line of print is a raw line of exactly one article of the issue, of whatever kind."""
    pages = pages_of_text(text)
    printed = sorted((p.number, n.id, n.text) for p in pages for n in p.lines)
    held = sorted((s.page, s.line.id, s.line.text) for a in issue_of(text).articles for s in a.lines)
    assert held == printed


@given(st.lists(st.sampled_from(["晨报", ""]), min_size=1, max_size=5))
def test_a_form_feed_ends_a_page(parts: list[str]) -> None:
    """Pages are numbered on from form feeds, and an empty end is no page."""
    pages = pages_of_text("\f".join(parts), 3)
    assert [p.number for p in pages] == list(range(3, 3 + len(pages)))
    assert len(pages) == max((n for n, part in enumerate(parts, start=1) if part), default=1)


def head(story: Story) -> list[str]:
    return [story.title, *([story.subtitle] if story.subtitle else [])]


def before(story: Story, **how: Any) -> list[str]:
    return [*head(story), "", str(story.printed_byline), "", *body_lines(story, **how)]


def behind(story: Story, **how: Any) -> list[str]:
    return [str(story.printed_byline), "", *body_lines(story, **how), "", *head(story)]


def signed_below(story: Story, **how: Any) -> list[str]:
    return [*head(story), "", *body_lines(story, **how), "", str(story.printed_byline)]


@pytest.mark.parametrize("made", [before, behind, signed_below])
@pytest.mark.parametrize("width", [12, 19, 30])
@pytest.mark.parametrize("indent", [INDENT, "  "])
def test_the_way_of_a_page_is_found(made: Callable[..., list[str]], width: int, indent: str) -> None:
    """Headlines before or behind their bodies, bylines above or below: every article gets its own."""
    stories = STORIES[:4]
    found = articles_of(text_of([made(s, width=width, indent=indent) for s in stories]))
    assert [fold(a.title) for a in found] == [fold(s.title) for s in stories]
    assert [fold(a.subtitle) for a in found] == [fold(s.subtitle) for s in stories]
    assert [body(a) for a in found] == [story_body(s) for s in stories]


def doubled(text: str) -> str:
    return "".join(c * 2 for c in text)


def apart(text: str) -> str:
    return " ".join(text)


@pytest.mark.parametrize("damage", [doubled, apart])
def test_a_damaged_headline_is_one(damage: Callable[[str], str]) -> None:
    """A headline printed double, or pulled apart, is known for a headline and mended."""
    plain = FIRST.title.replace(" ", "")
    text = text_of([[damage(plain), "", str(FIRST.printed_byline), "", *body_lines(FIRST)], before(SECOND)])
    assert [fold(a.title) for a in articles_of(text)] == [fold(FIRST.title), fold(SECOND.title)]


def test_a_byline_over_two_lines_is_one() -> None:
    """The office on one line and the names on the next, a blank line between, are one byline."""
    lines = [FIRST.title, "", "□某城日报社全媒体记者", "", "          何青禾 周小满", "", *body_lines(FIRST)]
    found = articles_of(text_of([lines, before(SECOND)]))[0]
    assert found.byline == "某城日报社全媒体记者 何青禾 周小满"
    assert body(found) == story_body(FIRST)


def test_a_closing_credit_names_the_writers() -> None:
    """（…综合报道） behind the last paragraph is the byline, not text."""
    lines = [FIRST.title, "", *body_lines(FIRST), "", "（某城日报社全媒体记者综合报道）"]
    found = articles_of(text_of([lines, before(SECOND)]))[0]
    assert found.byline == "（某城日报社全媒体记者综合报道）"
    assert body(found) == story_body(FIRST)


def test_the_dateline_is_told_and_stays_in_the_text() -> None:
    """本报讯（记者 …） over a line's end is the article's dateline, and its paragraph begins with it."""
    lines = [FIRST.title, "", "　　本报讯（记者", "何青禾）昨日清晨，首航", "客船靠岸。"]
    found = articles_of(text_of([lines]))[0]
    assert fold(found.dateline) == fold("本报讯（记者何青禾）")
    assert found.paragraphs[0].startswith("本报讯（记者")


@pytest.mark.parametrize("caption", ["图为首航客船驶离码头。", "码头工人在系缆。周小满 摄", "▲新候船室内景"])
def test_a_caption_within_a_sentence_is_taken_out(caption: str) -> None:
    """A caption that a reader set between two columns stands apart, and the sentence is whole."""
    lines = body_lines(FIRST)
    within = (i for i, (a, b) in enumerate(pairwise(lines)) if i > 2 and a[-1:].isalnum() and b and b[0] != "　")
    at = next(within)
    cut = [*lines[: at + 1], "", caption, "", *lines[at + 1 :]]
    found = articles_of(text_of([[FIRST.title, "", str(FIRST.printed_byline), "", *cut], before(SECOND)]))[0]
    assert body(found) == story_body(FIRST)
    assert [fold(c) for c in found.captions] == [fold(caption)]


def test_folios_and_page_labels_are_furniture() -> None:
    """The page's head tells date and 版次, and is in no article."""
    issue = issue_of("要闻\n\n某城日报 2024年4月3日 星期三 第2版\n\n" + text_of([before(FIRST), before(SECOND)]))
    assert issue.date == "2024-04-03"
    assert issue.pages[0].edition == "2"
    articles = [a for a in issue.articles if a.kind == "article"]
    assert [fold(a.title) for a in articles] == [fold(FIRST.title), fold(SECOND.title)]
    assert [a.kind for a in issue.articles].count("furniture") == 1


def test_a_piece_from_another_page_needs_no_headline() -> None:
    """（上接2版） begins an article of its own, which says where it comes from."""
    rest = ["（上接2版）", *body_lines(SECOND)]
    found = articles_of(text_of([before(FIRST), rest, before(THIRD)]))
    assert [fold(a.title) for a in found] == [fold(FIRST.title), "", fold(THIRD.title)]
    assert found[1].continued_from == "2"
    assert body(found[1]) == story_body(SECOND)


def test_short_lines_in_a_text_whose_headline_is_signed_are_subheads() -> None:
    """No blank line and no indent tells; the one article that begins with a byline is the only one."""
    paragraphs = [wrapped(p.text, 17) for p in FIRST.paras if not p.subhead][:3]
    subheads = ["码头边的早点铺", "二十年的缆绳"]
    parts = [[*paragraphs[0]], [subheads[0], *paragraphs[1]], [subheads[1], *paragraphs[2]]]
    bare = [line.lstrip("　") for part in parts for line in part]
    (found,) = articles_of("\n".join([FIRST.title, "本报记者 沈禾", *bare]))
    assert found.subheads == tuple(subheads)


def test_a_line_of_fields_stays_apart_from_the_body() -> None:
    """What a database tells of an article is a paragraph of its own, though the body is set in and wrapped."""
    fields = "【澄州晚报】 日期：2023-03-05 版次：03 作者：何青禾"
    lines = [line for p in FIRST.paras if not p.subhead for line in wrapped(p.text, 30)]
    (found,) = articles_of("\n".join([FIRST.title, fields, *lines]))
    assert found.paragraphs[0] == fields


def test_a_head_with_its_date_within_a_sentence_is_of_the_page() -> None:
    """The foot of a page and the next one's head, over two lines, stand within a sentence and are none of its text."""
    lines = body_lines(FIRST)
    full = [all(len(n) >= 16 and n[0] != "　" for n in lines[at - 1 : at + 1]) for at in range(len(lines))]
    at = next(i for i in range(9, len(lines)) if full[i] and lines[i - 1][-1].isalnum())
    made = [*lines[:at], "3", "\f澄州晚报", "2023年5月16日 星期二", *lines[at:]]
    (found,) = articles_of("\n".join([FIRST.title, str(FIRST.printed_byline), *made]))
    assert "澄州晚报" not in (found.title or "") + body(found)
    assert "星期二" not in body(found)


def test_a_kicker_that_leads_on_is_one() -> None:
    """A line apart that ends in a colon, or with 提出 and the like, is the kicker."""
    lines = ["老船厂开出新航线：", "", FIRST.title, "", str(FIRST.printed_byline), "", *body_lines(FIRST)]
    found = articles_of(text_of([lines, before(SECOND)]))[0]
    assert (found.kicker, fold(found.title)) == ("老船厂开出新航线：", fold(FIRST.title))


def test_paragraphs_without_indents_end_where_lines_fall_short() -> None:
    """Where nothing is set in, the text is kept whole and the headlines are still found."""
    found = articles_of(text_of([before(s, indent="") for s in STORIES[:3]]))
    assert [fold(a.title) for a in found] == [fold(s.title) for s in STORIES[:3]]
    assert [body(a) for a in found] == [story_body(s) for s in STORIES[:3]]


@pytest.mark.parametrize("seed", range(1000, 1024))
def test_dumps_drawn_by_chance_come_out_whole(seed: int) -> None:
    """Bodies of such dumps come out to the character, titles too, whatever was done to them."""
    text, gold = random_dump(seed)
    found = articles_of(text)
    assert [body(a) for a in found] == [gold_body(r) for r in gold]
    assert [fold(a.title) for a in found] == [fold(r["title"]) for r in gold]
    assert [a.continued_from for a in found] == [r["continued_from"] and str(r["continued_from"]) for r in gold]


def test_regions_of_plain_text_have_their_kinds() -> None:
    """The page names headline, byline, body and subhead as layout does."""
    story = next(s for s in STORIES if any(p.subhead for p in s.paras))
    page = page_of_text(text_of([before(story)]), 1)
    kinds = list(dict.fromkeys(r.kind for r in page.regions))
    assert kinds == [RegionKind.HEADLINE, RegionKind.BYLINE, RegionKind.BODY, RegionKind.SUBHEAD]


def test_time_grows_with_the_length_and_no_faster() -> None:
    """Eight times the text takes about eight times as long to take apart."""
    text = text_of([before(s) for s in STORIES[:4]])
    few, many = text * 20, text * 160

    def taken(page: str) -> float:
        begin = time.process_time()
        page_of_text(page, 1)
        return time.process_time() - begin

    taken(few)
    assert taken(many) < 3 * 8 * taken(few)


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/dumps is not beside this checkout")
@pytest.mark.parametrize("name", ["dump1", "dump2"])
def test_the_shared_dumps_come_out_whole(name: str) -> None:
    """Every article of the development dumps is found, to the character."""
    gold = json.loads((SHARED / f"{name}.json").read_text("utf-8"))
    found = articles_of((SHARED / f"{name}.txt").read_text("utf-8"))
    assert [body(a) for a in found] == [gold_body(r) for r in gold]
    assert [fold(a.title) for a in found] == [fold(r["title"]) for r in gold]
    assert all(fold(r["byline"]) in fold(a.byline) for a, r in zip(found, gold, strict=True))


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/dumps is not beside this checkout")
def test_the_real_dump_gives_seven_pieces() -> None:
    """Seven pieces, four of them with headline and subtitle behind their bodies, two from other pages."""
    found = articles_of(next(SHARED.glob("weifang*.txt")).read_text("utf-8"))
    assert [a.continued_from for a in found] == [None, None, "2", None, None, None, "1"]
    assert [bool(a.title) for a in found] == [False, True, False, True, True, True, False]
    assert [bool(a.subtitle) for a in found] == [False, True, False, True, True, True, False]
    assert all(a.byline for a in found[:6])
    assert all(p[-1] in "。”—" for a in found for p in a.paragraphs if p not in a.subheads)


@pytest.mark.parametrize("behind", [False, True])
def test_more_blank_lines_part_a_headline_from_the_other_article(behind: bool) -> None:
    """Headlines without bylines, at neither end of the page: the white on their two sides tells whose they are."""
    lines = [line for s in STORIES[:3] for line in (s.title, *body_lines(s, indent=""))]
    starts = [lines.index(s.title) for s in STORIES[:3]]
    out: list[str] = []
    for at, line in enumerate(lines):
        if at in starts[1:]:
            title, marker = line, "（上接第1版）"
            out += ["", title, "", "", marker] if behind else ["", "", title, "", marker]
        elif at:
            out.append(line)
    found = articles_of("\n".join(out))
    titles = [fold(STORIES[1].title), fold(STORIES[2].title)]
    assert [fold(a.title) for a in found] == ([*titles, ""] if behind else ["", *titles])


@pytest.mark.parametrize("indent", ["", INDENT])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_prose_that_was_never_broken_is_left_alone(indent: str, between: str) -> None:
    """Paragraphs of one line each come out as they went in, and stories that stand off are articles of their own."""
    text = "\n\n\n".join(f"{s.title}\n\n" + between.join(indent + p.text for p in s.paras) for s in STORIES[:5])
    found = articles_of(text)
    assert [fold(a.title) for a in found] == [fold(s.title) for s in STORIES[:5]]
    assert [list(a.paragraphs) for a in found] == [[p.text for p in s.paras] for s in STORIES[:5]]


def test_a_headline_beside_a_folio_is_no_page_head() -> None:
    """Headlines that a reader set around the page's date stay text: a page's head is mostly folio."""
    heads = [
        "老人视力衰退",
        "适应训练求过于供",
        "2024年8月12日 星期一",
        "团体促增拨资源",
        "长者占大多数",
        "轮候要等一年",
    ]
    assert not is_page_head(heads)
    assert is_page_head(["要闻", "某城日报 2024年4月3日 星期三 第2版"])


def test_a_line_between_columns_of_two_widths_stays_where_it_was_read() -> None:
    """Columns of different widths are two texts' as likely as one's: what stands between them is not moved away."""
    first, second = wrapped(FIRST.paras[0].text * 2, 20)[:7], wrapped(SECOND.paras[0].text * 2, 13, "")[:7]
    text = text_of([first, ["半直选站条引起社会"], second])
    assert [n.text for a in articles_of(text) for n in (s.line for s in a.lines)] == [
        n for n in text.split("\n") if n.strip()
    ]
