"""Lost text is worked through: each place is drawn, or said to be no text; the batch and the report count the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from banmian.decisions.actions.draw_lines import DrawLines
from banmian.decisions.actions.leave_out import LeaveOut
from banmian.decisions.decision import Step
from banmian.review.lost import LostPlace, LostState, lost_places
from banmian.review.quality import LostTextRow
from banmian.review.report import write_report
from banmian.store.rerun import Rerun, RunStage
from banmian.store.workspace import Workspace
from cleanup.article import Role
from layout import page as scan
from layout.geometry import Box
from layout.page import Page
from tests.banmian.review.serving import entered, opened, serving, settled, until
from tests.banmian.review.test_decided import FIRST, Desk
from tests.banmian.review.test_repair import LOST, drawn, place, without
from tests.banmian.review.workspaces import Trial, made
from tests.banmian.review.workspaces import page as laid

TEXT = Box(*place(LOST, len(FIRST[LOST].printed)))
"""Where the lost line is printed."""

DIRT = Box(500, 20, 700, 60)
"""Where layout only thought that it saw text."""


def with_lost(page: Page, *boxes: Box) -> Page:
    """The page on which layout tells of lost text in these boxes."""
    corners = (tuple((float(x), float(y)) for x, y in b.corners) for b in boxes)
    return replace(page, lost=tuple(scan.LostText(c, 17) for c in corners))


def trial(root: Path, *, version: str = "2", shift: int = 0) -> Trial:
    """A workspace in which layout has lost a line, and taken dirt for text."""
    trial = made(root, {"报": [FIRST]})
    return lose(trial, version=version, shift=shift)


def lose(trial: Trial, *, version: str, shift: int = 0) -> Trial:
    boxes = (Box(b.x0 + shift, b.y0, b.x1 + shift, b.y1 + shift) for b in (TEXT, DIRT))
    page = with_lost(without(laid(1, FIRST), LOST), *boxes)
    return trial.read({"报": [page]}, again=Rerun(stage=RunStage.LAYOUT), version=version)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(trial(tmp_path))


def states(desk: Desk) -> list[tuple[LostState, str]]:
    held, entry = desk.shelf.issue(1), desk.shelf.page_entry(1, 1)
    assert held is not None
    assert entry is not None
    page = desk.shelf.page(entry)
    assert page is not None
    places: list[LostPlace] = lost_places(page, held.decided)
    return [(p.state, p.person) for p in places]


def row(desk: Desk, out: Path) -> LostTextRow:
    with Workspace.open(desk.trial.work) as workspace:
        return write_report(workspace, out).lost_text[0]


def test_each_place_is_settled_by_a_person_and_open_again_with_undo(desk: Desk, tmp_path: Path) -> None:
    """Drawn, or no text; the report counts what is left, with its estimate of characters."""
    assert states(desk) == [(LostState.OPEN, ""), (LostState.OPEN, "")]
    assert row(desk, tmp_path / "r.html") == LostTextRow("报", 1, open=2, characters=34)
    assert desk.wish("", LeaveOut(1, (DIRT.x0, DIRT.y0, DIRT.x1, DIRT.y1))).status == 200
    line = drawn(FIRST[LOST].printed)
    answered = (TEXT.x0, TEXT.y0, TEXT.x1, TEXT.y1)
    assert desk.wish("p1-01", DrawLines(1, (line,), Role.BODY, (1, "l2"), lost=answered)).status == 200
    assert states(desk) == [(LostState.NO_TEXT, "白露"), (LostState.DRAWN, "白露")]
    assert row(desk, tmp_path / "r.html") == LostTextRow("报", 1, drawn=1, no_text=1)
    assert "漏读的文字" in (tmp_path / "r.html").read_text()
    desk.step(Step.UNDO)
    assert states(desk) == [(LostState.NO_TEXT, "白露"), (LostState.OPEN, "")]
    desk.step(Step.UNDO)
    assert states(desk) == [(LostState.OPEN, ""), (LostState.OPEN, "")]
    desk.step(Step.REDO)
    assert states(desk)[0] == (LostState.NO_TEXT, "白露")


def test_a_line_drawn_over_a_place_settles_it_without_being_asked_to(desk: Desk) -> None:
    """What is drawn with the mouse where text was lost is no longer lost."""
    assert desk.wish("p1-01", DrawLines(1, (drawn(FIRST[LOST].printed),), Role.BODY, (1, "l2"))).status == 200
    assert [s for s, _ in states(desk)] == [LostState.OPEN, LostState.DRAWN]


def test_what_was_said_holds_after_another_layout_that_sees_the_place_a_little_elsewhere(desk: Desk) -> None:
    """A few pixels off it is the same place; where nothing was said, it is open."""
    desk.wish("", LeaveOut(1, (DIRT.x0, DIRT.y0, DIRT.x1, DIRT.y1)))
    lose(desk.trial, version="3", shift=7)
    assert [s for s, _ in states(desk)] == [LostState.NO_TEXT, LostState.OPEN]
    lose(desk.trial, version="4", shift=160)
    assert [s for s, _ in states(desk)] == [LostState.OPEN, LostState.OPEN]


def test_an_empty_place_is_refused(desk: Desk) -> None:
    """A box without an area says nothing about any place."""
    answer = desk.wish("", LeaveOut(1, (10, 10, 10, 40)))
    assert (answer.status, answer.told["why"]) == (422, "no_change")


@pytest.mark.parametrize(
    ("language", "none"), [("zh", "不是文字"), pytest.param("en", "no text", marks=pytest.mark.slow)]
)
def test_the_list_is_worked_through_with_keys(browser: Browser, tmp_path: Path, language: str, none: str) -> None:
    """l goes from place to place, x says no text, n reads; d warns of what is left, once; the batch counts it."""
    work = trial(tmp_path)
    with serving(work.work) as server:
        tab = entered(browser, server)
        tab.goto(f"{server.base}/language/{language}")
        tab.goto(f"{server.base}/")
        until(tab, "/2 (处漏读|lost places)/.test(document.getElementById('cards').textContent)")
        opened(tab, server)
        assert tab.evaluate("document.querySelectorAll('path.lost').length") == 2
        tab.keyboard.press("d")
        until(tab, "document.getElementById('state').classList.contains('bad')")
        assert "2" in tab.inner_text("#state")
        tab.keyboard.press("l")
        tab.keyboard.press("x")
        settled(tab)
        until(tab, "document.querySelectorAll('#lost > ul > li').length === 1")
        assert tab.evaluate("document.querySelector('#lost details').textContent.includes('校对员')")
        assert none in tab.evaluate("document.querySelector('#lost details').textContent")
        until(tab, "document.activeElement.closest('#lost li') !== null")
        tab.keyboard.press("n")
        tab.wait_for_selector("dialog[open] textarea")
        places = tab.evaluate("[...document.querySelectorAll('dialog select')].at(-1).textContent")
        assert FIRST[1].printed.strip()[:8] in places
        assert "老茶" in places
        tab.fill("dialog textarea", FIRST[LOST].printed)
        tab.click("dialog button.main")
        settled(tab)
        until(tab, "document.querySelectorAll('#lost > ul > li').length === 0")
        assert "采茶的人已经\n上了山。今年的春茶" in work.issue().articles[0].clean.text
        assert tab.errors == []  # type: ignore[attr-defined]
        tab.keyboard.press("d")
        tab.wait_for_selector("#cards")
        until(tab, "document.querySelector('.card.done') !== null")
