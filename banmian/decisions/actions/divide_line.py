"""A line that is two, from a character on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from banmian.decisions.action import DeskKey, ReviewAction, Subject, Wish
from banmian.decisions.asked import Key, Offset, Refused
from banmian.decisions.decision import Ground, StructuralBody
from banmian.decisions.ground import Former, Gone, LinePart, carried_offset
from banmian.decisions.regrouping import key_of
from cleanup.lines.glyph_places import glyphs_of
from layout.declaration import Words
from layout.geometry import Box, Polygon
from layout.page import Direction, Glyph, Line

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from banmian.decisions.regrouping import Regrouping


_AS_LARGE: Final = 0.75
"""Least share of a line's size that the line in its place has for it to be the one that was divided.

A half of it, which another layout found by itself, has far less; a reading hardly changes the size."""


class Divided(StructuralBody, frozen=True, tag="divided"):
    """A line that is two: the second begins at the character `at` of the recognized text."""

    ground: Ground
    at: int

    def grounds(self) -> tuple[Ground, ...]:
        """The line."""
        return (self.ground,)

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Puts two lines in the place of one; the second has an id of its own."""
        source = make_up.find([self.ground])[0]
        line, at = source.line, carried_offset(self.ground.text, source.line.text, self.at)
        was = None if self.ground.box is None else Box(*self.ground.box)
        if was is not None and line.box is not None and line.box.area < _AS_LARGE * was.area:
            raise Gone(line.text)
        if not 0 < at < len(line.text):
            raise Gone(line.text)
        page, behind, end = source.page, f"{name}.1", len(line.text) + 1
        first, second = _halves(line, at, behind)
        make_up.replace({key_of(source): (replace(source, line=first), replace(source, line=second))})
        parts = LinePart(0, at, (page, line.id), 0), LinePart(at, end, (page, behind), 0)
        make_up.formers.append(Former(source, parts))
        make_up.arranged.add(page)


def _halves(line: Line, at: int, name: str) -> tuple[Line, Line]:
    """A line in two at a character: each with its text, its glyphs, and its part of the place on the scan."""
    glyphs = glyphs_of(line)
    before, behind = [g for g in glyphs[:at] if g is not None], [g for g in glyphs[at:] if g is not None]
    share = _cut_at(line, before, behind, at / len(line.text))
    one, two = (None, None) if line.polygon is None else _parted(line.polygon, share, line.direction)
    first = replace(line, polygon=one, text=line.text[:at], glyphs=tuple(before))
    return first, replace(line, id=name, polygon=two, text=line.text[at:], glyphs=tuple(behind))


def _cut_at(line: Line, before: Sequence[Glyph], behind: Sequence[Glyph], default: float) -> float:
    """Where along the line the cut lies, 0 to 1: midway between the glyphs on its sides; else by the characters."""
    box, boxes = line.box, [g.box for g in (*before[-1:], *behind[:1]) if g.box is not None]
    if box is None or len(boxes) <= 1:
        return default
    if line.direction is Direction.VERTICAL_RL:
        share = ((boxes[0].y1 + boxes[1].y0) / 2 - box.y0) / max(1, box.height)
    else:
        share = ((boxes[0].x1 + boxes[1].x0) / 2 - box.x0) / max(1, box.width)
    return share if 0 < share < 1 else default


def _parted(corners: Polygon, share: float, direction: Direction) -> tuple[Polygon, Polygon]:
    """The two parts of a line's four corners, cut across it."""
    a, b, c, d = corners
    if direction is Direction.VERTICAL_RL:
        left, right = _between(a, d, share), _between(b, c, share)
        return (a, b, right, left), (left, right, c, d)
    top, bottom = _between(a, b, share), _between(d, c, share)
    return (a, top, bottom, d), (top, b, c, bottom)


def _between(one: tuple[float, float], other: tuple[float, float], share: float) -> tuple[float, float]:
    return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])


class DivideLine(Wish, frozen=True, forbid_unknown_fields=True, tag="divide"):
    """A line that is two, from the character `offset` of its recognized text on."""

    line: Key
    offset: Offset

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision; both parts have text."""
        source = asked.source(self.line)
        text = source.line.text
        if not text[: self.offset].strip() or not text[self.offset :].strip():
            raise Refused("no_change")
        return [asked.want(Divided(Ground.of(source), self.offset))]


ACTION = ReviewAction(
    name="divide",
    wish=DivideLine,
    body=Divided,
    did=Words("made two lines of one", "断开一行"),
    keys=(DeskKey("divide", "S", Words("make two lines of it, here", "在此字前断成两行"), Subject.MAKE_UP, 21),),
)
