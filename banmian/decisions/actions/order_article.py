"""An article in another place of the issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banmian.decisions.action import DeskKey, ReviewAction, Subject, Wish
from banmian.decisions.asked import Name
from banmian.decisions.decision import Ground, StructuralBody
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from banmian.decisions.regrouping import Regrouping


class Ordered(StructuralBody, frozen=True, tag="ordered"):
    """The article in which `anchor` stands comes right before the one in which `before` stands, or last of all."""

    anchor: Ground
    before: Ground | None = None

    def grounds(self) -> tuple[Ground, ...]:
        """A line of the article."""
        return (self.anchor,)

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Puts the article into its place; its own text is as it was."""
        home = make_up.home(self.anchor)
        before = None if self.before is None else make_up.home(self.before)
        if before is home:
            return
        order = [(n, d) for n, d in make_up.drafts.items() if d is not home]
        at = len(order) if before is None else next(i for i, (_, d) in enumerate(order) if d is before)
        make_up.drafts = dict([*order[:at], (home.article.id, home), *order[at:]])
        make_up.arranged |= {s.page for s in home.lines}


class OrderArticle(Wish, frozen=True, forbid_unknown_fields=True, tag="order"):
    """The article comes right before another one, or last of all."""

    before: Name | None = None

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision."""
        place = None if self.before is None else asked.other(self.before).first
        return [asked.want(Ordered(asked.first, place))]


ACTION = ReviewAction(
    name="order",
    wish=OrderArticle,
    body=Ordered,
    did=Words("put a piece in order", "调整文章顺序"),
    keys=(DeskKey("piece", "{ }", Words("move the piece up, down", "整篇前移／后移"), Subject.MAKE_UP, 31),),
)
