"""What people decided about the make-up of an issue, done again on its articles: moves, parts, kinds, jumps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from banmian.review.decision import (
    Cast,
    Cut,
    Decision,
    Drawn,
    Dropped,
    Ground,
    Jumped,
    Moved,
    Rekinded,
    Sorted,
    edges,
)
from banmian.review.ground import Gone, Lines
from cleanup.article import Article, ArticleKind, ArticleRegion, Issue, Role, SourceLine
from cleanup.assemble import in_order_of_parts
from cleanup.clean import clean
from cleanup.edits.ledger import EMPTY
from cleanup.forms.fields import fields_of
from layout.geometry import Box
from layout.page import RegionKind

ROLE_OF: Final[dict[RegionKind, Role]] = {
    RegionKind.HEADLINE: Role.TITLE,
    RegionKind.SUBHEAD: Role.SUBHEAD,
    RegionKind.BYLINE: Role.BYLINE,
    RegionKind.BODY: Role.BODY,
    RegionKind.CAPTION: Role.CAPTION,
    RegionKind.FOLIO: Role.FURNITURE,
    RegionKind.MASTHEAD: Role.FURNITURE,
    RegionKind.ADVERT: Role.BODY,
    RegionKind.TABLE: Role.BODY,
}
"""The role that a line takes when a person names its region's kind."""

_WHOLE: Final = {
    RegionKind.ADVERT: ArticleKind.ADVERT,
    RegionKind.TABLE: ArticleKind.TABLE,
    RegionKind.CAPTION: ArticleKind.CAPTION,
    RegionKind.FOLIO: ArticleKind.FURNITURE,
    RegionKind.MASTHEAD: ArticleKind.FURNITURE,
}
_HEADS: Final = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE})


def name_of_new(decision: int) -> str:
    """The id of the article that a decision makes; the same whenever it is done again."""
    return f"d{decision}"


@dataclass(slots=True)
class _Draft:
    """An article while lines come and go."""

    article: Article
    lines: list[SourceLine]
    kind: ArticleKind
    continued_to: str | None
    touched: bool = False


@dataclass(slots=True)
class MakeUp:
    """The make-up of an issue in work."""

    issue: Issue
    dropped: set[tuple[int, str]] = field(default_factory=set, init=False)
    """The lines that people said are no text, by page and id."""
    _drafts: dict[str, _Draft] = field(init=False)
    _regions: dict[tuple[int, str], ArticleRegion] = field(init=False)
    _whole: dict[tuple[int, str | None], int] = field(init=False)

    def __post_init__(self) -> None:
        self._drafts = {a.id: _Draft(a, list(a.lines), a.kind, a.continued_to) for a in self.issue.articles}
        self._regions = {(r.page, r.id): r for a in self.issue.articles for r in a.regions}
        self._whole = {}
        for article in self.issue.articles:
            for s in article.lines:
                self._whole[s.page, s.region] = self._whole.get((s.page, s.region), 0) + 1

    def do(self, decision: Decision) -> None:
        """Does the decision; raises Gone where a line that it is about is no longer there."""
        match decision.body:
            case Moved() as body:
                self._move(body, name_of_new(decision.id))
            case Cast(lines=lines, role=role):
                self._cast(self._find(lines), role)
            case Rekinded() as body:
                self._rekind(body)
            case Sorted(anchor=anchor, kind=kind):
                draft = self._home(anchor)
                draft.kind, draft.touched = kind, True
            case Jumped(start=start, end=end):
                self._join(self._home(start), self._home(end))
            case Cut(at=at):
                self._cut(at, name_of_new(decision.id))
            case Drawn() as body:
                self._draw(body, name_of_new(decision.id))
            case Dropped(lines=lines):
                sources = self._find(lines)
                self._take(sources)
                self.dropped |= {(s.page, s.line.id) for s in sources}

    def result(self) -> Issue:
        """The issue as decided; only articles that were touched are cleaned anew."""
        articles = tuple(self._article(d) for d in self._drafts.values() if d.lines or not d.touched)
        here = {a.id: a for a in articles}
        waiting = tuple(w for w in self.issue.waiting if w.article in here and self._waits(w.article, w.end))
        return replace(self.issue, articles=articles, waiting=waiting)

    def _waits(self, article: str, end: str) -> bool:
        draft = self._drafts[article]
        return end != "to" or not draft.touched or draft.continued_to is not None

    def _article(self, draft: _Draft) -> Article:
        if not draft.touched:
            return draft.article
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
        """The regions by their first line; of one that others have a part of, the box of what is here."""
        for name in dict.fromkeys((s.page, s.region) for s in lines if s.region is not None):
            region = self._regions.get((name[0], name[1] or ""))
            here = [s for s in lines if (s.page, s.region) == name]
            boxes = [s.line.box for s in here if s.line.box is not None]
            if region is not None:
                part = len(here) < self._whole.get(name, 0) and boxes
                yield replace(region, box=_around(boxes)) if part else region

    def _lines(self) -> Lines:
        return Lines([replace(d.article, lines=tuple(d.lines)) for d in self._drafts.values()])

    def _find(self, grounds: Sequence[Ground]) -> list[SourceLine]:
        lines = self._lines()
        found = [s.source for g in grounds if (s := lines.find(g)) is not None]
        if len(found) < len(grounds):
            raise Gone(None)
        return found

    def _home(self, ground: Ground) -> _Draft:
        standing = self._lines().find(ground)
        if standing is None:
            raise Gone(None)
        return self._drafts[standing.article]

    def _take(self, sources: Sequence[SourceLine]) -> None:
        taken = {(s.page, s.line.id) for s in sources}
        for draft in self._drafts.values():
            left = [s for s in draft.lines if (s.page, s.line.id) not in taken]
            draft.touched |= len(left) < len(draft.lines)
            draft.lines = left

    def _move(self, body: Moved, name: str) -> None:
        sources = self._find(body.lines)
        before = None if body.before is None else self._find([body.before])[0]
        home = self._home(body.lines[0])
        target = self._home(body.anchor) if body.anchor is not None else self._drafts.get(body.to or "")
        self._take(sources)
        if target is None:
            target = self._new(home.article, name)
        keys = [(s.page, s.line.id) for s in target.lines]
        known = before is not None and (before.page, before.line.id) in keys
        at = keys.index((before.page, before.line.id)) if known and before is not None else len(keys)
        target.lines[at:at] = sources
        target.touched = True

    def _draw(self, body: Drawn, name: str) -> None:
        """Puts drawn lines in; where layout has found one of them by itself, that one stands, and this is told."""
        page = body.ground.page
        standing = self._lines()
        for line in body.lines:
            box = line.box
            found = None if box is None else standing.at(Ground(page, "", line.text, edges(box)))
            if found is not None:
                raise Gone(found.source.line.text)
        if body.at is None:
            target, place = self._beside(page, name), 0
        else:
            target = self._home(body.at)
            source = self._find([body.at])[0]
            place = [(s.page, s.line.id) for s in target.lines].index((source.page, source.line.id)) + int(body.behind)
        boxes = [line.box for line in body.lines if line.box is not None]
        self._regions[page, name] = ArticleRegion(page, name, body.kind.value, _around(boxes))
        self._whole[page, name] = len(body.lines)
        lines = (replace(n, id=f"{name}.{at}") for at, n in enumerate(body.lines, 1))
        target.lines[place:place] = [SourceLine(page, n, body.role, name) for n in lines]
        target.touched = True

    def _beside(self, page: int, name: str) -> _Draft:
        """A new article behind the page's last one; the first of the issue where there is none at all."""
        here = [d for d in self._drafts.values() if any(s.page == page for s in d.lines)]
        if not here and not self._drafts:
            self._drafts[name] = _Draft(Article(name, self.issue.name, self.issue.date), [], ArticleKind.ARTICLE, None)
            return self._drafts[name]
        made = self._new((here or [*self._drafts.values()])[-1].article, name)
        made.article = replace(made.article, regions=(), continued_to=None)
        return made

    def _new(self, beside: Article, name: str) -> _Draft:
        """An empty article right behind another."""
        made = _Draft(replace(beside, id=name, lines=(), continued_from=None), [], ArticleKind.ARTICLE, None, True)
        order = list(self._drafts.items())
        at = next((i for i, (n, _) in enumerate(order) if n == beside.id), len(order) - 1)
        self._drafts = dict([*order[: at + 1], (name, made), *order[at + 1 :]])
        return made

    def _cast(self, sources: Sequence[SourceLine], role: Role) -> None:
        keys = {(s.page, s.line.id) for s in sources}
        for draft in self._drafts.values():
            if any((s.page, s.line.id) in keys for s in draft.lines):
                draft.lines = [replace(s, role=role) if (s.page, s.line.id) in keys else s for s in draft.lines]
                draft.touched = True

    def _rekind(self, body: Rekinded) -> None:
        sources = self._find(body.lines)
        for name in {(s.page, s.region or "") for s in sources}:
            if name in self._regions:
                self._regions[name] = replace(self._regions[name], kind=body.kind.value)
        self._cast(sources, ROLE_OF.get(body.kind, Role.BODY))
        home = self._home(body.lines[0])
        kinds = {self._regions[s.page, s.region].kind for s in home.lines if (s.page, s.region or "") in self._regions
                 and s.region}  # fmt: skip
        if len(kinds) == 1:
            home.kind = _WHOLE.get(RegionKind(next(iter(kinds))), ArticleKind.ARTICLE)

    def _join(self, start: _Draft, end: _Draft) -> None:
        if start is end:
            return
        start.lines += [replace(s, role=Role.FURNITURE) if s.role in _HEADS else s for s in end.lines]
        start.continued_to, start.touched = end.continued_to, True
        end.lines, end.touched = [], True

    def _cut(self, at: Ground, name: str) -> None:
        home, source = self._home(at), self._find([at])[0]
        keys = [(s.page, s.line.id) for s in home.lines]
        place = keys.index((source.page, source.line.id))
        made = self._new(home.article, name)
        made.lines, home.lines = home.lines[place:], home.lines[:place]
        made.continued_to, home.continued_to, home.touched = home.continued_to, None, True


def _around(boxes: Sequence[Box]) -> Box:
    whole = boxes[0]
    for box in boxes[1:]:
        whole |= box
    return whole
