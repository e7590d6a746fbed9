"""hOCR 1.2, one file a page: the corrected lines with boxes and confidences, for browsers and OCR tools.

An ocr_carea is a region, an ocr_line a printed line, an ocrx_word what stands between spaces (see words.py). A
vertical line has the CSS property writing-mode, as hOCR leaves the direction of writing to CSS: textangle would say
that its characters lie on their sides, which they don't.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Final

from lxml import etree

from banmian.archive.elements import Elements
from banmian.archive.holding import Holding, Sheet
from banmian.archive.leaf import Leaf
from banmian.archive.naming import issue_title, page_name
from banmian.archive.words import SPACE, Word, words_of
from banmian.archive.xmltext import xml_id
from layout.geometry import Box
from layout.page import Direction, Line, Region, RegionKind

NAMESPACE: Final = "http://www.w3.org/1999/xhtml"
_H: Final = Elements(NAMESPACE, {None: NAMESPACE})
_DOCTYPE: Final = "<!DOCTYPE html>"
_CLASSES: Final = {
    RegionKind.PICTURE: "ocr_photo",
    RegionKind.RULE: "ocr_separator",
    RegionKind.FRAME: "ocr_float",
    RegionKind.TABLE: "ocr_table",
}
_CAPABILITIES: Final = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocr_photo ocr_separator ocr_float ocr_table"
_VERTICAL: Final = {"style": "writing-mode: vertical-rl"}
_WHOLE: Final = 100


def write(holding: Holding, part: Path) -> None:
    """Writes `part`/NAME/0001.html and so on, a file a page."""
    folder = part / holding.folder
    folder.mkdir(parents=True)
    for sheet in holding.sheets:
        (folder / f"{sheet.number:04}.html").write_bytes(hocr(sheet.leaf(), _title(holding, sheet), _language(holding)))


def hocr(leaf: Leaf, title: str, language: str | None = None) -> bytes:
    """The page as hOCR, XHTML in UTF-8. Boxes are pixels of the scan, confidences per cent."""
    page = leaf.page
    sheet = _H.div({"class": "ocr_page"}, id=_id(leaf, "page", ""), title=_page_properties(leaf))
    for region in page.regions:
        lines = [line for line in region.lines if leaf.text(line).strip()]  # hOCR has no line that says nothing
        sheet.append(_area(leaf, region, lines) if lines else _textless(leaf, region))
    root = _H.html(_head(leaf, title), _H.body(sheet))
    if language:
        root.attrib.update({"lang": language, "{http://www.w3.org/XML/1998/namespace}lang": language})
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype=_DOCTYPE))


def _title(holding: Holding, sheet: Sheet) -> str:
    return f"{issue_title(holding)} {page_name(sheet)}"


def _language(holding: Holding) -> str | None:
    return holding.metadata.language


def _head(leaf: Leaf, title: str) -> etree._Element:
    facts = {
        "ocr-system": f"Banmian {version('banmian')}; {leaf.page.reader or 'not read'}",
        "ocr-capabilities": _CAPABILITIES,
        "ocr-number-of-pages": "1",
    }
    content_type = _H.meta({"http-equiv": "Content-Type"}, content="text/html; charset=utf-8")
    return _H.head(content_type, _H.title(title), *(_H.meta(name=k, content=v) for k, v in facts.items()))


def _page_properties(leaf: Leaf) -> str:
    page = leaf.page
    name = "".join(c for c in PurePath(page.source).name if c.isprintable() and c not in '"\\')
    facts = [f'image "{name}"', f"bbox 0 0 {page.width} {page.height}", f"ppageno {page.number - 1}"]
    if page.dpi:
        facts.append(f"scan_res {page.dpi:.0f} {page.dpi:.0f}")
    return "; ".join(facts)


def _area(leaf: Leaf, region: Region, lines: Sequence[Line]) -> etree._Element:
    """The region's lines that hold text, as one paragraph: where the text's own begin, the page does not tell."""
    paragraph = _H.p({"class": "ocr_par"}, _properties(region.box), id=_id(leaf, "par", region.id))
    for line in lines:
        paragraph.append(_line(leaf, line))
    facts = {"class": "ocr_carea", "data-kind": region.kind.value, **_properties(region.box)}
    return _H.div(facts, _direction(region.direction), paragraph, id=_id(leaf, "block", region.id))


def _textless(leaf: Leaf, region: Region) -> etree._Element:
    name = _CLASSES.get(region.kind, "ocr_carea")
    return _H.div({"class": name}, _properties(region.box), id=_id(leaf, "block", region.id))


def _line(leaf: Leaf, line: Line) -> etree._Element:
    element = _H.span(
        {"class": "ocr_line"}, _properties(line.box), _direction(line.direction), id=_id(leaf, "line", line.id)
    )
    if line.id in leaf.articles:
        element.set("data-article", _id(leaf, "article", leaf.articles[line.id]))
    words = words_of(line, leaf.text(line))
    for at, word in enumerate(words):
        element.append(_word(word, _id(leaf, "word", f"{line.id}.{at}"), line.box if len(words) == 1 else None))
        element[-1].tail = "\n" if word.last else SPACE
    return element


def _word(word: Word, id_: str, box: Box | None) -> etree._Element:
    """The word in the given box, else in the one around its glyphs; x_confs where every character was read."""
    facts = [f"bbox {_numbers(place)}"] if (place := box or word.box) else []
    if word.confidence is not None:
        facts.append(f"x_wconf {word.confidence * _WHOLE:.0f}")
    read = [g for char, g in zip(word.text, word.glyphs, strict=True) if g is not None and g.char == char]
    if read and len(read) == len(word.text):
        facts.append("x_confs " + " ".join(f"{g.confidence * _WHOLE:.2f}" for g in read))
        boxes = [g.box for g in read if g.box is not None]
        facts += ["x_bboxes " + " ".join(map(_numbers, boxes))] if len(boxes) == len(read) else []
    return _H.span({"class": "ocrx_word"}, {"title": "; ".join(facts)} if facts else {}, word.text, id=id_)


def _properties(box: Box | None) -> dict[str, str]:
    return {} if box is None else {"title": f"bbox {_numbers(box)}"}


def _numbers(box: Box) -> str:
    return f"{max(0, box.x0)} {max(0, box.y0)} {max(0, box.x1)} {max(0, box.y1)}"


def _direction(direction: Direction) -> dict[str, str]:
    return _VERTICAL if direction is Direction.VERTICAL_RL else {}


def _id(leaf: Leaf, sort: str, name: str) -> str:
    return xml_id("hocr", leaf.page.number, sort, name)
