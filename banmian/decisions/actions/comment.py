"""A comment on a page, an article or a place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

import msgspec
from msgspec import Meta

from banmian.decisions.action import DeskKey, PageWish, ReviewAction, Subject
from banmian.decisions.asked import Offset, Refused, printable
from banmian.decisions.decision import Ground, PageBody, Wanted
from banmian.decisions.team import PageNote
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Decision
    from banmian.decisions.team import PageReview


class Noted(PageBody, frozen=True, tag="noted"):
    """A comment on a page, an article or a place; with `ask` it waits for a colleague, with `to` it answers another.

    `ground` is the line of the place, or the article's first one; `start` to `end` are its characters, the same
    number where it is the whole article.
    """

    text: str
    ask: bool
    ground: Ground | None = None
    start: int = 0
    end: int = 0
    to: int | None = None

    def told(self) -> tuple[str, str]:
        """What it says."""
        return self.text[:80], ""

    def review_after(self, review: PageReview, decision: Decision) -> PageReview:
        """The comment beside the others; an answer with the comment that it answers."""
        who = (decision.id, decision.person, decision.time)
        note = PageNote(*who, self.text, self.ask, self.ground, self.start, self.end)
        if self.to is None:
            return replace(review, notes={**review.notes, note.id: note})
        asked = review.notes.get(self.to)
        if asked is None:
            return review
        return replace(review, notes={**review.notes, asked.id: replace(asked, answers=(*asked.answers, note))})


class WriteComment(PageWish, frozen=True, forbid_unknown_fields=True, tag="comment"):
    """A comment on the page, on the article, or with `start` and `end` on a stretch of its clean text."""

    follows: ClassVar[bool] = True

    text: Annotated[str, Meta(min_length=1, max_length=2000)]
    ask: bool = False
    start: Offset | None = None
    end: Offset | None = None
    to: int | None = None
    """The comment that it answers."""

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision, which changes no article: nobody's view of one is stale by it."""
        text = printable(self.text).strip()
        if not text:
            raise Refused("no_change")
        body = Noted(self.page, text, self.ask, to=self.to)
        if self.to is None and asked.article.lines:
            body = self._placed(body, asked)
        return [Wanted(asked.issue.name, asked.article.id, body)]

    def _placed(self, body: Noted, asked: Asked) -> Noted:
        """The comment on the article, or on the part of a stretch that stands in its first line."""
        if self.start is None or self.end is None:
            return msgspec.structs.replace(body, ground=asked.first)
        clean, raw = asked.article.clean, asked.article.raw
        if not self.start <= self.end <= len(clean.text):
            raise Refused("text_moved")
        first = clean.raw_offset(self.start)
        index = raw.line_at(first)
        source, begin = asked.article.lines[index], raw.starts[index]
        last = max(first + 1, min(clean.raw_offset(self.end), begin + len(source.line.text)))
        return msgspec.structs.replace(
            body, page=source.page, ground=Ground.of(source), start=first - begin, end=last - begin
        )

    def refusal(self, review: PageReview, person: str) -> str | None:
        """An answer needs the comment that it answers."""
        return None if self.to is None or self.to in review.notes else "no_such_note"

    def stretch(self) -> tuple[int, int] | None:
        """The stretch that it is on."""
        return None if self.start is None or self.end is None else (self.start, self.end)

    def elsewhere(self, start: int, end: int) -> Self:
        """The same on another stretch."""
        return msgspec.structs.replace(self, start=start, end=end)


ACTION = ReviewAction(
    name="comment",
    wish=WriteComment,
    body=Noted,
    did=Words("commented", "批注"),
    keys=(DeskKey("note", "q", Words("comment; ask a colleague", "批注；请同事看"), Subject.TEAM, 12),),
)
