"""A line with other borders, and what is read within them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from banmian.decisions.action import DeskKey, ReviewAction, Subject, Wish
from banmian.decisions.actions.draw_lines import DrawnLine, is_too_thin
from banmian.decisions.asked import Key, Refused
from banmian.decisions.decision import Ground, StructuralBody
from banmian.decisions.regrouping import key_of
from layout.declaration import Words
from layout.page import Line

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from banmian.decisions.regrouping import Regrouping


class Reshaped(StructuralBody, frozen=True, tag="reshaped"):
    """A line with other borders, and what is read within them; `line` has no id of its own."""

    ground: Ground
    line: Line

    def grounds(self) -> tuple[Ground, ...]:
        """The line."""
        return (self.ground,)

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Puts the new line in the place of the old one, under its id."""
        source = make_up.find([self.ground])[0]
        line = replace(self.line, id=source.line.id)
        make_up.replace({key_of(source): (replace(source, line=line),)})


class ReshapeLine(Wish, frozen=True, forbid_unknown_fields=True, tag="reshape"):
    """A line with other borders, and what is read within them."""

    line: Key
    to: DrawnLine

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision; the glyphs of the reading stay where the text does."""
        source, line = asked.source(self.line), self.to.line
        if line.box is None or is_too_thin(line.box):
            raise Refused("no_change")
        if line.text == source.line.text and not line.glyphs:
            line = replace(line, glyphs=source.line.glyphs)
        line = replace(line, white_on_dark=source.line.white_on_dark)
        return [asked.want(Reshaped(Ground.of(source), line))]


ACTION = ReviewAction(
    name="reshape",
    wish=ReshapeLine,
    body=Reshaped,
    did=Words("moved a line's borders", "移动行的边框"),
    keys=(DeskKey("border", "m", Words("move the line's borders", "移动行的边框"), Subject.MAKE_UP, 20),),
)
