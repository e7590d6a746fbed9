"""Head and foot of a page: mastheads, date boxes, folios, weather, square codes, imprint lines."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
from PIL import Image

from samples.typeset.canvas import CharacterStyle, Colour, FrameRect
from samples.typeset.faces import Face, glyph
from samples.typeset.front.extras import advert, centred, code, fitted_size, put, sign, width_of
from samples.typeset.front.frames import tint
from samples.typeset.front.house import IssueDesk
from samples.typeset.front.paper import BLACK, PAPER_WHITE, ColouredSheet
from samples.typeset.numerals import in_hanzi
from samples.typeset.truth import PieceKind, TruthLine, corners

LATIN = ("CHENGZHOU WANBAO", "QINGYA RIBAO", "THE DAILY", "WANGXI SHIBAO", "MORNING POST DAILY")
WEEK = "一二三四五六日"


def said_day(desk: IssueDesk) -> tuple[str, str]:
    """The date and the day of the week as printed."""
    p, (year, month, day) = desk.writer.patterns, desk.day
    date = f"{year}{p['year']}{month}{p['month']}{day}{p['day']}"
    week = f"{p['weekday']}{WEEK[(year + month * 3 + day) % 7]}"
    return desk.rng.choice((date, date, f"{day:02d}/{month:02d}/{year}")), week


def brush_name(paper: ColouredSheet, name: str, r: FrameRect, how: tuple[Face, Colour, Random]) -> FrameRect:
    """The newspaper's name as if written with a brush: each character turned, bold and rough; its rectangle."""
    face, colour, rng = how
    size = int(min(r.height * 0.95, r.width / len(name)))
    step = size * rng.uniform(0.88, 1.0)
    stroke = rng.choice((0, 0, 2, 3, 4))
    centres, boxes = [], []
    for n, char in enumerate(name):
        mask = rough(glyph(replace(face, stroke=stroke), int(size * rng.uniform(0.85, 1.0)), char).mask, rng)
        x = round(r.u0 + n * step + (size - mask.shape[1]) / 2)
        y = round(r.v0 + (r.height - mask.shape[0]) / 2 + size * rng.uniform(-0.06, 0.06))
        box = paper.blend(mask, (max(0, x), max(0, y)), colour)
        if box is not None:
            boxes.append(box)
            centres.append(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
    x0, y0, x1, y1 = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    white = sum(colour) > 500
    paper.lines.append(
        TruthLine(PieceKind.MASTHEAD, name, corners(x0, y0, x1, y1), size, white=white, centres=tuple(centres))
    )
    return FrameRect(x0, y0, x1, y1)


def rough(mask: np.ndarray, rng: Random) -> np.ndarray:
    """The mask turned, sheared and frayed."""
    image = Image.fromarray(mask)
    pad = mask.shape[0] // 6
    wide = Image.new("L", (image.width + 2 * pad, image.height + 2 * pad), 0)
    wide.paste(image, (pad, pad))
    wide = wide.rotate(rng.uniform(-7, 7), Image.Resampling.BILINEAR)
    shear = rng.uniform(-0.25, 0.12)
    wide = wide.transform(
        wide.size, Image.Transform.AFFINE, (1, shear, -shear * wide.height / 2, 0, 1, 0), Image.Resampling.BILINEAR
    )
    out = np.asarray(wide).copy()
    noise = np.random.default_rng(rng.randrange(10**9)).random(
        (out.shape[0] // 5 + 1, out.shape[1] // 5 + 1), dtype=np.float32
    )
    rough = np.asarray(Image.fromarray(noise).resize((out.shape[1], out.shape[0]), Image.Resampling.BILINEAR))
    out[(rough < rng.choice((0.0, 0.12, 0.22)))] = 0
    rows, columns = np.flatnonzero(out.any(axis=1)), np.flatnonzero(out.any(axis=0))
    return np.ascontiguousarray(out[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def first_page_head(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> FrameRect:
    """The masthead of a first page over `r`'s width; what is left below it."""
    form = desk.rng.choice(("block", "middle", "middle", "left", "plain"))
    high = desk.house.size * desk.rng.uniform(7.5, 11)
    head = replace(r, v1=r.v0 + high)
    if form == "block":
        _block_head(paper, desk, head)
    else:
        _open_head(paper, desk, head, form)
    v = head.v1 + desk.house.size * 0.5
    rule = desk.rng.choice(("fine", "thick", "double", "thick_thin", "none"))
    if rule != "none":
        paper.stroke(
            FrameRect(r.u0, v, r.u1, v + desk.rng.choice((4, 6, 12))), rule, desk.rng.choice((BLACK, desk.house.accent))
        )
    return replace(r, v0=v + desk.house.size * 1.2)


def _block_head(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    """The name in white on a coloured block, beside it the date, an advert and the weather."""
    house, size, rng = desk.house, desk.house.size, desk.rng
    block = replace(r, u1=r.u0 + r.width * rng.uniform(0.42, 0.55))
    tint(paper, block, house.accent if sum(house.accent) < 400 else house.dark, (round(size * 0.7), None))
    name = brush_name(
        paper,
        house.name,
        block.inset(size, size * 0.5),
        (replace(desk.face().cut(1.0), hollow=False), PAPER_WHITE, rng),
    )
    latin = rng.choice(LATIN)
    small = fitted_size(latin, house.case.bold[0], size * 0.8, block.width * 0.7)
    if name.v1 < block.v1 - small * 1.4:
        put(
            paper,
            latin,
            (block.u0 + size * 2, block.v1 - small * 1.3),
            CharacterStyle(house.case.bold[0], small, white=True),
            PieceKind.MASTHEAD,
        )
        paper.other("masthead", f"{house.name} {latin}")
    else:
        paper.other("masthead", house.name)
    side = replace(r, u0=block.u1 + size)
    date, week = said_day(desk)
    text = f"{date}  {week}"
    small = fitted_size(text, house.case.song, size, side.width * 0.8)
    put(paper, text, (side.u0, side.v0), CharacterStyle(house.case.song, small), PieceKind.DATE)
    paper.other("date", text)
    rest = replace(side, v0=side.v0 + small * 1.6)
    if desk.chance(0.5):
        _weather(paper, desk, replace(rest, u0=rest.u1 - 4.2 * size))
        rest = replace(rest, u1=rest.u1 - 4.8 * size)
    advert(paper, desk, rest)


def _open_head(paper: ColouredSheet, desk: IssueDesk, r: FrameRect, form: str) -> None:
    """The name in brush script on the paper, dates at one side, codes or a sign at the other."""
    house, size, rng = desk.house, desk.house.size, desk.rng
    wide = min(r.width * 0.5, r.height * 0.85 * len(house.name))
    u0 = {"middle": r.u0 + (r.width - wide) / 2, "left": r.u0, "plain": r.u0 + r.width * 0.3}[form]
    face = replace(desk.face(), stretch=1.0) if form == "plain" else house.case.kai
    colour = rng.choice((house.accent, BLACK))
    name = brush_name(paper, house.name, FrameRect(u0, r.v0, u0 + wide, r.v1 - size * 1.4), (face, colour, rng))
    latin = rng.choice(LATIN)
    small = fitted_size(latin, house.case.bold[0], size * 1.2, wide * 0.8)
    at = FrameRect(name.u0, min(name.v1 + small * 0.15, r.v1 - small), name.u1, 0)
    if at.v0 >= name.v1:
        centred(paper, latin, at, CharacterStyle(house.case.bold[0], small, colour=(110, 110, 110)), PieceKind.MASTHEAD)
        paper.other("masthead", f"{house.name} {latin}")
    else:
        paper.other("masthead", house.name)
    if form == "left":
        _date_box(paper, desk, FrameRect(name.u1 + size * 2, r.v0, r.u1, r.v1))
        return
    _date_box(paper, desk, FrameRect(r.u0, r.v0 + size, min(name.u0, u0) - size, r.v1))
    right = FrameRect(max(name.u1, u0 + wide) + size, r.v0, r.u1, r.v1)
    side = min(right.width * 0.42, 5.0 * size, right.height * 0.6)
    if side > 2.5 * size:
        for n in range(2):
            at = FrameRect(
                right.u1 - (n + 1) * side - n * side * 0.3, right.v0 + size, right.u1 - n * side * 1.3, right.v1
            )
            code(paper, desk, at, desk.writer.said("codes", paper=house.name))


def _date_box(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    """Date, number of the issue, and the press's numbers, in a few lines of falling size."""
    house, size, p, rng = desk.house, desk.house.size, desk.writer.patterns, desk.rng
    date, week = said_day(desk)
    lines = [
        f"{date}  {week}",
        p["lunar"].format(m=in_hanzi(str(rng.randint(1, 12))), d=in_hanzi(str(rng.randint(11, 29)))),
        f"{p['issue'].format(n=rng.randint(900, 19999))}  {p['today'].format(n=rng.choice((4, 8, 12, 16)))}",
        f"CN00-{rng.randint(1000, 9999)}",
    ]
    if r.width < 6 * size:
        return
    v = r.v0
    if desk.chance(0.35) and r.height > 7 * size:
        sign(paper, desk, FrameRect(r.u0, v, r.u0 + 2.4 * size, v + 2.4 * size))
        v += 2.8 * size
    for n, text in enumerate(lines[: max(1, int((r.v1 - v) / (1.4 * size)))]):
        face = house.case.bold[0] if n == 0 else house.case.song
        fit = fitted_size(text, face, size * (1.1 if n == 0 else 0.8), r.width)
        put(paper, text, (r.u0, v), CharacterStyle(face, fit), PieceKind.DATE)
        paper.other("date", text)
        v += fit * 1.5
        if n == 0 and desk.chance(0.4):
            paper.stroke(FrameRect(r.u0, v - fit * 0.25, r.u1, v - fit * 0.25 + 2), "fine")


def _weather(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    """A small box with sky and temperatures."""
    house, size, rng = desk.house, desk.house.size, desk.rng
    dark = desk.chance(0.5)
    tint(paper, r, house.dark if dark else house.pale, (round(size * 0.4), None))
    sun = FrameRect(r.u0 + r.width * 0.3, r.v0 + size * 0.4, r.u0 + r.width * 0.7, r.v0 + size * 0.4 + r.width * 0.4)
    paper.block(sun, (250, 200, 60), round(r.width * 0.2))
    paper.mark("logo", sun)
    low = rng.randint(-5, 22)
    texts = (rng.choice(desk.writer.patterns["weathers"]), f"{low}~{low + rng.randint(4, 9)}℃")
    v = sun.v1 + size * 0.3
    for text in texts:
        fit = fitted_size(text, house.case.bold[0], size * 0.9, r.width * 0.9)
        if v + fit > r.v1:
            break
        centred(
            paper,
            text,
            FrameRect(r.u0, v, r.u1, v),
            CharacterStyle(house.case.bold[0], fit, white=dark, colour=PAPER_WHITE if dark else BLACK),
            PieceKind.WEATHER,
        )
        paper.other("weather", text)
        v += fit * 1.3


def inner_page_head(paper: ColouredSheet, desk: IssueDesk, r: FrameRect, number: int) -> FrameRect:
    """The head of an inner page: page, section, date, the paper's name small; what is left below it."""
    house, size, p, rng = desk.house, desk.house.size, desk.writer.patterns, desk.rng
    date, week = said_day(desk)
    section = desk.writer.said("sections")
    page = rng.choice(
        (p["page"].format(n=number), f"{number:02d}", f"A{number}", p["page"].format(n=in_hanzi(str(number))))
    )
    high = size * 2.6
    bar = desk.chance(0.35)
    look = CharacterStyle(house.case.bold[0], round(size * 1.7), white=bar, colour=PAPER_WHITE if bar else BLACK)
    wide = width_of(section, look.face, look.size)
    u = {"left": r.u0 + size, "middle": r.u0 + (r.width - wide) / 2}[rng.choice(("left", "middle"))]
    if bar:
        tint(paper, FrameRect(u - size, r.v0, u + wide + size, r.v0 + high), house.dark, (0, None))
    put(paper, section, (u, r.v0 + size * 0.4), look, PieceKind.FOLIO)
    text = f"{date}  {week}  {page}"
    small = CharacterStyle(house.case.song, round(size * 0.95))
    right = width_of(text, small.face, small.size)
    put(paper, text, (r.u1 - right, r.v0 + size * 0.9), small, PieceKind.FOLIO)
    if u > r.u0 + 8 * size and desk.chance(0.7):
        brush_name(
            paper, house.name, FrameRect(r.u0, r.v0, u - 3 * size, r.v0 + high), (house.case.kai, house.accent, rng)
        )
        paper.other("masthead", house.name)
    paper.other("folio", f"{section} {text}")
    v = r.v0 + high
    paper.stroke(
        FrameRect(r.u0, v, r.u1, v + rng.choice((4, 8))),
        rng.choice(("fine", "medium", "double")),
        rng.choice((BLACK, house.accent)),
    )
    return replace(r, v0=v + size * 1.2)


def imprint(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> FrameRect:
    """The line of editors and addresses at the foot; what is left above it."""
    house, size = desk.house, desk.house.size
    small = round(size * 0.72)
    texts = [desk.writer.filled(t.replace("{paper}", house.name)) for t in desk.writer.patterns["imprints"]]
    desk.rng.shuffle(texts)
    while sum(width_of(t, house.case.song, small) for t in texts) + small * len(texts) > r.width:
        texts.pop()
    v = r.v1 - small
    gap = (r.width - sum(width_of(t, house.case.song, small) for t in texts)) / max(1, len(texts) - 1)
    u = r.u0
    spread = desk.chance(0.5)
    if spread:
        for text in texts:
            u += put(paper, text, (u, v), CharacterStyle(house.case.song, small), PieceKind.IMPRINT) + gap
    else:
        put(paper, "  ".join(texts), (r.u0, v), CharacterStyle(house.case.song, small), PieceKind.IMPRINT)
    paper.other("imprint", " ".join(texts))
    paper.stroke(FrameRect(r.u0, v - small * 0.6, r.u1, v - small * 0.6 + 3), "fine", BLACK)
    return replace(r, v1=v - small * 1.8)
