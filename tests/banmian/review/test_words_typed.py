"""Text like text: a stretch is selected and replaced, text inserted, the unreadable marked, and found text replaced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page

from banmian.archive.export import ExportRequest, export
from banmian.archive.formats import ExportOptions, Format
from banmian.store.workspace import Workspace
from tests.banmian.review.serving import Server, entered, opened, serving, settled, until
from tests.banmian.review.test_decided import Desk
from tests.banmian.review.workspaces import Told, Trial, made

LINES = (
    Told("　　𠮶江渡口的灯一盏一盏亮起来，船工把缆绳", {11: ("蓋", 0.3, None)}),
    Told("收好，岸上的人还在挥手。"),
    Told("　　灯亮了一路，渡口的夜很静。"),
)
PAGES = iter(range(1, 99))


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return made(tmp_path_factory.mktemp("words"), {"报": [LINES] * 6, "乙": [LINES]})


@pytest.fixture(scope="module")
def server(trial: Trial) -> Iterator[Server]:
    with serving(trial.work) as server:
        yield server


@pytest.fixture(scope="module")
def tab(browser: Browser, server: Server) -> Page:
    return entered(browser, server)


@pytest.fixture
def page(tab: Page, server: Server, trial: Trial) -> Page:
    tab.errors.clear()  # type: ignore[attr-defined]
    return opened(tab, server, trial.entry("报").id, next(PAGES))


def text_of(trial: Trial, page: Page) -> str:
    number = int(page.url.rpartition("/")[2])
    return next(a.clean.text for a in trial.issue("报").articles if a.pages == (number,))


SELECT = """([from, to]) => {
  const [span, last] = [from, to].map(t =>
    [...document.querySelectorAll('article span.t')].find(s => s.textContent.includes(t)));
  const range = document.createRange(), chosen = getSelection();
  range.setStart(span.firstChild, span.textContent.indexOf(from));
  range.setEnd(last.firstChild, last.textContent.indexOf(to) + to.length);
  chosen.removeAllRanges(); chosen.addRange(range);
  span.dispatchEvent(new MouseEvent('click', { bubbles: true })); }"""


def test_a_selected_stretch_is_replaced(page: Page, trial: Trial) -> None:
    """The mouse selects from before a suspect to behind it; what is typed takes its place, and undo brings it back."""
    before = text_of(trial, page)
    page.evaluate(SELECT, ["灯一盏一", "亮起来"])
    until(page, "document.activeElement.id === 'text'")
    assert page.input_value("#text") == "灯一盏一蓋亮起来"
    page.keyboard.insert_text("灯都亮了起来")
    page.keyboard.press("Enter")
    settled(page)
    assert text_of(trial, page) == before.replace("灯一盏一蓋亮起来", "灯都亮了起来")
    page.keyboard.press("u")
    settled(page)
    until(page, "document.querySelectorAll('.e.p-person').length === 0")
    assert text_of(trial, page) == before


def test_text_is_inserted_before_and_behind_a_character(page: Page, trial: Trial) -> None:
    """i and I open an empty field at the place; behind a rare hanzi too."""
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open] input")
    page.keyboard.insert_text("𠮶")
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'text'")
    page.keyboard.press("Escape")
    for key, text in (("I", "大"), ("i", "小")):
        page.keyboard.press(key)
        until(page, "document.activeElement.id === 'text'")
        assert page.input_value("#text") == ""
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")
        settled(page)
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(60)
    text = text_of(trial, page)
    assert "𠮶大江" in text or "𠮶小大江" in text
    assert text.count("小") == 1


def test_a_click_on_what_was_inserted_takes_that_character(page: Page, trial: Trial) -> None:
    """What a person put in where nothing stood is corrected, broken off and taken away itself, not its neighbour."""
    before = text_of(trial, page)
    page.click("article .row.body span.t >> nth=0", position={"x": 8, "y": 10})
    page.keyboard.press("I")
    until(page, "document.activeElement.id === 'text'")
    page.keyboard.insert_text("夏")
    page.keyboard.press("Enter")
    settled(page)
    page.click(".e.p-person ins")
    assert page.input_value("#text") == "夏"
    page.keyboard.press("b")
    settled(page)
    assert "\n夏" in text_of(trial, page)
    page.click(".e.p-person ins >> nth=-1")
    page.keyboard.press("u")
    settled(page)
    page.click(".e.p-person ins")
    page.keyboard.press("x")
    settled(page)
    assert text_of(trial, page) == before


def test_what_cannot_be_read_is_a_gap_in_exports(tmp_path: Path) -> None:
    """A □ that a person writes is a gap in TEI and a tag in PAGE; one that is printed is a character."""
    desk = Desk(made(tmp_path, {"报": [[Told("　　□本报记者在渡口𠮶的灯下采访，夜很静。")]]}))
    assert desk.type("p1-01", "的灯下", "的□下").status == 200
    with Workspace.open(desk.trial.work) as workspace:
        for form in (Format.TEI, Format.PAGE):
            export(workspace, ExportRequest(ExportOptions(form), tmp_path / form.value))
    tei = next((tmp_path / "tei").rglob("*.xml"))
    gaps = etree.parse(tei).findall(".//{http://www.tei-c.org/ns/1.0}gap")
    assert [(g.get("reason"), g.getparent().tag.rpartition("}")[2]) for g in gaps] == [("illegible", "reg")]
    text = "".join(etree.parse(tei).getroot().itertext())
    assert "□本报记者" in text
    page = next(p for p in (tmp_path / "page").rglob("*.xml") if "unclear" in p.read_text())
    line = next(e for e in etree.parse(page).iter("{*}TextLine") if "unclear" in e.get("custom", ""))
    offset = int(line.get("custom", "").partition("offset:")[2].partition(";")[0])
    corrected = next(e for e in line.iterchildren("{*}TextEquiv") if e.get("index") == "0").findtext("{*}Unicode") or ""
    assert corrected[offset] == "□"
    assert corrected[offset - 1] == "的"


@pytest.mark.parametrize(("scope", "places"), [("page", 2), ("issue", 12), ("batch", 14)])
def test_a_found_text_is_shown_everywhere_and_replaced_where_ticked(
    tab: Page, server: Server, trial: Trial, scope: str, places: int
) -> None:
    """Over page, issue and batch: each place with what it would be; one is left out; all is undone in one go."""
    number = trial.entry("报").id
    before = [a.clean.text for name in ("报", "乙") for a in trial.issue(name).articles]
    tab.goto(f"{server.base}/find?issue={number}&page=6&text=渡口")
    tab.select_option("#scope", scope)
    tab.click("#seek button")
    until(tab, f"document.querySelectorAll('#hits li').length === {places}")
    tab.fill("#by", "津𠮶")
    assert tab.inner_text("#hits li >> nth=0 >> ins") == "津𠮶"
    tab.uncheck("#hits input >> nth=0")
    tab.click("#go")
    until(tab, "document.getElementById('told').textContent.includes('已替换')")
    after = "".join(a.clean.text for name in ("报", "乙") for a in trial.issue(name).articles)
    assert after.count("津𠮶") == places - 1
    tab.click("#undo")
    until(tab, "document.getElementById('told').textContent === '已撤销'")
    assert [a.clean.text for name in ("报", "乙") for a in trial.issue(name).articles] == before


def test_one_found_place_is_corrected_where_it_is_found(tab: Page, server: Server, trial: Trial) -> None:
    """Each hit has a field of its own, and a link that opens its page at the line."""
    number = trial.entry("报").id
    tab.goto(f"{server.base}/find?issue={number}&page=5&text=很静")
    until(tab, "document.querySelectorAll('#hits li').length === 1")
    tab.click("#hits button")
    tab.keyboard.insert_text("真静")
    tab.keyboard.press("Enter")
    until(tab, "document.getElementById('told').textContent === '已保存'")
    tab.goto(f"{server.base}/find?issue={number}&page=5&text=真静")
    until(tab, "document.querySelectorAll('#hits li').length === 1")
    tab.click("#hits a")
    tab.wait_for_selector("body[data-ready]")
    assert "灯亮了一路" in tab.inner_text("#spoken") or "灯" in tab.input_value("#text")
    assert "渡口的夜真静" in next(a.clean.text for a in trial.issue("报").articles if a.pages == (5,))
