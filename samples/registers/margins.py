"""What stands around the news of a page in registers: the page's head, a line in the margin, adverts; and its zones."""

from __future__ import annotations

from cleanup.articles.placed import Rect
from samples.registers.articles import Hand
from samples.registers.sheet import RegisterSheet, What


def without_head(sheet: RegisterSheet, how: Hand, room: Rect) -> Rect:
    """The page's head in level lines, and often a line of large type down a margin; the room without them."""
    rng, region = how.rng, sheet.region()
    for text, share in (
        ("中華民國二十八年四月", 0.05),
        (rng.choice(how.writer.patterns["papers"]), 0.45),
        ("第四版", 0.9),
    ):
        size = 3.0 if share == 0.45 else 1.2
        sheet.level(str(text), (room.x0, room.y0 + room.height * share), size, (What.OTHER, None), region)
    x0, y0, y1 = room.x0 + 3.6, room.y0, room.y1
    if how.chance(0.4):
        text = how.writer.said("margins")
        at = y0 if how.chance(0.5) else y1 - 1.8
        sheet.down(text, (x0, at), min(1.8, (room.x1 - x0) / len(text)), (What.OTHER, None), sheet.region())
        y0, y1 = (y0 + 2.6, y1) if at == y0 else (y0, y1 - 2.6)
    if how.chance(0.5):
        sheet.rules.append(Rect(x0 - 0.5, y0, x0 - 0.4, y1))
    return Rect(x0, y0, room.x1, y1)


def without_adverts(sheet: RegisterSheet, how: Hand, room: Rect) -> Rect:
    """A field of adverts at the foot; the room above it."""
    at = room.x0 + room.width * how.rng.uniform(0.6, 0.85)
    v = room.y0
    while v < room.y1 - 5:
        wide = min(room.y1 - v, how.rng.uniform(6, 22))
        advert(sheet, how, Rect(at + 0.6, v, room.x1, v + wide - 0.5))
        v += wide
    return Rect(room.x0, room.y0, at - 0.6, room.y1)


def advert(sheet: RegisterSheet, how: Hand, r: Rect) -> None:
    rng = how.rng
    if how.chance(0.8):
        sheet.frames.append(r)
    region, other = sheet.region(), (What.OTHER, None)
    inner = Rect(r.x0 + 0.8, r.y0 + 0.6, r.x1 - 0.8, r.y1 - 0.6)
    if how.chance(0.4) and inner.width > 8:
        sheet.pictures.append(Rect(inner.x0, inner.y0, inner.x0 + inner.width / 2, inner.y1))
        inner = Rect(inner.x0 + inner.width / 2 + 0.5, inner.y0, inner.x1, inner.y1)
    down, at = how.chance(0.6), inner.y0
    u = inner.x0
    for text in how.writer.advert():
        long = inner.width if down else inner.height
        size = min(rng.choice((1.0, 1.0, 1.6, 2.5, 4.0)), long / max(1, len(text)))
        if size < 0.7 or (at + size > inner.y1 if down else u + size > inner.x1):
            break
        if down:
            sheet.down(text, (inner.x0, at), size, other, region)
            at += size * 1.3
        else:
            sheet.level(text, (u, inner.y0 + (inner.height - size * len(text)) / 2), size, other, region)
            u += size * 1.3


def zones_of(sheet: RegisterSheet, how: Hand, room: Rect) -> list[Rect]:
    """The room in zones, rules between."""
    rng = how.rng
    parts = [room]
    if room.width > 40 and how.chance(0.5):
        at = room.x0 + room.width * rng.uniform(0.35, 0.65)
        sheet.rules.append(Rect(at - 0.05, room.y0, at + 0.05, room.y1))
        parts = [room._replace(x1=at - 0.6), room._replace(x0=at + 0.6)]
    out = []
    for part in parts:
        if part.height > 40 and how.chance(0.5):
            at = part.y0 + part.height * rng.uniform(0.35, 0.65)
            sheet.rules.append(Rect(part.x0, at - 0.05, part.x1, at + 0.05))
            out += [part._replace(y1=at - 0.6), part._replace(y0=at + 0.6)]
        else:
            out.append(part)
    return out
