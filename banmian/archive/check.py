"""Looks at an export without the program that made it at hand: is every file whole, and does it hold together?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Final, cast

from lxml import etree

from banmian.archive import alto, hocr, mets, metscheck, pagexml, sums, teitext
from banmian.archive.finding import Fault, Finding
from banmian.archive.masters import SCANS
from banmian.batch.intake import shown
from layout.errors import InputUnusable

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

_BY_NAME: Final = {"manifest.json": "iiifcheck", "bagit.txt": "bagcheck", sums.FILE: "sums"}
_BY_SUFFIX: Final = {".pdf": "pdfcheck", ".jsonl": "jsonl", ".txt": "text"}
"""The module that looks at files of the name, or of the suffix."""

_BAGGED: Final = f"/data/{SCANS}/"
"""Where a bag has its scans: they may be PDFs, and are none of ours."""

__all__ = ["Fault", "Finding", "check"]


_Seen = dict[Path, dict[str, Path]]
"""For each folder the ids in it, and the file where each was met first."""

_Look = Callable[[Path], Iterable[Finding]]


def check(path: Path) -> list[Finding]:
    """All that is wrong with the exported files at `path`, a file or a folder; nothing where all is well.

    It finds what cannot be parsed or opened, what is of no format that is exported, ids used twice in an issue's
    folder, references that lead nowhere, and what a bag's sums tell. It is no validation against published schemas.
    """
    if not path.exists():
        raise InputUnusable(f"{shown(path)} is not there.", "Name the folder or the file that was exported.")
    seen: _Seen = {}
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    looks = [(file, look) for file in files if _BAGGED not in file.as_posix() and (look := _look(file, seen))]
    if not looks:
        return [Finding(shown(path), Fault.NOTHING, "no file of a format that can be checked lies in it")]
    return [finding for file, look in looks for finding in look(file)]


def _look(file: Path, seen: _Seen) -> _Look | None:
    """What looks at the file, by its name; None for what needs no look, such as text."""
    if file.suffix in {".xml", ".html"}:
        return partial(_findings, seen=seen)
    module = _BY_NAME.get(file.name) or _BY_SUFFIX.get(file.suffix)
    return None if module is None else partial(_findings_of, module)


def _findings_of(module: str, file: Path) -> Iterable[Finding]:
    """The findings of a module of its own, loaded when it is needed: some take their time."""
    found: Iterable[Finding] = import_module(f"banmian.archive.{module}").findings(file)
    return found


def _findings(file: Path, seen: _Seen) -> Iterator[Finding]:
    name = shown(file)
    try:
        root = etree.fromstring(file.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as e:
        yield Finding(name, Fault.DAMAGED, str(e))
        return
    form = _FORMS.get(root.tag)
    if form is None:
        names = ", ".join(known.name for known in _FORMS.values())
        yield Finding(name, Fault.UNKNOWN, f"{root.tag} is none of {names}")
        return
    ids = _values(root, form.ids)
    own, known = set(ids), seen.setdefault(file.parent, {})
    for id_ in (n for n, count in Counter(ids).items() if count > 1) if len(own) < len(ids) else ():
        yield Finding(name, Fault.ID_TWICE, f"{id_} stands in {name} twice")
    for id_ in sorted(own & known.keys()):
        yield Finding(name, Fault.ID_TWICE, f"{id_} stands in {shown(known[id_])} too")
    known.update(dict.fromkeys(own - known.keys(), file))
    if any(ref not in own for value in set(_values(root, form.references)) for ref in _named(value)):
        yield from _dangling(name, root, form, own)
    if root.tag == _METS:
        yield from metscheck.findings(file, root)


def _values(root: etree._Element, attributes: Iterable[str]) -> list[str]:
    """The values of these attributes, wherever they stand: by XPath, as there are very many."""
    found = [root.xpath(f"//@{attribute}", smart_strings=False) for attribute in attributes]
    return list(chain.from_iterable(cast("list[list[str]]", found)))


def _dangling(name: str, root: etree._Element, form: _Form, own: Container[str]) -> Iterator[Finding]:
    for element in root.iter(etree.Element):
        for ref in (r for key in form.references for r in _named(element.get(key) or "")):
            if ref not in own:
                yield Finding(name, Fault.DANGLING, f"{ref} on line {element.sourceline} names nothing")


def _named(value: str) -> Iterator[str]:
    """The ids of the same file that an attribute names; what is an address of another file names none."""
    return (name.removeprefix("#") for name in value.split() if ":" not in name)
