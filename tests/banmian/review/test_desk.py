"""A day's work in a real Chromium: every kind of decision by its key, the scan and the text lighting each other up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route

from banmian.decisions.record import Record
from banmian.review.batchview import Batch, Look
from banmian.review.shelf import Shelf
from banmian.store.rerun import Rerun, RunStage
from cleanup.article import Article, ArticleKind
from cleanup.edits.edit import Pass
from cleanup.edits.ledger import Standing
from layout.page import Direction, RegionKind
from tests.banmian.review.serving import Server, entered, opened, serving, settled, step, until
from tests.banmian.review.workspaces import Told, Trial, made
from tests.banmian.review.workspaces import page as laid

HEAD = RegionKind.HEADLINE
FRONT = (
    Told("春茶开采", kind=HEAD),
    Told("　　清明前的茶山还有雾，采茶的人已经"),
    Told("上了山。今年的春茶比去年早了七八天。", {2: ("衣", 0.3, "山"), 7: ("舂", 0.4, None)}),
    Told("　　老茶农说，雨水正好,叶子也嫩。", {4: ("衣", 0.4, None)}),
    Told("夜航船归", kind=HEAD, article=2),
    Told("　　船在夜里靠岸，灯亮了一路，岸上的", article=2),
    Told("人还在挥手。（下转第2版）", article=2),
)
BACK = (
    Told("夜航船归", kind=HEAD),
    Told("　　（上接第1版）船工把缆绳收好，天"),
    Told("就亮了，江面上起了一层薄薄的雾。"),
    Told("江上新桥", kind=HEAD, article=2),
    Told("　　新桥的灯昨夜亮了，桥下的船慢了下来。", article=2),
)


FRAME = """(() => {
  const [s, l] = ['spot', 'line'].map(i => document.getElementById(i).getBoundingClientRect());
  return (s.x + s.width / 2 - l.x) / l.width; })()"""
"""Where along the line's picture the middle of the frame is, 0 to 1."""


FRAME_DOWN = FRAME.replace("s.x + s.width / 2 - l.x) / l.width", "s.y + s.height / 2 - l.y) / l.height")
"""The same of a vertical line, from its top."""
BESIDE = """(() => {
  const box = id => document.getElementById(id).getBoundingClientRect(), crop = box('crop'), focus = box('focus');
  const apart = ['act', 'deeds'].every(id => box(id).right <= crop.left);
  return apart && crop.height > 100 && Math.abs(box('line').width - crop.width) < 4 && crop.bottom <= focus.bottom;
})()"""
"""Whether the picture of a vertical line fills its frame, and stands beside the field and the buttons."""

MIDDLE = """(() => {
  const [g, m] = [document.querySelector('#scan .looked-at'), document.getElementById('scan')]
    .map(e => e.getBoundingClientRect());
  return Math.hypot(g.x + g.width / 2 - m.x - m.width / 2, g.y + g.height / 2 - m.y - m.height / 2) < 30; })()"""
"""Whether the glyph stands in the middle of the scan's view."""


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return made(tmp_path_factory.mktemp("desk"), {"报": [FRONT, BACK]})


@pytest.fixture(scope="module")
def server(trial: Trial) -> Iterator[Server]:
    with serving(trial.work) as server:
        yield server


@pytest.fixture(scope="module")
def tab(browser: Browser, server: Server) -> Page:
    return entered(browser, server, "林晚")


@pytest.fixture
def page(tab: Page, server: Server, trial: Trial) -> Iterator[Page]:
    """The first page under review; what a test decides there is undone, and nothing is left of it."""
    before = outcome(trial)
    opened(tab, server)
    yield tab
    settled(tab)
    with httpx.Client(base_url=server.base, cookies={c["name"]: c["value"] for c in tab.context.cookies()}) as client:
        for _ in range(8):
            if outcome(trial) == before:
                break
            assert step(client, "undo").status_code == 200
    assert outcome(trial) == before
    assert tab.errors == []  # type: ignore[attr-defined]


def outcome(trial: Trial) -> list[object]:
    """What an export would tell of each article."""
    return [(a.id, a.kind, a.pages, a.clean.text, [s.role for s in a.lines]) for a in trial.issue().articles]


def article(trial: Trial, title: str) -> Article:
    return next(a for a in trial.issue().articles if a.title == title)


def found(page: Page, text: str) -> None:
    """Goes to a text by key, and leaves the field."""
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open] input")
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'text'")
    page.keyboard.press("Escape")


def pressed(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(60)
        settled(page)


def decided_in(page: Page, label: str, value: str, scope: str | None = None) -> None:
    """Opens the make-up, chooses, and applies, by keys alone."""
    page.keyboard.press("t")
    page.wait_for_selector("dialog[open]")
    if scope is not None:
        page.select_option("dialog select[aria-label=范围]", scope)
    page.select_option(f"dialog select[aria-label='{label}']", value)
    page.focus(f"dialog button[aria-label^='{label}']")
    page.keyboard.press("Enter")
    page.wait_for_timeout(80)
    settled(page)


def test_a_proposal_is_refused_and_accepted_by_key_and_a_pass_in_one_go(page: Page, trial: Trial) -> None:
    """The mark set by rule is refused with r and accepted with a; all joined lines of the article with one button."""
    page.keyboard.press("c")
    page.click("details[open] li.p-punctuation button >> nth=0")
    pressed(page, "r")
    assert "正好,叶子" in article(trial, "春茶开采").clean.text
    pressed(page, "u")
    assert "正好，叶子" in article(trial, "春茶开采").clean.text
    page.keyboard.press("c")
    page.click("details[open] h3.p-line_join button >> nth=1")
    settled(page)
    page.wait_for_timeout(100)
    standings = {e.standing for e in article(trial, "春茶开采").ledger if e.edit.by is Pass.LINE_JOIN}
    assert standings == {Standing.REFUSED}


def test_paragraphs_are_split_and_joined_by_key(page: Page, trial: Trial) -> None:
    """b begins a paragraph at the cursor, B joins it with the next."""
    found(page, "今年")
    pressed(page, "b")
    assert any(p.startswith("今年") for p in article(trial, "春茶开采").paragraphs)
    found(page, "老茶")
    pressed(page, "k")
    found(page, "七八天")
    pressed(page, "B")
    assert any("七八天。老茶" in p for p in article(trial, "春茶开采").paragraphs)


def test_parts_kinds_and_places_are_mended_by_key(page: Page, trial: Trial) -> None:
    """A headline's part, a block's kind, a piece's kind, and a line's place in the order."""
    decided_in(page, "角色（标题、正文…）", "subhead", "block")
    assert "今年的舂茶" in next(iter(a for a in trial.issue().articles if a.id == "p1-01")).subheads[0]
    pressed(page, "u")
    decided_in(page, "区块类型", "caption")
    assert article(trial, "春茶开采").captions
    pressed(page, "u")
    decided_in(page, "整篇类型", "advert")
    assert article(trial, "春茶开采").kind is ArticleKind.ADVERT


def test_a_line_goes_to_another_article(page: Page, trial: Trial) -> None:
    """The line in work is moved to the next article's end, and back again."""
    other = article(trial, "夜航船归").id
    found(page, "老茶")
    decided_in(page, "移到文章", other)
    assert "雨水正好" in article(trial, "夜航船归").clean.text
    assert "雨水正好" not in article(trial, "春茶开采").clean.text


def test_a_jump_is_cut_and_set_by_key(page: Page, trial: Trial) -> None:
    """J parts the article where it turns to page 2; the make-up joins two that belong together."""
    assert article(trial, "夜航船归").pages == (1, 2)
    pressed(page, "]")
    pressed(page, "J")
    assert article(trial, "夜航船归").pages == (1,)
    assert any("船工把缆绳" in a.clean.text and a.pages == (2,) for a in trial.issue().articles)
    pressed(page, "u")
    bridge = next(a for a in trial.issue().articles if "新桥的灯" in a.clean.text)
    decided_in(page, "转接到文章", bridge.id)
    assert {a.title for a in trial.issue().articles if a.kind is ArticleKind.ARTICLE} == {"春茶开采", "夜航船归"}


def test_candidates_edits_and_deletions_by_key_undo_and_redo(page: Page, trial: Trial) -> None:
    """1 takes the other reading, e types, x takes away; undo and redo walk all of it back and forth."""
    texts = [article(trial, "春茶开采").clean.text]
    pressed(page, "1")
    texts.append(article(trial, "春茶开采").clean.text)
    assert texts[-1] == texts[0].replace("上了衣", "上了山")
    pressed(page, "e")
    page.keyboard.insert_text("春")
    pressed(page, "Enter")
    texts.append(article(trial, "春茶开采").clean.text)
    assert texts[-1] == texts[1].replace("舂", "春")
    pressed(page, "x")
    texts.append(article(trial, "春茶开采").clean.text)
    assert texts[-1] == texts[2].replace("老茶衣", "老茶")
    for n in (2, 1, 0):
        pressed(page, "u")
        assert article(trial, "春茶开采").clean.text == texts[n]
    for n in (1, 2, 3):
        pressed(page, "U")
        assert article(trial, "春茶开采").clean.text == texts[n]


ROWS = """[...document.querySelectorAll('article')].map(a => [...a.querySelectorAll('.row')].map(r => [r.dataset.end,
  r.className, r.innerText, ...[...r.querySelectorAll('[data-at]')].map(s => [s.textContent, {...s.dataset},
    [...s.classList].filter(c => !['now', 'lit'].includes(c)).join(' ')])]))"""
"""All that an article's text is made of in the browser, but for what is in work."""


def test_the_text_after_a_decision_is_that_of_a_page_opened_anew(page: Page, server: Server) -> None:
    """Rows that a decision leaves as they were stay, with the offsets that they have now."""
    for text in ("今年", "七八天"):
        found(page, text)
        page.keyboard.press("e")
        page.keyboard.insert_text(f"{text}多了几个字")
        pressed(page, "Enter")
    pressed(page, "j", "a", "u")
    kept = page.evaluate("document.querySelector('article .row').made = 'kept'; document.querySelector('.row').made")
    found(page, "老茶")
    page.keyboard.press("e")
    page.keyboard.insert_text("茶")
    pressed(page, "Enter")
    assert page.evaluate("document.querySelector('article .row').made") == kept
    rows = page.evaluate(ROWS)
    opened(page, server)
    assert page.evaluate(ROWS) == rows


def test_marked_lines_are_what_the_make_up_is_about(page: Page) -> None:
    """A line marked in another article takes the focus; moved elsewhere it is offered its place in print."""
    line = page.locator("article span[data-at]", has_text="灯亮了").first
    line.scroll_into_view_if_needed()
    line.click(modifiers=["Shift"])
    assert page.evaluate("document.querySelectorAll('.picked').length") > 0
    pressed(page, "t")
    page.wait_for_selector("dialog[open]")
    first = page.evaluate("document.querySelector('dialog select[aria-label=移到文章]').selectedOptions[0].text")
    assert first == "夜航船归 ✓"
    page.select_option("dialog select[aria-label=移到文章]", label="1 · 春茶开采")
    place = page.evaluate("document.querySelector('dialog select[aria-label=放在此行之前]').value")
    assert place == ""  # it is printed below all of them
    page.keyboard.press("Escape")
    pressed(page, "Escape")
    assert page.evaluate("document.querySelectorAll('.picked').length") == 0


def test_scan_and_text_light_each_other_up(page: Page) -> None:
    """The pointer on a character frames it on the scan; on the scan it lights its line and character in the text."""
    frame = "document.querySelector('#scan .looked-at').getAttribute('d')"
    text = page.locator("article span[data-at]", has_text="雨水正好").first
    box = text.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    first = page.evaluate(frame)
    page.mouse.move(box["x"] + 80, box["y"] + box["height"] / 2)
    assert page.evaluate(frame) != first
    pressed(page, "o")
    assert page.evaluate("getComputedStyle(document.querySelector('.region')).display") == "none"
    pressed(page, "o", "z", "z")
    spot = page.evaluate("(() => { const b = document.querySelector('#scan .looked-at').getBoundingClientRect();"
                         " return [b.x + b.width / 2, b.y + b.height / 2]; })()")  # fmt: skip
    page.mouse.move(*spot)
    assert page.evaluate("document.querySelectorAll('.lit').length") > 0
    assert page.evaluate("[...CSS.highlights.get('glyph')].length") == 1


def test_what_was_decided_before_does_not_lay_the_page_out_again(page: Page, server: Server) -> None:
    """On a slow day the server tells of the last decision before the page has come: it is asked for once."""
    pressed(page, "1", "u")
    asked: list[str] = []

    def late(route: Route) -> None:
        asked.append(route.request.url)
        answer = route.fetch()
        page.wait_for_timeout(500)
        route.fulfill(response=answer)

    page.goto("about:blank")  # the page before asks for nothing any more
    page.route("**/api/page/**", late)
    opened(page, server)
    page.wait_for_timeout(300)
    page.unroute("**/api/page/**")
    assert len(asked) == 1


def test_the_bar_says_what_it_means(page: Page, server: Server) -> None:
    """Moved by the arrow keys, the bar tells at once how many suspects it makes and what share of errors; it stays."""
    counts = []
    page.focus("#bar")
    for _ in range(6):
        counts.append(int(page.inner_text("#count").split("·")[1].split()[0]))
        for _ in range(8):
            page.keyboard.press("ArrowLeft")
    assert counts[0] == 3
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] < 3
    assert "%" in page.inner_text("#count") or counts[-1] == 0
    told = page.inner_text("#count")
    opened(page, server)
    assert page.inner_text("#count") == told
    page.evaluate("localStorage.clear()")


def test_both_readings_stand_under_the_enlarged_line(page: Page) -> None:
    """Where the readers differ, both lines are there and the place is marked; the frame is on the glyph."""
    assert page.inner_text("#readings dd >> nth=0").replace("\n", "") == FRONT[2].printed.replace(
        "山", "衣", 1
    ).replace("春", "舂")
    assert page.inner_text("#readings dd >> nth=1 >> b") == "山"
    until(page, "document.getElementById('line').naturalWidth > 0")
    assert abs(page.evaluate(FRAME) - 2.5 / 18) < 0.03


@pytest.mark.slow
def test_one_in_ten_confident_lines_is_sampled(browser: Browser, tmp_path: Path) -> None:
    """s shows confident lines alone; Enter says right, e corrects, and the rate so far is told."""
    lines = [Told(f"　　第{n}夜的灯亮着，船还没有走{n}次。") for n in range(90)]
    trial = made(tmp_path, {"报": [lines]})
    with serving(trial.work) as server:
        page = opened(entered(browser, server), server)
        page.keyboard.press("s")
        pressed(page, "Enter")
        page.keyboard.press("e")
        page.keyboard.press("End")
        page.keyboard.insert_text("！")
        pressed(page, "Enter")
        until(page, "document.getElementById('state').textContent.includes('抽查 2 行')")
        assert "错 1 字" in page.inner_text("#state")


def test_a_waiting_decision_is_kept_over_a_restart(browser: Browser, tmp_path: Path) -> None:
    """Decided while the server is gone, saved when it is back, without reload and without a new address."""
    trial = made(tmp_path, {"报": [FRONT]})
    with serving(trial.work) as server:
        page = opened(entered(browser, server), server)
        server.stop(kill=True)
        page.keyboard.press("1")
        until(page, "document.getElementById('state').classList.contains('bad')")
    with serving(trial.work):
        until(page, "document.querySelectorAll('.e.p-person').length === 1")
    assert "上了山" in article(trial, "春茶开采").clean.text


@pytest.mark.slow
def test_who_is_no_longer_known_is_told_what_to_do(browser: Browser, tmp_path: Path) -> None:
    """With the key gone a decision waits, says how to come in again, and is saved once the person has."""
    trial = made(tmp_path, {"报": [FRONT]})
    with serving(trial.work) as server:
        page = opened(entered(browser, server), server)
        page.context.clear_cookies()
        page.keyboard.press("1")
        until(page, "document.getElementById('state').textContent.includes('banmian review')")
        server.stop(kill=True)
    with serving(trial.work) as server:
        other = page.context.new_page()
        other.goto(server.address)
        other.fill("input[name=name]", "林晚")
        other.keyboard.press("Enter")
        until(page, "document.querySelectorAll('.e.p-person').length === 1")


@pytest.mark.slow
def test_changed_ground_is_shown_with_all_it_was(browser: Browser, tmp_path: Path) -> None:
    """After another reading the page says what stood there, what was decided and what stands there now."""
    trial = made(tmp_path, {"报": [FRONT]})
    with serving(trial.work) as server:
        page = opened(entered(browser, server), server)
        pressed(page, "1")
        again = [*FRONT[:2], replace(FRONT[2], misread={2: ("止", 0.9, None)}), *FRONT[3:]]
        trial.read({"报": [laid(1, again)]}, again=Rerun(stage=RunStage.READING), version="2")
        page.wait_for_timeout(1200)
        opened(page, server)
        assert page.inner_text(".changed b >> nth=0") == "衣"
        assert page.inner_text(".changed b >> nth=1") == "山"
        assert page.inner_text(".changed b >> nth=2") == "止"
        page.goto(f"{server.base}/")
        page.wait_for_selector(".card.trouble")


def test_vertical_lines_stand_upright_and_are_framed(browser: Browser, tmp_path: Path) -> None:
    """A vertical line's picture stands beside the text with a neighbour on either side, and the frame is where the
    glyph is; the text stands too, until v lays it; z brings the glyph into the middle of the scan."""
    lines = (Told("灯亮着，船还没有走，人也还没有散。", {3: ("囗", 0.3, None)}),)
    trial = made(tmp_path, {"报": [lines]}, size=(900, 900))
    upright = laid(1, lines, size=(900, 900))
    column = upright.regions[0].lines[0]
    glyphs = tuple(
        replace(g, box=type(g.box)(400, 80 + 40 * n, 440, 120 + 40 * n)) for n, g in enumerate(column.glyphs) if g.box
    )
    end = 80.0 + 40 * len(glyphs)
    polygon = ((400.0, 80.0), (440.0, 80.0), (440.0, end), (400.0, end))
    turned = replace(column, polygon=polygon, glyphs=glyphs, direction=Direction.VERTICAL_RL)
    region = replace(upright.regions[0], polygon=polygon, lines=(turned,), direction=Direction.VERTICAL_RL)
    trial.read({"报": [replace(upright, regions=(region,))]}, again=Rerun(stage=RunStage.READING), version="2")
    with serving(trial.work) as server:
        page = opened(entered(browser, server), server)
        until(page, "document.getElementById('line').naturalWidth > 0")
        assert page.evaluate("(i => i.naturalHeight / i.naturalWidth)(document.getElementById('line'))") > 3
        until(page, "!document.getElementById('spot').hidden")
        assert abs(page.evaluate(FRAME_DOWN) - (3.5 + 0.35) / (len(glyphs) + 0.7)) < 0.04
        writing = "getComputedStyle(document.querySelector('article .row > div')).writingMode"
        assert page.evaluate(writing) == "vertical-rl"
        page.keyboard.press("v")
        assert page.evaluate(writing) == "horizontal-tb"
        page.keyboard.press("v")
        page.keyboard.press("z")
        until(page, MIDDLE)
        page.set_viewport_size({"width": 640, "height": 400})
        page.keyboard.press("ArrowLeft")
        until(page, "document.getElementById('crop').clientWidth < 200")
        assert page.evaluate(BESIDE), "at 200 % the picture covers what stands beside it"


def test_the_batch_is_filtered_sorted_and_gone_on_with(browser: Browser, tmp_path: Path) -> None:
    """After coming in stage, words and order choose among the pages; n opens the next that waits."""
    trial = made(tmp_path, {"甲": [FRONT[:2]], "乙": [FRONT], "丙": [BACK[3:]]})
    with serving(trial.work) as server:
        page = browser.new_page(locale="zh-CN")
        page.set_default_timeout(120_000)  # a busy machine is no fault of the page
        page.goto(server.address)
        page.fill("input[name=name]", "林晚")
        page.keyboard.press("Enter")
        page.wait_for_selector(".card")
        page.select_option("#sort", "suspects")
        until(page, "document.querySelector('.card .su span').textContent.startsWith('乙')")
        page.fill("#words", "江上")
        until(page, "document.querySelectorAll('.card').length === 1")
        page.fill("#words", "")
        until(page, "document.querySelectorAll('.card').length === 3")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("n")
        page.wait_for_selector("body[data-ready] #articles article")
        first = page.url
        page.keyboard.press("d")
        page.wait_for_url(lambda url: "/page/" in url and url != first)
        page.wait_for_selector("body[data-ready] #articles article")
        page.keyboard.press("g")
        page.click("#stages button:has-text('完成')")
        until(page, "document.querySelectorAll('.card').length === 1")
        assert page.text_content(".card .st") == "完成"


def test_a_page_is_called_by_a_report_and_by_no_stroke_of_a_picture(tmp_path: Path) -> None:
    """A title of a mark or two in large type, over a longer text, gives way to a headline."""
    text = ("　　渡口的灯昨夜亮到天明，岸上的人等着船。", "船靠岸的时候天已经亮了，人都上了船。")
    scrap = [Told("：3", kind=HEAD), *map(Told, text * 2)]
    report = [Told("夜航船归", kind=HEAD, article=2), *(Told(t, article=2) for t in text)]
    trial = made(tmp_path, {"报": [scrap + report]})
    with Record.open(trial.work) as record:
        batch = Batch(Shelf(trial.work, record))
        batch.count(1)
        assert [card["title"] for card in batch.view(Look())["cards"]] == ["夜航船归"]
