"""纵校: counting, odd glyphs of all characters, what was looked through, and the place on the page."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np
import pytest
from playwright.sync_api import Browser

from banmian.decisions.actions.divide_line import DivideLine
from banmian.decisions.record import Record
from banmian.review import glyphgrid
from banmian.review.deciding import Call, Deciding
from banmian.review.glyphcounts import GlyphCounts
from banmian.review.glyphgrid import Grid
from banmian.review.glyphshapes import SIDE, odd_above, shape_of, unlikeness
from banmian.review.shelf import Shelf
from banmian.review.tiles import Tiles
from banmian.store.entries import PageEntry
from tests.banmian.review.serving import entered, serving, until
from tests.banmian.review.workspaces import Told, Trial, made

PRINTED = "　　末班的船走了，渡口的灯还亮着。"
LINES = [Told(PRINTED) for _ in range(8)]
LINES[5] = Told(PRINTED.replace("末", "未"), {2: ("末", 0.99, None)})
T = TypeVar("T")


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    """Two issues; in the first, on its second page, one 未 was read as 末."""
    return made(tmp_path, {"报": [[Told(PRINTED)], LINES], "乙": [[Told(PRINTED)]]})


def grid_of(trial: Trial) -> tuple[Grid, Deciding]:
    shelf = Shelf(trial.work, Record.open(trial.work))
    return Grid(trial.work, shelf, Tiles(trial.work)), Deciding(shelf, "白露")


def waited(ask: Callable[[], T], seconds: float = 60) -> T:
    """What is asked for, once it is there."""
    end = time.monotonic() + seconds
    while not (found := ask()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def listed(grid: Grid, issue: int | None = None) -> dict[str, tuple[int, bool]]:
    """By character: how often it was read, and whether all were looked through; once all pages are counted."""

    def whole() -> dict[str, tuple[int, bool]] | None:
        told = grid.characters(issue)
        if told["counted"] < told["pages"]:
            return None
        return {c: (n, checked) for c, n, checked, _ in told["characters"]}

    return waited(whole) or {}


def check(grid: Grid, deciding: Deciding, **wish: object) -> None:
    assert grid.check(deciding, msgspec.json.encode({"checked": True, **wish})).status == 200


def test_characters_are_counted_in_the_background_once(trial: Trial) -> None:
    """Of all pages and of one issue; another server finds the counts of the first, and opens no page for them."""
    grid, _ = grid_of(trial)
    issue = trial.entry("报").id
    assert listed(grid)["末"] == (10, False)
    assert listed(grid)["的"] == (20, False)
    assert listed(grid, issue)["末"] == (9, False)
    assert "末" not in listed(grid, trial.entry("乙").id)  # a single one has no others to be compared with
    for page in trial.work.rglob("page.json"):
        stat = page.stat()
        page.write_bytes(b"{")
        os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert listed(grid_of(trial)[0])["末"] == (10, False)


def test_pages_counted_while_the_list_is_made_are_in_it(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told as counted is in the numbers, also where the last page is counted while somebody asks."""
    asked = threading.Event()
    count, told = GlyphCounts._counted, GlyphCounts.progress

    def held_back(counts: GlyphCounts, entry: PageEntry, stamp: int) -> Counter[str]:
        assert asked.wait(60)
        return count(counts, entry, stamp)

    def once_counted(counts: GlyphCounts) -> tuple[int, int]:
        asked.set()
        waited(lambda: told(counts)[0] == told(counts)[1])
        return told(counts)

    monkeypatch.setattr(GlyphCounts, "_counted", held_back)
    monkeypatch.setattr(GlyphCounts, "progress", once_counted)
    characters = grid_of(trial)[0].characters()
    assert characters["counted"] == characters["pages"] == 3
    assert [n for c, n, *_ in characters["characters"] if c == "末"] == [10]


def test_what_was_looked_through_is_noted_by_issue_and_for_all(trial: Trial) -> None:
    """Of all pages it counts in each issue, of each issue for all; other glyphs than there were are looked at anew."""
    grid, deciding = grid_of(trial)
    issue, other = trial.entry("报").id, trial.entry("乙").id
    assert listed(grid)["的"] == (20, False)
    check(grid, deciding, char="的", glyphs=20)
    assert listed(grid)["的"] == (20, True)
    assert listed(grid, issue)["的"] == (18, True)
    check(grid, deciding, char="的", glyphs=20, checked=False)
    check(grid, deciding, char="的", issue=issue, glyphs=18)
    assert listed(grid, issue)["的"] == (18, True)
    assert listed(grid)["的"] == (20, False)
    check(grid, deciding, char="的", issue=other, glyphs=2)
    assert listed(grid)["的"] == (20, True)
    check(grid, deciding, char="末", glyphs=7)  # there are ten
    assert listed(grid)["末"] == (10, False)
    wrong = msgspec.json.encode({"checked": True, "char": "的", "issue": 99, "glyphs": 1})
    assert grid.check(deciding, wrong).told == {"why": "no_such_issue"}


def test_the_odd_glyphs_of_all_characters_are_one_list(trial: Trial) -> None:
    """The 未 read as 末 stands in it, of the batch and of its issue; what was looked through is not shown again."""
    grid, deciding = grid_of(trial)
    issue = trial.entry("报").id
    waited(lambda: grid.odd(issue)["next"] is None)
    odd = grid.odd(issue)["glyphs"]
    assert odd[0]["place"] == [issue, 2, "l6", 2, "末"]
    assert grid.picture(grid.odd(issue)["sheet"]) is not None
    waited(lambda: grid.odd()["next"] is None)
    assert [g["place"] for g in grid.odd()["glyphs"]] == [g["place"] for g in odd]
    check(grid, deciding, places=[odd[0]["place"]])
    assert odd[0]["place"] not in [g["place"] for g in grid.odd()["glyphs"]]
    check(grid, deciding, places=[odd[0]["place"]], checked=False)
    check(grid, deciding, char="末", issue=issue, glyphs=9)
    assert odd[0]["place"] not in [g["place"] for g in grid_of(trial)[0].odd(issue)["glyphs"]]


def test_a_sheet_ends_where_it_is_full_and_the_next_goes_on(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every glyph of a frequent character is on one of the sheets, once."""
    monkeypatch.setattr(glyphgrid, "MOST", 3)
    grid, _ = grid_of(trial)
    listed(grid)
    places, start = [], 0
    while start is not None:
        sheet = grid.sheet("的", None, start)
        places += [tuple(g["place"]) for g in sheet["glyphs"]]
        start = sheet["next"]
    assert len(places) == len(set(places)) == sheet["total"] == 20


def test_glyphs_that_an_article_no_longer_has_are_told_and_left_alone(trial: Trial) -> None:
    """Of a line that was parted the glyphs of the second half are shown, and cannot be mended in the first."""
    grid, deciding = grid_of(trial)
    issue = trial.entry("乙").id
    assert deciding.decide(Call(issue, "p1-01", 0, "t", DivideLine((1, "l1"), 6))).status == 200
    glyph = next(g for g in grid.sheet("亮", issue)["glyphs"])
    assert glyph["now"] == ""
    wish = {"text": "高", "ticket": "m", "places": [glyph["place"]], "revisions": {}}
    assert grid.mend(deciding, msgspec.json.encode(wish)).told == {"why": "text_moved"}


def test_a_shape_that_is_another_is_odd() -> None:
    """Of ten shapes with some noise the eleventh, another one, is odd, and it alone."""
    draw = np.random.default_rng(0)
    one, other = draw.random((2, SIDE, SIDE))
    shapes = np.asarray([one + 0.05 * draw.random((SIDE, SIDE)) for _ in range(10)] + [other], dtype=np.float32)
    unlike = unlikeness(shapes)
    assert list(np.nonzero(unlike > odd_above(unlike))[0]) == [10]


def test_a_shape_is_the_glyph_alone_whichever_is_light() -> None:
    """Light on dark has the shape of dark on light; the end of a neighbour's stroke at the edge changes nothing."""
    glyph = np.full((50, 50), 240, np.uint8)
    glyph[10:40, 22:28] = glyph[22:28, 10:40] = 20
    beside = glyph.copy()
    beside[5:45, 47:] = 20
    shape = shape_of(glyph)
    assert np.allclose(shape_of(np.asarray(255 - glyph)), shape, atol=0.01)
    assert np.allclose(shape_of(beside), shape, atol=0.01)


def test_a_morning_with_glyphs(browser: Browser, trial: Trial) -> None:
    """From the odd ones to the place on the page and back; mended among its kind; checked, and on to the next."""
    with serving(trial.work) as server:
        tab = entered(browser, server)
        issue = trial.entry("报").id
        tab.goto(f"{server.base}/glyphs")
        tab.select_option("#issue", str(issue))
        tab.click("#odd")
        tab.wait_for_selector(".glyph")
        tab.focus(".glyph >> nth=0")
        assert tab.inner_text("#context mark") == "末"
        tab.click("#context a")
        tab.wait_for_selector("body[data-ready]")
        assert tab.input_value("#text") == "末"
        tab.keyboard.press("G")
        tab.wait_for_selector(".glyph")
        assert tab.inner_text("#portion") == "共 9 个"
        tab.keyboard.press("Space")
        tab.keyboard.press("d")
        until(tab, "document.getElementById('state').textContent.includes('还有 1 个标记')")
        tab.keyboard.press("Enter")
        tab.keyboard.insert_text("未")
        tab.keyboard.press("Enter")
        until(tab, "document.querySelectorAll('.glyph.mended').length === 1")
        tab.keyboard.press("d")
        until(
            tab,
            "document.querySelector('[data-char=末].checked') && document.getElementById('char').textContent !== '末'",
        )
        tab.click("#unchecked")
        assert not tab.is_visible("[data-char=末]")
        tab.click("#odd")
        until(tab, "document.getElementById('char').textContent === ''")
        assert "末" not in tab.locator("#grid i").all_inner_texts()
        assert tab.errors == []  # type: ignore[attr-defined]
    text = trial.issue().articles[0].clean.text + trial.issue().articles[1].clean.text
    assert (text.count("未班"), text.count("末班")) == (1, 8)
