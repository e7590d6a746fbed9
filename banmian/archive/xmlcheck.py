"""What is wrong with an exported file of XML: whether it can be read, and whether its ids and references hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from os.path import commonprefix
from pathlib import Path
from typing import Final

from lxml import etree

from banmian.archive import alto, hocr, mets, metscheck, pagexml, teitext
from banmian.archive.finding import Fault, Finding
from banmian.batch.intake import shown

_METS: Final = f"{{{mets.NAMESPACE}}}mets"


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
    f"{{{teitext.NAMESPACE}}}TEI": _Form("TEI", ("xml:id",), ("resp", "facs")),
}


@dataclass(slots=True)
class Look:
    """Looks at files one after the other, folder by folder: ids are to be unique in a folder, which is an issue's.

    Of the folder's files it keeps what all ids of each begin with, which names format and page, and the ids that METS
    may lead to: of millions of ids few.
    """

    _folder: Path = Path()
    _begins: dict[Path, str] = field(default_factory=dict)
    _parts: dict[Path, frozenset[str]] = field(default_factory=dict)

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
        ids = _values(root, form.ids)
        own = set(ids)
        for id_, other in [*_twice(ids, file), *self._shared(file, own)]:
            yield Finding(name, Fault.ID_TWICE, f"{id_} stands in {shown(other)} too")
        if any(ref not in own for value in set(_values(root, form.references)) for ref in _named(value)):
            yield from _dangling(name, root, form, own)
        self._parts[file] = metscheck.parts(root)
        if root.tag == _METS:
            yield from metscheck.findings(file, root, self._parts)

    def _shared(self, file: Path, ids: set[str]) -> list[tuple[str, Path]]:
        """The ids that stand in another file of the folder too, with that file."""
        if file.parent != self._folder:
            self._folder = file.parent
            self._begins.clear()
            self._parts.clear()
        begin = commonprefix(list(ids))  # noqa: RUF071 - of strings, for once
        others = [other for other, its in self._begins.items() if begin.startswith(its) or its.startswith(begin)]
        self._begins[file] = begin
        return [(id_, other) for other in others for id_ in sorted(ids & _ids_of(other))]


def _parsed(file: Path) -> etree._Element:
    return etree.fromstring(file.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))


def _ids_of(file: Path) -> set[str]:
    root = _parsed(file)
    return set(_values(root, _FORMS[root.tag].ids))


def _values(root: etree._Element, names: tuple[str, ...]) -> list[str]:
    """The values of the attributes of these names, wherever they stand."""
    found = root.xpath("|".join(f"//@{name}" for name in names), smart_strings=False) if names else []
    assert isinstance(found, list)
    return list(map(str, found))


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
