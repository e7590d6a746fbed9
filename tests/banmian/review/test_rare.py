"""Characters that a browser counts as two: rare hanzi, variations and emoji; every edit behind them hits its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from layout.page import RegionKind
from tests.banmian.review.serving import decide, entered, opened, serving, until
from tests.banmian.review.test_desk import FRAME, pressed
from tests.banmian.review.workspaces import Told, made

RARE = "𠮶"
HEAD = f"{RARE}{RARE}渡{RARE}口{RARE}灯"
LINES = (
    Told(HEAD, {5: ("囗", 0.3, None)}, RegionKind.HEADLINE),
    Told(f"　　{RARE}江的船夜里靠岸，灯{RARE}亮了一路。", {7: ("奌", 0.3, "里"), 13: ("凉", 0.4, None)}),
    Told("　　葛\U000e0100城的人👍🏽都还在挥手，看不清谁的脸。", {12: ("潍", 0.3, "挥")}),
)


def test_every_edit_behind_a_rare_hanzi_hits_its_place(browser: Browser, tmp_path: Path) -> None:
    """By candidate, by typing and by deletion, in a headline with four of them and behind a variation and an emoji."""
    trial = made(tmp_path, {"报": [LINES]})
    with serving(trial.work) as server:
        page = opened(entered(browser, server), server)
        assert page.input_value("#text") == "囗"
        until(page, "document.getElementById('line').naturalWidth > 0")
        assert abs(page.evaluate(FRAME) - 5.5 / len(HEAD)) < 0.05
        page.keyboard.press("e")
        page.keyboard.insert_text(RARE)
        pressed(page, "Enter")
        assert page.input_value("#text") == "奌"
        pressed(page, "1")
        assert page.input_value("#text") == "凉"
        pressed(page, "e")
        page.keyboard.insert_text(f"亮{RARE}")
        pressed(page, "Enter")
        assert page.input_value("#text") == "潍"
        pressed(page, "1")
        assert page.errors == []  # type: ignore[attr-defined]
    article = trial.issue().articles[0]
    assert article.title == HEAD
    assert f"{RARE}江的船夜里靠岸，灯{RARE}亮{RARE}了一路。" in article.clean.text
    assert "葛\U000e0100城的人👍🏽都还在挥手" in article.clean.text


@pytest.mark.slow
def test_the_cursor_goes_by_what_is_seen_as_one_character(browser: Browser, tmp_path: Path) -> None:
    """→ passes a rare hanzi, a variation and an emoji with its colour in one step each; x takes one away whole."""
    trial = made(tmp_path, {"报": [[Told(f"{RARE}葛\U000e0100👍🏽城", None)]]})
    with serving(trial.work) as server:
        page = opened(entered(browser, server), server)
        seen = []
        for _ in range(4):
            page.keyboard.press("ArrowRight")
            seen.append(page.input_value("#text"))
        assert seen == [RARE, "葛\U000e0100", "👍🏽", "城"]
        page.keyboard.press("ArrowLeft")
        pressed(page, "x")
        box = page.locator("article span.t").first.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)
        assert page.input_value("#text") == RARE
    assert trial.issue().articles[0].clean.text.strip() == f"{RARE}葛\U000e0100城"


def test_a_rare_glyph_is_mended_among_its_kind(browser: Browser, tmp_path: Path) -> None:
    """纵校 shows the glyphs of a rare hanzi, its place marked in the context, and mends one of them."""
    lines = [Told(f"　　{RARE}江第{n}夜{RARE}灯") for n in "一二三四五"]
    trial = made(tmp_path, {"报": [lines]})
    with serving(trial.work) as server:
        page = entered(browser, server)
        page.goto(f"{server.base}/glyphs")
        page.fill("#which", RARE)
        page.wait_for_selector(".glyph")
        page.focus(".glyph >> nth=3")
        assert page.inner_text("#context mark") == RARE
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.keyboard.insert_text("𠮷")
        page.keyboard.press("Enter")
        until(page, "document.querySelectorAll('.glyph.mended').length === 1")
    text = trial.issue().articles[0].clean.text
    assert (text.count("𠮷"), text.count(RARE)) == (1, 9)


@pytest.mark.parametrize("typed", ["𠮶", "葛\U000e0100", "👍🏽"])
def test_an_offset_behind_a_rare_character_is_one_of_code_points(tmp_path: Path, typed: str) -> None:
    """The server counts code points: what is typed is put where the text says, whatever stands before."""
    trial = made(tmp_path, {"报": [[Told(f"{RARE}{RARE}的灯，")]]})
    with serving(trial.work) as server:
        client = server.client()
        wish = {"type": "type", "start": 3, "end": 4, "was": "灯", "text": typed}
        assert decide(client, "p1-01", 0, wish).status_code == 200
    assert trial.issue().articles[0].clean.text.strip() == f"{RARE}{RARE}的{typed}，"
