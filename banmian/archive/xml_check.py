"""What is wrong with an exported file of XML: whether it can be read, and whether its ids and references hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from os.path import commonprefix
from pathlib import Path

from banmian.archive.content.finding import ExportFault, ExportFinding
from banmian.archive.mets import check as mets_check
from banmian.archive.xml.xml_scan import FORMS, METS, UNREADABLE, ScannedXml, scan
from banmian.store.display_path import shown


@dataclass(slots=True)
class XmlChecker:
    """Looks at files one after the other, folder by folder: ids are to be unique in a folder, which is an issue's.

    Of the folder's files it keeps what all ids of each begin with, which names format and page, and the ids that METS
    may lead to: of millions of ids few.
    """

    _folder: Path = Path()
    _begins: dict[Path, str] = field(default_factory=dict)
    _parts: dict[Path, set[str]] = field(default_factory=dict)

    def findings(self, file: Path) -> Iterator[ExportFinding]:
        """All that is wrong with the next file."""
        name = shown(file)
        try:
            found = scan(file)
        except UNREADABLE as e:
            yield ExportFinding(name, ExportFault.DAMAGED, str(e))
            return
        if found.form is None:
            names = ", ".join(known.name for known in FORMS.values())
            yield ExportFinding(name, ExportFault.UNKNOWN, f"{found.root} is none of {names}")
            return
        ids = set(found.ids)
        for id_, other in [*_twice(found.ids, file), *self._shared(file, ids)]:
            yield ExportFinding(name, ExportFault.ID_TWICE, f"{id_} stands in {shown(other)} too")
        yield from _dangling(name, found, ids)
        self._parts[file] = found.parts
        if found.root == METS:
            yield from mets_check.findings(file, self._parts)

    def _shared(self, file: Path, ids: set[str]) -> list[tuple[str, Path]]:
        """The ids that stand in another file of the folder too, with that file."""
        if file.parent != self._folder:
            self._folder = file.parent
            self._begins.clear()
            self._parts.clear()
        begin = commonprefix(list(ids))  # noqa: RUF071 - of strings, for once
        others = [other for other, its in self._begins.items() if begin.startswith(its) or its.startswith(begin)]
        self._begins[file] = begin
        return [(id_, other) for other in others for id_ in sorted(ids.intersection(scan(other).ids))]


def _twice(ids: list[str], file: Path) -> Iterator[tuple[str, Path]]:
    if len(set(ids)) < len(ids):
        yield from ((id_, file) for id_, count in Counter(ids).items() if count > 1)


def _dangling(name: str, found: ScannedXml, ids: set[str]) -> Iterator[ExportFinding]:
    for value, line in found.references.items():
        for ref in _named(value):
            if ref not in ids:
                yield ExportFinding(name, ExportFault.DANGLING, f"{ref} on line {line} names nothing")


def _named(value: str) -> Iterator[str]:
    """The ids of the same file that an attribute names; what is an address of another file names none."""
    return (name.removeprefix("#") for name in value.split() if ":" not in name)
