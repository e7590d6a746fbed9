"""Frames, tints and badges."""

from __future__ import annotations

from dataclasses import replace
from math import pi, sin

import numpy as np
from PIL import Image, ImageDraw

from samples.typeset.canvas import CharacterStyle, Colour, FrameRect, Tag
from samples.typeset.front.house import IssueDesk
from samples.typeset.front.paper import BLACK, PAPER_WHITE, ColouredSheet, rounded_outline
from samples.typeset.rules import STYLES
from samples.typeset.setting import SettingStyle, single_line
from samples.typeset.truth import PieceKind

FRAMES = (
    "fine",
    "medium",
    "double",
    "thick_thin",
    "dotted",
    "rounded",
    "rounded",
    "wavy",
    "shadow",
    "ornament",
    "dashed",
)


def frame(paper: ColouredSheet, r: FrameRect, style: str, how: tuple[Colour, int | None]) -> None:
    """A frame round a rectangle, and its mark."""
    colour, part = how
    if style in STYLES:
        thick = STYLES[style][1]
        for side in _sides(r, thick):
            paper.stroke(side, style, colour, part)
        paper.mark("frame", r, part)
        return
    x0, y0, x1, y1 = paper.on_sheet(r)
    if x1 - x0 < 40 or y1 - y0 < 40:
        return
    image = Image.new("L", (x1 - x0, y1 - y0), 0)
    pen = ImageDraw.Draw(image)
    w, h = image.size
    if style == "rounded":
        radius = min(60, w // 8, h // 8)
        pen.rounded_rectangle((2, 2, w - 3, h - 3), radius, outline=255, width=4)
        paper.outlined("frame", rounded_outline(x0, y0, x1, y1, radius), part)
    elif style == "shadow":
        pen.rectangle((0, 0, w - 12, h - 12), outline=255, width=4)
        pen.rectangle((12, h - 12, w, h), fill=150)
        pen.rectangle((w - 12, 12, w, h), fill=150)
        paper.mark("frame", r, part)
    else:
        _ornate(pen, (w, h), style)
        paper.mark("frame" if style == "ornament" else "wavy_frame", r, part)
    paper.blend(np.asarray(image), (x0, y0), colour)


def _ornate(pen: ImageDraw.ImageDraw, size: tuple[int, int], style: str) -> None:
    """A wavy line or a row of small lozenges along the four sides."""
    w, h = size
    step = 24
    if style == "ornament":
        for x in range(6, w - 6, step):
            for y in (6, h - 7):
                pen.polygon([(x, y - 5), (x + 7, y), (x, y + 5), (x - 7, y)], fill=255)
        for y in range(6, h - 6, step):
            for x in (6, w - 7):
                pen.polygon([(x - 5, y), (x, y - 7), (x + 5, y), (x, y + 7)], fill=255)
        return
    for flat, long, far in ((True, w, h), (False, h, w)):
        for edge in (8, far - 9):
            wave = [(t, edge + 5 * sin(2 * pi * t / step)) for t in range(4, long - 4, 2)]
            pen.line(wave if flat else [(b, a) for a, b in wave], fill=255, width=4)


def _sides(r: FrameRect, thick: float) -> tuple[FrameRect, FrameRect, FrameRect, FrameRect]:
    return (
        replace(r, v1=r.v0 + thick), replace(r, v0=r.v1 - thick),
        replace(r, u1=r.u0 + thick), replace(r, u0=r.u1 - thick),
    )  # fmt: skip


def tint(paper: ColouredSheet, r: FrameRect, colour: Colour, how: tuple[int, int | None]) -> None:
    """A ground of one colour, its corners rounded by a radius; the mark says panel where it is dark."""
    radius, part = how
    paper.block(r, colour, radius)
    kind = "panel" if sum(colour) < 420 else "tint"
    if radius:
        x0, y0, x1, y1 = paper.on_sheet(r)
        paper.outlined(kind, rounded_outline(x0, y0, x1, y1, radius), part)
    else:
        paper.mark(kind, r, part)


def badge(paper: ColouredSheet, desk: IssueDesk, text: str, at: tuple[float, float, float]) -> FrameRect:
    """A column label at (u, v) of a size in pixels; the rectangle that it takes comes back."""
    return label_box(paper, desk, text, (*at, None))


def badge_width(text: str, size: float) -> float:
    """Pixels that a column label takes along the line."""
    return size * (len(text) + 1.2)


def label_box(
    paper: ColouredSheet, desk: IssueDesk, text: str, at: tuple[float, float, float, int | None]
) -> FrameRect:
    """A column label in one of several forms, for an article where a part is given."""
    u, v, size, part = at
    face = desk.rng.choice((desk.house.case.bold[0], desk.house.case.bold[1], desk.house.case.kai))
    line = single_line(text, SettingStyle(face))
    r = FrameRect(u, v, u + line.measure * size + 1.2 * size, v + 1.5 * size)
    form = desk.rng.choice(("box", "box", "rounded", "rounded", "outline", "halves", "bare"))
    white = form in ("box", "rounded", "halves")
    if form in ("box", "rounded"):
        paper.block(r, desk.house.accent, round(size * 0.35) if form == "rounded" else 0)
    elif form == "outline":
        for side in _sides(r, 3):
            paper.stroke(side, "fine", desk.house.accent, part)
    elif form == "halves":
        paper.block(r, desk.house.dark)
        paper.block(replace(r, u1=r.u0 + size * 0.3), desk.house.accent)
    paper.mark("badge", r, part)
    ink = PAPER_WHITE if white else desk.house.accent if form == "bare" else BLACK
    look = CharacterStyle(face, round(size), white=white, colour=ink)
    paper.line(line.spots, (u + 0.6 * size, v + 0.25 * size), look, Tag(PieceKind.LABEL, part))
    return r
