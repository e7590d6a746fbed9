"""An article's lines as they read now, under the edits in force: what passes look at."""

from __future__ import annotations

from dataclasses import dataclass

from cleanup.article import Article, Role, SourceLine
from cleanup.edits.edit import LINE_BREAK, ORDER, Pass


@dataclass(frozen=True, slots=True)
class LineView:
    """One source line under the ledger: clean[start:end] is what it reads now, without its break.

    `broken` tells whether its break is still there, at `end`.
    """

    index: int
    """The line's place among the article's lines."""
    source: SourceLine
    raw_start: int
    """The offset in the raw text of the article at which the line begins."""
    text: str
    start: int
    end: int
    broken: bool

    @property
    def role(self) -> Role:
        return self.source.role


def line_views_before(article: Article, name: Pass) -> tuple[LineView, ...]:
    """The lines as the pass found them when it first ran: without its own edits, those of later passes and persons'.

    What a pass measures, it measures here, so that its own work does not change what it finds.
    """
    earlier = ORDER[: ORDER.index(name)]
    if all(entry.edit.by in earlier for entry in article.ledger):
        return line_views(article)
    return line_views(article.with_ledger(article.ledger.only(earlier)))


def line_views_now_and_before(article: Article, name: Pass) -> tuple[tuple[LineView, ...], tuple[LineView, ...]]:
    """The lines as they are, and as the pass found them when it first ran; the same ones where nothing came since."""
    now = line_views(article)
    earlier = ORDER[: ORDER.index(name)]
    if all(entry.edit.by in earlier for entry in article.ledger):
        return now, now
    return now, line_views_before(article, name)


def line_views(article: Article) -> tuple[LineView, ...]:
    """Every line of the article, in order. An edit over several lines counts to the one that it begins in."""
    clean, raw = article.clean, article.raw
    starts = [clean.clean_offset(at) for at in raw.starts]
    views = []
    for index, source in enumerate(article.lines):
        start = starts[index]
        stop = starts[index + 1] if index + 1 < len(starts) else len(clean.text)
        broken = stop > start and clean.text[stop - 1] == LINE_BREAK
        end = stop - broken
        views.append(LineView(index, source, raw.starts[index], clean.text[start:end], start, end, broken))
    return tuple(views)
