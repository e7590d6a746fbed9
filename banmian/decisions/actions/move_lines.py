"""Lines taken to another place, to another article, or to a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banmian.decisions.action import DeskKey, ReviewAction, Subject, Wish
from banmian.decisions.asked import Key, Name, Refused
from banmian.decisions.decision import Ground, StructuralBody
from banmian.decisions.regrouping import key_of
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from banmian.decisions.regrouping import Regrouping


class Moved(StructuralBody, frozen=True, tag="moved"):
    """Lines taken to another article (`to`; None is a new one) or place: before a line, or to the end."""

    lines: tuple[Ground, ...]
    to: str | None = None
    anchor: Ground | None = None
    before: Ground | None = None

    def grounds(self) -> tuple[Ground, ...]:
        """The lines that were moved."""
        return self.lines

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Takes the lines out, and puts them where they are wanted."""
        sources = make_up.find(self.lines)
        make_up.arranged |= {s.page for s in sources}
        before = None if self.before is None else make_up.find([self.before])[0]
        home = make_up.home(self.lines[0])
        target = make_up.home(self.anchor) if self.anchor is not None else make_up.drafts.get(self.to or "")
        make_up.take(sources)
        if target is None:
            target = make_up.new_article(home.article, name)
        keys = [key_of(s) for s in target.lines]
        at = keys.index(key_of(before)) if before is not None and key_of(before) in keys else len(keys)
        target.lines[at:at] = sources
        target.touched = True


class MoveLines(Wish, frozen=True, forbid_unknown_fields=True, tag="move"):
    """Lines of any articles belong into the article `to`, None for a new one: before a line of it, or at its end."""

    lines: tuple[Key, ...]
    to: Name | None = None
    before: Key | None = None

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision, which changes all articles that lose or get lines."""
        lines = asked.anywhere(self.lines)
        target = asked if self.to == asked.article.id else None if self.to is None else asked.other(self.to)
        before = None
        if self.before is not None and target is not None:
            before = Ground.of(target.source(self.before))
            if before in lines:
                raise Refused("no_change")
        moved = {line.key for line in lines}
        stay = target.article.lines if target else ()
        anchor = next((Ground.of(s) for s in stay if key_of(s) not in moved), None)
        others = (*asked.homes(self.lines), *(() if target is None else (target.article.id,)))
        return [asked.want(Moved(lines, self.to, anchor, before), *others)]


ACTION = ReviewAction(
    name="move",
    wish=MoveLines,
    body=Moved,
    did=Words("moved lines", "移动行"),
    keys=(DeskKey("block", "( )", Words("move the block up, down", "区块前移／后移"), Subject.MAKE_UP, 30),),
)
