"""A page that is for a person to review."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from banmian.decisions.action import DeskKey, PageWish, ReviewAction, Subject
from banmian.decisions.asked import printable
from banmian.decisions.decision import PageBody
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Decision, Wanted
    from banmian.decisions.team import PageReview


class Assigned(PageBody, frozen=True, tag="assigned"):
    """A page that is for a person to review; an empty name takes it from everybody."""

    to: str

    def told(self) -> tuple[str, str]:
        """The person who is to do the page."""
        return self.to, ""

    def review_after(self, review: PageReview, decision: Decision) -> PageReview:
        """The page is this person's."""
        return replace(review, assigned=self.to)


class AssignPage(PageWish, frozen=True, forbid_unknown_fields=True, tag="assign"):
    """A page is for a person; an empty name takes it from everybody."""

    to: Annotated[str, Meta(max_length=40)]

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision."""
        return [asked.want_of_page(Assigned(self.page, " ".join(printable(self.to).split())))]


ACTION = ReviewAction(
    name="assign",
    wish=AssignPage,
    body=Assigned,
    did=Words("assigned a page", "分派版面"),
    keys=(DeskKey("assign", "@", Words("assign the page", "分派此版"), Subject.TEAM, 13),),
)
