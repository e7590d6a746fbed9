"""A place that looked like lost text and is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banmian.decisions.action import PageWish, ReviewAction
from banmian.decisions.asked import Corners, Refused
from banmian.decisions.decision import Body, Ground
from layout.declaration import Words
from layout.geometry import Box

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted


class NoText(Body, frozen=True, tag="no-text"):
    """A place that looked like lost text and is none: a drawing, dirt. `ground` has its box alone."""

    ground: Ground

    def grounds(self) -> tuple[Ground, ...]:
        """The place."""
        return (self.ground,)

    def answered(self) -> tuple[int, tuple[int, int, int, int], bool] | None:
        """The place, which holds none."""
        return None if self.ground.box is None else (self.ground.page, self.ground.box, True)


class LeaveOut(PageWish, frozen=True, forbid_unknown_fields=True, tag="no-text"):
    """A place of lost text holds none."""

    box: Corners

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision."""
        if Box(*self.box).area == 0:
            raise Refused("no_change")
        return [asked.want_of_page(NoText(Ground(self.page, "", "", self.box)))]


ACTION = ReviewAction(name="no-text", wish=LeaveOut, body=NoText, did=Words("said to be no text", "记为不是文字"))
