"""How the review looks and is reached: contrast, names, the Tab key, no jumps of the layout; in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from banmian.store.rerun import Rerun, RunStage
from layout.geometry import Box
from layout.page import RegionKind
from tests.banmian.review.serving import Server, entered, opened, serving, settled, until
from tests.banmian.review.test_lost import with_lost
from tests.banmian.review.workspaces import Told, Trial, made
from tests.banmian.review.workspaces import page as laid

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
CONTRAST = (Path(__file__).parent / "contrast.js").read_text()
SIZES = ((1280, 800), (1024, 768), (820, 1180))
DIALOGS = {"keys": "?", "make-up": "t", "comment": "q", "assign": "@", "reread": "R", "reread-page": "T", "search": "/"}
"""The key that opens each."""
LONG = {("odd", "en"), *((d, "en") for d in DIALOGS if d != "keys")}
"""Views that take long, and are looked at in one language but with the soak."""
VIEWS = ("batch", "page", "changes", "lost", "draw", *DIALOGS, "glyphs", "odd", "people", "find", "metadata", "missing")
LINES = (
    Told("渡口灯火", kind=RegionKind.HEADLINE),
    Told("　　春 夜 的 渡 口 还 亮 着 灯 ，", {3: ("衣", 0.3, "夜")}),
    Told("船工把缆绳收好，灯还亮着", {2: ("玉", 0.4, "工"), 9: ("还", 0.95, "迩")}),
    Told("没有走。岸上的人（他们）说,灯不灭。", {4: ("崖", 0.5, None)}),
    Told("　　灯，照着归来的船，灯，照着离去的人。", {18: ("灯", 0.96, None)}),
)
LOST = Box(500, 20, 700, 60)
"""A place on the second page that layout took for lost text, in pixels of the scan."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    trial: Trial = made(tmp_path_factory.mktemp("looks"), {"青崖日报": [LINES, LINES], "青崖晚报": [LINES]})
    pages = {"青崖日报": [laid(1, LINES), with_lost(laid(2, LINES), LOST)], "青崖晚报": [laid(1, LINES)]}
    trial.read(pages, again=Rerun(stage=RunStage.LAYOUT), version="2")
    with serving(trial.work) as server:
        yield server


@pytest.fixture(scope="module")
def page(browser: Browser, server: Server) -> Page:
    return entered(browser, server, "林晚")


def show(page: Page, server: Server, view: str) -> None:
    """Brings the page to the view, with something of everything on it."""
    if view == "batch":
        page.goto(f"{server.base}/")
        page.wait_for_selector("body[data-ready]")
    elif view in ("glyphs", "odd"):
        page.goto(f"{server.base}/glyphs?{'odd=1' if view == 'odd' else 'char=灯&issue=2'}")
        page.wait_for_selector(".glyph")
    elif view == "find":
        page.goto(f"{server.base}/find?issue=1&page=1&text=灯")
        page.wait_for_selector("#hits li")
    elif view in ("people", "metadata"):
        page.goto(f"{server.base}/{view}{'/1' if view == 'metadata' else ''}")
    elif view == "missing":
        page.goto(f"{server.base}/page/1/99")
    elif view == "draw":
        opened(page, server)
        page.route("**/api/read*/**", lambda route: route.fulfill(json={"lines": []}))
        page.route("**/api/reader", lambda route: route.fulfill(json={}))
        page.keyboard.press("n")
        page.mouse.move(200, 300)
        page.mouse.down()
        page.mouse.move(320, 380, steps=3)
        page.mouse.up()
        page.wait_for_selector("dialog[open] textarea")
        page.unroute_all()
    elif view == "lost":
        opened(page, server, number=2)
        page.keyboard.press("l")
        page.wait_for_selector("#lost li:focus-within")
    else:
        opened(page, server)
        if view == "changes":
            page.keyboard.press("c")
            page.wait_for_selector("details[open] li")
        if view in DIALOGS:
            page.keyboard.press(DIALOGS[view])
            page.wait_for_selector("dialog[open]")


LOOKED_AT = [
    pytest.param(view, language, marks=pytest.mark.slow if (view, language) in LONG else ())
    for view in VIEWS
    for language in ("zh", "en")
]


@pytest.mark.parametrize(("view", "language"), LOOKED_AT)
def test_every_text_and_control_is_seen_and_named(page: Page, server: Server, view: str, language: str) -> None:
    """Text has 4.5:1, large text and the bounds of controls 3:1, from computed styles, by day and in the dark; nothing
    runs over the side; a screen reader has something to say of every button, field, link and picture; axe-core, which
    knows the rules of WCAG and more, finds nothing."""
    page.goto(f"{server.base}/language/{language}?back=/people")
    show(page, server, view)
    for width, height in SIZES if view in ("batch", "page") else SIZES[:1]:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (view, width)
        assert page.evaluate(WITHIN), (view, width)
        assert page.evaluate("document.scrollingElement.scrollHeight <= innerHeight"), (view, width)
    page.set_viewport_size({"width": 1280, "height": 800})
    if language == "zh":  # the other is built alike
        page.evaluate(AXE)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == GROUND[scheme]
        found: list[dict[str, Any]] = page.evaluate(CONTRAST)
        assert len(found) > 5
        assert [f for f in found if f["ratio"] < f["least"]] == [], scheme
        if language == "zh":
            told = page.evaluate("axe.run()")
            assert len(told["passes"]) > 10
            assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in told["violations"]] == [], scheme
    assert page.evaluate(NAMELESS) == []


GROUND = {"dark": "rgb(28, 26, 23)", "light": "rgb(251, 249, 244)"}
WITHIN = """(() => { const bar = document.querySelector('.bar').getBoundingClientRect();
  return [...document.querySelectorAll('.bar > *, .bar button, .bar a')].every(e => {
    const b = e.getBoundingClientRect();
    return getComputedStyle(e).position === 'fixed' || b.height === 0 || (b.top >= bar.top && b.bottom <= bar.bottom);
  }); })()"""
"""Whether all of the page's head lies within it."""

NAMELESS = """() => [...document.querySelectorAll('button, input, select, a, img, dialog')].filter(e => {
  const told = (ids) => (ids ?? '').split(' ').map(i => document.getElementById(i)?.textContent ?? '').join('');
  const labels = [...(e.labels ?? [])].map(l => l.textContent).join('') + told(e.getAttribute('aria-labelledby'));
  const own = e.tagName === 'INPUT' || e.tagName === 'SELECT' ? '' : e.textContent;
  const name = own + labels + (e.getAttribute('aria-label') ?? '') + (e.alt ?? '');
  return e.offsetParent && !name.trim() && e.alt !== '';
}).map(e => e.outerHTML.slice(0, 80))"""


CONTROLS = """[...document.querySelectorAll('a[href], button, input, select, summary')]
  .filter(e => e.offsetParent && !e.disabled && e.tabIndex >= 0 && !e.closest('.leaflet-control-attribution'))"""
REACHABLE = f"() => {CONTROLS}.length"
RING = f"""() => {{ const e = document.activeElement, s = getComputedStyle(e);
  return [{CONTROLS}.indexOf(e), s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2]; }}"""
"""The place of the control in focus among all that there are now: a list may be drawn anew while Tab is pressed."""


@pytest.mark.parametrize("view", ["batch", "page", "glyphs"])
def test_the_tab_key_reaches_every_control_in_the_order_that_is_seen(page: Page, server: Server, view: str) -> None:
    """Tab visits each control once, in the order of the page, and each shows where the focus is."""
    show(page, server, view)
    count = page.evaluate(REACHABLE)
    page.evaluate("document.activeElement.blur(); getSelection().collapse(document.body, 0)")
    reached = []
    for _ in range(count + 12):
        page.keyboard.press("Tab")
        name, ring = page.evaluate(RING)
        if name >= 0:
            reached.append(name)
            assert ring, page.evaluate("document.activeElement.outerHTML")
        if len(set(reached)) == count:
            break
    assert set(reached) == set(range(count))
    start = reached.index(0)
    assert reached[start:] == sorted(reached[start:])


def test_nothing_jumps_from_one_suspect_to_the_next(page: Page, server: Server) -> None:
    """The articles stay where they are while the place in work goes from suspect to suspect, sample and back."""
    opened(page, server)
    tops = set()
    for key in ("j", "j", "j", "s", "E", "Escape", "k"):
        page.keyboard.press(key)
        page.wait_for_timeout(60)
        tops.add(page.evaluate("document.getElementById('articles').getBoundingClientRect().top"))
    left = page.evaluate("document.getElementById('undo').getBoundingClientRect().left")
    page.keyboard.press("J")
    until(page, "document.getElementById('state').classList.contains('bad')")
    assert page.evaluate("document.getElementById('undo').getBoundingClientRect().left") == left
    assert len(tops) == 1


REASON = "second reader 0.288 · One reader sees …, the other sees nothing: right in 61 and 29 of 100 such places."


def test_a_reason_is_not_cut_short(page: Page, server: Server) -> None:
    """Why a character is in doubt can be read to its end beside the buttons, and its room is kept free for it."""
    opened(page, server)
    cut, top = (
        "(e) => e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight",
        "(e) => e.getBoundingClientRect().top",
    )
    before = page.eval_on_selector("#articles", top)
    page.eval_on_selector("#why", f"(e) => {{ e.textContent = {REASON!r}; }}")
    assert not page.eval_on_selector("#why", cut)
    assert page.eval_on_selector("#articles", top) == before


def test_a_finger_does_all_that_keys_do(browser: Browser, server: Server, page: Page) -> None:
    """On a tablet without a keyboard a suspect is corrected, every command is on the list, and targets are large."""
    context = browser.new_context(viewport={"width": 1024, "height": 768}, locale="en-GB", has_touch=True)
    context.add_cookies([c for c in page.context.cookies() if c["name"] != "banmian-language"])  # type: ignore[misc]
    tablet = opened(context.new_page(), server, 1, 2)
    assert tablet.inner_text("#undo") == "Undo"
    targets = "[...document.querySelectorAll('#act button, #deeds button, .bar button')]"
    assert tablet.evaluate(f"Math.min(...{targets}.map(b => b.offsetHeight))") >= 40
    tablet.tap("#candidates button >> nth=0")
    until(tablet, "document.querySelectorAll('.e.p-person').length === 1")
    settled(tablet)
    tablet.tap("#help")
    tablet.tap("dialog li:has-text('undo') button")
    until(tablet, "document.querySelectorAll('.e.p-person').length === 0")
    context.close()
