"""ALTO 4.4, one file a page, for library systems: the corrected lines with boxes, what was recognized beside them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Final

from lxml import etree

from banmian.archive.content.corrected_page import CorrectedPage
from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.content.words import SPACE, Sign, Word, words_of
from banmian.archive.content.xml_text import name_of, xml_id, xml_text
from banmian.archive.xml.page_files import polygon_of, write_glyphs, write_pages
from banmian.archive.xml.xml_reader import attribute, child, parsed
from banmian.archive.xml.xml_writer import XmlTemplate, XmlWriter
from layout.geometry import Box, Polygon
from layout.page import WITHOUT_TEXT, Direction, Glyph, Line, Page, Region, RegionKind

NAMESPACE: Final = "http://www.loc.gov/standards/alto/ns-v4#"
_AS_RECOGNIZED: Final = "as recognized"
_VARIANT: Final = 3
"""Maximum length, in characters, of a Variant: a second reader that saw more in one place was astray."""
_Q: Final = f"{{{NAMESPACE}}}"
_WITHOUT_TEXT: Final = {RegionKind.PICTURE: "Illustration"}
PARTS: Final = ("TextBlock", "ComposedBlock", "Illustration", "GraphicalElement", "TextLine")
"""The elements of a page that regions and lines become."""
_NUMBER: Final = "%d"
_SHARE: Final = "%.4f"
_PLACE: Final = dict.fromkeys(("HPOS", "VPOS", "WIDTH", "HEIGHT"), _NUMBER)
_GLYPH: Final = XmlTemplate(etree.Element("Glyph", {"ID": "%s", "CONTENT": "%s", **_PLACE, "GC": _SHARE}))
_DIRECTIONS: Final = {Direction.HORIZONTAL: "ltr", Direction.VERTICAL_RL: "ttb"}


def write(holding: ExportIssue, part: Path) -> None:
    """Writes `part`/NAME/0001.xml and so on, a file a page."""
    write_pages(holding, part, alto)


def alto(leaf: CorrectedPage) -> bytes:
    """The page as ALTO 4.4, UTF-8. Coordinates are pixels of the scan.

    A String is a word (see words.py), as a rule a whole line of Chinese; its Glyphs carry what is known of its
    characters. Where it was corrected, ALTERNATIVE has what was recognized, with the space behind it if one was; a
    corrected character stands in the Glyph that was read in its place, and Variant has the other readings.
    """
    page, pen = leaf.page, XmlWriter(NAMESPACE)
    with pen.root("alto", {"SCHEMAVERSION": "4.4"}) as out:
        _describe(pen, leaf)
        with pen.within("Tags"):
            _tag(pen, leaf)
        sheet = {"ID": alto_id(page.number, "page", ""), "PHYSICAL_IMG_NR": str(page.number)}
        size = {"WIDTH": str(page.width), "HEIGHT": str(page.height)}
        space = _placed(Box(0, 0, page.width, page.height))
        with pen.within("Layout"), pen.within("Page", sheet | size), pen.within("PrintSpace", space):
            for region in page.regions:
                _write_region(pen, leaf, region)
    return out.getvalue()


def alto_id(page: int, sort: str, name: str) -> str:
    """The id of what a page calls `name`; METS leads to blocks and lines by it."""
    return xml_id("alto", page, sort, name)


def page_of_alto(data: bytes) -> Page:
    """The page that `alto` wrote, with its regions, lines and text as recognized, in their order."""
    root = parsed(data)
    sheet = child(root, f".//{_Q}Page")
    kinds = {attribute(t, "ID"): RegionKind(attribute(t, "LABEL")) for t in root.iter(f"{_Q}LayoutTag")}
    regions = tuple(_region(e, kinds) for e in child(sheet, f"{_Q}PrintSpace"))
    source = root.findtext(f".//{_Q}fileName") or ""
    number, width, height = (int(attribute(sheet, k)) for k in ("PHYSICAL_IMG_NR", "WIDTH", "HEIGHT"))
    return Page(number=number, source=source, width=width, height=height, regions=regions)


def _describe(pen: XmlWriter, leaf: CorrectedPage) -> None:
    with pen.within("Description"):
        pen.text("MeasurementUnit", "pixel")
        with pen.within("sourceImageInformation"):
            pen.text("fileName", PurePath(leaf.page.source).name)
        _step(pen, leaf, "contentGeneration", leaf.page.reader or "not read")
        _step(pen, leaf, "contentModification", "the edits of Banmian's ledger that are in force")


def _step(pen: XmlWriter, leaf: CorrectedPage, category: str, settings: str) -> None:
    with pen.within("Processing", {"ID": alto_id(leaf.page.number, "step", category)}):
        pen.text("processingCategory", category)
        pen.text("processingDateTime", leaf.made)
        pen.text("processingStepSettings", settings)
        with pen.within("processingSoftware"):
            pen.text("softwareName", "Banmian")
            pen.text("softwareVersion", version("banmian"))


def _tag(pen: XmlWriter, leaf: CorrectedPage) -> None:
    number = leaf.page.number
    for kind in dict.fromkeys(r.kind for r in leaf.page.regions):
        pen.empty("LayoutTag", {"ID": alto_id(number, "kind", kind), "TYPE": "region", "LABEL": kind.value})
    here = [line.id for line in leaf.page.lines]
    for article in dict.fromkeys(leaf.articles[n] for n in here if n in leaf.articles):
        tag = {"ID": alto_id(number, "article", article), "TYPE": "article", "LABEL": xml_text(article)}
        title = leaf.titles.get(article)
        pen.empty("StructureTag", tag | ({"DESCRIPTION": xml_text(title)} if title else {}))
    for role in dict.fromkeys(leaf.roles[n] for n in here if n in leaf.roles):
        pen.empty("RoleTag", {"ID": alto_id(number, "role", role), "TYPE": "line", "LABEL": role.value})


def _write_region(pen: XmlWriter, leaf: CorrectedPage, region: Region) -> None:
    name = "TextBlock" if region.lines else _WITHOUT_TEXT.get(region.kind, "GraphicalElement")
    if not region.lines and region.kind not in WITHOUT_TEXT:
        name = "ComposedBlock"  # a TextBlock has at least one line
    number = leaf.page.number
    block = {"ID": alto_id(number, "block", region.id), "TAGREFS": alto_id(number, "kind", region.kind)}
    block |= _placed(region.box)
    if name == "TextBlock":
        block["BASEDIRECTION"] = _DIRECTIONS[region.direction]
    with pen.within(name, block):
        _write_shape(pen, region.polygon)
        for line in region.lines:
            _write_line(pen, leaf, line)


def _write_line(pen: XmlWriter, leaf: CorrectedPage, line: Line) -> None:
    number, box = leaf.page.number, line.box
    id_, words = alto_id(number, "line", line.id), words_of(line, leaf.text(line))
    told = {"ID": id_, "BASEDIRECTION": _DIRECTIONS[line.direction]}
    tags = [alto_id(number, "article", leaf.articles[line.id])] if line.id in leaf.articles else []
    tags += [alto_id(number, "role", leaf.roles[line.id])] if line.id in leaf.roles else []
    if tags:
        told["TAGREFS"] = " ".join(tags)
    name = id_.replace(".line.", ".string.", 1)
    with pen.within("TextLine", told | _placed(box)):
        _write_shape(pen, line.polygon)
        for at, word in enumerate(words):
            _write_word(pen, f"{name}.{at}", word, box if len(words) == 1 else None)
            if not word.last:
                pen.empty("SP")


def _write_word(pen: XmlWriter, id_: str, word: Word, box: Box | None) -> None:
    """The word in the given box, else in the one around its glyphs."""
    told = {"CONTENT": xml_text(word.text), "ID": id_} | _placed(box or word.box)
    if word.confidence is not None:
        told["WC"] = f"{word.confidence:.4f}"
    with pen.within("String", told):
        if word.altered:
            pen.text("ALTERNATIVE", word.recognized, {"PURPOSE": _AS_RECOGNIZED})
        write_glyphs(pen, id_.replace(".string.", ".glyph.", 1), word, (_GLYPH, _plain_glyph), _write_glyph)


def _plain_glyph(id_: str, sign: Sign) -> tuple[float | str, ...]:
    box = sign.box
    return id_, sign.char, box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0, sign.glyph.confidence


def _write_glyph(pen: XmlWriter, id_: str, sign: Sign) -> None:
    """The character in the box of what was read; how sure that was is told of it, and of no correction."""
    glyph, readings = sign.glyph, []
    told = {"ID": id_, "CONTENT": xml_text(sign.char), **_placed(sign.box)}
    if sign.corrected:
        readings.append((glyph.char, glyph.confidence))
    else:
        told["GC"] = f"{glyph.confidence:.4f}"
    if glyph.other and len(glyph.other) <= _VARIANT and glyph.other not in {sign.char, glyph.char}:
        readings.append((glyph.other, glyph.other_confidence or 0.0))
    if not readings:
        pen.empty("Glyph", told)
        return
    with pen.within("Glyph", told):
        for char, confidence in readings:
            pen.empty("Variant", {"CONTENT": xml_text(char), "VC": f"{confidence:.4f}"})


def _write_shape(pen: XmlWriter, polygon: Polygon | None) -> None:
    if polygon is not None:
        with pen.within("Shape"):
            pen.empty("Polygon", {"POINTS": " ".join(f"{x:.10g},{y:.10g}" for x, y in polygon)})


def _placed(box: Box | None) -> dict[str, str]:
    if box is None:
        return {}
    return {"HPOS": str(box.x0), "VPOS": str(box.y0), "WIDTH": str(box.x1 - box.x0), "HEIGHT": str(box.y1 - box.y0)}


def _region(block: etree._Element, kinds: dict[str, RegionKind]) -> Region:
    lines = tuple(_line(e) for e in block.iterchildren(f"{_Q}TextLine"))
    kind = kinds[attribute(block, "TAGREFS")]
    return Region(name_of(attribute(block, "ID")), kind, _polygon(block), lines, _direction(block))


def _line(element: etree._Element) -> Line:
    strings = list(element.iterchildren(f"{_Q}String"))
    text = "".join(_recognized(s, last=s is strings[-1]) for s in strings)
    glyphs = tuple(g for s in strings for g in _glyphs(s))
    return Line(name_of(attribute(element, "ID")), _polygon(element), text, glyphs, _direction(element))


def _recognized(string: etree._Element, *, last: bool) -> str:
    raw = string.find(f"{_Q}ALTERNATIVE")
    if raw is not None:
        return raw.text or ""
    return attribute(string, "CONTENT") + ("" if last else SPACE)


def _glyphs(string: etree._Element) -> Iterator[Glyph]:
    """The glyphs as they were read; those whose characters an edit took away are not among them."""
    for e in string.iterchildren(f"{_Q}Glyph"):
        x, y, width, height = (int(attribute(e, k)) for k in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        box, sure = Box(x, y, x + width, y + height), e.get("GC")
        read = e if sure is not None else child(e, f"{_Q}Variant")
        yield Glyph(attribute(read, "CONTENT"), box, float(sure or attribute(read, "VC")))


def _polygon(element: etree._Element) -> Polygon | None:
    shape = element.find(f"{_Q}Shape/{_Q}Polygon")
    return None if shape is None else polygon_of(attribute(shape, "POINTS"))


def _direction(element: etree._Element) -> Direction:
    return Direction.VERTICAL_RL if element.get("BASEDIRECTION") == "ttb" else Direction.HORIZONTAL
