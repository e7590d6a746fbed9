"""One PDF/A-2b an issue: each scan at its true size, and over it the clean text, invisible, each glyph in its place.

For readers: it opens everywhere, is searched, and copies out article by article in reading order. Level b asks that
it will look the same for ever; text that means what it says, which level u asks on top, it has too.
"""

from __future__ import annotations

import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

from banmian.archive.content.corrected_page import CorrectedPage
from banmian.archive.content.export_issue import ExportIssue, ExportPage
from banmian.archive.content.labels import issue_title
from banmian.archive.content.masters import master, not_the_one_read
from banmian.archive.content.metadata import Metadata
from banmian.archive.content.reading_order import in_order
from banmian.archive.content.xml_text import xml_text
from banmian.archive.pdf.font import Alphabet
from banmian.archive.pdf.outline import add_outline
from banmian.archive.pdf.page_size import PageSize, page_size_of
from banmian.archive.pdf.pages import Pages
from banmian.archive.pdf.scan_image import ScanImage, picture
from banmian.archive.pdf.text_layer import text_layer

_MADE: Final = bytes.fromhex("07e0 0001 0001 0000 0000 0000")
"""2016-01-01T00:00:00, in place of the time at which a profile is made: the same profile has the same bytes."""


def write(holding: ExportIssue, part: Path) -> None:
    """Writes `part`/NAME.pdf; raises PageFailed for a scan that is gone, damaged, or not the one that was read."""
    alphabet, papers = Alphabet(), []
    with tempfile.TemporaryDirectory(prefix=".pages.", dir=part) as scratch:
        pages = Pages(Path(scratch))
        for sheet in holding.sheets:
            with pikepdf.new() as page:
                papers.append(_add_page(page, holding, sheet, alphabet))
                pages.add(page)
        with pages.bound() as pdf:
            _finish(pdf, holding, alphabet, papers)
            pdf.save(
                part / f"{holding.folder}.pdf",
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )


def _add_page(pdf: pikepdf.Pdf, holding: ExportIssue, sheet: ExportPage, alphabet: Alphabet) -> PageSize:
    leaf = sheet.leaf()
    scan = _scan(sheet, leaf)
    paper = page_size_of(leaf.page, scan.upright, scan.dpi)
    page = pdf.add_blank_page(page_size=(round(paper.width, 2), round(paper.height, 2)))
    page.rotate(paper.turn, relative=False)
    page.Resources = Dictionary(XObject=Dictionary(Scan=scan.stream(pdf)))
    show = f"q {paper.matrix(*scan.place())} cm /Scan Do Q\n".encode("ascii")
    text = text_layer(in_order(holding.issue, leaf), paper, alphabet, leaf.page.type_size)
    page.Contents = pikepdf.Stream(pdf, show + text)
    return paper


def _scan(sheet: ExportPage, leaf: CorrectedPage) -> ScanImage:
    scan = picture(master(sheet), sheet.frame)
    if scan.upright != (leaf.page.width, leaf.page.height):
        raise not_the_one_read(sheet)
    return scan


def _finish(pdf: pikepdf.Pdf, holding: ExportIssue, alphabet: Alphabet, papers: list[PageSize]) -> None:
    """What the document has beside its pages."""
    fonts = pdf.make_indirect(alphabet.fonts(pdf))
    for page in pdf.pages:
        page.Resources.Font = fonts
    profile = pikepdf.Stream(pdf, _srgb(), N=3)
    name = String("sRGB IEC61966-2.1")
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=name, DestOutputProfile=profile
            )
        ]
    )
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    add_outline(pdf, holding, papers)
    _describe(pdf, holding)


def _describe(pdf: pikepdf.Pdf, holding: ExportIssue) -> None:
    """Metadata in XMP, and the same where older readers look."""
    told = holding.metadata
    if told.language:
        pdf.Root.Lang = String(xml_text(told.language))
    with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
        for key, value in _facts(told, issue_title(holding)).items():
            meta[key] = value
        for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            meta[key] = holding.made
        meta["xmp:CreatorTool"] = f"Banmian {version('banmian')}"
        meta["pdf:Producer"] = f"pikepdf {pikepdf.__version__}"
        meta["pdfaid:part"], meta["pdfaid:conformance"] = "2", "B"


def _facts(told: Metadata, title: str) -> dict[str, str | list[str]]:
    """The Dublin Core of the issue; what is not told is left out."""
    numbers = [f"{name} {number}" for name, number in (("ISSN", told.issn), ("CN", told.cn)) if number]
    facts = {
        "dc:title": title,
        "dc:publisher": [told.publisher] if told.publisher else None,
        "dc:date": [told.date] if told.date else None,
        "dc:language": [told.language] if told.language else None,
        "dc:identifier": ", ".join(numbers),
        "dc:rights": told.rights,
    }
    return {key: _clean(value) for key, value in facts.items() if value}


def _clean(value: str | list[str]) -> str | list[str]:
    return xml_text(value) if isinstance(value, str) else [xml_text(v) for v in value]


def _srgb() -> bytes:
    """The profile sRGB IEC61966-2.1 as Little CMS makes it."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = _MADE  # ICC.1, 7.2.1
    return bytes(data)
