"""An article that is two from a line on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banmian.decisions.action import DeskKey, ReviewAction, Subject, Wish
from banmian.decisions.asked import Key, Refused
from banmian.decisions.decision import Ground, StructuralBody
from banmian.decisions.regrouping import key_of
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from banmian.decisions.regrouping import Regrouping


class Cut(StructuralBody, frozen=True, tag="cut"):
    """The line from which on it is another article; `heads` are lines before it that are the other one's headline."""

    at: Ground
    heads: tuple[Ground, ...] = ()

    def grounds(self) -> tuple[Ground, ...]:
        """The line, and the lines of headline."""
        return (self.at, *self.heads)

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Makes an article of the headline and of all from the line on."""
        home, source = make_up.home(self.at), make_up.find([self.at])[0]
        above = [s for s in make_up.find(self.heads) if s in home.lines]
        place = [key_of(s) for s in home.lines].index(key_of(source))
        made = make_up.new_article(home.article, name)
        behind = [s for s in home.lines[place:] if s not in above]
        made.lines, home.lines = [*above, *behind], [s for s in home.lines[:place] if s not in above]
        made.continued_to, home.continued_to, home.touched = home.continued_to, None, True
        make_up.arranged |= {s.page for s in made.lines}


class CutArticle(Wish, frozen=True, forbid_unknown_fields=True, tag="cut"):
    """The line from which on it is another article, whose headline are the lines `heads`."""

    at: Key
    heads: tuple[Key, ...] = ()

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision."""
        source, above = asked.source(self.at), asked.grounds(self.heads)
        first = next((s for s in asked.article.lines if (s.page, s.line.id) not in self.heads), None)
        if source is first or self.at in self.heads:
            raise Refused("no_change")
        return [asked.want(Cut(Ground.of(source), above))]


ACTION = ReviewAction(
    name="cut",
    wish=CutArticle,
    body=Cut,
    did=Words("cut a piece", "断开"),
    keys=(DeskKey("jump", "J", Words("cut the jump", "断开转版"), Subject.MAKE_UP, 50),),
)
