"""Where each character of a page's clean text stands on the scan, and the invisible text that says so in a PDF."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from rapidfuzz.distance import Levenshtein

from banmian.archive.content.xml_text import xml_text
from banmian.archive.pdf.font import ASCENT, EM, LONGEST, STEP, Alphabet, FontCell, steps_of
from banmian.archive.pdf.page_size import PageSize
from layout.geometry import Box, Point, Polygon
from layout.page import Direction, Line

_SPACES: Final = re.compile("[\t\n\r]")
_NO_TEXT: Final = re.compile("[\ufeff\ufffe]")
"""Byte order marks: a ToUnicode map may not hold them (ISO 19005-2, 6.2.11.7.2)."""

_ROOM: Final = 0.15
"""Width, in ems, of a character without a place of its own, such as a space, between two glyphs."""

_NARROW: Final = 0.125
"""Minimum width of a character, in ems: a cell without width has no place."""

_SLOPE: Final = 0.5
"""Maximum rise of a line from end to end, in ems, at which it is written level: readers follow level text best."""

_ABOUT: Final = 0.15
"""Maximum relative difference in size between a line of body type and the body type."""

_HEIGHT: Final = 2.0
"""Ems within which PDFium may take two strings to be at one height: half the width of the widest cell."""

_LEAST_CORNERS: Final = 3
"""Number of corners of a polygon that has an extent, at least."""
_CORNERS: Final = 4
"""Number of corners of a line's outline that gives its axes; another polygon is taken for its box."""

_STRINGS: Final = 5
"""Number of strings with which PDFium compares the next one."""
_CELLS: Final = 16
"""Number of codes with which PDFium may compare the next one: it takes half as many."""

_NEAR: Final = 10
"""Maximum distance of a cell from its place, in thousandths of an em."""

Span = tuple[float, float]
"""Beginning and end along a line, in pixels of the scan from the line's beginning."""


@dataclass(frozen=True, slots=True)
class TextFrame:
    """A line's own axes on the scan: where its cells begin, the unit vector along it, and the one across, to its foot.

    Along is where reading goes, so down the page in a vertical line; across is then to the left. `em` is the line's
    height, or its width where it is vertical.
    """

    origin: Point
    along: Point
    across: Point
    em: float
    length: float

    def span(self, box: Box) -> Span:
        """The beginning and the end of the box along the line."""
        x, y = box.centre[0] - self.origin[0], box.centre[1] - self.origin[1]
        at = x * self.along[0] + y * self.along[1]
        half = (box.width if abs(self.along[0]) > abs(self.along[1]) else box.height) / 2
        return at - half, at + half

    def point(self, along: float, across: float) -> Point:
        (x, y), (ax, ay), (bx, by) = self.origin, self.along, self.across
        return x + ax * along + bx * across, y + ay * along + by * across


def printable(text: str) -> str:
    """The text as a text layer can hold it: U+FFFD for control characters and other non-characters, spaces for tabs."""
    return _NO_TEXT.sub("\ufffd", xml_text(_SPACES.sub(" ", text)))


def frame_of(line: Line, body: float = 0.0) -> TextFrame | None:
    """The line's axes; None for a line without a place, or without an extent.

    `body` is the em of the page's body type, 0 where unknown: a line of about that size gets it, about its middle, as
    readers take lines of one size alone for one column.
    """
    if line.polygon is None or len(line.polygon) < _LEAST_CORNERS:
        return None
    corners = line.polygon if len(line.polygon) == _CORNERS else Box.around(line.polygon).corners
    frame = _upright(corners) if line.direction is Direction.VERTICAL_RL else _level(corners)
    return frame if frame is None or abs(frame.em - body) > _ABOUT * body else _sized(frame, body)


def _sized(frame: TextFrame, em: float) -> TextFrame:
    return replace(frame, origin=frame.point(0.0, (frame.em - em) / 2), em=em)


def _level(corners: Polygon) -> TextFrame | None:
    return _frame(corners[0], corners[1], corners[3])


def _upright(corners: Polygon) -> TextFrame | None:
    """A vertical line begins at its top right; from there its foot is to the left."""
    return _frame(corners[1], corners[2], corners[0])


def _frame(origin: Point, end: Point, foot: Point) -> TextFrame | None:
    length, em = math.dist(origin, end), math.dist(origin, foot)
    if length < 1 or em < 1:
        return None
    along = (end[0] - origin[0]) / length, (end[1] - origin[1]) / length
    across = (foot[0] - origin[0]) / em, (foot[1] - origin[1]) / em
    if min(map(abs, along)) * length > _SLOPE * em:
        return TextFrame(origin, along, across, em, length)
    middle = (end[0] + foot[0]) / 2, (end[1] + foot[1]) / 2
    along, across = _squared(along), _squared(across)
    begin = (middle[axis] - along[axis] * length / 2 - across[axis] * em / 2 for axis in (0, 1))
    return TextFrame((next(begin), next(begin)), along, across, em, length)


def _squared(axis: Point) -> Point:
    """The direction of the page's edges that is nearest."""
    x, y = axis
    return (math.copysign(1.0, x), 0.0) if abs(x) > abs(y) else (0.0, math.copysign(1.0, y))


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """The characters of the text, each with the marks that combine with it, and where in the text each begins."""
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or unicodedata.category(text[at]) not in {"Mn", "Me"}:
            yield begin, text[begin:at]
            begin = at


def spans(line: Line, frame: TextFrame, text: str) -> list[Span]:
    """For each character of the clean text from where to where it reaches along the line; they follow one another.

    A character that was recognized stands where its glyph does; one that an edit put in has the place of what it
    replaces, or shares that of the one before it. Each reaches up to the next, so that wide setting is no space.
    """
    known = _known(line, frame, text)
    least = max(_NARROW * frame.em, 1.0)
    starts = _rising(_filled(known, frame), least)
    last = known[-1][1] if known and known[-1] else frame.length
    return [(start, max(end, start + least)) for start, end in zip(starts, [*starts[1:], last], strict=True)]


def _known(line: Line, frame: TextFrame, text: str) -> list[Span | None]:
    """For each character of the clean text the place of the glyph that it is, or that it stands for."""
    recognized, out = _recognized(line, frame), list[Span | None]([None] * len(text))
    for op in Levenshtein.opcodes(line.text, text):
        if op.tag in {"equal", "replace"}:  # one for one
            out[op.dest_start : op.dest_end] = recognized[op.src_start : op.src_end]
    return out


def _recognized(line: Line, frame: TextFrame) -> list[Span | None]:
    """For each recognized character the place of its glyph; a space has none."""
    glyphs = [(char, frame.span(g.box)) for g in line.glyphs if g.box is not None for char in g.char]
    out: list[Span | None] = []
    at = 0
    for char in line.text:
        found = at < len(glyphs) and glyphs[at][0] == char
        out.append(glyphs[at][1] if found else None)
        at += found
    return out


def _filled(known: Sequence[Span | None], frame: TextFrame) -> list[float]:
    """Where each character begins; those without a place of their own divide what lies between their neighbours."""
    starts: list[float] = []
    at = 0
    while at < len(known):
        place = known[at]
        if place is not None:
            starts.append(place[0])
            at += 1
            continue
        run = next((n for n in range(at, len(known)) if known[n] is not None), len(known)) - at
        follower = known[at + run] if at + run < len(known) else None
        right = follower[0] if follower else frame.length
        before = known[at - 1] if at else None
        left = before[1] if before else 0.0
        if before and right - left < run * _ROOM * frame.em:  # no room of their own: the one before shares its place
            left = before[0] + (right - before[0]) / (run + 1)
        starts += [left + (right - left) * n / run for n in range(run)]
        at += run
    return starts


def _rising(starts: Sequence[float], least: float) -> list[float]:
    """The starts, each at least so far behind the one before."""
    out: list[float] = []
    for start in starts:
        out.append(max(start, out[-1] + least) if out else start)
    return out


def text_layer(lines: Iterable[tuple[Line, str]], paper: PageSize, alphabet: Alphabet, body: float = 0.0) -> bytes:
    """The operators that lay the lines, each with its clean text, over the scan, in this order and never painted.

    `body` is the em of the page's body type in pixels, 0 where it is not known.
    """
    layer = _Layer(paper, alphabet, body)
    for line, text in lines:
        layer.add(line, printable(text))
    return "\n".join(["BT 3 Tr", *layer.operators, "ET"]).encode("ascii")


@dataclass
class _Layer:
    """The strings of a page as they come: one a line, or more where it needs more than one font.

    PDFium sorts strings that follow one another at one height from left to right, and leaves out a string or a code
    that stands again in the same place, as where one line was found twice. So a space in a far corner parts the first,
    one at the end tells the second apart, and a code that would stand twice gives way to one for another length.
    """

    paper: PageSize
    alphabet: Alphabet
    body: float
    operators: list[str] = field(default_factory=list)
    _last: tuple[float, float, float] | None = None
    _strings: deque[str] = field(default_factory=lambda: deque(maxlen=_STRINGS))
    _cells: deque[tuple[FontCell, Point]] = field(default_factory=lambda: deque(maxlen=_CELLS))

    def add(self, line: Line, text: str) -> None:
        frame = frame_of(line, self.body)
        if frame is not None and text:
            for font, run in groupby(self._placed(line, frame, text), key=lambda p: p.font):
                self._show(font, list(run), frame, line.direction)

    def _placed(self, line: Line, frame: TextFrame, text: str) -> Iterator[_Place]:
        placed = spans(line, frame, text)
        for begin, piece in pieces(text):
            start, end = placed[begin]
            cell, point = FontCell(piece, line.direction, steps_of((end - start) / frame.em)), frame.point(start, 0)
            if any(cell == c and math.dist(point, p) < _NARROW * frame.em for c, p in self._cells):
                cell = replace(cell, steps=cell.steps % LONGEST + 1)
            self._cells.append((cell, point))
            yield _Place(*self.alphabet.code(cell), start, cell.steps)

    def _show(self, font: str, places: list[_Place], frame: TextFrame, direction: Direction) -> None:
        axes = _axes(direction, frame, places[0].start)
        self._part(axes[2], frame.em * self.paper.down)
        string = _string(places, frame.em, direction)
        space = self.alphabet.code(FontCell(" ", direction, 1))
        ending = f"<{space[1]:04x}>" if string in self._strings and space[0] == font else ""
        self._strings.append(string)
        self.operators.append(f"{font} 1 Tf {self.paper.matrix(*axes)} Tm [{string}{ending}] TJ")

    def _part(self, origin: Point, em: float) -> None:
        """Parts a string that begins there from the last one, where it stands at its height and to its left."""
        last, (x, y) = self._last, self.paper.shown(origin)
        self._last = x, y, em
        if last is not None and x < last[0] and abs(y - last[1]) < _HEIGHT * max(em, last[2]):
            font, code = self.alphabet.code(FontCell(" ", Direction.HORIZONTAL, 1))
            corner = self.paper.far_corner(origin, inset=2.0 + 3.0 * (len(self.operators) % (_STRINGS + 1)))
            self.operators.append(f"{font} 1 Tf 1 0 0 1 {corner[0]:.2f} {corner[1]:.2f} Tm <{code:04x}> Tj")


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell in a line: its font and code, where it begins in pixels along the line, and its length in steps."""

    font: str
    code: int
    start: float
    steps: int


def _axes(direction: Direction, frame: TextFrame, start: float) -> tuple[Point, Point, Point]:
    """What carries the em square on the line: its foot, its side, and the origin of the first cell.

    A level cell begins on the baseline, an upright one at the middle of its upper edge.
    """
    along, across = (_times(axis, frame.em) for axis in (frame.along, frame.across))
    if direction is Direction.VERTICAL_RL:
        return _times(across, -1), _times(along, -1), frame.point(start, frame.em / 2)
    return along, _times(across, -1), frame.point(start, frame.em * ASCENT / EM)


def _string(places: Sequence[_Place], em: float, direction: Direction) -> str:
    """The codes, and between them, in thousandths of an em, how far a cell begins off the end of the one before."""
    sign = 1 if direction is Direction.VERTICAL_RL else -1
    out, at = ["<"], places[0].start
    for place in places:
        off = round((place.start - at) * EM / em)
        if abs(off) > _NEAR:
            out.append(f">{sign * off}<")
            at += off * em / EM
        out.append(f"{place.code:04x}")
        at += place.steps * STEP * em / EM
    return "".join([*out, ">"])


def _times(vector: Point, length: float) -> Point:
    return vector[0] * length, vector[1] * length
