"""Articles in registers: each begins where the one before it ends, its headline over one to three registers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from samples.typeset.canvas import CharacterStyle, FrameRect, Tag
from samples.typeset.faces import QUOTES_DOWN
from samples.typeset.flow import BodyLook, FlowBlock, LineSlot, Obstacle, slots
from samples.typeset.front.fit import FittedText, Text, fill
from samples.typeset.front.frames import frame
from samples.typeset.front.house import IssueDesk
from samples.typeset.front.paper import BLACK, ColouredSheet
from samples.typeset.front.pour import SlotStream
from samples.typeset.register.lines import down, fit, level_centred
from samples.typeset.register.words import MARKS
from samples.typeset.truth import PieceKind, TruthPart

LENGTHS: Final = (50, 80, 110, 150, 210, 300, 420)
"""Characters of an article; the first of a zone is twice as long."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The lines of a headline group from right to left: text, kind, size; and what stands beside."""

    rows: tuple[tuple[str, PieceKind, int], ...]
    across: float
    """Pixels that the group takes from right to left."""
    boxed: bool = False


@dataclass
class Zone:
    """A zone of registers being filled from right to left and from top to bottom."""

    paper: ColouredSheet
    desk: IssueDesk
    rect: FrameRect
    body: BodyLook
    registers: tuple[FrameRect, ...]
    marks: str
    page: int
    obstacles: list[Obstacle] = field(default_factory=list)
    done: int = 0
    """Slots already used, counted among those that the obstacles leave."""

    def room(self) -> list[LineSlot]:
        return slots(self.registers, self.body, self.obstacles)

    def block(self, r: FrameRect) -> None:
        self.obstacles.append(FlowBlock(r, 0.0, 0.0))


def make_zone(paper: ColouredSheet, desk: IssueDesk, rect: FrameRect, page: tuple[int, str]) -> Zone:
    """A zone divided into registers of whole squares, fine rules between them."""
    body = replace(desk.house.body_look(), vertical=True, tracking=0.0, wide_figures=False)
    gap = body.size * desk.rng.choice((0.7, 1.0, 1.4))
    squares = desk.rng.choice((9, 10, 11, 12, 13, 14, 16))
    count = max(1, int((rect.width + gap) / (squares * body.size + gap)))
    high = (rect.width - (count - 1) * gap) / count
    registers = tuple(
        FrameRect(rect.u0 + n * (high + gap), rect.v0, rect.u0 + n * (high + gap) + high, rect.v1) for n in range(count)
    )
    registers = tuple(replace(r, u1=r.u0 + int(r.width / body.size) * body.size + 1) for r in registers)
    return Zone(paper, desk, rect, body, registers, page[1], page[0])


def fill_zone(zone: Zone) -> None:
    """Articles one after another until the zone is full."""
    first = True
    while True:
        room = zone.room()
        left = len(room) - zone.done
        if left < 6:
            break
        if not _one(zone, room, large=first):
            break
        first = False
    _register_rules(zone)


def _one(zone: Zone, room: list[LineSlot], *, large: bool) -> bool:
    """The next article; False where no more finds room."""
    desk, at = zone.desk, room[zone.done]
    left = len(room) - zone.done
    characters = desk.rng.choice(LENGTHS) * (2.0 if large else 1.0)
    wanted = min(left, max(4, round(characters * zone.body.size / zone.registers[0].width)))
    if left - wanted < 8:
        wanted = left
    spans = _spans(zone, at, large=large)
    part = desk.id()
    head = _compose(zone, spans, wanted)
    place = _place_head(zone, at, (head, spans))
    if place is None:
        zone.done += 1
        return len(room) - zone.done > 6
    zone.block(place)
    fresh = zone.room()
    start = _first_after(fresh, at)
    zone.done = start
    chosen = fresh[start : start + max(4, wanted)]
    if len(chosen) < 2:
        return False
    _print_head(zone, place, head, part)
    filled, used = _text(zone, chosen, part, head)
    zone.done = start + used
    _close(zone, fresh, head)
    zone.paper.parts.append(_part(zone, (part, head), filled, (place,)))
    return True


def _spans(zone: Zone, at: LineSlot, *, large: bool) -> int:
    """How many registers the next headline stands over."""
    below = len(zone.registers) - at.column
    if below < 2 or at.width < zone.registers[0].width * 0.9:
        return 1
    weights = (2, 5, 2) if large else (10, 3, 0.6)
    return min(below, zone.desk.rng.choices((1, 2, 3), weights)[0])


def _compose(zone: Zone, spans: int, wanted: int) -> Headline:
    """A title with decks and a kicker as long as the registers' height asks for."""
    desk, size = zone.desk, zone.body.size
    high = zone.registers[spans - 1].u1 - zone.registers[0].u0
    scale = {1: desk.rng.uniform(1.3, 2.0), 2: desk.rng.uniform(2.0, 3.0), 3: desk.rng.uniform(2.6, 3.8)}[spans]
    big = round(size * scale)
    title = desk.writer.fitted_title(max(2, int(high / big * 0.45)), max(4, int(high / big * 0.95)))
    rows: list[tuple[str, PieceKind, int]] = []
    small = max(size, round(big * desk.rng.uniform(0.5, 0.65)))
    if spans > 1 and desk.chance(0.6):
        text = desk.writer.said("kickers")
        rows.append((text, PieceKind.KICKER, fit(text, small, high * 0.9)))
    rows.append((title, PieceKind.TITLE, fit(title, big, high * 0.98)))
    for _ in range(desk.rng.randint(1, 2) if spans > 1 else desk.rng.choice((0, 0, 1)) * (wanted > 10)):
        text = desk.writer.said("decks")
        rows.append((text, PieceKind.SUBTITLE, fit(text, small, high * 0.9)))
    across = sum(row[2] * 1.25 for row in rows) + size * 0.5
    boxed = spans == 1 and desk.chance(0.18)
    return Headline(tuple((t.translate(QUOTES_DOWN), k, s) for t, k, s in rows), across, boxed)


def _place_head(zone: Zone, at: LineSlot, what: tuple[Headline, int]) -> FrameRect | None:
    """Where the headline comes to stand, beginning at a slot; None where it does not fit there."""
    head, spans = what
    pitch = zone.body.pitch
    foot = zone.registers[at.column + spans - 1].u1
    if head.boxed:
        title = head.rows[0][0] if len(head.rows) == 1 else max(head.rows, key=lambda r: r[2])[0]
        wide = -(-int((len(title) + 1.2) * zone.body.size * 1.4) // pitch) * pitch
        r = FrameRect(at.u, at.v - 2, at.u + max(3.2 * zone.body.size, at.width * 0.36), at.v + wide - pitch * 0.3)
    else:
        lines = -(-int(head.across) // pitch)
        r = FrameRect(at.u, at.v - 2, foot, at.v + lines * pitch - (pitch - zone.body.size) * 0.5 - 2)
    fits = r.v1 <= zone.rect.v1 + 2
    clear = not any(o.span(r.v0, r.v1) and _overlaps(o, r) for o in zone.obstacles)
    return r if fits and clear else None


def _overlaps(obstacle: Obstacle, r: FrameRect) -> bool:
    span = obstacle.span(r.v0, r.v1)
    return span is not None and span[0] < r.u1 and r.u0 < span[1]


def _first_after(room: list[LineSlot], at: LineSlot) -> int:
    """The index of the first slot at or after a place in reading order."""
    for n, s in enumerate(room):
        if (s.column, s.v) >= (at.column, at.v - 1):
            return n
    return len(room)


def _print_head(zone: Zone, r: FrameRect, head: Headline, part: int) -> None:
    paper, desk, size = zone.paper, zone.desk, zone.body.size
    face = (desk.face() if desk.chance(0.4) else desk.rng.choice(desk.house.case.bold)).cut(1.0)
    minor = desk.rng.choice(desk.house.case.bold)
    if head.boxed:
        box = r.inset(2, size * 0.2)
        frame(paper, box, desk.rng.choice(("fine", "wavy", "double", "rounded")), (BLACK, part))
        title = max(head.rows, key=lambda row: row[2])
        look = CharacterStyle(face, fit(title[0], size * 1.4, box.height - size))
        level_centred(paper, title[0], box, look, Tag(PieceKind.TITLE, part))
        return
    v = r.v0 + size * 0.25
    step = r.width * desk.rng.choice((0.0, 0.04, 0.08))
    for n, (text, kind, one) in enumerate(head.rows):
        spare = max(0.0, r.width - len(text) * one)
        spread = min(0.35, spare / max(1, len(text) - 1) / one) if kind is PieceKind.TITLE and len(text) < 6 else 0.0
        long = len(text) * one + (len(text) - 1) * spread * one
        u = r.u0 + min(max(0.0, r.width - long), (r.width - long) / 2 if kind is PieceKind.TITLE else step * n)
        look = CharacterStyle(face if kind is PieceKind.TITLE else minor, one, spread=1.0 + spread)
        down(paper, text, (u, v), look, Tag(kind, part))
        v += one * 1.25


def _text(zone: Zone, room: list[LineSlot], part: int, head: Headline) -> tuple[FittedText, int]:
    """The article's text; the slots used."""
    desk = zone.desk
    stream = SlotStream(room, zone.body, desk.house, indent=desk.rng.choice((1, 1, 2)), marks=MARKS[zone.marks])
    byline = desk.writer.byline_pair()[1] if desk.chance(0.12) and len(room) > 12 else ""
    sign = desk.rng.choice(("▲", "△", "○", "")) if len(head.rows) == 1 else ""
    form = desk.rng.choice(("bold", "large", "kai"))
    text = Text(form, "end" if byline else "none", byline, subheads=0.3 if len(room) > 24 else 0.0, sign=sign)
    filled = fill(stream, desk, text)
    stream.print(zone.paper, part)
    return filled, stream.next


def _close(zone: Zone, room: list[LineSlot], head: Headline) -> None:
    """White or a rule before the next article."""
    if zone.done >= len(room) or zone.done == 0:
        return
    slot = room[zone.done]
    before = room[zone.done - 1]
    if slot.column != before.column or not zone.desk.chance(0.55):
        return
    middle = slot.v + zone.body.size * 0.4
    register = zone.registers[slot.column]
    style = zone.desk.rng.choice(("fine", "fine", "wave", "dotted", "medium"))
    if slot.width > register.width * 0.95:
        zone.paper.stroke(FrameRect(register.u0, middle, register.u1, middle + (9 if style == "wave" else 3)), style)
        zone.done += 1


def _register_rules(zone: Zone) -> None:
    """Fine rules between registers, where no headline or picture crosses."""
    if not zone.desk.chance(0.6):
        return
    pitch = zone.body.pitch
    style = zone.desk.rng.choice(("fine", "fine", "wave"))
    for upper, lower in zip(zone.registers, zone.registers[1:], strict=False):
        u = (upper.u1 + lower.u0) / 2
        v, start = zone.rect.v0, None
        while v < zone.rect.v1:
            crossed = any((s := o.span(v, v + pitch)) and s[0] < u < s[1] for o in zone.obstacles)
            if not crossed and start is None:
                start = v
            if start is not None and (crossed or v + pitch >= zone.rect.v1):
                thick = 7 if style == "wave" else 2
                zone.paper.stroke(FrameRect(u - thick / 2, start, u + thick / 2, min(v, zone.rect.v1)), style)
                start = None
            v += pitch


def _part(zone: Zone, what: tuple[int, Headline], filled: FittedText, rects: tuple[FrameRect, ...]) -> TruthPart:
    number, head = what
    lines = [n for n in zone.paper.lines if n.part == number]

    def said(kind: PieceKind) -> str | None:
        return " ".join(n.text for n in lines if n.kind is kind) or None

    boxes = {n.column: n for n in lines if n.column is not None}
    texts = {n: filled.subheads.get(n, t) for n, t in filled.paragraphs.items()}
    quads = (*(zone.paper.quad(r) for r in rects), *(n.quad for n in boxes.values()))
    return TruthPart(
        number, zone.page, "article",
        said(PieceKind.KICKER), said(PieceKind.TITLE), said(PieceKind.SUBTITLE), said(PieceKind.BYLINE),
        subheads=tuple(filled.subheads.values()), paragraphs=tuple(texts.values()), quads=quads,
        vertical_title=not head.boxed, interrupting=(),
    )  # fmt: skip
