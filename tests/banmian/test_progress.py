"""Progress tells a person the pages and the time left, and tells nothing to a pipe."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from banmian.batch.progress import Pace, ProgressDisplay, in_words
from banmian.store.entries import Tally

SPANS = [
    (0, "0 s"),
    (89, "89 s"),
    (91, "2 min"),
    (3560, "59 min"),
    (3599, "1 h 0 min"),
    (7199, "2 h 0 min"),
    (12_000, "3 h 20 min"),
]


@pytest.mark.parametrize(("seconds", "words"), SPANS)
def test_time_in_words(seconds: float, words: str) -> None:
    """A span of time is told in the units that one would say."""
    assert in_words(seconds) == words


def test_the_time_left_follows_the_pace() -> None:
    """Ten pages in twenty seconds: fifty more take about a hundred; before the first page nothing is told."""
    assert Pace(20, 10).left(50) == "about 2 min"
    assert Pace(20, 0).left(50) == ""
    assert Pace(20, 10).left(0) == ""


def test_a_terminal_sees_pages_done_and_left() -> None:
    """On a terminal the bar shows pages done of all, pages left and pages failed."""
    screen = Console(file=io.StringIO(), force_terminal=True, width=100)
    with ProgressDisplay(screen) as display:
        display._looked -= 60
        display.progress(lambda: Tally(done=3, failed=1, waiting=6))
    told = screen.file.getvalue()  # type: ignore[attr-defined]
    assert "6 left" in told
    assert "1 failed" in told


def test_a_pipe_sees_nothing_and_nothing_is_counted() -> None:
    """Where nobody watches, nothing is written and the workspace is not even asked."""
    pipe = Console(file=io.StringIO(), force_terminal=False)

    def never() -> Tally:
        raise AssertionError("asked")

    with ProgressDisplay(pipe) as display:
        display._looked -= 60
        display.progress(never)
    assert pipe.file.getvalue() == ""  # type: ignore[attr-defined]
