"""Plots filled by chance: articles, boxes, pictures, briefs, adverts, tables, and the rules between them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from samples.typeset.canvas import FrameRect
from samples.typeset.flow import BodyLook, FlowBlock
from samples.typeset.furniture import Advert, PrintedTable
from samples.typeset.grid import redivided
from samples.typeset.headline import HeadLook
from samples.typeset.parcel import Plot
from samples.typeset.piece import Figure, Frame, HeadPlace, PlannedPiece, fitted, make_ready
from samples.typeset.press import PageRule
from samples.typeset.rules import STYLES
from samples.typeset.story import Story
from samples.typeset.taste import Draw


@dataclass
class FilledPage:
    """What came onto a page."""

    pieces: list[PlannedPiece] = field(default_factory=list)
    adverts: list[Advert] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)
    rules: list[PageRule] = field(default_factory=list)


def fill(draw: Draw, plots: list[Plot]) -> FilledPage:
    """Every plot filled."""
    out = FilledPage()
    for plot in plots:
        kind = _kind(draw, plot, out)
        if kind == "advert":
            out.adverts.append(_advert(draw, plot))
        elif kind == "table":
            out.tables.append(_table(draw, plot))
        elif kind == "picture":
            out.pieces.append(_picture_news(draw, plot))
        elif kind == "briefs":
            out.pieces += _briefs(draw, plot)
        else:
            _put_article(draw, plot, out)
        out.rules += _rules(draw, plot)
    return out


def _put_article(draw: Draw, plot: Plot, out: FilledPage) -> None:
    """The plot's article, or an advert where the headline leaves no room for a text."""
    pieces = _article(draw, plot)
    if pieces[0].story.paras or plot.tails:
        out.pieces += pieces
    else:
        out.adverts.append(_advert(draw, plot))


def _kind(draw: Draw, plot: Plot, out: FilledPage) -> str:
    if plot.tails:
        return "article"
    modern = not draw.grid.body.vertical
    if plot.columns * plot.rows < 60 and len(out.adverts) < 2 and draw.chance(0.2):
        return "advert"
    if modern and plot.columns >= 2 and plot.rows < 30 and not out.tables and draw.chance(0.12):
        return "table"
    if modern and 14 <= plot.rows < 34 and plot.columns <= 3 and draw.chance(0.1):
        return "picture"
    return "briefs" if plot.columns == 1 and draw.chance(0.35) else "article"


def _advert(draw: Draw, plot: Plot) -> Advert:
    rng, case = draw.rng, draw.taste.case
    lines = draw.writer.advert()
    shares = tuple((text, 0.9 if n == 0 else rng.uniform(0.5, 0.8)) for n, text in enumerate(lines))
    return Advert(
        id=draw.id(),
        rect=draw.grid.rect(plot.c0, plot.c1, plot.r0, plot.r1 - 1),
        lines=shares,
        face=rng.choice(case.heads),
        minor=rng.choice((case.kai, case.song)),
        rule=rng.choice(("double", "thick", "fine", "wave")),
        picture=rng.choice((None, None, "street", "portrait", "drawing")),
        code=draw.chance(0.3),
        dark=draw.chance(0.2),
        seed=rng.randrange(10**6),
    )


OLD_TABLES = {"米糧行情": ("品名", "批發", "零售")}
TABLES = {
    "联赛积分榜": ("名次", "队名", "胜", "负", "积分"),
    "城市天气预报": ("地区", "多云转晴", "最高", "最低"),
    "今日菜价": ("品名", "批发", "零售"),
}


def _table(draw: Draw, plot: Plot) -> PrintedTable:
    rng = draw.rng
    tables = OLD_TABLES if draw.taste.case.language == "hant" else TABLES
    title = rng.choice(tuple(tables))
    count = max(3, min(12, int((plot.rows - 4) / 1.6)))
    rows = [tables[title], *(_table_row(draw, title, n) for n in range(1, count))]
    high = min(plot.rows - 1.0, 3 + 1.9 * count)
    rect = draw.grid.rect(plot.c0, plot.c1, plot.r0, plot.r0 + high)
    case = draw.taste.case
    return PrintedTable(
        draw.id(), rect, title, tuple(rows), case.song, case.bold[0], draw.grid.body.size, draw.chance(0.6)
    )


def _table_row(draw: Draw, title: str, n: int) -> tuple[str, ...]:
    rng = draw.rng
    if title == "联赛积分榜":
        return str(n), draw.writer.filled("{city_name}"), str(rng.randint(0, 20)), str(rng.randint(0, 20)), str(60 - n)
    if title == "城市天气预报":
        sky = rng.choice(("晴", "多云", "小雨", "阴", "雷阵雨"))
        return draw.writer.filled("{city_name}"), sky, f"{rng.randint(20, 33)}℃", f"{rng.randint(5, 19)}℃"
    low = rng.randint(50, 900)
    return draw.writer.filled("{product}"), f"{low / 100:.2f}", f"{low * 1.4 / 100:.2f}"


def _rules(draw: Draw, plot: Plot) -> list[PageRule]:
    """The rules below a plot, at its right, and inside the corner of an L."""
    taste, grid = draw.taste, draw.grid
    if taste.rules == "none" or (taste.rules == "some" and draw.chance(0.5)):
        return []
    out = []
    if plot.r1 < grid.rows:
        out.append(_across(draw, (plot.c0, plot.last), plot.r1))
    if plot.last < grid.columns:
        top = plot.tails[-1][2] if plot.tails else plot.r0
        out.append(_down(draw, plot.last, (top, plot.r1)))
    tops = [(plot.c1, plot.r0), *((c1, r0) for _, c1, r0 in plot.tails)]
    for (column, left), (_, _, right) in zip(tops, plot.tails, strict=False):
        if left != right:
            out.append(_down(draw, column, (min(left, right), max(left, right))))
    return out


def _across(draw: Draw, columns: tuple[int, int], row: int) -> PageRule:
    grid, style = draw.grid, draw.taste.rule_style
    v = grid.v(row) - 0.55 * draw.taste.tightness * grid.body.pitch
    span = grid.rect(*columns, 0, 1)
    return PageRule(FrameRect(span.u0, v, span.u1, v + STYLES[style][1]), style)


def _down(draw: Draw, column: int, rows: tuple[int, int]) -> PageRule:
    grid, style = draw.grid, draw.taste.rule_style
    thick = STYLES[style][1]
    u = grid.u(column) - grid.gutter / 2 - thick / 2
    return PageRule(
        FrameRect(u, grid.v(rows[0]), u + thick, grid.v(rows[1]) - draw.taste.tightness * grid.body.pitch), style
    )


def _article(draw: Draw, plot: Plot) -> list[PlannedPiece]:
    """The article of a plot, with a smaller one set into it now and then."""
    grid, taste, body = draw.grid, draw.taste, draw.grid.body
    columns, frame = plot.rects(grid, taste.tightness), None
    if not plot.tails and draw.chance(taste.frames):
        columns, frame, body = _framed(draw, plot)
    elif not plot.tails and plot.columns >= 2 and draw.chance(0.2):
        rect = grid.rect(plot.c0, plot.c1, plot.r0, plot.r1 - taste.tightness)
        columns = redivided(rect, _other_count(draw, plot.columns), body, grid.gutter)
    piece = PlannedPiece(
        draw.id(), draw.story(), columns, body, frame=frame, marker_face=taste.byline_face,
        column_rules=taste.column_rules if frame is None else None,
    )  # fmt: skip
    own = plot.columns if plot.tails else len(columns)
    inset: list[PlannedPiece] = []
    if own >= 3 and plot.rows >= 40 and not body.white and draw.chance(0.35):
        inset = [p for p in [_inset(draw, piece, own)] if p.story.paras]
        around = (FlowBlock(_frame_of(p), grid.gutter * 0.3, body.pitch * 0.3) for p in inset)
        piece = replace(piece, blocked=tuple(around))
    piece = replace(piece, head=_head(draw, piece, own, plot.rows))
    if draw.chance(taste.pictures) and plot.columns * plot.rows > 50 and not body.white:
        piece = _with_picture(draw, piece, own)
    return [_written(draw, piece), *inset]


def _other_count(draw: Draw, count: int) -> int:
    """More or fewer columns than the grid has there."""
    return count + 1 if draw.grid.squares >= 14 and draw.chance(0.5) else count - 1


def _frame_of(piece: PlannedPiece) -> FrameRect:
    assert piece.frame is not None
    return piece.frame.rect


def _framed(draw: Draw, plot: Plot) -> tuple[tuple[FrameRect, ...], Frame, BodyLook]:
    grid, body = draw.grid, draw.grid.body
    rect = grid.rect(plot.c0, plot.c1, plot.r0, plot.r1 - 0.8 * draw.taste.tightness)
    inner = rect.inset(body.size * 0.9, body.pitch * 0.8)
    count = max(1, round(inner.width / (grid.column_width + grid.gutter)))
    if draw.chance(0.12):
        body = replace(body, white=True)
        return redivided(inner, count, body, grid.gutter), Frame(rect, None, draw.rng.choice((30, 60, 90))), body
    tint = draw.rng.choice((None, None, 225, 205))
    ruled = tint is None or draw.chance(0.4)
    frame = Frame(rect, draw.rng.choice(("fine", "medium", "double", "wave")) if ruled else None, tint)
    return redivided(inner, count, body, grid.gutter), frame, body


def _inset(draw: Draw, host: PlannedPiece, own: int) -> PlannedPiece:
    """A boxed piece over one or two of the host's columns, at their foot or in their middle."""
    body = host.body
    wide = draw.rng.randint(1, min(2, own - 1))
    first = draw.rng.randint(1, own - wide)
    left, right = host.columns[first], host.columns[first + wide - 1]
    high = left.v1 - left.v0
    share = high * draw.rng.uniform(0.3, 0.42)
    v1 = left.v1 if draw.chance(0.5) else left.v1 - high * draw.rng.uniform(0.1, 0.2)
    rect = FrameRect(left.u0, v1 - share, right.u1, v1)
    tint = draw.rng.choice((None, 222, 200))
    columns = redivided(rect.inset(body.size * 0.8, body.pitch * 0.8), wide, body, body.size * 1.2)
    frame = Frame(rect, "fine" if tint is None or draw.chance(0.5) else None, tint)
    story = replace(draw.story(4, 14), lead=None)
    piece = PlannedPiece(draw.id(), story, columns, body, frame=frame, marker_face=draw.taste.byline_face)
    look = _head_look(draw, piece, columns[-1].u1 - columns[0].u0, 1.5)
    return _written(draw, replace(piece, head=HeadPlace(look, 0, wide - 1, byline_face=draw.taste.byline_face)))


def _head_look(draw: Draw, piece: PlannedPiece, room: float, most: float) -> HeadLook:
    rng, taste, body = draw.rng, draw.taste, piece.body
    size = max(round(body.size * 1.3), min(round(body.size * most), int(room / 5)))
    stretch = 1.0 if body.vertical else rng.choice((1.0, 1.0, 1.0, 0.8, 0.7, 1.15))
    face = replace(rng.choice(taste.head_faces), stretch=stretch, hollow=size > 100 and draw.chance(0.05))
    panel = rng.choice(("dark", "dark", "tint", "lined")) if draw.chance(taste.panels) and not body.white else None
    return HeadLook(
        face=face,
        size=size,
        least=max(round(body.size * 1.2), size // 2),
        minor=taste.minor,
        minor_size=max(body.size, round(size * rng.uniform(0.38, 0.5))),
        align=taste.align if draw.chance(0.8) else "centre",
        panel=panel,
        title_lines=rng.choice((2, 2, 3)),
        hue=draw.rng.choice((0, 0, 0, 1, 3)) if panel is None and not body.white else 0,
        white=body.white,
    )


def _head(draw: Draw, piece: PlannedPiece, own: int, rows: int) -> HeadPlace:
    """Where the headline stands: over all columns, over some, or upright in one."""
    rng, columns = draw.rng, piece.columns
    rows = min(rows, int(min(c.height for c in columns[:own]) / piece.body.pitch))
    byline, face = rng.choice(("first_line", "first_line", "right")), draw.taste.byline_face
    if own >= 2 and rows >= 18 and draw.chance(draw.taste.uprights):
        at = rng.choice((0, own - 1, own - 1, own // 2))
        long = min(rows - 2, rng.randint(14, 34))
        most = columns[at].width / piece.body.size / rng.uniform(2.4, 4.0)
        look = replace(_head_look(draw, piece, long * piece.body.pitch, most), align="centre", title_lines=2)
        look = replace(look, face=replace(look.face, stretch=1.0))
        return HeadPlace(look, at, at, "upright", 0, long, byline, face)
    first, last = _span(draw, own)
    room = columns[last].u1 - columns[first].u0
    most = rng.uniform(1.8, 2.6) if own == 1 else rng.uniform(2.0, 4.6)
    lead = replace(piece.body, size=round(piece.body.size * 1.2), pitch=round(piece.body.pitch * 1.2), indent=0)
    return HeadPlace(_head_look(draw, piece, room, most), first, last, "over", 0, 0, byline, face, lead)


def _span(draw: Draw, own: int) -> tuple[int, int]:
    """The first and the last column under the headline."""
    rng = draw.rng
    if own >= 3 and draw.chance(0.3):
        return 0, rng.randint(1, own - 2)
    if own >= 3 and draw.chance(0.2):
        return 1, max(1, min(own - 1, 1 + rng.randint(0, own - 2)))
    return 0, own - 1


def _with_picture(draw: Draw, piece: PlannedPiece, own: int) -> PlannedPiece:
    """A picture over one or more columns: under the headline, in the middle, at the foot, or astride columns."""
    place = _picture_place(draw, piece, own)
    if place is None:
        return piece
    rect, wide = place
    oval = draw.chance(0.08)
    below = ("below", "below", "below", "above")
    figure = Figure(
        rect=rect,
        kind=draw.rng.choice(("hills", "street", "people", "portrait", "drawing", "fields")),
        seed=draw.rng.randrange(10**6),
        caption="" if oval else draw.writer.pick("captions"),
        place=draw.rng.choice((*below, "beside") if wide > 1 else below),
        oval=oval,
        screen=draw.taste.screen,
        caption_face=draw.taste.caption_face,
        border=draw.chance(0.3) and not oval,
    )
    return replace(piece, figures=(figure,))


def _picture_place(draw: Draw, piece: PlannedPiece, own: int) -> tuple[FrameRect, int] | None:
    """A rectangle for a picture, and over how many columns it goes."""
    rng, body, ready = draw.rng, piece.body, make_ready(piece)
    wide = rng.randint(1, max(1, min(3, own - 1)))
    first = rng.randint(0, own - wide)
    tops = [min((s.v for s in ready.room if s.column == c), default=None) for c in range(first, first + wide)]
    top, foot = max((t for t in tops if t is not None), default=0.0), piece.columns[first].v1
    rows = int((foot - top) / body.pitch)
    if None in tops or rows < 16:
        return None
    high = rng.randint(9, min(24, rows - 5))
    v0 = top + rng.choice((0, 0, rows - high, rng.randint(0, rows - high))) * body.pitch
    rect = FrameRect(piece.columns[first].u0, v0, piece.columns[first + wide - 1].u1, v0 + high * body.pitch)
    if own > wide and draw.chance(0.25):
        shift = rng.choice((0.35, 0.5, 0.65)) * piece.columns[first].width * (1 if first + wide < own else -1)
        rect = replace(rect, u0=rect.u0 + shift, u1=rect.u1 + shift)
    taken = [r for r in (ready.head_at, ready.lead_at) if r is not None]
    if any(r.meets(rect) for r in taken) or _blocked(piece, rect):
        return None
    return rect, wide


def _blocked(piece: PlannedPiece, rect: FrameRect) -> bool:
    spans = [o.span(rect.v0, rect.v1) for o in piece.blocked]
    return any(s is not None and s[0] < rect.u1 and rect.u0 < s[1] for s in spans)


def _written(draw: Draw, piece: PlannedPiece) -> PlannedPiece:
    """The piece with a text that fills it."""
    room = make_ready(piece).room
    squares = sum(s.width for s in room) / piece.body.square
    closing = f"（{draw.writer.name()}）" if piece.story.byline is None and draw.chance(0.3) else ""
    return fitted(piece, draw.writer.body(int(squares * 1.1), opening=not piece.story.paras), closing)


def _picture_news(draw: Draw, plot: Plot) -> PlannedPiece:
    """A picture with a title and a caption, and no body."""
    grid, rng = draw.grid, draw.rng
    rect = grid.rect(plot.c0, plot.c1, plot.r0, plot.r1 - draw.taste.tightness)
    piece = PlannedPiece(draw.id(), Story(draw.writer.title(4, 12), ()), (rect,), grid.body, kind="picture")
    look = replace(_head_look(draw, piece, rect.width, 2.0), title_lines=1, panel=None)
    piece = replace(piece, head=HeadPlace(look, 0, 0))
    head_at = make_ready(piece).head_at
    assert head_at is not None
    caption = draw.writer.pick("captions") + draw.writer.paragraph().text[: rng.randint(0, 90)]
    figure = Figure(
        replace(rect, v0=head_at.v1 + grid.body.size * 0.4), rng.choice(("hills", "street", "people", "fields")),
        rng.randrange(10**6), caption, "below", False, draw.taste.screen, draw.taste.caption_face, draw.chance(0.3),
    )  # fmt: skip
    return replace(piece, figures=(figure,))


def _briefs(draw: Draw, plot: Plot) -> list[PlannedPiece]:
    """A column of briefs, each with a small headline, parted by white."""
    grid, out = draw.grid, []
    row, end = float(plot.r0), plot.r1 - draw.taste.tightness
    while end - row >= 9:
        rows = min(end - row, draw.rng.randint(9, 18))
        if end - row - rows < 9:
            rows = end - row
        column = grid.rect(plot.c0, plot.c1, row, row + rows - 1)
        size = grid.body.size
        look = HeadLook(draw.taste.head_faces[0], round(size * 1.4), size, draw.taste.minor, size)
        piece = PlannedPiece(draw.id(), Story(draw.writer.title(4, 14), ()), (column,), grid.body)
        out.append(_written(draw, replace(piece, head=HeadPlace(look, 0, 0))))
        row += rows
    return out
