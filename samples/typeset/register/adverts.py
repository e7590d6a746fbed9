"""Adverts of old pages: display type in frames, columns of small notices, engravings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from samples.typeset.canvas import CharacterStyle, FrameRect, Tag
from samples.typeset.flow import slots
from samples.typeset.front.frames import frame, tint
from samples.typeset.front.house import PLAIN, IssueDesk, PrintGround
from samples.typeset.front.paper import BLACK, PAPER_WHITE, ColouredSheet
from samples.typeset.front.photo import photo
from samples.typeset.front.pour import PourItem, SlotStream
from samples.typeset.picture import halftone
from samples.typeset.register.lines import down_centred, fit, level_centred
from samples.typeset.truth import PieceKind

FRAMES = ("wavy", "wavy", "medium", "thick", "double", "thick_thin", "rounded", "ornament", "fine")


def engraving(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    """A coarse picture in two tones."""
    pixels = photo(paper.room(r), desk.rng.randrange(10**9))
    gray = (pixels @ np.array([299, 587, 114], np.uint32) // 1000).astype(np.uint8)
    spread = np.clip((gray.astype(np.int16) - 110) * 2 + 128, 15, 240).astype(np.uint8)
    dots = halftone(spread, desk.rng.choice((5, 6, 8, 10)))
    paper.paste(r, np.repeat(dots[..., None], 3, axis=2))
    paper.mark("picture", r)


def old_advert(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    """One advert in its frame."""
    size = desk.house.size
    lines = [t for t in desk.writer.advert() if t.strip()]
    dark = desk.chance(0.2)
    ground = PrintGround(PAPER_WHITE, True) if dark else PLAIN
    if dark:
        tint(paper, r.inset(3), BLACK, (0, None))
    else:
        frame(paper, r, desk.rng.choice(FRAMES), (BLACK, None))
    inner = r.inset(size * 0.8)
    if min(inner.width, inner.height) < 3 * size:
        return
    if desk.chance(0.45) and inner.width * inner.height > 160 * size * size:
        inner = _pictured(paper, desk, inner)
    printer = _level_lines if desk.chance(0.5) and inner.height > 6 * size else _down_lines
    shown = printer(paper, desk, inner, (lines, ground))
    paper.other("advert", " ".join(shown))


def _pictured(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> FrameRect:
    """An engraving at one side; the room beside it."""
    gap = desk.house.size * 0.4
    if r.width > r.height:
        at = r.u0 + r.width * desk.rng.uniform(0.4, 0.6)
        if desk.chance(0.5):
            engraving(paper, desk, replace(r, u0=at))
            return replace(r, u1=at - gap)
        engraving(paper, desk, replace(r, u1=at - gap))
        return replace(r, u0=at)
    at = r.v0 + r.height * desk.rng.uniform(0.5, 0.65)
    engraving(paper, desk, replace(r, v0=at))
    return replace(r, v1=at - gap)


def _level_lines(paper: ColouredSheet, desk: IssueDesk, r: FrameRect, what: tuple[list[str], PrintGround]) -> list[str]:
    """Lines below each other, each read from right to left."""
    lines, ground = what
    sizes = [fit(t, r.width * (0.38 if n == 0 else 0.16), r.height * 0.96) for n, t in enumerate(lines)]
    u = r.u0
    shown = []
    for n, text in enumerate(lines):
        face = (
            desk.face()
            if n == 0
            else desk.rng.choice((desk.house.case.kai, desk.house.case.song, *desk.house.case.bold))
        )
        if u + sizes[n] > r.u1:
            break
        look = CharacterStyle(face.cut(1.0), sizes[n], white=ground.reversed, colour=ground.ink)
        level_centred(paper, text, FrameRect(u, r.v0, u + sizes[n], r.v1), look, Tag(PieceKind.ADVERT))
        u += sizes[n] * 1.3
        shown.append(text)
    return shown


def _down_lines(paper: ColouredSheet, desk: IssueDesk, r: FrameRect, what: tuple[list[str], PrintGround]) -> list[str]:
    """Lines down the page, the name first and large."""
    lines, ground = what
    sizes = [fit(t, r.height * (0.4 if n == 0 else 0.22), r.width * 0.96) for n, t in enumerate(lines)]
    sizes = [s if n == 0 else min(s, round(desk.house.size * 1.8)) for n, s in enumerate(sizes)]
    v, shown = r.v0, []
    for n, text in enumerate(lines):
        face = (
            desk.face()
            if n == 0
            else desk.rng.choice((desk.house.case.kai, desk.house.case.song, *desk.house.case.bold))
        )
        if v + sizes[n] > r.v1:
            break
        look = CharacterStyle(face.cut(1.0), sizes[n], white=ground.reversed, colour=ground.ink)
        down_centred(paper, text, FrameRect(r.u0, v, r.u1, v + sizes[n]), look, Tag(PieceKind.ADVERT))
        v += sizes[n] * 1.35
        shown.append(text)
    rest = FrameRect(r.u0, v, r.u1, r.v1)
    if rest.height > 4 * desk.house.size:
        shown.append(notices_text(paper, desk, rest, ground))
    return [t for t in shown if t]


def notices_text(paper: ColouredSheet, desk: IssueDesk, r: FrameRect, ground: PrintGround = PLAIN) -> str:
    """Small print down the page until the room is full; what was printed."""
    look = replace(desk.house.body_look(ground, desk.house.case.song, 0.85), vertical=True, tracking=0.0)
    look = replace(look, pitch=round(look.size * 1.25))
    stream = SlotStream(slots([r], look, ()), look, desk.house, ground, indent=0)
    shot = stream.snapshot()
    while not stream.full:
        shot = stream.snapshot()
        if stream.put(PourItem(desk.writer.said("small_ads"))):
            break
    if stream.full and shot[0]:
        stream.restore(shot)
    for n in stream.runs:
        paper.line(n.spots, (n.u, n.v), n.look, Tag(PieceKind.ADVERT))
    return "".join(s.char for n in stream.runs for s in n.spots)


def advert_field(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    """A field of adverts side by side, large and small."""
    size = desk.house.size
    if r.height > 16 * size and (r.height > r.width or desk.chance(0.5)):
        at = r.v0 + r.height * desk.rng.uniform(0.35, 0.65)
        parts = (replace(r, v1=at - size * 0.4), replace(r, v0=at))
    elif r.width > 18 * size and r.height <= 40 * size:
        at = r.u0 + r.width * desk.rng.uniform(0.35, 0.65)
        parts = (replace(r, u1=at - size * 0.4), replace(r, u0=at))
    else:
        _small_field(paper, desk, r)
        return
    for part in parts:
        big = part.width * part.height > 700 * size * size
        if big or desk.chance(0.35):
            advert_field(paper, desk, part)
        else:
            _small_field(paper, desk, part)


def _small_field(paper: ColouredSheet, desk: IssueDesk, r: FrameRect) -> None:
    if desk.chance(0.25):
        frame(paper, r, desk.rng.choice(("fine", "double", "medium")), (BLACK, None))
        paper.other("advert", notices_text(paper, desk, r.inset(desk.house.size * 0.6)))
        return
    old_advert(paper, desk, r)
