"""What a reviewer's browser asks for, and the decisions that it comes to. All that comes in is checked here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from banmian.review.decision import (
    Anchored,
    ArticleKindSet,
    Assigned,
    Blocked,
    Body,
    Cast,
    Cut,
    Divided,
    Drawn,
    Dropped,
    Finished,
    Ground,
    HeadsAs,
    Judged,
    Jumped,
    Merged,
    Moved,
    Noted,
    NoText,
    Ordered,
    PageMarked,
    ProofState,
    Rekinded,
    Reshaped,
    Sampled,
    Seen,
    Settled,
    United,
    Written,
    edges,
)
from banmian.review.difference import differences, graphemes
from banmian.review.record import Wanted
from cleanup.article import Article, ArticleKind, Issue, Role, SourceLine
from cleanup.edits.clean_text import Change, Segment
from cleanup.edits.edit import LINE_BREAK, Edit, Pass
from cleanup.edits.ledger import touch
from cleanup.lines.glyph_places import glyphs_of
from layout.geometry import Box
from layout.page import Direction, Glyph, Line, RegionKind

Offset = Annotated[int, Meta(ge=0)]
Text = Annotated[str, Meta(max_length=20_000)]
Name = Annotated[str, Meta(max_length=200)]
Key = tuple[int, Name]
Corners = tuple[Offset, Offset, Offset, Offset]

BY_HAND: Final = "Written by a person."


class Refused(Exception):
    """The wish cannot be granted; the text says why, as a key of the interface's words."""


class Judge(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="judge"):
    edits: tuple[Name, ...]
    accept: bool


class JudgePass(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="pass"):
    by: Pass
    accept: bool


class Type(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="type"):
    """The clean characters `start` to `end`, which read `was`, are `text`."""

    start: Offset
    end: Offset
    was: Text
    text: Text


class Break(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="break"):
    """A paragraph is split at a clean offset, or joined with the next one behind it."""

    at: Offset
    join: bool


class See(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="see"):
    start: Offset
    end: Offset


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="move"):
    lines: tuple[Key, ...]
    to: Name | None = None
    before: Key | None = None


class CastRole(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="role"):
    lines: tuple[Key, ...]
    role: Role


class Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="region"):
    page: int
    region: Name
    kind: RegionKind


class Piece(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="piece"):
    kind: ArticleKind


class Jump(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="jump"):
    to: Name


class CutAt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="cut"):
    """From this line on it is another article, whose headline are the lines `heads`."""

    at: Key
    heads: tuple[Key, ...] = ()


class Merge(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="merge"):
    """The article `other` is a part of this one, behind it."""

    other: Name
    heads: HeadsAs


class OrderArticle(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="order"):
    """The article comes right before another one, or last of all."""

    before: Name | None = None


class Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="block"):
    """Lines that are a block of their own, or of the block of the line `into`."""

    lines: tuple[Key, ...]
    into: Key | None = None


class Divide(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="divide"):
    """A line that is two, from the character `offset` of its recognized text on."""

    line: Key
    offset: Offset


class Unite(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="unite"):
    """Lines that are one."""

    lines: tuple[Key, ...]


class DrawnLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line with its four corners on the scan, as `layout.page.Line` has them, and its text."""

    polygon: Annotated[tuple[tuple[Offset, Offset], ...], Meta(min_length=4, max_length=4)]
    text: Annotated[str, Meta(min_length=1, max_length=2000)]
    direction: Direction = Direction.HORIZONTAL
    glyphs: tuple[tuple[str, tuple[int, int, int, int], float], ...] = ()
    """Each character as it was read, its box on the scan, how sure it is; none where a person typed the text."""


class Reshape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="reshape"):
    """A line with other borders, and what is read within them."""

    line: Key
    to: DrawnLine


class Draw(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="draw"):
    """Lines drawn on the scan, before or behind a line of the article; with none they are an article of their own."""

    page: int
    lines: Annotated[tuple[DrawnLine, ...], Meta(min_length=1, max_length=400)]
    role: Role
    at: Key | None = None
    behind: bool = True
    lost: Corners | None = None
    """The place of lost text that they answer: left, top, right, bottom on the scan."""


class LeaveOut(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="no-text"):
    """A place of lost text holds none."""

    page: int
    box: Corners


class Drop(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="drop"):
    """Lines that are no text."""

    lines: tuple[Key, ...]


class Finish(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="finish"):
    page: int
    done: bool


class MarkPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="mark"):
    page: int
    state: ProofState


class Assign(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="assign"):
    """A page is for a person; an empty name takes it from everybody."""

    page: int
    to: Annotated[str, Meta(max_length=40)]


class Comment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="comment"):
    """A comment on the page, on the article, or with `start` and `end` on a stretch of its clean text."""

    page: int
    text: Annotated[str, Meta(min_length=1, max_length=2000)]
    ask: bool = False
    start: Offset | None = None
    end: Offset | None = None
    to: int | None = None
    """The comment that it answers."""


class Settle(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="settle"):
    page: int
    note: int


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="sample"):
    """A sampled line is `text`; where it reads otherwise it is corrected."""

    line: Key
    text: Text


Wish = (
    Judge
    | JudgePass
    | Type
    | Break
    | See
    | Move
    | CastRole
    | Region
    | Piece
    | Jump
    | CutAt
    | Merge
    | OrderArticle
    | Block
    | Divide
    | Unite
    | Reshape
    | Draw
    | LeaveOut
    | Drop
    | Finish
    | MarkPage
    | Assign
    | Comment
    | Settle
    | Sample
)


@dataclass(frozen=True)
class Asked:
    """A wish about an article of an issue, as both stand now."""

    issue: Issue
    article: Article

    def wanted(self, wish: Wish) -> list[Wanted]:  # noqa: PLR0911 - one answer for each kind of wish
        """The decisions that the wish comes to; raises Refused where it fits nothing that is there."""
        match wish:
            case Judge(edits=edits, accept=accept):
                return [self._judged([self._edit(e) for e in edits], accept=accept)]
            case JudgePass(by=by, accept=accept):
                return [self._judged([e.edit for e in self.article.ledger if e.edit.by is by], accept=accept)]
            case Type():
                return [self._typed(wish)]
            case Break():
                return [self._broken(wish)]
            case See(start=start, end=end):
                return [self._want(s) for s in self._seen(start, end)]
            case Sample():
                return self._sampled(wish)
            case Finish() | MarkPage() | Assign() | Comment() | Settle() | LeaveOut():
                return [self._of_page(wish)]
            case Piece() | Jump() | CutAt() | Merge() | OrderArticle():
                return [self._of_article(wish)]
            case _:
                return [self._of_lines(wish)]

    def _of_page(self, wish: Finish | MarkPage | Assign | Comment | Settle | LeaveOut) -> Wanted:
        match wish:
            case Finish(page=page, done=done):
                body: Body = Finished(page, done)
            case MarkPage(page=page, state=state):
                body = PageMarked(page, state)
            case Assign(page=page, to=to):
                body = Assigned(page, " ".join(_printable(to).split()))
            case Settle(page=page, note=note):
                body = Settled(page, note)
            case LeaveOut(page=page, box=box):
                return self._left_out(page, box)
            case Comment():
                return self._comment(wish)
        return Wanted(self.issue.name, "", body)

    def _of_article(self, wish: Piece | Jump | CutAt | Merge | OrderArticle) -> Wanted:
        match wish:
            case Piece(kind=kind):
                return self._want(ArticleKindSet(self._first(self.article), kind))
            case Jump(to=to):
                return self._want(Jumped(self._first(self.article), self._first(self._other(to))), to)
            case CutAt(at=at, heads=heads):
                return self._cut(at, heads)
            case Merge(other=name, heads=heads_as):
                return self._want(Merged(self._first(self.article), self._first(self._other(name)), heads_as), name)
            case OrderArticle(before=before):
                place = None if before is None else self._first(self._other(before))
                return self._want(Ordered(self._first(self.article), place))

    def _of_lines(self, wish: Move | CastRole | Region | Block | Divide | Unite | Reshape | Draw | Drop) -> Wanted:
        match wish:
            case Move():
                made = self._moved(wish)
            case CastRole(lines=lines, role=role):
                made = self._want(Cast(self._anywhere(lines), role), *self._homes(lines))
            case Region():
                made = self._region(wish)
            case Block(lines=lines, into=into):
                made = self._block(lines, into)
            case Divide(line=key, offset=offset):
                made = self._divide(key, offset)
            case Unite(lines=lines):
                made = self._unite(lines)
            case Reshape(line=key, to=to):
                made = self._reshape(key, to)
            case Draw():
                made = self._drawn(wish)
            case Drop(lines=lines):
                made = self._want(Dropped(self._anywhere(lines)), *self._homes(lines))
        return made

    def _want(self, body: object, *others: str) -> Wanted:
        name = self.article.id
        return Wanted(self.issue.name, name, body, tuple(dict.fromkeys((name, *others))))  # type: ignore[arg-type]

    def _edit(self, name: str) -> Edit:
        if name not in self.article.ledger:
            raise Refused("no_such_edit")
        return self.article.ledger[name].edit

    def _judged(self, edits: Sequence[Edit], *, accept: bool) -> Wanted:
        if not edits:
            raise Refused("no_such_edit")
        return self._want(Judged(tuple(self._anchored(e) for e in edits), accept))

    def _anchored(self, edit: Edit) -> Anchored:
        return Anchored.of(edit, self._grounds([(s.page, s.line) for s in edit.places]))

    def _grounds(self, keys: Sequence[tuple[int, str]]) -> tuple[Ground, ...]:
        return tuple(Ground.of(self._source(key)) for key in keys)

    def _anywhere(self, keys: Sequence[tuple[int, str]]) -> tuple[Ground, ...]:
        """The lines that a person marked, which may stand in several articles."""
        if not keys:
            raise Refused("no_such_line")
        whole = {(s.page, s.line.id): s for a in self.issue.articles for s in a.lines}
        if not whole.keys() >= set(keys):
            raise Refused("no_such_line")
        return tuple(Ground.of(whole[key]) for key in keys)

    def _homes(self, keys: Sequence[tuple[int, str]]) -> list[str]:
        """The articles in which they stand."""
        wanted = set(keys)
        return [a.id for a in self.issue.articles if any((s.page, s.line.id) in wanted for s in a.lines)]

    def _source(self, key: tuple[int, str]) -> SourceLine:
        sources = self._sources
        if key not in sources:
            raise Refused("no_such_line")
        return sources[key]

    @property
    def _sources(self) -> dict[tuple[int, str], SourceLine]:
        return {(s.page, s.line.id): s for s in self.article.lines}

    def _first(self, article: Article) -> Ground:
        if not article.lines:
            raise Refused("no_such_line")
        return Ground.of(article.lines[0])

    def _other(self, name: str) -> Article:
        for article in self.issue.articles:
            if article.id == name and article is not self.article:
                return article
        raise Refused("no_such_article")

    # Text

    def _typed(self, wish: Type) -> Wanted:
        clean = self.article.clean
        if not wish.start <= wish.end <= len(clean.text) or clean.text[wish.start : wish.end] != wish.was:
            raise Refused("text_moved")
        if LINE_BREAK in wish.text.replace(LINE_BREAK, "", wish.was.count(LINE_BREAK)):
            raise Refused("no_breaks")
        changes = [
            Change(wish.start + d.start, wish.start + d.end, d.after, BY_HAND, 1.0)
            for d in differences(wish.was, _printable(wish.text))
        ]
        return self.changed(changes)

    def _broken(self, wish: Break) -> Wanted:
        text = self.article.clean.text
        if wish.at > len(text):
            raise Refused("text_moved")
        if not wish.join:
            return self.changed([Change(wish.at, wish.at, LINE_BREAK, "A paragraph begins here.", 1.0)])
        end = text.find(LINE_BREAK, wish.at)
        behind = end + 1 + _indent(text[end + 1 :])
        if end < 0 or behind >= len(text):
            raise Refused("nothing_behind")
        return self.changed([Change(end, behind, "", "The paragraph goes on.", 1.0)])

    def changed(self, changes: Sequence[Change]) -> Wanted:
        """The changes, in clean offsets, as edits by a person.

        What would only bring back the reading refuses what stands in its way.
        """
        if not changes:
            raise Refused("no_change")
        written, refused = list[Edit](), list[Edit]()
        for change in _apart(self.article, changes):
            edit = self.article.clean.edit(change, Pass.PERSON)
            if edit is None:
                refused += self._applied(change)
            else:
                written.append(edit)
        bodies = tuple(self._anchored(e) for e in written), tuple(self._anchored(e) for e in refused)
        return self._want(Written(*bodies))

    def _applied(self, change: Change) -> Iterator[Edit]:
        """The edits in force that made what stands in a change's place."""
        clean = self.article.clean
        for start, segment in zip(clean.starts, clean.segments, strict=True):
            end = start + len(segment.text)
            if segment.edit is not None and start <= change.end and change.start <= end:
                yield segment.edit

    def _seen(self, start: int, end: int) -> Iterator[Seen]:
        """The recognized characters of a stretch of clean text, a run a line."""
        clean, raw = self.article.clean, self.article.raw
        if not start < end <= len(clean.text):
            raise Refused("text_moved")
        runs: dict[int, list[int]] = {}
        for at in range(start, end):
            origin = clean.origin(at)
            if isinstance(origin, int):
                line = raw.line_at(origin)
                runs.setdefault(line, []).append(origin - raw.starts[line])
        for line, places in runs.items():
            yield Seen(Ground.of(self.article.lines[line]), min(places), max(places) + 1)

    def _sampled(self, wish: Sample) -> list[Wanted]:
        source = self._source(wish.line)
        now = self.line_text(wish.line)
        text = _printable(wish.text)
        wrong = sum(max(d.end - d.start, len(graphemes(d.after))) for d in differences(now.text, text))
        glyphs = [g for g in glyphs_of(source.line) if g is not None]
        expected = sum(1 - g.confidence for g in glyphs)
        verdict = self._want(Sampled(Ground.of(source), len(graphemes(now.text)), wrong, round(expected, 4)))
        if text == now.text:
            return [verdict]
        return [self._typed(Type(now.start, now.end, now.text, text)), verdict]

    def line_text(self, key: tuple[int, str]) -> LineText:
        """The clean text of one line, with its offsets; line breaks at either end are left out."""
        index = self.article.raw.keys.index((key[0], key[1]))
        raw, clean = self.article.raw, self.article.clean
        start, end = clean.clean_offset(raw.starts[index]), clean.clean_offset(raw.line_end(index) - 1)
        text = clean.text[start:end]
        bare = text.strip()
        start += text.find(bare) if bare else 0
        return LineText(start, start + len(bare), bare)

    def _comment(self, wish: Comment) -> Wanted:
        """A comment never changes an article: nobody's view of one is stale by it."""
        text = _printable(wish.text).strip()
        if not text:
            raise Refused("no_change")
        body = Noted(wish.page, text, wish.ask, to=wish.to)
        if wish.to is None and self.article.lines:
            body = self._noted(body, wish.start, wish.end)
        return Wanted(self.issue.name, self.article.id, body)

    def _noted(self, body: Noted, start: int | None, end: int | None) -> Noted:
        """The comment on the article, or on the part of a stretch that stands in its first line."""
        if start is None or end is None:
            return msgspec.structs.replace(body, ground=self._first(self.article))
        clean, raw = self.article.clean, self.article.raw
        if not start <= end <= len(clean.text):
            raise Refused("text_moved")
        first = clean.raw_offset(start)
        index = raw.line_at(first)
        source, begin = self.article.lines[index], raw.starts[index]
        last = max(first + 1, min(clean.raw_offset(end), begin + len(source.line.text)))
        return msgspec.structs.replace(
            body, page=source.page, ground=Ground.of(source), start=first - begin, end=last - begin
        )

    # Make-up

    def _moved(self, wish: Move) -> Wanted:
        lines = self._anywhere(wish.lines)
        target = self.article if wish.to == self.article.id else None if wish.to is None else self._other(wish.to)
        before = None
        if wish.before is not None and target is not None:
            before = Ground.of(Asked(self.issue, target)._source(wish.before))
            if before in lines:
                raise Refused("no_change")
        moved = {line.key for line in lines}
        anchor = next(
            (Ground.of(s) for s in (target.lines if target else ()) if (s.page, s.line.id) not in moved), None
        )
        others = (*self._homes(wish.lines), *(() if target is None else (target.id,)))
        return self._want(Moved(lines, wish.to, anchor, before), *others)

    def _region(self, wish: Region) -> Wanted:
        sources = [s for s in self.article.lines if (s.page, s.region) == (wish.page, wish.region)]
        if not sources:
            raise Refused("no_such_line")
        return self._want(Rekinded(tuple(Ground.of(s) for s in sources), wish.kind))

    def _some(self, lines: Sequence[tuple[int, str]]) -> tuple[Ground, ...]:
        if not lines:
            raise Refused("no_such_line")
        return self._grounds(lines)

    def _drawn(self, wish: Draw) -> Wanted:
        lines = tuple(_line(n) for n in wish.lines)
        boxes = [n.box for n in lines if n.box is not None]
        if any(b.width < 2 or b.height < 2 for b in boxes):
            raise Refused("no_change")
        whole = boxes[0]
        for box in boxes[1:]:
            whole |= box
        ground = Ground(wish.page, "", lines[0].text, edges(whole))
        at = None if wish.at is None else Ground.of(self._source(wish.at))
        kind = _KINDS.get(wish.role, RegionKind.BODY)
        body = Drawn(ground, lines, wish.role, kind, at, wish.behind, wish.lost)
        if at is None:
            return Wanted(self.issue.name, "", body)
        return self._want(body)

    def _left_out(self, page: int, box: tuple[int, int, int, int]) -> Wanted:
        if Box(*box).area == 0:
            raise Refused("no_change")
        return Wanted(self.issue.name, "", NoText(Ground(page, "", "", box)))

    def _cut(self, at: tuple[int, str], heads: Sequence[tuple[int, str]]) -> Wanted:
        source, above = self._source(at), self._grounds(heads)
        first = next((s for s in self.article.lines if (s.page, s.line.id) not in heads), None)
        if source is first or at in heads:
            raise Refused("no_change")
        return self._want(Cut(Ground.of(source), above))

    def _block(self, lines: Sequence[tuple[int, str]], into: tuple[int, str] | None) -> Wanted:
        """Lines of one page; a block of their own is less than the block that they are in."""
        grounds = self._some(lines)
        sources = [self._source(key) for key in lines]
        if len({s.page for s in sources}) > 1 or (into is not None and into[0] != sources[0].page):
            raise Refused("two_pages")
        regions = {s.region for s in sources}
        if into is not None:
            if into in lines or regions == {self._source(into).region}:
                raise Refused("no_change")
            return self._want(Blocked(grounds, Ground.of(self._source(into))))
        whole = {(s.page, s.line.id) for s in self.article.lines if s.page == sources[0].page and s.region in regions}
        if len(regions) == 1 and whole == set(lines):
            raise Refused("no_change")
        return self._want(Blocked(grounds))

    def _divide(self, key: tuple[int, str], at: int) -> Wanted:
        source = self._source(key)
        text = source.line.text
        if not text[:at].strip() or not text[at:].strip():
            raise Refused("no_change")
        return self._want(Divided(Ground.of(source), at))

    def _unite(self, lines: Sequence[tuple[int, str]]) -> Wanted:
        grounds = self._some(lines)
        if len(set(lines)) < 2:
            raise Refused("no_change")
        if len({page for page, _ in lines}) > 1:
            raise Refused("two_pages")
        return self._want(United(grounds))

    def _reshape(self, key: tuple[int, str], to: DrawnLine) -> Wanted:
        source = self._source(key)
        line = _line(to)
        if line.box is None or line.box.width < 2 or line.box.height < 2:
            raise Refused("no_change")
        if line.text == source.line.text and not line.glyphs:
            line = replace(line, glyphs=source.line.glyphs)
        line = replace(line, white_on_dark=source.line.white_on_dark)
        return self._want(Reshaped(Ground.of(source), line))


_KINDS: Final = {
    Role.KICKER: RegionKind.HEADLINE,
    Role.TITLE: RegionKind.HEADLINE,
    Role.SUBTITLE: RegionKind.HEADLINE,
    Role.SUBHEAD: RegionKind.SUBHEAD,
    Role.BYLINE: RegionKind.BYLINE,
    Role.CAPTION: RegionKind.CAPTION,
    Role.FURNITURE: RegionKind.FOLIO,
}
"""The kind of the region that drawn lines of a role make; of all others it is body."""


def _line(told: DrawnLine) -> Line:
    """The line as layout would have it; its glyphs only where they are those of its text."""
    text = " ".join(_printable(told.text).split(LINE_BREAK))
    glyphs = tuple(Glyph(c, Box(*box), max(0.0, min(1.0, sure))) for c, box, sure in told.glyphs)
    if [g.char for g in glyphs] != [c for c in text if not c.isspace()]:
        glyphs = ()
    polygon = tuple((float(x), float(y)) for x, y in told.polygon)
    size = float(min(Box.around(polygon).width, Box.around(polygon).height))
    return Line("", polygon, text, glyphs, told.direction, size)


@dataclass(frozen=True, slots=True)
class LineText:
    start: int
    end: int
    text: str


def _apart(article: Article, changes: Sequence[Change]) -> list[Change]:
    """The changes, put together where their ground is the same edit's."""
    found: list[Change] = []
    for change in changes:
        if found and _meet(article, found[-1], change):
            found[-1] = _together(article, found[-1], change)
        else:
            found.append(change)
    return found


def _together(article: Article, one: Change, other: Change) -> Change:
    between = article.clean.text[one.end : other.start]
    return Change(one.start, other.end, one.after + between + other.after, one.reason, 1.0)


def _meet(article: Article, one: Change, other: Change) -> bool:
    edits = [article.clean.edit(c, Pass.PERSON) for c in (one, other)]
    if edits[0] is None or edits[1] is None:
        return any(s.edit and a <= one.end and other.start <= a + len(s.text) for a, s in _segments(article))
    return touch(article.raw.extent(edits[0]), article.raw.extent(edits[1]))


def _segments(article: Article) -> Iterator[tuple[int, Segment]]:
    return zip(article.clean.starts, article.clean.segments, strict=True)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \t　"))


def _printable(text: str) -> str:
    """The text without control characters, which no newspaper prints."""
    return "".join(c for c in text if c == LINE_BREAK or (c >= " " and not 0x7F <= ord(c) < 0xA0))
