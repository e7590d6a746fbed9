"""Marks at the top of their square in vertical lines: commas and full stops, but not behind letters and figures."""

from __future__ import annotations

import pytest

from ocr.line.seen import Seen
from ocr.marks.raised import with_raised_marks


def seen(text: str) -> list[Seen]:
    return [Seen(c, 10 * n, 0, 10 * n + 8, 1, 0.9) for n, c in enumerate(text)]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("河水漲了’橋還在°", "河水漲了，橋還在。"),
        ("'天亮時雨停", "，天亮時雨停"),
        ("氣溫升到38°左右", "氣溫升到38°左右"),
        ("O'Neil來信", "O'Neil來信"),
    ],
)
def test_raised_marks_are_commas_and_full_stops(read: str, printed: str) -> None:
    found = with_raised_marks(seen(read))
    assert "".join(s.char for s in found) == printed
    assert [(s.x0, s.x1, s.confidence) for s in found] == [(s.x0, s.x1, s.confidence) for s in seen(read)]
