"""A team at work: proofread by one, validated by a second; comments, questions, assignment, and who is on a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from banmian.cli import main
from banmian.decisions.actions.assign_page import AssignPage
from banmian.decisions.actions.comment import WriteComment
from banmian.decisions.actions.finish_page import FinishPage
from banmian.decisions.actions.mark_page import MarkPage
from banmian.decisions.actions.settle import SettleComment
from banmian.decisions.decision import Step
from banmian.decisions.team import Presence, ProofState, reviews_of
from banmian.review.batchview import Batch, Look
from banmian.review.batchview import Stage as PageStage
from banmian.review.people import people
from banmian.store.rerun import Rerun, RunStage
from tests.banmian.review.serving import entered, opened, serving, settled, until
from tests.banmian.review.test_borders import renamed
from tests.banmian.review.test_decided import FIRST, Desk
from tests.banmian.review.workspaces import made
from tests.banmian.review.workspaces import page as laid

PROOFREAD = MarkPage(1, ProofState.PROOFREAD)
VALIDATED = MarkPage(1, ProofState.VALIDATED)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(made(tmp_path, {"报": [FIRST, FIRST]}))


@pytest.fixture
def colleague(desk: Desk) -> Desk:
    return Desk(desk.trial, "何青禾")


def state(desk: Desk) -> tuple[str, str, str]:
    review = reviews_of(desk.record.decisions("报"))[1]
    return review.state, review.proofread_by, review.validated_by


def test_a_page_is_validated_by_a_second_person_and_by_no_other(desk: Desk, colleague: Desk) -> None:
    """Not before it was proofread, not by the same person; undone it is to be validated again."""
    assert colleague.wish("", VALIDATED).told["why"] == "not_proofread"
    assert desk.wish("", PROOFREAD).status == 200
    assert desk.wish("", VALIDATED).told["why"] == "second_person"
    assert desk.wish("", PROOFREAD).told["why"] == "no_change"
    assert colleague.wish("", VALIDATED).status == 200
    assert state(desk) == ("validated", "白露", "何青禾")
    colleague.step(Step.UNDO)
    assert state(desk) == ("proofread", "白露", "")
    colleague.wish("", VALIDATED)
    desk.step(Step.UNDO)
    assert state(desk) == ("open", "", "")
    assert [(p.name, p.proofread) for p in people(desk.record.all())] == [("何青禾", 1)]


def test_a_page_that_is_opened_again_starts_anew(desk: Desk, colleague: Desk) -> None:
    """After it was done or validated, by the button of old or by a mark."""
    desk.wish("", PROOFREAD)
    colleague.wish("", VALIDATED)
    desk.wish("", FinishPage(1, done=True))
    assert state(desk)[0] == "validated"
    desk.wish("", FinishPage(1, done=False))
    assert state(desk) == ("open", "", "")


def test_only_what_a_second_person_validated_goes_out(desk: Desk, colleague: Desk, tmp_path: Path) -> None:
    """With --state validated; nothing is an error that says what to do."""
    args = ["export", str(desk.trial.work), "--to", "jsonl", "--state", "validated", "--out"]
    desk.wish("", PROOFREAD)
    desk.wish("", FinishPage(2, done=True))
    refused = CliRunner().invoke(main, [*args, str(tmp_path / "none.jsonl")])
    assert refused.exit_code != 0
    assert "second person" in refused.output
    colleague.wish("", VALIDATED)
    assert CliRunner().invoke(main, [*args, str(tmp_path / "a.jsonl")]).exit_code == 0
    records = [json.loads(r) for r in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert {page for r in records for page in r["pages"]} == {1}


def test_a_comment_stays_at_its_place_and_changes_no_article(desk: Desk, colleague: Desk) -> None:
    """After another layout too; its answers stand below it, and who has settled it."""
    before = desk.trial.issue()
    start = desk.article("p1-01").clean.text.index("茶山")
    assert desk.wish("p1-01", WriteComment(1, "山还是岭？", ask=True, start=start, end=start + 2)).status == 200
    assert desk.record.revision("报", "p1-01") == 0
    assert colleague.wish("", WriteComment(1, "看图是山。", to=1)).status == 200
    assert desk.trial.issue() == before
    note = reviews_of(desk.record.decisions("报"))[1].notes[1]
    assert note.ground is not None
    assert note.ground.text[note.start : note.end] == "茶山"
    assert [(a.person, a.text) for a in note.answers] == [("何青禾", "看图是山。")]
    assert note.waits
    assert colleague.wish("", SettleComment(1, 1)).status == 200
    assert not reviews_of(desk.record.decisions("报"))[1].notes[1].waits
    assert desk.wish("", SettleComment(1, 99)).told["why"] == "no_such_note"
    desk.trial.read({"报": [renamed(laid(1, FIRST)), laid(2, FIRST)]}, again=Rerun(stage=RunStage.LAYOUT), version="2")
    view = application_view(desk)
    assert [(n["line"], n["start"], n["end"]) for n in view["notes"]] == [("xl2", 6, 8)]


def application_view(desk: Desk) -> dict[str, list[dict[str, object]]]:
    from banmian.review.view import team_view  # noqa: PLC0415

    held = desk.shelf.issue(1)
    assert held is not None
    return team_view(held, 1, reviews_of(desk.record.decisions("报"))[1], ())


def test_the_batch_is_filtered_by_state_by_person_and_by_question(desk: Desk, colleague: Desk) -> None:
    """What is a colleague's does not wait for me, nor what I have proofread; what a colleague has, waits for me."""
    batch = Batch(desk.shelf)
    desk.wish("", PROOFREAD)
    desk.wish("", AssignPage(2, "何青禾"))
    desk.wish("", WriteComment(2, "这一版的报头？", ask=True))
    pages = {n: [c["page"] for c in batch.view(look)["cards"]] for n, look in {
        "proofread": Look(PageStage.PROOFREAD), "open": Look(PageStage.OPEN), "hers": Look(assigned="何青禾"),
        "mine": Look(assigned="白露"), "asked": Look(asked=True)}.items()}  # fmt: skip
    assert pages == {"proofread": [1], "open": [2], "hers": [2], "mine": [], "asked": [2]}
    assert batch.next_open((0, 0), "白露") is None
    assert batch.next_open((0, 0), "何青禾") == (1, 1)
    colleague.wish("", VALIDATED)
    assert batch.next_open((0, 0), "何青禾") == (1, 2)
    told = batch.view(Look(), "何青禾")
    assert (told["mine"], told["asked"]) == (1, 1)


def test_who_is_on_a_page_is_known_while_they_are() -> None:
    """Two tabs of one person are one; who has left is no longer there."""
    presence = Presence()
    with presence.at((1, 1), "白露"):
        with presence.at((1, 1), "白露"), presence.at((1, 1), "何青禾"):
            assert presence.on((1, 1)) == ["何青禾", "白露"] or presence.on((1, 1)) == ["白露", "何青禾"]
        assert presence.on((1, 1)) == ["白露"]
        assert presence.on((1, 2)) == []
    assert presence.on((1, 1)) == []


def test_two_people_proofread_ask_answer_and_validate(browser: Browser, tmp_path: Path) -> None:
    """One in Chinese, one in English, with keys: each sees the other, the question, its answer and the states."""
    trial = made(tmp_path, {"报": [FIRST, FIRST]})
    with serving(trial.work, env=None) as server:
        one = opened(entered(browser, server, "白露"), server)
        key = one.context.cookies()
        other = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB").new_page()
        other.context.add_cookies([c for c in key if c["name"] != "banmian-language"])  # type: ignore[misc]
        one.keyboard.press("p")
        settled(one)
        until(one, "document.querySelector('#team .state').textContent === '已初校'")
        assert one.is_disabled("#proof")
        one.keyboard.press("q")
        one.wait_for_selector("dialog[open] textarea")
        one.fill("dialog textarea", "山还是岭？")
        one.check("#note-ask")
        one.click("dialog button.main")
        settled(one)
        until(one, "document.querySelectorAll('#notes li.ask').length === 1")
        one.keyboard.press("@")
        one.fill("dialog[open] input", "Chen")
        one.keyboard.press("Enter")
        settled(one)
        until(one, "document.getElementById('assign').textContent === '分派给 Chen'")
        one.context.request.post(f"{server.base}/name", form={"name": "Chen"})  # the same browser, another person
        other.set_default_timeout(120_000)
        opened(other, server)
        until(other, "document.querySelector('#team .state').textContent === 'Proofread'")
        other.click("#notes .notes button:has-text('Answer')")
        other.fill("dialog[open] textarea", "A hill, see the scan.")
        other.click("dialog button.main")
        settled(other)
        until(one, "document.querySelectorAll('#notes .answer').length === 1")
        other.click("#notes .notes button:has-text('Settle')")
        settled(other)
        until(one, "document.querySelectorAll('#notes li.ask').length === 0")
        other.keyboard.press("p")
        settled(other)
        until(other, "document.querySelector('#team .state').textContent === 'Validated'")
        until(one, "document.querySelector('#team .state').textContent === '已二校'")
        assert "白露 → Chen" in one.inner_text("#team")
        until(other, "document.getElementById('here').textContent.includes('白露')")
        other.goto(f"{server.base}/")
        other.wait_for_selector("body[data-ready]")
        other.click("#mine")
        until(other, "document.querySelectorAll('.card').length === 1")
        until(other, "document.querySelector('.card .st')?.textContent.trim() === 'Validated'")
        until(other, "document.querySelector('.card .te')?.textContent.includes('白露 on this page')")
        assert one.errors == []  # type: ignore[attr-defined]
        other.context.close()
