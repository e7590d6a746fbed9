"""A paragraph that begins elsewhere, or goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from banmian.decisions.action import DeskKey, ReviewAction, Subject, Wish
from banmian.decisions.actions.type_text import Written
from banmian.decisions.asked import Offset, Refused
from cleanup.edits.clean_text import Change
from cleanup.edits.edit import LINE_BREAK
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted


class BreakParagraph(Wish, frozen=True, forbid_unknown_fields=True, tag="break"):
    """A paragraph is split at a clean offset, or joined with the next one behind it."""

    at: Offset
    join: bool

    def wanted(self, asked: Asked) -> list[Wanted]:
        """An edit that puts a line break in, or takes one away with the indent behind it."""
        text = asked.article.clean.text
        if self.at > len(text):
            raise Refused("text_moved")
        if not self.join:
            return _changed(asked, Change(self.at, self.at, LINE_BREAK, "A paragraph begins here.", 1.0))
        end = text.find(LINE_BREAK, self.at)
        rest = text[end + 1 :]
        behind = end + 1 + len(rest) - len(rest.lstrip(" \t　"))
        if end < 0 or behind >= len(text):
            raise Refused("nothing_behind")
        return _changed(asked, Change(end, behind, "", "The paragraph goes on.", 1.0))

    def stretch(self) -> tuple[int, int] | None:
        """The point."""
        return self.at, self.at

    def elsewhere(self, start: int, end: int) -> Self:
        """The same at another point."""
        return replace(self, at=start)


def _changed(asked: Asked, change: Change) -> list[Wanted]:
    return [asked.want(Written(*asked.changed([change])))]


ACTION = ReviewAction(
    name="break",
    wish=BreakParagraph,
    body=Written,
    did=Words("corrected", "改字"),
    keys=(
        DeskKey("split", "b", Words("begin a paragraph here", "在此分段"), Subject.TEXT, 40),
        DeskKey("unsplit", "B", Words("join with the next paragraph", "与下段合并"), Subject.TEXT, 41),
    ),
)
