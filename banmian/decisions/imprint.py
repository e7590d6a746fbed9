"""Date, newspaper, 版次 and 版名 of an issue, told anew from its page heads where people corrected those."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from cleanup.article import Article, Issue, IssuePage
from cleanup.forms.folio import Folio, read_folio
from layout.page import RegionKind

_HEADS: Final = (RegionKind.FOLIO.value, RegionKind.MASTHEAD.value)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an issue's page heads tell: the facts of each page, and the newspaper's name."""

    folios: Mapping[int, Folio] = field(default_factory=dict)
    newspaper: str | None = None

    @property
    def date(self) -> str | None:
        """The first date that a page tells."""
        return next((f.date.isoformat() for _, f in sorted(self.folios.items()) if f.date), None)

    @classmethod
    def of(cls, issue: Issue) -> Imprint:
        """The imprint by the clean text of the issue's folios and mastheads."""
        texts: dict[int, dict[str, list[str]]] = defaultdict(lambda: {kind: [] for kind in _HEADS})
        for article in issue.articles:
            for page, kind, text in _lines(article):
                texts[page][kind].append(text)
        folios = {page: read_folio([t for kind in _HEADS for t in found[kind]]) for page, found in texts.items()}
        mastheads = (t for _, found in sorted(texts.items()) for t in found[RegionKind.MASTHEAD.value])
        return cls(folios, next(mastheads, None))


def with_imprint(issue: Issue, before: Imprint) -> Issue:
    """The issue with what its page heads tell now, where that is other than what they told `before`."""
    now = Imprint.of(issue)
    if now == before:
        return issue
    date = now.date if now.date != before.date and now.date else issue.date
    newspaper = now.newspaper if now.newspaper != before.newspaper and now.newspaper else issue.newspaper
    none = Folio()
    pages = tuple(_page(p, before.folios.get(p.number, none), now.folios.get(p.number, none)) for p in issue.pages)
    articles = issue.articles
    if date != issue.date:
        articles = tuple(_dated(a, date) for a in articles)
    return replace(issue, newspaper=newspaper, date=date, pages=pages, articles=articles)


def _page(page: IssuePage, before: Folio, now: Folio) -> IssuePage:
    edition = now.edition if now.edition != before.edition and now.edition else page.edition
    section = now.title if now.title != before.title and now.title else page.section
    return replace(page, edition=edition, section=section)


def _dated(article: Article, date: str | None) -> Article:
    return replace(article.with_ledger(article.ledger), date=date)


def _lines(article: Article) -> Iterator[tuple[int, str, str]]:
    """The lines of page heads: page, kind of region, clean text."""
    kinds = {(r.page, r.id): r.kind for r in article.regions if r.kind in _HEADS}
    if not kinds:
        return
    for index, source in enumerate(article.lines):
        kind = kinds.get((source.page, source.region or ""))
        if kind is not None:
            raw = article.raw
            text = article.clean.between(raw.starts[index], raw.line_end(index) - 1).strip()
            if text:
                yield source.page, kind, text
