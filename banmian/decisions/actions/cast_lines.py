"""Lines given another part: of a headline, a byline, a caption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banmian.decisions.action import ReviewAction, Wish
from banmian.decisions.asked import Key
from banmian.decisions.decision import Ground, StructuralBody
from cleanup.article import Role
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from banmian.decisions.regrouping import Regrouping


class Cast(StructuralBody, frozen=True, tag="cast"):
    """Lines given another role: parts of a headline, a byline, a caption."""

    lines: tuple[Ground, ...]
    role: Role

    def grounds(self) -> tuple[Ground, ...]:
        """The lines."""
        return self.lines

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Gives the lines their role."""
        make_up.cast(make_up.find(self.lines), self.role)


class CastLines(Wish, frozen=True, forbid_unknown_fields=True, tag="role"):
    """Lines of any articles have this role."""

    lines: tuple[Key, ...]
    role: Role

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision about all lines."""
        return [asked.want(Cast(asked.anywhere(self.lines), self.role), *asked.homes(self.lines))]


ACTION = ReviewAction(
    name="role",
    wish=CastLines,
    body=Cast,
    did=Words("changed a role", "改角色"),
)
