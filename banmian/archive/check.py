"""Looks at an export without the program that made it at hand: is every file whole, and does it hold together?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from lxml import etree

from banmian.archive import alto, pagexml
from banmian.batch.intake import shown
from layout.errors import InputUnusable


class Fault(StrEnum):
    NOTHING = "nothing to check"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"
    ID_TWICE = "id twice"
    DANGLING = "dangling"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a file, and where in it."""

    path: str
    fault: Fault
    told: str

    def __str__(self) -> str:
        return f"{self.path}: {self.fault.value}: {self.told}"


_FORMS: Final = {f"{{{alto.NAMESPACE}}}alto", f"{{{pagexml.NAMESPACE}}}PcGts"}
_ID: Final = ("ID", "id", "pcGtsId")
_REFERENCES: Final = ("TAGREFS", "regionRef")


def check(path: Path) -> list[Finding]:
    """All that is wrong with the ALTO and PAGE files at `path`, a file or a folder; nothing where all is well.

    It finds what cannot be parsed, what is neither format, ids used twice in an issue's folder, and references that
    lead nowhere. It is no validation against the published schemas.
    """
    if not path.exists():
        raise InputUnusable(f"{shown(path)} is not there.", "Name the folder or the file that was exported.")
    files = sorted(path.rglob("*.xml")) if path.is_dir() else [path]
    if not files:
        return [Finding(shown(path), Fault.NOTHING, "no XML file lies in it")]
    seen: dict[tuple[Path, str], Path] = {}
    return [finding for file in files for finding in _findings(file, seen)]


def _findings(file: Path, seen: dict[tuple[Path, str], Path]) -> Iterator[Finding]:
    name = shown(file)
    try:
        root = etree.fromstring(file.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as e:
        yield Finding(name, Fault.DAMAGED, str(e))
        return
    if root.tag not in _FORMS:
        yield Finding(name, Fault.UNKNOWN, f"{root.tag} is neither ALTO 4 nor PAGE 2019-07-15")
        return
    own = Counter(i for e in root.iter(etree.Element) for k in _ID if (i := e.get(k)))
    for id_ in own:
        other = seen.setdefault((file.parent, id_), file)
        if other != file or own[id_] > 1:
            yield Finding(name, Fault.ID_TWICE, f"{id_} stands in {shown(other)} too")
    for element in root.iter(etree.Element):
        for ref in (r for k in _REFERENCES for r in (element.get(k) or "").split()):
            if ref not in own:
                yield Finding(name, Fault.DANGLING, f"{ref} on line {element.sourceline} names nothing")
