"""The review's long trials: many pages, many people, many kills, many hostile strings; each prints what it found."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.banmian.review import test_browser, test_guard
from tests.banmian.review.serving import chromium, entered, opened, serving, settled, until
from tests.banmian.review.workspaces import Told, made

STORY = test_guard.STORY


def busy_page(folder: Path) -> str:
    """6,000 characters, 300 in doubt, 20 megapixels, 40 corrections: seconds to open, and for a key's effect."""
    doubts = {5: ("囗", 0.3, None), 20: ("囗", 0.3, None)}
    lines = [Told(f"　　{test_browser.RIGHT}{test_browser.RIGHT[:11]}", doubts) for _ in range(150)]

    trial = made(folder, {"报": [lines]}, size=(2200, 9200))
    with serving(trial.work) as server, chromium() as browser:
        page = entered(browser, server)
        took = []
        for _ in range(3):
            begun = time.monotonic()
            opened(page, server)
            took.append(time.monotonic() - begun)
        moved, corrected = [], []
        for n in range(40):
            page.evaluate(WATCH, "#text")
            page.keyboard.press("j" if n % 2 else "k")
            moved.append(_effect(page))
            page.keyboard.press("e")
            until(page, "document.activeElement.id === 'text'")
            page.keyboard.insert_text("花")
            page.evaluate(WATCH, "#articles")
            page.keyboard.press("Enter")
            corrected.append(_effect(page))
            settled(page)
        assert page.locator(".e.p-person").count() == 40
    first, again = took[0], min(took[1:])
    told = [f"{sorted(t)[20]:.0f} ms ({sorted(t)[37]:.0f} ms at the 95th of 100)" for t in (moved, corrected)]
    return (
        f"opens in {first:.2f} s, with tiles {again:.2f} s; the next suspect stands after {told[0]}, "
        f"a correction in the text, saved, after {told[1]}"
    )


WATCH = """(place) => {
  const watched = document.querySelector(place), end = () => { window.effect = performance.now() - window.begun; };
  window.effect = null;
  document.addEventListener('keydown', () => { window.begun = performance.now(); }, { capture: true, once: true });
  const seen = new MutationObserver(() => { seen.disconnect(); end(); });
  seen.observe(place === '#text' ? document.getElementById('why') : watched, { childList: true, subtree: true });
}"""
"""Takes the time from the next key to the first change of a place, in the browser itself."""


def _effect(page: Page) -> float:
    """Milliseconds from the key to its effect."""
    until(page, "window.effect !== null")
    return float(page.evaluate("window.effect"))


def many_pages(folder: Path) -> str:
    """10,000 pages: seconds until the batch shows its first stretch, and until 纵校 shows glyphs."""
    trial = made(folder, {"报": [STORY]})
    _multiply(trial.work / "workspace.sqlite", 10_000)
    first = next(trial.work.rglob("pages/0001/page.json"))
    for n in range(2, 10_001):
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
        until(page, "document.getElementById('progress').textContent === ''", 1800)
        counted = time.monotonic() - begun
        return (
            f"batch view after {batch:.2f} s; characters after {listed:.2f} s, their glyphs after {shown:.2f} s, "
            f"all counted after {counted:.0f} s"
        )


def _multiply(file: Path, pages: int) -> None:
    """The one page's rows as many pages."""
    with sqlite3.connect(file) as database:
        page = "issue, {n}, place, frame, layout, laid, anew"
        task = "issue, step, {n}, state, key, attempts, interrupted, fault, facts"
        for table, columns in (("page", page), ("task", task)):
            where = "number = 1" if table == "page" else "number = 1 AND step = 1"
            for n in range(2, pages + 1):
                database.execute(f"INSERT INTO {table} SELECT {columns.format(n=n)} FROM {table} WHERE {where}")


def many_people(folder: Path) -> str:
    """20 clients × 200 decisions at once."""
    kept, stale = test_guard.hammer(made(folder, {"报": [STORY], "乙": [STORY]}), 20, 200)
    return f"{kept} decisions kept, {stale} stale ones refused"


def many_kills(folder: Path) -> str:
    """The server is killed 50 times in the midst of saving."""
    kept = test_guard.kill_while_saving(made(folder, {"报": [STORY], "乙": [STORY]}), 50)
    return f"{kept} acknowledged decisions, all there"


def many_people_and_kills(folder: Path) -> str:
    """20 clients × 200 decisions, and 50 kills of the server in their midst."""
    kept, kills = test_guard.crowd_with_kills(made(folder, {"报": [STORY]}), 20, 200, 50)
    return f"{kept} decisions, each there once, after {kills} kills"


def many_strings(folder: Path) -> str:
    """100 hostile strings in every view."""
    with chromium() as browser:
        ran = test_browser.visit_hostile(browser, folder, test_browser.hostile(100))
    assert ran == []
    return "no script ran"


TRIALS: tuple[Callable[[Path], str], ...] = (
    busy_page,
    many_pages,
    many_people,
    many_kills,
    many_people_and_kills,
    many_strings,
)


def main() -> None:
    """Runs the trials; an AssertionError says which does not hold."""
    for trial in TRIALS:
        folder = Path(tempfile.mkdtemp())
        try:
            print(f"review, {trial.__name__.replace('_', ' ')}: {trial(folder)}", flush=True)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
