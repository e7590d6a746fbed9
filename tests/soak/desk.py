"""How long one waits at the desk, in a real browser: opening, a key until it is saved and shown, a line read again.

`python -m tests.soak.desk` makes its own pages; `python -m tests.soak.desk WORK` times the pages of a copy of WORK.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np
from PIL import Image, ImageDraw
from playwright.sync_api import Page

from banmian.review.rereading import ENGINES
from tests.banmian.review import test_browser
from tests.banmian.review.serving import Server, chromium, entered, opened, serving, settled, until
from tests.banmian.review.workspaces import EM, LEFT, PITCH, Told, made

KEYS: Final = 20
"""Decisions of each sort that are timed on a page, where it has that many places to decide about."""
PAGES: Final = 10_000
"""Pages of the large batch."""
SHOWN: Final = """(saving) => {
  window.shown = null;
  document.addEventListener('keydown', () => { window.begun = performance.now(); }, { capture: true, once: true });
  const state = document.getElementById('state');
  const seen = new MutationObserver(() => {
    if (state.textContent === saving) return;
    seen.disconnect();
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => { window.shown = performance.now() - window.begun; };
      painted.port2.postMessage(0);
    });
  });
  seen.observe(state, { childList: true });
}"""
"""Takes the time from the next key until the page tells that its decision is saved and the browser has drawn that."""


def newspaper(folder: Path) -> Iterator[str]:
    """A page as large as a daily's: 1,900 characters, 44 in doubt at the usual bar, 14 megapixels."""
    yield from _drawn_page(folder, 46, (4070, 3430))


def crowded(folder: Path) -> Iterator[str]:
    """A page of 6,000 characters, 300 in doubt, 20 megapixels."""
    yield from _drawn_page(folder, 150, (2200, 9200))


def _drawn_page(folder: Path, lines: int, size: tuple[int, int]) -> Iterator[str]:
    doubts = {5: ("囗", 0.3, None), 20: ("囗", 0.3, None)}
    told = [Told(f"　　{test_browser.RIGHT}{test_browser.RIGHT[:11]}", doubts) for _ in range(lines)]
    yield from pages_of(made(folder, {"报": [told]}, size=size).work)


def pages_of(work: Path) -> Iterator[str]:
    """The first page of each issue of a workspace, which is decided about: give a copy."""
    with sqlite3.connect(work / "workspace.sqlite") as database:
        issues = dict(database.execute("SELECT id, name FROM issue ORDER BY id"))
    with serving(work) as server, chromium() as browser:
        page = entered(browser, server)
        for issue, name in issues.items():
            took = [_seconds(partial(opened, page, server, issue)) for _ in range(3)]
            yield f"{name}: opens in {took[0]:.2f} s, with tiles {min(took[1:]):.2f} s"
            page.evaluate("localStorage.setItem('banmian-bar', '99')")
            for sort, keys in (("accepted", _accept), ("typed", _type)):
                opened(page, server, issue)
                yield f"{name}: {sort}, saved and shown: {_told(list(_times(page, keys)))}"


def _times(page: Page, keys: Callable[[Page], None]) -> Iterator[float]:
    """Milliseconds of each decision, as long as there are places to decide about."""
    saving = page.evaluate("JSON.parse(document.body.dataset.words).saving")
    for _ in range(KEYS):
        if page.locator("[data-suspect].on").count() == 0:
            return
        page.wait_for_timeout(150)  # what the key before has set going is over
        keys(page)
        page.evaluate(SHOWN, saving)
        page.keyboard.press("Enter")
        until(page, "window.shown !== null")
        settled(page)
        yield float(page.evaluate("window.shown"))


def _accept(page: Page) -> None:
    """Nothing comes before the key that accepts what stands there."""


def _type(page: Page) -> None:
    page.keyboard.press("e")
    until(page, "document.activeElement.id === 'text'")
    page.keyboard.insert_text("花")


def _told(times: Sequence[float]) -> str:
    if not times:
        return "no place to decide about"
    late = sorted(times)[int(0.9 * (len(times) - 1))]
    return f"{median(times):.0f} ms, at the 90th of 100 {late:.0f} ms, of {len(times)}"


def _seconds(act: Callable[[], object]) -> float:
    begun = time.monotonic()
    act()
    return time.monotonic() - begun


def line_again(folder: Path) -> Iterator[str]:
    """A line read again by each engine: from the answer in the dialog until the new reading stands in the panel."""
    told = Told("　　渡口的灯昨夜亮到天明", {4: ("囗", 0.3, None)})
    work = made(folder, {"报": [[told] * 12]}).work
    with serving(work) as server, chromium() as browser:
        page = opened(entered(browser, server), server)
        for engine in ENGINES:
            took = [_again(page, engine) for _ in range(4)]
            yield f"a line read again with {engine}: {took[0]:.2f} s the first time, then {median(took[1:]):.2f} s"


def _again(page: Page, engine: str) -> float:
    page.keyboard.press("R")
    page.wait_for_selector("dialog[open] select")
    page.select_option("dialog[open] select >> nth=0", engine)
    page.wait_for_timeout(1500)  # one looks at the choice before one answers
    said = page.evaluate("JSON.parse(document.body.dataset.words).reading_now")

    def answered() -> None:
        page.click("dialog[open] button.main")
        until(page, f"document.getElementById('state').textContent === {said!r}")
        until(page, f"document.getElementById('state').textContent !== {said!r}", 120)

    return _seconds(answered)


def large_scan(folder: Path) -> Iterator[str]:
    """A scan of 352 megapixels, JPEG: until its page is ready for keys and the scan in sight."""
    lines = [Told(f"　　{test_browser.RIGHT}") for _ in range(40)]
    trial = made(folder, {"报": [lines]})
    scan, (width, height) = trial.root / "scans" / "报" / "p1.png", (22_000, 16_000)
    grain = np.random.default_rng(7).integers(225, 250, (height // 8, width // 8), dtype=np.uint8)
    picture = Image.fromarray(grain).resize((width, height))
    pen = ImageDraw.Draw(picture)
    for row in range(200, height - 200, 3 * PITCH):
        for column in range(LEFT, width - LEFT, 2 * EM):
            pen.rectangle((column, row, column + EM, row + EM), outline=20, width=6)
    picture.save(scan.with_suffix(".jpg"), quality=85)
    scan.with_suffix(".jpg").replace(scan)
    yield from _large(trial.work)


def _large(work: Path) -> Iterator[str]:
    with serving(work) as server, chromium() as browser:
        page = entered(browser, server)
        took = [_seconds(partial(_in_sight, page, server)) for _ in range(3)]
    yield f"a scan of 352 megapixels: opens in {took[0]:.2f} s, with tiles {min(took[1:]):.2f} s"


def _in_sight(page: Page, server: Server) -> None:
    opened(page, server)
    until(page, "document.querySelector('#scan img.leaflet-tile-loaded') !== null")


def large_batch(folder: Path) -> Iterator[str]:
    """10,000 pages: seconds until the batch shows its first stretch, and until 纵校 shows glyphs."""
    trial = made(folder, {"报": [[Told(f"　　{test_browser.RIGHT}") for _ in range(4)]]})
    _multiply(trial.work / "workspace.sqlite", PAGES)
    first = next(trial.work.rglob("pages/0001/page.json"))
    for n in range(2, PAGES + 1):
        place = first.parents[1] / f"{n:04d}"
        place.mkdir()
        (place / "page.json").hardlink_to(first)
    with serving(trial.work) as server, chromium() as browser:
        page = entered(browser, server)
        begun = time.monotonic()
        page.goto(f"{server.base}/")
        page.wait_for_selector(".card")
        batch = time.monotonic() - begun
        begun = time.monotonic()
        page.goto(f"{server.base}/glyphs")
        page.wait_for_selector("#characters button")
        listed = time.monotonic() - begun
        page.click("#characters button >> nth=0")
        page.wait_for_selector(".glyph")
        shown = time.monotonic() - begun
        yield (
            f"{PAGES:,} pages: batch view after {batch:.2f} s; characters after {listed:.2f} s, "
            f"their glyphs after {shown:.2f} s"
        )
        until(page, "document.getElementById('progress').textContent === ''", 1800)
        yield f"{PAGES:,} pages: all characters counted after {time.monotonic() - begun:.0f} s"


def _multiply(file: Path, pages: int) -> None:
    """The one page's rows as many pages."""
    with sqlite3.connect(file) as database:
        page = "issue, {n}, place, frame, layout, laid, anew"
        task = "issue, step, {n}, state, key, attempts, interrupted, fault, facts"
        for table, columns in (("page", page), ("task", task)):
            where = "number = 1" if table == "page" else "number = 1 AND step = 1"
            for n in range(2, pages + 1):
                database.execute(f"INSERT INTO {table} SELECT {columns.format(n=n)} FROM {table} WHERE {where}")


TRIALS: Final = (newspaper, crowded, line_again, large_scan, large_batch)


def main(work: Path | None = None, only: Sequence[str] = ()) -> None:
    """Prints what was measured: of the workspace, or of pages made for it."""
    chosen = [pages_of] if work is not None else [t for t in TRIALS if not only or t.__name__ in only]
    for trial in chosen:
        with tempfile.TemporaryDirectory(prefix="banmian-desk-") as name:
            place = Path(name)
            if work is not None:
                place = shutil.copytree(work, place / "work")
            for found in trial(place):
                print(f"desk, {found}", flush=True)


if __name__ == "__main__":
    folders = [Path(a) for a in sys.argv[1:] if Path(a).is_dir()]
    main(folders[0] if folders else None, sys.argv[1:])
