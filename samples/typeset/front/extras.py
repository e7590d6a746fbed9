"""Small elements of a page: teasers, infographics, name lists, tables, adverts, columns of small adverts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from samples.typeset.canvas import CharacterStyle, Colour, FrameRect, Tag
from samples.typeset.faces import Face
from samples.typeset.front.figures import Shot, flow_text, print_shot
from samples.typeset.front.frames import FRAMES, frame, tint
from samples.typeset.front.house import PLAIN, IssueDesk, PrintGround
from samples.typeset.front.paper import BLACK, PAPER_WHITE, ColouredSheet
from samples.typeset.grid import redivided
from samples.typeset.headline import break_title
from samples.typeset.picture import square_code
from samples.typeset.setting import SettingStyle, single_line
from samples.typeset.truth import PieceKind


def put(paper: ColouredSheet, text: str, at: tuple[float, float], look: CharacterStyle, kind: PieceKind) -> float:
    """Print a line of furniture; its width comes back."""
    line = single_line(text, SettingStyle(look.face))
    paper.line(line.spots, at, look, Tag(kind))
    return line.measure * look.size * look.spread


def width_of(text: str, face: Face, size: float) -> float:
    """The width of a line in pixels."""
    return single_line(text, SettingStyle(face)).measure * size * face.stretch


def fitted_size(text: str, face: Face, most: float, room: float) -> int:
    """The largest size up to `most` at which the line fits the room."""
    return max(9, int(min(most, room / max(0.1, width_of(text, face, 1000) / 1000))))


def centred(paper: ColouredSheet, text: str, r: FrameRect, look: CharacterStyle, kind: PieceKind) -> None:
    """Print a line in the middle of a rectangle's width, at its top."""
    put(paper, text, (r.u0 + (r.width - width_of(text, look.face, look.size)) / 2, r.v0), look, kind)


def teasers(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    """One to three teasers below each other: a section's name, a headline, a picture, the page."""
    house, size = desk.house, desk.house.size
    count = max(1, min(6, round(r.height / (7 * size))))
    step = r.height / count
    fill = house.pale if desk.chance(0.6) else None
    if fill:
        tint(paper, r, fill, (0, None))
    for n in range(count):
        one = FrameRect(r.u0, r.v0 + n * step, r.u1, r.v0 + (n + 1) * step - size * 0.4).inset(size * 0.6, size * 0.4)
        _teaser(paper, desk, one)
        if n + 1 < count:
            v = r.v0 + (n + 1) * step - size * 0.2
            paper.stroke(FrameRect(r.u0 + size, v, r.u1 - size, v + 2), "dotted", BLACK)


def _teaser(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    house, size, case = desk.house, desk.house.size, desk.house.case
    section = f"【{desk.writer.said('sections')}】"
    title, refer = desk.writer.said("teasers"), desk.writer.said("refer", n=desk.rng.randint(2, 12))
    if desk.chance(0.6) and r.height > 5 * size and r.width > 14 * size:
        wide = min(r.height * 1.2, r.width * 0.36)
        at_left = desk.chance(0.5)
        shot = replace(r, u1=r.u0 + wide) if at_left else replace(r, u0=r.u1 - wide)
        print_shot(paper, desk, Shot(shot, desk.rng.choice(("plain", "rounded"))), None)
        r = replace(r, u0=r.u0 + wide + size * 0.6) if at_left else replace(r, u1=r.u1 - wide - size * 0.6)
    face = desk.face()
    lines = 2 if width_of(title, face, size * 1.3) > r.width else 1
    texts = break_title(title, lines)
    big = min(fitted_size(t, face, min(size * 2.4, r.height * 0.5 / lines), r.width) for t in texts)
    small = round(size * 0.85)
    put(
        paper,
        section,
        (r.u0, r.v0),
        CharacterStyle(case.song, fitted_size(section, case.song, small, r.width)),
        PieceKind.TEASER,
    )
    for n, t in enumerate(texts):
        v = r.v0 + small * 1.5 + n * big * 1.15
        centred(paper, t, FrameRect(r.u0, v, r.u1, v), CharacterStyle(face, big, spread=face.stretch), PieceKind.TEASER)
    fit = fitted_size(refer, case.bold[0], small, r.width)
    u = r.u1 - width_of(refer, case.bold[0], fit)
    v = min(r.v1 - fit, r.v0 + small * 1.8 + lines * big * 1.15)
    put(paper, refer, (u, v), CharacterStyle(case.bold[0], fit, colour=house.accent), PieceKind.TEASER)
    paper.other("teaser", f"{section} {title} {refer}")


def figures(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    """An infographic: a title, bars or a small table of numbers, short labels."""
    house, size, case = desk.house, desk.house.size, desk.house.case
    ground = house.pale if desk.chance(0.7) else None
    if ground:
        tint(paper, r, ground, (round(size) if desk.chance(0.4) else 0, None))
    if desk.chance(0.5) or ground is None:
        frame(paper, r, desk.rng.choice(("fine", "rounded", "wavy", "dotted")), (house.accent, None))
    inner = r.inset(size * 0.9, size * 0.8)
    title = desk.writer.said("figure_titles")
    top = fitted_size(title, case.bold[0], size * 1.3, inner.width)
    centred(paper, title, inner, CharacterStyle(case.bold[0], top, colour=house.accent), PieceKind.FIGURES)
    rest = replace(inner, v0=inner.v0 + top * 1.6)
    texts = _bars(paper, desk, rest) if desk.chance(0.5) else _numbers(paper, desk, rest)
    paper.other("figures", f"{title} {' '.join(texts)}")


def _number(desk: IssueDesk) -> str:
    rng = desk.rng
    return rng.choice((str(rng.randint(12, 999)), f"{rng.uniform(1, 99):.2f}", f"{rng.uniform(1, 99):.1f}%"))


def _bars(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> list[str]:
    """Level bars with a name at the left and a number at the end."""
    size, case, rng = desk.house.size, desk.house.case, desk.rng
    small = round(size * 0.85)
    count = max(2, min(8, int(r.height / (small * 1.8))))
    names = rng.sample(desk.writer.patterns["figure_items"], count)
    texts = []
    for n, name in enumerate(names):
        v, number = r.v0 + n * r.height / count, _number(desk)
        put(paper, name, (r.u0, v), CharacterStyle(case.song, small), PieceKind.FIGURES)
        wide = (r.width - 6.5 * small) * rng.uniform(0.15, 1.0)
        bar = FrameRect(r.u0 + 2.4 * small, v, r.u0 + 2.4 * small + max(4, wide), v + small)
        paper.block(bar, desk.house.accent if n % 2 == 0 else desk.house.dark)
        paper.mark("chart", bar)
        put(paper, number, (bar.u1 + small * 0.3, v), CharacterStyle(case.bold[0], small), PieceKind.FIGURES)
        texts += [name, number]
    return texts


def _numbers(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> list[str]:
    """Rows of years and numbers between fine rules, a small sign above each column."""
    size, case, rng = desk.house.size, desk.house.case, desk.rng
    small = round(size * max(0.85, min(1.7, r.width / size / 22)))
    columns = max(2, min(5, int(r.width / (5 * small)) - 1))
    names = rng.sample(desk.writer.patterns["figure_items"], columns)
    rows = max(1, min(9, int(r.height / (small * 1.9)) - 2))
    high = max(1.4 * small, min(3 * small, (r.height - 2.8 * small) / rows))
    step = r.width / (columns + 1)
    texts = list(names)
    for m, name in enumerate(names):
        u = r.u0 + (m + 1) * step
        sign = FrameRect(u + step * 0.3, r.v0, u + step * 0.3 + small, r.v0 + small)
        paper.block(sign, desk.house.accent, small // 4)
        paper.mark("chart", sign)
        centred(
            paper,
            name,
            FrameRect(u, r.v0 + small * 1.2, u + step, 0),
            CharacterStyle(case.song, small),
            PieceKind.FIGURES,
        )
    first = rng.randint(1990, 2018)
    for n in range(rows):
        v = r.v0 + small * 2.8 + high * n
        year = f"{first + n}{desk.writer.patterns['year']}"
        put(paper, year, (r.u0, v), CharacterStyle(case.song, small), PieceKind.FIGURES)
        texts.append(year)
        paper.stroke(FrameRect(r.u0, v + small * 1.2, r.u1, v + small * 1.2 + 2), "fine", (150, 150, 150))
        for m in range(columns):
            number = _number(desk)
            cell = FrameRect(r.u0 + (m + 1) * step, v, r.u0 + (m + 2) * step, v)
            centred(paper, number, cell, CharacterStyle(case.bold[0] if m % 2 else case.song, small), PieceKind.FIGURES)
            texts.append(number)
    return texts


def name_list(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    """A list of places and persons in columns under a title."""
    size, case, w = desk.house.size, desk.house.case, desk.writer
    frame(paper, r, desk.rng.choice(FRAMES), (desk.house.dark, None))
    inner = r.inset(size, size * 0.8)
    title = w.said("list_titles")
    top = fitted_size(title, case.bold[0], size * 1.2, inner.width)
    centred(paper, title, inner, CharacterStyle(case.bold[0], top), PieceKind.LIST)
    small, texts = round(size * 0.86), [title]
    columns = redivided(
        replace(inner, v0=inner.v0 + top * 1.6), max(1, int(inner.width / (11 * small))), desk.house.body_look(), size
    )
    for column in columns:
        for n in range(int(column.height / (small * 1.4))):
            text = w.said(desk.rng.choice(("{office}{job}{person}", "{office} {person}", "{county}{office} {phone}")))
            fit = fitted_size(text, case.song, small, column.width)
            put(paper, text, (column.u0, column.v0 + n * small * 1.4), CharacterStyle(case.song, fit), PieceKind.LIST)
            texts.append(text)
    paper.other("list", " ".join(texts))


def table(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    """A table with rules, some rules, or none."""
    size, case, rng = desk.house.size, desk.house.case, desk.rng
    small = round(size * 0.88)
    title = desk.writer.said("figure_titles")
    top = fitted_size(title, case.bold[0], size * 1.2, r.width)
    centred(paper, title, r, CharacterStyle(case.bold[0], top), PieceKind.TABLE)
    body = replace(r, v0=r.v0 + top * 1.6)
    columns = max(2, min(6, int(r.width / (5.5 * small))))
    rows = max(2, int(body.height / (small * 1.6)))
    step, high = r.width / columns, body.height / rows
    heads = rng.sample(desk.writer.patterns["figure_items"], columns)
    texts = [title]
    for n in range(rows):
        cells = heads if n == 0 else [desk.writer.said("{city_name}"), *(_number(desk) for _ in range(columns - 1))]
        for m, cell in enumerate(cells):
            face = case.bold[0] if n == 0 else case.song
            fit = fitted_size(cell, face, small, step * 0.9)
            at = FrameRect(r.u0 + m * step, body.v0 + n * high + (high - fit) / 2, r.u0 + (m + 1) * step, 0)
            centred(paper, cell, at, CharacterStyle(face, fit), PieceKind.TABLE)
        texts.append(" ".join(cells))
    _table_rules(paper, desk, body, (rows, columns))
    paper.mark("table", body)
    paper.other("table", " ".join(texts))


def _table_rules(paper: ColouredSheet, desk: IssueDesk, r: FrameRect, shape: tuple[int, int]) -> None:
    form = desk.rng.choice(("all", "level", "none", "ends"))
    rows, columns = shape
    levels = {"all": range(rows + 1), "level": range(rows + 1), "none": range(0), "ends": (0, 1, rows)}[form]
    for n in levels:
        v = r.v0 + n * r.height / rows
        paper.stroke(FrameRect(r.u0, v - 1, r.u1, v + 1), "fine", BLACK)
        paper.marks[-1] = replace(paper.marks[-1], kind="table_line")
    for m in range(columns + 1) if form == "all" else ():
        u = r.u0 + m * r.width / columns
        paper.stroke(FrameRect(u - 1, r.v0, u + 1, r.v1), "fine", BLACK)
        paper.marks[-1] = replace(paper.marks[-1], kind="table_line")


def advert(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    """Display type in a frame or on a ground, with a picture, a code or a sign."""
    house, size, rng = desk.house, desk.house.size, desk.rng
    lines = desk.writer.advert()
    dark = desk.chance(0.3)
    ground = PrintGround(PAPER_WHITE, True) if dark else PLAIN
    if dark:
        tint(paper, r, rng.choice((house.dark, house.accent)), (round(size * 0.8) if desk.chance(0.4) else 0, None))
    elif desk.chance(0.4):
        tint(paper, r, house.pale, (round(size * 0.8) if desk.chance(0.4) else 0, None))
    if not dark:
        frame(paper, r, rng.choice(FRAMES), (rng.choice((BLACK, house.accent)), None))
    inner = r.inset(size, size * 0.8)
    if desk.chance(0.6):
        inner = _advert_picture(paper, desk, inner)
    if inner.width > 5 * inner.height:
        _banner(paper, desk, inner, (lines, ground))
    else:
        _display(paper, desk, inner, (lines, ground))
    paper.other("advert", " ".join(lines))


def _banner(paper: ColouredSheet, desk: IssueDesk, r: FrameRect, what: tuple[Sequence[str], PrintGround]) -> None:
    """An advert's lines side by side in one row."""
    lines, ground = what
    face, minor = desk.face(), desk.house.case.bold[0]
    faces = [face, *(minor for _ in lines[1:])]
    sizes = [r.height * 0.66, *(min(r.height * 0.4, desk.house.size * 1.6) for _ in lines[1:])]
    gap = desk.house.size * 1.2
    wide = sum(width_of(t, f, s) for t, f, s in zip(lines, faces, sizes, strict=True))
    shrink = min(1.0, (r.width - gap * (len(lines) - 1)) / wide)
    u = r.u0 + max(0.0, r.width - wide * shrink - gap * (len(lines) - 1)) / 2
    for text, one, size in zip(lines, faces, sizes, strict=True):
        whole = max(9, int(size * shrink))
        look = CharacterStyle(one, whole, white=ground.reversed, colour=ground.ink, spread=one.stretch)
        u += put(paper, text, (u, r.v0 + (r.height - whole) / 2), look, PieceKind.ADVERT) + gap


def _advert_picture(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> FrameRect:
    size, form = desk.house.size, desk.rng.choice(("photo", "photo", "code", "sign"))
    side = min(r.height, r.width * 0.4)
    if r.height > 1.2 * r.width and form == "photo":
        print_shot(paper, desk, Shot(replace(r, v1=r.v0 + r.height * 0.5)), None)
        return replace(r, v0=r.v0 + r.height * 0.5 + size * 0.5)
    if form == "photo":
        print_shot(paper, desk, Shot(replace(r, u1=r.u0 + side)), None)
        return replace(r, u0=r.u0 + side + size * 0.5)
    side = min(side, r.width * 0.25, 7 * size)
    if form == "code":
        code(paper, desk, FrameRect(r.u1 - side, r.v1 - side, r.u1, r.v1))
        return replace(r, u1=r.u1 - side - size * 0.4)
    sign(paper, desk, FrameRect(r.u0, r.v0, r.u0 + side, r.v0 + side))
    return replace(r, u0=r.u0 + side + size * 0.4)


def _display(paper: ColouredSheet, desk: IssueDesk, r: FrameRect, what: tuple[Sequence[str], PrintGround]) -> None:
    lines, ground = what
    faces = [
        desk.face(),
        *(desk.rng.choice((desk.house.case.kai, desk.house.case.song, desk.house.case.bold[0])) for _ in lines),
    ]
    sizes = [
        fitted_size(t, f, r.height * (0.4 if n == 0 else 0.2), r.width * 0.96)
        for n, (t, f) in enumerate(zip(lines, faces, strict=False))
    ]
    most = [sizes[0], *(min(s, desk.house.size * 2.2, sizes[0] * 0.8) for s in sizes[1:])]
    shrink = min(1.0, r.height / (sum(most) * 1.35))
    v = r.v0 + max(0.0, (r.height - sum(most) * 1.35 * shrink) / 2)
    for n, (text, face) in enumerate(zip(lines, faces, strict=False)):
        one = max(9, int(most[n] * shrink))
        colour: Colour = desk.house.accent if n == 0 and not ground.reversed and desk.chance(0.5) else ground.ink
        look = CharacterStyle(face, one, white=ground.reversed, colour=colour, spread=face.stretch)
        centred(paper, text, FrameRect(r.u0, v, r.u1, v), look, PieceKind.ADVERT)
        v += one * 1.35


def small_adverts(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    """Columns of small print: lost papers, posts, rooms to let, a rule after each."""
    size, case = desk.house.size, desk.house.case
    frame(paper, r, desk.rng.choice(("fine", "double", "medium")), (BLACK, None))
    inner = r.inset(size * 0.7, size * 0.6)
    for column in redivided(inner, max(1, int(inner.width / (9 * size))), desk.house.body_look(), size):
        v = column.v0
        while v + 3.6 * size < column.v1:
            text = desk.writer.said("small_ads")
            here = FrameRect(column.u0, v, column.u1, column.v1 - size * 0.2)
            shown = flow_text(paper, desk, (text, PieceKind.ADVERT, None), (here, PLAIN), (case.song, 0.78))
            paper.other("advert", text[:shown])
            v = max(p[1] for p in paper.lines[-1].quad) + size * 0.5
            if v + size < column.v1:
                paper.stroke(
                    FrameRect(column.u0, v - size * 0.25, column.u1, v - size * 0.25 + 2), "fine", (90, 90, 90)
                )


def code(paper: ColouredSheet, desk: IssueDesk, r: FrameRect, label: str = "") -> None:
    """A square code, with a label below it where one is given."""
    w, h = paper.room(r)
    side = min(w, h)
    cells = square_code(desk.rng.choice((25, 29, 33)), side, desk.rng.randrange(10**9))
    pixels = np.repeat(np.asarray(cells)[..., None], 3, axis=2)
    square = FrameRect(r.u0, r.v0, r.u0 + side, r.v0 + side)
    paper.paste(square, pixels)
    paper.mark("qr", square)
    if label:
        size = fitted_size(label, desk.house.case.song, side * 0.2, side * 1.25)
        u = r.u0 + (side - width_of(label, desk.house.case.song, size)) / 2
        put(paper, label, (u, square.v1 + size * 0.3), CharacterStyle(desk.house.case.song, size), PieceKind.CODE)
        paper.other("qr-label", label)


def sign(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    """Something like a firm's sign: shapes in a circle or a square."""
    rng, house = desk.rng, desk.house
    x0, y0, x1, y1 = paper.on_sheet(r)
    paper.block(r, house.accent, round(r.width / 2) if desk.chance(0.6) else 0)
    for _ in range(rng.randint(1, 3)):
        w, h = r.width * rng.uniform(0.15, 0.5), r.height * rng.uniform(0.1, 0.5)
        u, v = r.u0 + (r.width - w) * rng.uniform(0.2, 0.8), r.v0 + (r.height - h) * rng.uniform(0.2, 0.8)
        paper.block(
            FrameRect(u, v, u + w, v + h), rng.choice((PAPER_WHITE, house.dark)), round(w * rng.choice((0, 0.5)))
        )
    paper.mark("logo", FrameRect(x0, y0, x1, y1) if not paper.vertical else r)
