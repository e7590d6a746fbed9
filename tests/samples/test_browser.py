"""Pages that a browser sets: their truth, their gold record, the random ones, and those made by hand."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import numpy as np
import pytest
from PIL import Image, ImageDraw

from samples import trial
from samples.browser.design import full_page, random_page
from samples.browser.gold import gold
from samples.browser.ink import with_ink
from samples.browser.photographs import SEEN, photograph_named
from samples.browser.printing import PAGES, BrowserPage, browser_pages
from samples.browser.roles import KIND_OF_OTHER, KIND_OF_ROLE
from samples.browser.truth import TextNode, page_truth
from samples.typeset.truth import PageTruth, PieceKind, TruthLine

HANDMADE = sorted(PAGES.glob("*.html"))
SMALL_PAGE = """<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8">
<meta name="page" content="300 200 2 chi_sim">
<style>body{margin:10px;font:20px/30px 'Noto Serif CJK SC'} p{margin:0;width:110px} .v{writing-mode:vertical-rl}
h3{position:absolute;left:200px;top:10px;margin:0;letter-spacing:24px}
.w{width:120px;letter-spacing:20px;direction:rtl;unicode-bidi:bidi-override}</style>
<body><div data-a="1"><h3 data-r="title" class="v">竖题</h3>
<p data-r="p">河水
  涨了，<b>岸边</b>人多。</p>
<p data-r="p" data-join="1">船<span data-x="no">不见</span>来</p></div>
<div data-o="folio">2</div><div data-o="masthead" class="w">渡口</div>
<img src="portrait-1.jpg" style="position:absolute;left:240px;top:20px;width:40px">
</body></html>"""


def run(text: str, places: list[float], **more: object) -> TextNode:
    """A run of one element of an article, level, of 10 CSS pixels."""
    told = {"element": 0, "role": "p", "other": None, "article": "a", "join": False, "size": 10.0, "vertical": False}
    return TextNode(text=text, places=tuple(places), **{**told, **more})  # type: ignore[arg-type]


def row(x: float, y: float, count: int) -> list[float]:
    """The places of level characters that touch each other."""
    return [n for k in range(count) for n in (x + 10 * k, y, x + 10 * k + 10, y + 10)]


def column(x: float, y: float, count: int) -> list[float]:
    """The places of characters one under the other."""
    return [n for k in range(count) for n in (x, y + 10 * k, x + 10, y + 10 * k + 10)]


# --- the truth, from the places of the characters ---------------------------------------------------------------------


def test_a_line_ends_where_the_next_character_stands_lower() -> None:
    """Two rows of one element are two lines of one paragraph; places are pixels of the print."""
    lines = page_truth([run("一二 三四", row(0, 0, 2) + row(0, 15, 2))], 100, 100, 2.0).lines
    assert [n.text for n in lines] == ["一二", "三四"]
    assert [n.box for n in lines] == [(0, 0, 40, 20), (0, 30, 40, 50)]
    assert lines[0].centres == ((10.0, 10.0), (30.0, 10.0))
    assert {(n.kind, n.part, n.paragraph, n.size) for n in lines} == {(PieceKind.BODY, 0, 0, 20.0)}


def test_a_column_of_characters_is_one_vertical_line() -> None:
    """Vertical type goes down, and its next line stands to the left."""
    places = column(50, 0, 3) + column(35, 0, 2)
    lines = page_truth([run("一二三四五", places, vertical=True)], 100, 100, 1.0).lines
    assert [(n.text, n.vertical) for n in lines] == [("一二三", True), ("四五", True)]


def test_a_row_that_goes_back_is_another_line() -> None:
    """Two columns of text that end and begin at one height are two lines."""
    lines = page_truth([run("一二三四", row(50, 0, 2) + row(0, 0, 2))], 100, 100, 1.0).lines
    assert [n.text for n in lines] == ["一二", "三四"]


def test_a_joined_element_goes_on_the_paragraph() -> None:
    """The rest of a paragraph has its number, that of another article's or the next does not."""
    runs = [
        run("一", row(0, 0, 1)),
        run("甲", row(50, 0, 1), element=1, article="b"),
        run("二", row(0, 15, 1), element=2, join=True),
        run("三", row(0, 30, 1), element=3),
    ]
    assert [n.paragraph for n in page_truth(runs, 100, 100, 1.0).lines] == [0, 1, 0, 3]
    assert [a["paragraphs"] for a in gold(runs, "p.png", "chi_sim")["articles"]] == [["一二", "三"], ["甲"]]


def test_the_middle_of_a_mark_is_that_of_its_ink() -> None:
    """A comma fills the corner of its square; a character keeps the middle of its own."""
    image = Image.new("RGB", (60, 40), "white")
    ImageDraw.Draw(image).rectangle((22, 32, 25, 37), fill="black")
    square = [(0, 20), (20, 20), (20, 40), (0, 40)]
    line = TruthLine(PieceKind.BODY, "水，", tuple(square), 20.0, 0, 0, centres=((10.0, 30.0), (30.0, 30.0)))  # type: ignore[arg-type]
    truth = PageTruth(1, 60, 40, 300, 20.0, (line,), (), ())
    assert with_ink(truth, image).lines[0].centres == ((10.0, 30.0), (23.5, 34.5))


# --- the gold record --------------------------------------------------------------------------------------------------


def test_the_gold_record_has_each_part_in_its_place() -> None:
    """Subheads are paragraphs too; what has no article is among the others; two bylines are set apart."""
    told = [
        ("title", "题目"), ("byline", "甲"), ("byline", "乙"), ("lead", "导语"), ("subhead", "小题"), ("p", "正文"),
        ("caption", "图"),
    ]  # fmt: skip
    runs = [run(text, [], role=role, element=n) for n, (role, text) in enumerate(told)]
    runs.append(run("天气", [], role=None, other="weather", article=None, element=9))
    record = gold(runs, "p.png", "chi_sim")
    (article,) = record["articles"]
    assert (article["title"], article["byline"]) == ("题目", "甲 乙")
    assert article["paragraphs"] == ["导语", "小题", "正文"]
    assert (article["subheads"], article["captions"]) == (["小题"], ["图"])
    assert record["others"] == [{"kind": "weather", "text": "天气"}]


def test_white_space_goes_from_between_hanzi_only() -> None:
    """A line break in the source is nothing between hanzi, and a space between words."""
    (article,) = gold([run("河水 涨了 The Times 报", [])], "p.png", "chi_sim")["articles"]
    assert article["paragraphs"] == ["河水涨了 The Times 报"]


# --- a small page in print --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> BrowserPage:
    """A page of two paragraphs' elements, an upright headline, a folio and a photograph."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "small.html").write_text(SMALL_PAGE, encoding="utf-8")
    (page,) = browser_pages(folder)
    return page


def test_the_print_says_where_each_character_stands(small: BrowserPage) -> None:
    """The truth has every printed line in pixels of the print, and what is not to be told is left out."""
    lines = {n.text: n for n in small.truth.lines}
    assert list(lines) == ["竖题", "河水涨了，", "岸边人多。", "船来", "2", "渡", "口"]
    assert lines["竖题"].vertical
    assert lines["竖题"].centres[0][1] < lines["竖题"].centres[1][1]
    first = lines["河水涨了，"]
    assert first.size == 40.0
    assert [round(x) for x, _ in first.centres[:2]] == [40, 80]
    assert first.centres[2][0] > 120, "the white space has its place"
    assert lines["2"].kind is PieceKind.FOLIO


def test_each_character_of_the_print_has_ink_at_its_middle(small: BrowserPage) -> None:
    """A square of three fifths of an em around each middle holds dark pixels."""
    gray = np.asarray(small.image.convert("L"))
    for line in small.truth.lines:
        reach = round(0.3 * line.size)
        for x, y in line.centres:
            assert gray[round(y) - reach : round(y) + reach, round(x) - reach : round(x) + reach].min() < 100, line.text


def test_the_gold_of_the_print_joins_what_is_joined(small: BrowserPage) -> None:
    """One article of one paragraph, without the white space of the source."""
    (article,) = small.gold["articles"]
    assert (article["title"], article["paragraphs"]) == ("竖题", ["河水涨了，岸边人多。船来"])


def test_a_photograph_is_drawn_where_the_page_names_one(small: BrowserPage) -> None:
    """There is no such file, and yet its place is not white."""
    place = np.asarray(small.image.convert("L"))[44:90, 484:556]
    assert place.mean() < 230


def test_a_page_without_measures_is_refused(tmp_path: Path) -> None:
    """The message names the file and what it lacks."""
    (tmp_path / "bare.html").write_text("<p data-r='p'>水</p>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bare\.html has no <meta"):
        next(browser_pages(tmp_path))


# --- photographs and random pages -------------------------------------------------------------------------------------


def test_a_name_gives_one_photograph() -> None:
    """The same name the same file, another name another."""
    assert photograph_named("portrait-1.jpg") == photograph_named("portrait-1.jpg")
    assert photograph_named("portrait-1.jpg") != photograph_named("portrait-2.jpg")


@pytest.mark.parametrize("mixed", [False, True])
def test_a_seed_gives_one_page(mixed: bool) -> None:
    """The same seed the same page, another seed another; its roles are known."""
    page = random_page(7, mixed=mixed)
    assert page == random_page(7, mixed=mixed)
    assert page != random_page(8, mixed=mixed)
    assert_known_marks(page)


def test_mixed_pages_hold_what_others_do_not() -> None:
    """Verse, figures and small adverts are drawn on mixed pages alone."""
    plain, mixed = ("".join(random_page(seed, mixed=m) for seed in range(20)) for m in (False, True))
    assert 'data-o="figures"' in mixed
    assert 'data-o="figures"' not in plain


# --- full pages -------------------------------------------------------------------------------------------------------


def test_a_seed_gives_one_full_page() -> None:
    """The same seed the same page, another seed another; its roles are known, and its photographs are drawn."""
    pages = [full_page(seed) for seed in range(12)]
    assert pages[7] == full_page(7)
    assert len(set(pages)) == len(pages)
    for page in pages:
        assert_known_marks(page)
        assert all(name.endswith(".jpg") for name in re.findall(r'src="([^"]*)"', page))


def test_full_pages_hold_what_newspapers_print_besides_articles() -> None:
    """Notices, adverts, boxes, figures, quotations, letters' signatures, labels and continuation lines are drawn."""
    pages = "".join(full_page(seed) for seed in range(40))
    others = {"notice", "advert", "box", "infographic", "pullquote", "index", "weather", "label", "jump", "poem"}
    assert others <= set(re.findall(r'data-o="(\w+)"', pages))
    assert {"kicker", "subtitle", "byline", "lead", "subhead", "credit"} <= set(re.findall(r'data-r="(\w+)"', pages))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> BrowserPage:
    """A full page of many articles."""
    folder = tmp_path_factory.mktemp("full")
    (folder / "full.html").write_text(full_page(8), encoding="utf-8")
    (page,) = browser_pages(folder)
    return page


def test_all_print_of_a_full_page_is_seen(full: BrowserPage) -> None:
    """Each character has ink around its middle: nothing is cut off, and no ground has the colour of its print."""
    gray = np.asarray(full.image.convert("L")).astype(int)
    for line in full.truth.lines:
        reach = round(0.45 * line.size)
        for x, y in line.centres:
            square = gray[max(0, round(y) - reach) : round(y) + reach, max(0, round(x) - reach) : round(x) + reach]
            assert np.ptp(square) > 60, line.text


def test_no_line_of_a_full_page_is_printed_over_another(full: BrowserPage) -> None:
    """The middles of two lines' hanzi are at least half an em of the smaller one apart."""
    hanzi = [
        (x, y, line.size, n)
        for n, line in enumerate(full.truth.lines)
        for char, (x, y) in zip("".join(line.text.split()), line.centres, strict=True)
        if "\u4e00" <= char <= "\u9fff"
    ]
    x, y, size, line = (np.array(column) for column in zip(*hanzi, strict=True))
    apart = np.maximum(np.abs(x[:, None] - x), np.abs(y[:, None] - y)) / np.minimum(size[:, None], size)
    assert apart[line[:, None] != line].min() > 0.5


def test_the_text_of_a_full_page_is_poured_whole(full: BrowserPage) -> None:
    """Articles have text, paragraphs that go on in the next column are one, and texts end with a sentence."""
    articles = [a for a in full.gold["articles"] if a["title"]]
    assert len(articles) > 5
    assert all("".join(a["paragraphs"]) for a in articles)
    joined = sum(r.join for r in full.runs)
    assert joined > 0
    last = ["".join(a["paragraphs"])[-1] for a in articles]
    assert sum(char in "。！？”」…" for char in last) >= len(last) - 1


# --- pages made by hand -----------------------------------------------------------------------------------------------


def assert_known_marks(html: str) -> None:
    """Every role and every other has a kind of printed line, and roles stand in an article."""
    document = lxml.html.document_fromstring(html)
    assert set(document.xpath("//@data-r")) <= set(KIND_OF_ROLE)
    assert set(document.xpath("//@data-o")) <= set(KIND_OF_OTHER)
    assert document.xpath("//*[@data-r][not(ancestor-or-self::*[@data-a])]") == []


def test_there_are_pages_made_by_hand() -> None:
    """Pages of the mainland, of Hong Kong and Taiwan, and old ones."""
    assert {"party_front", "hongkong_finance", "old_daily"} <= {f.stem for f in HANDMADE}


@pytest.mark.parametrize("file", HANDMADE, ids=lambda f: f.stem)
def test_a_page_made_by_hand_says_what_it_is(file: Path) -> None:
    """It has its measures, known roles, and names no file but photographs that are drawn."""
    html = file.read_text(encoding="utf-8")
    (measures,) = re.findall(r'<meta name="page" content="(\d+) (\d+) ([\d.]+) (\w+)">', html)
    assert measures[3] in {"chi_sim", "chi_tra", "jpn"}
    assert_known_marks(html)
    assert "://" not in html
    pictures = re.findall(r'src="([^"]*)"|url\(([^)]*)\)', html)
    assert all(re.fullmatch(rf"(?:{'|'.join(SEEN)})-\d+\.jpg", a or b) for a, b in pictures)


def test_the_trial_takes_pages_of_the_browser(capsys: pytest.CaptureFixture[str]) -> None:
    """A page made by hand fills a row under its name, with the measures of drawn issues."""
    assert trial.main(["--browser", "hongkong_opinion"]) == 0
    heads, page, means = (line.split() for line in capsys.readouterr().out.splitlines())
    assert heads[:3] == ["page", "gold", "out"]
    assert heads[3:-3] == list(trial.MEASURES)
    assert (page[:2], means[0]) == (["hongkong_opinion-clean", "6"], "mean")


def test_the_trial_wants_seeds_or_pages(capsys: pytest.CaptureFixture[str]) -> None:
    """Without either it says what to give."""
    with pytest.raises(SystemExit):
        trial.main([])
    assert "--browser" in capsys.readouterr().err
