"""PAGE 2019-07-15, one file a page, for OCR workflows: reading order, text corrected and as recognized."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Final

from lxml import etree

from banmian.archive.content.clip import on_scan
from banmian.archive.content.corrected_page import CorrectedPage
from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.content.words import Sign, Word, words_of
from banmian.archive.content.xml_text import escaped, name_of, xml_id, xml_text
from banmian.archive.xml.elements import Elements
from banmian.archive.xml.page_files import polygon_of, write_glyphs, write_pages
from banmian.archive.xml.xml_reader import attribute, child, parsed
from banmian.archive.xml.xml_writer import XmlTemplate, XmlWriter
from layout.errors import PageFailed
from layout.geometry import Box, Polygon
from layout.page import WITHOUT_TEXT, Direction, Glyph, Line, Page, Region, RegionKind

NAMESPACE: Final = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
_E: Final = Elements()
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
_CORRECTED: Final = "0"
_RECOGNIZED: Final = "1"
"""The index of a TextEquiv."""
_UNICODE: Final = _E.TextEquiv(_E.Unicode("%s"), index=_CORRECTED, conf="%.4f")
_GLYPH: Final = XmlTemplate(_E.Glyph(_E.Coords(points="%d,%d %d,%d %d,%d %d,%d"), _UNICODE, id="%s"))
_KIND: Final = re.compile(r"banmian \{kind:([a-z]+);\}")
_DIRECTIONS: Final = {Direction.HORIZONTAL: "left-to-right", Direction.VERTICAL_RL: "top-to-bottom"}


def write(holding: ExportIssue, part: Path) -> None:
    """Writes `part`/NAME/0001.xml and so on, a file a page."""
    write_pages(holding, part, page_xml)


def page_xml(leaf: CorrectedPage) -> bytes:
    """The page as PAGE 2019-07-15, UTF-8. Coordinates are whole pixels of the scan, as PAGE has no others.

    TextEquiv 0 of a line is the corrected text, 1 the text as recognized; so with a Glyph, where an edit put one
    character for another. A Word is what stands between spaces, as a rule a whole line of Chinese (see words.py). A
    page without places is refused.
    """
    page, pen = leaf.page, XmlWriter(NAMESPACE)
    with pen.root("PcGts", {"pcGtsId": _id(page.number, "pcgts", "")}) as out:
        with pen.within("Metadata"):
            pen.text("Creator", f"Banmian {version('banmian')}; {page.reader or 'not read'}")
            pen.text("Created", leaf.made)
            pen.text("LastChange", leaf.made)
        sheet = {"imageFilename": xml_text(PurePath(page.source).name) or "unknown"}
        sheet |= {"imageWidth": str(page.width), "imageHeight": str(page.height)}
        with pen.within("Page", sheet | {"custom": f"page {{number:{page.number};}}"}):
            if page.width and page.height:
                with pen.within("PrintSpace"):
                    pen.empty("Coords", {"points": _corners_of(Box(0, 0, page.width, page.height))})
            _write_order(pen, page)
            for region in page.regions:
                _write_region(pen, leaf, region)
    return out.getvalue()


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


def _write_order(pen: XmlWriter, page: Page) -> None:
    if not page.regions:
        return
    with pen.within("ReadingOrder"), pen.within("OrderedGroup", {"id": _id(page.number, "order", "")}):
        for at, region in enumerate(page.regions):
            pen.empty("RegionRefIndexed", {"index": str(at), "regionRef": _id(page.number, "block", region.id)})


def _write_region(pen: XmlWriter, leaf: CorrectedPage, region: Region) -> None:
    told = {"id": _id(leaf.page.number, "block", region.id), "custom": f"banmian {{kind:{region.kind.value};}}"}
    if region.kind not in WITHOUT_TEXT:
        vertical = region.direction is Direction.VERTICAL_RL
        told["type"] = _TYPES.get(region.kind, "other")
        told["readingDirection"] = _DIRECTIONS[region.direction]
        told["textLineOrder"] = "right-to-left" if vertical else "top-to-bottom"
    with pen.within(_ELEMENTS.get(region.kind, "TextRegion"), told):
        pen.empty("Coords", {"points": _outline(region.polygon, leaf.page, f"region {region.id}")})
        for line in region.lines:
            _write_line(pen, leaf, line)
        if region.lines:
            _write_equiv(pen, "\n".join(leaf.text(line) for line in region.lines), _CORRECTED)


def _write_line(pen: XmlWriter, leaf: CorrectedPage, line: Line) -> None:
    number, text = leaf.page.number, leaf.text(line)
    told = {"id": _id(number, "line", line.id), "readingDirection": _DIRECTIONS[line.direction]}
    if line.id in leaf.articles:
        article = escaped(leaf.articles[line.id])  # no id of this file: the same on every page of the article
        told["custom"] = f"structure {{id:{article}; type:article;}}"
    for at in leaf.gaps.get(line.id, ()):
        told["custom"] = f"{told.get('custom', '')} unclear {{offset:{at}; length:1; reason:illegible;}}".strip()
    outline, words = _outline(line.polygon, leaf.page, f"line {line.id}"), words_of(line, text)
    sure = sum(g.confidence for g in line.glyphs) / len(line.glyphs) if line.glyphs else None
    with pen.within("TextLine", told):
        pen.empty("Coords", {"points": outline})
        for at, word in enumerate(words):
            box = None if len(words) == 1 else word.box
            place = outline if box is None else _corners_of(box)
            _write_word(pen, _id(number, "word", f"{line.id}.{at}"), word, place)
        _write_equiv(pen, text, _CORRECTED)
        _write_equiv(pen, line.text, _RECOGNIZED, sure)


def _write_word(pen: XmlWriter, id_: str, word: Word, points: str) -> None:
    with pen.within("Word", {"id": id_}):
        pen.empty("Coords", {"points": points})
        write_glyphs(pen, id_.replace(".word.", ".glyph.", 1), word, (_GLYPH, _plain_glyph), _write_glyph)
        _write_equiv(pen, word.text, _CORRECTED)
        if word.altered:
            _write_equiv(pen, word.recognized, _RECOGNIZED)


def _plain_glyph(id_: str, sign: Sign) -> tuple[float | str, ...]:
    box = on_scan(sign.box)
    corners = box.x0, box.y0, box.x1, box.y0, box.x1, box.y1, box.x0, box.y1
    return id_, *corners, sign.glyph.confidence, sign.char


def _write_glyph(pen: XmlWriter, id_: str, sign: Sign) -> None:
    """The character in the box of what was read; how sure that was is told of it, and of no correction."""
    with pen.within("Glyph", {"id": id_}):
        pen.empty("Coords", {"points": _corners_of(sign.box)})
        if sign.corrected:
            _write_equiv(pen, sign.char, _CORRECTED)
            _write_equiv(pen, sign.glyph.char, _RECOGNIZED, sign.glyph.confidence)
        else:
            _write_equiv(pen, sign.char, _CORRECTED, sign.glyph.confidence)


def _write_equiv(pen: XmlWriter, text: str, index: str, confidence: float | None = None) -> None:
    sure = {} if confidence is None else {"conf": f"{confidence:.4f}"}
    with pen.within("TextEquiv", {"index": index, **sure}):
        pen.text("Unicode", text)


def _outline(polygon: Polygon | None, page: Page, what: str) -> str:
    """The points of what stands on the page; raises PageFailed for what has no place on it."""
    if polygon is None:
        met = f"Page {page.number}: {what} has no place on a scan, and PAGE wants one."
        raise PageFailed(met, "Export text or jsonl; they need no places.")
    return _points_of(_whole(polygon))


def _corners_of(box: Box) -> str:
    box = on_scan(box)
    return f"{box.x0},{box.y0} {box.x1},{box.y0} {box.x1},{box.y1} {box.x0},{box.y1}"


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
    return polygon_of(attribute(child(element, f"{_Q}Coords"), "points"))


def _direction(element: etree._Element) -> Direction:
    return Direction.VERTICAL_RL if element.get("readingDirection") == "top-to-bottom" else Direction.HORIZONTAL
