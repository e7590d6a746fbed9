"""An article that goes on in another one, on another page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from banmian.decisions.action import ReviewAction, Wish
from banmian.decisions.asked import Name
from banmian.decisions.decision import Ground, StructuralBody
from banmian.decisions.regrouping import HEADS
from cleanup.article import Role
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from banmian.decisions.regrouping import Regrouping


class Jumped(StructuralBody, frozen=True, tag="jumped"):
    """The article in which `start` stands goes on with the one in which `end` stands."""

    start: Ground
    end: Ground

    def grounds(self) -> tuple[Ground, ...]:
        """A line of either article."""
        return self.start, self.end

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Puts the other one's lines behind, its headline as furniture."""
        start, end = make_up.home(self.start), make_up.home(self.end)
        if start is end:
            return
        start.lines += [replace(s, role=Role.FURNITURE) if s.role in HEADS else s for s in end.lines]
        start.continued_to, start.touched = end.continued_to, True
        end.lines, end.touched = [], True


class JoinJump(Wish, frozen=True, forbid_unknown_fields=True, tag="jump"):
    """The article goes on in the article `to`."""

    to: Name

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision, which changes both."""
        return [asked.want(Jumped(asked.first, asked.other(self.to).first), self.to)]


ACTION = ReviewAction(name="jump", wish=JoinJump, body=Jumped, did=Words("joined pieces", "转接"))
