"""Headlines in several views: the reading with most support wins, and what a view contradicts is in doubt."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from layout.geometry import Box
from layout.page import Direction, Line, Page
from layout.sheet import Sheet
from ocr.headlines.display import CONTESTED, is_in_doubt, most_supported
from ocr.line.large import is_display
from ocr.line.seen import Seen
from ocr.ppocr.reader import PPOCREngine
from tests.ocr.prints import Setting, set_lines


def seen(text: str, *confidences: float) -> list[Seen]:
    sure = confidences or (0.9,) * len(text)
    return [Seen(c, 20 * i, 0, 20 * i + 18, 40, n) for i, (c, n) in enumerate(zip(text, sure, strict=True))]


CASES = [
    ([seen("春江水"), seen("春江水"), seen("春红水")], "春江水"),
    ([seen("春工水", 0.9, 0.5, 0.9), seen("春江水"), seen("春江水")], "春江水"),
    ([seen("春水", 0.6, 0.6), seen("春江水"), seen("春江水")], "春江水"),
    ([seen("——春江水"), seen("春江水"), seen("春江水")], "——春江水"),
    ([seen("春▶江水"), seen("春江水"), seen("春江水")], "春▶江水"),
    ([seen("春·江水", 0.9, 0.4, 0.9, 0.9), seen("春江水"), seen("春江水")], "春江水"),
    ([seen("春江水"), [], []], "春江水"),
    ([[], seen("春江水"), seen("春江水")], "春江水"),
    ([[], []], ""),
]


@pytest.mark.parametrize(("readings", "text"), CASES)
def test_the_reading_with_most_support_wins(readings: list[list[Seen]], text: str) -> None:
    """Characters that one view lost come back; the bars of a dash and ornaments have no vote against them."""
    assert "".join(s.char for s in most_supported(readings)) == text


def test_what_a_view_contradicts_is_in_doubt_and_on_the_record() -> None:
    """Where all agree the surest of them counts."""
    found = most_supported([seen("春江水"), seen("春江水"), seen("春红水", 0.8, 0.99, 0.95)])
    assert [s.confidence <= CONTESTED for s in found] == [False, True, False]
    assert [s.other for s in found] == [None, "红", None]
    assert found[2].confidence == 0.95


def test_what_views_voted_on_has_no_rivals() -> None:
    """Words decide among rivals; here the views have."""
    first = [replace(s, rivals=(("红", 0.1),)) for s in seen("春江水")]
    assert not any(s.rivals for s in most_supported([first, seen("春江水"), seen("春红水", 0.8, 0.99, 0.95)]))


def test_display_lines_are_large_or_white_on_dark() -> None:
    """The body's own lines are none, and a page without type has none."""
    page = Page(1, type_size=20.0)
    assert is_display(Line("a", size=24.0), page)
    assert is_display(Line("a", size=20.0, white_on_dark=True), page)
    assert not is_display(Line("a", size=20.0), page)
    assert not is_display(Line("a", size=24.0), Page(1))
    assert is_in_doubt(seen("春江", 0.99, 0.9))
    assert not is_in_doubt(seen("春江", 0.99, 0.97))
    assert not is_in_doubt(seen("—春江", 0.6, 0.99, 0.97))  # bars at the ends have no vote in further views


@pytest.mark.parametrize("flat", [0.55, 0.65, 0.75, 1.0])
def test_flattened_vertical_type_is_cut_into_its_glyphs(flat: float) -> None:
    """Type as flat as newspapers set it in vertical headlines is read like square type."""
    text = "农村公路通到家门口"
    printed = set_lines(Setting(text, size=72, vertical=True, bold=True))
    gray = printed.sheet.gray
    flattened = cv2.resize(gray, (gray.shape[1], round(flat * gray.shape[0])), interpolation=cv2.INTER_AREA)
    (line,) = printed.page.lines
    assert line.box is not None
    b = line.box
    low = Box(b.x0, round(flat * b.y0), b.x1, round(flat * b.y1))
    one = Line("a", low.corners, direction=Direction.VERTICAL_RL, size=72.0)
    read = PPOCREngine().read_line(
        one, Sheet(np.asarray(flattened, dtype=np.uint8), printed.sheet.to_scan), display=True
    )
    assert read.text == text
