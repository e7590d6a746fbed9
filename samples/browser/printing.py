"""Prints HTML pages with Chromium, and takes down where each character stands."""

from __future__ import annotations

import io
import re
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import lxml.html
import msgspec
from PIL import Image
from playwright.sync_api import Browser, Route, sync_playwright

from samples.browser.gold import gold
from samples.browser.ink import with_ink
from samples.browser.photographs import photograph_named
from samples.browser.truth import TextNode, page_truth
from samples.typeset.truth import PageTruth

PAGES: Final = Path(__file__).parent / "pages"
_PICTURES: Final = re.compile(r"\.(?:jpe?g|png|webp)$")
"""The files that pages name as their photographs; there are none, they are drawn when they are asked for."""
_PATIENCE: Final = 300_000
"""Milliseconds that a busy machine may take for one step of a print."""
_GLYPHS: Final = (Path(__file__).parent / "glyphs.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class BrowserPage:
    """A page as the browser printed it; the picture is RGB, places are its pixels."""

    name: str
    language: str
    image: Image.Image
    scale: float
    runs: tuple[TextNode, ...]

    @property
    def gold(self) -> dict[str, Any]:
        return gold(self.runs, f"{self.name}.png", self.language)

    @cached_property
    def truth(self) -> PageTruth:
        return with_ink(page_truth(self.runs, self.image.width, self.image.height, self.scale), self.image)


def browser_pages(folder: Path, names: Sequence[str] = ()) -> Iterator[BrowserPage]:
    """The pages of a folder of HTML files, those of the given names alone where any are given.

    Each file names its page in `<meta name="page" content="WIDTH HEIGHT SCALE LANG">`: CSS pixels, pixels of the print
    to a CSS pixel, the language as `--lang` takes it.
    """
    files = sorted(f for f in folder.glob("*.html") if not names or f.stem in names)
    pages = _in_order(files)
    with ThreadPoolExecutor(1) as thread:  # of its own: the caller's may run a loop, where Playwright refuses
        try:
            while (page := thread.submit(next, pages, None).result()) is not None:
                yield page
        finally:
            thread.submit(pages.close).result()


def _in_order(files: Sequence[Path]) -> Generator[BrowserPage, None, None]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for file in files:
            yield _printed(browser, file)
        browser.close()


def _printed(browser: Browser, file: Path) -> BrowserPage:
    width, height, scale, language = _measures(file)
    context = browser.new_context(
        viewport={"width": int(width), "height": int(height)}, device_scale_factor=float(scale)
    )
    context.set_default_timeout(_PATIENCE)
    context.route(_PICTURES, _drawn)
    page = context.new_page()
    page.goto(file.absolute().as_uri())
    page.evaluate("document.fonts.ready.then(() => 0)")
    runs = msgspec.convert(page.evaluate(_GLYPHS), tuple[TextNode, ...], strict=False)
    image = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    context.close()
    return BrowserPage(file.stem, language, image, float(scale), runs)


def _measures(file: Path) -> list[str]:
    document = lxml.html.fromstring(file.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    meta = document.find('.//meta[@name="page"]')
    if meta is None:
        raise ValueError(f'{file} has no <meta name="page" content="WIDTH HEIGHT SCALE LANG">')
    return meta.get("content", "").split()


def _drawn(route: Route) -> None:
    name = route.request.url.rsplit("/", 1)[-1]
    route.fulfill(body=photograph_named(name), content_type="image/jpeg")
