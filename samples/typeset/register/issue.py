"""Old newspapers in registers: pages with zones, adverts, heads from right to left, two pages on a fold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from samples.typeset.canvas import CharacterStyle, FrameRect, Tag
from samples.typeset.front.frames import frame
from samples.typeset.front.house import IssueDesk, draw_desk
from samples.typeset.front.paper import BLACK, ColouredSheet
from samples.typeset.front.scan import photographed
from samples.typeset.numerals import in_hanzi
from samples.typeset.press import PrintedIssue, Scanned
from samples.typeset.register.adverts import advert_field, engraving, notices_text, old_advert
from samples.typeset.register.lines import brush_level, down, fit, level, level_centred
from samples.typeset.register.stream import Zone, fill_zone, make_zone
from samples.typeset.register.words import MARKS, OldWriter
from samples.typeset.scanner import ScanDamage, carried, moved
from samples.typeset.truth import OtherText, PageTruth, PieceKind

Sheet = tuple[ColouredSheet, PageTruth]


def register_issue(seed: int, pages: int, damage: ScanDamage, *, small: bool) -> PrintedIssue:
    """An issue of old pages; the same arguments give the same issue. A double damage lays two on each scan."""
    desk = draw_desk(seed, small=small, traditional=True)
    desk.writer = OldWriter(f"register {seed}")
    body = desk.rng.choice((desk.house.case.body[0], desk.house.case.body[2]))
    name = desk.rng.choice(desk.writer.patterns["papers"])
    desk.house = replace(
        desk.house, colour=False, name=name, body=body, tracking=0.0, subhead="bold", gutter=desk.house.size
    )
    desk.day = (desk.rng.randint(1920, 1948), desk.day[1], desk.day[2])
    sheets = [print_sheet(desk, n + 1) for n in range(pages)]
    if damage.double:
        pairs = [sheets[n : n + 2] for n in range(0, len(sheets), 2)]
        sheets = [_folded(desk, *pair) if len(pair) == 2 else pair[0] for pair in pairs]
    scans = []
    for n, (paper, truth) in enumerate(sheets):
        behind = sheets[(n + 1) % len(sheets)][0].pixels if len(sheets) > 1 else None
        image, warp, dpi = photographed(paper.pixels, behind, damage, (seed * 100 + n, truth.type_size))
        scans.append(Scanned(image, carried(truth, warp, image.size, dpi), damage))
    return PrintedIssue(name, tuple(scans))


def print_sheet(desk: IssueDesk, number: int) -> Sheet:
    """One page before any scanner."""
    rng, size = desk.rng, desk.house.size
    width = round((rng.uniform(48, 58) if desk.small else rng.uniform(62, 92)) * size)
    height = round(width * rng.uniform(1.25, 1.55))
    paper = ColouredSheet(width, height, vertical=True)
    margin = rng.uniform(1.5, 3.0) * size
    sheet = FrameRect(margin, margin, height - margin, width - margin)
    if desk.chance(0.4):
        sheet = _margin_line(paper, desk, sheet)
    field = _first_head(paper, desk, sheet) if number == 1 else _page_head(paper, desk, sheet, number)
    field = _adverts_below(paper, desk, field)
    style = rng.choice(("wavy", "medium", "thick_thin", "double", "none"))
    if style != "none":
        frame(paper, field, style, (BLACK, None))
        field = field.inset(size * 0.8)
    _zones(paper, desk, field, number)
    truth = PageTruth(
        number, width, height, 300, size, tuple(paper.lines), tuple(paper.marks), tuple(paper.parts),
        next((o.text for o in paper.others if o.kind == "folio"), ""), tuple(paper.others),
    )  # fmt: skip
    return paper, truth


def _zones(paper: ColouredSheet, desk: IssueDesk, field: FrameRect, number: int) -> None:
    """The news: one to three zones beside each other or below each other, rules between."""
    rng, size = desk.rng, desk.house.size
    marks = rng.choice(("modern", "modern", "commas", "commas", "stops", "none"))
    assert marks in MARKS
    parts = [field]
    if field.width > 40 * size and desk.chance(0.6):
        at = field.u0 + field.width * rng.uniform(0.4, 0.65)
        paper.stroke(
            FrameRect(at - size * 0.5, field.v0, at - size * 0.5 + 4, field.v1), rng.choice(("fine", "medium", "wave"))
        )
        parts = [replace(field, u1=at - size), replace(field, u0=at)]
    zones = []
    for part in parts:
        if part.height > 46 * size and desk.chance(0.6):
            at = part.v0 + part.height * rng.uniform(0.35, 0.65)
            v = at - size * 0.55
            paper.stroke(FrameRect(part.u0, v, part.u1, v + 4), rng.choice(("fine", "medium", "wave")))
            zones += [replace(part, v1=at - size), replace(part, v0=at)]
        else:
            zones.append(part)
    for zone_rect in zones:
        zone = make_zone(paper, desk, zone_rect, (number, marks))
        if desk.chance(0.35):
            _picture_in(paper, desk, zone)
        fill_zone(zone)


def _picture_in(paper: ColouredSheet, desk: IssueDesk, zone: Zone) -> None:
    """An engraving or a boxed advert in the zone's far corner, over one or more registers."""
    count = len(zone.registers)
    wide = desk.rng.randint(1, max(1, min(2, count - 1)))
    if count < 2:
        return
    first = desk.rng.randint(0, count - wide)
    pitch = zone.body.pitch
    lines = desk.rng.randint(8, 16)
    v1 = zone.rect.v1
    r = FrameRect(zone.registers[first].u0, v1 - lines * pitch, zone.registers[first + wide - 1].u1, v1)
    if r.v0 < zone.rect.v0 + 8 * pitch:
        return
    if desk.chance(0.6):
        engraving(paper, desk, replace(r, v0=r.v0 + pitch * 0.4))
    else:
        old_advert(paper, desk, replace(r, v0=r.v0 + pitch * 0.4))
    zone.block(r)


def _adverts_below(paper: ColouredSheet, desk: IssueDesk, field: FrameRect) -> FrameRect:
    """A field of adverts at the foot of many pages, or all of a page but a strip; the news' room."""
    size = desk.house.size
    if not desk.chance(0.6):
        return field
    at = field.u0 + field.width * desk.rng.uniform(0.5, 0.78)
    advert_field(paper, desk, replace(field, u0=at))
    return replace(field, u1=at - size)


def _margin_line(paper: ColouredSheet, desk: IssueDesk, sheet: FrameRect) -> FrameRect:
    """A line of large type down the outer margin; the sheet without it."""
    size = desk.house.size
    text = desk.writer.said("margins")
    one = fit(text, size * 1.6, sheet.width * 0.95)
    spread = sheet.width * 0.96 / (len(text) * one)
    right = desk.chance(0.5)
    v = sheet.v0 if right else sheet.v1 - one
    down(paper, text, (sheet.u0, v), CharacterStyle(desk.house.case.kai, one, spread=spread), Tag(PieceKind.MARGIN))
    paper.other("margin", text)
    gap = one + size
    return replace(sheet, v0=sheet.v0 + gap) if right else replace(sheet, v1=sheet.v1 - gap)


def _day(desk: IssueDesk) -> tuple[str, str]:
    assert isinstance(desk.writer, OldWriter)
    return desk.writer.old_day(desk.day), f"星期{'一二三四五六日'[sum(desk.day) % 7]}"


def _page_head(paper: ColouredSheet, desk: IssueDesk, sheet: FrameRect, number: int) -> FrameRect:
    """Date, the paper's name and the page's number in one level line from right to left; the room below."""
    size, case = desk.house.size, desk.house.case
    day, week = _day(desk)
    page = f"第{in_hanzi(str(number))}版"
    look = CharacterStyle(case.bold[1], round(size * 1.1))
    level(paper, day, (sheet.u0 + size, sheet.v0 + size * 2), look, Tag(PieceKind.FOLIO))
    level(paper, page, (sheet.u0 + size, sheet.v1 - size * 6), look, Tag(PieceKind.FOLIO))
    name = FrameRect(sheet.u0, sheet.v0 + sheet.height * 0.42, sheet.u0 + 3 * size, sheet.v0 + sheet.height * 0.58)
    brush_level(paper, desk.house.name, name, (case.kai, desk.rng))
    free = sheet.v0 + sheet.height * 0.66
    if free + 4 * size < sheet.v1 - 6 * size:
        level(paper, week, (sheet.u0 + size, free), look, Tag(PieceKind.FOLIO))
        paper.other("folio", f"{day} {week} {page}")
    else:
        paper.other("folio", f"{day} {page}")
    paper.other("masthead", desk.house.name)
    return replace(sheet, u0=sheet.u0 + 3.6 * size)


def _first_head(paper: ColouredSheet, desk: IssueDesk, sheet: FrameRect) -> FrameRect:
    """The first page's head: the name level or down the page, adverts and lines of data beside it."""
    size, rng = desk.house.size, desk.rng
    if desk.chance(0.35):
        return _upright_head(paper, desk, sheet)
    high = size * rng.uniform(11, 15)
    head = replace(sheet, u1=sheet.u0 + high)
    third = head.height * rng.uniform(0.25, 0.32)
    left, right = replace(head, v1=head.v0 + third), replace(head, v0=head.v1 - third)
    for side in (left, right):
        old_advert(paper, desk, side.inset(size * 0.2))
    middle = FrameRect(head.u0, left.v1 + size * 0.6, head.u1, right.v0 - size * 0.6)
    name = replace(middle, u1=middle.u0 + high * 0.5)
    brush_level(paper, desk.house.name, name, (desk.house.case.kai, rng))
    paper.other("masthead", desk.house.name)
    u = name.u1 + size * 0.4
    for text in rng.sample(desk.writer.patterns["heads"], 3):
        said = desk.writer.filled(text)
        one = fit(said, size * 0.9, middle.height * 0.96)
        if u + one > middle.u1:
            break
        level_centred(
            paper,
            said,
            FrameRect(u, middle.v0, u + one, middle.v1),
            CharacterStyle(desk.house.case.song, one),
            Tag(PieceKind.MASTHEAD),
        )
        paper.other("masthead", said)
        u += one * 1.3
        if desk.chance(0.6) and u + 8 < middle.u1:
            paper.stroke(
                FrameRect(u - one * 0.18, middle.v0, u - one * 0.18 + 7, middle.v1), rng.choice(("wave", "fine"))
            )
            u += 8
    return _date_strip(paper, desk, replace(sheet, u0=head.u1 + size * 0.5))


def _date_strip(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> FrameRect:
    """The date between two rules, from right to left; the room below."""
    size = desk.house.size
    day, week = _day(desk)
    text = f"{day} {week} {desk.writer.said('heads')}"
    one = fit(text, size, r.height * 0.96)
    paper.stroke(FrameRect(r.u0, r.v0, r.u0 + 4, r.v1), "fine")
    level_centred(
        paper,
        text,
        FrameRect(r.u0 + size * 0.4, r.v0, r.u0 + size * 0.4 + one, r.v1),
        CharacterStyle(desk.house.case.bold[0], one),
        Tag(PieceKind.FOLIO),
    )
    paper.other("folio", text)
    foot = r.u0 + size * 0.8 + one
    paper.stroke(FrameRect(foot, r.v0, foot + 4, r.v1), "medium")
    return replace(r, u0=foot + size * 0.8)


def _upright_head(paper: ColouredSheet, desk: IssueDesk, sheet: FrameRect) -> FrameRect:
    """The name down the right edge with lines of data beside it; the room at its left, under a date strip."""
    size, name = desk.house.size, desk.house.name
    one = fit(name, size * 6, sheet.width * 0.3)
    down(paper, name, (sheet.u0, sheet.v0), CharacterStyle(desk.house.case.kai, one), Tag(PieceKind.MASTHEAD))
    paper.other("masthead", name)
    v = sheet.v0 + one + size * 0.4
    long = len(name) * one
    for text in desk.rng.sample(desk.writer.patterns["heads"], 2):
        said = desk.writer.filled(text)
        small = fit(said, size * 0.9, long)
        down(paper, said, (sheet.u0, v), CharacterStyle(desk.house.case.song, small), Tag(PieceKind.MASTHEAD))
        paper.other("masthead", said)
        v += small * 1.4
    below = FrameRect(sheet.u0 + long + size, sheet.v0, sheet.u1, v)
    advert_field(paper, desk, below)
    paper.stroke(FrameRect(sheet.u0, v + size * 0.3, sheet.u1, v + size * 0.3 + 4), "medium")
    return _date_strip(paper, desk, replace(sheet, v0=v + size))


def _folded(desk: IssueDesk, right: Sheet, left: Sheet) -> Sheet:
    """Two pages as one sheet, the first at the right, print in the fold between them."""
    (a, first), (b, second) = right, left
    size = desk.house.size
    strip = ColouredSheet(round(desk.rng.uniform(3, 7) * size), a.height, vertical=True)
    inner = strip.frame.inset(size * 2, size * 0.6)
    text = notices_text(strip, desk, inner) if inner.height > size else ""
    shadow = np.abs(np.linspace(-1, 1, strip.width))
    strip.pixels[:] = (strip.pixels * np.clip(0.6 + shadow, 0, 1)[None, :, None]).astype(np.uint8)
    high = max(a.height, b.height)
    sheets = [_taller(p.pixels, high) for p in (b, strip, a)]
    joined = ColouredSheet(b.width + strip.width + a.width, high, vertical=True)
    joined.pixels = np.hstack(sheets)
    blank = PageTruth(1, strip.width, high, 300, size, tuple(strip.lines), tuple(strip.marks), ())
    middle, first = moved(blank, b.width), moved(first, b.width + strip.width)
    truth = replace(
        first, width=joined.width, height=high, lines=first.lines + middle.lines + second.lines,
        marks=first.marks + middle.marks + second.marks, parts=first.parts + second.parts,
        folio=f"{first.folio} {second.folio}",
        others=(*(first.others or ()), *(second.others or ()), *((OtherText("fold", text),) if text else ())),
    )  # fmt: skip
    return joined, truth


def _taller(pixels: np.ndarray, high: int) -> np.ndarray:
    return np.pad(pixels, ((0, high - pixels.shape[0]), (0, 0), (0, 0)), constant_values=255)
