"""Articles being set into the room of registers: headlines, text around them, subheads, level heads, briefs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from cleanup.articles.placed import Rect
from samples.registers.sheet import RegisterSheet, RegisterSlot, What, slots
from samples.typeset.register.words import MARKS, OldWriter

LENGTHS: Final = (40, 50, 60, 80, 100, 130, 160, 220, 300, 420)
"""Characters of an article."""
ENDS: Final = ("云", "云云", "矣", "也", "完", "")
SIGNS: Final = "○△▲◎●"
"""What paragraphs and the headlines of small articles begin with. Triangles are among them, though on real pages they
may begin subheads too: no drawn subhead has a sign."""


@dataclass
class Hand:
    """How one page is set, and the chance that draws it."""

    rng: Random
    writer: OldWriter
    pitch: float
    indent: int
    marks: str
    datelined: float
    """Chance of an article whose paragraphs begin with the name of a wire in brackets."""
    subhead: str
    """The form of its subheads: `run in`, `line` or `hung`."""
    subheads: float
    signs: float
    """Chance of an article whose paragraphs begin with an ornament."""
    heads: str
    """The form of its headlines: `decked` where lines of several sizes stand together; `plain`, one line of a size that
    is the page's; `signed`, a line little larger than the text that begins with an ornament."""
    head_size: float
    """Ems of a plain headline."""

    def chance(self, share: float) -> bool:
        return self.rng.random() < share


def hand(seed: int) -> Hand:
    """A page's manner, drawn by chance."""
    rng = Random(f"register page {seed}")
    heads = Random(f"headlines of register page {seed}")
    return Hand(
        rng,
        OldWriter(f"registers {seed}"),
        pitch=rng.uniform(1.12, 1.65),
        indent=rng.choice((1, 1, 1, 2)),
        marks=rng.choice(("commas", "commas", "commas", "stops", "none", "modern")),
        datelined=rng.choice((0.1, 0.5, 0.9)),
        subhead=rng.choice(("run in", "run in", "line", "hung")),
        subheads=rng.choice((0.08, 0.2, 0.4)),
        signs=rng.choice((0.05, 0.2)),
        heads=heads.choice(("decked", "decked", "decked", "plain", "signed")),
        head_size=heads.uniform(1.5, 2.3),
    )


@dataclass
class Flow:
    """Slots of one article or several being filled, in the order of reading."""

    sheet: RegisterSheet
    hand: Hand
    room: list[RegisterSlot]
    next: int = 0
    region: int = 0
    last: RegisterSlot | None = None
    wide: list[Rect] = field(default_factory=list)

    @property
    def left(self) -> int:
        return len(self.room) - self.next

    @property
    def at(self) -> RegisterSlot:
        return self.room[self.next]

    def paragraph(self, text: str, part: int, *, indent: int) -> str:
        """Sets a paragraph; what found no room comes back."""
        first = True
        while text and self.left:
            slot = self.room[self.next]
            shift = indent if first else 0
            count = max(1, int(slot.u1 - slot.u0 + 0.2) - shift)
            if self.last is None or slot.register != self.last.register or slot.v - self.last.v > 3 * self.hand.pitch:
                self.region = self.sheet.region()
            self.sheet.down(text[:count], (slot.u0 + shift, slot.v), 1.0, (What.TEXT, part), self.region)
            text, first, self.last = text[count:], False, slot
            self.next += 1
        return text

    def beside(self, count: int) -> bool:
        """Whether the next slots stand beside each other in one register, equally long."""
        some = self.room[self.next : self.next + count]
        return len(some) == count and all(
            s.register == some[0].register
            and abs(s.u0 - some[0].u0) < 0.1
            and abs(s.u1 - some[0].u1) < 0.1
            and abs(s.v - some[0].v - n * self.hand.pitch) < 0.1
            for n, s in enumerate(some)
        )


def body_of(hand: Hand, length: int) -> list[str]:
    """The paragraphs of an article of some length."""
    datelined, signed = hand.chance(hand.datelined), hand.chance(hand.signs)
    sign = hand.rng.choice(SIGNS)
    out: list[str] = []
    while sum(map(len, out)) < length:
        text = hand.writer.paragraph_of(opening=datelined and (not out or hand.chance(0.8))).text.replace("｜", "")
        table = MARKS[hand.marks]
        text = text.translate(table) if table is not None else text
        if signed and (not out or hand.chance(0.7)):
            text = sign + text
        out.append(text[: max(12, round(length * hand.rng.uniform(0.8, 1.2)) - sum(map(len, out)))])
        if hand.chance(0.35):
            break
    ending = hand.rng.choice(ENDS) if hand.chance(0.8) else ""
    out[-1] = out[-1].rstrip("、。，") + ending + (hand.rng.choice("、。") if hand.marks != "none" else "")
    return out


def pour(flow: Flow, part: int, paragraphs: Sequence[str], *, broken: bool = False) -> list[str]:
    """Sets an article's paragraphs with subheads between; what found no room comes back."""
    hand = flow.hand
    indent = hand.indent if hand.chance(0.93) else 0
    parts = list(_interrupted(hand, paragraphs))
    for n, (text, inside) in enumerate(parts):
        subhead = n > 0 and (inside or (not text.startswith(tuple(SIGNS)) and hand.chance(hand.subheads)))
        begins, run_in = 0 if (broken and n == 0) or (inside and hand.chance(0.5)) else indent, ""
        if subhead and hand.subhead == "run in" and hand.chance(0.5):
            begins, run_in = 0, hand.writer.said("subheads")[:4]
        elif subhead and flow.left > 4:
            _subhead(flow, part)
        rest = flow.paragraph(run_in + text, part, indent=begins)
        if rest:
            return [rest, *(t for t, _ in parts[n + 1 :])]
    return []


def _interrupted(hand: Hand, paragraphs: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The paragraphs; a long one may come in two, the second part with True, for a subhead inside a sentence."""
    for text in paragraphs:
        if len(text) > 60 and hand.chance(hand.subheads):
            at = hand.rng.randint(20, len(text) - 20)
            yield text[:at], False
            yield text[at:], True
        else:
            yield text, False


def _subhead(flow: Flow, part: int) -> None:
    hand, sheet = flow.hand, flow.sheet
    text = hand.writer.said("subheads").replace(" ", "")[:8]
    size = hand.rng.uniform(1.1, 1.35)
    at = flow.at
    high = at.u1 - at.u0
    tag = (What.SUBHEAD, part)
    if hand.subhead == "run in" and flow.beside(2) and high > 7:
        text = (text * 2)[: hand.rng.choice((2, 4, 4, 4, 6))]
        rows = [text[: (len(text) + 1) // 2], text[(len(text) + 1) // 2 :]]
        region = sheet.region()
        for k, row in enumerate(r for r in rows if r):
            sheet.down(row, (at.u0 + 0.4, at.v + k * hand.pitch - (size - 1) / 2), size, tag, region)
            slot = flow.room[flow.next + k]
            flow.room[flow.next + k] = slot._replace(u0=slot.u0 + 0.4 + size * len(row) + hand.rng.choice((0.2, 1.0)))
        flow.last = None
    elif hand.subhead == "hung" and flow.beside(4) and high > 9:
        size = hand.rng.uniform(1.4, 2.3)
        text = text[: int((high - 4.2) / size)]
        take = 2 if size < 1.9 else 3
        sheet.down(text, (at.u0 + 0.2, at.v + (take * hand.pitch - size) / 2 - 0.1), size, tag, sheet.region())
        for k in range(take):
            slot = flow.room[flow.next + k]
            flow.room[flow.next + k] = slot._replace(u0=slot.u0 + size * len(text) + 0.6)
        flow.last = None
    else:
        take = 2 if flow.beside(3) and hand.chance(0.6) else 1
        size = min(size if take == 1 else hand.rng.uniform(1.2, 1.8), (high - 0.5) / len(text))
        shift = (high - size * len(text)) / 2 if hand.chance(0.6) else hand.rng.uniform(0.3, 2.0)
        v = at.v + (take * hand.pitch - size) / 2 - (0.1 if take == 1 else 0.2)
        sheet.down(text, (at.u0 + min(shift, high - size * len(text)), v), size, tag, sheet.region())
        flow.next += take
        flow.last = None


def titles(hand: Hand, high: float, scale: float) -> list[tuple[str, float]]:
    """The lines of a headline that is `high` ems, with their sizes, from right to left."""
    if hand.heads == "signed":
        return [(hand.rng.choice(SIGNS) + _title(hand, high / 1.3 - 1), hand.rng.uniform(1.15, 1.5))]
    if hand.heads == "plain":
        return [(_title(hand, high / hand.head_size), hand.head_size)]
    rows: list[tuple[str, float]] = []
    most = max(2, int(high * 0.95 / scale))
    title = hand.writer.fitted_title(max(2, most // 2), max(3, most)).replace(" ", "")[: max(2, most)]
    small = max(1.1, scale * hand.rng.uniform(0.5, 0.75))
    if scale > 1.6 and hand.chance(0.5):
        rows.append((hand.writer.said("kickers")[: int(high / small)], small))
    rows.append((title, scale))
    for _ in range(hand.rng.choice((0, 1, 1, 2, 3)) if scale > 1.7 else hand.rng.choice((0, 0, 1, 1))):
        rows.append((hand.writer.said("decks")[: max(2, int(high / small))], small))
    return rows


def _title(hand: Hand, most: float) -> str:
    """A title of a few characters, at most `most`."""
    longest = min(9, max(2, int(most)))
    return hand.writer.fitted_title(min(3, longest), longest).replace(" ", "")[:longest]


def sign(flow: Flow, part: int) -> None:
    """A pen name at the foot of the next column, as small articles with plain headlines end."""
    if flow.hand.heads != "plain" or not flow.left or not flow.hand.chance(0.5):
        return
    slot, name = flow.at, flow.hand.writer.byline_pair()[1].replace(" ", "")[: flow.hand.rng.choice((2, 2, 3))]
    if slot.u1 - slot.u0 > 2 * len(name):
        u = slot.u1 - len(name) - flow.hand.rng.uniform(0.0, 1.0)
        flow.sheet.down(name, (u, slot.v), 1.0, (What.BYLINE, part), flow.sheet.region())
        flow.next += 1


def print_head(sheet: RegisterSheet, hand: Hand, r: Rect, part: int) -> float:
    """Prints a headline from a rectangle's first edge on; the edge behind it comes back. Its text may be shorter."""
    high = r.width
    scale = hand.rng.uniform(1.4, 2.6) if high < 16 else hand.rng.uniform(1.7, 3.8)
    v, region = r.y0 + hand.rng.uniform(0.2, 0.8), sheet.region()
    step = hand.rng.choice((0.0, 0.0, 0.05, 0.1)) * high
    for n, (text, most) in enumerate(titles(hand, high, scale)):
        if v + most > r.y1:
            break
        size = min(most, high * 0.98 / max(1, len(text)))
        spare = high - size * len(text)
        u = r.x0 + min(spare, spare / 2 if size > 1.5 and hand.chance(0.5) else step * n + hand.rng.uniform(0, 0.5))
        sheet.down(text, (min(u, r.x1 - size * len(text)), v), size, (What.HEAD, part), region)
        v += size * hand.rng.uniform(1.15, 1.35)
    return v + hand.rng.uniform(0.1, 0.9)


def level_head(sheet: RegisterSheet, hand: Hand, at: tuple[float, float], part: int) -> Rect:
    """A headline of level lines at (u, v), often in a frame or between rules; the room that it takes."""
    size = hand.rng.uniform(1.2, 1.9)
    rows = [hand.writer.fitted_title(3, 6).replace(" ", "")[:7]]
    if hand.chance(0.5):
        rows.append(hand.writer.said("decks")[:7])
    wide = max(len(t) * (size if n == 0 else 1.0) for n, t in enumerate(rows)) + 0.8
    lines = max(3, round(wide / hand.pitch + 0.49))
    wide = lines * hand.pitch
    u, region = at[0] + 0.3, sheet.region()
    for n, text in enumerate(rows):
        one = size if n == 0 else min(1.1, wide / len(text))
        sheet.level(text, (u, at[1] + (wide - one * len(text)) / 2), one, (What.HEAD, part), region)
        u += one * 1.25
    r = Rect(at[0], at[1], u + 0.3, at[1] + wide - 0.15)
    if hand.chance(0.4):
        sheet.frames.append(Rect(r.x0 - 0.1, r.y0 - 0.1, r.x1 - 0.3, r.y1 + 0.1))
    elif hand.chance(0.4):
        sheet.rules.append(Rect(r.x1 - 0.35, r.y0, r.x1 - 0.25, r.y1))
    return r


def framed(sheet: RegisterSheet, hand: Hand, r: Rect, count: int) -> None:
    """A serial, an editorial or a brief in a frame, over `count` registers."""
    sheet.frames.append(r)
    part = sheet.part()
    inner = Rect(r.x0 + 0.7, r.y0 + 0.5, r.x1 - 0.7, r.y1 - 0.4)
    gap, high = hand.rng.uniform(0.6, 1.4), inner.width
    one = (high - (count - 1) * gap) / count
    registers = [(inner.x0 + n * (one + gap), inner.x0 + n * (one + gap) + one) for n in range(count)]
    obstacles: list[Rect] = []
    v = inner.y0
    if hand.chance(0.4):
        head = level_head(sheet, hand, (inner.x0, inner.y0 + hand.rng.choice((0.0, 0.15, 0.3)) * inner.height), part)
        obstacles.append(head)
    else:
        v = print_head(sheet, hand, inner, part)
        if hand.chance(0.4):
            sheet.down(
                hand.writer.byline_pair()[1].replace(" ", ""),
                (inner.x1 - 4.5, v - 1.4),
                1.0,
                (What.BYLINE, part),
                sheet.region(),
            )
    flow = Flow(sheet, hand, list(slots(registers, (v, inner.y1), hand.pitch, obstacles)))
    if flow.left:
        pour(flow, part, body_of(hand, round(sum(s.u1 - s.u0 for s in flow.room) * hand.rng.uniform(0.8, 1.1))))
