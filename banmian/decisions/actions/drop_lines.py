"""Lines that are no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banmian.decisions.action import ReviewAction, Wish
from banmian.decisions.asked import Key
from banmian.decisions.decision import Ground, StructuralBody
from banmian.decisions.regrouping import key_of
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from banmian.decisions.regrouping import Regrouping


class Dropped(StructuralBody, frozen=True, tag="dropped"):
    """Lines that are no text: a stroke of a picture, dirt."""

    lines: tuple[Ground, ...]

    def grounds(self) -> tuple[Ground, ...]:
        """The lines."""
        return self.lines

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Takes the lines away."""
        sources = make_up.find(self.lines)
        make_up.take(sources)
        make_up.dropped |= {key_of(s) for s in sources}


class DropLines(Wish, frozen=True, forbid_unknown_fields=True, tag="drop"):
    """Lines of any articles that are no text."""

    lines: tuple[Key, ...]

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision about all lines."""
        return [asked.want(Dropped(asked.anywhere(self.lines)), *asked.homes(self.lines))]


ACTION = ReviewAction(name="drop", wish=DropLines, body=Dropped, did=Words("deleted what is no text", "删去非文字"))
