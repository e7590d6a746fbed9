"""ALTO and PAGE: read back, they give the page; against the published schemas, they are valid."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from banmian.archive.alto import alto, page_of_alto
from banmian.archive.leaf import Leaf
from banmian.archive.pagexml import page_of_page_xml, page_xml
from banmian.archive.xmltext import name_of, xml_id, xml_text
from layout.geometry import Box
from layout.page import WITHOUT_TEXT, Direction, Glyph, Line, Page, Region, RegionKind

SCHEMAS = Path(__file__).resolve().parents[4] / "shared/schemas"
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
    return Line(name, box.corners, text, tuple(Glyph(c, box, 0.5) for c in text), draw(directions))


def _told(page: Page) -> list[object]:
    """What a round trip keeps: order, kinds, boxes, directions, and the text as far as XML can write it."""
    return [
        (r.id, r.kind, r.box, [(n.id, n.box, n.direction, xml_text(n.text)) for n in r.lines]) for r in page.regions
    ]


def _schema(path: str) -> etree.XMLSchema:
    if not SCHEMAS.exists():
        pytest.skip(f"the published schemas are not at {SCHEMAS}")

    class Here(etree.Resolver):
        def resolve(self, url: str, _id: str, context: object) -> object:
            near = {"xlink.xsd": "mets/xlink.xsd", "xml.xsd": "xml/xml.xsd"}.get(url.rsplit("/", 1)[-1])
            return self.resolve_filename(str(SCHEMAS / near), context) if near else None  # type: ignore[arg-type]

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Here())
    return etree.XMLSchema(etree.parse(SCHEMAS / path, parser))


@pytest.mark.parametrize(("write", "read", "_xsd"), FORMS)
def test_a_page_read_back_is_the_page(write: Callable[[Leaf], bytes], read: Callable[[bytes], Page], _xsd: str) -> None:
    """Text, boxes, order and directions of any page come back, corrected or not."""

    @settings(max_examples=250, deadline=None)
    @given(pages())
    def holds(page: Page) -> None:
        corrected = {n.id: n.text[::-1] + "〇" for n in list(page.lines)[::2]}
        back = read(write(Leaf(page, MADE, corrected)))
        assert _told(back) == _told(page)
        assert (back.number, back.width, back.height) == (page.number, page.width, page.height)

    holds()


@pytest.mark.parametrize(("write", "_read", "xsd"), FORMS)
def test_every_page_is_valid(write: Callable[[Leaf], bytes], _read: object, xsd: str) -> None:
    """The published schema takes any page, also one without a region, a line or a character."""
    schema = _schema(xsd)

    @settings(max_examples=100, deadline=None)
    @given(pages())
    def holds(page: Page) -> None:
        articles = {n.id: "篇 1" for n in page.lines}
        schema.assertValid(etree.fromstring(write(Leaf(page, MADE, {}, articles))))

    holds()


@given(st.text(max_size=9))
def test_an_id_gives_its_name_back(name: str) -> None:
    """Whatever a region or a line is called, its id tells it."""
    assert name_of(xml_id("alto", 3, "line", name)) == name
