"""Lines, blocks and articles parted, joined and ordered: typed text goes along, exports have it, undo undoes it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Browser

from banmian.archive.formats import Format
from banmian.decisions.action import Wish
from banmian.decisions.actions.cast_lines import CastLines
from banmian.decisions.actions.cut_article import CutArticle
from banmian.decisions.actions.divide_line import DivideLine
from banmian.decisions.actions.draw_lines import DrawnLine
from banmian.decisions.actions.drop_lines import DropLines
from banmian.decisions.actions.form_block import FormBlock
from banmian.decisions.actions.merge_articles import HeadsAs, MergeArticles
from banmian.decisions.actions.move_lines import MoveLines
from banmian.decisions.actions.order_article import OrderArticle
from banmian.decisions.actions.reshape_line import ReshapeLine
from banmian.decisions.actions.see import FindRight
from banmian.decisions.actions.unite_lines import UniteLines
from banmian.decisions.decision import Step
from banmian.store.rerun import Rerun, RunStage
from cleanup.article import Issue, Role
from layout.page import Line, Page, RegionKind
from tests.banmian.review.serving import entered, serving, settled, until
from tests.banmian.review.test_decided import FIRST, Desk
from tests.banmian.review.test_repair import exported
from tests.banmian.review.workspaces import EM, LEFT, PITCH, Told, Trial, made
from tests.banmian.review.workspaces import page as laid


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(made(tmp_path, {"报": [FIRST]}))


def done(desk: Desk, article: str, wish: Wish) -> None:
    answer = desk.wish(article, wish)
    assert answer.status == 200, answer.told


def lines(desk: Desk, article: str) -> list[tuple[str, str]]:
    return [(s.line.id, s.line.text) for s in desk.article(article).lines]


def page_lines(desk: Desk, out: Path) -> list[str]:
    """The text of every line of the PAGE export, in the order of its regions."""
    page = etree.fromstring(exported(desk.trial, Format.PAGE, out).encode())
    return [line.findtext("{*}TextEquiv/{*}Unicode") or "" for line in page.iter("{*}TextLine")]


def renamed(page: Page) -> Page:
    """The page as another layout would give it: every id is another."""
    return replace(page, regions=tuple(
        replace(r, id=f"x{r.id}", lines=tuple(replace(n, id=f"x{n.id}") for n in r.lines)) for r in page.regions
    ))  # fmt: skip


WIDER = ((80, 196), (860, 196), (860, 248), (80, 248))
WISHES: dict[str, tuple[str, Wish]] = {
    "divide": ("p1-01", DivideLine((1, "l2"), 6)),
    "unite": ("p1-01", UniteLines(((1, "l2"), (1, "l3")))),
    "reshape": ("p1-01", ReshapeLine((1, "l3"), DrawnLine(WIDER, "上了山，又下来。"))),
    "block": ("p1-01", FormBlock(((1, "l3"), (1, "l4")))),
    "into": ("p1-01", FormBlock(((1, "l2"),), (1, "l1"))),
    "merge": ("p1-01", MergeArticles("p1-02", HeadsAs.SUBHEAD)),
    "cut": ("p1-01", CutArticle((1, "l4"), ((1, "l1"),))),
    "order": ("p1-02", OrderArticle("p1-01")),
    "drop from two": ("p1-01", DropLines(((1, "l4"), (1, "l6")))),
    "role in two": ("p1-02", CastLines(((1, "l3"), (1, "l6")), Role.CAPTION)),
    "move from two": ("p1-01", MoveLines(((1, "l4"), (1, "l6")), None)),
}  # fmt: skip


@pytest.mark.parametrize("name", WISHES)
def test_each_repair_changes_the_issue_is_undone_and_done_again(desk: Desk, name: str) -> None:
    """The issue is another one after it, the very same as before after undo, and the other one again after redo."""
    before = desk.trial.issue()
    done(desk, *WISHES[name])
    after = desk.trial.issue()
    assert shape(after) != shape(before)
    desk.step(Step.UNDO)
    assert desk.trial.issue() == before
    desk.step(Step.REDO)
    assert shape(desk.trial.issue()) == shape(after)


@pytest.mark.parametrize("name", WISHES)
def test_each_repair_holds_after_another_layout_with_other_ids(desk: Desk, name: str) -> None:
    """The lines are found again where they are printed."""
    done(desk, *WISHES[name])
    after = [a.clean.text for a in desk.trial.issue().articles]
    desk.trial.read({"报": [renamed(laid(1, FIRST))]}, again=Rerun(stage=RunStage.LAYOUT), version="2")
    assert [a.clean.text for a in desk.trial.issue().articles] == after
    held = desk.shelf.issue(1)
    assert held is not None
    assert held.decided is not None
    assert held.decided.changed == ()


def shape(issue: Issue) -> object:
    return [[(s.line.id, s.line.text, s.role, s.region) for s in a.lines] for a in issue.articles]


def test_a_divided_line_keeps_what_was_typed_in_both_of_its_halves(desk: Desk, tmp_path: Path) -> None:
    """Each half has its glyphs, its part of the place, and the corrections and confirmations of its characters."""
    assert desk.type("p1-01", "茶山", "青山").status == 200
    assert desk.type("p1-01", "已经", "早已").status == 200
    at = desk.article("p1-01").clean.text.index("有雾")
    done(desk, "p1-01", FindRight(at, at + 2))
    whole = next(s.line for s in desk.article("p1-01").lines if s.line.id == "l2")
    done(desk, "p1-01", DivideLine((1, "l2"), 10))
    assert lines(desk, "p1-01")[1:3] == [("l2", whole.text[:10]), ("d4.1", whole.text[10:])]
    text = desk.article("p1-01").clean.text
    assert "青山" in text
    assert "早已" in text
    halves: list[Line] = [s.line for s in desk.article("p1-01").lines[1:3]]
    assert halves[0].box is not None
    assert halves[1].box is not None
    assert halves[0].box.x1 == halves[1].box.x0 == LEFT + EM * 10
    assert [g.char for g in halves[1].glyphs] == list(whole.text[10:])
    held = desk.shelf.issue(1)
    assert held is not None
    assert held.decided is not None
    assert held.decided.changed == ()
    found_right = {("l2", 9), ("d4.1", 0)}
    beside_what_was_typed = {("l2", 7), ("d4.1", 6)}  # of 茶山 and 已经 what stayed
    assert {(line, offset) for _, line, offset in held.decided.seen} == found_right | beside_what_was_typed
    assert page_lines(desk, tmp_path / "page")[1:3] == ["清明前的青山还有", "雾，采茶的人早已"]


def test_lines_that_are_one_keep_what_was_typed_in_each(desk: Desk, tmp_path: Path) -> None:
    """The line has both texts; divided again, the corrections are still in their places."""
    assert desk.type("p1-01", "茶山", "青山").status == 200
    assert desk.type("p1-01", "上了衣", "上了山").status == 200
    done(desk, "p1-01", UniteLines(((1, "l2"), (1, "l3"))))
    assert [name for name, _ in lines(desk, "p1-01")] == ["l1", "l2", "l4"]
    assert "青山还有雾，采茶的人已经上了山。今年" in desk.article("p1-01").clean.text
    exported_ = page_lines(desk, tmp_path / "page")
    assert "清明前的青山还有雾，采茶的人已经上了山。今年的春茶比去年早了七八天。" in exported_
    assert len(exported_) == len(FIRST) - 1
    done(desk, "p1-01", DivideLine((1, "l2"), 18))
    assert "上了山。今年" in desk.article("p1-01").clean.text
    assert desk.type("p1-01", "七八天", "七、八天").status == 200
    assert "七、八天" in page_lines(desk, tmp_path / "page")[2]


def test_what_another_layout_parts_by_itself_is_told_and_not_parted_twice(desk: Desk) -> None:
    """The decision that no longer fits is named with its person; the new layout's lines stand."""
    done(desk, "p1-01", DivideLine((1, "l2"), 10))
    printed = FIRST[1].printed
    parted = (FIRST[0], Told(printed[:10]), *FIRST[2:])
    page = laid(1, parted)
    second = replace(laid(1, (Told(printed[10:]),)).regions[0].lines[0], id="l9")
    moved = tuple((x + EM * 10, y + PITCH) for x, y in second.polygon or ())
    regions = list(page.regions)
    regions[1] = replace(regions[1], lines=(regions[1].lines[0], replace(second, polygon=moved), *regions[1].lines[1:]))
    desk.trial.read({"报": [replace(page, regions=tuple(regions))]}, again=Rerun(stage=RunStage.LAYOUT), version="2")
    held = desk.shelf.issue(1)
    assert held is not None
    assert held.decided is not None
    assert [c.person for c in held.decided.changed] == ["白露"]
    assert [s.line.id for s in held.decided.issue.articles[0].lines][:4] == ["l1", "l2", "l9", "l3"]


def test_other_borders_keep_the_corrections_that_still_fit(desk: Desk, tmp_path: Path) -> None:
    """The line is exported where its borders are now, with the correction that its new reading does not have."""
    assert desk.type("p1-01", "春茶比", "春笋比").status == 200
    assert desk.type("p1-01", "上了衣", "上了山").status == 200
    corners = ((70, 196), (900, 196), (900, 250), (70, 250))
    done(desk, "p1-01", ReshapeLine((1, "l3"), DrawnLine(corners, "上了山。今年的春茶比去年早了七八天，好。")))
    assert "上了山。今年的春笋比去年早了七八天，好。" in desk.article("p1-01").clean.text
    assert "70,196 900,196 900,250 70,250" in exported(desk.trial, Format.PAGE, tmp_path / "page")


def test_borders_alone_leave_the_glyphs_as_they_were(desk: Desk) -> None:
    """Where the text is the same, so is what the reader said of each of its characters."""
    was = desk.article("p1-01").lines[2].line
    corners = ((78, 196), (900, 196), (900, 250), (78, 250))
    done(desk, "p1-01", ReshapeLine((1, "l3"), DrawnLine(corners, was.text)))
    now = desk.article("p1-01").lines[2].line
    assert now.glyphs == was.glyphs
    assert now.box != was.box


def test_a_block_is_parted_and_put_together_again_in_articles_and_in_page(desk: Desk, tmp_path: Path) -> None:
    """The lines are a region of their own in the export, and part of the first one again."""
    count = exported(desk.trial, Format.PAGE, tmp_path / "page").count("<TextRegion")
    done(desk, "p1-01", FormBlock(((1, "l4"),)))
    assert exported(desk.trial, Format.PAGE, tmp_path / "page").count("<TextRegion") == count + 1
    assert [s.region for s in desk.article("p1-01").lines] == ["r1", "r2", "r2", "d1"]
    boxes = {r.id: r.box for r in desk.article("p1-01").regions}
    assert boxes["r2"] is not None
    assert boxes["d1"] is not None
    assert boxes["r2"].y1 <= boxes["d1"].y0
    done(desk, "p1-01", FormBlock(((1, "l4"),), (1, "l2")))
    assert exported(desk.trial, Format.PAGE, tmp_path / "page").count("<TextRegion") == count
    assert [s.region for s in desk.article("p1-01").lines] == ["r1", "r2", "r2", "r2"]


@pytest.mark.parametrize(("heads", "title"), [(HeadsAs.HEADLINE, "春茶开采 夜航船归"), (HeadsAs.SUBHEAD, "春茶开采")])
def test_articles_are_one_with_their_headlines(desk: Desk, tmp_path: Path, heads: HeadsAs, title: str) -> None:
    """The second one's headline is a part of the whole headline, or a subhead before its text."""
    done(desk, "p1-02", CastLines(((1, "l5"),), Role.TITLE))
    done(desk, "p1-01", MergeArticles("p1-02", heads))
    article = desk.article("p1-01")
    assert article.title is not None
    assert article.title.replace(" ", "") == title.replace(" ", "")
    assert article.subheads == (("夜航船归",) if heads is HeadsAs.SUBHEAD else ())
    assert article.paragraphs[-1].endswith("灯亮了一路。")
    records = exported(desk.trial, Format.JSONL, tmp_path / "a.jsonl").splitlines()
    assert len([r for r in records if json.loads(r)["kind"] == "article"]) == 1


def test_articles_are_two_each_with_its_headline(tmp_path: Path) -> None:
    """The marked lines of the headline go with the second article."""
    told = (FIRST[0], Told("夜航船归", kind=RegionKind.HEADLINE), *FIRST[1:4], Told("　　船在夜里靠岸，灯亮了一路。"))
    desk = Desk(made(tmp_path, {"报": [told]}))
    done(desk, "p1-01", CutArticle((1, "l6"), ((1, "l2"),)))
    first, second = desk.trial.issue().articles
    assert (first.title, second.title) == ("春茶开采", "夜航船归")
    assert second.paragraphs == ("船在夜里靠岸，灯亮了一路。",)
    assert [s.role for s in second.lines] == [Role.TITLE, Role.BODY]


def test_articles_are_exported_in_the_order_that_was_decided(desk: Desk, tmp_path: Path) -> None:
    """In the jsonl and in PAGE, and after the last where no other is named."""
    done(desk, "p1-02", CastLines(((1, "l5"),), Role.TITLE))
    done(desk, "p1-02", OrderArticle("p1-01"))
    records = exported(desk.trial, Format.JSONL, tmp_path / "a.jsonl").splitlines()
    assert [json.loads(r)["title"] for r in records] == ["夜航船归", "春茶开采"]
    assert page_lines(desk, tmp_path / "page")[0] == "夜航船归"
    done(desk, "p1-02", OrderArticle())
    records = exported(desk.trial, Format.JSONL, tmp_path / "a.jsonl").splitlines()
    assert [json.loads(r)["title"] for r in records] == ["春茶开采", "夜航船归"]


def test_a_line_joins_a_block_in_its_place_of_print(desk: Desk) -> None:
    """Wherever it stood before: above the line that is printed below it."""
    done(desk, "p1-01", MoveLines(((1, "l2"),), "p1-01"))
    done(desk, "p1-01", FormBlock(((1, "l2"),)))
    assert [name for name, _ in lines(desk, "p1-01")] == ["l1", "l3", "l4", "l2"]
    done(desk, "p1-01", FormBlock(((1, "l2"),), (1, "l3")))
    assert [name for name, _ in lines(desk, "p1-01")] == ["l1", "l2", "l3", "l4"]


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (DivideLine((1, "l2"), 0), "no_change"),
        (DivideLine((1, "l2"), 2), "no_change"),
        (DivideLine((1, "l9"), 2), "no_such_line"),
        (UniteLines(((1, "l2"),)), "no_change"),
        (FormBlock(((1, "l1"),)), "no_change"),
        (FormBlock(((1, "l2"),), (1, "l3")), "no_change"),
        (CutArticle((1, "l1")), "no_change"),
        (MergeArticles("p9-01", HeadsAs.SUBHEAD), "no_such_article"),
        (OrderArticle("p9-01"), "no_such_article"),
        (ReshapeLine((1, "l2"), DrawnLine(((1, 1), (1, 1), (1, 1), (1, 1)), "山")), "no_change"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_in_words(desk: Desk, wish: Wish, why: str) -> None:
    """Nothing is recorded, and the answer says why."""
    answer = desk.wish("p1-01", wish)
    assert (answer.status, answer.told["why"]) == (422, why)
    assert desk.record.last() == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("已保存", "合并：并入此篇: 执行")),
        pytest.param("en", ("Saved", "Take in: Apply"), marks=pytest.mark.slow),
    ],
)
def test_repair_with_keys_and_mouse(browser: Browser, tmp_path: Path, language: str, words: tuple[str, str]) -> None:
    """A line is divided and made one again, its border moved with the keyboard, articles merged from the dialog."""
    trial: Trial = made(tmp_path, {"报": [FIRST]})
    with serving(trial.work) as server:
        tab = entered(browser, server)
        tab.goto(f"{server.base}/language/{language}?back=/page/1/1")
        tab.wait_for_selector("body[data-ready]")
        tab.keyboard.press("/")
        tab.fill("dialog[open] input", "还有雾")
        tab.keyboard.press("Enter")
        until(tab, "document.getElementById('text').value === '还有雾'")
        tab.keyboard.press("Escape")
        tab.keyboard.press("S")
        settled(tab)
        until(tab, f"document.getElementById('state').textContent === '{words[0]}'")
        assert len(trial.issue().articles[0].lines) == 5
        tab.keyboard.press("M")
        settled(tab)
        until(tab, "document.querySelectorAll('path.region').length > 0")
        assert len(trial.issue().articles[0].lines) == 4
        tab.keyboard.press("m")
        tab.wait_for_selector(".adjusting")
        assert tab.evaluate("document.activeElement.dataset.side") == "right"
        tab.keyboard.press("Shift+ArrowRight")
        tab.keyboard.press("Enter")
        tab.wait_for_selector("dialog[open] input")
        tab.click("dialog button.main")
        settled(tab)
        box = trial.issue().articles[0].lines[1].line.box
        assert box is not None
        assert box.x1 == LEFT + EM * len(FIRST[1].printed) + 10
        tab.keyboard.press("t")
        tab.wait_for_selector("dialog[open]")
        tab.click(f"dialog button[aria-label='{words[1]}']")
        settled(tab)
        assert len(trial.issue().articles) == 1
        for _ in range(4):
            tab.keyboard.press("u")
            settled(tab)
        assert trial.issue().articles[0].lines[1].line.box != box
        assert len(trial.issue().articles) == 2
        assert tab.errors == []  # type: ignore[attr-defined]
