"""The make-up of an issue in work: articles, lines and regions that decisions of people change, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from banmian.decisions.decision import Ground
from banmian.decisions.ground import Former, Gone, Lines
from cleanup.article import Article, ArticleKind, ArticleRegion, Issue, Role, SourceLine
from cleanup.edits.ledger import EMPTY
from layout.geometry import Box, Polygon
from layout.page import Line

HEADS: Final = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE})
"""The parts of a headline."""

_Print = tuple[str, Polygon | None]
"""A line's id and its place on the scan: the same line of print where both are."""


@dataclass(slots=True)
class DraftArticle:
    """An article while lines come and go; `touched` where it is to be cleaned anew."""

    article: Article
    lines: list[SourceLine]
    kind: ArticleKind
    continued_to: str | None
    touched: bool = False


@dataclass(slots=True)
class Regrouping:
    """The make-up of an issue in work. Actions change it; `result` is the issue that comes of it."""

    issue: Issue
    dropped: set[tuple[int, str]] = field(default_factory=set, init=False)
    """The lines that people said are no text, or that another line holds now, by page and id."""
    formers: list[Former] = field(default_factory=list, init=False)
    """The lines that people divided or united, as they were, in the order in which they did so."""
    arranged: set[int] = field(default_factory=set, init=False)
    """The pages whose regions people put in another order, together or apart."""
    drafts: dict[str, DraftArticle] = field(init=False)
    """The articles by id, in the order of the issue."""
    regions: dict[tuple[int, str], ArticleRegion] = field(init=False)
    """The regions by page and id."""
    _whole: dict[tuple[int, str | None], set[_Print]] = field(init=False)

    def __post_init__(self) -> None:
        self.drafts = {a.id: DraftArticle(a, list(a.lines), a.kind, a.continued_to) for a in self.issue.articles}
        self.regions = {(r.page, r.id): r for a in self.issue.articles for r in a.regions}
        self._whole = {}
        for article in self.issue.articles:
            for s in article.lines:
                self._whole.setdefault((s.page, s.region), set()).add(_print(s.line))

    def result(self) -> Issue:
        """The issue as decided; only articles that were touched are cleaned anew."""
        articles = tuple(self._article(d) for d in self.drafts.values() if d.lines or not d.touched)
        here = {a.id: a for a in articles}
        waiting = tuple(w for w in self.issue.waiting if w.article in here and self._waits(w.article, w.end))
        return replace(self.issue, articles=articles, waiting=waiting)

    def _waits(self, article: str, end: str) -> bool:
        draft = self.drafts[article]
        return end != "to" or not draft.touched or draft.continued_to is not None

    def _article(self, draft: DraftArticle) -> Article:
        if not draft.touched:
            return draft.article
        # They clean up anew, and bring all that this needs.
        from cleanup.assemble import in_order_of_parts  # noqa: PLC0415
        from cleanup.clean import clean  # noqa: PLC0415
        from cleanup.forms.fields import fields_of  # noqa: PLC0415

        lines = in_order_of_parts(draft.lines)
        made = replace(
            draft.article,
            kind=draft.kind,
            lines=lines,
            fields=fields_of(lines),
            regions=tuple(self._regions_of(lines)),
            continued_to=draft.continued_to,
            ledger=EMPTY,
        )
        return clean(made)

    def _regions_of(self, lines: Sequence[SourceLine]) -> Iterable[ArticleRegion]:
        """The regions by their first line; of one that has other lines here than it had, the box of what is here."""
        for name in dict.fromkeys((s.page, s.region) for s in lines if s.region is not None):
            region = self.regions.get((name[0], name[1] or ""))
            here = [s.line for s in lines if (s.page, s.region) == name]
            boxes = [n.box for n in here if n.box is not None]
            if region is not None:
                whole = {_print(n) for n in here} == self._whole.get(name)
                yield region if whole or not boxes else replace(region, box=around(boxes))

    # What actions use

    def _lines(self) -> Lines:
        return Lines([replace(d.article, lines=tuple(d.lines)) for d in self.drafts.values()])

    def find(self, grounds: Sequence[Ground]) -> list[SourceLine]:
        """The lines where they stand now; raises Gone where one is no longer there."""
        lines = self._lines()
        found = [s.source for g in grounds if (s := lines.find(g)) is not None]
        if len(found) < len(grounds):
            raise Gone(None)
        return list({key_of(s): s for s in found}.values())  # two lines that a layout has joined since are one

    def at(self, ground: Ground) -> SourceLine | None:
        """The line that is printed where this one is."""
        found = self._lines().at(ground)
        return None if found is None else found.source

    def home(self, ground: Ground) -> DraftArticle:
        """The article in which a line stands now; raises Gone where there is none."""
        standing = self._lines().find(ground)
        if standing is None:
            raise Gone(None)
        return self.drafts[standing.article]

    def take(self, sources: Sequence[SourceLine]) -> None:
        """Takes lines out of their articles."""
        taken = {key_of(s) for s in sources}
        for draft in self.drafts.values():
            left = [s for s in draft.lines if key_of(s) not in taken]
            draft.touched |= len(left) < len(draft.lines)
            draft.lines = left

    def replace(self, made: Mapping[tuple[int, str], tuple[SourceLine, ...]]) -> None:
        """Puts other lines in the place of each that is named."""
        for draft in self.drafts.values():
            if any(key_of(s) in made for s in draft.lines):
                draft.lines = [n for s in draft.lines for n in made.get(key_of(s), (s,))]
                draft.touched = True

    def cast(self, sources: Sequence[SourceLine], role: Role) -> None:
        """Gives lines another role."""
        self.replace({key_of(s): (replace(s, role=role),) for s in sources})

    def new_article(self, beside: Article, name: str) -> DraftArticle:
        """An empty article right behind another."""
        made = DraftArticle(
            replace(beside, id=name, lines=(), continued_from=None), [], ArticleKind.ARTICLE, None, touched=True
        )
        order = list(self.drafts.items())
        at = next((i for i, (n, _) in enumerate(order) if n == beside.id), len(order) - 1)
        self.drafts = dict([*order[: at + 1], (name, made), *order[at + 1 :]])
        return made

    def new_region(self, page: int, name: str, kind: str, lines: Sequence[Line]) -> None:
        """A region around lines."""
        boxes = [n.box for n in lines if n.box is not None]
        self.regions[page, name] = ArticleRegion(page, name, kind, around(boxes) if boxes else None)
        self._whole[page, name] = {_print(n) for n in lines}


def name_of_new(decision: int) -> str:
    """The id of the article, region or line that a decision makes; the same whenever it is done again."""
    return f"d{decision}"


def key_of(source: SourceLine) -> tuple[int, str]:
    """A line's page and id."""
    return source.page, source.line.id


def around(boxes: Sequence[Box]) -> Box:
    """The box around all of them."""
    whole = boxes[0]
    for box in boxes[1:]:
        whole |= box
    return whole


def _print(line: Line) -> _Print:
    return line.id, line.polygon
