"""What is wrong with a METS file that an export made, and with the files that it leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from banmian.archive.content.finding import ExportFault, ExportFinding
from banmian.archive.mets.mets import NAMESPACE, XLINK
from banmian.archive.mets.premis import NAMESPACE as PREMIS
from banmian.archive.xml.xml_reader import parsed
from banmian.archive.xml.xml_scan import UNREADABLE, scan
from banmian.store.display_path import shown
from banmian.store.storage import digest_of

_M: Final = f"{{{NAMESPACE}}}"
_P: Final = f"{{{PREMIS}}}"
_HREF: Final = f"{{{XLINK}}}href"


def findings(path: Path, known: Mapping[Path, Set[str]]) -> Iterator[ExportFinding]:
    """All that is wrong with METS at `path`: a file that is gone or is another than its sum says, an area that is
    not in its ALTO, a link or an event that leads nowhere. Scans at addresses of other machines are not asked for.

    `known` are the parts of files that have been looked at; others are read.
    """
    root = parsed(path.read_bytes())
    files = {file.get("ID", ""): file for file in root.iter(f"{_M}file")}
    for file in files.values():
        yield from _about_file(path, file)
    texts = {
        id_: known[place] if place in known else _parts_of(place)
        for id_, file in files.items()
        if (place := _place(path, file)) and place.suffix == ".xml"
    }
    for area in root.iter(f"{_M}area"):
        file_id, begin = area.get("FILEID", ""), area.get("BEGIN", "")
        if file_id in texts and begin not in texts[file_id]:
            yield ExportFinding(
                shown(path), ExportFault.DANGLING, f"{begin} on line {area.sourceline} is not in {file_id}"
            )
    yield from _leading_nowhere(path, root)


def _about_file(path: Path, file: etree._Element) -> Iterator[ExportFinding]:
    place = _place(path, file)
    if place is None:
        return
    if not place.is_file():
        yield ExportFinding(shown(path), ExportFault.MISSING, f"{shown(place)} is not there")
    elif str(place.stat().st_size) != file.get("SIZE") or digest_of(place) != file.get("CHECKSUM"):
        yield ExportFinding(shown(place), ExportFault.CHANGED, f"its sha512 or size is not the one in {shown(path)}")


def _place(path: Path, file: etree._Element) -> Path | None:
    """Where the file lies on this machine; None for one that is elsewhere."""
    location = file.find(f"{_M}FLocat")
    href = "" if location is None else location.get(_HREF, "")
    if location is not None and location.get("LOCTYPE") == "OTHER":
        return path.parent / href
    parts = urlsplit(href)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


def _parts_of(place: Path) -> Set[str]:
    try:
        return scan(place).parts
    except (*UNREADABLE, OSError):  # told of the file itself
        return frozenset()


def _leading_nowhere(path: Path, root: etree._Element) -> Iterator[ExportFinding]:
    known = {id_ for element in root.iter(etree.Element) if (id_ := element.get("ID"))}
    for link in root.iter(f"{_M}smLink"):
        ends = (link.get(f"{{{XLINK}}}{end}", "") for end in ("from", "to"))
        yield from (_dangling(path, link, end) for end in ends if end not in known)
    agents = {e.text for e in root.iter(f"{_P}agentIdentifierValue")}
    for name, there in (("linkingAgentIdentifierValue", agents), ("linkingObjectIdentifierValue", known)):
        yield from (_dangling(path, e, e.text or "") for e in root.iter(_P + name) if e.text not in there)


def _dangling(path: Path, element: etree._Element, name: str) -> ExportFinding:
    return ExportFinding(shown(path), ExportFault.DANGLING, f"{name} on line {element.sourceline} names nothing")
