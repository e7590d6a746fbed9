"""A wish made on an article that has changed since, carried to what stands now, unless its own place changed."""

from __future__ import annotations

from dataclasses import dataclass

from banmian.decisions.action import Wish
from banmian.decisions.asked import Asked, Refused
from banmian.decisions.decision import Decision, StructuralBody
from cleanup.article import Article, Issue


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
        stretch = wish.stretch()
        if stretch is not None:
            article, place = self._text(*stretch, anyhow=wish.follows)
            return article, wish.elsewhere(place.start, place.end)
        article_now = next((a for a in self.now.articles if a.id == self.then.id), None)
        if article_now is None or not self._stands(wish, article_now):
            raise Conflict(article_now, None)
        return article_now, wish

    def _text(self, start: int, end: int, *, anyhow: bool) -> tuple[Article, Stretch]:
        """Where the stretch stands now; `anyhow` is where it may have changed."""
        if not start <= end <= len(self.then.clean.text):
            raise Refused("text_moved")
        article, place = self._found(start, end)
        same = place.text == self.then.clean.text[start:end] and (start < end or self._beside(start, article, place))
        if not same and not anyhow:
            raise Conflict(article, self._with_inserted(article, place))
        return article, place

    def _with_inserted(self, article: Article, place: Stretch) -> Stretch:
        """The stretch with what was inserted at its edges since: who turned two characters round did that."""
        known = {edit.id for *_, edit in self.then.clean.resolution.applied}
        start, end = place.start, place.end
        inserted = [
            (at, at + len(s.text))
            for at, s in zip(article.clean.starts, article.clean.segments, strict=True)
            if s.edit is not None and s.start == s.end and s.edit.id not in known
        ]
        for first, last in inserted:
            if first <= end and start <= last:
                start, end = min(start, first), max(end, last)
        return Stretch(start, end, article.clean.text[start:end])

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
        told = wish.stands(Asked(self.now, self.then), Asked(self.now, article))
        return not any(self._meets(d) for d in self.decisions) if told is None else told

    def _meets(self, decision: Decision) -> bool:
        """Whether it changed the make-up of lines of the article that the person saw."""
        mine = {g.key for g in decision.body.grounds()} if isinstance(decision.body, StructuralBody) else set()
        return not mine.isdisjoint(self.then.raw.keys)


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
    return _covering(now, raw)


def _covering(now: Article, raw: int) -> tuple[int, int]:
    """The clean stretch of the edit that covers a raw offset; where none does, the place of the offset."""
    for start, segment in zip(now.clean.starts, now.clean.segments, strict=True):
        if segment.start <= raw < segment.end or segment.start == segment.end == raw:
            return (start, start + len(segment.text)) if segment.edit else (start + raw - segment.start,) * 2
    place = now.clean.clean_offset(raw)
    return place, place
