"""METS 1.12, one an issue, for library systems and repositories: its pages, its articles, their records, its files.

Beside mets.xml lies the ALTO of each page. The scans are named by their addresses, with their sums, and are not copied:
in a bag they are those of the bag, elsewhere those that were read. A scan that is gone, or is another than the one
that was read, is refused, for METS vouches for it.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha512
from pathlib import Path
from typing import Final

from lxml import etree

from banmian.archive.content.corrected_page import CorrectedPage
from banmian.archive.content.export_issue import ExportIssue, ExportPage
from banmian.archive.content.labels import issue_title
from banmian.archive.content.masters import master
from banmian.archive.content.provenance import provenance_of
from banmian.archive.content.xml_text import xml_id
from banmian.archive.mets.mods import article_mods, issue_mods, issue_urn
from banmian.archive.mets.premis import (
    BANMIAN,
    Event,
    KeptFile,
    ReadingEvent,
    agent_xml,
    agents_of,
    capture,
    clean_up,
    event_xml,
    recognition,
    review,
)
from banmian.archive.mets.structmap import ALTO_TYPE, PrintedBlocks, logical_map, physical_map, scan_id, text_id
from banmian.archive.text.text import pieces
from banmian.archive.xml.alto import alto
from banmian.archive.xml.elements import Elements
from banmian.archive.xml.xml_scan import METS_NAMESPACE
from banmian.store.storage import digest_of

NAMESPACE: Final = METS_NAMESPACE
XLINK: Final = "http://www.w3.org/1999/xlink"
FILE: Final = "mets.xml"
_E: Final = Elements(NAMESPACE, {"mets": NAMESPACE, "xlink": XLINK})
_MEDIA_TYPES: Final = {".jp2": "image/jp2", ".j2k": "image/x-jp2-codestream", ".jpf": "image/jpx"}


@dataclass(frozen=True, slots=True)
class _Scan:
    """A scan's file and its address: one on this machine, relative to METS, or an URI."""

    file: KeptFile
    address: str
    relative: bool


def write(holding: ExportIssue, part: Path) -> None:
    """Writes `part`/NAME/mets.xml, and beside it the ALTO of each page, 0001.xml and so on.

    Raises PageFailed for a scan that is gone, or is not the one that was read.
    """
    folder = part / holding.folder
    folder.mkdir(parents=True)
    scans = {sheet.number: _scan(sheet, holding, folder) for sheet in holding.sheets}
    pages, texts, readers = {}, {}, {}
    for sheet in holding.sheets:
        leaf = sheet.leaf()
        texts[sheet.number] = _put_text(leaf, folder / f"{sheet.number:04}.xml")
        pages[sheet.number] = PrintedBlocks.of(leaf.page)
        readers[sheet.number] = leaf.page.reader or "not read"
    issue = _Issue(holding, scans, texts, readers)
    root = _root(issue)
    for section in (*_records(holding), _administration(issue), _files(issue)):
        root.append(section)
    root.append(physical_map(_E, holding, {n: scan.file.id for n, scan in scans.items()}))
    root.extend(logical_map(_E, holding, pages))
    (folder / FILE).write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


@dataclass(frozen=True, slots=True)
class _Issue:
    """The holding, and by page its scan, its ALTO and what read it."""

    holding: ExportIssue
    scans: Mapping[int, _Scan]
    texts: Mapping[int, KeptFile]
    readers: Mapping[int, str]

    @property
    def masters(self) -> list[_Scan]:
        """The scans, each once: one may hold many pages."""
        return list({scan.file.id: scan for scan in self.scans.values()}.values())


def _put_text(leaf: CorrectedPage, path: Path) -> KeptFile:
    data = alto(leaf)
    path.write_bytes(data)
    return KeptFile(text_id(leaf.page.number), path.name, ALTO_TYPE, len(data), sha512(data).hexdigest())


def _scan(sheet: ExportPage, holding: ExportIssue, folder: Path) -> _Scan:
    path = master(sheet)
    first = next(s.number for s in holding.sheets if s.scan == sheet.scan)
    kind = _MEDIA_TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    digest = sheet.sha512 or digest_of(path)
    file = KeptFile(scan_id(first), path.name, kind, path.stat().st_size, digest)
    if sheet.kept is not None:
        return _Scan(file, Path(os.path.relpath(sheet.kept, folder)).as_posix(), relative=True)
    return _Scan(file, sheet.address or path.absolute().as_uri(), relative=False)


def _root(issue: _Issue) -> etree._Element:
    holding = issue.holding
    header = _E.metsHdr(
        _E.agent(_E.name(f"Banmian {BANMIAN.version}"), ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE"),
        CREATEDATE=holding.made,
    )
    root = _E.mets(header, OBJID=issue_urn(holding), LABEL=issue_title(holding))
    if holding.metadata.publisher:
        publisher = _E.agent(_E.name(holding.metadata.publisher), ROLE="DISSEMINATOR", TYPE="ORGANIZATION")
        header.append(publisher)
    return root


def _records(holding: ExportIssue) -> Iterator[etree._Element]:
    """A MODS record of the issue, and one of each article."""
    yield _E.dmdSec(_wrapped("MODS", issue_mods(holding)), ID=xml_id("mets", 0, "mods", ""))
    for article in pieces(holding.issue):
        yield _E.dmdSec(_wrapped("MODS", article_mods(holding, article)), ID=xml_id("mets", 0, "mods", article.id))


def _administration(issue: _Issue) -> etree._Element:
    """PREMIS: what was done, and by whom."""
    events = list(_events(issue))
    section = _E.amdSec(ID=xml_id("mets", 0, "premis", ""))
    for event in events:
        id_ = xml_id("mets", 0, "event", event.id)
        section.append(_E.digiprovMD(_wrapped("PREMIS:EVENT", event_xml(event)), ID=id_))
    for agent in agents_of(events):
        id_ = xml_id("mets", 0, "agent", agent.id)
        section.append(_E.digiprovMD(_wrapped("PREMIS:AGENT", agent_xml(agent)), ID=id_))
    return section


def _events(issue: _Issue) -> Iterator[Event]:
    made, known = issue.holding.made, provenance_of(issue.holding.issue)
    yield capture(made, [scan.file for scan in issue.masters])
    for at, reader in enumerate(dict.fromkeys(issue.readers.values()), start=1):
        pages = [n for n, r in issue.readers.items() if r == reader]
        scans = tuple(dict.fromkeys(issue.scans[n].file.id for n in pages))
        yield recognition(at, made, ReadingEvent(reader, scans, tuple(issue.texts[n].id for n in pages)))
    texts = tuple(text.id for text in issue.texts.values())
    for work in known.passes:
        yield clean_up(made, work, texts)
    for at, person in enumerate(known.people, start=1):
        yield review(at, person, texts)


def _files(issue: _Issue) -> etree._Element:
    scans = (_file(s.file, s.address, relative=s.relative) for s in issue.masters)
    texts = (_file(t, t.name, relative=True) for t in issue.texts.values())
    section = _E.fileSec()
    section.extend(_E.fileGrp(*files, USE=use) for use, files in (("DEFAULT", scans), ("FULLTEXT", texts)))
    return section


def _file(file: KeptFile, address: str, *, relative: bool) -> etree._Element:
    kind = {"LOCTYPE": "OTHER", "OTHERLOCTYPE": "FILE"} if relative else {"LOCTYPE": "URL"}
    place = _E.FLocat(kind, {f"{{{XLINK}}}href": address})
    facts = {"MIMETYPE": file.media_type, "SIZE": str(file.size), "CHECKSUM": file.sha512, "CHECKSUMTYPE": "SHA-512"}
    return _E.file(place, facts, ID=file.id)


def _wrapped(kind: str, data: etree._Element) -> etree._Element:
    return _E.mdWrap(_E.xmlData(data), MDTYPE=kind)
