"""ALTO 4.4, one file a page, for library systems: the corrected lines with boxes, what was recognized beside them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any, Final

from lxml import etree

from banmian.archive.holding import Holding
from banmian.archive.leaf import Leaf
from banmian.archive.xmlread import attribute, child, parsed
from banmian.archive.xmltext import name_of, xml_id, xml_text
from layout.geometry import Box, Polygon
from layout.page import WITHOUT_TEXT, Direction, Glyph, Line, Page, Region, RegionKind

NAMESPACE: Final = "http://www.loc.gov/standards/alto/ns-v4#"
_AS_RECOGNIZED: Final = "as recognized"
_NAMESPACES: Final[dict[Any, str]] = {None: NAMESPACE}  # the default one, which the stubs leave out
_Q: Final = f"{{{NAMESPACE}}}"
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

    A String is a whole line, as its words are not told apart in Chinese; it carries Glyphs with their confidences
    where nothing was corrected, and the text as recognized as ALTERNATIVE where something was.
    """
    page = leaf.page
    root = etree.Element(f"{_Q}alto", nsmap=_NAMESPACES, SCHEMAVERSION="4.4")
    _describe(root, leaf)
    _tag(etree.SubElement(root, f"{_Q}Tags"), leaf)
    sheet = etree.SubElement(etree.SubElement(root, f"{_Q}Layout"), f"{_Q}Page", ID=xml_id(page.number, "page", ""))
    sheet.attrib.update({"PHYSICAL_IMG_NR": str(page.number), "WIDTH": str(page.width), "HEIGHT": str(page.height)})
    space = etree.SubElement(sheet, f"{_Q}PrintSpace")
    _place(space, Box(0, 0, page.width, page.height))
    for region in page.regions:
        _write_region(space, leaf, region)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


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
    number = xml_id(leaf.page.number, "step", category)
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
        etree.SubElement(tags, f"{_Q}LayoutTag", ID=xml_id(number, "kind", kind), TYPE="region", LABEL=kind.value)
    for article in dict.fromkeys(leaf.articles.values()):
        id_ = xml_id(number, "article", article)
        etree.SubElement(tags, f"{_Q}StructureTag", ID=id_, TYPE="article", LABEL=xml_text(article))


def _write_region(space: etree._Element, leaf: Leaf, region: Region) -> None:
    name = "TextBlock" if region.lines else _WITHOUT_TEXT.get(region.kind, "GraphicalElement")
    if not region.lines and region.kind not in WITHOUT_TEXT:
        name = "ComposedBlock"  # a TextBlock has at least one line
    block = etree.SubElement(space, f"{_Q}{name}", ID=xml_id(leaf.page.number, "block", region.id))
    block.set("TAGREFS", xml_id(leaf.page.number, "kind", region.kind))
    _shape(block, region.polygon)
    if name == "TextBlock":
        block.set("BASEDIRECTION", _DIRECTIONS[region.direction])
    for line in region.lines:
        _write_line(block, leaf, line)


def _write_line(block: etree._Element, leaf: Leaf, line: Line) -> None:
    number, text = leaf.page.number, leaf.text(line)
    element = etree.SubElement(block, f"{_Q}TextLine", ID=xml_id(number, "line", line.id))
    element.set("BASEDIRECTION", _DIRECTIONS[line.direction])
    if line.id in leaf.articles:
        element.set("TAGREFS", xml_id(number, "article", leaf.articles[line.id]))
    _shape(element, line.polygon)
    string = etree.SubElement(element, f"{_Q}String", CONTENT=xml_text(text), ID=xml_id(number, "string", line.id))
    if line.box is not None:
        _place(string, line.box)
    if line.glyphs:
        string.set("WC", f"{sum(g.confidence for g in line.glyphs) / len(line.glyphs):.4f}")
    if text != line.text:
        etree.SubElement(string, f"{_Q}ALTERNATIVE", PURPOSE=_AS_RECOGNIZED).text = xml_text(line.text)
        return
    for at, glyph in enumerate(line.glyphs):
        _write_glyph(string, xml_id(number, "glyph", f"{line.id}.{at}"), glyph)


def _write_glyph(string: etree._Element, id_: str, glyph: Glyph) -> None:
    if glyph.box is None or len(glyph.char) != 1:
        return
    element = etree.SubElement(string, f"{_Q}Glyph", ID=id_, CONTENT=xml_text(glyph.char))
    _place(element, glyph.box)
    element.set("GC", f"{glyph.confidence:.4f}")


def _shape(element: etree._Element, polygon: Polygon | None) -> None:
    if polygon is None:
        return
    _place(element, Box.around(polygon))
    shape = etree.SubElement(element, f"{_Q}Shape")
    points = " ".join(f"{x:.10g},{y:.10g}" for x, y in polygon)
    etree.SubElement(shape, f"{_Q}Polygon", POINTS=points)


def _place(element: etree._Element, box: Box) -> None:
    element.attrib.update(
        {"HPOS": str(box.x0), "VPOS": str(box.y0), "WIDTH": str(box.width), "HEIGHT": str(box.height)}
    )


def _region(block: etree._Element, kinds: dict[str, RegionKind]) -> Region:
    lines = tuple(_line(e) for e in block.iterchildren(f"{_Q}TextLine"))
    kind = kinds[attribute(block, "TAGREFS")]
    return Region(name_of(attribute(block, "ID")), kind, _polygon(block), lines, _direction(block))


def _line(element: etree._Element) -> Line:
    string = child(element, f"{_Q}String")
    raw = string.find(f"{_Q}ALTERNATIVE")
    text = attribute(string, "CONTENT") if raw is None else raw.text or ""
    return Line(name_of(attribute(element, "ID")), _polygon(element), text, tuple(_glyphs(string)), _direction(element))


def _glyphs(string: etree._Element) -> Iterator[Glyph]:
    for e in string.iterchildren(f"{_Q}Glyph"):
        x, y, width, height = (int(attribute(e, k)) for k in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        yield Glyph(attribute(e, "CONTENT"), Box(x, y, x + width, y + height), float(attribute(e, "GC")))


def _polygon(element: etree._Element) -> Polygon | None:
    shape = element.find(f"{_Q}Shape/{_Q}Polygon")
    if shape is None:
        return None
    return tuple((float(x), float(y)) for x, y in (p.split(",") for p in attribute(shape, "POINTS").split()))


def _direction(element: etree._Element) -> Direction:
    return Direction.VERTICAL_RL if element.get("BASEDIRECTION") == "ttb" else Direction.HORIZONTAL
