"""What the XML formats of single pages share: a file a page, glyphs in runs, polygons as text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from banmian.archive.content.corrected_page import CorrectedPage
from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.content.words import Sign, Word
from banmian.archive.xml.xml_writer import XmlTemplate, XmlWriter
from layout.geometry import Polygon


def write_pages(holding: ExportIssue, part: Path, as_bytes: Callable[[CorrectedPage], bytes]) -> None:
    """Writes `part`/NAME/0001.xml and so on, a file a page, as `as_bytes` gives it."""
    folder = part / holding.folder
    folder.mkdir(parents=True)
    for sheet in holding.sheets:
        (folder / f"{sheet.number:04}.xml").write_bytes(as_bytes(sheet.leaf()))


def write_glyphs(
    pen: XmlWriter,
    id_: str,
    word: Word,
    plain: tuple[XmlTemplate, Callable[[str, Sign], tuple[float | str, ...]]],
    other: Callable[[XmlWriter, str, Sign], None],
) -> None:
    """Writes the glyphs of a word, each with `id_` and its place as its id.

    Most are plain and written in runs, by a template and what gives its values; any other is written by `other`.
    """
    template, values = plain
    for is_plain, signs in groupby(word.signs, attrgetter("plain")):
        if is_plain:
            pen.fill(template, (values(f"{id_}.{sign.at}", sign) for sign in signs))
            continue
        for sign in signs:
            other(pen, f"{id_}.{sign.at}", sign)


def polygon_of(points: str) -> Polygon:
    """The polygon whose corners are written x,y with spaces between."""
    return tuple((float(x), float(y)) for x, y in (p.split(",") for p in points.split()))
