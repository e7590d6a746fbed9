"""What is wrong with an exported file of XML: whether it can be read, and whether its ids and references hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from banmian.archive import alto, hocr, mets, metscheck, pagexml, teitext
from banmian.archive.finding import Fault, Finding
from banmian.batch.intake import shown

_METS: Final = f"{{{mets.NAMESPACE}}}mets"
_XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of XML: what it is called, the attributes that are ids in it, and those that name some."""

    name: str
    ids: tuple[str, ...]
    references: tuple[str, ...] = ()


_FORMS: Final = {
    f"{{{alto.NAMESPACE}}}alto": _Form("ALTO 4", ("ID",), ("TAGREFS",)),
    f"{{{pagexml.NAMESPACE}}}PcGts": _Form("PAGE 2019-07-15", ("id", "pcGtsId"), ("regionRef",)),
    _METS: _Form("METS", ("ID",), ("FILEID", "DMDID", "ADMID")),
    f"{{{hocr.NAMESPACE}}}html": _Form("hOCR", ("id",)),
    f"{{{teitext.NAMESPACE}}}TEI": _Form("TEI", (_XML_ID,), ("resp", "facs")),
}


@dataclass(slots=True)
class Look:
    """Looks at files one after the other, folder by folder: ids are to be unique in a folder, which is an issue's."""

    _folder: Path = Path()
    _begins: defaultdict[str, list[Path]] = field(default_factory=lambda: defaultdict(list))
    """The files of the folder by what ids in them begin with, which names format and page: of millions of ids few."""

    def findings(self, file: Path) -> Iterator[Finding]:
        """All that is wrong with the next file."""
        name = shown(file)
        try:
            root = _parsed(file)
        except etree.XMLSyntaxError as e:
            yield Finding(name, Fault.DAMAGED, str(e))
            return
        form = _FORMS.get(root.tag)
        if form is None:
            names = ", ".join(known.name for known in _FORMS.values())
            yield Finding(name, Fault.UNKNOWN, f"{root.tag} is none of {names}")
            return
        ids, references = _ids_and_references(root, form)
        own = set(ids)
        for id_, other in [*_twice(ids, file), *self._shared(file, own)]:
            yield Finding(name, Fault.ID_TWICE, f"{id_} stands in {shown(other)} too")
        if any(ref not in own for value in references for ref in _named(value)):
            yield from _dangling(name, root, form, own)
        if root.tag == _METS:
            yield from metscheck.findings(file, root)

    def _shared(self, file: Path, ids: set[str]) -> list[tuple[str, Path]]:
        """The ids that stand in another file of the folder too, with that file."""
        if file.parent != self._folder:
            self._folder = file.parent
            self._begins.clear()
        begins = {".".join(id_.split(".", 2)[:2]) for id_ in ids}
        others = dict.fromkeys(other for begin in begins for other in self._begins.get(begin, ()))
        for begin in begins:
            self._begins[begin].append(file)
        return [(id_, other) for other in others for id_ in sorted(ids & _ids_of(other))]


def _parsed(file: Path) -> etree._Element:
    return etree.fromstring(file.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))


def _ids_of(file: Path) -> set[str]:
    root = _parsed(file)
    return set(_ids_and_references(root, _FORMS[root.tag])[0])


def _ids_and_references(root: etree._Element, form: _Form) -> tuple[list[str], set[str]]:
    """The ids, and the values of the attributes that name some, wherever they stand."""
    ids, references = [], set()
    for element in root.iter(etree.Element):
        get = element.get
        for key in form.ids:
            if (value := get(key)) is not None:
                ids.append(value)
        for key in form.references:
            if (value := get(key)) is not None:
                references.add(value)
    return ids, references


def _twice(ids: list[str], file: Path) -> Iterator[tuple[str, Path]]:
    if len(set(ids)) < len(ids):
        yield from ((id_, file) for id_, count in Counter(ids).items() if count > 1)


def _dangling(name: str, root: etree._Element, form: _Form, own: Container[str]) -> Iterator[Finding]:
    for element in root.iter(etree.Element):
        for ref in (r for key in form.references for r in _named(element.get(key) or "")):
            if ref not in own:
                yield Finding(name, Fault.DANGLING, f"{ref} on line {element.sourceline} names nothing")


def _named(value: str) -> Iterator[str]:
    """The ids of the same file that an attribute names; what is an address of another file names none."""
    return (name.removeprefix("#") for name in value.split() if ":" not in name)
