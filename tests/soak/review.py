"""The review's long trials: many people, many kills, many hostile strings; each prints what it found."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.banmian.review import test_browser, test_guard
from tests.banmian.review.serving import chromium
from tests.banmian.review.workspaces import made

STORY = test_guard.STORY


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
