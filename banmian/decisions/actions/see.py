"""A reading in doubt that a person looked at and found right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from banmian.decisions.action import ReviewAction, Wish
from banmian.decisions.asked import Offset, Refused
from banmian.decisions.decision import ArticleText, Decision, Ground, TextBody
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted


class FoundRight(TextBody, frozen=True, tag="seen"):
    """A reading in doubt was looked at and is right: the characters `start` to `end` of a line as recognized."""

    ground: Ground
    start: int
    end: int

    def grounds(self) -> tuple[Ground, ...]:
        """The line."""
        return (self.ground,)

    def told(self) -> tuple[str, str]:
        """The characters."""
        return self.ground.text[self.start : self.end], ""

    def tell(self, article: ArticleText, decision: Decision) -> None:
        """Takes the characters as found right."""
        if decision.undone is None:
            article.see(self.ground, self.start, self.end)


class FindRight(Wish, frozen=True, forbid_unknown_fields=True, tag="see"):
    """The clean characters `start` to `end` are right as they are."""

    start: Offset
    end: Offset

    def wanted(self, asked: Asked) -> list[Wanted]:
        """A decision for each line of the stretch."""
        if not self.start < self.end <= len(asked.article.clean.text):
            raise Refused("text_moved")
        found = asked.recognized(range(self.start, self.end))
        return [asked.want(FoundRight(*run)) for run in found]

    def stretch(self) -> tuple[int, int] | None:
        """The characters."""
        return self.start, self.end

    def elsewhere(self, start: int, end: int) -> Self:
        """The same about another stretch."""
        return replace(self, start=start, end=end)


ACTION = ReviewAction(name="see", wish=FindRight, body=FoundRight, did=Words("found it right", "认可读法"))
