"""Running text for front pages: paragraphs, subheads of many forms, bylines inside columns, drop capitals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from samples.typeset.canvas import CharacterStyle, Colour, FrameRect, Tag
from samples.typeset.faces import Face
from samples.typeset.flow import BodyLook, LineSlot
from samples.typeset.front.house import PLAIN, FrontHouse, PrintGround
from samples.typeset.front.paper import BLACK, PAPER_WHITE, ColouredSheet
from samples.typeset.setting import CharacterSpot, SettingStyle, atoms, justify, single_line, take_line
from samples.typeset.truth import PieceKind

SUBHEADS: Final[dict[str, tuple[int, float, str]]] = {
    "bold": (1, 1.0, "centre"),
    "large": (3, 1.3, "centre"),
    "kai": (1, 1.0, "centre"),
    "light": (2, 1.2, "left"),
    "bar": (2, 1.0, "centre"),
    "dark": (2, 1.0, "centre"),
    "tinted": (2, 1.05, "left"),
    "ruled": (3, 1.1, "indent"),
    "outdented": (2, 1.25, "left"),
    "underlined": (2, 1.05, "left"),
}
"""Each form of a subhead: the least lines of the body that it takes, its size in ems of the body, its alignment."""


@dataclass(frozen=True, slots=True)
class PourItem:
    """A paragraph, a subhead, a byline or a marker on its way into the columns."""

    text: str
    kind: PieceKind = PieceKind.BODY
    run_in: int = 0
    broken: bool = False
    """Whether it goes on from what stands before: no indent."""
    flush: bool = False
    """Whether its last line is spread too: the sentence goes on below."""
    form: str = "bold"
    paragraph: int | None = None
    align: str = "indent"
    face: Face | None = None


@dataclass(frozen=True, slots=True)
class PouredLine:
    """A line in its place, not yet printed."""

    spots: tuple[CharacterSpot, ...]
    u: float
    v: float
    look: CharacterStyle
    kind: PieceKind
    paragraph: int | None
    column: int


@dataclass(frozen=True, slots=True)
class Decoration:
    """A bar, a tint or a rule that goes with a line."""

    rect: FrameRect
    kind: str
    colour: Colour


@dataclass
class SlotStream:
    """Slots being filled from `next` on."""

    room: Sequence[LineSlot]
    body: BodyLook
    house: FrontHouse
    ground: PrintGround = PLAIN
    indent: int = 2
    marks: dict[int, str | None] | None = None
    """How marks are printed, where a page has others than its wording: a table for `str.translate`."""
    next: int = 0
    runs: list[PouredLine] = field(default_factory=list)
    drawn: list[Decoration] = field(default_factory=list)

    def snapshot(self) -> tuple[int, int, int]:
        return self.next, len(self.runs), len(self.drawn)

    def restore(self, shot: tuple[int, int, int]) -> None:
        self.next = shot[0]
        del self.runs[shot[1] :], self.drawn[shot[2] :]

    @property
    def full(self) -> bool:
        return self.next >= len(self.room)

    def put(self, item: PourItem) -> str:
        """Set an item; what found no room comes back (all of it or nothing for what is no paragraph)."""
        if item.kind is PieceKind.BODY:
            return self._paragraph(item)
        return self._subhead(item) if item.kind is PieceKind.SUBHEAD else self._single(item)

    def _look(self, face: Face | None = None) -> CharacterStyle:
        look = CharacterStyle(face or self.body.face, self.body.size, self.body.run_in, white=self.ground.reversed)
        return replace(look, wide_figures=self.body.wide_figures, colour=self.ground.ink)

    def _paragraph(self, item: PourItem) -> str:
        body = self.body
        text = item.text if self.marks is None else item.text.translate(self.marks)
        parts = atoms(text, body.manner, item.run_in)
        at, first = 0, not item.broken
        while at < len(parts):
            if self.full:
                return "".join(a.text for a in parts[at:])
            slot = self.room[self.next]
            indent = self.indent * (1 + body.tracking) if first else 0.0
            measure = (slot.width + body.tracking * body.size) / body.size - indent
            end = take_line(parts, at, measure)
            spots = justify(
                parts[at:end], measure - body.tracking, body.manner, last=end >= len(parts) and not item.flush
            )
            look = self._look(item.face)
            run = PouredLine(spots, slot.u + indent * body.size, slot.v, look, item.kind, item.paragraph, slot.column)
            self.runs.append(run)
            self.next, at, first = self.next + 1, end, False
        return ""

    def _single(self, item: PourItem) -> str:
        """One line on its own: a byline or a marker."""
        if self.full:
            return item.text
        if item.form in ("ruled", "over", "under"):
            return self._between_rules(item)
        slot = self.room[self.next]
        face = item.face or self.body.run_in or self.body.face
        line = single_line(item.text, SettingStyle(face, vertical=self.body.vertical))
        size = min(self.body.size, int(slot.width / max(1.0, line.measure)))
        spare = slot.width - line.measure * size
        shift = {"centre": spare / 2, "right": spare, "left": 0.0, "indent": min(spare, self.indent * size)}[item.align]
        look = replace(self._look(face), size=size)
        self.runs.append(PouredLine(line.spots, slot.u + shift, slot.v, look, item.kind, item.paragraph, slot.column))
        self.next += 1
        return ""

    def _between_rules(self, item: PourItem) -> str:
        """A byline in two lines' room, a rule above it, below it, or both."""
        here = self._same_column(2)
        if len(here) < 2:
            return self._single(replace(item, form="bold"))
        top, foot = here[0].v + 1, here[1].v + self.body.size * 0.7
        low = self.body.size * 0.25 if item.form == "under" else (foot - top - self.body.size) / 2
        self._single(replace(item, form="bold"))
        self.runs[-1] = replace(self.runs[-1], v=here[0].v + low)
        self.next += 1
        for v, wanted in ((top, item.form != "under"), (foot, item.form != "over")):
            if wanted:
                rule = FrameRect(here[0].u, v, here[0].u + here[0].width, v + max(2, self.body.size // 16))
                self.drawn.append(Decoration(rule, "rule", self.ground.ink))
        return ""

    def _subhead(self, item: PourItem) -> str:
        rows, scale, align = SUBHEADS[item.form]
        size = round(self.body.size * scale)
        while not self.full:
            here = self._same_column(8)
            width = min(s.width for s in here)
            texts = _wrapped(item.text, width / size - (1 if align == "indent" else 0))
            pitch = max(size * 1.2, self.body.pitch)
            need = max(rows, -(-int(len(texts) * pitch + 0.35 * size) // self.body.pitch))
            if len(here) > need:
                self._place_subhead(item, texts, (here[:need], size, align))
                self.next += need
                return ""
            if here[-1].column == self.room[-1].column:
                return item.text
            self.next += len(here)
        return item.text

    def _same_column(self, most: int) -> list[LineSlot]:
        """The next slots that stand directly below each other, equally wide."""
        out = [self.room[self.next]]
        for slot in self.room[self.next + 1 : self.next + most]:
            below = abs(slot.v - out[-1].v - self.body.pitch) < 1 and slot.column == out[-1].column
            if not below or abs(slot.width - out[0].width) > 1 or abs(slot.u - out[0].u) > 1:
                break
            out.append(slot)
        return out

    def _place_subhead(self, item: PourItem, texts: list[str], place: tuple[list[LineSlot], int, str]) -> None:
        here, size, align = place
        case, body = self.house.case, self.body
        u0, width = here[0].u, here[0].width
        high = here[-1].v + body.size - here[0].v
        step = max(size * 1.2, body.pitch if len(texts) > 1 else 0)
        top = here[0].v + (high - step * (len(texts) - 1) - size) / 2
        colour = self._ornament(item.form, FrameRect(u0, here[0].v, u0 + width, here[0].v + high), size)
        face = case.kai if item.form == "kai" else case.minor[1] if item.form == "light" else case.bold[0]
        for n, text in enumerate(texts):
            line = single_line(text, SettingStyle(face, vertical=body.vertical))
            spare = max(0.0, width - line.measure * size)
            shift = {"centre": spare / 2, "left": 0.0, "indent": min(spare, 0.0 if n else 2.0 * size)}[align]
            white = colour != BLACK and sum(colour) > 500
            look = CharacterStyle(face, size, white=white, colour=colour)
            run = PouredLine(
                line.spots, u0 + shift, top + n * step, look, PieceKind.SUBHEAD, item.paragraph, here[0].column
            )
            self.runs.append(run)

    def _ornament(self, form: str, r: FrameRect, size: int) -> Colour:
        """The bar or the rules of a subhead; the colour of its type comes back."""
        pad = size * 0.12
        ink = self.ground.ink
        if form in ("bar", "tinted"):
            fill = (120, 120, 135) if self.ground.reversed else (214, 214, 214) if form == "bar" else self.house.pale
            self.drawn.append(Decoration(r.inset(0, pad), "tint", fill))
        elif form == "dark":
            self.drawn.append(Decoration(r.inset(0, pad), "panel", self.house.accent))
            return PAPER_WHITE
        elif form == "ruled":
            for v in (r.v0 + pad, r.v1 - pad):
                self.drawn.append(
                    Decoration(FrameRect(r.u0, v, r.u1, v + max(2, size // 14)), "rule", self.house.accent)
                )
        elif form == "underlined":
            self.drawn.append(Decoration(FrameRect(r.u0, r.v1, r.u1, r.v1 + max(2, size // 16)), "rule", ink))
        return ink

    def print(self, paper: ColouredSheet, part: int) -> None:
        """Print everything that was set."""
        for d in self.drawn:
            if d.kind == "rule":
                paper.stroke(d.rect, "fine", d.colour, part)
            else:
                paper.block(d.rect, d.colour)
                paper.mark(d.kind, d.rect, part)
        for r in self.runs:
            paper.line(r.spots, (r.u, r.v), r.look, Tag(r.kind, part, r.paragraph, r.column))

    def printed(self) -> dict[int, str]:
        """Each paragraph's text as set, by its number."""
        out: dict[int, str] = {}
        for r in self.runs:
            if r.paragraph is not None and r.kind in (PieceKind.BODY, PieceKind.SUBHEAD, PieceKind.LEAD):
                out[r.paragraph] = out.get(r.paragraph, "") + "".join(s.char for s in r.spots)
        return out


def _wrapped(text: str, room: float) -> list[str]:
    """The text in lines of at most `room` ems, parted at a mark or a space where one is near the end."""
    if len(text) <= room or room < 4:
        return [text]
    count = -(-len(text) // max(1, int(room)))
    lines, left = [], text
    for n in range(count, 1, -1):
        want = min(int(room), -(-len(left) // n) + 1)
        cut = next((i for i in range(want, max(2, want - 4), -1) if left[i - 1] in "，、；：？！ "), want)
        while cut < len(left) - 1 and left[cut] in "，、；：？！”」』》）.%" and cut < room:
            cut += 1
        while (
            cut > 2 and left[cut - 1].isascii() and left[cut : cut + 1].isascii() and left[cut - 1 : cut + 1].isalnum()
        ):
            cut -= 1
        lines.append(left[:cut].rstrip())
        left = left[cut:].lstrip()
    return [t for t in (*lines, left) if t]
