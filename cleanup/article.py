"""Articles and issues: source lines with roles, a ledger, and what follows from the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final, TypedDict, TypeVar

import msgspec

from cleanup.edits.clean_text import CleanText
from cleanup.edits.edit import LINE_BREAK, Span
from cleanup.edits.ledger import EMPTY, Ledger
from cleanup.edits.raw_text import RawText
from layout.errors import WorkspaceUnusable
from layout.geometry import Box
from layout.page import Line

SCHEMA: Final = 1
"""The version of the JSON form of articles and issues."""


class ArticleKind(StrEnum):
    ARTICLE = "article"
    ADVERT = "advert"
    NOTICE = "notice"
    TABLE = "table"
    CAPTION = "caption"
    FURNITURE = "furniture"  # folios, page heads, editors' lines


class Role(StrEnum):
    """What a source line is in its article."""

    KICKER = "kicker"  # 引题
    TITLE = "title"  # 主题
    SUBTITLE = "subtitle"  # 副题
    BYLINE = "byline"
    DATELINE = "dateline"  # 电头, where it has a line of its own
    SUBHEAD = "subhead"  # 插题
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"  # a closing credit, an editors' line, an email line: of the article, not of its body
    FURNITURE = "furniture"


class RegionRecord(TypedDict):
    page: int
    kind: str
    box: list[int]


class ArticleRecord(TypedDict):
    """One line of jsonl; the keys in this order."""

    id: str
    issue: str
    date: str | None
    kind: str
    pages: list[int]
    kicker: str | None
    title: str | None
    subtitle: str | None
    byline: str | None
    dateline: str | None
    paragraphs: list[str]
    subheads: list[str]
    captions: list[str]
    continued_from: int | str | None
    continued_to: int | str | None
    regions: list[RegionRecord]
    confidence: float
    edits: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of print in an article. `region` is the id of its region on the page, None where there are none."""

    page: int
    line: Line
    role: Role = Role.BODY
    region: str | None = None
    after_lost: bool = False
    """Whether text that lies in no line is printed between the line before and this one."""
    at_picture: bool = False
    """Whether a picture stands right behind its end: it may be shorter than its column and yet full."""


@dataclass(frozen=True, slots=True)
class ArticleRegion:
    """One of the article's regions: its page, its id there, what it is, its box on the scan (None for plain text)."""

    page: int
    id: str
    kind: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A part of the article that stands within lines of another role, or as a part of a line.

    Such is a dateline in the first line of the body, or a byline without the □ before it. The field's text is the
    clean text of its places, which lie one behind the other; the lines keep theirs.
    """

    role: Role
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Clean text between two line breaks that are left, by the role of the line that it begins in.

    `start` and `end` are its offsets in the clean text of the article.
    """

    role: Role
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """One article, as lines of print and the edits on them; its parts are computed, never stored.

    `lines` stand in reading order over all pages. `continued_from` and `continued_to` name the page (a number, or
    what is printed, such as A3) where a part lies that is not here. `confidence` is 0 to 1. `as_written` tells that no
    column broke its lines and no reader misread it: a plain text each line of which is as its author wrote it.
    """

    id: str
    issue: str = ""
    date: str | None = None
    kind: ArticleKind = ArticleKind.ARTICLE
    lines: tuple[SourceLine, ...] = ()
    fields: tuple[Field, ...] = ()
    regions: tuple[ArticleRegion, ...] = ()
    ledger: Ledger = EMPTY
    continued_from: str | None = None
    continued_to: str | None = None
    confidence: float = 1.0
    as_written: bool = False

    @cached_property
    def raw(self) -> RawText:
        """The text as recognized, every line followed by a line break."""
        return RawText((s.page, s.line.id, s.line.text) for s in self.lines)

    @cached_property
    def clean(self) -> CleanText:
        """The raw text under the ledger."""
        return CleanText(self.raw, self.ledger)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The clean text in order, cut at the line breaks that are left; empty blocks are left out.

        White space around a block goes, but for the indents of a body whose lines are as they were written.
        """
        clean, blocks, start = self.clean, [], 0
        for text in clean.text.split(LINE_BREAK):
            if text.strip():
                role = self.lines[self.raw.line_at(clean.raw_offset(start))].role
                told = text.rstrip() if self.as_written and role in {Role.BODY, Role.SUBHEAD} else text.strip()
                blocks.append(Block(role, told, start, start + len(text)))
            start += len(text) + 1
        return tuple(blocks)

    def with_ledger(self, ledger: Ledger) -> Article:
        """The same article under another ledger."""
        other = replace(self, ledger=ledger)
        other.__dict__["raw"] = self.raw  # the raw text is the same, and dear to lay out
        return other

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that its lines stand on, in the order in which it runs over them."""
        return tuple(dict.fromkeys(s.page for s in self.lines))

    @property
    def kicker(self) -> str | None:
        return self._text_of(Role.KICKER)

    @property
    def title(self) -> str | None:
        return self._text_of(Role.TITLE)

    @property
    def subtitle(self) -> str | None:
        return self._text_of(Role.SUBTITLE)

    @property
    def byline(self) -> str | None:
        return self._text_of(Role.BYLINE)

    @property
    def dateline(self) -> str | None:
        return self._text_of(Role.DATELINE)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body in order, each subhead a paragraph of its own."""
        return tuple(b.text for b in self.blocks if b.role in {Role.BODY, Role.SUBHEAD})

    @property
    def subheads(self) -> tuple[str, ...]:
        return self._texts_of(Role.SUBHEAD)

    @property
    def captions(self) -> tuple[str, ...]:
        return self._texts_of(Role.CAPTION)

    def field_text(self, field: Field) -> str:
        """The clean text of a field, without the line breaks in it."""
        start, end = self.raw.offsets(field.places[0])[0], self.raw.offsets(field.places[-1])[1]
        return " ".join(self.clean.between(start, end).split(LINE_BREAK)).strip()

    def record(self) -> ArticleRecord:
        """One line of the jsonl contract."""
        return ArticleRecord(
            id=self.id,
            issue=self.issue,
            date=self.date,
            kind=self.kind.value,
            pages=list(self.pages),
            kicker=self.kicker,
            title=self.title,
            subtitle=self.subtitle,
            byline=self.byline,
            dateline=self.dateline,
            paragraphs=list(self.paragraphs),
            subheads=list(self.subheads),
            captions=list(self.captions),
            continued_from=_page(self.continued_from),
            continued_to=_page(self.continued_to),
            regions=[_region(r, r.box) for r in self.regions if r.box is not None],
            confidence=round(self.confidence, 4),
            edits=len(self.clean.resolution.applied),
        )

    def _texts_of(self, role: Role) -> tuple[str, ...]:
        return tuple(b.text for b in self.blocks if b.role is role)

    def _text_of(self, role: Role) -> str | None:
        """The fields of a role, or else its blocks, as one text; None where there is nothing."""
        texts: Sequence[str] = [self.field_text(f) for f in self.fields if f.role is role] or self._texts_of(role)
        return " ".join(t for t in texts if t) or None


def _page(name: str | None) -> int | str | None:
    return int(name) if name is not None and name.isdecimal() else name


def _region(region: ArticleRegion, box: Box) -> RegionRecord:
    return RegionRecord(page=region.page, kind=region.kind, box=[box.x0, box.y0, box.x1, box.y1])


@dataclass(frozen=True, slots=True)
class IssuePage:
    """A page of an issue: its 版次 as printed (`edition`: 3, A03) and its 版名 (`section`: 要闻), where found."""

    number: int
    edition: str | None = None
    section: str | None = None


class JumpEnd(StrEnum):
    """Which end of a jump a marker is."""

    FROM = "from"  # 上接: the article begins elsewhere
    TO = "to"  # 下转: it goes on elsewhere


@dataclass(frozen=True, slots=True)
class WaitingJump:
    """An end of a jump that found no other end, or more than one: it waits for a person, with the reason."""

    article: str
    end: JumpEnd
    page: str | None
    """The page that the marker names, None where it cannot be read."""
    reason: str


@dataclass(frozen=True)
class Issue:
    """One issue of a newspaper."""

    name: str
    newspaper: str | None = None
    date: str | None = None
    pages: tuple[IssuePage, ...] = ()
    articles: tuple[Article, ...] = ()
    waiting: tuple[WaitingJump, ...] = ()


@dataclass(frozen=True, slots=True)
class _Version:
    schema: int


@dataclass(frozen=True, slots=True)
class _ArticleDocument:
    schema: int
    article: Article


@dataclass(frozen=True, slots=True)
class _IssueDocument:
    schema: int
    issue: Issue


def article_to_json(article: Article) -> bytes:
    """The article, with its raw lines and its ledger, as one line of UTF-8 JSON; loss-free."""
    return msgspec.json.encode(_ArticleDocument(SCHEMA, article))


def article_from_json(data: bytes, where: str = "an article's JSON") -> Article:
    """The article that `article_to_json` wrote; `where` names the file in the error for a damaged or foreign one."""
    return _decoded(data, _ArticleDocument, where).article


def issue_to_json(issue: Issue) -> bytes:
    """The issue with all its articles as one line of UTF-8 JSON; loss-free."""
    return msgspec.json.encode(_IssueDocument(SCHEMA, issue))


def issue_from_json(data: bytes, where: str = "an issue's JSON") -> Issue:
    """The issue that `issue_to_json` wrote; `where` names the file in the error for a damaged or foreign one."""
    return _decoded(data, _IssueDocument, where).issue


_D = TypeVar("_D", _ArticleDocument, _IssueDocument)


def _decoded(data: bytes, form: type[_D], where: str) -> _D:
    try:
        version = msgspec.json.decode(data, type=_Version).schema
        if version != SCHEMA:
            raise WorkspaceUnusable(
                f"{where} has form {version}; this Banmian reads form {SCHEMA}",
                "Use the Banmian that wrote it, or clean the text again.",
            )
        return msgspec.json.decode(data, type=form)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as e:
        raise WorkspaceUnusable(
            f"{where} cannot be read: {e}", "Clean the text again; the raw text is unharmed."
        ) from e
