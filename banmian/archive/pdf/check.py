"""What is wrong with a PDF that an export made: told from the file alone, by PDFium and by qpdf."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2

from banmian.archive.content.finding import ExportFault, ExportFinding
from banmian.store.display_path import shown


def findings(path: Path) -> Iterator[ExportFinding]:
    """All that is wrong: what cannot be opened or decoded, no claim of PDF/A-2b, fonts that are not within the file,
    pages without a scan, and bookmarks that lead to a page without text. It is no full validation of PDF/A.
    """
    try:
        with pikepdf.open(path) as pdf:
            told = [(ExportFault.DAMAGED, what) for what in pdf.check_pdf_syntax()]
            told += [(ExportFault.BELOW, what) for what in _against_level(pdf)]
            bookmarked = _bookmarked(pdf)
        told += [(ExportFault.MISSING, what) for what in _without_text(path, bookmarked)]
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as e:
        told = [(ExportFault.DAMAGED, str(e))]
    for fault, what in told:
        yield ExportFinding(shown(path), fault, what)


def _against_level(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What PDF/A-2b asks for and is easily seen (ISO 19005-2, 6.2.3, 6.2.11.4.1, 6.6.4)."""
    if pdf.open_metadata().pdfa_status not in {"2B", "2U", "2A"}:
        yield "its metadata do not say that it is PDF/A-2b"
    if "/OutputIntents" not in pdf.Root:
        yield "it has no output intent, so its colours mean nothing certain"
    for number, page in enumerate(pdf.pages, start=1):
        resources = page.resources
        if not resources.get("/XObject"):
            yield f"page {number} has no scan"
        for name, font in resources.get("/Font", pikepdf.Dictionary()).items():
            if not _is_embedded(font):
                yield f"page {number}: the font {name} is not within the file"


def _is_embedded(font: pikepdf.Object) -> bool:
    described = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor", pikepdf.Dictionary())
    return any(f"/FontFile{kind}" in described for kind in ("", "2", "3"))


def _bookmarked(pdf: pikepdf.Pdf) -> set[int]:
    """The pages, from 0, that bookmarks of articles lead to; those of the first level are the pages' own."""
    numbers: dict[tuple[int, int], int] = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        items = [item for page in outline.root for article in page.children for item in (article, *article.children)]
        leads = [item.destination[0].objgen for item in items if isinstance(item.destination, pikepdf.Array)]
    return {numbers[page] for page in leads if page in numbers}


def _without_text(path: Path, bookmarked: set[int]) -> Iterator[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        for at in sorted(bookmarked):
            if not document[at].get_textpage().get_text_range().strip():
                yield f"page {at + 1} has no text, though bookmarks lead to articles on it"
    finally:
        document.close()
