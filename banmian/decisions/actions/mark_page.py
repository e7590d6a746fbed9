"""A page that was proofread, or validated by a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banmian.decisions.action import DeskKey, PageWish, ReviewAction, Subject
from banmian.decisions.decision import PageBody
from banmian.decisions.team import ProofState
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Decision, Wanted
    from banmian.decisions.team import PageReview


class PageMarked(PageBody, frozen=True, tag="marked"):
    """A page that the person has proofread, has validated as the second one, or opens again."""

    state: ProofState

    def review_after(self, review: PageReview, decision: Decision) -> PageReview:
        """The review after the mark, where the person can make it."""
        return review.with_mark(self.state, decision.person)


class MarkPage(PageWish, frozen=True, forbid_unknown_fields=True, tag="mark"):
    """The page is in this state of proof."""

    state: ProofState

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision."""
        return [asked.want_of_page(PageMarked(self.page, self.state))]

    def refusal(self, review: PageReview, person: str) -> str | None:
        """Why the person cannot mark the page so."""
        return review.refusal(self.state, person)


ACTION = ReviewAction(
    name="mark",
    wish=MarkPage,
    body=PageMarked,
    did=Words("proofread, validated or opened a page", "初校、二校或重开版面"),
    keys=(DeskKey("proof", "p", Words("proofread; validate", "初校完成；二校通过"), Subject.TEAM, 11),),
)
