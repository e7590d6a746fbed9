"""A page that is done, or open again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from banmian.decisions.action import DeskKey, PageWish, ReviewAction, Subject
from banmian.decisions.decision import PageBody
from banmian.decisions.team import ProofState
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Decision, Wanted
    from banmian.decisions.team import PageReview


class Finished(PageBody, frozen=True, tag="finished"):
    """A page that is done, or open again."""

    done: bool

    def review_after(self, review: PageReview, decision: Decision) -> PageReview:
        """Done; or open, and not proofread either."""
        return replace(review, done=True) if self.done else review.with_mark(ProofState.OPEN, decision.person)


class FinishPage(PageWish, frozen=True, forbid_unknown_fields=True, tag="finish"):
    """The page is done, or open again."""

    done: bool

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision."""
        return [asked.want_of_page(Finished(self.page, self.done))]


ACTION = ReviewAction(
    name="finish",
    wish=FinishPage,
    body=Finished,
    did=Words("marked a page", "标记版面"),
    keys=(DeskKey("done", "d", Words("mark done and go on", "标记完成并到下一版"), Subject.TEAM, 10),),
)
