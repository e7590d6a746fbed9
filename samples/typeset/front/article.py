"""One article of a front page: its headline, lead, pictures and text, composed within a rectangle."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from samples.typeset.canvas import CharacterStyle, FrameRect, Tag
from samples.typeset.faces import Face
from samples.typeset.flow import BodyLook, FlowBlock, LineSlot, Obstacle, slots
from samples.typeset.front.fit import FittedText, Text, fill, put_whole_sentences
from samples.typeset.front.frames import frame, label_box, tint
from samples.typeset.front.heads import (
    HeadStyle,
    HeadText,
    draw_style,
    level_head,
    upright_head,
    upright_room,
    upright_text,
)
from samples.typeset.front.house import PLAIN, FrontHouse, IssueDesk, PrintGround
from samples.typeset.front.paper import BLACK, PAPER_WHITE, ColouredSheet
from samples.typeset.front.pour import SUBHEADS, PourItem, SlotStream
from samples.typeset.grid import redivided
from samples.typeset.setting import SettingStyle, single_line
from samples.typeset.truth import PieceKind, Quad, TruthPart

ROOM_LEFT: Final = 4
"""Lines of the body that any headline leaves below it."""


@dataclass(frozen=True, slots=True)
class ArticleOrder:
    """What is wanted in a rectangle. Unset parts are drawn by chance."""

    rect: FrameRect
    ground: PrintGround = PLAIN
    head: str = ""
    """Where the headline stands: over, part, tail, left, right, middle, inside, none."""
    figures: int = 0
    label: str = ""
    lead: bool = False
    drop_capital: bool = False
    weight: float = 1.0
    """How large the headline is in relation to others."""
    columns: int = 0
    face: Face | None = None
    inset: bool = False
    """Whether another element may take a corner of the text."""
    title: str = ""
    """The headline's words, where they are given."""
    comes_from: tuple[int, int] | None = None
    """The part that this one goes on from, and its page."""


@dataclass
class Composer:
    """The state of one article being composed."""

    paper: ColouredSheet
    desk: IssueDesk
    order: ArticleOrder
    page: int
    part: int
    body: BodyLook
    columns: tuple[FrameRect, ...]
    obstacles: list[Obstacle] = field(default_factory=list)
    taken: list[FrameRect] = field(default_factory=list)
    words: HeadText = field(default_factory=lambda: HeadText(""))
    label: str | None = None
    byline: str | None = None
    printed_byline: str = ""
    lead: str | None = None
    captions: list[str] = field(default_factory=list)
    upright: bool = False
    goes_to: int | None = None

    @property
    def house(self) -> FrontHouse:
        return self.desk.house

    def block(self, r: FrameRect, du: float = 0.0, dv: float = 0.0) -> None:
        """Keep the text out of a rectangle, with white around it."""
        self.obstacles.append(FlowBlock(r, du, dv))
        self.taken.append(r.inset(-du, -dv))

    def free(self, r: FrameRect) -> bool:
        return not any(r.meets(t) for t in self.taken)

    def room(self) -> list[LineSlot]:
        """The lines that the columns have room for."""
        return slots(self.columns, self.body, self.obstacles)

    def grid_row(self, v: float) -> float:
        """The first line of the grid at or below `v`."""
        top = self.columns[0].v0
        return top + -(-(v - top) // self.body.pitch) * self.body.pitch


def start(paper: ColouredSheet, desk: IssueDesk, order: ArticleOrder, page: int) -> Composer:
    """The article's columns and words."""
    house = desk.house
    body = house.body_look(order.ground, order.face)
    squares = desk.rng.choice((11, 12, 13, 14, 16, 18))
    count = order.columns or max(1, round((order.rect.width + house.gutter) / (squares * body.size + house.gutter)))
    while count > 1 and (order.rect.width - (count - 1) * house.gutter) / count < 8 * body.size:
        count -= 1
    columns = redivided(order.rect, count, body, house.gutter)
    made = Composer(paper, desk, order, page, desk.id(), body, columns)
    made.label = order.label or None
    return made


def place_head(c: Composer) -> None:
    """Print the headline where the order says and keep the text out of it."""
    where = c.order.head
    if where in ("left", "right", "middle"):
        _upright(c, where)
    elif where != "none":
        _level(c, where)


def on_picture(c: Composer, r: FrameRect) -> None:
    """A headline in white on the lower or upper part of a picture that is printed already."""
    size = min(c.body.size * 3.2 * c.order.weight, r.width / 9, r.height * 0.3)
    per_line = max(5, int(r.width * 0.9 / size))
    title = c.desk.writer.fitted_title(max(4, per_line // 2), per_line)
    kicker = c.desk.writer.pick("kickers") if r.height > 4 * size and c.desk.chance(0.4) else None
    c.words = HeadText(title, kicker)
    ground = PrintGround(PAPER_WHITE, True)
    style = replace(draw_style(c.desk, size, 1, ground), kicker_form="plain", edge=(30, 30, 30), under=None)
    high = size * (2.2 if kicker else 1.3)
    v0 = r.v0 + size * 0.4 if c.desk.chance(0.4) else r.v1 - high - size * 0.4
    level_head(c.paper, c.words, FrameRect(r.u0 + size * 0.4, v0, r.u1 - size * 0.4, v0 + high), (style, c.part))


def _span(c: Composer, where: str) -> tuple[int, int]:
    """The first and last column under a level headline."""
    n, rng = len(c.columns), c.desk.rng
    if where == "part" and n > 1:
        return 0, rng.randint(0, n - 2)
    if where == "tail" and n > 1:
        return rng.randint(1, n - 1), n - 1
    if where == "inside" and n > 1:
        first = rng.randint(0, n - 1)
        return first, min(n - 1, first + rng.randint(0, 1))
    return 0, n - 1


def _level(c: Composer, where: str) -> None:
    first, last = _span(c, where)
    rng, size = c.desk.rng, c.body.size
    r = FrameRect(c.columns[first].u0, c.order.rect.v0, c.columns[last].u1, c.order.rect.v1)
    if where == "inside":
        r = replace(r, v0=c.columns[0].v0 + r.height * rng.uniform(0.2, 0.45))
    c.words, style = _words(c, r.width, min(r.height * 0.4, 14 * size))
    top = r.v0
    if c.label and where != "inside":
        r = _label_at_head(c, r, style)
    else:
        c.label = None
    taken = replace(level_head(c.paper, c.words, r, (style, c.part)), v0=top)
    white = c.body.pitch * rng.uniform(0.25, 0.7)
    end = c.grid_row(taken.v1 + white) - 1
    c.block(FrameRect(c.columns[first].u0 - 1, taken.v0, c.columns[last].u1 + 1, end), 0, c.body.pitch * 0.4)


def _words(c: Composer, width: float, high: float) -> tuple[HeadText, HeadStyle]:
    """Words and style of a level headline that fits `width` and `high` pixels."""
    desk, rng = c.desk, c.desk.rng
    size = c.body.size * rng.uniform(1.7, 2.6) * c.order.weight
    size = max(1.25 * c.body.size, min(size, width / 6.5, high / 2.2))
    per_line = max(5, int(width / size))
    lines = 1 if per_line >= 9 and desk.chance(0.75) else rng.choice((1, 2, 2)) if high > 2.5 * size else 1
    title = desk.writer.fitted_title(max(4, int(per_line * lines * 0.55)), max(6, int(per_line * lines * 0.98)))
    roomy = high > 3.2 * size
    if c.order.title:
        return HeadText(c.order.title), draw_style(
            desk, size, 2 if len(c.order.title) > per_line else 1, c.order.ground
        )
    kicker = desk.writer.pick("kickers") if roomy and desk.chance(0.3) else None
    subtitle = desk.writer.pick("subtitles") if roomy and desk.chance(0.28) else None
    return HeadText(title, kicker, subtitle), draw_style(desk, size, lines, c.order.ground)


def _label_at_head(c: Composer, r: FrameRect, style: HeadStyle) -> FrameRect:
    """Print the column label above the headline, or between it and the text; what remains for the headline."""
    assert c.label is not None
    size = c.house.size * 1.15
    if c.desk.chance(0.45):
        column = c.columns[0]
        below = column.v0 + style.size * (1.3 * style.lines + 0.4) + (style.minor_size * 3)
        made = _label(c, (column.u0, c.grid_row(below), size))
        c.block(replace(made, v1=c.grid_row(made.v1 + 4) - 1), size, 0)
        return replace(r, v1=below)
    u = r.u0 if c.desk.chance(0.6) else r.u0 + (r.width - (len(c.label) + 1.2) * size) / 2
    made = _label(c, (u, r.v0, size))
    return replace(r, v0=made.v1 + size * 0.5)


def _label(c: Composer, at: tuple[float, float, float]) -> FrameRect:
    assert c.label is not None
    return label_box(c.paper, c.desk, c.label, (*at, c.part))


def _upright(c: Composer, where: str) -> None:
    """A headline down the page at an edge or between columns."""
    r, rng, size = c.order.rect, c.desk.rng, c.body.size
    high = min(r.height, size * rng.uniform(18, 44))
    title_size = min(size * rng.uniform(1.8, 3.2) * c.order.weight, r.width / 5)
    least = max(5, int(high / title_size * 0.6))
    title = c.desk.writer.fitted_title(least, max(6, int(high / title_size)))
    subtitle = c.desk.writer.pick("subtitles") if c.desk.chance(0.3) else None
    kicker = c.desk.writer.pick("kickers") if c.desk.chance(0.15) else None
    c.words, c.upright = upright_text(HeadText(title, kicker, subtitle)), True
    style = replace(draw_style(c.desk, title_size, 1, c.order.ground), kicker_form="plain")
    texts, set_size, width = upright_room(c.words, style, high)
    high = min(high, max(len(t) for t in texts) * set_size * rng.uniform(1.0, 1.04) + 1)
    if width > r.width * 0.5:
        c.words, c.upright = HeadText(title), False
        _level(c, "over")
        return
    u0 = {"left": r.u0, "right": r.u1 - width, "middle": r.u0 + (r.width - width) / 2}[where]
    strip = FrameRect(u0, r.v0, u0 + width, r.v0 + high)
    if high > r.height - 6 * c.body.pitch or where == "middle":
        strip = _narrowed(c, strip, where)
    if c.label:
        made = _label(
            c, (c.columns[0].u0 if where != "left" or strip.v1 >= r.v1 else strip.u1 + size, r.v0, size * 1.1)
        )
        c.block(replace(made, v1=c.grid_row(made.v1 + 4) - 1), size, 0)
    upright_head(c.paper, c.words, strip, (style, c.part))
    c.block(replace(strip, v1=c.grid_row(strip.v1 + 0.4 * size) - 1), size * 0.9, 0)


def _narrowed(c: Composer, strip: FrameRect, where: str) -> FrameRect:
    """The columns divided anew beside a strip of the full height; the strip where it comes to stand."""
    r, gap = c.order.rect, c.house.gutter
    n = max(1, len(c.columns) - (1 if strip.width > 5 * c.body.size else 0))
    room = r.width - strip.width - gap
    if room / n < 8 * c.body.size:
        n = max(1, int(room / (9 * c.body.size)))
    if where == "left":
        c.columns = redivided(replace(r, u0=strip.u1 + gap), n, c.body, gap)
        return strip
    if where == "right" or n < 2:
        c.columns = redivided(replace(r, u1=r.u1 - strip.width - gap), n, c.body, gap)
        return FrameRect(r.u1 - strip.width, strip.v0, r.u1, strip.v1)
    left = n // 2
    share = (room - gap) / n * left
    c.columns = (
        *redivided(replace(r, u1=r.u0 + share), left, c.body, gap),
        *redivided(replace(r, u0=r.u0 + share + 2 * gap + strip.width), n - left, c.body, gap),
    )
    u0 = r.u0 + share + gap
    return FrameRect(u0, strip.v0, u0 + strip.width, strip.v1)


def place_lead(c: Composer) -> None:
    """A lead in bold, larger or kai type below the headline, over some columns or in the first."""
    n, rng, desk = len(c.columns), c.desk.rng, c.desk
    if not c.taken or c.upright:
        return
    head = c.taken[0]
    under = [k for k in c.columns if head.u0 <= k.u0 + 1 and k.u1 <= head.u1 + 2]
    if not under:
        return
    wide = under[: rng.randint(1, len(under))]
    r = FrameRect(wide[0].u0, c.grid_row(head.v1), wide[-1].u1, c.order.rect.v1)
    scale = rng.choice((1.0, 1.1, 1.25))
    dark = n > 1 and not c.order.ground.reversed and desk.chance(0.25)
    ground = PrintGround(PAPER_WHITE, True) if dark else c.order.ground
    face = rng.choice((c.house.case.bold[0], c.house.case.kai, c.house.case.minor[1]))
    look = replace(c.house.body_look(ground, face, scale), tracking=0.0)
    pad = look.size * 0.6 if dark else 0.0
    text = desk.writer.short_paragraph(int(rng.uniform(2.5, 5) * r.width / look.size))
    space = redivided(r.inset(pad, pad), 1, look, 0)[0]
    count = max(2, int(r.height * 0.25 // look.pitch))
    room = [LineSlot(space.u0, space.v0 + k * look.pitch, space.width, 0) for k in range(count)]
    stream = SlotStream(room, look, c.house, ground)
    if not put_whole_sentences(stream, PourItem(text, PieceKind.BODY, paragraph=0)):
        return
    stream.runs = [replace(n, kind=PieceKind.LEAD) for n in stream.runs]
    used = FrameRect(r.u0, r.v0, r.u1, stream.runs[-1].v + look.size + pad)
    if dark:
        tint(c.paper, used, c.house.dark, (0, c.part))
    stream.print(c.paper, c.part)
    c.lead = stream.printed()[0]
    c.block(replace(used, v1=c.grid_row(used.v1 + 0.4 * look.size) - 1), 1, 0)


def choose_byline(c: Composer, form: str = "") -> str:
    """The byline's words; where it stands comes back."""
    if not c.desk.chance(0.55):
        return ""
    c.byline, c.printed_byline = c.desk.writer.byline_pair()
    return form or c.house.byline


def byline_at_head(c: Composer) -> None:
    """A byline at the right below the headline's last line, or down beside an upright headline."""
    size, bold = c.body.size, c.house.case.bold[0]
    head = c.taken[0]
    if c.upright:
        line = single_line(c.printed_byline, SettingStyle(bold, vertical=True))
        v = min(head.v1 + size, c.order.rect.v1 - line.measure * size - size)
        r = FrameRect(head.u0, v, head.u0 + size * 1.4, v + line.measure * size)
        if v < head.v1 or not c.free(r):
            c.byline, c.printed_byline = None, ""
            return
        look = CharacterStyle(bold, size, upright=True, white=c.order.ground.reversed, colour=c.order.ground.ink)
        c.paper.line(line.spots, (r.u0 + size * 0.2, v), look, Tag(PieceKind.BYLINE, c.part))
        c.block(r, size * 0.8, size * 0.5)
        return
    line = single_line(c.printed_byline, SettingStyle(bold))
    column = c.columns[c.desk.rng.randrange(len(c.columns))]
    first = c.grid_row(max((t.v1 for t in c.taken if t.u0 < column.u1 and column.u0 < t.u1), default=column.v0) - 2)
    fits = min(size, int(column.width / line.measure))
    u = column.u0 + (column.width - line.measure * fits) / 2
    r = FrameRect(column.u0, first, column.u1, first + c.body.pitch - 1)
    if not c.free(r.inset(0, 2)) or r.v1 > c.order.rect.v1:
        c.byline, c.printed_byline = None, ""
        return
    look = CharacterStyle(bold, fits, white=c.order.ground.reversed, colour=c.order.ground.ink)
    c.paper.line(line.spots, (u, first), look, Tag(PieceKind.BYLINE, c.part))
    c.block(r)


def drop_capital(c: Composer, char: str) -> bool:
    """A large first character over two or three lines; the text runs beside it, where there is room for both."""
    room = c.room()
    if len(room) < 6:
        return False
    rows = c.desk.rng.choice((2, 2, 3))
    slot = room[0]
    size = round((rows - 1) * c.body.pitch + c.body.size)
    colour = c.house.accent if not c.order.ground.reversed else c.order.ground.ink
    look = CharacterStyle(c.house.case.bold[0], size, white=c.order.ground.reversed, colour=colour)
    wide = size + c.body.size * 0.25
    place = FrameRect(slot.u - 1, slot.v - 1, slot.u + wide, slot.v + size - 1)
    if not c.free(place) or slot.width < wide + 6 * c.body.size or any(s.column != slot.column for s in room[:4]):
        return False
    line = single_line(char, SettingStyle(look.face))
    c.paper.line(line.spots, (slot.u, slot.v), look, Tag(PieceKind.BODY, c.part, 1 if c.lead else 0, slot.column))
    c.block(place)
    return True


def print_text(c: Composer, byline: str, jump: int | None = None) -> bool:
    """Fill the remaining room; whether any text found room."""
    forms = (c.house.subhead, c.house.subhead, c.desk.rng.choice(tuple(SUBHEADS)))
    text = Text(c.desk.rng.choice(forms), byline, c.printed_byline, jump)
    text = replace(text, first=1 if c.lead else 0, came_from=c.order.comes_from)
    if c.order.drop_capital and len(c.room()) > 20 and not byline:
        opening = c.desk.writer.short_paragraph(120)
        if "一" <= opening[0] <= "鿿" and drop_capital(c, opening[0]):
            text = replace(text, opening=opening)
    room = c.room()
    stream = SlotStream(room, c.body, c.house, c.order.ground)
    filled = fill(stream, c.desk, text)
    if not filled.paragraphs:
        return False
    stream.print(c.paper, c.part)
    if byline and not filled.byline:
        c.byline = None
    c.goes_to = filled.goes_to
    _column_rules(c)
    c.paper.parts.append(_part(c, filled.paragraphs, filled))
    return True


def _part(c: Composer, paragraphs: dict[int, str], filled: FittedText) -> TruthPart:

    texts = {n: filled.subheads.get(n, t) for n, t in paragraphs.items()}
    if c.lead:
        texts = {0: c.lead} | texts
    words = c.words
    return TruthPart(
        id=c.part, page=c.page, kind="article", kicker=words.kicker, title=words.title or None,
        subtitle=words.subtitle, byline=c.byline, lead=c.lead,
        subheads=tuple(filled.subheads.values()), captions=tuple(c.captions), paragraphs=tuple(texts.values()),
        continued_from=c.order.comes_from[1] if c.order.comes_from else None, continued_to=filled.goes_to,
        part_of=c.order.comes_from[0] if c.order.comes_from else None, broken=c.order.comes_from is not None,
        vertical_title=c.upright, quads=_quads(c), label=c.label, interrupting=tuple(filled.interrupting),
    )  # fmt: skip


def _quads(c: Composer) -> tuple[Quad, ...]:
    heads = tuple(t.inset(1) for t in c.taken)
    return tuple(c.paper.quad(r) for r in (*heads, *c.columns))


def _column_rules(c: Composer) -> None:
    if not c.desk.chance(c.house.column_rules):
        return
    for left, right in zip(c.columns, c.columns[1:], strict=False):
        gap = right.u0 - left.u1
        if not 8 < gap < 4 * c.body.size:
            continue
        u = (left.u1 + right.u0) / 2
        top = max([left.v0, *(t.v1 for t in c.taken if t.u0 < u < t.u1 and t.v0 < left.v0 + 40)])
        stops = [t.v0 for t in c.taken if t.u0 < u < t.u1 and t.v0 >= top]
        foot = min([left.v1, *stops])
        if foot - top > 4 * c.body.pitch:
            c.paper.stroke(FrameRect(u - 1, top, u + 1, foot - 4), "fine", (120, 120, 120), c.part)


def framed(
    paper: ColouredSheet, desk: IssueDesk, r: FrameRect, style: str, fill_colour: tuple[int, int, int] | None
) -> FrameRect:
    """Print a frame or a ground (or both) on a rectangle; the room inside it comes back."""
    size = desk.house.size
    if fill_colour is not None:
        radius = round(size * 0.8) if style == "rounded" else 0
        tint(paper, r, fill_colour, (radius, None))
    if style != "none":
        frame(paper, r, style, (desk.house.accent if desk.chance(0.3) else BLACK, None))
    return r.inset(size * 0.9, size * 0.8)
