"""Body text poured into columns, line by line, around what stands in its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from samples.typeset.canvas import CharacterStyle, FrameRect, InkCanvas, Tag
from samples.typeset.faces import Face
from samples.typeset.setting import CharacterSpot, SettingStyle, atoms, justify, single_line, take_line
from samples.typeset.story import Para
from samples.typeset.truth import PieceKind

NARROWEST = 5
"""Squares; beside a picture no line is set that has fewer."""


@dataclass(frozen=True, slots=True)
class SubheadLook:
    """How a 插题 stands: over `rows` lines of the body, `size` ems of the body high."""

    face: Face
    rows: int = 2
    size: float = 1.0
    centred: bool = True


@dataclass(frozen=True, slots=True)
class BodyLook:
    """How a body is set."""

    face: Face
    size: int
    pitch: int
    """Distance from line to line, in pixels."""
    subhead: SubheadLook
    run_in: Face | None = None
    wide_figures: bool = False
    cut_words: bool = False
    tracking: float = 0.0
    indent: int = 2
    white: bool = False
    vertical: bool = False
    ragged: bool = False
    """Lines keep to the grid; they are not spread to the edge."""

    @property
    def manner(self) -> SettingStyle:
        return SettingStyle(self.face, self.wide_figures, self.cut_words, self.tracking, self.vertical)

    @property
    def square(self) -> float:
        """The pitch of the squares along the line, in pixels."""
        return self.size * (1 + self.tracking)

    def look(self) -> CharacterStyle:
        return CharacterStyle(self.face, self.size, self.run_in, white=self.white, wide_figures=self.wide_figures)


class Obstacle(Protocol):
    """Something that lines flow round."""

    def span(self, v0: float, v1: float) -> tuple[float, float] | None:
        """What it covers along the line between v0 and v1, or None where it covers nothing."""
        ...


@dataclass(frozen=True, slots=True)
class FlowBlock:
    """A rectangle with white around it."""

    rect: FrameRect
    du: float = 0.0
    dv: float = 0.0

    def span(self, v0: float, v1: float) -> tuple[float, float] | None:
        r = self.rect.inset(-self.du, -self.dv)
        return (r.u0, r.u1) if v0 < r.v1 and r.v0 < v1 else None


@dataclass(frozen=True, slots=True)
class Oval:
    """An ellipse with white around it: a cut-out picture."""

    rect: FrameRect
    margin: float = 0.0

    def span(self, v0: float, v1: float) -> tuple[float, float] | None:
        r = self.rect.inset(-self.margin)
        middle, half = (r.v0 + r.v1) / 2, r.height / 2
        nearest = min(max(middle, v0), v1)
        inside = 1 - ((nearest - middle) / half) ** 2
        if inside <= 0:
            return None
        reach = r.width / 2 * inside**0.5
        centre = (r.u0 + r.u1) / 2
        return centre - reach, centre + reach


@dataclass(frozen=True, slots=True)
class LineSlot:
    """Room for one line: its corner (u, v), its width in pixels, its column."""

    u: float
    v: float
    width: float
    column: int


@dataclass(frozen=True, slots=True)
class SlottedLine:
    """A line in its slot, not yet printed."""

    spots: tuple[CharacterSpot, ...]
    u: float
    v: float
    look: CharacterStyle
    kind: PieceKind
    paragraph: int
    column: int


@dataclass(frozen=True)
class Poured:
    """What came of pouring: the lines, the slots used, and the paragraphs that found no room."""

    lines: tuple[SlottedLine, ...]
    used: int
    rest: tuple[Para, ...]


def slots(columns: Sequence[FrameRect], body: BodyLook, obstacles: Sequence[Obstacle]) -> list[LineSlot]:
    """The room that the columns have, in reading order."""
    return [slot for n, column in enumerate(columns) for slot in _column_slots(n, column, body, obstacles)]


def _column_slots(n: int, column: FrameRect, body: BodyLook, obstacles: Sequence[Obstacle]) -> Iterator[LineSlot]:
    v = column.v0
    while v + body.size <= column.v1 + 1:
        for u0, u1 in _free(column, v, v + body.size, obstacles):
            squares = int((u1 - u0) / body.square + 0.02)
            if squares >= NARROWEST:
                on_grid = column.u0 + -(-(u0 - column.u0 - 0.5) // body.square) * body.square
                fits = on_grid + squares * body.square <= u1 + 0.5
                full = u1 - u0 >= column.width - 0.5
                yield LineSlot(u0 if full or not fits else on_grid, v, u1 - u0 if full else squares * body.square, n)
        v += body.pitch


def _free(column: FrameRect, v0: float, v1: float, obstacles: Sequence[Obstacle]) -> list[tuple[float, float]]:
    """The widest stretch of a column that nothing covers, as a list of one or none."""
    free = [(column.u0, column.u1)]
    for obstacle in obstacles:
        span = obstacle.span(v0, v1)
        if span is not None:
            free = [piece for whole in free for piece in _cut(whole, span)]
    return [max(free, key=lambda f: f[1] - f[0])] if free else []


def _cut(whole: tuple[float, float], span: tuple[float, float]) -> list[tuple[float, float]]:
    left, right = (whole[0], min(whole[1], span[0])), (max(whole[0], span[1]), whole[1])
    return [p for p in (left, right) if p[1] - p[0] > 1]


@dataclass
class _Pour:
    room: Sequence[LineSlot]
    body: BodyLook
    next: int = 0

    def paragraph(self, para: Para) -> tuple[list[SlottedLine], Para | None]:
        """The paragraph's lines, and what of it found no room."""
        body = self.body
        parts = atoms(para.text, body.manner, para.run_in)
        lines: list[SlottedLine] = []
        at, first = 0, not para.broken
        while at < len(parts):
            if self.next >= len(self.room):
                rest = "".join(a.text for a in parts[at:])
                return lines, replace(para, text=rest, run_in=0, broken=at > 0 or para.broken)
            slot = self.room[self.next]
            indent = body.indent * (1 + body.tracking) if first else 0.0
            measure = (slot.width + body.tracking * body.size) / body.size - indent
            end = take_line(parts, at, measure)
            last = end >= len(parts) or body.ragged
            spots = justify(parts[at:end], measure - body.tracking, body.manner, last=last)
            u = slot.u + indent * body.size
            lines.append(SlottedLine(spots, u, slot.v, body.look(), PieceKind.BODY, para.source, slot.column))
            self.next, at, first = self.next + 1, end, False
        return lines, None

    def subhead(self, para: Para) -> tuple[list[SlottedLine], Para | None]:
        rows = self.body.subhead.rows
        texts = self._subhead_lines(para.text)
        need = max(rows, len(texts))
        while self.next < len(self.room):
            here = self.room[self.next : self.next + need + 1]
            if len(here) == need + 1 and here[0].column == here[-1].column:
                break
            if not any(s.column != self.room[self.next].column for s in self.room[self.next :]):
                return [], para
            self.next += 1
        here = self.room[self.next : self.next + need]
        if len(here) < need:
            return [], para
        self.next += need
        return self._subhead_placed(para, texts, here), None

    def _subhead_lines(self, text: str) -> list[str]:
        sub = self.body.subhead
        room = min((s.width for s in self.room[self.next : self.next + 3]), default=0.0)
        if len(text) * sub.size * self.body.size <= room:
            return [text]
        half = text.find(" ") if " " in text else len(text) // 2
        return [text[:half], text[half:].lstrip()]

    def _subhead_placed(self, para: Para, texts: list[str], here: Sequence[LineSlot]) -> list[SlottedLine]:
        body, sub = self.body, self.body.subhead
        size = round(body.size * sub.size)
        width = min(s.width for s in here)
        u0 = max(s.u for s in here)
        high = here[-1].v + body.size - here[0].v
        step = size * 1.15
        top = here[0].v + (high - step * (len(texts) - 1) - size) / 2
        out = []
        for n, text in enumerate(texts):
            line = single_line(text, SettingStyle(sub.face, body.wide_figures, vertical=body.vertical))
            u = u0 + max(0.0, (width - line.measure * size) / 2) if sub.centred else u0
            look = CharacterStyle(sub.face, size, white=body.white, wide_figures=body.wide_figures)
            out.append(SlottedLine(line.spots, u, top + n * step, look, PieceKind.SUBHEAD, para.source, here[0].column))
        return out


def pour(paras: Sequence[Para], room: Sequence[LineSlot], body: BodyLook, start: int = 0) -> Poured:
    """The paragraphs set into `room` from slot `start` on; what is too much comes back as `rest`."""
    state = _Pour(room, body, start)
    lines: list[SlottedLine] = []
    for n, para in enumerate(paras):
        more, rest = state.subhead(para) if para.subhead else state.paragraph(para)
        lines += more
        if rest is not None:
            return Poured(tuple(lines), state.next, (rest, *paras[n + 1 :]))
    return Poured(tuple(lines), state.next, ())


def print_lines(canvas: InkCanvas, lines: Sequence[SlottedLine], part: int) -> None:
    """Print what was placed."""
    for line in lines:
        tag = Tag(line.kind, part, line.paragraph, line.column)
        canvas.line(line.spots, (line.u, line.v), line.look, tag)
