"""PAGE 2019-07-15, one file a page, for OCR workflows: reading order, text corrected and as recognized."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any, Final

from lxml import etree

from banmian.archive.holding import Holding
from banmian.archive.leaf import Leaf
from banmian.archive.words import Sign, Word, words_of
from banmian.archive.xmlread import attribute, child, parsed
from banmian.archive.xmltext import escaped, name_of, xml_id, xml_text
from layout.errors import PageFailed
from layout.geometry import Box, Polygon
from layout.page import WITHOUT_TEXT, Direction, Glyph, Line, Page, Region, RegionKind

NAMESPACE: Final = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
_NAMESPACES: Final[dict[Any, str]] = {None: NAMESPACE}  # the default one, which the stubs leave out
_Q: Final = f"{{{NAMESPACE}}}"
_ELEMENTS: Final = {
    RegionKind.PICTURE: "ImageRegion",
    RegionKind.RULE: "SeparatorRegion",
    RegionKind.FRAME: "GraphicRegion",
}
_TYPES: Final = {
    RegionKind.HEADLINE: "heading",
    RegionKind.SUBHEAD: "heading",
    RegionKind.BODY: "paragraph",
    RegionKind.CAPTION: "caption",
    RegionKind.FOLIO: "header",
    RegionKind.MASTHEAD: "header",
}
_GLYPH, _COORDS, _EQUIV, _UNICODE = (f"{_Q}{name}" for name in ("Glyph", "Coords", "TextEquiv", "Unicode"))
_KIND: Final = re.compile(r"banmian \{kind:([a-z]+);\}")
_DIRECTIONS: Final = {Direction.HORIZONTAL: "left-to-right", Direction.VERTICAL_RL: "top-to-bottom"}


def write(holding: Holding, part: Path) -> None:
    """Writes `part`/NAME/0001.xml and so on, a file a page."""
    folder = part / holding.folder
    folder.mkdir(parents=True)
    for sheet in holding.sheets:
        (folder / f"{sheet.number:04}.xml").write_bytes(page_xml(sheet.leaf()))


def page_xml(leaf: Leaf) -> bytes:
    """The page as PAGE 2019-07-15, UTF-8. Coordinates are whole pixels of the scan, as PAGE has no others.

    TextEquiv 0 of a line is the corrected text, 1 the text as recognized; so with a Glyph, where an edit put one
    character for another. A Word is what stands between spaces, as a rule a whole line of Chinese (see words.py). A
    page without places is refused.
    """
    page = leaf.page
    root = etree.Element(f"{_Q}PcGts", nsmap=_NAMESPACES, pcGtsId=_id(page.number, "pcgts", ""))
    metadata = etree.SubElement(root, f"{_Q}Metadata")
    creator = f"Banmian {version('banmian')}; {page.reader or 'not read'}"
    etree.SubElement(metadata, f"{_Q}Creator").text = xml_text(creator)
    etree.SubElement(metadata, f"{_Q}Created").text = leaf.made
    etree.SubElement(metadata, f"{_Q}LastChange").text = leaf.made
    sheet = etree.SubElement(root, f"{_Q}Page", imageFilename=xml_text(PurePath(page.source).name) or "unknown")
    sheet.attrib.update({"imageWidth": str(page.width), "imageHeight": str(page.height)})
    sheet.set("custom", f"page {{number:{page.number};}}")
    if page.width and page.height:
        space = etree.SubElement(sheet, f"{_Q}PrintSpace")
        etree.SubElement(space, f"{_Q}Coords", points=_corners_of(Box(0, 0, page.width, page.height)))
    _order(sheet, page)
    for region in page.regions:
        _write_region(sheet, leaf, region)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _id(page: int, sort: str, name: str) -> str:
    return xml_id("page", page, sort, name)


def page_of_page_xml(data: bytes) -> Page:
    """The page that `page_xml` wrote, with its regions, lines and text as recognized, in their order."""
    root = parsed(data)
    sheet = child(root, f"{_Q}Page")
    found = {id_: e for e in sheet if (id_ := e.get("id"))}
    ordered = [attribute(e, "regionRef") for e in sheet.iter(f"{_Q}RegionRefIndexed")]
    number = int(re.sub(r"\D", "", attribute(sheet, "custom")))
    width, height = int(attribute(sheet, "imageWidth")), int(attribute(sheet, "imageHeight"))
    regions = tuple(_region(found[r]) for r in ordered)
    return Page(number=number, source=attribute(sheet, "imageFilename"), width=width, height=height, regions=regions)


def _order(sheet: etree._Element, page: Page) -> None:
    if not page.regions:
        return
    order = etree.SubElement(sheet, f"{_Q}ReadingOrder")
    group = etree.SubElement(order, f"{_Q}OrderedGroup", id=_id(page.number, "order", ""))
    for at, region in enumerate(page.regions):
        ref = _id(page.number, "block", region.id)
        etree.SubElement(group, f"{_Q}RegionRefIndexed", index=str(at), regionRef=ref)


def _write_region(sheet: etree._Element, leaf: Leaf, region: Region) -> None:
    name = _ELEMENTS.get(region.kind, "TextRegion")
    element = etree.SubElement(sheet, f"{_Q}{name}", id=_id(leaf.page.number, "block", region.id))
    element.set("custom", f"banmian {{kind:{region.kind.value};}}")
    _coords(element, region.polygon, leaf.page, f"region {region.id}")
    if region.kind in WITHOUT_TEXT:
        return
    element.set("type", _TYPES.get(region.kind, "other"))
    element.set("readingDirection", _DIRECTIONS[region.direction])
    vertical = region.direction is Direction.VERTICAL_RL
    element.set("textLineOrder", "right-to-left" if vertical else "top-to-bottom")
    for line in region.lines:
        _write_line(element, leaf, line)
    if region.lines:
        _equiv(element, "\n".join(leaf.text(line) for line in region.lines), 0)


def _write_line(region: etree._Element, leaf: Leaf, line: Line) -> None:
    element = etree.SubElement(region, f"{_Q}TextLine", id=_id(leaf.page.number, "line", line.id))
    element.set("readingDirection", _DIRECTIONS[line.direction])
    if line.id in leaf.articles:
        article = escaped(leaf.articles[line.id])  # no id of this file: the same on every page of the article
        element.set("custom", f"structure {{id:{article}; type:article;}}")
    where = f"line {line.id}"
    _coords(element, line.polygon, leaf.page, where)
    outline = attribute(child(element, f"{_Q}Coords"), "points")
    words = words_of(line, leaf.text(line))
    for at, word in enumerate(words):
        id_ = _id(leaf.page.number, "word", f"{line.id}.{at}")
        box = None if len(words) == 1 else word.box
        _write_word(element, id_, word, outline if box is None else _corners_of(box))
    _equiv(element, leaf.text(line), 0)
    raw = _equiv(element, line.text, 1)
    if line.glyphs:
        raw.set("conf", f"{sum(g.confidence for g in line.glyphs) / len(line.glyphs):.4f}")


def _write_word(line: etree._Element, id_: str, word: Word, points: str) -> None:
    element = etree.SubElement(line, f"{_Q}Word", id=id_)
    etree.SubElement(element, f"{_Q}Coords", points=points)
    glyph = id_.replace(".word.", ".glyph.", 1)
    for at, sign in enumerate(word.signs):
        if sign.glyph is not None and sign.glyph.box is not None:
            _write_glyph(element, f"{glyph}.{at}", sign, sign.glyph.box)
    _equiv(element, word.text, 0)
    if word.altered:
        _equiv(element, word.recognized, 1)


def _write_glyph(word: etree._Element, id_: str, sign: Sign, box: Box) -> None:
    """The character in the box of what was read; how sure that was is told of it, and of no correction."""
    glyph = sign.glyph
    assert glyph is not None
    element = etree.SubElement(word, _GLYPH, id=id_)
    etree.SubElement(element, _COORDS, points=_corners_of(box))
    equiv = _equiv(element, sign.char, 0)
    if sign.corrected:
        equiv = _equiv(element, glyph.char, 1)
    equiv.set("conf", f"{glyph.confidence:.4f}")


def _equiv(element: etree._Element, text: str, index: int) -> etree._Element:
    equiv = etree.SubElement(element, _EQUIV, index=str(index))
    etree.SubElement(equiv, _UNICODE).text = xml_text(text)
    return equiv


def _coords(element: etree._Element, polygon: Polygon | None, page: Page, what: str) -> None:
    if polygon is None:
        met = f"Page {page.number}: {what} has no place on a scan, and PAGE wants one."
        raise PageFailed(met, "Export text or jsonl; they need no places.")
    etree.SubElement(element, f"{_Q}Coords", points=_points_of(_whole(polygon)))


def _corners_of(box: Box) -> str:
    x0, y0, x1, y1 = max(0, box.x0), max(0, box.y0), max(0, box.x1), max(0, box.y1)
    return f"{x0},{y0} {x1},{y0} {x1},{y1} {x0},{y1}"


def _points_of(corners: Iterable[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in corners)


def _whole(polygon: Polygon) -> list[tuple[int, int]]:
    """Whole pixels, none below 0, rounded away from the middle: the box around them is the box around the polygon."""
    box = Box.around(polygon)
    middle_x, middle_y = box.centre
    return [(_outward(x, middle_x, (box.x0, box.x1)), _outward(y, middle_y, (box.y0, box.y1))) for x, y in polygon]


def _outward(value: float, middle: float, within: tuple[int, int]) -> int:
    rounded = math.floor(value) if value < middle else math.ceil(value)
    return max(0, min(max(rounded, within[0]), within[1]))


def _region(element: etree._Element) -> Region:
    told = _KIND.fullmatch(attribute(element, "custom"))
    assert told is not None
    lines = tuple(_line(e) for e in element.iterchildren(f"{_Q}TextLine"))
    return Region(name_of(attribute(element, "id")), RegionKind(told[1]), _points(element), lines, _direction(element))


def _line(element: etree._Element) -> Line:
    raw = next(e for e in element.iterchildren(f"{_Q}TextEquiv") if e.get("index") == "1")
    text = raw.findtext(f"{_Q}Unicode") or ""
    glyphs = tuple(_glyph(e) for e in element.iterfind(f"{_Q}Word/{_Q}Glyph"))
    return Line(name_of(attribute(element, "id")), _points(element), text, glyphs, _direction(element))


def _glyph(element: etree._Element) -> Glyph:
    """The glyph as it was read: the last of its texts."""
    read = list(element.iterchildren(f"{_Q}TextEquiv"))[-1]
    char = child(read, f"{_Q}Unicode").text or ""
    return Glyph(char, Box.around(_points(element)), float(attribute(read, "conf")))


def _points(element: etree._Element) -> Polygon:
    coords = child(element, f"{_Q}Coords")
    return tuple((float(x), float(y)) for x, y in (p.split(",") for p in attribute(coords, "points").split()))


def _direction(element: etree._Element) -> Direction:
    return Direction.VERTICAL_RL if element.get("readingDirection") == "top-to-bottom" else Direction.HORIZONTAL
