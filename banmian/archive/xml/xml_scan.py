"""What a check wants to know of a file of XML, collected while it goes by: its ids, and what it says of others.

Expat reads it, which is another parser than the one that wrote it, and no tree of a page's glyphs is ever in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat

from banmian.archive.xml import alto, hocr, page_xml, tei_text

UNREADABLE: Final = (expat.ExpatError, LookupError, ValueError)
"""What `scan` raises: for what is no XML, and for encodings that are unknown or that Expat does not read."""

METS_NAMESPACE: Final = "http://www.loc.gov/METS/"
METS: Final = f"{METS_NAMESPACE} mets"
XML_ID: Final = "http://www.w3.org/XML/1998/namespace id"


@dataclass(frozen=True, slots=True)
class XmlFormat:
    """A form of XML: what it is called, the attributes that are ids in it, and those that name some.

    `parts` are the elements that METS may lead to. Names in a namespace stand behind it and a space.
    """

    name: str
    ids: tuple[str, ...]
    references: tuple[str, ...] = ()
    parts: frozenset[str] = frozenset()


_PARTS: Final = frozenset(f"{alto.NAMESPACE} {name}" for name in alto.PARTS)
FORMS: Final = {
    f"{alto.NAMESPACE} alto": XmlFormat("ALTO 4", ("ID",), ("TAGREFS",), _PARTS),
    f"{page_xml.NAMESPACE} PcGts": XmlFormat("PAGE 2019-07-15", ("id", "pcGtsId"), ("regionRef",)),
    METS: XmlFormat("METS", ("ID",), ("FILEID", "DMDID", "ADMID")),
    f"{hocr.NAMESPACE} html": XmlFormat("hOCR", ("id",)),
    f"{tei_text.NAMESPACE} TEI": XmlFormat("TEI", (XML_ID,), ("resp", "facs")),
}


@dataclass(slots=True)
class ScannedXml:
    """A file of XML: its root and form, its ids in their order, those that METS may lead to, and what others it names.

    `references` has the values of attributes that name ids, each with the line on which it stands first. Of a file of
    no known form the root is all that is told.
    """

    root: str = ""
    form: XmlFormat | None = None
    ids: list[str] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)
    references: dict[str, int] = field(default_factory=dict)


def scan(file: Path) -> ScannedXml:
    """What is in the file; raises one of `UNREADABLE`."""
    found, parser = ScannedXml(), expat.ParserCreate(namespace_separator=" ")

    def begin(tag: str, attributes: dict[str, str]) -> None:
        found.root, found.form = tag, FORMS.get(tag)
        parser.StartElementHandler = None
        if found.form is not None:
            parser.StartElementHandler = look = _collector(found, found.form, parser)
            look(tag, attributes)

    parser.StartElementHandler = begin
    try:
        parser.Parse(file.read_bytes(), True)
    finally:
        parser.StartElementHandler = None  # the two hold each other, and all that was found
    return found


def _collector(
    found: ScannedXml, form: XmlFormat, parser: expat.XMLParserType
) -> Callable[[str, dict[str, str]], None]:
    """What takes each element of a file of the form into account."""
    ids, referring, parts = form.ids, form.references, form.parts  # at hand, for this is done a million times

    def look(tag: str, attributes: dict[str, str]) -> None:
        for key in ids:
            if key in attributes:
                found.ids.append(attributes[key])
                if tag in parts:
                    found.parts.add(attributes[key])
        for key in referring:
            if key in attributes:
                found.references.setdefault(attributes[key], parser.CurrentLineNumber)

    return look
