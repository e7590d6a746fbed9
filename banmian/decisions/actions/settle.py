"""A comment that is settled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from banmian.decisions.action import PageWish, ReviewAction
from banmian.decisions.decision import PageBody
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Decision, Wanted
    from banmian.decisions.team import PageReview


class Settled(PageBody, frozen=True, tag="settled"):
    """A comment that is settled."""

    note: int

    def review_after(self, review: PageReview, decision: Decision) -> PageReview:
        """The comment, settled by this person."""
        if self.note not in review.notes:
            return review
        note = replace(review.notes[self.note], settled=decision.person)
        return replace(review, notes={**review.notes, self.note: note})


class SettleComment(PageWish, frozen=True, forbid_unknown_fields=True, tag="settle"):
    """The comment of this number is settled."""

    note: int

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision."""
        return [asked.want_of_page(Settled(self.page, self.note))]

    def refusal(self, review: PageReview, person: str) -> str | None:
        """The comment is needed."""
        return None if self.note in review.notes else "no_such_note"


ACTION = ReviewAction(name="settle", wish=SettleComment, body=Settled, did=Words("settled a comment", "解决批注"))
