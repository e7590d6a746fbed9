"""A wish made on an article that has changed since, carried to what stands now, unless its own place changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from banmian.review.decision import STRUCTURAL, Decision, grounds_of
from banmian.review.wish import Asked, Break, Comment, Judge, JudgePass, Refused, Sample, See, Type, Wish
from cleanup.article import Article, Issue

_TEXT: Final = (Type, See, Break)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of clean text, and what stands there."""

    start: int
    end: int
    text: str


class Conflict(Exception):
    """The place of the wish has changed: the article in which it lies now, and the stretch, where they are known."""

    def __init__(self, article: Article | None, place: Stretch | None) -> None:
        super().__init__("the place has changed")
        self.article = article
        self.place = place


@dataclass(frozen=True, slots=True)
class Since:
    """What the person saw (`then`), what there is (`now`), and the decisions made between the two."""

    then: Article
    now: Issue
    decisions: tuple[Decision, ...]

    def rebased(self, wish: Wish) -> tuple[Article, Wish]:
        """The article as it is now, with the wish in its offsets. Raises Conflict where the wish's place changed."""
        if isinstance(wish, _TEXT):
            return self._text(wish)
        if isinstance(wish, Comment) and wish.start is not None and wish.end is not None:
            home, place = self._found(wish.start, wish.end)
            return home, msgspec.structs.replace(wish, start=place.start, end=place.end)
        article = next((a for a in self.now.articles if a.id == self.then.id), None)
        if article is None or not self._stands(wish, article):
            raise Conflict(article, None)
        return article, wish

    def _text(self, wish: Type | See | Break) -> tuple[Article, Wish]:
        start, end = (wish.at, wish.at) if isinstance(wish, Break) else (wish.start, wish.end)
        if not start <= end <= len(self.then.clean.text):
            raise Refused("text_moved")
        article, place = self._found(start, end)
        if place.text != self.then.clean.text[start:end] or (start == end and not self._beside(start, article, place)):
            raise Conflict(article, place)
        if isinstance(wish, Break):
            return article, msgspec.structs.replace(wish, at=place.start)
        return article, msgspec.structs.replace(wish, start=place.start, end=place.end)

    def _found(self, start: int, end: int) -> tuple[Article, Stretch]:
        """Where the stretch lies now: the lines tell the article, its first and last character the place in it."""
        if not self.then.raw.keys:
            raise Conflict(None, None)
        begin = self.then.raw.line_at(self.then.clean.raw_offset(start))
        stop = self.then.raw.line_at(self.then.clean.raw_offset(max(start, end - 1)))
        keys = self.then.raw.keys[begin : stop + 1]
        article = next((a for a in self.now.articles if keys[0] in a.raw.keys), None)
        if article is None:
            raise Conflict(None, None)
        at = article.raw.keys.index(keys[0])
        if article.raw.keys[at : at + len(keys)] != keys:
            raise Conflict(article, None)
        shift = article.raw.starts[at] - self.then.raw.starts[begin]
        first = _carried(self.then, start, article, shift)[0]
        last = first if end == start else max(first, _carried(self.then, end - 1, article, shift)[1])
        return article, Stretch(first, last, article.clean.text[first:last])

    def _beside(self, at: int, article: Article, place: Stretch) -> bool:
        """Whether a point between two characters still has both of its neighbours."""
        then, now = self.then.clean.text, article.clean.text
        return now[max(0, place.start - 1) : place.start + 1] == then[max(0, at - 1) : at + 1]

    def _stands(self, wish: Wish, article: Article) -> bool:
        match wish:
            case Judge(edits=edits):
                return all(_standing(self.then, e) == _standing(article, e) for e in edits)
            case JudgePass(by=by):
                mine = {e.edit.id for a in (self.then, article) for e in a.ledger if e.edit.by is by}
                return all(_standing(self.then, e) == _standing(article, e) for e in mine)
            case Sample(line=line):
                return Asked(self.now, self.then).line_text(line).text == Asked(self.now, article).line_text(line).text
            case _:
                return not any(isinstance(d.body, STRUCTURAL) and self._meets(d) for d in self.decisions)

    def _meets(self, decision: Decision) -> bool:
        """Whether a change of the make-up was about lines of the article that the person saw."""
        return not _lines(decision).isdisjoint(self.then.raw.keys)


def _standing(article: Article, edit: str) -> object:
    return article.ledger[edit].standing if edit in article.ledger else None


def _lines(decision: Decision) -> set[tuple[int, str]]:
    body = decision.body
    return {g.key for g in grounds_of(body)} if isinstance(body, STRUCTURAL) else set()


def _carried(then: Article, at: int, now: Article, shift: int) -> tuple[int, int]:
    """The clean stretch that stands now for one clean character; `shift` carries its line's raw offsets.

    It is one character where that is as it was, and the whole work of an edit where one has been there since.
    """
    if at >= len(then.clean.text):
        return len(now.clean.text), len(now.clean.text)
    origin = then.clean.origin(at)
    segments = [*zip(now.clean.starts, now.clean.segments, strict=True)]
    if isinstance(origin, int):
        place = now.clean.clean_offset(origin + shift)
        if place < len(now.clean.text) and now.clean.origin(place) == origin + shift:
            return place, place + 1
        raw = origin + shift
    else:
        begin = next(a for a, s in zip(then.clean.starts, then.clean.segments, strict=True) if s.edit == origin)
        same = next((a for a, s in segments if s.edit is not None and s.edit.id == origin.id), None)
        if same is not None:
            return same + at - begin, same + at - begin + 1
        raw = then.raw.extent(origin)[0] + shift
    covering = next(((a, s) for a, s in segments if s.start <= raw < s.end or s.start == s.end == raw), None)
    if covering is None:
        place = now.clean.clean_offset(raw)
        return place, place
    start, segment = covering
    return (start, start + len(segment.text)) if segment.edit else (start + raw - segment.start,) * 2
