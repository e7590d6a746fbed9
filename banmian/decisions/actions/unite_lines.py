"""Lines that are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from banmian.decisions.action import DeskKey, ReviewAction, Subject, Wish
from banmian.decisions.asked import Key, Refused
from banmian.decisions.decision import Ground, StructuralBody
from banmian.decisions.ground import Former, Gone, LinePart
from banmian.decisions.regrouping import around, key_of
from layout.declaration import Words
from layout.page import Line

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from banmian.decisions.regrouping import Regrouping


class United(StructuralBody, frozen=True, tag="united"):
    """Lines that are one, in this order."""

    lines: tuple[Ground, ...]

    def grounds(self) -> tuple[Ground, ...]:
        """The lines."""
        return self.lines

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Makes the lines one, which has the first one's id, part and region."""
        sources = make_up.find(self.lines)
        if len(sources) <= 1:
            raise Gone(sources[0].line.text)  # another layout has made them one by itself
        first, at, key = sources[0], 0, key_of(sources[0])
        for n, source in enumerate(sources, 1):
            length = len(source.line.text)
            end = length + 1 if n == len(sources) else length  # the line break is that behind the last one
            make_up.formers.append(Former(source, (LinePart(0, end, key, at),)))
            at += length
        make_up.take(sources[1:])
        make_up.dropped |= {key_of(s) for s in sources[1:]}
        make_up.arranged.add(first.page)
        make_up.replace({key: (replace(first, line=_united([s.line for s in sources])),)})


def _united(lines: Sequence[Line]) -> Line:
    """Lines as one; its glyphs only where every line has them."""
    first = lines[0]
    boxes = [n.box for n in lines if n.box is not None]
    whole = around(boxes).corners if len(boxes) == len(lines) else None
    polygon = None if whole is None else tuple((float(x), float(y)) for x, y in whole)
    known = all(n.glyphs or not n.text.strip() for n in lines)
    glyphs = tuple(g for n in lines for g in n.glyphs) if known else ()
    return replace(first, polygon=polygon, text="".join(n.text for n in lines), glyphs=glyphs)


class UniteLines(Wish, frozen=True, forbid_unknown_fields=True, tag="unite"):
    """Lines that are one."""

    lines: tuple[Key, ...]

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision about lines of one page."""
        grounds = asked.some(self.lines)
        if len(set(self.lines)) <= 1:
            raise Refused("no_change")
        if len({page for page, _ in self.lines}) > 1:
            raise Refused("two_pages")
        return [asked.want(United(grounds))]


ACTION = ReviewAction(
    name="unite",
    wish=UniteLines,
    body=United,
    did=Words("made one line of several", "合成一行"),
    keys=(DeskKey("unite", "M", Words("make one line of it and the next", "与下一行合成一行"), Subject.MAKE_UP, 22),),
)
