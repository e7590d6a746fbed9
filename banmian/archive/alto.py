"""ALTO 4.4, one file a page, for library systems: the corrected lines with boxes, what was recognized beside them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any, Final

from lxml import etree

from banmian.archive.holding import Holding
from banmian.archive.leaf import Leaf
from banmian.archive.words import SPACE, Sign, Word, words_of
from banmian.archive.xmlread import attribute, child, parsed
from banmian.archive.xmltext import name_of, xml_id, xml_text
from layout.geometry import Box, Polygon
from layout.page import WITHOUT_TEXT, Direction, Glyph, Line, Page, Region, RegionKind

NAMESPACE: Final = "http://www.loc.gov/standards/alto/ns-v4#"
_AS_RECOGNIZED: Final = "as recognized"
_VARIANT: Final = 3
"""Characters that a Variant may have: where the second reader saw more in one place, it was astray."""
_NAMESPACES: Final[dict[Any, str]] = {None: NAMESPACE}  # the default one, which the stubs leave out
_Q: Final = f"{{{NAMESPACE}}}"
_GLYPH: Final = f"{_Q}Glyph"
_WITHOUT_TEXT: Final = {RegionKind.PICTURE: "Illustration"}
_DIRECTIONS: Final = {Direction.HORIZONTAL: "ltr", Direction.VERTICAL_RL: "ttb"}


def write(holding: Holding, part: Path) -> None:
    """Writes `part`/NAME/0001.xml and so on, a file a page."""
    folder = part / holding.folder
    folder.mkdir(parents=True)
    for sheet in holding.sheets:
        (folder / f"{sheet.number:04}.xml").write_bytes(alto(sheet.leaf()))


def alto(leaf: Leaf) -> bytes:
    """The page as ALTO 4.4, UTF-8. Coordinates are pixels of the scan.

    A String is a word (see words.py), as a rule a whole line of Chinese; its Glyphs carry what is known of its
    characters. Where it was corrected, ALTERNATIVE has what was recognized, with the space behind it if one was; a
    corrected character stands in the Glyph that was read in its place, and Variant has the other readings.
    """
    page = leaf.page
    root = etree.Element(f"{_Q}alto", nsmap=_NAMESPACES, SCHEMAVERSION="4.4")
    _describe(root, leaf)
    _tag(etree.SubElement(root, f"{_Q}Tags"), leaf)
    sheet = etree.SubElement(etree.SubElement(root, f"{_Q}Layout"), f"{_Q}Page", ID=alto_id(page.number, "page", ""))
    sheet.attrib.update({"PHYSICAL_IMG_NR": str(page.number), "WIDTH": str(page.width), "HEIGHT": str(page.height)})
    space = etree.SubElement(sheet, f"{_Q}PrintSpace")
    _place(space, Box(0, 0, page.width, page.height))
    for region in page.regions:
        _write_region(space, leaf, region)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


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


def _describe(root: etree._Element, leaf: Leaf) -> None:
    description = etree.SubElement(root, f"{_Q}Description")
    etree.SubElement(description, f"{_Q}MeasurementUnit").text = "pixel"
    image = etree.SubElement(description, f"{_Q}sourceImageInformation")
    etree.SubElement(image, f"{_Q}fileName").text = xml_text(PurePath(leaf.page.source).name)
    _step(description, leaf, "contentGeneration", leaf.page.reader or "not read")
    _step(description, leaf, "contentModification", "the edits of Banmian's ledger that are in force")


def _step(description: etree._Element, leaf: Leaf, category: str, settings: str) -> None:
    number = alto_id(leaf.page.number, "step", category)
    step = etree.SubElement(description, f"{_Q}Processing", ID=number)
    etree.SubElement(step, f"{_Q}processingCategory").text = category
    etree.SubElement(step, f"{_Q}processingDateTime").text = leaf.made
    etree.SubElement(step, f"{_Q}processingStepSettings").text = xml_text(settings)
    software = etree.SubElement(step, f"{_Q}processingSoftware")
    etree.SubElement(software, f"{_Q}softwareName").text = "Banmian"
    etree.SubElement(software, f"{_Q}softwareVersion").text = version("banmian")


def _tag(tags: etree._Element, leaf: Leaf) -> None:
    number = leaf.page.number
    for kind in dict.fromkeys(r.kind for r in leaf.page.regions):
        etree.SubElement(tags, f"{_Q}LayoutTag", ID=alto_id(number, "kind", kind), TYPE="region", LABEL=kind.value)
    here = [line.id for line in leaf.page.lines]
    for article in dict.fromkeys(leaf.articles[n] for n in here if n in leaf.articles):
        id_ = alto_id(number, "article", article)
        tag = etree.SubElement(tags, f"{_Q}StructureTag", ID=id_, TYPE="article", LABEL=xml_text(article))
        if leaf.titles.get(article):
            tag.set("DESCRIPTION", xml_text(leaf.titles[article]))
    for role in dict.fromkeys(leaf.roles[n] for n in here if n in leaf.roles):
        etree.SubElement(tags, f"{_Q}RoleTag", ID=alto_id(number, "role", role), TYPE="line", LABEL=role.value)


def _write_region(space: etree._Element, leaf: Leaf, region: Region) -> None:
    name = "TextBlock" if region.lines else _WITHOUT_TEXT.get(region.kind, "GraphicalElement")
    if not region.lines and region.kind not in WITHOUT_TEXT:
        name = "ComposedBlock"  # a TextBlock has at least one line
    block = etree.SubElement(space, f"{_Q}{name}", ID=alto_id(leaf.page.number, "block", region.id))
    block.set("TAGREFS", alto_id(leaf.page.number, "kind", region.kind))
    _shape(block, region.polygon)
    if name == "TextBlock":
        block.set("BASEDIRECTION", _DIRECTIONS[region.direction])
    for line in region.lines:
        _write_line(block, leaf, line)


def _write_line(block: etree._Element, leaf: Leaf, line: Line) -> None:
    number = leaf.page.number
    element = etree.SubElement(block, f"{_Q}TextLine", ID=alto_id(number, "line", line.id))
    element.set("BASEDIRECTION", _DIRECTIONS[line.direction])
    tags = [alto_id(number, "article", leaf.articles[line.id])] if line.id in leaf.articles else []
    tags += [alto_id(number, "role", leaf.roles[line.id])] if line.id in leaf.roles else []
    if tags:
        element.set("TAGREFS", " ".join(tags))
    _shape(element, line.polygon)
    words = words_of(line, leaf.text(line))
    for at, word in enumerate(words):
        _write_word(element, alto_id(number, "string", f"{line.id}.{at}"), word, line.box if len(words) == 1 else None)
        if not word.last:
            etree.SubElement(element, f"{_Q}SP")


def _write_word(line: etree._Element, id_: str, word: Word, box: Box | None) -> None:
    """The word in the given box, else in the one around its glyphs."""
    string = etree.SubElement(line, f"{_Q}String", CONTENT=xml_text(word.text), ID=id_)
    box = box or word.box
    if box is not None:
        _place(string, box)
    if word.confidence is not None:
        string.set("WC", f"{word.confidence:.4f}")
    if word.altered:
        etree.SubElement(string, f"{_Q}ALTERNATIVE", PURPOSE=_AS_RECOGNIZED).text = xml_text(word.recognized)
    glyph = id_.replace(".string.", ".glyph.", 1)
    for at, sign in enumerate(word.signs):
        if sign.glyph is not None and sign.glyph.box is not None:
            _write_glyph(string, f"{glyph}.{at}", sign, sign.glyph.box)


def _write_glyph(string: etree._Element, id_: str, sign: Sign, box: Box) -> None:
    """The character in the box of what was read; how sure that was is told of it, and of no correction."""
    glyph = sign.glyph
    assert glyph is not None
    element = etree.SubElement(string, _GLYPH, {"ID": id_, "CONTENT": xml_text(sign.char), **_placed(box)})
    readings = []
    if sign.corrected:
        readings.append((glyph.char, glyph.confidence))
    else:
        element.set("GC", f"{glyph.confidence:.4f}")
    if glyph.other and len(glyph.other) <= _VARIANT and glyph.other not in {sign.char, glyph.char}:
        readings.append((glyph.other, glyph.other_confidence or 0.0))
    for char, confidence in readings:
        etree.SubElement(element, f"{_Q}Variant", CONTENT=xml_text(char), VC=f"{confidence:.4f}")


def _shape(element: etree._Element, polygon: Polygon | None) -> None:
    if polygon is None:
        return
    _place(element, Box.around(polygon))
    shape = etree.SubElement(element, f"{_Q}Shape")
    points = " ".join(f"{x:.10g},{y:.10g}" for x, y in polygon)
    etree.SubElement(shape, f"{_Q}Polygon", POINTS=points)


def _place(element: etree._Element, box: Box) -> None:
    for name, value in _placed(box).items():
        element.set(name, value)


def _placed(box: Box) -> dict[str, str]:
    return {"HPOS": str(box.x0), "VPOS": str(box.y0), "WIDTH": str(box.width), "HEIGHT": str(box.height)}


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
    if shape is None:
        return None
    return tuple((float(x), float(y)) for x, y in (p.split(",") for p in attribute(shape, "POINTS").split()))


def _direction(element: etree._Element) -> Direction:
    return Direction.VERTICAL_RL if element.get("BASEDIRECTION") == "ttb" else Direction.HORIZONTAL
