"""Rows of a diff: the lines of print that went into a paragraph, and the paragraph that came out, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from cleanup.article import Article, Role
from cleanup.edit import LINE_BREAK, Edit
from cleanup.ledger import Entry, Standing

JOINT: Final = "⏎"
"""The sign for a line break in the text of a change."""


@dataclass(frozen=True, slots=True)
class RowText:
    """A run of characters. `edit` is what took them away (before) or put them there (after); None is text left."""

    text: str
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class PrintLine:
    """One raw line: its page, its id there, and its characters without the line break."""

    page: int
    line: str
    pieces: tuple[RowText, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph or a headline's part: its raw lines, and its clean text (empty where nothing is left)."""

    role: Role
    before: tuple[PrintLine, ...]
    after: tuple[RowText, ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The changes in force here, in the order of the raw text."""
        found = [p.edit for line in self.before for p in line.pieces if p.edit] + [p.edit for p in self.after if p.edit]
        return tuple(dict.fromkeys(found))


def rows_of(article: Article) -> Iterator[Row]:
    """The article's rows in its order; their raw lines together are all of the article's."""
    before: list[RowText] = []
    after: list[RowText] = []
    start = end = 0
    for segment in article.clean.segments:
        if segment.edit is None:
            for text in _kept(segment.text):
                before.append(RowText(text))
                after.append(RowText(text.removesuffix(LINE_BREAK)))
                end += len(text)
                if text.endswith(LINE_BREAK):
                    yield _row(article, start, before, after)
                    before, after, start = [], [], end
            continue
        before.append(RowText(article.raw.text[segment.start : segment.end], segment.edit))
        end = segment.end
        *whole, rest = segment.text.split(LINE_BREAK)
        for text in whole:
            after.append(RowText(text, segment.edit))
            yield _row(article, start, before, after)
            before, after, start = [], [], end
        after.append(RowText(rest, segment.edit))
    if before or any(p.text for p in after):
        yield _row(article, start, before, after)


def _row(article: Article, start: int, before: list[RowText], after: list[RowText]) -> Row:
    role = article.lines[article.raw.line_at(start)].role
    return Row(role, tuple(_lines(article, start, before)), tuple(p for p in after if p.text or p.edit))


@dataclass(slots=True)
class _Lines:
    article: Article
    at: int
    pieces: list[RowText] = field(default_factory=list)

    def cut(self) -> PrintLine:
        page, line = self.article.raw.keys[self.article.raw.line_at(max(0, self.at - 1))]
        pieces, self.pieces = tuple(self.pieces), []
        return PrintLine(page, line, pieces)


def _lines(article: Article, start: int, before: list[RowText]) -> Iterator[PrintLine]:
    """The pieces cut at the raw line breaks; a break that was taken away stays to be seen."""
    lines = _Lines(article, start)
    for piece in before:
        for text in _kept(piece.text):
            bare = text.removesuffix(LINE_BREAK)
            lines.at += len(text)
            shown = bare + (JOINT if piece.edit and bare != text else "")
            if shown:
                lines.pieces.append(RowText(shown, piece.edit))
            if bare != text:
                yield lines.cut()
    if lines.pieces:
        yield lines.cut()


def _kept(text: str) -> list[str]:
    """The text cut behind each line break."""
    *whole, rest = text.split(LINE_BREAK)
    return [w + LINE_BREAK for w in whole] + ([rest] if rest else [])


def waiting(article: Article) -> tuple[Entry, ...]:
    """What was proposed and waits for a person."""
    return tuple(e for e in article.ledger if e.standing is Standing.PROPOSED)


def conflicts(article: Article) -> tuple[tuple[Edit, Edit], ...]:
    """Accepted changes that cannot both be in force, the one that counts first."""
    return tuple((o.winner, o.loser) for o in article.clean.resolution.conflicts)
