"""In the open: behind https, wrong passwords, a foreign program at the address; dark, large, printed, read aloud."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import stat
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route

from banmian.review.launch import Address, listen_at
from banmian.review.view import fault_told
from banmian.review.words import words_of
from banmian.store.entries import PageEntry
from banmian.store.tasks import Fault, State
from tests.banmian.review.serving import Server, entered, opened, serving, until
from tests.banmian.review.test_desk import FRONT, article, pressed
from tests.banmian.review.workspaces import Trial, made

PUBLIC = "https://desk.archive.example"
ENV = {**os.environ, "BANMIAN_PASSWORD": "渡口"}
NGINX = Path(__file__).resolve().parents[3] / "docs" / "nginx-review.conf"


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return made(tmp_path_factory.mktemp("open"), {"报": [FRONT, FRONT, FRONT]})


@pytest.fixture(scope="module")
def server(trial: Trial) -> Iterator[Server]:
    with serving(trial.work) as server:
        yield server


@pytest.fixture(scope="module")
def tab(browser: Browser, server: Server) -> Page:
    return entered(browser, server, "林晚")


def test_an_answer_does_not_wait_for_the_browser_to_acknowledge_its_head() -> None:
    """An answer goes out in two parts; held back until the first is acknowledged, each would come 40 ms later."""

    async def sent_at_once() -> int:
        told: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            told.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = listen_at(Address())
        async with await asyncio.start_server(answer, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            writer.close()
            return await told

    with ThreadPoolExecutor(1) as aside:  # the browser of other tests has an event loop in this thread
        assert aside.submit(asyncio.run, sent_at_once()).result() == 1


# Behind a reverse proxy


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that is shown to others at PUBLIC."""
    trial = made(tmp_path_factory.mktemp("behind"), {"报": [FRONT]})
    port = free_port()
    with serving(trial.work, "--public-url", f"{PUBLIC}:443/", "--port", str(port), env=ENV) as server:
        assert server.address == f"{PUBLIC}/"
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("host", ["desk.archive.example", None])
def test_colleagues_behind_https_come_in_and_decide(behind: str, host: str | None) -> None:
    """With the public name in Host, or the proxy's own; the Origin is the public one, and the cookie stays on https."""
    headers = {"origin": PUBLIC, "sec-fetch-site": "same-origin", **({"host": host} if host else {})}
    client = httpx.Client(base_url=behind, headers=headers)
    answer = client.post("/enter", data={"name": "林晚", "password": "渡口"})
    assert answer.status_code == 303
    assert "Secure" in answer.headers["set-cookie"]
    cookie = answer.headers["set-cookie"].partition(";")[0]
    assert client.get("/api/batch", headers={"cookie": cookie}).status_code == 200
    body = {"issue": 1, "article": "p1-01", "revision": 0, "ticket": f"h{host}", "wish": {"type": "see", "start": 7,
            "end": 8}}  # fmt: skip
    told = client.post("/api/decide", json=body, headers={"cookie": cookie})
    assert told.status_code in (200, 409)
    for origin in ("https://evil.example", "http://desk.archive.example:81"):
        assert client.post("/api/decide", json=body, headers={"cookie": cookie, "origin": origin}).status_code == 403
    assert httpx.get(f"{behind}/", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("public", ["desk.example", "https://desk.example/banmian", "ftp://desk.example"])
def test_a_public_address_that_cannot_be_is_refused(trial: Trial, public: str) -> None:
    """A name without a scheme, a path, another scheme: usage errors."""
    with pytest.raises(AssertionError, match="ended with 2"):
        Server(trial.work, "--public-url", public, env=ENV)


def test_a_public_address_wants_a_password(trial: Trial) -> None:
    """What others can reach is not opened without one."""
    with pytest.raises(AssertionError, match="ended with 2"):
        Server(trial.work, "--public-url", PUBLIC, env={**ENV, "BANMIAN_PASSWORD": ""})


def test_the_sign_in_page_has_its_style(behind: str) -> None:
    """Before anyone has a key the page's style is given out; scripts are not."""
    headers = {"host": "desk.archive.example"}
    assert "enter" in httpx.get(f"{behind}/enter", headers=headers).text
    assert httpx.get(f"{behind}/static/review.css", headers=headers).status_code == 200
    assert httpx.get(f"{behind}/static/core.js", headers=headers).status_code == 401


def test_a_wrong_password_delays_only_the_one_who_errs(behind: str) -> None:
    """While one address tries five wrong ones, another comes in at once; the first one's next waits."""

    def tried(address: str, password: str) -> None:
        headers = {"host": "desk.archive.example", "x-forwarded-for": f"9.9.9.9, {address}"}
        httpx.post(f"{behind}/enter", data={"name": "甲", "password": password}, headers=headers, timeout=60)

    crowd = [threading.Thread(target=tried, args=("10.0.0.1", "falsch")) for _ in range(5)]
    for one in crowd:
        one.start()
    time.sleep(0.4)
    tried("10.0.0.2", "渡口")
    assert any(one.is_alive() for one in crowd)
    for one in crowd:
        one.join()


def test_the_documented_nginx_shows_the_desk(behind: str, tmp_path: Path) -> None:
    """The configuration of the guide, with a certificate and ports of this test: sign in, decide, hear of it."""
    nginx = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").is_file() else None)
    if nginx is None or shutil.which("openssl") is None:
        pytest.skip("nginx and openssl are not installed (apt install nginx-light openssl)")
    port, key, crt = free_port(), tmp_path / "key.pem", tmp_path / "crt.pem"
    subject = ["-subj", "/CN=desk.archive.example", "-days", "2", "-nodes", "-keyout", str(key), "-out", str(crt)]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", *subject], check=True, capture_output=True)
    site = NGINX.read_text()
    for old, new in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("/etc/ssl/desk/fullchain.pem", str(crt)),
        ("/etc/ssl/desk/privkey.pem", str(key)),
        ("http://127.0.0.1:20443", behind),
    ):
        assert old in site
        site = site.replace(old, new)
    conf = tmp_path / "nginx.conf"
    places = "".join(f"{n}_temp_path {tmp_path / n};" for n in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    conf.write_text(f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}\n"
                    f"http {{ access_log off; {places} {site} }}")  # fmt: skip
    process = subprocess.Popen([nginx, "-c", str(conf), "-p", str(tmp_path), "-g", "daemon off;"])
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        headers = {"host": "desk.archive.example", "origin": PUBLIC}
        with httpx.Client(base_url=f"https://127.0.0.1:{port}", verify=False, headers=headers, timeout=20) as client:
            answer = client.post("/enter", data={"name": "林晚", "password": "渡口"})
            assert answer.status_code == 303, answer.text
            cookie = {"cookie": answer.headers["set-cookie"].partition(";")[0]}
            assert client.get("/api/page/1/1", headers=cookie).status_code == 200
            with client.stream("GET", "/api/events", headers=cookie) as events:
                assert "event: ready" in next(events.iter_text())
    finally:
        process.terminate()
        process.wait(timeout=10)


# Another program at the address


class Thief(ThreadingHTTPServer):
    """A program that listens at the address of a server that has ended, and keeps what it is sent."""

    def __init__(self, port: int) -> None:
        self.got: list[tuple[str, str, str | None]] = []
        thief = self

        class Hand(BaseHTTPRequestHandler):
            def answer(self) -> None:
                thief.got.append((self.command, self.path, self.headers.get("cookie")))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b'{"proof": "0000"}')

            do_GET = do_POST = answer  # noqa: N815 - the names that the library asks for

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self.allow_reuse_address = True
        super().__init__(("127.0.0.1", port), Hand)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def end(self) -> None:
        self.shutdown()
        self.server_close()


def test_another_program_at_the_address_gets_neither_cookie_nor_decision(browser: Browser, tmp_path: Path) -> None:
    """After the server ended a thief takes its port: keys, clicks and the moved scan send it nothing but questions."""
    trial = made(tmp_path, {"报": [FRONT, FRONT]})
    with serving(trial.work) as server:
        page = opened(entered(browser, server), server)
        port = int(server.base.rpartition(":")[2])
        page.wait_for_timeout(1500)  # what the page asks for as it opens is asked of the server
        server.stop(kill=True)
    thief = Thief(port)
    page.keyboard.press("1")
    page.click(".bar nav a")
    page.mouse.move(300, 400)
    page.mouse.wheel(0, -600)
    until(page, "document.getElementById('state').textContent.includes('不是您的校对服务器')")
    page.wait_for_timeout(1500)
    thief.end()
    assert thief.got
    assert {(how, path.partition("?")[0], cookie) for how, path, cookie in thief.got} == {("GET", "/api/prove", None)}
    with serving(trial.work):
        page.wait_for_url("**/page/1/2")
    assert "上了山" in article(trial, "春茶开采").clean.text


def test_the_record_is_for_its_owner_alone(tmp_path: Path) -> None:
    """The file that holds decisions and sessions can be read by nobody else, its log neither."""
    trial = made(tmp_path, {"报": [FRONT]})
    with serving(trial.work) as server:
        server.client().close()
        files = sorted(trial.work.glob("workspace.sqlite*"))
        assert len(files) >= 2
        assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}


# For every eye and ear


def test_at_200_percent_everything_is_reached(tab: Page, server: Server) -> None:
    """Half the window: nothing runs over the side, the last line can be scrolled to, the field stays in sight; what is
    drawn on the scan brings the scan into sight."""
    tab.set_viewport_size({"width": 640, "height": 400})
    for path in ("/", "/people", "/glyphs"):
        tab.goto(f"{server.base}{path}")
        tab.wait_for_timeout(300)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    opened(tab, server)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    last = tab.locator("article .row").last.bounding_box()
    field = tab.locator("#text").bounding_box()
    tab.keyboard.press("n")
    until(tab, "document.getElementById('scan').classList.contains('drawing')")
    scan = tab.locator("#scan").bounding_box()
    tab.keyboard.press("Escape")
    tab.set_viewport_size({"width": 1280, "height": 800})
    assert last is not None
    assert field is not None
    assert scan is not None
    assert 0 <= scan["y"] < 200
    assert 0 <= field["y"] < 400
    assert field["y"] < last["y"] < 400


def test_print_shows_the_articles_alone(tab: Page, server: Server) -> None:
    """On paper there are no controls and no scan, nothing of the text is cut off, and the head tells the issue."""
    opened(tab, server)
    tab.emulate_media(media="print")
    shown = tab.evaluate("[...document.querySelectorAll('button, input, #scan, #focus')].filter(e => e.offsetHeight)")
    head = tab.inner_text(".bar")
    rest = tab.evaluate("(a => a.scrollHeight - a.clientHeight)(document.getElementById('articles'))")
    tab.emulate_media(media="screen")
    assert shown == []
    assert head.split() == ["报", "第", "1", "版"]
    assert rest <= 1


def test_still_for_those_whom_movement_disturbs(tab: Page, server: Server) -> None:
    """With reduced motion nothing slides."""
    tab.emulate_media(reduced_motion="reduce")
    opened(tab, server)
    slides = tab.evaluate("getComputedStyle(document.getElementById('strip')).transitionDuration")
    tab.emulate_media(reduced_motion="no-preference")
    assert slides in ("0s", "")


@pytest.mark.slow
def test_a_screen_reader_hears_headings_places_and_the_script(browser: Browser, tmp_path: Path) -> None:
    """Titles are headings under the page's; the place in focus is spoken with what stands around; the text has its
    language, by what it was read as."""
    trial = made(tmp_path, {"报": [FRONT]})
    path = trial.entry().folder / "pages" / "0001" / "page.json"
    path.write_text(path.read_text().replace('"reader":"told"', '"reader":"tesseract 5.3.0 chi_tra --oem 1"'))
    with serving(trial.work) as server:
        page = opened(entered(browser, server), server)
        assert page.locator("h1").count() == 1
        assert page.get_by_role("heading", level=2).all_inner_texts() == ["春茶开采", "夜航船归"]
        assert page.inner_text("#spoken").startswith("衣")
        assert "上了衣" in page.inner_text("#spoken")
        assert page.get_attribute("article", "lang") == "zh-Hant"
        assert page.get_attribute("#text", "lang") == "zh-Hant"


def test_without_scripts_a_sentence_says_so(browser: Browser, tab: Page, server: Server) -> None:
    """Where JavaScript is off the page says what it needs."""
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(tab.context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{server.base}/page/1/1")
    assert "JavaScript" in page.inner_text(".noscript")
    context.close()


def test_on_a_slow_line_the_page_says_that_it_loads_and_that_it_cannot(tab: Page, server: Server) -> None:
    """Before the page's text has come a line says so; a server error is told in words, with a button to try again."""

    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    tab.goto("about:blank")  # the page before asks for nothing any more
    tab.route("**/api/page/**", hold)
    tab.goto(f"{server.base}/page/1/1", wait_until="domcontentloaded")
    assert tab.inner_text("#articles .loading") == "载入中…"
    for _ in range(3000):
        if held:
            break
        tab.wait_for_timeout(20)
    for route in held:
        route.continue_()
    tab.unroute("**/api/page/**")
    tab.wait_for_selector("body[data-ready]")
    tab.goto("about:blank")
    tab.route("**/api/page/**", lambda route: route.fulfill(status=500, body="no"))
    tab.goto(f"{server.base}/page/1/1")
    tab.wait_for_selector("#articles [role=alert]")
    assert "服务器出错" in tab.inner_text("#articles")
    tab.unroute("**/api/page/**")
    tab.click("#articles button")
    tab.wait_for_selector("body[data-ready]")


@pytest.mark.parametrize(("language", "said"), [("zh", "这里没有页面"), ("en", "There is no such page")])
def test_a_wrong_address_is_told_in_the_language_of_the_desk(
    tab: Page, server: Server, language: str, said: str
) -> None:
    """A page that is not there, or has no number: words and the way back; scripts get an answer that they can read."""
    tab.goto(f"{server.base}/language/{language}?back=/people")
    for path in ("/page/1/99", "/page/99/1", "/page/x/1", "/metadata/99", "/nothing"):
        answer = tab.goto(f"{server.base}{path}")
        assert answer is not None
        assert answer.status == 404
        assert tab.inner_text("main h1") == said, path
    tab.click("main a")
    tab.wait_for_selector(".card")
    told = tab.evaluate("fetch('/api/page/1/99').then(async (r) => [r.status, await r.json()])")
    tab.goto(f"{server.base}/language/zh?back=/people")
    assert told == [404, {"why": "failed"}]


NAMES = {"English", "work", "scans", "ISSN", "metadata", "toml", "https", "Hans"}
"""What is Latin in Chinese too: the language to switch to, names of folders and files, a number's name, examples."""

LATIN = r"""() => { const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) { const e = walk.currentNode.parentElement, text = walk.currentNode.textContent;
    if (e.closest('script, noscript, kbd, [lang=en], .ks, #count, .per') || !e.offsetParent) continue;
    found.push(...(text.match(/[A-Za-z]{3,}/g) ?? [])); }
  for (const e of document.querySelectorAll('[title], [aria-label], [placeholder], [alt]'))
    for (const n of ['title', 'aria-label', 'placeholder', 'alt'])
      found.push(...((e.getAttribute(n) ?? '').match(/[A-Za-z]{3,}/g) ?? []));
  return found; }"""


def test_the_chinese_interface_is_wholly_chinese(tab: Page, server: Server) -> None:
    """No English word stands in any view: not in reasons of edits, waiting jumps, titles or messages."""
    tab.goto(f"{server.base}/language/zh")
    for path in ("/", "/people", "/glyphs?odd=1", "/find?issue=1&page=1&text=船", "/metadata/1", "/page/1/1"):
        tab.goto(f"{server.base}{path}")
        tab.wait_for_timeout(600)
        if path.startswith("/page"):
            tab.keyboard.press("c")
            tab.click("details[open] li button >> nth=0")
            tab.keyboard.press("?")
            tab.wait_for_selector("dialog[open]")
        assert set(tab.evaluate(LATIN)) <= NAMES, path
        tab.keyboard.press("Escape")


@pytest.mark.slow
def test_one_signs_out_and_another_goes_on(browser: Browser, tmp_path: Path) -> None:
    """At one browser two people work: what each decides bears the own name; after signing out nothing gets in."""
    trial = made(tmp_path, {"报": [FRONT]})
    with serving(trial.work) as server:
        page = opened(entered(browser, server, "林晚"), server)
        pressed(page, "1")
        page.click(".person")
        page.fill("input[name=name]", "何青禾")
        page.click("form[action='/name'] button")
        page.wait_for_selector(".card")
        opened(page, server)
        pressed(page, "a")
        page.goto(f"{server.base}/people")
        rows = page.locator("tbody >> nth=0").locator("tr").all_inner_texts()
        assert {r.split("\t")[0]: r.split("\t")[1] for r in rows} == {"林晚": "1", "何青禾": "1"}
        page.click("text=林晚")
        page.wait_for_url("**/people?who=*")
        assert "衣" in page.inner_text("main")
        page.click("form[action='/leave'] button")
        page.wait_for_load_state()
        assert "已退出" in page.inner_text("main")
        assert page.goto(f"{server.base}/api/batch").status == 401  # type: ignore[union-attr]


def test_a_page_that_failed_tells_why_without_the_paths_of_the_server() -> None:
    """What went wrong goes out by its kind, and in English with the file's name alone."""
    fault = Fault("InputUnusable", "/srv/scans/报 纸/2026/p2.png: the file is no picture that Banmian knows", "x")
    entry = PageEntry(1, "p2.png", Path("p2.png"), 0, Path(), State.FAILED, 1, fault, None)
    told = fault_told(entry)
    assert told is not None
    assert told["kind"] == "InputUnusable"
    assert "/srv" not in told["met"]
    assert "p2.png: the file is no picture" in told["met"]
    assert f"fault_{told['kind']}" in words_of("zh")
