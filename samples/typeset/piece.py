"""A piece: one article, or one part of it, on its plot of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from samples.typeset.canvas import CharacterStyle, FrameRect, InkCanvas, Tag
from samples.typeset.faces import QUOTES_DOWN, Face
from samples.typeset.flow import (
    BodyLook,
    FlowBlock,
    LineSlot,
    Obstacle,
    Oval,
    Poured,
    SlottedLine,
    pour,
    print_lines,
    slots,
)
from samples.typeset.grid import redivided
from samples.typeset.headline import HeadlineGroup, HeadLook, compose, print_group, print_upright
from samples.typeset.picture import cut_oval, halftone, photograph
from samples.typeset.rules import STYLES
from samples.typeset.setting import SettingStyle, single_line
from samples.typeset.story import Para, Story, sentences
from samples.typeset.truth import PieceKind, Quad, TruthPart

BESIDE_HEAD: Final = 9
"""Squares: text is set beside an upright headline only where so many find room."""


class TextOverflowError(Exception):
    """A story is longer than its plot, and nothing says where it goes on."""


@dataclass(frozen=True, slots=True)
class HeadPlace:
    """Where the headline group stands: over the columns `first` up to `last`, `row` lines below the plot's top.

    `place` is over (lines run as the body's do) or upright (down a strip of the column `first`, `rows` lines long).
    """

    look: HeadLook
    first: int
    last: int
    place: str = "over"
    row: int = 0
    rows: int = 0
    byline: str = "first_line"
    """Where the byline stands: under_head, first_line, right (at the first line's right edge), or none."""
    byline_face: Face | None = None
    lead: BodyLook | None = None
    """How the story's lead is set, below the group and over the same columns."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture at `rect` with its caption: below, above, beside (within the rectangle), or none."""

    rect: FrameRect
    kind: str
    seed: int
    caption: str = ""
    place: str = "below"
    oval: bool = False
    screen: int = 0
    """The dot of its screen in pixels, 0 for none."""
    caption_face: Face | None = None
    border: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The box round a piece: the name of a rule, or none; a tint (grey), or none; white type on a dark ground."""

    rect: FrameRect
    rule: str | None = "fine"
    tint: int | None = None


@dataclass(frozen=True)
class PlannedPiece:
    """What is to be printed, and where."""

    id: int
    story: Story
    columns: tuple[FrameRect, ...]
    body: BodyLook
    head: HeadPlace | None = None
    figures: tuple[Figure, ...] = ()
    frame: Frame | None = None
    blocked: tuple[Obstacle, ...] = ()
    """What other pieces cover of the columns."""
    column_rules: str | None = None
    marker_face: Face | None = None
    goes_to: int | None = None
    """The page on which what finds no room goes on."""
    to_text: str = "（下转第{}版）"
    comes_from: int | None = None
    from_text: str = "（上接第{}版）"
    from_place: str = "run_in"
    """The marker opens the first line (run_in) or has a line of its own (own_line)."""
    part_of: int | None = None
    kind: str = "article"
    balanced: bool = False


@dataclass(frozen=True)
class MeasuredPiece:
    """A piece measured: its group, what stands in the way, and the room that remains."""

    piece: PlannedPiece
    group: HeadlineGroup | None
    head_at: FrameRect | None
    lead_at: FrameRect | None
    obstacles: tuple[Obstacle, ...]
    room: tuple[LineSlot, ...]
    columns: tuple[FrameRect, ...]


def make_ready(piece: PlannedPiece) -> MeasuredPiece:
    """The piece with its headline composed and its room counted."""
    group, head_at = _head(piece)
    lead_at = _lead_at(piece, head_at)
    figures = tuple(_figure_obstacle(f, piece.body) for f in piece.figures)
    obstacles: tuple[Obstacle, ...] = (*piece.blocked, *figures)
    if head_at is not None:
        taken = head_at if lead_at is None else replace(head_at, v1=lead_at.v1)
        obstacles = (*obstacles, _head_obstacle(piece, taken))
    room = tuple(slots(piece.columns, piece.body, obstacles))
    return MeasuredPiece(piece, group, head_at, lead_at, obstacles, room, piece.columns)


def _head_obstacle(piece: PlannedPiece, taken: FrameRect) -> Obstacle:
    """What the headline takes; where too little would remain beside an upright one, the column's whole width."""
    assert piece.head is not None
    if piece.head.place != "upright":
        return FlowBlock(_down_to_grid(taken, piece), 1.0, 0.0)
    column, white = piece.columns[piece.head.first], piece.body.size * 0.8
    if max(taken.u0 - column.u0, column.u1 - taken.u1) - white < BESIDE_HEAD * piece.body.square:
        taken = replace(taken, u0=min(taken.u0, column.u0), u1=max(taken.u1, column.u1))
    return FlowBlock(_down_to_grid(taken, piece), white, 0.0)


def _lead_look(piece: PlannedPiece) -> BodyLook | None:
    if piece.head is None or piece.head.lead is None or not piece.story.lead or piece.head.place == "upright":
        return None
    return piece.head.lead


def _lead_poured(piece: PlannedPiece, at: FrameRect) -> Poured:
    look, text = _lead_look(piece), piece.story.lead
    assert look is not None
    assert text is not None
    column = redivided(FrameRect(at.u0, at.v0, at.u1, at.v0 + 100000), 1, look, 0)[0]
    return pour([Para(text)], slots([column], look, ()), look)


def _lead_at(piece: PlannedPiece, head_at: FrameRect | None) -> FrameRect | None:
    """Where the lead stands, below the group."""
    look = _lead_look(piece)
    if look is None or head_at is None:
        return None
    v0 = head_at.v1 + look.size * 0.6
    return FrameRect(
        head_at.u0,
        v0,
        head_at.u1,
        v0 + _lead_poured(piece, FrameRect(head_at.u0, v0, head_at.u1, v0)).used * look.pitch,
    )


def _head(piece: PlannedPiece) -> tuple[HeadlineGroup | None, FrameRect | None]:
    head = piece.head
    if head is None or not piece.story.title:
        return None, None
    span = FrameRect(piece.columns[head.first].u0, 0, piece.columns[head.last].u1, 0)
    v0 = min(c.v0 for c in piece.columns[head.first : head.last + 1]) + head.row * piece.body.pitch
    if head.place == "upright":
        group = compose(piece.story, head.rows * piece.body.pitch, head.look)
        middle = (span.u0 + span.u1) / 2
        u0 = middle - group.across / 2
        return group, FrameRect(u0, v0, u0 + group.across, v0 + group.along)
    group = compose(piece.story, span.width, head.look)
    return group, FrameRect(span.u0, v0, span.u1, v0 + group.across)


def _down_to_grid(head: FrameRect, piece: PlannedPiece) -> FrameRect:
    """The headline's rectangle with white below, down to a line of the body's grid."""
    pitch = piece.body.pitch
    top = min(c.v0 for c in piece.columns)
    white = 0.35 * pitch
    end = top + -(-(head.v1 + white - top) // pitch) * pitch
    return FrameRect(head.u0, head.v0 - (white if head.v0 > top else 0), head.u1, end - 1)


def _figure_obstacle(figure: Figure, body: BodyLook) -> Obstacle:
    if figure.oval:
        return Oval(figure.rect, body.size * 0.7)
    return FlowBlock(figure.rect, body.size * 0.55, body.size * 0.2)


def fitted(piece: PlannedPiece, more: Sequence[Para], closing: str = "") -> PlannedPiece:
    """The piece with a body that fills its room: its own paragraphs, then `more`, cut at a sentence's end.

    `closing` (such as a name in brackets) is put behind the last sentence where it fits.
    """
    ready = make_ready(_opened(piece))
    taken: list[Para] = []
    at = _after_opening(ready)
    for para in (*piece.story.paras, *more):
        poured = pour([para], ready.room, piece.body, at)
        if poured.rest:
            taken += _shortened(para, ready, at)
            break
        taken.append(para)
        at = poured.used
    taken = _without_loose_subheads(taken)
    if closing and taken:
        last = taken[-1]
        longer = [*taken[:-1], replace(last, text=last.text + closing)]
        if not pour(longer, ready.room, piece.body, _after_opening(ready)).rest:
            taken = longer
    return replace(piece, story=replace(piece.story, paras=tuple(taken)).numbered())


def _without_loose_subheads(paras: list[Para]) -> list[Para]:
    """No subhead at the end, none after another, none at the start."""
    kept = [
        p for n, p in enumerate(paras) if not p.subhead or (n > 0 and n + 1 < len(paras) and not paras[n + 1].subhead)
    ]
    return kept


def _shortened(para: Para, ready: MeasuredPiece, at: int) -> list[Para]:
    """The paragraph's first sentences, as many as fit; at the top of a body, its first clause at least."""
    if para.subhead:
        return []
    cut = sentences(para.text)
    texts = ["".join(cut[:count]) for count in range(len(cut) - 1, 0, -1)]
    if at == _after_opening(ready):
        texts += [para.text[:n] + "。" for n in range(len(cut[0]) - 1, 0, -1) if para.text[n] == "，"]
    for text in texts:
        shorter = replace(para, text=text)
        if not pour([shorter], ready.room, ready.piece.body, at).rest:
            return [shorter]
    return []


def _opened(piece: PlannedPiece) -> PlannedPiece:
    """The piece with its paragraphs numbered and its headline's marks as an upright headline prints them."""
    story = piece.story.numbered()
    if piece.head is None or (piece.head.place == "upright") == piece.body.vertical:
        return replace(piece, story=story)
    kicker, subtitle = (t and t.translate(QUOTES_DOWN) for t in (story.kicker, story.subtitle))
    upright = replace(story, title=story.title.translate(QUOTES_DOWN), kicker=kicker, subtitle=subtitle)
    return replace(piece, story=upright)


def _after_opening(ready: MeasuredPiece) -> int:
    """The first slot of the body, after a byline or a marker with a line of its own."""
    return len(_opening(ready))


def _opening(ready: MeasuredPiece) -> list[tuple[str, str, PieceKind]]:
    """The lines before the body: text, place along the line, kind."""
    piece, out = ready.piece, []
    text = piece.story.printed_byline
    if text and piece.head and piece.head.byline in ("first_line", "right"):
        out.append((text, "right" if piece.head.byline == "right" else "centre", PieceKind.BYLINE))
    if piece.comes_from is not None and not _runs_in(piece):
        out.append((piece.from_text.format(piece.comes_from), "left", PieceKind.MARKER))
    return out


def _runs_in(piece: PlannedPiece) -> bool:
    """Whether the 上接 marker opens the first paragraph's own line."""
    paras = piece.story.paras
    return piece.from_place == "run_in" and bool(paras) and not paras[0].subhead


def print_piece(canvas: InkCanvas, piece: PlannedPiece, page: int) -> tuple[Para, ...]:
    """Print the piece; what of its text goes on to another page is given back."""
    ready = make_ready(_opened(piece))
    if piece.balanced:
        ready = _balanced(ready)
    _print_ground(canvas, ready)
    _print_head(canvas, ready)
    _print_lead(canvas, ready)
    for figure in piece.figures:
        print_figure(canvas, figure, piece.body, piece.id)
    poured = _pour_piece(ready)
    if poured.rest and piece.goes_to is None:
        left = sum(len(p.text) for p in poured.rest)
        raise TextOverflowError(f"page {page}, {piece.story.title}: {left} characters find no room")
    _print_opening(canvas, ready)
    print_lines(canvas, poured.lines, piece.id)
    _print_column_rules(canvas, ready)
    canvas.parts.append(_part(canvas, ready, poured, page))
    return poured.rest


def _balanced(ready: MeasuredPiece) -> MeasuredPiece:
    """The columns shortened until the text just fits, so that they end together."""
    pitch = ready.piece.body.pitch
    best = ready
    while True:
        columns = tuple(replace(c, v1=c.v1 - pitch) for c in best.columns)
        room = tuple(slots(columns, ready.piece.body, best.obstacles))
        shorter = replace(best, columns=columns, room=room)
        if not room or _pour_piece(shorter).rest:
            return best
        best = shorter


def _pour_piece(ready: MeasuredPiece) -> Poured:
    piece = ready.piece
    start = _after_opening(ready)
    room = ready.room[:-1] if piece.goes_to is not None else ready.room
    paras = piece.story.paras
    if piece.comes_from is None or not _runs_in(piece):
        return pour(paras, room, piece.body, start)
    marker = piece.from_text.format(piece.comes_from)
    opened = replace(paras[0], text=marker + paras[0].text, run_in=len(marker), broken=True)
    return _split_marker(pour([opened, *paras[1:]], room, piece.body, start), marker)


def _split_marker(poured: Poured, marker: str) -> Poured:
    """The first lines parted into the marker's own line of truth and the body's."""
    out: list[SlottedLine] = []
    left = len(marker)
    for line in poured.lines:
        head, tail = line.spots[:left], line.spots[left:]
        if head and left:
            out.append(replace(line, spots=head, kind=PieceKind.MARKER, paragraph=-1))
        if tail:
            out.append(replace(line, spots=tail))
        left = max(0, left - len(line.spots))
    return replace(poured, lines=tuple(out))


def _print_ground(canvas: InkCanvas, ready: MeasuredPiece) -> None:
    frame = ready.piece.frame
    if frame is None:
        return
    if frame.tint is not None:
        canvas.fill(frame.rect, frame.tint)
        canvas.mark("panel", frame.rect, ready.piece.id)
    if frame.rule is not None:
        print_frame(canvas, frame.rect, frame.rule, ready.piece.id)


def print_frame(canvas: InkCanvas, r: FrameRect, style: str, part: int | None) -> None:
    """Four rules round a rectangle, and its mark."""
    rule, thick = STYLES[style]
    for side in (
        FrameRect(r.u0, r.v0, r.u1, r.v0 + thick),
        FrameRect(r.u0, r.v1 - thick, r.u1, r.v1),
        FrameRect(r.u0, r.v0, r.u0 + thick, r.v1),
        FrameRect(r.u1 - thick, r.v0, r.u1, r.v1),
    ):
        canvas.rule(side, rule, part)
    canvas.mark("frame", r, part)


def _print_head(canvas: InkCanvas, ready: MeasuredPiece) -> None:
    head, group, at = ready.piece.head, ready.group, ready.head_at
    if head is None or group is None or at is None:
        return
    printer = print_upright if head.place == "upright" else print_group
    printer(canvas, group, at, ready.piece.id, head.look)
    if head.look.hue:
        canvas.tint(at, head.look.hue)


def _print_lead(canvas: InkCanvas, ready: MeasuredPiece) -> None:
    if ready.lead_at is None:
        return
    for line in _lead_poured(ready.piece, ready.lead_at).lines:
        canvas.line(line.spots, (line.u, line.v), line.look, Tag(PieceKind.LEAD, ready.piece.id))


def _print_opening(canvas: InkCanvas, ready: MeasuredPiece) -> None:
    piece = ready.piece
    face = (piece.head.byline_face if piece.head else None) or piece.marker_face or piece.body.face
    for (text, place, kind), slot in zip(_opening(ready), ready.room, strict=False):
        line = single_line(text, SettingStyle(face, vertical=piece.body.vertical))
        size = min(piece.body.size, int(slot.width / max(line.measure, 1)))
        spare = slot.width - line.measure * size
        u = slot.u + {"centre": spare / 2, "right": spare, "left": 0.0}[place]
        look = CharacterStyle(face, size, white=piece.body.white)
        canvas.line(line.spots, (u, slot.v), look, Tag(kind, piece.id, None, slot.column))
    if piece.goes_to is not None:
        _print_goes_on(canvas, ready)


def _print_goes_on(canvas: InkCanvas, ready: MeasuredPiece) -> None:
    piece, slot = ready.piece, ready.room[-1]
    face = piece.marker_face or piece.body.face
    line = single_line(piece.to_text.format(piece.goes_to), SettingStyle(face, vertical=piece.body.vertical))
    u = slot.u + slot.width - line.measure * piece.body.size
    tag = Tag(PieceKind.MARKER, piece.id, None, slot.column)
    canvas.line(line.spots, (u, slot.v), CharacterStyle(face, piece.body.size, white=piece.body.white), tag)


def print_figure(canvas: InkCanvas, figure: Figure, body: BodyLook, part: int | None) -> None:
    """Print a picture and its caption within the figure's rectangle."""
    picture, caption = _figure_rects(figure, body)
    x0, y0, x1, y1 = canvas.on_sheet(picture)
    pixels = photograph(x1 - x0, y1 - y0, figure.kind, figure.seed)
    if figure.screen:
        pixels = halftone(pixels, figure.screen)
    if figure.oval:
        pixels = cut_oval(pixels)
    canvas.picture(picture, pixels, part, "cutout" if figure.oval else "picture")
    if figure.border:
        print_frame(canvas, picture, "fine", part)
    if figure.caption:
        _print_caption(canvas, figure, caption, body, part)


def _caption_lines(figure: Figure, width: float, body: BodyLook) -> Poured:
    look = caption_look(figure, body)
    column = FrameRect(0, 0, width, 100000)
    return pour([Para(figure.caption)], slots([column], look, ()), look)


def caption_look(figure: Figure, body: BodyLook) -> BodyLook:
    """Captions are set a little smaller than the body."""
    size = round(body.size * 0.88)
    face = figure.caption_face or body.face
    return replace(body, face=face, size=size, pitch=round(size * 1.3), indent=0, tracking=0.0, run_in=None)


def _figure_rects(figure: Figure, body: BodyLook) -> tuple[FrameRect, FrameRect]:
    """The picture's rectangle and the caption's."""
    r = figure.rect
    if not figure.caption or figure.oval:
        return r, r
    look = caption_look(figure, body)
    if figure.place == "beside":
        wide = max(6 * look.size, r.width * 0.25)
        return replace(r, u1=r.u1 - wide - look.size), replace(r, u0=r.u1 - wide)
    count = _caption_lines(figure, r.width, body).used
    high = count * look.pitch + look.size * 0.3
    if figure.place == "above":
        return replace(r, v0=r.v0 + high), replace(r, v1=r.v0 + high)
    return replace(r, v1=r.v1 - high), replace(r, v0=r.v1 - high + look.size * 0.3)


def _print_caption(canvas: InkCanvas, figure: Figure, at: FrameRect, body: BodyLook, part: int | None) -> None:
    for line in _caption_lines(figure, at.width, body).lines:
        tag = Tag(PieceKind.CAPTION, part)
        canvas.line(line.spots, (at.u0 + line.u, at.v0 + line.v), line.look, tag)


def _print_column_rules(canvas: InkCanvas, ready: MeasuredPiece) -> None:
    style = ready.piece.column_rules
    if style is None:
        return
    rule, thick = STYLES[style]
    for left, right in zip(ready.columns, ready.columns[1:], strict=False):
        if not 0 < right.u0 - left.u1 < 4 * ready.piece.body.size:
            continue
        u = (left.u1 + right.u0) / 2
        for v0, v1 in _clear_stretches(u, max(left.v0, right.v0), min(left.v1, right.v1), ready):
            canvas.rule(FrameRect(u - thick / 2, v0, u + thick / 2, v1), rule, ready.piece.id)


def _clear_stretches(u: float, v0: float, v1: float, ready: MeasuredPiece) -> list[tuple[float, float]]:
    """Where a rule down at `u` meets no headline and no picture."""
    pitch = ready.piece.body.pitch
    rows = [v0 + n * pitch for n in range(int((v1 - v0) / pitch))]
    clear = [v for v in rows if not any(_covers(o, u, v, v + pitch) for o in ready.obstacles)]
    out: list[tuple[float, float]] = []
    for v in clear:
        if out and abs(out[-1][1] - v) < 1:
            out[-1] = (out[-1][0], v + pitch)
        else:
            out.append((v, v + pitch))
    return [(a, b - 0.3 * pitch) for a, b in out if b - a > 2 * pitch]


def _covers(obstacle: Obstacle, u: float, v0: float, v1: float) -> bool:
    span = obstacle.span(v0, v1)
    return span is not None and span[0] < u < span[1]


def _part(canvas: InkCanvas, ready: MeasuredPiece, poured: Poured, page: int) -> TruthPart:
    piece, story = ready.piece, ready.piece.story
    printed = _printed_paragraphs(poured)
    printed |= {n: story.paras[n].text for n in printed if story.paras[n].subhead}
    subheads = tuple(story.paras[n].text for n in printed if story.paras[n].subhead)
    return TruthPart(
        id=piece.id,
        page=page,
        kind=piece.kind,
        kicker=story.kicker if piece.head else None,
        title=(story.title or None) if piece.head else None,
        subtitle=story.subtitle if piece.head else None,
        byline=story.byline if story.printed_byline and piece.head and piece.head.byline != "none" else None,
        lead=story.lead if ready.lead_at is not None else None,
        subheads=subheads,
        captions=tuple(f.caption for f in piece.figures if f.caption),
        paragraphs=tuple(printed.values()),
        continued_from=piece.comes_from,
        continued_to=piece.goes_to if poured.rest else None,
        part_of=piece.part_of,
        broken=bool(story.paras) and story.paras[0].broken,
        vertical_title=piece.head is not None and canvas.vertical == (piece.head.place != "upright"),
        quads=_quads(canvas, ready),
    )


def _printed_paragraphs(poured: Poured) -> dict[int, str]:
    """Each paragraph's text as it was printed, by its number."""
    out: dict[int, str] = {}
    for line in poured.lines:
        if line.kind is PieceKind.MARKER:
            continue
        text = "".join(s.char for s in line.spots)
        out[line.paragraph] = out.get(line.paragraph, "") + text
    return out


def _quads(canvas: InkCanvas, ready: MeasuredPiece) -> tuple[Quad, ...]:
    heads = tuple(r for r in (ready.head_at, ready.lead_at) if r is not None)
    return tuple(canvas.quad(r) for r in (*heads, *ready.columns, *(f.rect for f in ready.piece.figures)))
