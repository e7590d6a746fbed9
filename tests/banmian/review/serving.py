"""The real server in a process of its own, a client that has entered, and a real browser."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import select
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from banmian.cli import main

_tickets = itertools.count()
_servers = multiprocessing.get_context("forkserver")
_servers.set_forkserver_preload(["__main__", __name__, "banmian.review.launch"])
"""A process that has imported the review once, of which each server is a fork: importing takes two seconds."""


class Server:
    """`banmian review WORK`, running in a process of its own."""

    def __init__(self, work: Path, *options: str, env: dict[str, str] | None = None) -> None:
        command = ["review", str(work), "--no-browser", *options]
        self._reader, writer = _servers.Pipe(duplex=False)
        self.process = _servers.Process(target=_run, args=(command, env or dict(os.environ), writer))
        self.process.start()
        writer.close()
        self.address = self._told()
        self.base = self.address.split("/enter")[0].rstrip("/")

    def _told(self, seconds: float = 180) -> str:
        """The address that it prints. A server that ends without one, or never tells, is stopped and an error."""
        told, end = b"", time.monotonic() + seconds
        while b"\n" not in told:
            ready, _, _ = select.select([self._reader], [], [], max(0.0, end - time.monotonic()))
            more = os.read(self._reader.fileno(), 4096) if ready else b""
            if not more:
                self.process.join(timeout=20 if ready else 0)  # one that has closed its output is about to end
                code = self.process.exitcode
                self.stop(kill=True)
                raise AssertionError(f"the server told no address; it ended with {code}")
            told += more
        return told.decode().splitlines()[0].strip()

    def stop(self, *, kill: bool = False) -> None:
        if kill:
            self.process.kill()
        else:
            self.process.terminate()
        self.process.join(timeout=20)
        assert self.process.exitcode is not None, "the server does not end"
        self._reader.close()

    def client(self, name: str = "方若谷") -> httpx.Client:
        """A client that used the token and told its name."""
        client = httpx.Client(base_url=self.base, follow_redirects=True, timeout=60)
        assert client.get(self.address).status_code == 200
        assert client.post("/name", data={"name": name}).status_code == 200
        return client

    def twin(self, client: httpx.Client) -> httpx.Client:
        """Another client with the same key."""
        return httpx.Client(base_url=self.base, cookies=client.cookies, timeout=60)


def _run(command: list[str], env: dict[str, str], output: Connection) -> None:
    """The command as a shell runs it: with this environment, and with its output into the pipe."""
    os.environ.clear()
    os.environ.update(env)
    os.dup2(output.fileno(), 1)
    output.close()
    main(command)


@contextlib.contextmanager
def serving(work: Path, *options: str, env: dict[str, str] | None = None) -> Iterator[Server]:
    server = Server(work, *options, env=env)
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def entered(browser: Browser, server: Server, name: str = "校对员", **options: Any) -> Page:
    """An empty page of a browser that has entered; every error of its scripts is kept in `page.errors`."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN", **options)
    context.set_default_timeout(120_000)  # a busy machine is no fault of the page
    with contextlib.closing(server.client(name)) as client:
        for key, value in client.cookies.items():
            cookie = {"name": key, "value": value, "url": server.base, "httpOnly": True, "sameSite": "Strict"}
            context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.on("dialog", lambda d: (errors.append(f"dialog {d.message}"), d.dismiss()))
    page.errors = errors  # type: ignore[attr-defined]
    return page


def opened(page: Page, server: Server, issue: int = 1, number: int = 1) -> Page:
    """The view of a page, ready for keys."""
    page.goto(f"{server.base}/page/{issue}/{number}")
    page.wait_for_selector("body[data-ready]", timeout=120_000)
    return page


def until(page: Page, condition: str, seconds: float = 60) -> None:
    """Waits until the condition, an expression, holds; the page's own policy forbids the usual way."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"it never held: {condition}"
        page.wait_for_timeout(10)


_MOMENT: Final = 60
"""Milliseconds within which a key or a click has begun what it does."""


def settled(page: Page) -> None:
    """Waits until nothing is being saved; a dialog that closes begins to save a moment later."""
    page.wait_for_timeout(_MOMENT)
    until(page, "document.getElementById('desk')?.getAttribute('aria-busy') !== 'true'")


def decide(client: httpx.Client, article: str, revision: int, wish: dict[str, Any], issue: int = 1) -> httpx.Response:
    call = {"issue": issue, "article": article, "revision": revision, "ticket": f"t{next(_tickets)}", "wish": wish}
    return client.post("/api/decide", json=call)


def step(client: httpx.Client, which: str, issue: int = 1) -> httpx.Response:
    return client.post("/api/step", json=[issue, which, f"s{next(_tickets)}"])
