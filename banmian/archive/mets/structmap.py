"""The two structures of an issue in METS: its pages as they lie there, and its articles as they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from lxml import etree

from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.content.labels import issue_title, page_label, title_of
from banmian.archive.content.xml_text import xml_id
from banmian.archive.text.text import is_piece
from banmian.archive.xml.alto import alto_id
from banmian.archive.xml.elements import Elements
from cleanup.article import Article, ArticleKind, Role, SourceLine
from layout.page import Page, RegionKind

XLINK: Final = "http://www.w3.org/1999/xlink"
ALTO_TYPE: Final = "application/alto+xml"
_TYPES: Final = {
    ArticleKind.ARTICLE: "Article",
    ArticleKind.ADVERT: "Advertisement",
    ArticleKind.NOTICE: "Notice",
    ArticleKind.TABLE: "Table",
    ArticleKind.CAPTION: "Illustration",
    ArticleKind.FURNITURE: "PageHead",
}
_HEADLINE: Final = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE})
_RUNNING: Final = frozenset({Role.BODY, Role.SUBHEAD, Role.DATELINE})
"""What goes on from page to page, as captions do not."""

Area = tuple[int, str]
"""A page, and the id of a block or a line in its ALTO."""


@dataclass(frozen=True, slots=True)
class PrintedBlocks:
    """What a page's ALTO holds: for each block, by the region's id, its kind and the lines with text in it."""

    blocks: Mapping[str, tuple[RegionKind, frozenset[str]]]

    @classmethod
    def of(cls, page: Page) -> PrintedBlocks:
        return cls({r.id: (r.kind, frozenset(n.id for n in r.lines if n.text.strip())) for r in page.regions})


def page_id(page: int) -> str:
    return xml_id("mets", page, "page", "")


def text_id(page: int) -> str:
    """The id of a page's ALTO among the files."""
    return xml_id("mets", page, "file", "alto")


def scan_id(page: int) -> str:
    """The id of a scan among the files, by the first page that is on it."""
    return xml_id("mets", page, "file", "scan")


def physical_map(e: Elements, holding: ExportIssue, scans: Mapping[int, str]) -> etree._Element:
    """The pages in their order, with 版次 and 版名, each with its scan and its ALTO."""
    sequence = e.div(ID=xml_id("mets", 0, "physical", ""), TYPE="physSequence", LABEL=issue_title(holding))
    for sheet in holding.sheets:
        page = e.div(ID=page_id(sheet.number), TYPE="page", ORDER=str(sheet.number), ORDERLABEL=page_label(sheet))
        if sheet.section:
            page.set("LABEL", sheet.section)
        scan = e.fptr(FILEID=scans[sheet.number])
        if sum(other.scan == sheet.scan for other in holding.sheets) > 1:
            scan.set("CONTENTIDS", f"#page={sheet.frame + 1}")
        page.extend([scan, e.fptr(FILEID=text_id(sheet.number))])
        sequence.append(page)
    return e.structMap(sequence, TYPE="PHYSICAL")


def logical_map(e: Elements, holding: ExportIssue, pages: Mapping[int, PrintedBlocks]) -> tuple[etree._Element, ...]:
    """Newspaper, issue, articles with headings and bodies; and the links from articles to their pages."""
    event_ids = {"DMDID": xml_id("mets", 0, "mods", ""), "ADMID": xml_id("mets", 0, "premis", "")}
    issue = e.div(event_ids, ID=xml_id("mets", 0, "issue", ""), TYPE="Issue", LABEL=issue_title(holding))
    links = e.structLink()
    for article in holding.issue.articles:
        tree = _Tree(e, article, pages)
        issue.append(tree.div())
        links.extend(tree.links())
    newspaper = e.div(issue, ID=xml_id("mets", 0, "newspaper", ""), TYPE="Newspaper")
    if holding.metadata.newspaper:
        newspaper.set("LABEL", holding.metadata.newspaper)
    structure = e.structMap(newspaper, TYPE="LOGICAL")
    return (structure, links) if len(links) else (structure,)


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one role that stand together in one region, by the areas in ALTO that hold them."""

    id: str
    kind: str
    page: int
    areas: tuple[Area, ...]


class _Tree:
    """An article's divs, and the links that lead from them."""

    def __init__(self, e: Elements, article: Article, pages: Mapping[int, PrintedBlocks]) -> None:
        self._e, self._article, self._pages = e, article, pages
        self._id = xml_id("mets", 0, "article", article.id)
        lines = [s for s in article.lines if s.page in pages]
        self._heading = self._blocks([s for s in lines if s.role in _HEADLINE], "heading")
        self._body = self._blocks([s for s in lines if s.role not in _HEADLINE], "body")
        self._pictures = list(self._textless(len(self._body)))

    def div(self) -> etree._Element:
        div = self._e.div(ID=self._id, TYPE=_TYPES[self._article.kind], LABEL=title_of(self._article))
        if is_piece(self._article):
            div.set("DMDID", xml_id("mets", 0, "mods", self._article.id))
        for kind, blocks in (("Heading", self._heading), ("Body", [*self._body, *self._pictures])):
            if blocks:
                id_ = xml_id("mets", 0, kind.lower(), self._article.id)
                div.append(self._e.div(*map(self._block, blocks), ID=id_, TYPE=kind))
        return div

    def links(self) -> Iterator[etree._Element]:
        """The links from the article to each of its pages, and from where it leaves a page to where it goes on."""
        for page in self._article.pages:
            if page in self._pages:
                yield self._link(self._id, page_id(page), "")
        for last, first in pairwise(b for b in self._body if b.kind in _RUNNING):
            if last.page != first.page:
                yield self._link(last.id, first.id, f"goes on on page {first.page}")

    def _link(self, start: str, end: str, title: str) -> etree._Element:
        link = self._e.smLink({f"{{{XLINK}}}from": start, f"{{{XLINK}}}to": end})
        if title:
            link.set(f"{{{XLINK}}}title", title)
        return link

    def _block(self, block: _Block) -> etree._Element:
        areas = [self._e.area(FILEID=text_id(p), BETYPE="IDREF", BEGIN=begin) for p, begin in block.areas]
        pointer = self._e.fptr(areas[0] if len(areas) == 1 else self._e.seq(*areas))
        return self._e.div(pointer, ID=block.id, TYPE=block.kind)

    def _blocks(self, lines: Sequence[SourceLine], part: str) -> list[_Block]:
        groups = groupby(lines, key=lambda s: (s.page, s.region, s.role))
        return [
            _Block(self._block_id(part, at), role.value, page, tuple(self._areas(page, region, [*group])))
            for at, ((page, region, role), group) in enumerate(groups)
        ]

    def _areas(self, page: int, region: str | None, lines: Sequence[SourceLine]) -> Iterator[Area]:
        """The block where all its lines are among these, else each line for itself."""
        _, there = self._pages[page].blocks.get(region or "", (None, frozenset[str]()))
        if region is not None and there and there <= {s.line.id for s in lines}:
            yield page, alto_id(page, "block", region)
            return
        yield from ((page, alto_id(page, "line", s.line.id)) for s in lines)

    def _textless(self, first: int) -> Iterator[_Block]:
        """The pictures and other regions without lines."""
        regions = [r for r in self._article.regions if r.page in self._pages]
        for region in dict.fromkeys((r.page, r.id) for r in regions):
            page, name = region
            kind, lines = self._pages[page].blocks.get(name, (None, frozenset[str]()))
            if kind is not None and not lines:
                yield _Block(self._block_id("body", first), kind.value, page, ((page, alto_id(page, "block", name)),))
                first += 1

    def _block_id(self, part: str, at: int) -> str:
        return xml_id("mets", 0, "block", f"{self._article.id}.{part}.{at}")
