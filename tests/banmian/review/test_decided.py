"""Decisions live on: through undo, another clean-up, another reading; and everything that shows articles sees them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banmian.archive.export import ExportRequest, export
from banmian.archive.formats import ExportOptions, Format
from banmian.decisions.action import Wish
from banmian.decisions.actions.cast_lines import CastLines
from banmian.decisions.actions.cut_article import CutArticle
from banmian.decisions.actions.join_jump import JoinJump
from banmian.decisions.actions.judge import JudgeEdits
from banmian.decisions.actions.move_lines import MoveLines
from banmian.decisions.actions.see import FindRight
from banmian.decisions.actions.set_article_kind import SetArticleKind
from banmian.decisions.actions.set_region_kind import SetRegionKind
from banmian.decisions.actions.type_text import TypeText
from banmian.decisions.decided import Desk as Replay
from banmian.decisions.decided import stored_issue
from banmian.decisions.decision import Step
from banmian.decisions.difference import differences, graphemes
from banmian.decisions.record import Record
from banmian.review.deciding import Answer, Call, Deciding
from banmian.review.quality import Wrong, classes
from banmian.review.shelf import Shelf
from banmian.store.rerun import Rerun, RunStage
from banmian.store.workspace import Workspace
from cleanup.article import Article, ArticleKind, Role
from cleanup.edits.edit import Edit, Pass, Span
from layout.page import RegionKind
from tests.banmian.review.workspaces import Told, Trial, made, page

HEAD = RegionKind.HEADLINE
FIRST = (
    Told("春茶开采", kind=HEAD),
    Told("　　清明前的茶山还有雾，采茶的人已经"),
    Told("上了山。今年的春茶比去年早了七八天。", {2: ("衣", 0.3, "山")}),
    Told("　　老茶农说，雨水正好，叶子也嫩。", {4: ("衣", 0.4, None)}),
    Told("夜航船归", kind=HEAD, article=2),
    Told("　　船在夜里靠岸，灯亮了一路。", article=2),
)


class Desk:
    """A person at work on a workspace, without a server."""

    def __init__(self, trial: Trial, person: str = "白露") -> None:
        self.trial, self.person, self.tickets = trial, person, 0
        self.record = Record.open(trial.work)
        self.shelf = Shelf(trial.work, self.record)

    def article(self, name: str) -> Article:
        held = self.shelf.issue(1)
        assert held is not None
        assert held.decided is not None
        return next(a for a in held.decided.issue.articles if a.id == name)

    def wish(self, article: str, wish: Wish, revision: int | None = None, **others: int) -> Answer:
        self.tickets += 1
        seen = self.record.revision("报", article) if revision is None else revision
        call = Call(1, article, seen, f"{self.person}{self.tickets}", wish, others)
        return Deciding(self.shelf, self.person).decide(call)

    def type(self, article: str, was: str, text: str) -> Answer:
        start = self.article(article).clean.text.index(was)
        return self.wish(article, TypeText(start, start + len(was), was, text))

    def step(self, step: Step) -> Answer:
        self.tickets += 1
        return Deciding(self.shelf, self.person).step(1, step, f"{self.person}{self.tickets}")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(made(tmp_path, {"报": [FIRST]}))


def test_a_correction_is_in_the_ledger_with_person_and_time_and_in_every_export(desk: Desk, tmp_path: Path) -> None:
    """What was typed stands in the jsonl, bears the person's name, and the raw text is as it was."""
    assert desk.type("p1-01", "衣。今", "山。今").status == 200
    with Workspace.open(desk.trial.work) as workspace:
        export(workspace, ExportRequest(ExportOptions(Format.JSONL), tmp_path / "a.jsonl"))
    records = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert "上了山。今年" in "".join(records[0]["paragraphs"])
    article = desk.trial.issue().articles[0]
    written = [e for e in article.ledger if e.edit.by is Pass.PERSON]
    assert [(e.edit.before, e.edit.after) for e in written] == [("衣", "山")]
    assert written[0].decision is not None
    assert written[0].decision.by is not None
    assert written[0].decision.by.person == "白露"
    assert "上了衣" in article.raw.text


def test_one_more_decision_gives_what_all_of_them_give(desk: Desk) -> None:
    """After each of a dozen decisions, undo and redo among them, the issue is as if all were done again at once."""
    stored = stored_issue(desk.trial.entry())
    warm = Replay(desk.trial.entry().folder)

    def moved() -> Answer:
        seen = {"p1-02": desk.record.revision("报", "p1-02")}
        return desk.wish("p1-01", MoveLines(((1, "l4"),), "p1-02", None), **seen)

    steps = (
        lambda: desk.type("p1-01", "衣。今", "山。今"),
        lambda: desk.wish("p1-01", FindRight(3, 5)),
        lambda: desk.type("p1-02", "靠岸", "泊岸"),
        lambda: desk.step(Step.UNDO),
        lambda: desk.wish("p1-02", FindRight(6, 7)),
        moved,
        lambda: desk.type("p1-02", "雨水", "雨量"),
        lambda: desk.step(Step.UNDO),
        lambda: desk.step(Step.UNDO),
        lambda: desk.step(Step.REDO),
        lambda: desk.type("p1-01", "七八天", "七、八天"),
    )
    for n, step in enumerate(steps):
        assert step().status == 200, n
        decisions = desk.record.decisions("报")
        assert warm.decided(stored, decisions) == Replay(desk.trial.entry().folder).decided(stored, decisions), n
    for last in (2, 5, 3):
        decisions = desk.record.decisions("报", last)
        assert warm.decided(stored, decisions) == Replay(desk.trial.entry().folder).decided(stored, decisions), last


def test_undo_and_redo_have_no_end(desk: Desk) -> None:
    """Twenty decisions are undone one by one to the first text, and done again to the last."""
    texts = [desk.article("p1-01").clean.text]
    for n in range(20):
        now = "甲乙"[n % 2]
        assert desk.type("p1-01", texts[-1][-3], now if texts[-1][-3] != now else "丙").status == 200
        texts.append(desk.article("p1-01").clean.text)
    for text in reversed(texts[:-1]):
        assert desk.step(Step.UNDO).status == 200
        assert desk.article("p1-01").clean.text == text
    assert desk.step(Step.UNDO).status == 422
    for text in texts[1:]:
        assert desk.step(Step.REDO).status == 200
        assert desk.article("p1-01").clean.text == text
    assert desk.step(Step.REDO).status == 422


def test_a_person_undoes_only_what_is_theirs(desk: Desk) -> None:
    """Undo takes back one's own last decision; a colleague's stays."""
    other = Desk(desk.trial, "何青禾")
    desk.type("p1-01", "雨水", "雨量")
    other.type("p1-01", "叶子", "芽叶")
    desk.step(Step.UNDO)
    text = desk.trial.issue().articles[0].clean.text
    assert "雨水" in text
    assert "芽叶" in text


def test_a_stale_decision_gets_the_article_as_it_is(desk: Desk) -> None:
    """The second of two who saw the same revision is refused with what the first one made."""
    assert desk.type("p1-01", "雨水", "雨量").status == 200
    late = desk.wish("p1-01", FindRight(0, 1), revision=0)
    assert late.status == 409
    assert late.told["article"]["revision"] == 1
    assert "雨量" in "".join(run[0] for row in late.told["article"]["rows"] for run in row["runs"])


def test_an_edit_of_a_pass_is_refused_alone_and_a_clean_up_run_keeps_that(desk: Desk) -> None:
    """A refused edit stays refused when the clean-up runs again, and every other edit applies; of who refused it is
    told what the text went back to."""
    edit = next(e.edit for e in desk.article("p1-01").ledger if e.edit.by is Pass.LINE_JOIN)
    before = desk.article("p1-01").clean.text
    desk.wish("p1-01", JudgeEdits((edit.id,), accept=False))
    refused = desk.article("p1-01").clean.text
    assert refused == before.replace("清明前", "　　清明前")
    assert desk.record.decisions("报")[-1].body.told() == (edit.after, edit.before)
    desk.trial.read({"报": [page(1, FIRST)]}, again=Rerun(stage=RunStage.CLEANUP))
    assert desk.trial.issue().articles[0].clean.text == refused


def test_another_reading_keeps_decisions_and_shows_where_the_ground_changed(desk: Desk) -> None:
    """A line read otherwise carries the correction to its new place; one whose ground is gone is told, not lost."""
    desk.type("p1-01", "衣。今", "山。今")
    desk.type("p1-01", "老茶衣", "老茶农")
    longer = replace(FIRST[2], misread={0: ("止止", 0.9, None), 2: ("衣", 0.3, None)})
    other = replace(FIRST[3], misread={4: ("水", 0.9, None)})
    again = [*FIRST[:2], longer, other, *FIRST[4:]]
    desk.trial.read({"报": [page(1, again)]}, again=Rerun(stage=RunStage.READING), version="2")
    held = desk.shelf.issue(1)
    assert held is not None
    assert held.decided is not None
    text = held.decided.issue.articles[0].clean.text
    assert "止止了山。今年" in text
    assert [(c.before, c.after, c.now) for c in held.decided.changed] == [("衣", "农", "水")]


def test_another_layout_with_other_ids_keeps_decisions(desk: Desk) -> None:
    """Lines that got other names are found again by their place on the scan."""
    desk.type("p1-01", "衣。今", "山。今")
    laid = page(1, FIRST)
    regions = tuple(
        replace(r, id=f"x{r.id}", lines=tuple(replace(n, id=f"x{n.id}") for n in r.lines)) for r in laid.regions
    )
    desk.trial.read({"报": [replace(laid, regions=regions)]}, again=Rerun(stage=RunStage.LAYOUT), version="3")
    assert "上了山。今年" in desk.trial.issue().articles[0].clean.text


def test_choosing_what_was_recognized_again_takes_the_edit_back(desk: Desk) -> None:
    """Typing the reading over one's own correction brings the raw text back, exactly."""
    raw = desk.article("p1-01").clean.text
    desk.type("p1-01", "衣。今", "山。今")
    desk.type("p1-01", "山。今", "衣。今")
    assert desk.article("p1-01").clean.text == raw


MAKE_UP: list[tuple[str, Wish, Any]] = [
    ("a part of the headline", CastLines(((1, "l1"),), Role.KICKER), lambda a: a["p1-01"].kicker == "春茶开采"),
    ("a line to another article", MoveLines(((1, "l4"),), "p1-02"), lambda a: "雨水正好" in a["p1-02"].clean.text),
    ("a line to a new article", MoveLines(((1, "l4"),)), lambda a: any(n.startswith("d") for n in a)),
    (
        "a line before another",
        MoveLines(((1, "l4"),), "p1-01", (1, "l2")),
        lambda a: a["p1-01"].lines[1].line.id == "l4",
    ),
    ("a block's kind", SetRegionKind(1, "r1", RegionKind.SUBHEAD), lambda a: a["p1-01"].subheads == ("春茶开采",)),
    ("a piece's kind", SetArticleKind(ArticleKind.ADVERT), lambda a: a["p1-01"].kind is ArticleKind.ADVERT),
    ("a jump set", JoinJump("p1-02"), lambda a: "p1-02" not in a and "灯亮了一路" in a["p1-01"].clean.text),
    ("a jump cut", CutArticle((1, "l4")), lambda a: "雨水正好" not in a["p1-01"].clean.text),
]


@pytest.mark.parametrize(("what", "wish", "holds"), MAKE_UP, ids=[m[0] for m in MAKE_UP])
def test_the_make_up_is_decided_and_undone(desk: Desk, what: str, wish: Wish, holds: Any) -> None:
    """Each change of the make-up shows in the articles, keeps every line, and goes away with undo."""
    desk.type("p1-01", "雨水", "雨量")
    desk.type("p1-01", "雨量", "雨水")
    before = desk.trial.issue()
    others = {"p1-02": 0} if "p1-02" in repr(wish) else {}
    assert desk.wish("p1-01", wish, **others).status == 200, what
    after = desk.trial.issue()
    assert holds({a.id: a for a in after.articles}), what
    assert _lines(after) == _lines(before)
    desk.step(Step.UNDO)
    assert desk.trial.issue() == before


def _lines(issue: Any) -> list[str]:
    return sorted(s.line.id for a in issue.articles for s in a.lines)


def test_a_text_decision_follows_its_line_to_another_article(desk: Desk) -> None:
    """A corrected line that is moved is corrected where it stands then."""
    desk.type("p1-01", "老茶衣", "老茶农")
    desk.wish("p1-01", MoveLines(((1, "l4"),), "p1-02"), **{"p1-02": 0})
    articles = {a.id: a for a in desk.trial.issue().articles}
    assert "老茶农说" in articles["p1-02"].clean.text


@given(st.text("的一ab́️国，", max_size=12), st.text("的一ab́️国，", max_size=12))
def test_differences_make_one_text_of_the_other_and_cut_no_grapheme(old: str, new: str) -> None:
    """Applied from the end, the differences give the new text, and each begins and ends between graphemes."""
    edges, at = {0}, 0
    for grapheme in graphemes(old):
        at += len(grapheme)
        edges.add(at)
    text = old
    for difference in reversed(list(differences(old, new))):
        assert {difference.start, difference.end} <= edges
        text = text[: difference.start] + difference.after + text[difference.end :]
    assert text == new


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("增增强", "增强", [Wrong.EXTRA]),
        ("增", "增强", [Wrong.MISSING]),
        ("己经", "已经", [Wrong.OTHER]),
        (",", "，", [Wrong.MARK]),
        ("字\n", "字", []),
    ],
)
def test_errors_are_counted_in_the_archives_classes(before: str, after: str, found: list[Wrong]) -> None:
    """多字, 少字, 错字 and 符号; what only touches white space is none."""
    assert list(classes(Edit((Span(1, "l1", 0, 1),), before, after, Pass.PERSON, "x", 1.0))) == found
