"""Text that a person typed in the place of what stood there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from banmian.decisions.action import DeskKey, ReviewAction, Subject, Wish
from banmian.decisions.actions.judge import edits_told
from banmian.decisions.actions.see import FoundRight
from banmian.decisions.asked import BY_HAND, Offset, Refused, Text, printable
from banmian.decisions.decision import Anchored, ArticleText, Decision, Ground, TextBody
from banmian.decisions.difference import differences
from cleanup.edits.clean_text import Change
from cleanup.edits.edit import LINE_BREAK
from cleanup.edits.ledger import Standing
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted


class Written(TextBody, frozen=True, tag="written"):
    """Edits that the person wrote, and edits of passes that stood in their way and are refused with it.

    `seen` are the readings beside them that the person left as they were: who types a place has looked at all of it.
    """

    edits: tuple[Anchored, ...]
    refused: tuple[Anchored, ...] = ()
    seen: tuple[FoundRight, ...] = ()

    @property
    def all_edits(self) -> tuple[Anchored, ...]:
        """The edits written and refused."""
        return (*self.edits, *self.refused)

    def grounds(self) -> tuple[Ground, ...]:
        """The lines of all edits, and of what was seen beside them."""
        return (*(g for e in self.all_edits for g in e.grounds), *(s.ground for s in self.seen))

    def told(self) -> tuple[str, str]:
        """The first edit, and how many there are."""
        return edits_told(self.edits, self.refused)

    def outdated(self, now: str | None) -> tuple[Ground, str, str, str | None]:
        """The first edit."""
        edit = self.all_edits[0]
        return edit.grounds[0], edit.before, edit.after, now

    def tell(self, article: ArticleText, decision: Decision) -> None:
        """Refuses what stood in the way, writes the edits, and takes the rest as found right."""
        article.decide(decision, self.refused, Standing.REFUSED)
        article.decide(decision, self.edits, Standing.WRITTEN)
        for seen in self.seen:
            seen.tell(article, decision)


class TypeText(Wish, frozen=True, forbid_unknown_fields=True, tag="type"):
    """The clean characters `start` to `end`, which read `was`, are `text`."""

    start: Offset
    end: Offset
    was: Text
    text: Text

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision: an edit for each stretch that differs."""
        clean = asked.article.clean
        if not self.start <= self.end <= len(clean.text) or clean.text[self.start : self.end] != self.was:
            raise Refused("text_moved")
        if LINE_BREAK in self.text.replace(LINE_BREAK, "", self.was.count(LINE_BREAK)):
            raise Refused("no_breaks")
        found = differences(self.was, printable(self.text))
        changes = [Change(self.start + d.start, self.start + d.end, d.after, BY_HAND, 1.0) for d in found]
        changed = {at for c in changes for at in range(c.start, c.end)}
        left = [at for at in range(self.start, self.end) if at not in changed]
        seen = tuple(FoundRight(*run) for run in asked.recognized(left))
        return [asked.want(Written(*asked.changed(changes), seen))]

    def stretch(self) -> tuple[int, int] | None:
        """The characters."""
        return self.start, self.end

    def elsewhere(self, start: int, end: int) -> Self:
        """The same in another place."""
        return replace(self, start=start, end=end)

    def is_done(self, text: str) -> bool:
        """Whether somebody has typed the same."""
        return text == self.text


ACTION = ReviewAction(
    name="type",
    wish=TypeText,
    body=Written,
    did=Words("corrected", "改字"),
    keys=(
        DeskKey("edit", "e", Words("edit (Enter saves)", "改字（回车保存）"), Subject.TEXT, 20),
        DeskKey("line", "E", Words("edit the whole line", "改整行"), Subject.TEXT, 21),
        DeskKey("candidate", "", Words("choose a candidate", "选候选字"), Subject.TEXT, 22, shown="1–9"),
        DeskKey("insert", "i", Words("insert before this character", "在此字前插入"), Subject.TEXT, 23),
        DeskKey("append", "I", Words("insert after this character", "在此字后插入"), Subject.TEXT, 24),
        DeskKey("unclear", "w", Words("cannot be read (□)", "看不清（□）"), Subject.TEXT, 25),
        DeskKey("delete", "x", Words("take it away", "删去"), Subject.TEXT, 26),
    ),
)
