"""Pages of plain text: raw newspaper text becomes a Page whose regions are headlines, bylines, bodies, captions.

The page is of the same form as a scanned one, but for the places: no line has a polygon. A line's text is the raw
line, indent included, and its id tells its number in the file (l17); lines that are blank are no lines of print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from cleanup.forms.signature import names_writer
from cleanup.lines.plain_line import TextLine
from cleanup.plaintext.article_boundaries import TextArticle, pieces_of
from cleanup.plaintext.columns_read import columns_read
from cleanup.plaintext.form_feeds import FEED, Lines, sheets_of, without_spacing
from cleanup.plaintext.hard_wrapped import are_broken
from cleanup.plaintext.printed_lines import printed_lines
from cleanup.plaintext.records import are_records, records_of_articles
from cleanup.plaintext.text_items import TextItem, TextItemKind, items_of
from layout.page import Line, Page, Region, RegionKind

_KINDS: Final = {
    TextItemKind.BODY: RegionKind.BODY,
    TextItemKind.SOURCE: RegionKind.BODY,
    TextItemKind.FROM: RegionKind.BODY,
    TextItemKind.TO: RegionKind.BODY,
    TextItemKind.CREDIT: RegionKind.BODY,
    TextItemKind.SIGNATURE: RegionKind.BODY,
    TextItemKind.BYLINE: RegionKind.BYLINE,
    TextItemKind.CAPTION: RegionKind.CAPTION,
    TextItemKind.ADVERT: RegionKind.ADVERT,
    TextItemKind.FURNITURE: RegionKind.FOLIO,
    TextItemKind.DISPLAY: RegionKind.SUBHEAD,
    TextItemKind.SUBTITLE: RegionKind.SUBHEAD,
}
_ALONE: Final = frozenset({RegionKind.ADVERT, RegionKind.FOLIO})
"""What is of no article."""


def pages_of_text(text: str, number: int = 1, source: str = "") -> tuple[Page, ...]:
    """The pages of one file, numbered from `number`; a form feed ends a page, as pdftotext writes it."""
    sheets = {at: _as_printed(lines) for at, lines in sheets_of(text).items()}
    broken = are_broken([line for lines in sheets.values() for line in lines])
    return tuple(_page(lines, number + at, source, broken=broken) for at, lines in sheets.items())


def page_of_text(text: str, number: int, source: str = "") -> Page:
    """The page of print that a raw text is; time and memory grow with its length, and no faster."""
    lines = _as_printed(sheets_of(text.replace(FEED, "\n"))[0])
    return _page(lines, number, source, broken=are_broken(lines))


def _as_printed(lines: Lines) -> Lines:
    """The lines of a page as they were printed: columns apart, and what an extractor set apart put together."""
    return printed_lines(columns_read(lines))


def _page(lines: Lines, number: int, source: str, *, broken: bool) -> Page:
    lines = without_spacing(lines) if broken else tuple(part for line in lines for part in line.printed)
    if not broken and (records := records_of_articles(lines)):
        pieces = [_labelled(title, rest) for title, rest in records]
    elif not broken and are_records(lines):
        pieces = [TextArticle((TextItem(TextItemKind.BODY, lines),), frozenset())]
    else:
        pieces = pieces_of(items_of(lines, broken=broken), broken=broken)
    regions = [r for article, piece in enumerate(pieces) for r in _regions(piece, article)]
    numbered = (Region(f"r{n}", r.kind, lines=r.lines, article=r.article) for n, r in enumerate(regions, start=1))
    return Page(number=number, source=source, regions=tuple(numbered))


def _labelled(title: TextLine, rest: Sequence[TextLine]) -> TextArticle:
    """The article of a record with labelled fields: its title, and all other lines as they stand."""
    head = TextItem(TextItemKind.DISPLAY, (title,))
    return TextArticle((head, TextItem(TextItemKind.BODY, tuple(rest))) if rest else (head,), frozenset({0}))


def _regions(piece: TextArticle, article: int) -> Iterator[Region]:
    """The piece's regions in the order of print; adjoining subheads are one, for one may run over lines apart."""
    kinds = [RegionKind.HEADLINE if i in piece.heads else _kind(item) for i, item in enumerate(piece.items)]
    for kind, pairs in groupby(zip(kinds, piece.items, strict=True), key=lambda pair: pair[0]):
        items = [item for _, item in pairs]
        for group in [items] if kind in {RegionKind.SUBHEAD, RegionKind.BYLINE} else [[item] for item in items]:
            lines = tuple(line for item in group for line in _lines(item))
            yield Region("", kind, lines=lines, article=None if kind in _ALONE else article)


def _kind(item: TextItem) -> RegionKind:
    signed = item.kind is TextItemKind.SIGNATURE and names_writer(item.text)
    return RegionKind.BYLINE if signed else _KINDS[item.kind]


def _lines(item: TextItem) -> Iterator[Line]:
    return (Line(_name(part), text=part.raw) for line in item.lines for part in line.printed)


def _name(line: TextLine) -> str:
    """A line's id: its number in the file, and that of its column where columns were printed side by side."""
    return f"l{line.number}.{line.piece + 1}" if line.piece else f"l{line.number}"
