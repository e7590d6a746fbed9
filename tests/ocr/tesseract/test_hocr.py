"""Tesseract's hOCR becomes characters with boxes: what is written there comes back, and nothing else."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.line.seen import Seen
from ocr.tesseract.hocr import pages


def glyph(char: str, box: tuple[int, int, int, int] = (1, 2, 30, 40), conf: str = "96.25") -> str:
    return f"<span class='ocrx_cinfo' title='x_bboxes {' '.join(map(str, box))}; x_conf {conf}'>{char}</span>"


def word(*glyphs: str) -> str:
    return f"<span class='ocrx_word' id='word_1_1' title='bbox 0 0 90 46; x_wconf 96'>{''.join(glyphs)}</span>"


def page(*words: str) -> str:
    head = "<div class='ocr_page' id='page_1' title='image \"00000.pgm\"; bbox 0 0 90 46; ppageno 0'>"
    line = f"<span class='ocr_line' id='line_1_1' title=\"bbox 0 0 90 46\">{' '.join(words)}</span>"
    return f"{head}\n  {line}\n </div>\n"


CHARACTERS = st.characters(exclude_categories=["C", "Z"])
BOXES = st.tuples(*[st.integers(-50, 30_000)] * 4)


@given(st.lists(st.lists(st.tuples(CHARACTERS, BOXES, st.integers(0, 100)))))
def test_what_is_written_comes_back(sheets: list[list[tuple[str, tuple[int, int, int, int], int]]]) -> None:
    """Every character of every page comes back in its place, with its box and its confidence, entities undone."""
    text = "".join(page(word(*(glyph(html.escape(c), b, str(n)) for c, b, n in sheet))) for sheet in sheets)
    assert pages(text) == [[Seen(c, *b, n / 100) for c, b, n in sheet] for sheet in sheets]


@pytest.mark.parametrize(
    ("written", "char"), [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("一", "一")]
)
def test_entities(written: str, char: str) -> None:
    """A character that XML cannot hold is given as itself."""
    assert [s.char for s in pages(page(word(glyph(written))))[0]] == [char]


def test_several_words_are_one_line() -> None:
    """The words of a line follow each other; between them stands nothing."""
    seen = pages(page(word(glyph("春"), glyph("来")), word(glyph("A"))))
    assert [[s.char for s in p] for p in seen] == [["春", "来", "A"]]


def test_pages_without_characters_are_kept() -> None:
    """A picture in which nothing is seen keeps its place among the others."""
    assert [len(p) for p in pages(page() + page(word(glyph("春"))) + page())] == [0, 1, 0]


@pytest.mark.parametrize("text", ["", "<html></html>", glyph("春"), "\n"])
def test_no_page(text: str) -> None:
    """Where no page begins there is none, whatever else is there."""
    assert pages(text) == []


@pytest.mark.parametrize(
    ("conf", "value"), [("100", 1.0), ("0", 0.0), ("100.001", 1.0), ("99.5", 0.995), ("9.5e-05", 0.0), ("-0.5", 0.0)]
)
def test_confidence_lies_between_nothing_and_one(conf: str, value: float) -> None:
    """However Tesseract writes a confidence, its character is kept and the value lies within 0 and 1."""
    (seen,) = pages(page(word(glyph("春", conf=conf))))[0]
    assert seen.confidence == pytest.approx(value, abs=1e-5)
    assert 0 <= seen.confidence <= 1
