"""Headlines of front pages: level or down the page, in one ink or two, with kickers in boxes and between rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from samples.typeset.canvas import CharacterStyle, Colour, FrameRect, Tag
from samples.typeset.faces import QUOTES_DOWN, Face
from samples.typeset.front.house import PLAIN, IssueDesk, PrintGround
from samples.typeset.front.paper import PAPER_WHITE, ColouredSheet
from samples.typeset.headline import break_title
from samples.typeset.setting import SettingStyle, single_line
from samples.typeset.truth import PieceKind

LEAST: Final = 0.62
"""Smallest width of a title's glyphs relative to their face, before the size is reduced."""


@dataclass(frozen=True, slots=True)
class HeadText:
    """The words of a headline group."""

    title: str
    kicker: str | None = None
    subtitle: str | None = None


@dataclass(frozen=True, slots=True)
class HeadStyle:
    """How a group is set. Sizes are pixels an em."""

    face: Face
    size: int
    minor: Face
    minor_size: int
    lines: int = 1
    align: str = "centre"
    """Alignment: centre, left, or step."""
    leading: float = 1.15
    """Pitch of the title's lines in ems."""
    ground: PrintGround = PLAIN
    colour: Colour | None = None
    second: Colour | None = None
    """The ink of the title's second half, where it has two inks."""
    edge: Colour | None = None
    kicker_form: str = "plain"
    """Form of the kicker: plain, box, bars (a rule left and right), ruled (a rule below)."""
    box: Colour = (190, 30, 40)
    under: str | None = None
    """A rule below the whole group."""


def draw_style(desk: IssueDesk, size: float, lines: int, ground: PrintGround = PLAIN) -> HeadStyle:
    """A style by chance for a title of that size."""
    rng, house = desk.rng, desk.house
    face = desk.face()
    colour = house.accent if house.colour and not ground.reversed and desk.chance(0.15) else None
    second = (250, 222, 40) if ground.reversed and house.colour and desk.chance(0.4) else None
    hollow = size > 90 and desk.chance(0.05)
    return HeadStyle(
        face=replace(face, hollow=True) if hollow else face,
        size=round(size),
        minor=rng.choice(house.case.minor),
        minor_size=round(max(house.size * 1.05, min(size * rng.uniform(0.4, 0.58), house.size * 2.6))),
        lines=lines,
        align=rng.choice(("centre", "centre", "centre", "left", "step" if lines > 1 else "left")),
        leading=rng.choice((1.08, 1.15, 1.25, 1.5)) if lines > 1 else 1.1,
        ground=ground,
        colour=colour or ground.accent,
        second=second,
        kicker_form=rng.choice(("plain", "plain", "box", "bars", "ruled")),
        box=house.accent,
        under="fine" if desk.chance(0.06) else None,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    kind: PieceKind
    face: Face
    size: int
    spread: float


def _width(text: str, face: Face, size: int, spread: float) -> float:
    line = single_line(text, SettingStyle(face.cut(1.0)))
    return line.measure * size * spread


def _title_rows(text: HeadText, style: HeadStyle, room: float) -> list[_Row]:
    """The title's lines with their common size, condensed where they would be too wide."""
    texts = break_title(text.title, style.lines)
    widest = max(_width(t, style.face, 1000, style.face.stretch) / 1000 for t in texts)
    size = min(style.size, int(room / widest))
    stretch = style.face.stretch
    if size < 0.75 * style.size:
        size = int(min(style.size * 0.85, room / (widest * LEAST)))
        stretch *= min(1.0, room / (widest * size))
    face = style.face.cut(stretch)
    return [_Row(t, PieceKind.TITLE, face, max(10, size), stretch) for t in texts]


def _minor_row(text: str, kind: PieceKind, style: HeadStyle, room: float) -> _Row:
    measure = _width(text, style.minor, 1000, style.minor.stretch) / 1000
    return _Row(text, kind, style.minor, max(10, min(style.minor_size, int(room / measure))), style.minor.stretch)


def level_head(paper: ColouredSheet, text: HeadText, r: FrameRect, look: tuple[HeadStyle, int]) -> FrameRect:
    """Print a group at the top of `r`, as wide as it; the rectangle that it takes comes back."""
    style, part = look
    v = r.v0
    if text.kicker:
        v = _kicker(
            paper, _minor_row(text.kicker, PieceKind.KICKER, style, r.width * 0.9), FrameRect(r.u0, v, r.u1, r.v1), look
        )
    rows = _title_rows(text, style, r.width * 0.98)
    size = rows[0].size
    widest = max(_width(n.text, n.face, size, n.spread) for n in rows)
    for n, row in enumerate(rows):
        spare = r.width - _width(row.text, row.face, size, row.spread)
        step = n * (r.width - widest) * 0.6
        u = r.u0 + {"centre": spare / 2, "left": 0.0, "step": min(spare, step)}[style.align]
        _title_line(paper, row, (u, v), look)
        v += size * (style.leading if n + 1 < len(rows) else 1.08)
    if text.subtitle:
        minor = _minor_row(text.subtitle, PieceKind.SUBTITLE, style, r.width)
        spare = r.width - _width(minor.text, minor.face, minor.size, minor.spread)
        v += minor.size * 0.25
        u = r.u0 + (0.0 if style.align == "left" else spare / 2)
        _plain(paper, minor, (u, v), look)
        v += minor.size * 1.1
    if style.under:
        v += size * 0.12
        paper.stroke(FrameRect(r.u0, v, r.u1, v + 3), style.under, style.ground.ink, part)
    return FrameRect(r.u0, r.v0, r.u1, v)


def _title_line(paper: ColouredSheet, row: _Row, at: tuple[float, float], look: tuple[HeadStyle, int]) -> None:
    style, part = look
    line = single_line(row.text, SettingStyle(row.face))
    ink = style.colour or style.ground.ink
    plain = CharacterStyle(
        row.face, row.size, white=style.ground.reversed, spread=row.spread, colour=ink, edge=style.edge
    )
    tag = Tag(PieceKind.TITLE, part)
    first = len(line.spots) if style.second is None else max(1, len(line.spots) * 3 // 5)
    paper.two_inks(line.spots, at, (plain, style.second or ink, first), tag)


def _plain(paper: ColouredSheet, row: _Row, at: tuple[float, float], look: tuple[HeadStyle, int]) -> None:
    style, part = look
    line = single_line(row.text, SettingStyle(row.face))
    ground = style.ground
    one = CharacterStyle(
        row.face, row.size, white=ground.reversed, spread=row.spread, colour=ground.ink, edge=style.edge
    )
    paper.line(line.spots, at, one, Tag(row.kind, part))


def _kicker(paper: ColouredSheet, row: _Row, r: FrameRect, look: tuple[HeadStyle, int]) -> float:
    """Print the kicker in its form; where the title begins comes back."""
    style, part = look
    wide = _width(row.text, row.face, row.size, row.spread)
    u = r.u0 + (0.0 if style.align == "left" else (r.width - wide) / 2)
    pad = row.size * 0.3
    if style.kicker_form == "box":
        u += pad if style.align == "left" else 0
        frame = FrameRect(u - pad, r.v0, u + wide + pad, r.v0 + row.size * 1.4)
        paper.block(frame, style.box, round(row.size * 0.25))
        paper.mark("badge", frame, part)
        white = replace(style, ground=PrintGround(PAPER_WHITE, True), edge=None)
        _plain(paper, row, (u, r.v0 + row.size * 0.2), (white, part))
        return frame.v1 + row.size * 0.4
    _plain(paper, row, (u, r.v0), look)
    middle = r.v0 + row.size * 0.5
    if style.kicker_form == "bars" and wide < r.width * 0.7:
        for u0, u1 in ((r.u0, u - row.size), (u + wide + row.size, r.u1)):
            paper.stroke(FrameRect(u0, middle, u1, middle + max(2, row.size // 12)), "fine", style.ground.ink, part)
    if style.kicker_form == "ruled":
        below = r.v0 + row.size * 1.15
        paper.stroke(FrameRect(u, below, u + wide, below + 3), "fine", style.ground.ink, part)
        return r.v0 + row.size * 1.4
    return r.v0 + row.size * 1.28


def upright_text(text: HeadText) -> HeadText:
    """The words with the quotation marks that a line down the page has."""
    minor = (t and t.translate(QUOTES_DOWN) for t in (text.kicker, text.subtitle))
    return HeadText(text.title.translate(QUOTES_DOWN), *minor)


def upright_room(text: HeadText, style: HeadStyle, high: float) -> tuple[list[str], int, float]:
    """Title lines, size and width in pixels that a group down the page takes in `high` pixels."""
    for count in range(1, 4):
        texts = break_title(text.title, count)
        size = min(style.size, int(high / max(len(t) for t in texts)))
        if size >= 0.7 * style.size or count == 3:
            break
    stretch = max(1.0, style.face.stretch)
    width = size * stretch * (1 + (len(texts) - 1) * max(1.15, style.leading))
    for minor in (text.kicker, text.subtitle):
        if minor:
            width += min(style.minor_size, int(high * 0.94 / len(minor))) * 1.45
    return texts, size, width


def upright_head(paper: ColouredSheet, text: HeadText, r: FrameRect, look: tuple[HeadStyle, int]) -> None:
    """Print a group down the page: its lines from the right edge of `r` to the left."""
    style, part = look
    texts, size, _ = upright_room(text, style, r.height)
    stretch = max(1.0, style.face.stretch)
    face = style.face.cut(stretch)
    u = r.u1
    if text.kicker:
        u = _upright_minor(paper, text.kicker, PieceKind.KICKER, (FrameRect(r.u0, r.v0, u, r.v1), style, part))
    step = 0.0
    for n, title in enumerate(texts):
        u -= size * stretch * (1 if n == 0 else max(1.15, style.leading))
        spare = max(0.0, r.height - len(title) * size)
        v = r.v0 + {"centre": spare / 2, "left": 0.0, "step": min(spare, step)}[style.align]
        _down(
            paper,
            title,
            (u, v),
            (CharacterStyle(face, size, colour=style.colour or style.ground.ink), PieceKind.TITLE, style, part),
        )
        step += spare * 0.6
    if text.subtitle:
        _upright_minor(paper, text.subtitle, PieceKind.SUBTITLE, (FrameRect(r.u0, r.v0, u, r.v1), style, part))


def _upright_minor(paper: ColouredSheet, text: str, kind: PieceKind, where: tuple[FrameRect, HeadStyle, int]) -> float:
    r, style, part = where
    size = min(style.minor_size, int(r.height * 0.94 / len(text)))
    u = r.u1 - size * 1.2
    spare = max(0.0, r.height - len(text) * size)
    v = r.v0 + (spare / 2 if style.align == "centre" else min(spare, size))
    _down(paper, text, (u, v), (CharacterStyle(style.minor.cut(1.0), size, colour=style.ground.ink), kind, style, part))
    return u - size * 0.25


def _down(
    paper: ColouredSheet, text: str, at: tuple[float, float], how: tuple[CharacterStyle, PieceKind, HeadStyle, int]
) -> None:
    look, kind, style, part = how
    line = single_line(text, SettingStyle(look.face, vertical=True))
    down = replace(look, upright=not paper.vertical, white=style.ground.reversed, edge=style.edge)
    paper.line(line.spots, at, down, Tag(kind, part))
