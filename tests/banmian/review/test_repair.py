"""The page is repaired: what was lost is drawn, read and put in its place, what is no text goes, all of it undone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from banmian.archive.export import ExportRequest, export
from banmian.archive.formats import ExportOptions, Format
from banmian.decisions.actions.draw_lines import DrawLines, DrawnLine
from banmian.decisions.actions.drop_lines import DropLines
from banmian.decisions.decision import Step
from banmian.decisions.record import Record
from banmian.review.rereading import ReaderChoice, ReadingWorker, ScanPart
from banmian.store.rerun import Rerun, RunStage
from banmian.store.workspace import Workspace
from cleanup.article import Role
from layout.geometry import Box
from layout.page import Direction, Page, RegionKind
from tests.banmian.review.serving import entered, opened, serving, settled, until
from tests.banmian.review.test_decided import FIRST, Desk
from tests.banmian.review.workspaces import EM, LEFT, PITCH, Told, Trial, made
from tests.banmian.review.workspaces import page as laid

LOST = 2
"""The line that layout has not found, counted from 0."""

READS = shutil.which("tesseract") is not None


def without(page: Page, lost: int) -> Page:
    """The page as if one of its lines had not been found."""
    name = f"l{lost + 1}"
    regions = (replace(r, lines=tuple(n for n in r.lines if n.id != name)) for r in page.regions)
    return replace(page, regions=tuple(r for r in regions if r.lines))


def place(lost: int, characters: int) -> tuple[int, int, int, int]:
    """Where the line is printed: left, top, right, bottom."""
    top = 80 + PITCH * lost
    return LEFT, top - 4, LEFT + EM * characters + 4, top + EM + 8


def drawn(text: str, lost: int = LOST) -> DrawnLine:
    x0, y0, x1, y1 = place(lost, len(text))
    return DrawnLine(((x0, y0), (x1, y0), (x1, y1), (x0, y1)), text)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    trial = made(tmp_path, {"报": [FIRST]})
    trial.read({"报": [without(laid(1, FIRST), LOST)]}, again=Rerun(stage=RunStage.LAYOUT), version="2")
    return Desk(trial)


def exported(trial: Trial, form: Format, out: Path) -> str:
    shutil.rmtree(out, ignore_errors=True)
    with Workspace.open(trial.work) as workspace:
        export(workspace, ExportRequest(ExportOptions(form), out))
    files = [out] if out.is_file() else sorted(out.rglob("*.xml"))
    return "".join(f.read_text() for f in files)


def test_a_lost_line_is_drawn_into_its_article_and_into_every_export(desk: Desk, tmp_path: Path) -> None:
    """It stands behind its neighbour, can be corrected as others can, and undo takes it out again."""
    before = desk.trial.issue()
    assert "今年的春茶" not in before.articles[0].clean.text
    line = drawn(FIRST[LOST].printed)
    assert desk.wish("p1-01", DrawLines(1, (line,), Role.BODY, (1, "l2"), behind=True)).status == 200
    article = desk.article("p1-01")
    assert [s.line.id for s in article.lines][:4] == ["l1", "l2", "d1.1", "l4"]
    assert "采茶的人已经\n上了山。今年的春茶" in article.clean.text
    assert desk.type("p1-01", "七八天", "七、八天").status == 200
    assert "七、八天" in exported(desk.trial, Format.JSONL, tmp_path / "a.jsonl")
    page = exported(desk.trial, Format.PAGE, tmp_path / "page")
    assert "七、八天" in page
    assert f"{LEFT},{80 + PITCH * LOST - 4}" in page
    assert "今年的春茶比去年早了七" in exported(desk.trial, Format.TEI, tmp_path / "tei")
    desk.step(Step.UNDO)
    desk.step(Step.UNDO)
    assert desk.trial.issue() == before


def test_a_drawn_line_is_there_after_another_layout_and_once_only(desk: Desk) -> None:
    """With other ids it keeps its place; where the new layout finds the line by itself, that one stands and this is
    told."""
    line = drawn(FIRST[LOST].printed)
    assert desk.wish("p1-01", DrawLines(1, (line,), Role.BODY, (1, "l2"))).status == 200
    other = without(laid(1, FIRST), LOST)
    renamed = tuple(
        replace(r, id=f"x{r.id}", lines=tuple(replace(n, id=f"x{n.id}") for n in r.lines)) for r in other.regions
    )
    desk.trial.read({"报": [replace(other, regions=renamed)]}, again=Rerun(stage=RunStage.LAYOUT), version="3")
    assert "采茶的人已经\n上了山。今年的春茶" in desk.article("p1-01").clean.text
    desk.trial.read({"报": [laid(1, FIRST)]}, again=Rerun(stage=RunStage.LAYOUT), version="4")
    held = desk.shelf.issue(1)
    assert held is not None
    assert held.decided is not None
    assert "".join(a.raw.text for a in held.decided.issue.articles).count("今年的春茶") == 1
    assert [c.person for c in held.decided.changed] == ["白露"]


@pytest.mark.parametrize(
    ("role", "kind"), [(Role.CAPTION, "caption"), (Role.FURNITURE, "furniture"), (Role.BODY, "article")]
)
def test_what_is_drawn_alone_is_the_piece_that_its_role_makes(desk: Desk, role: Role, kind: str) -> None:
    """A label drawn as furniture does not count as an article."""
    assert desk.wish("", DrawLines(1, (drawn(FIRST[LOST].printed),), role)).status == 200
    assert desk.trial.issue().articles[-1].kind == kind


def test_all_lines_within_a_box_are_deleted_in_one_go(browser: Browser, tmp_path: Path) -> None:
    """`Y` marks what lies in a box on the scan; blocks left empty are no longer drawn, and undo brings all back."""
    trial = made(tmp_path, {"报": [FIRST]})
    with serving(trial.work) as server:
        tab = opened(entered(browser, server), server)
        blocks = tab.locator("path.region").count()
        place = tab.locator("#scan").bounding_box()
        assert place is not None
        marks = [m.bounding_box() for m in tab.locator("path.region").all()]
        lowest = max((m for m in marks if m is not None), key=lambda m: m["y"] + m["height"])
        tab.keyboard.press("Y")
        until(tab, "document.getElementById('scan').classList.contains('drawing')")
        tab.mouse.move(place["x"] + 4, lowest["y"] + lowest["height"] * 0.5 - 60)
        tab.mouse.down()
        tab.mouse.move(place["x"] + place["width"] / 2, lowest["y"] + 20)
        tab.mouse.move(place["x"] + place["width"] - 4, lowest["y"] + lowest["height"] + 8)
        tab.mouse.up()
        until(tab, "document.querySelectorAll('.picked').length > 0")
        picked = tab.evaluate("[...new Set([...document.querySelectorAll('.picked')].map(e => e.dataset.line))]")
        assert {"l5", "l6"} <= set(picked)
        tab.keyboard.press("t")
        tab.wait_for_selector("dialog[open]")
        assert tab.input_value("dialog select >> nth=0") == "marked"
        tab.click("dialog button[aria-label^='不是文字']")
        settled(tab)
        left = {s.line.id for a in trial.issue().articles for s in a.lines}
        assert left == {f"l{n}" for n in range(1, 7)} - set(picked)
        assert tab.locator("path.region").count() < blocks
        tab.keyboard.press("u")
        settled(tab)
        assert {s.line.id for a in trial.issue().articles for s in a.lines} == {f"l{n}" for n in range(1, 7)}
        assert tab.errors == []  # type: ignore[attr-defined]


def test_a_piece_in_which_nothing_was_read_can_be_deleted(browser: Browser, tmp_path: Path) -> None:
    """It has no character to go to: a button takes it away."""
    empty = Told("", kind=RegionKind.CAPTION, article=3)
    trial = made(tmp_path, {"报": [(*FIRST, empty)]})
    assert [a.raw.text.strip() for a in trial.issue().articles][-1] == ""
    with serving(trial.work) as server:
        tab = opened(entered(browser, server), server)
        tab.click(".nothing-read button >> nth=1")
        settled(tab)
        assert tab.locator(".nothing-read").count() == 0
    assert all(a.raw.text.strip() for a in trial.issue().articles)


def test_what_is_drawn_beside_no_line_is_an_article_of_its_own(desk: Desk) -> None:
    """A lost headline begins a new article, which its body can be moved to."""
    assert desk.wish("", DrawLines(1, (drawn("夜航", 9),), Role.TITLE)).status == 200
    made_ = next(a for a in desk.trial.issue().articles if a.id == "d1")
    assert made_.title == "夜航"
    assert made_.pages == (1,)
    assert made_.regions[0].kind == RegionKind.HEADLINE.value


def test_what_is_no_text_is_gone_from_articles_and_exports(desk: Desk, tmp_path: Path) -> None:
    """A dropped line is in no export of articles nor of pages, and comes back with undo."""
    before = desk.trial.issue()
    assert desk.wish("p1-01", DropLines(((1, "l4"),))).status == 200
    for form in (Format.JSONL, Format.PAGE, Format.ALTO):
        assert "雨水正好" not in exported(desk.trial, form, tmp_path / form.value), form
    desk.trial.read({"报": [without(laid(1, FIRST), LOST)]}, again=Rerun(stage=RunStage.READING), version="9")
    assert "雨水正好" not in desk.article("p1-01").clean.text
    desk.step(Step.UNDO)
    assert "雨水正好" in exported(desk.trial, Format.PAGE, tmp_path / "page")
    assert [a.clean.text for a in desk.trial.issue().articles] == [a.clean.text for a in before.articles]


@pytest.fixture(scope="module")
def worker() -> Iterator[ReadingWorker]:
    worker = ReadingWorker()
    yield worker
    worker.close()


@pytest.mark.skipif(not READS, reason="tesseract is not installed")
@pytest.mark.parametrize("light", [False, True])
def test_a_worker_reads_a_part_and_tells_where_on_the_scan(tmp_path: Path, worker: ReadingWorker, light: bool) -> None:
    """Dark on light and light on dark: the line's text is read, its corners lie on the scan and not on the part."""
    trial = made(tmp_path, {"报": [FIRST]})
    picture = cv2.imread(str(trial.root / "scans" / "报" / "p1.png"), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    x0, y0, x1, y1 = place(1, len(FIRST[1].printed))
    part = np.asarray(picture[y0:y1, x0:x1], dtype=np.uint8)
    part = np.asarray(255 - part, dtype=np.uint8) if light else part
    lines = worker.read(ReaderChoice("tesseract", "chi_sim"), part, (x0, y0), ScanPart("", 0, 0, single=True))
    text = "".join(n.text for n in lines)
    assert "清明" in text.replace(" ", "")
    assert lines[0].box is not None
    assert abs(lines[0].box.x0 - x0) < 8
    assert abs(lines[0].box.y0 - y0) < 8


@pytest.mark.skipif(not READS, reason="tesseract is not installed")
def test_a_reader_is_loaded_before_it_is_asked(worker: ReadingWorker) -> None:
    """Who prepared answers: the process is the same, and one that was prepared anew is another."""
    reader = ReaderChoice("tesseract", "chi_sim")
    part = np.full((40, 200), 255, dtype=np.uint8)
    worker.prepare(reader)
    prepared = worker.process
    assert prepared is not None
    assert worker.read(reader, part, (0, 0), ScanPart("", 0, 0, single=True)) == []
    assert worker.process == prepared
    worker.prepare(ReaderChoice("tesseract", "eng"))
    assert worker.process not in (prepared, None)


def corner(tab: Tab, x: int, y: int, width: int = EM * len(FIRST[0].printed)) -> tuple[float, float]:
    """Where a pixel of the scan stands in the browser: told by the outline of the first region, which is known."""
    region = "document.querySelector('path.region').getBoundingClientRect()"
    box = tab.evaluate(f"(b => [b.x, b.y, b.width, b.height])({region})")
    scale = (box[2] - 1.5) / width
    return box[0] + 0.75 + (x - LEFT) * scale, box[1] + 0.75 + (y - 80) * scale


@pytest.mark.skipif(not READS, reason="tesseract is not installed")
def test_a_lost_line_is_drawn_read_corrected_and_put_in_with_the_mouse(browser: Browser, tmp_path: Path) -> None:
    """n, a box, which is read and shown, a correction, Put: the line stands where it is printed."""
    trial = made(tmp_path, {"报": [FIRST]})
    trial.read({"报": [without(laid(1, FIRST), LOST)]}, again=Rerun(stage=RunStage.LAYOUT), version="2")
    with serving(trial.work) as server:
        tab = opened(entered(browser, server), server)
        tab.keyboard.press("ArrowDown")
        tab.click("article .row.body span.t >> nth=0")
        tab.keyboard.press("n")
        x0, y0, x1, y1 = place(LOST, len(FIRST[LOST].printed))
        tab.mouse.move(*corner(tab, x0, y0))
        tab.mouse.down()
        tab.mouse.move(*corner(tab, x1, y1), steps=4)
        tab.mouse.up()
        tab.wait_for_selector("dialog[open] textarea")
        tab.select_option("dialog select[aria-label=排法]", "horizontal")
        tab.select_option("dialog select[aria-label=引擎]", "tesseract")
        until(tab, "document.querySelector('dialog textarea').value.includes('今年')", 60)
        assert tab.evaluate("document.querySelector('dialog .beside img').naturalWidth") > 100
        tab.fill("dialog textarea", FIRST[LOST].printed)
        tab.click("dialog button.main")
        settled(tab)
        until(tab, "document.getElementById('articles').textContent.includes('七八天')")
        assert "采茶的人已经\n上了山。今年的春茶" in trial.issue().articles[0].clean.text
        with tab.expect_response("**/api/reader") as prepared:
            tab.keyboard.press("R")
        assert prepared.value.ok
        tab.wait_for_selector("dialog[open]")
        tab.select_option("dialog select[aria-label=引擎]", "tesseract")
        tab.click("dialog button.main")
        until(tab, "/重读|相同/.test(['desk', 'state'].map(i => document.getElementById(i).textContent).join())", 60)
        assert tab.errors == []  # type: ignore[attr-defined]
        tab.keyboard.press("Escape")
        tab.keyboard.press("u")
        settled(tab)
        until(tab, "!document.getElementById('articles').textContent.includes('七八天')")


def answered(page: Tab, lines: Sequence[tuple[str, tuple[int, int, int, int]]], *, vertical: bool = False) -> None:
    """Has a part of the scan read as these lines, each with its box, whatever the reader."""
    direction = "vertical-rl" if vertical else "horizontal"
    told = [
        {"text": text, "polygon": [[a, b], [c, b], [c, d], [a, d]], "direction": direction, "glyphs": []}
        for text, (a, b, c, d) in lines
    ]
    page.route("**/api/reader", lambda route: route.fulfill(json={}))
    page.route("**/api/read/**", lambda route: route.fulfill(json={"lines": told}))


def test_of_a_drawn_part_what_stands_already_is_left_out(browser: Browser, tmp_path: Path) -> None:
    """The ends of neighbours that a rectangle cuts are not offered; a line that is taken away leaves the others where
    they are printed; and the places that are offered lie outside of the part."""
    trial = made(tmp_path, {"报": [FIRST]})
    trial.read({"报": [without(laid(1, FIRST), LOST)]}, again=Rerun(stage=RunStage.LAYOUT), version="2")
    x0, y0, x1, y1 = place(LOST, len(FIRST[LOST].printed))
    a, b, c, d = place(LOST + 1, 6)
    speck = (x0, y1 + 1, x0 + 9, y1 + 10)
    with serving(trial.work) as server:
        tab = opened(entered(browser, server), server)
        answered(tab, [("、丶", speck), (FIRST[LOST].printed, (x0, y0, x1, y1)), ("老茶农", (a - 30, b - 6, c, d))])
        tab.keyboard.press("n")
        tab.mouse.move(*corner(tab, x0, y0))
        tab.mouse.down()
        tab.mouse.move(*corner(tab, x1, d), steps=4)
        tab.mouse.up()
        until(tab, "document.querySelector('dialog textarea')?.value.includes('今年')")
        assert tab.input_value("dialog textarea").split("\n") == [FIRST[LOST].printed, "、丶"]
        places = tab.locator("dialog select[aria-label=放在] option").all_inner_texts()
        assert "「清明前的茶山还有雾，采茶的人已经」之后" in places
        assert "「夜航船归」之前" in places
        tab.select_option("dialog select[aria-label=放在]", label="「清明前的茶山还有雾，采茶的人已经」之后")
        tab.fill("dialog textarea", FIRST[LOST].printed)
        tab.click("dialog button.main")
        settled(tab)
        until(tab, "document.getElementById('articles').textContent.includes('七八天')")
    put = next(s.line for s in trial.issue().articles[0].lines if "七八天" in s.line.text)
    assert put.box == Box(x0, y0, x1, y1)


def test_a_part_that_stands_already_is_not_offered_again(browser: Browser, tmp_path: Path) -> None:
    """Neither line for line nor as one line over all of the part, which is higher than the print; it is told so."""
    trial = made(tmp_path, {"报": [FIRST]})
    x0, y0, x1, y1 = place(LOST, len(FIRST[LOST].printed))
    with serving(trial.work) as server:
        tab = opened(entered(browser, server), server)
        answered(tab, [(FIRST[LOST].printed, (x0 - 4, y0 - 8, x1 + 4, y1 + 8))])
        tab.keyboard.press("n")
        tab.mouse.move(*corner(tab, x0, y0))
        tab.mouse.down()
        tab.mouse.move(*corner(tab, x1, y1), steps=4)
        tab.mouse.up()
        until(tab, "document.querySelector('dialog [role=status]')?.textContent.includes('都已在现有的行里')")
        assert tab.input_value("dialog textarea") == ""


def test_a_drag_that_the_browser_takes_away_draws_nothing(browser: Browser, tmp_path: Path) -> None:
    """As where a finger's drag becomes a scroll: the rectangle can be drawn again from its first corner."""
    trial = made(tmp_path, {"报": [FIRST]})
    with serving(trial.work) as server:
        tab = opened(entered(browser, server), server)
        tab.keyboard.press("n")
        tab.mouse.move(*corner(tab, 100, 100))
        tab.mouse.down()
        tab.mouse.move(*corner(tab, 200, 200), steps=4)
        tab.evaluate("dispatchEvent(new PointerEvent('pointercancel', {isPrimary: true}))")
        tab.mouse.move(*corner(tab, 300, 300), steps=4)
        tab.mouse.up()
        tab.evaluate("new Promise((done) => setTimeout(done, 50))")
        assert tab.locator(".drawing").count() == 1
        tab.keyboard.press("Escape")
        until(tab, "!document.querySelector('.drawing')")


COLUMNS = (
    Told("春茶开采的消息", kind=RegionKind.HEADLINE),
    *(
        Told(text)
        for text in ("清明前的茶山", "还有雾，人已", "雨水正好，叶", "子也嫩，船在", "夜里靠岸，灯", "亮了一路。")
    ),
)
"""A headline over three columns of two lines each."""


def in_columns(*, upright: bool) -> Page:
    """The page of these lines, read from left to right, or, upright, in registers from the top down; the second is
    lost."""
    page = laid(1, COLUMNS, size=(1200, 1200))
    regions = [page.regions[0]]
    for n, line in enumerate(page.regions[1].lines):
        column, row = divmod(n, 2)
        width = EM * len(COLUMNS[n + 1].printed)
        x, y = (LEFT + PITCH * (1 - row), 200 + 300 * column) if upright else (LEFT + 300 * column, 200 + PITCH * row)
        box = (x, y, x + EM, y + width) if upright else (x, y, x + width, y + EM)
        corners = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))
        polygon = tuple((float(a), float(b)) for a, b in corners)
        turned = replace(line, polygon=polygon, direction=Direction.VERTICAL_RL if upright else line.direction)
        if column != 1:
            regions.append(replace(page.regions[1], id=f"c{n}", polygon=polygon, lines=(turned,)))
    return replace(page, regions=tuple(regions))


@pytest.mark.parametrize("upright", [False, True])
def test_a_lost_column_goes_on_from_the_one_before_it(browser: Browser, tmp_path: Path, upright: bool) -> None:
    """Under a headline that spans all columns the foot of the one before is offered first, then the head of the one
    behind; of vertical text these are the registers. Its lines come in the order of print, and are one block."""
    trial = made(tmp_path, {"报": [COLUMNS]}, size=(1200, 1200))
    trial.read({"报": [in_columns(upright=upright)]}, again=Rerun(stage=RunStage.LAYOUT), version="2")
    box = (LEFT, 500, LEFT + 100, 740) if upright else (LEFT + 300, 200, LEFT + 540, 300)
    with serving(trial.work) as server:
        tab = opened(entered(browser, server), server)
        blocks = tab.locator("path.region").count()
        halves = ((LEFT + 60, 500, LEFT + 100, 740), (LEFT, 500, LEFT + 40, 740))
        halves = halves if upright else ((box[0], 200, box[2], 240), (box[0], 260, box[2], 300))
        answered(tab, [("子也嫩，船在", halves[1]), ("雨水正好，叶", halves[0])], vertical=upright)
        tab.keyboard.press("n")
        until(tab, "document.getElementById('scan').classList.contains('drawing')")
        width = EM * len(COLUMNS[0].printed)
        tab.mouse.move(*corner(tab, box[0], box[1], width))
        tab.mouse.down()
        tab.mouse.move(*corner(tab, box[2], box[3], width), steps=4)
        tab.mouse.up()
        tab.wait_for_selector("dialog[open] textarea")
        until(tab, "document.querySelector('dialog textarea').value.includes('雨水')")
        assert tab.input_value("dialog textarea") == "雨水正好，叶\n子也嫩，船在"
        places = tab.locator("dialog select[aria-label=放在] option").all_inner_texts()
        tab.click("dialog button.main")
        settled(tab)
        until(tab, "document.getElementById('articles').textContent.includes('雨水')")
        assert tab.locator("path.region").count() == blocks + 1
    assert places[0] == "「还有雾，人已」之后"
    assert "「夜里靠岸，灯」之前" in places
    assert "还有雾，人已雨水正好，叶子也嫩，船在夜里靠岸" in trial.issue().articles[0].clean.text.replace("\n", "")


def test_a_part_is_drawn_with_a_finger_from_a_button(browser: Browser, tmp_path: Path) -> None:
    """The button is in sight, a tap draws nothing, and what is told to do goes with the box."""
    trial = made(tmp_path, {"报": [FIRST]})
    trial.read({"报": [without(laid(1, FIRST), LOST)]}, again=Rerun(stage=RunStage.LAYOUT), version="2")
    x0, y0, x1, y1 = place(LOST, len(FIRST[LOST].printed))
    with serving(trial.work) as server:
        tab = opened(entered(browser, server, has_touch=True), server)
        answered(tab, [(FIRST[LOST].printed, (x0, y0, x1, y1))])
        tab.tap("#draw")
        assert "拖出一个框" in tab.inner_text("#scan .adjusting")
        touch = tab.context.new_cdp_session(tab)
        start, end = corner(tab, x0, y0), corner(tab, x1, y1)
        for kind, point in (("Start", start), ("End", None), ("Start", start), ("Move", end), ("End", None)):
            points = [] if point is None else [{"x": point[0], "y": point[1]}]
            touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
        until(tab, "document.querySelector('dialog textarea')?.value.includes('今年')")
        assert tab.locator("#scan .adjusting").count() == 0
        address = tab.locator("dialog .beside img").get_attribute("src") or ""
        drawn_box = [int(n) for n in address.rpartition("/")[2].removesuffix(".png").split("-")]
        assert max(abs(a - b) for a, b in zip(drawn_box, (x0, y0, x1, y1), strict=True)) < 15, drawn_box


def test_what_another_engine_reads_is_proposed_and_taken_with_a_key(browser: Browser, tmp_path: Path) -> None:
    """R: its reading stands beside what there is, and decides nothing until it is chosen; u brings back what was."""
    trial = made(tmp_path, {"报": [FIRST]})
    text = trial.issue().articles[0].clean.text
    with serving(trial.work) as server:
        tab = opened(entered(browser, server), server)
        assert tab.input_value("#text") == "衣"
        answered(tab, [(FIRST[LOST].printed, place(LOST, len(FIRST[LOST].printed)))])
        tab.keyboard.press("R")
        tab.wait_for_selector("dialog[open] select")
        tab.select_option("dialog select[aria-label=引擎]", "tesseract")
        tab.click("dialog button.main")
        until(tab, "document.getElementById('candidates').textContent.includes('今年')")
        assert tab.locator("#candidates button").count() == 1
        assert trial.issue().articles[0].clean.text == text
        tab.keyboard.press("1")
        settled(tab)
        assert trial.issue().articles[0].clean.text == text.replace("上了衣", "上了山")
        tab.keyboard.press("u")
        settled(tab)
        assert trial.issue().articles[0].clean.text == text


def test_with_no_suspect_left_a_line_is_shown_and_nothing_accepted(browser: Browser, tmp_path: Path) -> None:
    """The page opens at its beginning, with the line's picture; the key that accepts decides nothing."""
    trial = made(tmp_path, {"报": [FIRST[:2]]})
    with serving(trial.work) as server:
        tab = opened(entered(browser, server), server)
        until(tab, "document.getElementById('line').naturalWidth > 0")
        assert tab.inner_text("#why") == "没有疑点了"
        assert tab.input_value("#text") == "春"
        for key in ("a", "r"):
            tab.keyboard.press(key)
            settled(tab)
        assert tab.input_value("#text") == "春"
    with Record.open(trial.work) as record:
        assert record.decisions("报") == []


def test_a_page_without_text_says_so_and_shows_nothing_of_what_was_there(browser: Browser, tmp_path: Path) -> None:
    """All of it deleted, nothing is left in work, and no key finds anything; u brings it back."""
    trial = made(tmp_path, {"报": [FIRST[:4]]})
    with serving(trial.work) as server:
        tab = opened(entered(browser, server), server)
        tab.keyboard.press("t")
        tab.wait_for_selector("dialog[open]")
        tab.select_option("dialog select[aria-label=范围]", "article")
        tab.click("dialog button[aria-label^=不是文字]")
        settled(tab)
        until(tab, "document.querySelectorAll('article').length === 0")
        assert "本版没有文字" in tab.inner_text("#articles")
        assert tab.is_hidden("#focus")
        assert tab.get_attribute("#line", "src") is None
        for key in ("j", "a", "e", "E", "i", "w", "x", "b", "S", "m", "{"):
            tab.keyboard.press(key)
        settled(tab)
        assert tab.errors == []  # type: ignore[attr-defined]
        tab.evaluate("document.activeElement.blur()")
        tab.keyboard.press("u")
        settled(tab)
        until(tab, "document.querySelectorAll('article').length === 1")
        tab.wait_for_selector("#line", state="visible")  # its picture comes after the text


@pytest.mark.parametrize(
    ("title", "chosen"),
    [("春茶开采", ["夜航船归", "（末尾）", "石桥新修"]), ("夜航船归", ["春茶开采", "春茶开采", "石桥新修"])],
)
def test_the_neighbours_are_offered_first(browser: Browser, tmp_path: Path, title: str, chosen: list[str]) -> None:
    """Of the other pieces those are chosen beforehand that are meant most often.

    A piece takes in the next one of its page, or the last one before it; it goes before the last one, or to the end;
    and it continues on the next page. Page heads are none of these.
    """
    body = Told("　　清明前的茶山还有雾，采茶的人已经上了山。")
    head = Told("2019年4月2日　星期二　第1版", kind=RegionKind.FOLIO)
    first = [Told("春茶开采", kind=RegionKind.HEADLINE), body, Told("夜航船归", kind=RegionKind.HEADLINE, article=2)]
    second = [head, Told("石桥新修", kind=RegionKind.HEADLINE), body]
    trial = made(tmp_path, {"报": [[head, *first, replace(body, article=2)], second]})
    with serving(trial.work) as server:
        tab = opened(entered(browser, server), server)
        tab.click(f"article :text('{title}')")
        tab.keyboard.press("t")
        tab.wait_for_selector("dialog[open]")
        fields = ("合并：并入此篇", "排在此篇之前", "转接到文章")
        told = [tab.locator(f"dialog select[aria-label={f}] option:checked").inner_text() for f in fields]
        assert [t.rpartition(" ")[2] for t in told] == chosen


def test_json_of_a_drawn_line_is_read_back(desk: Desk) -> None:
    """What was decided is the same after the record is opened anew."""
    line = drawn(FIRST[LOST].printed)
    desk.wish("p1-01", DrawLines(1, (line,), Role.BODY, (1, "l2")))
    again = Desk(desk.trial, "何青禾")
    assert json.dumps([s.line.text for s in again.article("p1-01").lines], ensure_ascii=False).count("今年的春茶") == 1
