"""Looks at an export without the program that made it at hand: is every file whole, and does it hold together?"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Final

import msgspec

from banmian.archive.content import checksums
from banmian.archive.content.finding import ExportFault, ExportFinding
from banmian.archive.content.masters import SCANS
from banmian.archive.formats import Format
from banmian.store.display_path import shown
from layout.errors import InputUnusable

_XML: Final = {".xml", ".html"}
_CHECKS: Final = {
    **{name: module for f in Format for name, module in f.declaration.checks},
    checksums.FILE: "banmian.archive.content.checksums",
}
"""The module that checks files of a name, or of a suffix."""

_BAGGED: Final = f"/data/{SCANS}/"
"""Path of the scans in a bag. They are not checked: a PDF among them is not an export."""

_BEGINNINGS: Final = ((b"%PDF-", ".pdf"), (b"<?xml", ".xml"), (b"<!DOCTYPE html", ".html"))
"""What a file begins with, and the suffix under which files of its format are exported."""
_OF_ARTICLES: Final = "paragraphs"
"""A field that every article has which is exported as JSON, and hardly another object of JSON."""
_HEAD: Final = 1024
"""Number of bytes of a file that are read to tell its format."""

Find = Callable[[Path], Iterable[ExportFinding]]
"""A function that checks a file."""


def check(path: Path) -> list[ExportFinding]:
    """All that is wrong with the exported files at `path`, a file or a folder; nothing where all is well.

    It finds what cannot be parsed or opened, what is of no format that is exported, ids used twice in an issue's
    folder, references that lead nowhere, and what sums tell. It is no validation against published schemas.
    """
    if not path.exists():
        raise InputUnusable(f"{shown(path)} is not there.", "Name the folder or the file that was exported.")
    xml = cache(_xml_look)  # one look for all of them
    files = sorted(path.rglob("*"), key=lambda p: (p.parent, p.name)) if path.is_dir() else [path]
    looks = [(file, look) for file in files if _BAGGED not in file.as_posix() and (look := _look(file, xml))]
    if not looks and path.is_file() and (suffix := _suffix_of_content(path)):
        look = _look(path.with_suffix(suffix), xml)
        looks = [(path, look)] if look else []
    if not looks:
        return [ExportFinding(shown(path), ExportFault.NOTHING, "no file of a format that can be checked lies in it")]
    return [finding for file, look in looks for finding in look(file)]


def _look(file: Path, xml: Callable[[], Find]) -> Find | None:
    """What looks at the file, by its name; None for what needs no look, such as a scan."""
    if file.suffix in _XML:
        return xml()
    module = _CHECKS.get(file.name) or _CHECKS.get(file.suffix)
    return None if module is None else partial(_findings_of, module)


def _suffix_of_content(file: Path) -> str | None:
    """The suffix that a file's beginning calls for, as output that was sent into a file of any name has none."""
    with file.open("rb") as stream:
        head = stream.read(_HEAD).removeprefix(codecs.BOM_UTF8).lstrip()
        stream.seek(0)
        line = stream.readline() if head.startswith(b"{") else b""
    if _is_article(line):
        return ".jsonl"
    return next((suffix for begins, suffix in _BEGINNINGS if head.startswith(begins)), None)


def _is_article(line: bytes) -> bool:
    """Whether the line is an object of JSON with paragraphs: other JSON, and text in braces, is no export of ours."""
    try:
        record: object = msgspec.json.decode(line.removeprefix(codecs.BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return isinstance(record, dict) and _OF_ARTICLES in record


def _xml_look() -> Find:
    """What looks at files of XML; its parser takes a while to load, and most exports have none."""
    from banmian.archive import xml_check  # noqa: PLC0415

    return xml_check.XmlChecker().findings


def _findings_of(module: str, file: Path) -> Iterable[ExportFinding]:
    """The findings of a module of its own, loaded when it is needed: some take their time."""
    found: Iterable[ExportFinding] = import_module(module).findings(file)
    return found
