"""The make-up of a page in registers by chance: zones, bands, articles that flow through them, maps, adverts."""

from __future__ import annotations

from dataclasses import dataclass, field

from cleanup.articles.frame import ReadingFrame
from cleanup.articles.placed import Rect
from samples.registers.articles import LENGTHS, Flow, Hand, body_of, framed, hand, level_head, pour, print_head, sign
from samples.registers.margins import advert, without_adverts, without_head, zones_of
from samples.registers.sheet import RegisterSheet, RegisterSlot, Truth, What, frame_of, slots


@dataclass
class Carry:
    """What of an article found no room yet."""

    part: int
    paragraphs: list[str]


@dataclass
class Band:
    """Registers beside a rule that are filled from `v` to `end`."""

    registers: list[tuple[float, float]]
    v: float
    end: float
    obstacles: list[Rect] = field(default_factory=list)
    begin: float = field(init=False)
    """Where it began to be filled."""

    def __post_init__(self) -> None:
        self.begin = self.v

    @property
    def top(self) -> float:
        return self.registers[0][0]

    @property
    def foot(self) -> float:
        return self.registers[-1][1]


def made_up(seed: int) -> tuple[ReadingFrame, tuple[Truth, ...]]:
    """A page in registers, and for each of its lines what it is; the same seed gives the same page."""
    how = hand(seed)
    rng = how.rng
    wide = rng.uniform(46, 115)
    sheet = RegisterSheet(wide * rng.uniform(1.15, 1.55), wide)
    margin = rng.uniform(1.5, 4.0)
    room = Rect(margin, margin, sheet.width - margin, sheet.height - margin)
    room = without_head(sheet, how, room)
    if how.chance(0.5):
        room = without_adverts(sheet, how, room)
    if how.chance(0.7):
        sheet.frames.append(room)
        room = Rect(room.x0 + 0.8, room.y0 + 0.8, room.x1 - 0.8, room.y1 - 0.8)
    for zone in zones_of(sheet, how, room):
        _fill(sheet, how, zone)
    return frame_of(sheet)


def _fill(sheet: RegisterSheet, how: Hand, zone: Rect) -> None:
    """Bands of one to three registers, the text of one going on in the next."""
    rng = how.rng
    squares, gap = rng.choice((8, 9, 10, 11, 12, 14, 16)), rng.uniform(0.5, 1.6)
    ruled = rng.choice((0.0, 0.5, 1.0))
    count = max(1, int((zone.width + gap) / (squares + gap)))
    registers = [(zone.x0 + n * (squares + gap), zone.x0 + n * (squares + gap) + squares) for n in range(count)]
    blocks = [b for b in (_inset(sheet, how, zone, registers),) if b is not None]
    carry = _corner(sheet, how, zone, registers, blocks) if count > 2 and how.chance(0.35) else None
    at = 0
    while at < count:
        take = min(count - at, rng.choice((1, 1, 2, 2, 3)))
        own = registers[at : at + take]
        corner = [b.y1 for b in blocks if b.y0 == zone.y0 and b.x0 < own[-1][1] and b.x1 > own[0][0]]
        first = max([zone.y0, *corner])
        band = Band(own, first, zone.y1, [b for b in blocks if b.x0 < own[-1][1] and b.y0 > zone.y0])
        at += take
        carry = _fill_band(sheet, how, band, carry, more=at < count)
        if at < count and how.chance(ruled):
            u, ends = band.foot + gap / 2, [b.y0 for b in blocks if b.x0 < band.foot + gap < b.x1]
            sheet.rules.append(Rect(u - 0.05, zone.y0, u + 0.05, min([zone.y1, *ends])))


def _corner(
    sheet: RegisterSheet, how: Hand, zone: Rect, registers: list[tuple[float, float]], blocks: list[Rect]
) -> Carry | None:
    """The zone's first article, its headline and first lines over several registers; its text goes on beside them."""
    over = how.rng.choice((2, 2, 3)) if len(registers) > 3 else 2
    top, foot = registers[0][0], registers[over - 1][1]
    far = min([zone.y1, *(b.y0 for b in blocks)])
    part = sheet.part()
    v = print_head(sheet, how, Rect(top, zone.y0, foot, far - 8), part)
    edge = min(far, v + how.rng.randint(2, 8) * how.pitch)
    flow = Flow(sheet, how, list(slots([(top, foot)], (v, edge), how.pitch, [])))
    rest = pour(flow, part, body_of(how, round(flow.left * (foot - top)) + how.rng.choice(LENGTHS)))
    behind = edge + how.rng.uniform(0.0, 0.8)
    blocks.append(Rect(top - 0.2, zone.y0, foot + 0.2, behind))
    if over > 2 and how.chance(0.7):
        sheet.rules.append(Rect(registers[over - 1][0], behind - 0.35, foot, behind - 0.25))
    return Carry(part, rest) if rest else None


def _inset(sheet: RegisterSheet, how: Hand, zone: Rect, registers: list[tuple[float, float]]) -> Rect | None:
    """A serial, a brief or an advert in a frame, or a picture, at the zone's far end."""
    count = len(registers)
    if count < 3 or zone.height < 30 or not how.chance(0.5):
        return None
    over = how.rng.randint(1, min(3, count - 1))
    first = how.rng.randint(1, count - over)
    wide = how.rng.uniform(0.25, 0.55) * zone.height
    r = Rect(registers[first][0] - 0.3, zone.y1 - wide, registers[first + over - 1][1] + 0.3, zone.y1)
    form = how.rng.random()
    if form < 0.55:
        framed(sheet, how, Rect(r.x0, r.y0 + 0.5, r.x1, r.y1), over)
    elif form < 0.8:
        advert(sheet, how, Rect(r.x0, r.y0 + 0.5, r.x1, r.y1))
    else:
        sheet.pictures.append(Rect(r.x0, r.y0 + 0.5, r.x1, r.y1))
    return r


def _fill_band(sheet: RegisterSheet, how: Hand, band: Band, carry: Carry | None, *, more: bool) -> Carry | None:
    """Fills a band from its first edge to its end; what goes on in the next band comes back."""
    far = min([band.end, *(o.y0 for o in band.obstacles if o.x1 > band.top)])
    count = len(band.registers)
    if carry is not None and count > 1:
        carry = _tall(sheet, how, band, far, carry)
        if carry is not None and carry.paragraphs:
            return carry if more else None
        carry = None
    while count > 1 and far - band.v > 16 and how.chance(0.7):
        if how.chance(0.12) and far - band.v > 30:
            _map(sheet, how, band, far)
            continue
        carry = _tall(sheet, how, band, far, None)
        if carry is not None:
            return carry if more else None
    if count > 1 and band.v > band.begin + 1 and how.chance(0.7):
        sheet.rules.append(Rect(band.top, band.v - 0.3, band.foot, band.v - 0.2))
    return _stream(sheet, how, band, carry, more=more)


def _tall(sheet: RegisterSheet, how: Hand, band: Band, far: float, carry: Carry | None) -> Carry | None:
    """An article whose headline stands over all registers of the band, its text left of it, register by register."""
    rng, pitch = how.rng, how.pitch
    part = carry.part if carry is not None else sheet.part()
    v = band.v
    if carry is None:
        v = print_head(sheet, how, Rect(band.top, band.v, band.foot, far - 6), part)
    paragraphs = carry.paragraphs if carry is not None else body_of(how, rng.choice(LENGTHS) * rng.choice((1, 2)))
    registers = band.registers
    if how.chance(0.25):
        registers = [(band.top, band.foot)]
    length = sum(map(len, paragraphs))
    high = sum(u1 - u0 for u0, u1 in registers)
    lines = round(length / high + 0.5) + max(1, len(paragraphs) // 2)
    most = int((far - v) / pitch)
    whole = lines <= most
    if not whole and not (carry or most * high > 40):
        lines = most
    edge = v + min(lines, most) * pitch
    flow = Flow(sheet, how, list(slots(registers, (v, edge), pitch, band.obstacles)))
    rest = pour(flow, part, paragraphs, broken=carry is not None)
    unused = flow.room[flow.next :]
    if not rest and len(unused) >= 6 and len({s.register for s in unused}) == 1:
        _brief(sheet, how, unused, registers)
    band.v = edge + rng.uniform(0.2, 1.5)
    if how.chance(0.35 if not rest else 0.8) and band.v < far - 8:
        sheet.rules.append(Rect(band.top, band.v - 0.3, band.foot, band.v - 0.2))
    return Carry(part, rest) if rest else None


def _brief(sheet: RegisterSheet, how: Hand, room: list[RegisterSlot], registers: list[tuple[float, float]]) -> None:
    """A small article in the rest of a register, a headline of its own before it."""
    part, first = sheet.part(), room[0]
    u0, u1 = registers[first.register]
    v = print_head(sheet, how, Rect(u0, first.v, u1, first.v + 4), part)
    flow = Flow(sheet, how, [s for s in room if s.v >= v])
    pour(flow, part, body_of(how, round(sum(s.u1 - s.u0 for s in flow.room) * how.rng.uniform(0.6, 0.95))))


def _map(sheet: RegisterSheet, how: Hand, band: Band, far: float) -> None:
    """A picture with a level headline over it, its text under and left of it."""
    part, rng = sheet.part(), how.rng
    wide = min(rng.uniform(10, 20), (far - band.v) * 0.6)
    title = how.writer.fitted_title(5, 12).replace(" ", "")[:12]
    size = min(1.4, wide / len(title))
    sheet.level(title, (band.top, band.v + (wide - size * len(title)) / 2), size, (What.HEAD, part), sheet.region())
    low = band.registers[-1][0] - 0.5
    sheet.pictures.append(Rect(band.top + size + 0.4, band.v, low, band.v + wide))
    cover = Rect(band.top, band.v - 1, low, band.v + wide + 0.3)
    under = [
        RegisterSlot(s.u0, s.u1, s.v, 0)
        for s in slots(band.registers[-1:], (band.v, band.v + wide), how.pitch, [cover])
    ]
    paragraphs = body_of(
        how, round(len(under) * (band.registers[-1][1] - band.registers[-1][0]) + rng.choice((60, 150)))
    )
    edge = min(far, band.v + wide + rng.uniform(5, 14))
    registers = [(band.top, band.foot)] if how.chance(0.6) else band.registers
    beside = [
        RegisterSlot(s.u0, s.u1, s.v, 1 + s.register)
        for s in slots(registers, (band.v + wide + 0.4, edge), how.pitch, [])
    ]
    flow = Flow(sheet, how, [*under, *beside])
    pour(flow, part, paragraphs)
    band.v = edge + rng.uniform(0.2, 1.2)


def _stream(sheet: RegisterSheet, how: Hand, band: Band, carry: Carry | None, *, more: bool) -> Carry | None:
    """Articles one after another through the rest of a band, the last cut off at its end."""
    room = list(slots(band.registers, (band.v, band.end), how.pitch, band.obstacles))
    flow = Flow(sheet, how, room)
    if carry is not None:
        rest = pour(flow, carry.part, carry.paragraphs, broken=True)
        if rest:
            return Carry(carry.part, rest) if more else None
        _gap(flow)
    while flow.left > 4:
        part, at = sheet.part(), flow.at
        register = band.registers[at.register]
        if band.end - at.v < 5:
            flow.next += 1
            continue
        if how.chance(0.15) and flow.beside(8):
            taken = level_head(sheet, how, (at.u0, at.v), part)
        else:
            high = at.u1 if how.chance(0.85) or register[1] - at.u0 < 11 else at.u0 + (at.u1 - at.u0) * 0.55
            edge = print_head(sheet, how, Rect(at.u0, at.v, high, min(band.end, at.v + 7)), part)
            taken = Rect(at.u0 - 0.1, at.v - 0.2, high + (0.0 if high == at.u1 else 0.4), edge - 0.1)
        again = list(slots(band.registers, (band.v, band.end), how.pitch, [*band.obstacles, taken]))
        band.obstacles.append(taken)
        flow.room = again
        flow.next = next(
            (n for n, s in enumerate(again) if (s.register, s.v) >= (at.register, at.v - 0.05)), len(again)
        )
        if not flow.left:
            break
        flow.last = None
        length = how.rng.choice(LENGTHS)
        left = sum(s.u1 - s.u0 for s in flow.room[flow.next :])
        length = round(left * 0.9) if left - length < 50 and not more else length
        rest = pour(flow, part, body_of(how, length))
        if rest:
            return Carry(part, rest) if more else None
        sign(flow, part)
        _gap(flow)
    return None


def _gap(flow: Flow) -> None:
    """White or a rule before the next article."""
    if flow.left < 2 or flow.next == 0 or not flow.hand.chance(0.5):
        return
    slot, before = flow.at, flow.room[flow.next - 1]
    if slot.register == before.register:
        if flow.hand.chance(0.6):
            flow.sheet.rules.append(Rect(slot.u0, slot.v + 0.3, slot.u1, slot.v + 0.4))
        flow.next += 1
