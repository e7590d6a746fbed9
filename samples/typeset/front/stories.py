"""Elements that hold articles: plain, boxed, dark, grouped, in briefs, as comment, as a story in photographs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from samples.typeset.canvas import FrameRect
from samples.typeset.front import extras
from samples.typeset.front.article import (
    ArticleOrder,
    Composer,
    byline_at_head,
    choose_byline,
    framed,
    on_picture,
    place_head,
    place_lead,
    print_text,
    start,
)
from samples.typeset.front.figures import CAPTION, Shot, darken, flow_text, print_shot
from samples.typeset.front.frames import FRAMES, badge_width, label_box, tint
from samples.typeset.front.heads import HeadText, draw_style, level_head
from samples.typeset.front.house import PLAIN, IssueDesk, PrintGround
from samples.typeset.front.paper import PAPER_WHITE, ColouredSheet
from samples.typeset.front.shapes import Shape
from samples.typeset.truth import PieceKind, TruthPart

CUTOUTS: Final = ("oval", "blob", "burst", "figure")
TALL: Final = 14
"""Lines of the body below which no picture and no inset is put into an article."""


def compose(paper: ColouredSheet, desk: IssueDesk, order: ArticleOrder, page: int) -> None:
    """Print one article in its rectangle."""
    c = start(paper, desk, order, page)
    rows = order.rect.height / c.body.pitch
    if order.head not in ("none",) and rows < 8:
        extras.advert(paper, desk, order.rect)
        return
    if not order.head:
        c.order = order = replace(order, head=_head_place(c, rows))
    figures = order.figures
    if figures and order.head == "over" and rows > 34 and desk.chance(0.3):
        _picture_above(c)
        figures -= 1
    if order.head == "over" and not order.label and not order.title and rows > 36 and desk.chance(0.12):
        _headline_on_picture(c)
    else:
        place_head(c)
    if order.lead:
        place_lead(c)
    for _ in range(figures):
        _picture(c, rows)
    if order.inset and rows > 26 and len(c.columns) >= 2:
        _inset(c)
    byline = choose_byline(c) if order.comes_from is None else ""
    if byline == "head":
        byline_at_head(c)
        byline = "head" if c.printed_byline else ""
    jump = _jump_page(desk, page) if order.comes_from is None and desk.chance(0.15) else None
    if not print_text(c, byline, jump):
        _title_alone(c)
    elif c.goes_to is not None and c.goes_to <= desk.pages:
        desk.jumps.append((c.part, page, c.goes_to, c.words.title))


def _jump_page(desk: IssueDesk, page: int) -> int:
    """A later page of this issue where there is one, otherwise a page that is not drawn."""
    if page < desk.pages:
        return desk.rng.randint(page + 1, desk.pages)
    return desk.rng.randint(desk.pages + 1, desk.pages + 6)


def _continued(desk: IssueDesk, r: FrameRect, page: int) -> ArticleOrder | None:
    """The order for an article that goes on from an earlier page, where one waits for this page."""
    waiting = next((j for j in desk.jumps if j[2] == page), None)
    if waiting is None:
        return None
    desk.jumps.remove(waiting)
    part, source, _, title = waiting
    short = title[: max(4, len(title) // 2)]
    said = desk.rng.choice(("", title, title, short if short[-1] not in "“「《『（" else title))
    return ArticleOrder(r, head="over" if said else "none", title=said, comes_from=(part, source), weight=0.8)


def _headline_on_picture(c: Composer) -> None:
    """A picture over all columns with the headline on it."""
    r = c.order.rect
    v1 = c.grid_row(r.v0 + r.height * c.desk.rng.uniform(0.3, 0.42))
    shot = replace(r, v1=v1 - c.body.pitch * 0.8)
    _shoot(c, Shot(shot, c.desk.rng.choice(("plain", "plain", "rounded"))))
    darken(c.paper, shot)
    on_picture(c, shot)
    c.block(replace(shot, v1=v1 - 1), 1, 0)


def _title_alone(c: Composer) -> None:
    """An article whose headline left no room for a text."""
    c.paper.parts.append(
        TruthPart(
            c.part, c.page, "article", c.words.kicker, c.words.title or None, c.words.subtitle, None, c.lead,
            paragraphs=(c.lead,) if c.lead else (), captions=tuple(c.captions), label=c.label, interrupting=(),
            vertical_title=c.upright, quads=(c.paper.quad(c.order.rect),),
        )
    )  # fmt: skip


def _head_place(c: Composer, rows: float) -> str:
    n = len(c.columns)
    places = {"over": 5.0}
    if n >= 2 and rows >= 16:
        places |= {"part": 1.2, "tail": 0.5}
    if n >= 2 and rows >= 20:
        places |= {"right": 1.8, "left": 1.0, "inside": 0.5}
    if n >= 3 and rows >= 22:
        places |= {"middle": 1.3, "part": 2.2, "tail": 0.9}
    return c.desk.rng.choices(list(places), list(places.values()))[0]


def _caption(c: Composer) -> tuple[str, str]:
    w = c.desk.writer
    caption = w.pick("captions")
    if c.desk.chance(0.25):
        caption += w.pick("middles")
    credit = w.said("credits", a=w.name()) if c.desk.chance(0.4) else ""
    return caption, credit


def _picture_above(c: Composer) -> None:
    """A picture over all columns above the headline."""
    r = c.order.rect
    high = c.grid_row(r.v0 + r.height * c.desk.rng.uniform(0.25, 0.4)) - r.v0
    shot = FrameRect(r.u0, r.v0, r.u1, r.v0 + high - c.body.pitch * 0.8)
    caption, credit = _caption(c)
    place = c.desk.rng.choice(("below", "on", "box", "beside"))
    _shoot(c, Shot(shot, c.desk.rng.choice(("plain", "rounded", "bordered")), caption, credit, place, c.order.ground))
    rest = replace(r, v0=r.v0 + high)
    c.order = replace(c.order, rect=rest)
    c.columns = tuple(replace(k, v0=r.v0 + high) for k in c.columns)


def _shoot(c: Composer, shot: Shot) -> None:
    before = len(c.paper.lines)
    print_shot(c.paper, c.desk, shot, c.part)
    shown = "".join(n.text for n in c.paper.lines[before:] if n.kind is PieceKind.CAPTION)
    if shown:
        c.captions.append(shown)


def _picture(c: Composer, rows: float) -> None:
    """A picture within the text, over one or more columns, with straight edges or cut out."""
    rng, n, pitch = c.desk.rng, len(c.columns), c.body.pitch
    if rows < TALL:
        return
    for _ in range(8):
        wide = rng.randint(1, max(1, min(3, n - 1))) if n > 1 else 1
        first = rng.randint(0, n - wide)
        top = max(k.v0 for k in c.columns[first : first + wide])
        high = pitch * rng.randint(7, max(8, min(20, int(rows * 0.5))))
        v0 = c.grid_row(
            rng.choice((top, c.columns[first].v1 - high, rng.uniform(top, max(top, c.columns[first].v1 - high))))
        )
        heads = [t.v1 for t in c.taken if t.u0 < c.columns[first + wide - 1].u1 and c.columns[first].u0 < t.u1]
        v0 = c.grid_row(max(v0, min(heads, default=v0) if v0 < min(heads, default=v0) else v0))
        r = FrameRect(
            c.columns[first].u0,
            v0,
            c.columns[first + wide - 1].u1,
            min(v0 + high - (pitch - c.body.size), c.columns[first].v1),
        )
        if r.height > 5 * pitch and c.free(r.inset(0, -2)):
            _print_picture(c, r, wide)
            return


def _print_picture(c: Composer, r: FrameRect, wide: int) -> None:
    rng, size = c.desk.rng, c.body.size
    if c.desk.chance(0.25) and r.width > 9 * size:
        _cutout(c, r)
        return
    caption, credit = _caption(c)
    places = ["below", "below", "below", "above", "on", "box"]
    places += ["beside"] if r.width > 20 * size else []
    places += ["upright"] if r.height > 9 * size and r.width > 9 * size else []
    forms = ("plain", "plain", "plain", "rounded", "bordered", "faded")
    _shoot(c, Shot(r, rng.choice(forms), caption, credit if wide > 1 else "", rng.choice(places), c.order.ground))
    c.block(replace(r, v1=c.grid_row(r.v1 + 0.3 * size) - 1), size * 0.4, 1)


def _cutout(c: Composer, r: FrameRect) -> None:
    """A cut-out without a caption; astride a gutter where there is one beside."""
    size = c.body.size
    gap = c.house.gutter
    if r.u1 < c.order.rect.u1 - gap and c.desk.chance(0.6):
        moved = FrameRect(r.u0 + r.width * 0.5, r.v0, min(c.order.rect.u1, r.u1 + r.width * 0.4), r.v1)
        r = moved if c.free(moved) else r
    _shoot(c, Shot(r, c.desk.rng.choice(CUTOUTS), ground=c.order.ground))
    points = c.paper.marks[-1].polygon
    c.obstacles.append(Shape(points, size * 0.5))
    c.taken.append(r)


def _inset(c: Composer) -> None:
    """Another element in the lower corner of the columns, so that the text takes the form of an L."""
    n, rng, pitch = len(c.columns), c.desk.rng, c.body.pitch
    wide = rng.randint(1, n - 1)
    at_right = c.desk.chance(0.7)
    columns = c.columns[n - wide :] if at_right else c.columns[:wide]
    foot = columns[0].v1
    top = c.grid_row(foot - pitch * rng.randint(9, max(10, min(22, int(c.order.rect.height / pitch * 0.45)))))
    r = FrameRect(columns[0].u0, top, columns[-1].u1, foot)
    if not c.free(r.inset(0, -pitch)):
        return
    c.block(r.inset(0, -pitch * 0.4), c.house.gutter * 0.4, 0)
    inner = r
    kinds = ["advert", "teasers", "figures", "small_adverts"] if r.width < 22 * c.body.size else ["article"]
    kind = rng.choice((*kinds, "article", "framed")) if r.width > 11 * c.body.size else rng.choice(kinds)
    ground = c.order.ground
    if kind in ("article", "framed"):
        if kind == "framed" or ground.reversed:
            inner = framed(c.paper, c.desk, r, rng.choice(FRAMES), PAPER_WHITE if ground.reversed else None)
        else:
            c.paper.stroke(replace(r, v1=r.v0 + 3), "fine")
            inner = replace(r, v0=r.v0 + pitch * 0.6)
        compose(c.paper, c.desk, ArticleOrder(inner, head="over", weight=0.8), c.page)
        return
    if ground.reversed:
        tint(c.paper, r, PAPER_WHITE, (0, None))
    EXTRAS[kind](c.paper, c.desk, inner)


EXTRAS: Final[dict[str, Callable[[ColouredSheet, IssueDesk, FrameRect], None]]] = {
    "teasers": extras.teasers,
    "figures": extras.figures,
    "list": extras.name_list,
    "table": extras.table,
    "advert": extras.advert,
    "small_adverts": extras.small_adverts,
}


def _order(desk: IssueDesk, r: FrameRect, weight: float, ground: PrintGround = PLAIN) -> ArticleOrder:
    """An article's order with the parts that its size allows."""
    area = r.width * r.height / desk.house.size**2
    return ArticleOrder(
        r,
        ground,
        figures=desk.rng.choice((0, 1, 1, 2)) if area > 1500 else desk.rng.choice((0, 0, 1)) if area > 500 else 0,
        label=desk.writer.said("labels") if desk.chance(0.2) and area > 300 else "",
        lead=area > 900 and desk.chance(0.22),
        drop_capital=area > 600 and desk.chance(0.12),
        weight=weight,
        face=desk.house.case.kai if desk.chance(0.08) else None,
        inset=area > 1300 and desk.chance(0.4),
    )


def article(paper: ColouredSheet, desk: IssueDesk, place: tuple[FrameRect, float, int]) -> None:
    """An article on the paper itself."""
    r, weight, page = place
    compose(paper, desk, _continued(desk, r, page) or _order(desk, r, weight), page)


def boxed(paper: ColouredSheet, desk: IssueDesk, place: tuple[FrameRect, float, int]) -> None:
    """An article in a frame, a label astride its upper edge now and then."""
    r, weight, page = place
    size = desk.house.size
    labelled = desk.chance(0.4)
    if labelled:
        r = replace(r, v0=r.v0 + size * 0.8)
    inner = framed(paper, desk, r, desk.rng.choice(FRAMES), desk.house.pale if desk.chance(0.35) else None)
    order = _order(desk, inner, weight)
    if labelled:
        text = desk.writer.said("labels")
        u = r.u0 + desk.rng.choice((size * 2, (r.width - badge_width(text, size * 1.1)) / 2))
        paper.block(
            FrameRect(u - 4, r.v0 - size * 0.8, u + badge_width(text, size * 1.1) + 4, r.v0 + size * 0.9), PAPER_WHITE
        )
        label_box(paper, desk, text, (u, r.v0 - size * 0.8, size * 1.1, desk.next_id))
        order = replace(order, rect=replace(inner, v0=inner.v0 + size * 0.6), label="")
        _compose_labelled(paper, desk, (order, text), page)
        return
    compose(paper, desk, order, page)


def _compose_labelled(paper: ColouredSheet, desk: IssueDesk, what: tuple[ArticleOrder, str], page: int) -> None:
    """An article whose label is printed already."""
    order, text = what
    count = len(paper.parts)
    number = desk.next_id
    compose(paper, desk, order, page)
    for n in range(count, len(paper.parts)):
        if paper.parts[n].id == number:
            paper.parts[n] = replace(paper.parts[n], label=text)


def tinted(paper: ColouredSheet, desk: IssueDesk, place: tuple[FrameRect, float, int]) -> None:
    """An article on a pale ground."""
    r, weight, page = place
    inner = framed(paper, desk, r, desk.rng.choice(("none", "none", "rounded", "fine")), desk.house.pale)
    compose(paper, desk, _order(desk, inner, weight, PrintGround(fill=desk.house.pale)), page)


def dark(paper: ColouredSheet, desk: IssueDesk, place: tuple[FrameRect, float, int]) -> None:
    """A feature in white type on a dark ground, or its headline alone."""
    r, weight, page = place
    size, whole = desk.house.size, desk.chance(0.7)
    white = PrintGround(PAPER_WHITE, True, fill=desk.house.dark)
    if whole:
        tint(paper, r, desk.house.dark, (0, None))
        order = _order(desk, r.inset(size, size * 0.9), weight * 1.2, white)
        compose(paper, desk, replace(order, lead=desk.chance(0.6), figures=max(1, order.figures), head="over"), page)
        return
    band = replace(r, v1=r.v0 + size * desk.rng.uniform(5, 8) * min(1.3, weight))
    tint(paper, band, desk.house.dark, (0, None))
    lower = FrameRect(r.u0, band.v1 + size * 0.6, r.u1, r.v1)
    if desk.chance(0.5):
        tint(paper, replace(lower, v0=band.v1), desk.house.pale, (0, None))
        lower = lower.inset(size * 0.7, size * 0.5)
    c = start(paper, desk, replace(_order(desk, lower, weight), head="none", label=""), page)
    inner = band.inset(size, size * 0.5)
    per = max(6, int(inner.width / (inner.height * 0.62)))
    kicker = desk.writer.pick("kickers") if desk.chance(0.5) else None
    title = desk.writer.fitted_title(max(5, per // 2), max(7, per))
    c.words = HeadText(title, kicker)
    big = inner.height * (0.55 if kicker else 0.8)
    style = replace(draw_style(desk, big, 1, white), kicker_form="plain", minor_size=round(big * 0.45))
    level_head(paper, c.words, inner, (style, c.part))
    if c.order.figures:
        _picture(c, lower.height / c.body.pitch)
    if not print_text(c, choose_byline(c, "ruled")):
        _title_alone(c)


def photo_story(paper: ColouredSheet, desk: IssueDesk, place: tuple[FrameRect, float, int]) -> None:
    """Photographs with a headline and a short text: in the corner between two, beside one, or below."""
    r, _, page = place
    rng, size = desk.rng, desk.house.size
    c = start(paper, desk, ArticleOrder(r, head="none", columns=1), page)
    form = rng.choice(("corner", "corner", "side", "below", "row")) if r.width > 26 * size else "below"
    if form == "corner":
        room = _two_photos(c)
    elif form == "row":
        room = _photo_row(c)
    elif form == "side":
        share = r.u0 + r.width * rng.uniform(0.58, 0.7)
        _shoot(c, Shot(replace(r, u1=share), rng.choice(("plain", "rounded")), *_caption(c), "below"))
        room = replace(r, u0=share + size)
    else:
        foot = r.v1 - size * rng.uniform(5, 8)
        _shoot(c, Shot(replace(r, v1=foot), rng.choice(("plain", "bordered", "rounded"))))
        room = replace(r, v0=foot + size * 0.6)
    _photo_text(c, room)


def _two_photos(c: Composer) -> FrameRect:
    """A large photograph and a smaller one over its corner; the empty corner comes back."""
    r, rng, size = c.order.rect, c.desk.rng, c.body.size
    high = r.height - size * 3.2
    large = FrameRect(r.u0, r.v0, r.u0 + r.width * rng.uniform(0.68, 0.76), r.v0 + high)
    over = rng.uniform(-0.6, 2.0) * size
    small = FrameRect(large.u1 - over, r.v0 + r.height * rng.uniform(0.5, 0.62), r.u1, r.v1)
    form = rng.choice(("rounded", "plain"))
    _shoot(c, Shot(large, form))
    if over > 0:
        c.paper.block(small.inset(-size * 0.3), PAPER_WHITE, round(size) if form == "rounded" else 0)
    _shoot(c, Shot(small, form))
    caption = f"▲{c.desk.writer.pick('captions').lstrip('■▲▶●◀')}"
    strip = FrameRect(large.u0 + size * 0.5, large.v1 + size * 0.5, small.u0 - size, r.v1)
    shown = flow_text(c.paper, c.desk, (caption, PieceKind.CAPTION, c.part), (strip, PLAIN), (c.house.caption, CAPTION))
    c.captions.append(caption[:shown])
    return FrameRect(large.u1 + size * 0.8, r.v0 + size, r.u1, small.v0 - size * 0.8)


def _photo_row(c: Composer) -> FrameRect:
    """Two to four photographs side by side, each with its caption; the room below comes back."""
    r, rng, size = c.order.rect, c.desk.rng, c.body.size
    count = rng.randint(2, max(2, min(4, int(r.width / (9 * size)))))
    foot = r.v1 - size * rng.uniform(6, 9)
    gap = size * rng.choice((0.2, 0.6))
    wide = (r.width - (count - 1) * gap) / count
    form, place = rng.choice(("plain", "rounded", "bordered")), rng.choice(("below", "on"))
    for n in range(count):
        u0 = r.u0 + n * (wide + gap)
        caption = c.desk.writer.pick("captions")
        _shoot(c, Shot(FrameRect(u0, r.v0, u0 + wide, foot), form, caption, "", place))
    return replace(r, v0=foot + size * 0.6)


def _photo_text(c: Composer, room: FrameRect) -> None:
    """The headline and the few lines of a photo story."""
    desk, size = c.desk, c.body.size
    per = max(4, int(room.width / (1.5 * size)))
    lines = 1 if per >= 9 else 2
    title = desk.writer.fitted_title(4, per * lines)
    c.words = HeadText(title)
    style = replace(draw_style(desk, size * 1.7, lines), leading=1.35, kicker_form="plain")
    head = level_head(c.paper, c.words, room, (style, c.part))
    c.taken.append(head)
    text = FrameRect(room.u0, head.v1 + size * desk.rng.uniform(0.5, 1.5), room.u1, room.v1)
    c.columns = (text,)
    c.order = replace(c.order, face=c.house.case.kai)
    c.body = replace(c.house.body_look(PLAIN, c.house.case.kai if desk.chance(0.6) else None), subhead=c.body.subhead)
    if text.height < 2 * c.body.pitch or not print_text(c, ""):
        _title_alone(c)


def comment(paper: ColouredSheet, desk: IssueDesk, place: tuple[FrameRect, float, int]) -> None:
    """An opinion with its label, set in kai or on a ground."""
    r, weight, page = place
    if desk.chance(0.4):
        r = framed(paper, desk, r, desk.rng.choice(FRAMES), desk.house.pale if desk.chance(0.5) else None)
    face = desk.house.case.kai if desk.chance(0.6) else None
    order = ArticleOrder(r, label=desk.writer.said("labels"), head="over", weight=weight, face=face)
    compose(paper, desk, order, page)


def group(paper: ColouredSheet, desk: IssueDesk, place: tuple[FrameRect, float, int]) -> None:
    """Two to four articles below each other under one label, in one frame or on one ground."""
    r, _, page = place
    size = desk.house.size
    inner = framed(paper, desk, r, desk.rng.choice(FRAMES), desk.house.pale if desk.chance(0.5) else None)
    text = desk.writer.said("labels")
    top = label_box(
        paper, desk, text, (inner.u0 + (inner.width - badge_width(text, size * 1.3)) / 2, inner.v0, size * 1.3, None)
    )
    paper.other("column-label", text)
    first = len(paper.parts)
    count = max(2, min(4, int(inner.height / (16 * desk.house.pitch))))
    v, ends = top.v1 + size * 0.8, inner.v1
    step = (ends - v) / count
    for n in range(count):
        one = FrameRect(inner.u0, v + n * step, inner.u1, v + (n + 1) * step - size)
        if n and desk.chance(0.3):
            paper.stroke(FrameRect(inner.u0, one.v0 - size * 0.6, inner.u1, one.v0 - size * 0.6 + 2), "dotted")
        compose(paper, desk, ArticleOrder(one, head="over", weight=0.85), page)
    paper.parts[first:] = [replace(p, label=text) for p in paper.parts[first:]]


def briefs(paper: ColouredSheet, desk: IssueDesk, place: tuple[FrameRect, float, int]) -> None:
    """Short news below each other, each with a small headline, parted by rules or white."""
    r, _, page = place
    size, pitch = desk.house.size, desk.house.pitch
    v = r.v0
    if desk.chance(0.6):
        text = desk.writer.said("labels")
        made = label_box(paper, desk, text, (r.u0, v, size * 1.2, None))
        paper.other("column-label", text)
        v = made.v1 + size * 0.7
    ruled = desk.chance(0.6)
    while r.v1 - v > 8 * pitch:
        rows = desk.rng.randint(9, 16)
        foot = min(r.v1, v + rows * pitch)
        if r.v1 - foot < 9 * pitch:
            foot = r.v1
        compose(paper, desk, ArticleOrder(FrameRect(r.u0, v, r.u1, foot), head="over", weight=0.62), page)
        v = foot + pitch * 1.1
        if ruled and r.v1 - v > 8 * pitch:
            paper.stroke(FrameRect(r.u0, v - pitch * 0.7, r.u1, v - pitch * 0.7 + 2), desk.house.rule)


STORIES: Final[dict[str, Callable[[ColouredSheet, IssueDesk, tuple[FrameRect, float, int]], None]]] = {
    "article": article,
    "boxed": boxed,
    "tinted": tinted,
    "dark": dark,
    "photo_story": photo_story,
    "comment": comment,
    "group": group,
    "briefs": briefs,
}
