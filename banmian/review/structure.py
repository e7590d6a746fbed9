"""What people decided about the make-up of an issue, done again on its articles: moves, parts, kinds, jumps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from banmian.review.decision import (
    ArticleKindSet,
    Blocked,
    Cast,
    Cut,
    Decision,
    Divided,
    Drawn,
    Dropped,
    Ground,
    HeadsAs,
    Jumped,
    Merged,
    Moved,
    Ordered,
    Rekinded,
    Reshaped,
    United,
    edges,
)
from banmian.review.ground import Former, Gone, LinePart, Lines, carried_offset
from cleanup.article import Article, ArticleKind, ArticleRegion, Issue, Role, SourceLine
from cleanup.assemble import in_order_of_parts
from cleanup.clean import clean
from cleanup.edits.ledger import EMPTY
from cleanup.forms.fields import fields_of
from cleanup.lines.glyph_places import glyphs_of
from layout.geometry import Box, Polygon
from layout.page import Direction, Glyph, Line, RegionKind

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


_Print = tuple[str, Polygon | None]
"""A line's id and its place on the scan: the same line of print where both are."""

_AS_LARGE: Final = 0.75
"""Least share of a line's size that the line in its place has for it to be the one that was divided.

A half of it, which another layout found by itself, has far less; a reading hardly changes the size."""


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
class Regrouping:
    """The make-up of an issue in work."""

    issue: Issue
    dropped: set[tuple[int, str]] = field(default_factory=set, init=False)
    """The lines that people said are no text, or that another line holds now, by page and id."""
    formers: list[Former] = field(default_factory=list, init=False)
    """The lines that people divided or united, as they were, in the order in which they did so."""
    arranged: set[int] = field(default_factory=set, init=False)
    """The pages whose regions people put in another order, together or apart."""
    _drafts: dict[str, _Draft] = field(init=False)
    _regions: dict[tuple[int, str], ArticleRegion] = field(init=False)
    _whole: dict[tuple[int, str | None], set[_Print]] = field(init=False)

    def __post_init__(self) -> None:
        self._drafts = {a.id: _Draft(a, list(a.lines), a.kind, a.continued_to) for a in self.issue.articles}
        self._regions = {(r.page, r.id): r for a in self.issue.articles for r in a.regions}
        self._whole = {}
        for article in self.issue.articles:
            for s in article.lines:
                self._whole.setdefault((s.page, s.region), set()).add(_print(s.line))

    def do(self, decision: Decision) -> None:  # noqa: PLR0912 - one line a decision
        """Does the decision; raises Gone where a line that it is about is no longer there."""
        match decision.body:
            case Moved() as body:
                self._move(body, name_of_new(decision.id))
            case Cast(lines=lines, role=role):
                self._cast(self._find(lines), role)
            case Rekinded() as body:
                self._rekind(body)
            case ArticleKindSet(anchor=anchor, kind=kind):
                draft = self._home(anchor)
                draft.kind, draft.touched = kind, True
            case Jumped(start=start, end=end):
                self._join(self._home(start), self._home(end))
            case Cut(at=at, heads=heads):
                self._cut(at, heads, name_of_new(decision.id))
            case Merged(start=start, end=end, heads=heads_as):
                self._merge(self._home(start), self._home(end), heads_as)
            case Ordered() as body:
                self._order(body)
            case Blocked() as body:
                self._block(body, name_of_new(decision.id))
            case Divided() as body:
                self._divide(body, f"{name_of_new(decision.id)}.1")
            case United(lines=lines):
                self._unite(self._find(lines))
            case Reshaped(ground=ground, line=line):
                source = self._find([ground])[0]
                self._replace({_key(source): (replace(source, line=replace(line, id=source.line.id)),)})
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
        """The regions by their first line; of one that has other lines here than it had, the box of what is here."""
        for name in dict.fromkeys((s.page, s.region) for s in lines if s.region is not None):
            region = self._regions.get((name[0], name[1] or ""))
            here = [s.line for s in lines if (s.page, s.region) == name]
            boxes = [n.box for n in here if n.box is not None]
            if region is not None:
                whole = {_print(n) for n in here} == self._whole.get(name)
                yield region if whole or not boxes else replace(region, box=_around(boxes))

    def _lines(self) -> Lines:
        return Lines([replace(d.article, lines=tuple(d.lines)) for d in self._drafts.values()])

    def _find(self, grounds: Sequence[Ground]) -> list[SourceLine]:
        lines = self._lines()
        found = [s.source for g in grounds if (s := lines.find(g)) is not None]
        if len(found) < len(grounds):
            raise Gone(None)
        return list({_key(s): s for s in found}.values())  # two lines that a layout has joined since are one

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
        self.arranged |= {s.page for s in sources}
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
        lines = [replace(n, id=f"{name}.{at}") for at, n in enumerate(body.lines, 1)]
        self._whole[page, name] = {_print(n) for n in lines}
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

    def _cut(self, at: Ground, heads: Sequence[Ground], name: str) -> None:
        home, source = self._home(at), self._find([at])[0]
        above = [s for s in self._find(heads) if s in home.lines]
        keys = [_key(s) for s in home.lines]
        place = keys.index(_key(source))
        made = self._new(home.article, name)
        behind = [s for s in home.lines[place:] if s not in above]
        made.lines, home.lines = [*above, *behind], [s for s in home.lines[:place] if s not in above]
        made.continued_to, home.continued_to, home.touched = home.continued_to, None, True
        self.arranged |= {s.page for s in made.lines}

    def _merge(self, start: _Draft, end: _Draft, heads: HeadsAs) -> None:
        if start is end:
            return
        role = Role.SUBHEAD if heads is HeadsAs.SUBHEAD else None
        start.lines += [replace(s, role=role) if role is not None and s.role in _HEADS else s for s in end.lines]
        start.continued_to, start.touched = end.continued_to, True
        self.arranged |= {s.page for s in start.lines}
        end.lines, end.touched = [], True

    def _order(self, body: Ordered) -> None:
        """Puts an article into another place of the issue; its own text is as it was."""
        home = self._home(body.anchor)
        before = None if body.before is None else self._home(body.before)
        if before is home:
            return
        order = [(n, d) for n, d in self._drafts.items() if d is not home]
        at = len(order) if before is None else next(i for i, (_, d) in enumerate(order) if d is before)
        self._drafts = dict([*order[:at], (home.article.id, home), *order[at:]])
        self.arranged |= {s.page for s in home.lines}

    def _block(self, body: Blocked, name: str) -> None:
        """Makes lines a region; put into another one they take its part, and stand beside its lines."""
        sources = self._find(body.lines)
        page = sources[0].page
        if body.into is None:
            region = self._regions.get((page, sources[0].region or ""))
            kind = RegionKind.BODY.value if region is None else region.kind
            boxes = [s.line.box for s in sources if s.line.box is not None]
            self._regions[page, name] = ArticleRegion(page, name, kind, _around(boxes) if boxes else None)
            self._whole[page, name] = {_print(s.line) for s in sources}
            self._replace({_key(s): (replace(s, region=name),) for s in sources})
        else:
            self._into(sources, self._find([body.into])[0])
        self.arranged.add(page)

    def _into(self, sources: Sequence[SourceLine], into: SourceLine) -> None:
        """Puts lines into the region of another: behind its lines where they stand behind the first of them."""
        if into in sources:
            raise Gone(into.line.text)
        home = next(d for d in self._drafts.values() if into in d.lines)
        mine = [s for s in home.lines if (s.page, s.region) == (into.page, into.region) and s not in sources]
        order = {_key(s): n for n, s in enumerate(s for d in self._drafts.values() for s in d.lines)}
        behind = order[_key(sources[0])] > order[_key(mine[0])]
        made = [replace(s, region=into.region, role=into.role if s.region != into.region else s.role) for s in sources]
        self._take(sources)
        at = home.lines.index(mine[-1]) + 1 if behind else home.lines.index(mine[0])
        home.lines[at:at] = made
        home.touched = True

    def _divide(self, body: Divided, name: str) -> None:
        source = self._find([body.ground])[0]
        line, at = source.line, carried_offset(body.ground.text, source.line.text, body.at)
        was = None if body.ground.box is None else Box(*body.ground.box)
        if was is not None and line.box is not None and line.box.area < _AS_LARGE * was.area:
            raise Gone(line.text)
        if not 0 < at < len(line.text):
            raise Gone(line.text)
        first, second = _halves(line, at, name)
        self._replace({_key(source): (replace(source, line=first), replace(source, line=second))})
        page, end = source.page, len(line.text) + 1
        parts = LinePart(0, at, (page, line.id), 0), LinePart(at, end, (page, name), 0)
        self.formers.append(Former(source, parts))
        self.arranged.add(page)

    def _unite(self, sources: Sequence[SourceLine]) -> None:
        """Makes lines one, which has the first one's id, part and region."""
        if len(sources) < 2:
            raise Gone(sources[0].line.text)  # another layout has made them one by itself
        first, at, key = sources[0], 0, _key(sources[0])
        for n, source in enumerate(sources, 1):
            length = len(source.line.text)
            end = length + 1 if n == len(sources) else length  # the line break is that behind the last one
            self.formers.append(Former(source, (LinePart(0, end, key, at),)))
            at += length
        self._take(sources[1:])
        self.dropped |= {_key(s) for s in sources[1:]}
        self.arranged.add(first.page)
        self._replace({key: (replace(first, line=_united([s.line for s in sources])),)})

    def _replace(self, made: Mapping[tuple[int, str], tuple[SourceLine, ...]]) -> None:
        """Puts other lines in the place of each that is named."""
        for draft in self._drafts.values():
            if any(_key(s) in made for s in draft.lines):
                draft.lines = [n for s in draft.lines for n in made.get(_key(s), (s,))]
                draft.touched = True


def _print(line: Line) -> _Print:
    return line.id, line.polygon


def _key(source: SourceLine) -> tuple[int, str]:
    return source.page, source.line.id


def _halves(line: Line, at: int, name: str) -> tuple[Line, Line]:
    """A line in two at a character: each with its text, its glyphs, and its part of the place on the scan."""
    glyphs = glyphs_of(line)
    before, behind = [g for g in glyphs[:at] if g is not None], [g for g in glyphs[at:] if g is not None]
    share = _cut_at(line, before, behind, at / len(line.text))
    one, two = (None, None) if line.polygon is None else _parted(line.polygon, share, line.direction)
    first = replace(line, polygon=one, text=line.text[:at], glyphs=tuple(before))
    return first, replace(line, id=name, polygon=two, text=line.text[at:], glyphs=tuple(behind))


def _cut_at(line: Line, before: Sequence[Glyph], behind: Sequence[Glyph], default: float) -> float:
    """Where along the line the cut lies, 0 to 1: midway between the glyphs on its sides; else by the characters."""
    box, boxes = line.box, [g.box for g in (*before[-1:], *behind[:1]) if g.box is not None]
    if box is None or len(boxes) < 2:
        return default
    if line.direction is Direction.VERTICAL_RL:
        share = ((boxes[0].y1 + boxes[1].y0) / 2 - box.y0) / max(1, box.height)
    else:
        share = ((boxes[0].x1 + boxes[1].x0) / 2 - box.x0) / max(1, box.width)
    return share if 0 < share < 1 else default


def _parted(corners: Polygon, share: float, direction: Direction) -> tuple[Polygon, Polygon]:
    """The two parts of a line's four corners, cut across it."""
    a, b, c, d = corners
    if direction is Direction.VERTICAL_RL:
        left, right = _between(a, d, share), _between(b, c, share)
        return (a, b, right, left), (left, right, c, d)
    top, bottom = _between(a, b, share), _between(d, c, share)
    return (a, top, bottom, d), (top, b, c, bottom)


def _between(one: tuple[float, float], other: tuple[float, float], share: float) -> tuple[float, float]:
    return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])


def _united(lines: Sequence[Line]) -> Line:
    """Lines as one; its glyphs only where every line has them."""
    first = lines[0]
    boxes = [n.box for n in lines if n.box is not None]
    whole = _around(boxes).corners if len(boxes) == len(lines) else None
    polygon = None if whole is None else tuple((float(x), float(y)) for x, y in whole)
    known = all(n.glyphs or not n.text.strip() for n in lines)
    glyphs = tuple(g for n in lines for g in n.glyphs) if known else ()
    return replace(first, polygon=polygon, text="".join(n.text for n in lines), glyphs=glyphs)


def _around(boxes: Sequence[Box]) -> Box:
    whole = boxes[0]
    for box in boxes[1:]:
        whole |= box
    return whole
