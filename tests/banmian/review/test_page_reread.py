"""A whole page is read anew, turned upright, and taken; typed text goes along, exports have it, undo undoes it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser

from banmian.archive.formats import Format
from banmian.decisions.actions.form_block import FormBlock
from banmian.decisions.actions.reread_page import Reread
from banmian.decisions.decision import Step, Wanted
from banmian.decisions.record import Request
from banmian.review.rereading import ReaderChoice, ReadingWorker, WholePage, on_scan, upright
from layout.input.scan import Scan
from layout.page import Page
from tests.banmian.review.serving import entered, opened, serving, settled, until
from tests.banmian.review.test_decided import FIRST, Desk
from tests.banmian.review.test_repair import exported
from tests.banmian.review.workspaces import Told, made
from tests.banmian.review.workspaces import page as laid

READS = shutil.which("tesseract") is not None


@pytest.mark.parametrize("turned", [0.0, 90.0, 180.0, 270.0, -1.5, 92.0])
def test_what_is_found_on_the_picture_turned_upright_lies_on_the_scan(turned: float) -> None:
    """A mark is where it was: its place on the turned picture, carried back."""
    picture = np.full((300, 500), 255, np.uint8)
    picture[60:80, 100:160] = 0
    turned_back, move = upright(picture, turned)
    ys, xs = np.nonzero(turned_back < 128)
    corners = [(float(x), float(y)) for x in (xs.min(), xs.max() + 1) for y in (ys.min(), ys.max() + 1)]
    scan = Scan(picture, None, 1, None, "p", 0)
    line = replace(laid(1, (Told("山"),)).regions[0].lines[0], polygon=tuple(corners[n] for n in (0, 2, 3, 1)))
    region = replace(laid(1, (Told("山"),)).regions[0], polygon=line.polygon, lines=(line,))
    found = on_scan(Page(1, regions=(region,)), move, scan)
    box = next(iter(found.lines)).box
    assert box is not None
    slack = 4 if turned % 90 else 0  # a leaning mark's box is larger
    assert abs(box.x0 - 100) <= slack
    assert abs(box.y0 - 60) <= slack
    assert abs(box.x1 - 160) <= slack
    assert abs(box.y1 - 80) <= slack
    assert (found.width, found.height) == (500, 300)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(made(tmp_path, {"报": [FIRST, FIRST]}))


def take(desk: Desk, page: Page) -> None:
    desk.tickets += 1
    wanted = Wanted("报", "", Reread(page))
    desk.record.add([wanted], Request(desk.person, f"r{desk.tickets}", {}))


def test_what_was_decided_goes_along_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    """A correction and a block of the old reading are on the new one; the other page is as it was; exports have it."""
    assert desk.type("p1-01", "茶山", "青山").status == 200
    assert desk.wish("p1-01", FormBlock(((1, "l4"),))).status == 200
    before = desk.trial.issue()
    better = (*FIRST[:2], Told("上了山。今年的春茶比去年早了七八天。"), *FIRST[3:])
    page = laid(1, better)
    regions = tuple(
        replace(r, id=f"n{r.id}", lines=tuple(replace(n, id=f"n{n.id}") for n in r.lines)) for r in page.regions
    )
    take(desk, replace(page, regions=regions, reader="tesseract 5.3 chi_sim"))
    issue = desk.trial.issue()
    assert "青山" in issue.articles[0].clean.text
    assert "上了山。今年" in issue.articles[0].raw.text
    assert [s.region for s in issue.articles[0].lines] == ["nr1", "nr2", "nr2", "d2"]
    assert [a.clean.text for a in issue.articles if a.pages == (2,)] == [
        a.clean.text for a in before.articles if a.pages == (2,)
    ]
    page_xml = exported(desk.trial, Format.PAGE, tmp_path / "page")
    assert "清明前的青山还有雾，采茶的人已经" in page_xml
    assert "nr1" in page_xml
    desk.step(Step.UNDO)
    assert desk.trial.issue() == before


@pytest.mark.skipif(not READS, reason="tesseract is not installed")
def test_a_page_that_was_scanned_upside_down_is_read(tmp_path: Path) -> None:
    """The worker turns it, lays it out, reads it, and tells where on the scan each line is."""
    trial = made(tmp_path, {"报": [FIRST]})
    file = trial.root / "scans" / "报" / "p1.png"
    picture = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    cv2.imwrite(str(file), cv2.rotate(picture, cv2.ROTATE_180))
    worker = ReadingWorker()
    try:
        page = worker.read_page(ReaderChoice("tesseract", "chi_sim"), WholePage(str(file), 0, 1, 180.0))
    finally:
        worker.close()
    line = next(n for n in page.lines if "清明" in n.text.replace(" ", ""))
    assert line.box is not None
    assert line.box.y0 > page.height // 2  # the second line of six, from below
    assert line.polygon is not None
    assert line.polygon[0][0] > line.polygon[1][0]  # it begins at its right end


@pytest.mark.skipif(not READS, reason="tesseract is not installed")
def test_a_page_is_read_again_compared_and_taken_with_keys(browser: Browser, tmp_path: Path) -> None:
    """T, an engine; the desk goes on meanwhile; Compare, Take; u brings back what was."""
    trial = made(tmp_path, {"报": [FIRST]})
    with serving(trial.work) as server:
        tab = opened(entered(browser, server), server)
        tab.keyboard.press("T")
        tab.wait_for_selector("dialog[open]")
        tab.select_option("dialog select[aria-label=引擎]", "tesseract")
        tab.click("dialog button.main")
        until(tab, "!document.getElementById('rereading').hidden")
        tab.keyboard.press("j")
        until(tab, "document.querySelector('#rereading button.main') !== null", 180)
        tab.click("#rereading button.main")
        tab.wait_for_selector("dialog[open] .two")
        assert "清明" in tab.inner_text("dialog .two > div:nth-child(2) p").replace(" ", "")
        tab.click("dialog button.main")
        settled(tab)
        until(tab, "document.getElementById('rereading').hidden")
        before = laid(1, FIRST)
        taken = [s.line for a in trial.issue().articles for s in a.lines]
        assert [n.polygon for n in taken] != [n.polygon for n in before.lines]
        assert "清明" in "".join(n.text for n in taken).replace(" ", "")
        tab.keyboard.press("u")
        settled(tab)
        assert [s.line.text for a in trial.issue().articles for s in a.lines] == [n.text for n in before.lines]
        assert tab.errors == []  # type: ignore[attr-defined]
