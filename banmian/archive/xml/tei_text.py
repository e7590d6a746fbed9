"""The text of an article in TEI: its blocks, its printed lines, and the edits in force as choices."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import groupby, takewhile
from typing import Final

from lxml import etree

from banmian.archive.content.corrected_page import GAP, is_gap
from banmian.archive.content.provenance import responsible
from banmian.archive.content.xml_text import xml_id
from banmian.archive.xml.elements import Elements, add
from cleanup.article import Article, ArticleKind, Role
from cleanup.edits.edit import CELL_BREAK, LINE_BREAK, Edit

NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"
XML: Final = "{http://www.w3.org/XML/1998/namespace}"
TEI: Final = Elements(NAMESPACE, {None: NAMESPACE})
_HEADS: Final = {Role.KICKER: "kicker", Role.TITLE: "main", Role.SUBTITLE: "sub"}

_ROW: Final = f"{{{NAMESPACE}}}row"
_HEAD: Final = f"{{{NAMESPACE}}}head"
_BODY: Final = frozenset({f"{{{NAMESPACE}}}p", f"{{{NAMESPACE}}}ab", _ROW})
"""The elements before which the headline parts are put."""


def tei_id(page: int, sort: str, name: str) -> str:
    return xml_id("tei", page, sort, name)


def zone_id(page: int, sort: str, name: str) -> str:
    """The id of the zone of a region or a line."""
    return tei_id(page, sort, name)


def person_id(person: str) -> str:
    return tei_id(0, "person", person)


def blocks(article: Article, known: Container[int]) -> list[etree._Element]:
    """The blocks of the article, each an element by its role; `known` are the pages that have a surface.

    Rows of a table that stand together are a table, with a cell for each piece between two tabs.
    """
    made: list[etree._Element] = []
    for is_row, together in groupby(_Writer(article, known).written(), key=lambda block: block.tag == _ROW):
        run = list(together)
        made += [_table(run)] if is_row else run
    return made


def _table(rows: list[etree._Element]) -> etree._Element:
    """The table that rows are, of as many columns as the longest has cells; lines over it of one cell are its heads."""
    cols = max(len(row) for row in rows)
    heads = list(takewhile(lambda row: len(row) == 1 < cols, rows))
    for head in heads:
        head[0].tag = _HEAD
    entries = rows[len(heads) :]
    return TEI.table(*(head[0] for head in heads), *entries, rows=str(len(entries)), cols=str(cols))


class _Writer:
    """Lays the segments of the clean text into blocks, one after the other."""

    def __init__(self, article: Article, known: Container[int]) -> None:
        self._article, self._known = article, known
        self._blocks: list[etree._Element] = []
        self._block: etree._Element | None = None
        self._rows = article.kind is ArticleKind.TABLE and CELL_BREAK in article.clean.text
        self._page: int | None = None
        self._clean = 0

    def written(self) -> Iterator[etree._Element]:
        if self._article.lines:
            self._begin_line(self._here(), 0)
        for segment in self._article.clean.segments:
            if segment.edit is None:
                self._keep(segment.text, segment.start)
            else:
                self._choose(segment.edit, segment.start, segment.end)
        return iter(self._blocks)

    def _keep(self, text: str, start: int) -> None:
        """Text that no edit touched, from this raw offset on."""
        for at, row in enumerate(text.split(LINE_BREAK)):
            if at:
                self._end_block()
                self._begin_line_at(start)
            if row:
                add(self._here(), row)
            self._clean += len(row)
            start += len(row) + 1

    def _choose(self, edit: Edit, start: int, end: int) -> None:
        """An edit: what was recognized and what it became. Where it sets a line break, a block ends within it."""
        first, *more = edit.after.split(LINE_BREAK)
        origin = TEI.orig()
        self._recognized(origin, start, end)
        add(self._here(), TEI.choice(origin, self._regular(first, edit)))
        self._clean += len(first)
        if first.endswith(CELL_BREAK) and self._block is not None and self._block.tag == _ROW:
            self._block.append(TEI.cell())
        for row in more:
            self._end_block()
            if row:
                add(self._here(), TEI.choice(TEI.orig(), self._regular(row, edit)))
            self._clean += len(row)

    def _regular(self, text: str, edit: Edit) -> etree._Element:
        """What an edit made; a character that nobody can read is a gap."""
        made = TEI.reg(resp=self._by(edit))
        if self._block is not None and self._block.tag == _ROW:
            text = text.removesuffix(CELL_BREAK)  # the end of the cell tells it
        for at, part in enumerate(text.split(GAP) if is_gap(edit) else [text]):
            if at:
                made.append(TEI.gap(reason="illegible", unit="character", quantity="1"))
            add(made, part)
        return made

    def _recognized(self, origin: etree._Element, start: int, end: int) -> None:
        """The raw text of these offsets, with the beginnings of its lines."""
        for at, row in enumerate(self._article.raw.text[start:end].split(LINE_BREAK)):
            if at:
                self._begin_line_at(start, origin)
            add(origin, row)
            start += len(row) + 1

    def _begin_line_at(self, offset: int, parent: etree._Element | None = None) -> None:
        if offset < len(self._article.raw):
            self._begin_line(self._here() if parent is None else parent, self._article.raw.line_at(offset))

    def _begin_line(self, parent: etree._Element, index: int) -> None:
        source = self._article.lines[index]
        there = source.page in self._known
        if source.page != self._page:
            facs = {"facs": f"#{tei_id(source.page, 'surface', '')}"} if there else {}
            parent.append(TEI.pb(facs, n=str(source.page)))
            self._page = source.page
        placed = there and source.line.polygon is not None
        parent.append(TEI.lb({"facs": f"#{zone_id(source.page, 'line', source.line.id)}"} if placed else {}))

    def _here(self) -> etree._Element:
        """The block that is being filled, of a row its last cell; a new one where the last has ended."""
        if self._block is None:
            self._block = self._made(self._role())
            self._blocks.append(self._block)
        return self._block[-1] if self._block.tag == _ROW else self._block

    def _end_block(self) -> None:
        self._block = None
        self._clean += 1

    def _role(self) -> Role:
        raw, clean = self._article.raw, self._article.clean
        index = raw.line_at(clean.raw_offset(min(self._clean, len(clean.text))))
        return self._article.lines[index].role

    def _made(self, role: Role) -> etree._Element:
        """Headline parts, byline and dateline stand at the beginning; after it they are blocks of their type."""
        at_head = _BODY.isdisjoint(b.tag for b in self._blocks)
        if role is Role.BODY:
            return TEI.row(TEI.cell()) if self._rows else TEI.p()
        if at_head and role in _HEADS:
            return TEI.head(type=_HEADS[role])
        if at_head and role in {Role.BYLINE, Role.DATELINE}:
            return TEI.byline() if role is Role.BYLINE else TEI.dateline()
        return TEI.ab(type=role.value)

    def _by(self, edit: Edit) -> str:
        by, person = responsible(self._article, edit)
        ids = [tei_id(0, "pass", by.value), *([person_id(person)] if person else [])]
        return " ".join(f"#{id_}" for id_ in ids)
