"""Latin print between two readers: spaces of either, figures in numbers, letters in words; hanzi stay as they are."""

from __future__ import annotations

import pytest

from layout.geometry import Box
from layout.page import Glyph, Line
from ocr.both.latin_print import spaces, with_latin_told
from ocr.both.reader import BothEngine, Reader
from ocr.confidence.trust import Kind
from ocr.line.collate import collated
from tests.ocr.both.test_both import SHEET, Told, page_with


def line(text: str) -> Line:
    """A line as it was read; its glyphs are the characters without the spaces."""
    glyphs = (Glyph(c, Box(9 * i, 0, 9 * i + 8, 8), 0.9) for i, c in enumerate(text.replace(" ", "")))
    return Line("l0", Box(0, 0, 400, 20).corners, text, tuple(glyphs), size=20.0)


@pytest.mark.parametrize(
    ("first", "other", "text"),
    [
        ("the harbourof Rowan", "theharbour of Rowan", "the harbour of Rowan"),
        ('Rowan said:"No', "Rowan said: “No", 'Rowan said: "No'),
        ("PORT ROWAN,OHIO", "PORT ROWAN, OHIO", "PORT ROWAN, OHIO"),
        ("ferry@rowan.org", "ferry@rowan. org", "ferry@rowan.org"),
        ("www.rowan.org", "www .rowan.org", "www.rowan.org"),
        ("Fare $I.OONO.34", "Fare $1.00 NO.34", "Fare $1.00 NO.34"),
        ("I905 was dry", "1905 was dry", "1905 was dry"),
        ("he aIso rows", "he also rows", "he also rows"),
        ("Pius II died", "Pius 11 died", "Pius II died"),
        ("Ivy grows", "lvy grows", "Ivy grows"),
        ("the ferry", "", "the ferry"),
        ("渡船用WiFi 6联网", "渡船用Wi Fi 6联 网", "渡船用Wi Fi 6联网"),
        ("渡船用WiFi联网", "渡船朋Wi Ei联网", "渡船用WiFi联网"),
        ("渡船十点开", "渡 船十点 开", "渡船十点开"),
    ],
)
def test_words_keep_the_spaces_that_either_reader_saw(first: str, other: str, text: str) -> None:
    """And addresses, hanzi and what is no number or word keep none; the glyphs are those of the text."""
    one, two = line(first), line(other)
    told, places = with_latin_told(one, collated(one.glyphs, two.glyphs), two)
    assert told.text == text
    assert "".join(g.char for g in told.glyphs) == text.replace(" ", "")
    assert [p.glyph for p in places] == list(told.glyphs)


def test_what_the_word_outvoted_stays_on_the_record() -> None:
    """A figure put in for a letter keeps that letter as the other reading, and its number is a suspect as a whole."""
    engine = BothEngine(*(Reader(n, Told((t,)), frozenset, k) for n, t, k in (
        ("one", "$I.OO", Kind.FIRST_ALONE), ("two", "$1.00", Kind.OTHER_ALONE),
    )))  # fmt: skip
    (read,) = engine.read(page_with(1), SHEET).lines
    assert read.text == "$1.00"
    assert [(g.char, g.other) for g in read.glyphs[1:]] == [("1", "I"), (".", "."), ("0", "O"), ("0", "O")]
    assert all(g.confidence < 0.8 for g in read.glyphs[1:])


def test_spaces_are_told_by_their_glyphs() -> None:
    """In front of the first glyph is none, whatever the text begins with."""
    assert spaces(line("a bc d")) == [False, True, False, True]
    assert spaces(line("")) == []
