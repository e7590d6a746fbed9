"""TEI P5, one file an issue, for corpora and editions: the articles, the places of their lines, and every edit.

An edit in force is a choice: orig is what was recognized, reg what it became, and resp tells the pass that proposed it
and the person who decided. With orig read for each choice, and a line's end for each lb, the text is the text as
recognized; with reg it is the clean text, a paragraph for each block.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final
from urllib.parse import quote

from lxml import etree

from banmian.archive.content.export_issue import ExportIssue, ExportPage
from banmian.archive.content.labels import issue_title, page_label
from banmian.archive.content.provenance import Provenance, provenance_of
from banmian.archive.xml.tei_text import TEI, XML, blocks, person_id, tei_id, zone_id
from banmian.diff.wording import MENDS
from cleanup.article import Article
from layout.geometry import Box
from layout.page import Page

FILE: Final = "tei.xml"
_HOW: Final = (
    "Each edit is a choice of orig, the text as recognized, and reg, the text that stands for it; resp names the "
    "program's pass that proposed it and the person who accepted or wrote it. An lb begins a printed line, and facs "
    "leads to its place on the scan. What the recognition read and no edit touched stands as it was read."
)


def write(holding: ExportIssue, part: Path) -> None:
    """Writes `part`/NAME/tei.xml."""
    folder = part / holding.folder
    folder.mkdir(parents=True)
    readers, surfaces = [], TEI.facsimile()
    for sheet in holding.sheets:
        page = sheet.leaf().page
        readers.append(page.reader or "not read")
        surfaces.append(_surface(sheet, page, folder))
    root = TEI.TEI(_header(holding, list(dict.fromkeys(readers))))
    if len(surfaces):
        root.append(surfaces)
    root.append(_text(holding))
    for element in root.iter("{*}surface", "{*}zone", "{*}div", "{*}head", "{*}byline", "{*}dateline", "{*}p", "{*}ab"):
        element.tail = (element.tail or "") + "\n"
    (folder / FILE).write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _header(holding: ExportIssue, readers: list[str]) -> etree._Element:
    told = f"Made by Banmian {version('banmian')} from scans, {holding.made}."
    statement = TEI.publicationStmt(TEI.p(told))
    if holding.metadata.rights:
        statement.append(TEI.p(holding.metadata.rights))
    title = TEI.titleStmt(TEI.title(issue_title(holding)), *_responsible(provenance_of(holding.issue), readers))
    application = TEI.application(TEI.label("Banmian"), ident="banmian", version=version("banmian"))
    header = TEI.teiHeader(
        TEI.fileDesc(title, statement, TEI.sourceDesc(_source(holding))),
        TEI.encodingDesc(TEI.editorialDecl(TEI.p(_HOW)), TEI.appInfo(application)),
    )
    if holding.metadata.language:
        language = TEI.language(ident=holding.metadata.language)
        header.append(TEI.profileDesc(TEI.langUsage(language)))
    return header


def _responsible(known: Provenance, readers: list[str]) -> Iterator[etree._Element]:
    for at, reader in enumerate(readers, start=1):
        yield _stated(tei_id(0, "reader", str(at)), "read the scans", TEI.name(reader, type="program"))
    for work in known.passes:
        name = TEI.name(f"Banmian {version('banmian')}, {work.by.value}", type="program")
        yield _stated(tei_id(0, "pass", work.by.value), MENDS[work.by], name)
    for person in known.people:
        yield _stated(person_id(person.person), "decided about edits", TEI.persName(person.person))


def _stated(id_: str, resp: str, name: etree._Element) -> etree._Element:
    return TEI.respStmt({f"{XML}id": id_}, TEI.resp(resp), name)


def _source(holding: ExportIssue) -> etree._Element:
    told = holding.metadata
    source = TEI.bibl(TEI.title(told.newspaper or holding.issue.name, level="j"))
    for kind, number in (("ISSN", told.issn), ("CN", told.cn)):
        if number:
            source.append(TEI.idno(number, type=kind))
    if told.place:
        source.append(TEI.pubPlace(told.place))
    if told.publisher:
        source.append(TEI.publisher(told.publisher))
    if told.date:
        source.append(TEI.date(told.date, {"when": told.day} if told.day else {}))
    return source


def _surface(sheet: ExportPage, page: Page, folder: Path) -> etree._Element:
    """The page: its scan, and the zones of its regions and lines."""
    surface = TEI.surface(
        {f"{XML}id": tei_id(page.number, "surface", "")},
        _bounds(Box(0, 0, page.width, page.height)),
        n=page_label(sheet),
    )
    if sheet.scan is not None:
        size = {"width": f"{page.width}px", "height": f"{page.height}px"}
        surface.append(TEI.graphic(size, url=_address(sheet, sheet.scan, folder)))
    for region in page.regions:
        if (box := region.box) is None:
            continue
        zone = TEI.zone({f"{XML}id": zone_id(page.number, "region", region.id)}, _bounds(box))
        zone.set("type", region.kind.value)
        for line in region.lines:
            if (box := line.box) is not None:
                id_ = {f"{XML}id": zone_id(page.number, "line", line.id)}
                zone.append(TEI.zone(id_, _bounds(box), type="line"))
        surface.append(zone)
    return surface


def _address(sheet: ExportPage, scan: Path, folder: Path) -> str:
    """Where the scan lies: in this export, at an address of its own, or on this machine."""
    if sheet.kept is not None:
        return quote(os.fsencode(Path(os.path.relpath(sheet.kept, folder)).as_posix()))
    return sheet.address or scan.absolute().as_uri()


def _bounds(box: Box) -> dict[str, str]:
    return {"ulx": str(box.x0), "uly": str(box.y0), "lrx": str(box.x1), "lry": str(box.y1)}


def _text(holding: ExportIssue) -> etree._Element:
    known = {sheet.number for sheet in holding.sheets}
    body = TEI.body(*(_article(article, known) for article in holding.issue.articles))
    if not len(body):
        body.append(TEI.p())  # a body is never empty
    return TEI.text(body)


def _article(article: Article, known: set[int]) -> etree._Element:
    div = TEI.div({f"{XML}id": tei_id(0, "article", article.id)}, *blocks(article, known), type=article.kind.value)
    zones = [f"#{zone_id(r.page, 'region', r.id)}" for r in article.regions if r.box is not None and r.page in known]
    if zones:
        div.set("facs", " ".join(dict.fromkeys(zones)))
    return div
