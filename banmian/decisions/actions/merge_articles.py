"""An article that is a part of another one."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
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


class HeadsAs(StrEnum):
    """What the headline of an article becomes that is merged with the one before it."""

    HEADLINE = "headline"  # a part of the whole article's headline
    SUBHEAD = "subhead"  # a headline within the body


class Merged(StructuralBody, frozen=True, tag="merged"):
    """The article in which `end` stands is a part of the one in which `start` stands, behind its lines."""

    start: Ground
    end: Ground
    heads: HeadsAs

    def grounds(self) -> tuple[Ground, ...]:
        """A line of either article."""
        return self.start, self.end

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Puts the other one's lines behind."""
        start, end = make_up.home(self.start), make_up.home(self.end)
        if start is end:
            return
        role = Role.SUBHEAD if self.heads is HeadsAs.SUBHEAD else None
        start.lines += [replace(s, role=role) if role is not None and s.role in HEADS else s for s in end.lines]
        start.continued_to, start.touched = end.continued_to, True
        make_up.arranged |= {s.page for s in start.lines}
        end.lines, end.touched = [], True


class MergeArticles(Wish, frozen=True, forbid_unknown_fields=True, tag="merge"):
    """The article `other` is a part of this one, behind it."""

    other: Name
    heads: HeadsAs

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision, which changes both."""
        return [asked.want(Merged(asked.first, asked.other(self.other).first, self.heads), self.other)]


ACTION = ReviewAction(name="merge", wish=MergeArticles, body=Merged, did=Words("merged pieces", "合并两篇"))
