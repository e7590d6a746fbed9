"""The bookmarks of a PDF: a page's name, under it the articles that begin there, under these where each goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Dictionary, OutlineItem

from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.content.labels import page_label, page_name, title_of
from banmian.archive.pdf.page_size import PageSize
from banmian.archive.text.text import pieces
from cleanup.article import Article
from layout.page import Line


def add_outline(pdf: pikepdf.Pdf, holding: ExportIssue, papers: Sequence[PageSize]) -> None:
    """Gives the PDF, whose pages are the holding's sheets in their order, its bookmarks and the pages' labels."""
    roots = [OutlineItem(page_name(sheet), at) for at, sheet in enumerate(holding.sheets)]
    places = {sheet.number: at for at, sheet in enumerate(holding.sheets)}
    for article in pieces(holding.issue):
        items = [_item(article, places[n], line, papers) for n, line in _beginnings(article) if n in places]
        for nth, (at, item) in enumerate(items):
            above = roots[at] if nth == 0 else items[0][1]
            item.title = title_of(article) if nth == 0 else roots[at].title
            above.children.append(item)
    with pdf.open_outline() as outline:
        outline.root.extend(roots)
    labels = [part for at, sheet in enumerate(holding.sheets) for part in (at, Dictionary(P=page_label(sheet)))]
    pdf.Root.PageLabels = Dictionary(Nums=labels)


def _beginnings(article: Article) -> Iterator[tuple[int, Line]]:
    """Each page that the article stands on, with the first line there that has a place."""
    seen = set()
    for source in article.lines:
        if source.page not in seen and source.line.box is not None:
            seen.add(source.page)
            yield source.page, source.line


def _item(article: Article, at: int, line: Line, papers: Sequence[PageSize]) -> tuple[int, OutlineItem]:
    box = line.box
    assert box is not None, "a bookmark leads to a line that has a place"
    left, top = papers[at].point((box.x0, box.y0))
    return at, OutlineItem("", at, "XYZ", left=round(left, 2), top=round(top, 2))
