"""Typed text is never discarded: whatever its person does next, it is saved or still there, and the page says which."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from cleanup.edits.edit import Pass
from cleanup.edits.ledger import Standing
from tests.banmian.review.serving import Server, decide, entered, opened, serving, settled, until
from tests.banmian.review.test_browser import _client
from tests.banmian.review.workspaces import Told, Trial, made

LINES = (
    Told("　　渡口的灯一盏一盏亮起来，船工把缆绳收好。", {5: ("打", 0.3, None), 10: ("壳", 0.4, None)}),
    Told("　　岸上的人还在挥手，直到看不清谁的脸。", {4: ("约", 0.4, None)}),
    Told("　　刻着己经两个字的木牌还挂在船头。"),
)


PAGES = iter(range(1, 99))
"""Each test takes a page of its own."""


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return made(tmp_path_factory.mktemp("typed"), {"报": [LINES] * 14})


@pytest.fixture(scope="module")
def server(trial: Trial) -> Iterator[Server]:
    with serving(trial.work) as server:
        yield server


@pytest.fixture(scope="module")
def tab(browser: Browser, server: Server) -> Page:
    return entered(browser, server)


@pytest.fixture
def page(tab: Page, server: Server) -> Page:
    tab.errors.clear()  # type: ignore[attr-defined]
    return opened(tab, server, 1, next(PAGES))


def typed(page: Page, text: str) -> None:
    page.keyboard.press("e")
    until(page, "document.activeElement.id === 'text'")
    page.keyboard.insert_text(text)


def text_of(trial: Trial, page: Page | int) -> str:
    number = page if isinstance(page, int) else number_of(page)
    return next(a.clean.text for a in trial.issue().articles if a.pages == (number,))


def number_of(page: Page) -> int:
    return int(page.url.rpartition("/")[2])


ELSEWHERE: list[tuple[str, Callable[[Page], None]]] = [
    ("the button of the next suspect", lambda p: p.click("#next")),
    ("the button to accept", lambda p: p.click("#accept")),
    ("a place in the text", lambda p: p.click("article .row:nth-of-type(2) span.t >> nth=-1")),
    ("the scan", lambda p: p.click("#scan", position={"x": 200, "y": 200})),
    ("the page's head", lambda p: p.click("h1")),
    ("the next page", lambda p: p.click(".bar nav a")),
    ("the batch", lambda p: p.click(".brand")),
]


@pytest.mark.parametrize(("where", "go"), ELSEWHERE, ids=[e[0] for e in ELSEWHERE])
def test_a_click_elsewhere_saves_what_was_typed(
    page: Page, trial: Trial, where: str, go: Callable[[Page], None]
) -> None:
    """The text is in the article, the page said that it was saved, and nothing waits."""
    number, url = number_of(page), page.url
    typed(page, "灯塔")
    assert page.inner_text("#state") == "未保存"
    go(page)
    if where in ("the next page", "the batch"):
        page.wait_for_url(lambda now: now != url)
        page.wait_for_load_state()
    else:
        page.wait_for_timeout(150)
        settled(page)
        assert page.inner_text("#state") == "已保存"
    assert "渡口的灯塔一盏" in text_of(trial, number), where
    assert page.evaluate("localStorage.getItem('banmian-drafts')") is None
    assert page.errors == []  # type: ignore[attr-defined]


def test_closing_the_tab_asks_and_the_text_is_there_again(page: Page, server: Server, trial: Trial) -> None:
    """Leaving with text in the field asks; who leaves all the same finds it on the page, and goes on with it."""
    asked: list[str] = []
    page.once("dialog", lambda d: asked.append(d.type))
    typed(page, "灯塔")
    page.evaluate("location.reload()")
    page.wait_for_timeout(600)
    assert asked == ["beforeunload"]
    other = page.context.new_page()
    other.goto(f"{server.base}/page/1/{number_of(page)}")
    other.wait_for_selector(".draft")
    assert "灯塔" in other.inner_text(".draft")
    assert "灯塔" not in text_of(trial, page)
    other.click(".draft button >> nth=0")
    assert other.input_value("#text") == "灯塔"
    other.keyboard.press("Enter")
    settled(other)
    assert "渡口的灯塔一盏" in text_of(trial, page)
    assert other.locator(".draft").count() == 0
    other.close()
    page.evaluate("(f => { f.value = ''; f.dispatchEvent(new Event('input')); })(document.getElementById('text'))")
    page.keyboard.press("Escape")


def test_a_refused_text_stays_in_its_field(page: Page, trial: Trial) -> None:
    """What the server does not take is told in words, and stays in the field until it is changed or given up."""
    typed(page, "灯" * 30_000)
    page.keyboard.press("Enter")
    until(page, "document.getElementById('state').classList.contains('bad')")
    settled(page)
    assert "太长" in page.inner_text("#state")
    until(page, "document.querySelector('#text.unsaved')?.value.length === 30000")
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    assert page.input_value("#text") == "打"
    assert "渡口的打一" in text_of(trial, page)
    assert len(page.inner_text("#candidates button")) < 100  # it can still be chosen, and is not shown whole


def test_a_colleague_elsewhere_does_not_touch_what_is_being_typed(page: Page, server: Server, trial: Trial) -> None:
    """While a text is typed another person changes the same line: the field keeps it, and it is saved in its place."""
    typed(page, "灯塔")
    wish = {"type": "type", "start": 0, "end": 1, "was": text_of(trial, page)[0], "text": "夜渡"}
    assert decide(_client(page, server), f"p{number_of(page)}-01", 0, wish).status_code == 200
    until(page, "document.querySelectorAll('.e.p-person').length === 1")
    assert page.input_value("#text") == "灯塔"
    page.keyboard.press("Enter")
    settled(page)
    assert text_of(trial, page).startswith("夜渡口的灯塔一盏")


def test_what_is_given_up_can_be_chosen_again(page: Page, trial: Trial) -> None:
    """Escape brings the reading back, and the text that was typed becomes a candidate."""
    typed(page, "灯塔")
    page.keyboard.press("Escape")
    assert page.input_value("#text") == "打"
    assert "灯塔" in page.inner_text("#candidates")
    page.keyboard.press("1")
    settled(page)
    assert "渡口的灯塔一盏" in text_of(trial, page)


def test_a_link_waits_for_the_server(page: Page, trial: Trial) -> None:
    """On a slow line the page is left only when the text is saved."""

    def late(route: Route) -> None:
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/api/decide", late)
    typed(page, "灯塔")
    number = number_of(page)
    page.click(".brand")
    page.wait_for_url(lambda url: url.endswith("/"))
    page.unroute("**/api/decide")
    assert "渡口的灯塔一盏" in text_of(trial, number)


def test_the_text_that_is_left_in_its_field_is_what_stays(page: Page, trial: Trial) -> None:
    """The buttons say what a proposed change would leave; Enter on the text as it is refuses the change."""
    number = number_of(page)
    page.click("article .s.proposed")
    assert page.inner_text("#accept span") == "接受「已」"
    assert page.inner_text("#refuse span") == "仍作「己」"
    assert page.input_value("#text") == "己"
    page.keyboard.press("e")
    page.keyboard.press("Enter")
    settled(page)
    until(page, "document.querySelectorAll('article .s.proposed').length === 0")
    (article,) = (a for a in trial.issue().articles if a.pages == (number,))
    assert [e.standing for e in article.ledger if e.edit.by is Pass.CONFUSABLES] == [Standing.REFUSED]
    assert "己经" in text_of(trial, number)
    assert page.errors == []  # type: ignore[attr-defined]


def test_a_correction_away_from_suspects_stays_in_sight_and_undo_leads_to_what_was_undone(page: Page) -> None:
    """Where somebody went with `/` the corrected place stays in work; the next key goes on; undo comes back to it."""
    page.keyboard.press("/")
    page.fill("dialog[open] input", "木牌")
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'text'")
    page.fill("#text", "铁牌")
    page.keyboard.press("Enter")
    settled(page)
    until(page, "document.getElementById('text').value === '铁牌'")
    page.keyboard.press("a")
    settled(page)
    until(page, "document.getElementById('text').value === '打'")
    page.keyboard.press("a")
    settled(page)
    for shown in ("打", "木"):
        page.keyboard.press("u")
        settled(page)
        until(page, f"document.getElementById('text').value === '{shown}'")
