"""Two views of a vertical line: the surer one wins where the first is in doubt, and nowhere else."""

from __future__ import annotations

from itertools import pairwise

import pytest

from layout.page import Direction, Line
from ocr.hocr import Seen
from ocr.settings import STRIP
from ocr.turned import is_in_doubt, merged, turned_strip
from tests.ocr.prints import Setting, set_lines


def seen(text: str, *confidences: float) -> list[Seen]:
    return [Seen(c, 20 * i, 0, 20 * i + 18, 40, n) for i, (c, n) in enumerate(zip(text, confidences, strict=True))]


@pytest.mark.parametrize(
    ("first", "turned", "text"),
    [
        (seen("春江水", 0.99, 0.5, 0.99), seen("春红水", 0.9, 0.8, 0.9), "春红水"),
        (seen("春江水", 0.99, 0.95, 0.99), seen("春红水", 0.9, 0.99, 0.9), "春江水"),
        (seen("春江水", 0.99, 0.5, 0.99), seen("春红水", 0.9, 0.4, 0.9), "春江水"),
        (seen("春昌水", 0.99, 0.5, 0.99), seen("春日曰水", 0.9, 0.8, 0.8, 0.9), "春日曰水"),
        (seen("春一水", 0.99, 0.2, 0.99), seen("春水", 0.9, 0.9), "春水"),
        (seen("春1水", 0.99, 0.2, 0.99), seen("春水", 0.9, 0.9), "春1水"),
        (seen("春江", 0.5, 0.5), [], "春江"),
        ([], seen("春", 0.9), ""),
    ],
)
def test_the_surer_view_wins_where_the_first_is_in_doubt(first: list[Seen], turned: list[Seen], text: str) -> None:
    """A figure never goes; what was put aside stays on the record; places go on from left to right."""
    found = merged(first, turned)
    assert "".join(s.char for s in found) == text
    assert all(a.x0 < b.x0 for a, b in pairwise(found))
    changed = [s for s in found if s.other]
    assert bool(changed) is any(s.char not in "".join(f.char for f in first) for s in found)


def test_only_vertical_lines_in_doubt_are_turned() -> None:
    """A level line never is, a sure one neither."""
    vertical = Line("a", direction=Direction.VERTICAL_RL)
    assert is_in_doubt(vertical, seen("春", 0.5))
    assert not is_in_doubt(vertical, seen("春", 0.99))
    assert not is_in_doubt(Line("a"), seen("春", 0.5))


def test_a_turned_line_runs_from_left_to_right() -> None:
    """Its length is its height on the sheet, and its first glyph stands at the left."""
    printed = set_lines(Setting("一国国国", vertical=True))
    strip = turned_strip(printed.sheet, next(iter(printed.page.lines)), STRIP)
    assert strip.shape[0] == STRIP.height
    assert strip.shape[1] > 2 * strip.shape[0]
    dark = strip < 128
    quarter = strip.shape[1] // 4
    assert dark[:, :quarter].sum() < dark[:, -quarter:].sum()
