"""One bag an issue (BagIt, RFC 8493): its scans and the chosen formats, with a sha512 of every file.

For long-term storage, and for handing an issue over: whoever receives it proves with `bagit.py --validate` that
nothing was lost or changed on the way.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Final

import bagit

from banmian.archive.content.export_issue import ExportIssue, ExportPage
from banmian.archive.content.labels import issue_title
from banmian.archive.content.masters import SCANS, master
from banmian.archive.content.xml_text import xml_text

_ALGORITHM: Final = "sha512"
_EXPANDED: Final = "$%"
"""Characters that a payload's names may not hold: bagit-python refuses what a shell would expand, and reads %0A as a
line's end."""

logging.getLogger("bagit").addHandler(logging.NullHandler())  # what goes wrong is told by the one who asked for a bag
logging.getLogger("bagit").propagate = False


def write(holding: ExportIssue, part: Path, formats: Mapping[str, Callable[[ExportIssue, Path], None]]) -> None:
    """Writes the bag `part`/NAME: the scans in data/scans, and what each of `formats` writes in data/FORMAT.

    Raises PageFailed for a scan that is gone, or is not the one that was read.
    """
    bag = part / holding.folder
    held = replace(holding, sheets=_copied(holding, bag / SCANS))
    for name, write_format in formats.items():
        (bag / name).mkdir()
        write_format(held, bag / name)
    bagit.make_bag(str(bag.absolute()), dict(_info(holding)), checksums=[_ALGORITHM])
    _sort_lines(bag / f"tagmanifest-{_ALGORITHM}.txt")


def _copied(holding: ExportIssue, scans: Path) -> tuple[ExportPage, ...]:
    """The sheets, each with the place of its scan's copy in the folder `scans`, which is made."""
    scans.mkdir(parents=True)
    copies = {}
    for name, sheet in scan_names(holding.sheets):
        copies[sheet.scan] = scans / name
        shutil.copyfile(master(sheet), scans / name)
    return tuple(replace(sheet, kept=copies[sheet.scan]) for sheet in holding.sheets)


def scan_names(sheets: Iterable[ExportPage]) -> Iterator[tuple[str, ExportPage]]:
    """The name of each scan's file in the bag, with a sheet that is from it: a file of many pages comes once.

    It is the file's own name, but for what a payload's names may not have; of two that would be the same the second
    gets its page's number in front.
    """
    seen: dict[Path, str] = {}
    for sheet in sheets:
        path = master(sheet)
        if path not in seen:
            name = _plain(path.name)
            seen[path] = f"{sheet.number:04} {name}" if name in seen.values() else name
            yield seen[path], sheet


def _plain(name: str) -> str:
    return "".join(c if c.isprintable() and c not in _EXPANDED else "_" for c in xml_text(name))


def _info(holding: ExportIssue) -> Iterator[tuple[str, str]]:
    """The lines of bag-info.txt, from what is known of the issue; the same for each export of it."""
    told = holding.metadata
    facts = {
        "External-Description": f"{issue_title(holding)}, {len(holding.sheets)} pages",
        "External-Identifier": " ".join(filter(None, (told.issn or told.cn, told.date))) or holding.issue.name,
        "Internal-Sender-Identifier": holding.folder,
        "Source-Organization": told.publisher,
        "Bagging-Date": holding.made[:10],
        "Bag-Software-Agent": f"Banmian {version('banmian')}, bagit-python {bagit.VERSION}",
        "Newspaper": told.newspaper,
        "ISSN": told.issn,
        "CN": told.cn,
        "Place": told.place,
        "Date": told.date,
        "Language": told.language,
        "Rights": told.rights,
    }
    return ((name, " ".join(xml_text(value).split())) for name, value in facts.items() if value)


def _sort_lines(manifest: Path) -> None:
    """Sorts the list of tag files, which bagit leaves in the folder's order, so that the same bag has the same
    bytes."""
    lines = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    manifest.write_text("".join(sorted(lines)), encoding="utf-8")
