"""Ornaments and dashes stay where the first view shows them; other signs have to be seen by the other views too."""

from __future__ import annotations

import pytest

from ocr.line.seen import Seen
from ocr.marks.ornaments import SHOWN, is_ornament, stays, with_passed_over


def seen(text: str, confidence: float = SHOWN) -> list[Seen]:
    return [Seen(c, 20 * n, 0, 20 * n + 18, 40, confidence) for n, c in enumerate(text)]


@pytest.mark.parametrize("char", "●○◎◉■□▲△▼▶◀◆◇★☆→↓※")
def test_what_sets_parts_of_a_line_off_is_an_ornament(char: str) -> None:
    """And stays where the first view is as sure of it as not."""
    assert is_ornament(char)
    assert stays(*seen(char))
    assert not stays(*seen(char, SHOWN - 0.01))


@pytest.mark.parametrize("char", "+=<>|~＋＝｜～×÷±°℃№㎡©")
def test_signs_of_the_text_are_no_ornaments(char: str) -> None:
    """Both readers know them, and a stray one is a scrap of print."""
    assert not is_ornament(char)
    assert not stays(*seen(char))


@pytest.mark.parametrize(
    ("first", "text"), [("春●江", "春●江"), ("春—江", "春—江"), ("春|江", "春江"), ("●春江", "●春江")]
)
def test_ornaments_and_dashes_of_the_first_view_alone_come_back(first: str, text: str) -> None:
    """At their places."""
    assert "".join(s.char for s in with_passed_over(seen("春江"), seen(first))) == text
