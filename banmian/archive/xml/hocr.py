"""The format hOCR 1.2, one file a page: the corrected lines with boxes and confidences, for browsers and OCR tools.

An ocr_carea is a region, an ocr_line a printed line, an ocrx_word what stands between spaces (see words.py). A
vertical line has the CSS property writing-mode, as hOCR leaves the direction of writing to CSS: textangle would say
that its characters lie on their sides, which they don't.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Final

from lxml import etree

from banmian.archive.content.clip import on_scan
from banmian.archive.content.corrected_page import CorrectedPage
from banmian.archive.content.export_issue import ExportIssue, ExportPage
from banmian.archive.content.labels import issue_title, page_name
from banmian.archive.content.words import SPACE, Word, words_of
from banmian.archive.content.xml_text import xml_id, xml_text
from banmian.archive.xml.elements import Elements
from banmian.archive.xml.xml_writer import XmlWriter
from layout.geometry import Box
from layout.page import Direction, Line, Region, RegionKind

NAMESPACE: Final = "http://www.w3.org/1999/xhtml"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_E: Final = Elements()
_WORD: Final = {"class": "ocrx_word"}
_CLASSES: Final = {
    RegionKind.PICTURE: "ocr_photo",
    RegionKind.RULE: "ocr_separator",
    RegionKind.FRAME: "ocr_float",
    RegionKind.TABLE: "ocr_table",
}
_CAPABILITIES: Final = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocr_photo ocr_separator ocr_float ocr_table"
_VERTICAL: Final = {"style": "writing-mode: vertical-rl"}
_WHOLE: Final = 100
"""Confidence of a word that is certain: hOCR counts in percent."""


def write(holding: ExportIssue, part: Path) -> None:
    """Writes `part`/NAME/0001.html and so on, a file a page."""
    folder = part / holding.folder
    folder.mkdir(parents=True)
    for sheet in holding.sheets:
        (folder / f"{sheet.number:04}.html").write_bytes(hocr(sheet.leaf(), _title(holding, sheet), _language(holding)))


def hocr(leaf: CorrectedPage, title: str, language: str | None = None) -> bytes:
    """The page as hOCR, XHTML in UTF-8. Boxes are pixels of the scan, confidences per cent."""
    page, pen = leaf.page, XmlWriter(NAMESPACE, {"xml": _XML} if language else None, "<!DOCTYPE html>")
    told = {"lang": xml_text(language), f"{{{_XML}}}lang": xml_text(language)} if language else {}
    sheet = {"class": "ocr_page", "id": _id(leaf, "page", ""), "title": _page_properties(leaf)}
    with pen.root("html", told) as out:
        pen.put(_head(leaf, title))
        with pen.within("body"), pen.within("div", sheet):
            for region in page.regions:
                _write_region(pen, leaf, region)
    return out.getvalue()


def _title(holding: ExportIssue, sheet: ExportPage) -> str:
    return f"{issue_title(holding)} {page_name(sheet)}"


def _language(holding: ExportIssue) -> str | None:
    return holding.metadata.language


def _head(leaf: CorrectedPage, title: str) -> etree._Element:
    facts = {
        "ocr-system": f"Banmian {version('banmian')}; {leaf.page.reader or 'not read'}",
        "ocr-capabilities": _CAPABILITIES,
        "ocr-number-of-pages": "1",
    }
    content_type = _E.meta({"http-equiv": "Content-Type"}, content="text/html; charset=utf-8")
    return _E.head(content_type, _E.title(title), *(_E.meta(name=k, content=v) for k, v in facts.items()))


def _page_properties(leaf: CorrectedPage) -> str:
    page = leaf.page
    name = "".join(c for c in PurePath(page.source).name if c.isprintable() and c not in '"\\')
    facts = [f'image "{name}"', f"bbox 0 0 {page.width} {page.height}", f"ppageno {page.number - 1}"]
    if page.dpi:
        facts.append(f"scan_res {page.dpi:.0f} {page.dpi:.0f}")
    return "; ".join(facts)


def _write_region(pen: XmlWriter, leaf: CorrectedPage, region: Region) -> None:
    """Writes the region's lines that hold text, as one paragraph: where the text's own begin, the page does not
    tell."""
    place, id_ = _properties(region.box), {"id": _id(leaf, "block", region.id)}
    lines = [line for line in region.lines if leaf.text(line).strip()]  # hOCR has no line that says nothing
    if not lines:
        pen.empty("div", {"class": _CLASSES.get(region.kind, "ocr_carea")} | place | id_)
        return
    area = {"class": "ocr_carea", "data-kind": region.kind.value} | place | _direction(region.direction) | id_
    with pen.within("div", area), pen.within("p", {"class": "ocr_par"} | place | {"id": _id(leaf, "par", region.id)}):
        for line in lines:
            _write_line(pen, leaf, line)


def _write_line(pen: XmlWriter, leaf: CorrectedPage, line: Line) -> None:
    box, id_ = line.box, _id(leaf, "line", line.id)
    told = {"class": "ocr_line"} | _properties(box) | _direction(line.direction) | {"id": id_}
    if line.id in leaf.articles:
        told["data-article"] = _id(leaf, "article", leaf.articles[line.id])
    words = words_of(line, leaf.text(line))
    name = id_.replace(".line.", ".word.", 1)
    with pen.within("span", told):
        for at, word in enumerate(words):
            facts = "; ".join(_facts(word, box if len(words) == 1 else word.box))
            pen.text("span", word.text, _WORD | ({"title": facts} if facts else {}) | {"id": f"{name}.{at}"})
            pen.write("\n" if word.last else SPACE)


def _facts(word: Word, box: Box | None) -> Iterator[str]:
    """The word's box, how sure it is, and where every character of it was read, that of each of them."""
    if box is not None:
        yield f"bbox {_numbers(box)}"
    if word.confidence is not None:
        yield f"x_wconf {word.confidence * _WHOLE:.0f}"
    read = [g for char, g in zip(word.text, word.glyphs, strict=True) if g is not None and g.char == char]
    if read and len(read) == len(word.text):
        yield "x_confs " + " ".join(f"{g.confidence * _WHOLE:.2f}" for g in read)
        boxes = [g.box for g in read if g.box is not None]
        if len(boxes) == len(read):
            yield "x_bboxes " + " ".join(map(_numbers, boxes))


def _properties(box: Box | None) -> dict[str, str]:
    return {} if box is None else {"title": f"bbox {_numbers(box)}"}


def _numbers(box: Box) -> str:
    box = on_scan(box)
    return f"{box.x0} {box.y0} {box.x1} {box.y1}"


def _direction(direction: Direction) -> dict[str, str]:
    return _VERTICAL if direction is Direction.VERTICAL_RL else {}


def _id(leaf: CorrectedPage, sort: str, name: str) -> str:
    return xml_id("hocr", leaf.page.number, sort, name)
