"""ALTO and PAGE: read back, they give the page; against the published schemas, they are valid."""

from __future__ import annotations

from collections.abc import Callable, Container

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from banmian.archive.content.corrected_page import CorrectedPage
from banmian.archive.content.words import words_of
from banmian.archive.content.xml_text import name_of, xml_id, xml_text
from banmian.archive.xml.alto import alto, page_of_alto
from banmian.archive.xml.page_xml import page_of_page_xml, page_xml
from cleanup.article import Role
from layout.geometry import Box
from layout.page import WITHOUT_TEXT, Direction, Glyph, Line, Page, Region, RegionKind
from tests.banmian.archive.standards import schema

FORMS = [
    pytest.param(alto, page_of_alto, "alto/alto-4-4.xsd", id="alto"),
    pytest.param(page_xml, page_of_page_xml, "page/pagecontent-2019-07-15.xsd", id="page"),
]
MADE = "2020-01-02T03:04:05Z"

hanzi = st.sampled_from("山村邮路〇𠮷𪚥﹏—“]]>&<'\"\x00\x0b\ud800\uffff\t \r")
texts = st.text(hanzi, max_size=12) | st.text(max_size=8)
directions = st.sampled_from(Direction)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    x, y = draw(st.integers(0, 900)), draw(st.integers(0, 900))
    return Box(x, y, x + draw(st.integers(1, 99)), y + draw(st.integers(1, 99)))


@st.composite
def pages(draw: st.DrawFn) -> Page:
    regions = []
    for r in range(draw(st.integers(0, 4))):
        kind, many = draw(st.sampled_from(RegionKind)), draw(st.integers(0, 3))
        lines = () if kind in WITHOUT_TEXT else tuple(_line(draw, f"r{r}_l:{n}") for n in range(many))
        regions.append(Region(f"r{r}", kind, draw(boxes()).corners, lines, draw(directions)))
    return Page(draw(st.integers(1, 9999)), "报 '纸'.tif", width=1000, height=1000, regions=tuple(regions))


def _line(draw: st.DrawFn, name: str) -> Line:
    text, box = draw(texts), draw(boxes())
    seen = draw(st.sampled_from([0.0, 0.5, 1.0])), draw(st.none() | st.text(hanzi, max_size=5))
    glyphs = tuple(_glyph(c, box, *seen) for c in text if not c.isspace())
    return Line(name, box.corners, text, glyphs, draw(directions))


def _glyph(char: str, box: Box, sure: float, other: str | None) -> Glyph:
    return Glyph(char, box, sure, other, None if other is None else sure)


def _told(page: Page, corrected: Container[str]) -> list[object]:
    """What a round trip keeps: order, kinds, boxes, directions, and the text as far as XML can write it.

    Of lines that were not corrected also the glyphs.
    """
    return [
        (
            (r.id, r.kind, r.box, r.direction if r.lines else None),
            [(n.id, n.box, n.direction, xml_text(n.text)) for n in r.lines],
            [_glyphs(n) for n in r.lines if n.id not in corrected],
        )
        for r in page.regions
    ]


def _glyphs(line: Line) -> list[object]:
    return [(xml_text(g.char), g.box, g.confidence) for g in line.glyphs]


@pytest.mark.parametrize(("write", "read", "_xsd"), FORMS)
def test_a_page_read_back_is_the_page(
    write: Callable[[CorrectedPage], bytes], read: Callable[[bytes], Page], _xsd: str
) -> None:
    """Text, boxes, order and directions of any page come back, corrected or not."""

    @given(pages())
    def holds(page: Page) -> None:
        corrected = {n.id: n.text[::-1] + "〇" for n in list(page.lines)[::2]}
        back = read(write(CorrectedPage(page, MADE, corrected)))
        assert _told(back, corrected) == _told(page, corrected)
        assert (back.number, back.width, back.height) == (page.number, page.width, page.height)

    holds()


@pytest.mark.parametrize(("write", "_read", "xsd"), FORMS)
def test_every_page_is_valid(write: Callable[[CorrectedPage], bytes], _read: object, xsd: str) -> None:
    """The published schema takes any page, also one without a region, a line or a character."""
    valid = schema(xsd)

    @given(pages())
    def holds(page: Page) -> None:
        articles = {n.id: "篇 1" for n in page.lines}
        roles, titles = {n.id: Role.BODY for n in page.lines}, {"篇 1": "]]>\x00"}
        corrected = {n.id: n.text[1:] + "〇 一" for n in list(page.lines)[::2]}
        valid.assertValid(etree.fromstring(write(CorrectedPage(page, MADE, corrected, articles, roles, titles))))

    holds()


@given(st.text(max_size=9))
def test_an_id_gives_its_name_back(name: str) -> None:
    """Whatever a region or a line is called, its id tells it."""
    assert name_of(xml_id("alto", 3, "line", name)) == name


def _glyphed(text: str) -> Line:
    boxes = [Box(10 * n, 0, 10 * n + 9, 9) for n in range(len(text))]
    glyphs = tuple(Glyph(c, b, 0.5) for c, b in zip(text, boxes, strict=True) if c != " ")
    return Line("l", Box(0, 0, 10 * len(text), 9).corners, text, glyphs)


def test_characters_that_no_edit_touched_keep_their_boxes() -> None:
    """On a corrected line too: what was put in has no box, what was replaced has that of what stood there."""
    (word,) = words_of(_glyphed("山林寸邮路"), "山村邮路上")
    assert word.altered
    known = {s.at: (s.char, s.glyph.char, s.box.x0) for s in word.signs}
    assert known[0] == ("山", "山", 0)
    assert [known.get(at) for at in (2, 3, 4)] == [("邮", "邮", 30), ("路", "路", 40), None]


@given(texts, texts)
def test_words_are_the_line(raw: str, text: str) -> None:
    """Joined with single spaces they are the clean text; one behind the other, what was recognized."""
    line = Line("l", None, raw)
    words = words_of(line, text)
    assert " ".join(w.text for w in words) == text
    assert "".join(w.recognized for w in words) == raw
    assert [w.last for w in words] == [False] * (len(words) - 1) + [True]
