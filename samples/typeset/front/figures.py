"""Pictures of front pages with their captions and credits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from samples.typeset.canvas import CharacterStyle, FrameRect, Tag
from samples.typeset.faces import Face, Mask
from samples.typeset.flow import LineSlot
from samples.typeset.front import shapes
from samples.typeset.front.house import PLAIN, IssueDesk, PrintGround
from samples.typeset.front.paper import BLACK, PAPER_WHITE, ColouredSheet, polygon_mask, rounded_mask, rounded_outline
from samples.typeset.front.photo import photo
from samples.typeset.front.pour import PourItem, SlotStream
from samples.typeset.front.shapes import Points
from samples.typeset.picture import halftone
from samples.typeset.setting import SettingStyle, single_line
from samples.typeset.truth import PieceKind

CAPTION: Final = 0.86
"""Size of caption type in ems of the body."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to print: its form and what stands with it."""

    rect: FrameRect
    form: str = "plain"
    """Form of the figure: plain, rounded, faded, bordered, or an outline's name: oval, blob, burst, figure."""
    caption: str = ""
    credit: str = ""
    place: str = "below"
    """Where the caption stands: below, above, beside, on, box (in a box on the picture), upright."""
    ground: PrintGround = PLAIN


def print_shot(paper: ColouredSheet, desk: IssueDesk, shot: Shot, part: int | None) -> FrameRect:
    """Print the picture within its rectangle, its caption with it; the picture's own rectangle comes back."""
    picture, room = _divided(desk, shot)
    _print_pixels(paper, desk, replace(shot, rect=picture), part)
    if shot.caption and shot.place in ("on", "box"):
        _caption_on(paper, desk, replace(shot, rect=picture), part)
    elif shot.caption and shot.place == "upright":
        _caption_upright(paper, desk, replace(shot, rect=room), part)
    elif shot.caption:
        _caption_block(paper, desk, replace(shot, rect=room), part)
    return picture


def _divided(desk: IssueDesk, shot: Shot) -> tuple[FrameRect, FrameRect]:
    """The picture's rectangle and the caption's."""
    r, size = shot.rect, desk.house.size * CAPTION
    if not shot.caption or shot.place in ("on", "box"):
        return r, r
    if shot.place == "beside":
        wide = max(6.5 * size, r.width * 0.24)
        return replace(r, u1=r.u1 - wide - size * 0.7), replace(r, u0=r.u1 - wide)
    if shot.place == "upright":
        rows = -(-len(shot.caption) // max(4, int(r.height / round(size))))
        wide = round(size) * (1.5 + 1.3 * (rows - 1))
        return replace(r, u1=r.u1 - wide), replace(r, u0=r.u1 - wide + size * 0.3)
    high = caption_height(desk, shot.caption + shot.credit, r.width) + size * 0.3
    if shot.place == "above":
        return replace(r, v0=r.v0 + high), replace(r, v1=r.v0 + high)
    return replace(r, v1=r.v1 - high), replace(r, v0=r.v1 - high + size * 0.35)


def _shape(desk: IssueDesk, shot: Shot) -> Points | None:
    if shot.form == "oval":
        return shapes.oval(shot.rect)
    if shot.form in ("blob", "burst", "figure"):
        return {"blob": shapes.blob, "burst": shapes.burst, "figure": shapes.figure}[shot.form](shot.rect, desk.rng)
    return None


def _print_pixels(paper: ColouredSheet, desk: IssueDesk, shot: Shot, part: int | None) -> None:
    size = paper.room(shot.rect)
    pixels = photo(size, desk.rng.randrange(10**9))
    if desk.house.screen and not paper.colour:
        gray = (pixels @ np.array([299, 587, 114], np.uint32) // 1000).astype(np.uint8)
        dots = halftone(np.clip(gray, 20, 235), desk.rng.choice((5, 6, 8)))
        pixels = np.repeat((dots // 2 + gray // 2)[..., None], 3, axis=2)
    x0, y0, x1, y1 = paper.on_sheet(shot.rect)
    points = _shape(desk, shot)
    if points is not None:
        paper.paste(shot.rect, pixels, polygon_mask(size, [(x - x0, y - y0) for x, y in points]))
        paper.outlined("cutout", points, part)
        return
    if shot.form == "faded":
        paper.paste(shot.rect, pixels, _fading(size, desk))
    elif shot.form == "rounded":
        radius = round(desk.house.size * desk.rng.uniform(0.6, 2.0))
        paper.paste(shot.rect, pixels, rounded_mask(size, radius))
        paper.outlined("picture", rounded_outline(x0, y0, x1, y1, radius), part)
        return
    else:
        paper.paste(shot.rect, pixels)
    paper.mark("picture", shot.rect, part)
    if shot.form == "bordered":
        for side in _sides(shot.rect, max(2, desk.house.size // 12)):
            paper.stroke(side, "fine", BLACK, part)


def _sides(r: FrameRect, thick: float) -> tuple[FrameRect, FrameRect, FrameRect, FrameRect]:
    return (
        replace(r, v1=r.v0 + thick), replace(r, v0=r.v1 - thick),
        replace(r, u1=r.u0 + thick), replace(r, u0=r.u1 - thick),
    )  # fmt: skip


def _fading(size: tuple[int, int], desk: IssueDesk) -> Mask:
    """A mask that thins out towards one or two edges."""
    w, h = size
    x, y = np.linspace(0, 1, w, dtype=np.float32), np.linspace(0, 1, h, dtype=np.float32)
    edges = desk.rng.sample(("left", "right", "top", "foot"), desk.rng.randint(1, 2))
    cover = np.ones((h, w), np.float32)
    for edge in edges:
        ramp = {"left": x, "right": x[::-1], "top": y[:, None], "foot": y[::-1][:, None]}[edge]
        cover *= np.clip(ramp / 0.3, 0, 1)
    return np.asarray(cover * 255, np.uint8)


def caption_face(desk: IssueDesk) -> Face:
    """The face of captions."""
    return desk.house.caption


def caption_height(desk: IssueDesk, text: str, width: float) -> float:
    """Pixels that a caption takes over a width."""
    size = round(desk.house.size * CAPTION)
    return max(1, -(-len(text) // max(1, int(width / size) - 1))) * size * 1.28


def _caption_block(paper: ColouredSheet, desk: IssueDesk, shot: Shot, part: int | None) -> None:
    flow_text(
        paper, desk, (shot.caption, PieceKind.CAPTION, part), (shot.rect, shot.ground), (caption_face(desk), CAPTION)
    )
    if shot.credit:
        print_credit(paper, desk, shot, part)


def print_credit(paper: ColouredSheet, desk: IssueDesk, shot: Shot, part: int | None) -> None:
    """The photographer's name at the right of the caption's last line, when it has room, otherwise below."""
    size = round(desk.house.size * CAPTION)
    last = paper.lines[-1]
    face = desk.house.case.bold[0]
    line = single_line(shot.credit, SettingStyle(face))
    u = shot.rect.u1 - line.measure * size
    v = min(p[1] for p in last.quad) if u > last.quad[1][0] + size else max(p[1] for p in last.quad) + size * 0.2
    if v + size > max(shot.rect.v1, last.quad[2][1]) + 2:
        return
    look = CharacterStyle(face, size, white=shot.ground.reversed, colour=shot.ground.ink)
    paper.line(line.spots, (u, v), look, Tag(PieceKind.CREDIT, part))
    paper.other("credit", shot.credit)


def flow_text(
    paper: ColouredSheet,
    desk: IssueDesk,
    what: tuple[str, PieceKind, int | None],
    where: tuple[FrameRect, PrintGround],
    how: tuple[Face, float],
) -> int:
    """Print a short text over the width of a rectangle, in a face and a size in ems of the body.

    The number of characters printed comes back.
    """
    text, kind, part = what
    face, scale = how
    r, ground = where
    look = desk.house.body_look(ground, face, scale)
    look = replace(look, pitch=round(look.size * 1.28), tracking=0.0, wide_figures=False)
    count = max(1, int((r.height + look.size * 0.3) // look.pitch))
    room = [LineSlot(r.u0, r.v0 + n * look.pitch, r.width, 0) for n in range(count)]
    stream = SlotStream(room, look, desk.house, ground, indent=0)
    rest = stream.put(PourItem(text, PieceKind.BODY, paragraph=None))
    stream.runs = [replace(n, kind=kind) for n in stream.runs]
    for n in stream.runs:
        paper.line(n.spots, (n.u, n.v), n.look, Tag(kind, part))
    return len(text) - len(rest)


def _caption_on(paper: ColouredSheet, desk: IssueDesk, shot: Shot, part: int | None) -> None:
    """The caption on the picture itself: white, or black in a white box."""
    r, size = shot.rect, desk.house.size * CAPTION
    wide = min(r.width * 0.9, max(r.width * 0.5, 9 * size))
    high = caption_height(desk, shot.caption, wide)
    at_left = desk.chance(0.5)
    u0 = r.u0 + size * 0.8 if at_left else r.u1 - wide - size * 0.8
    place = FrameRect(u0, r.v1 - high - size * 0.6, u0 + wide, r.v1 - size * 0.3)
    dark = shot.place == "on"
    ground = PrintGround(PAPER_WHITE, True) if dark else PLAIN
    if not dark or desk.chance(0.5):
        back = place.inset(-size * 0.3, -size * 0.2)
        paper.block(back, (30, 30, 30) if dark else PAPER_WHITE)
        paper.mark("panel" if dark else "tint", back, part)
    else:
        darken(paper, place.inset(-size * 0.6, -size * 0.4))
    flow_text(paper, desk, (shot.caption, PieceKind.CAPTION, part), (place, ground), (caption_face(desk), CAPTION))


def darken(paper: ColouredSheet, r: FrameRect) -> None:
    """Make what lies under white type dark enough to read it."""
    x0, y0, x1, y1 = paper.on_sheet(r)
    here = paper.pixels[y0:y1, x0:x1]
    here[:] = (here.astype(np.uint16) * 2 // 5).astype(np.uint8)


def _caption_upright(paper: ColouredSheet, desk: IssueDesk, shot: Shot, part: int | None) -> None:
    size, face, r = round(desk.house.size * CAPTION), caption_face(desk), shot.rect
    per = max(4, int(r.height / size))
    rows = [shot.caption[n : n + per] for n in range(0, len(shot.caption), per)]
    for n, row in enumerate(rows):
        line = single_line(row, SettingStyle(face, vertical=True))
        u = r.u0 + (len(rows) - 1 - n) * size * 1.3
        look = CharacterStyle(face, size, upright=True, white=shot.ground.reversed, colour=shot.ground.ink)
        paper.line(line.spots, (u, r.v0), look, Tag(PieceKind.CAPTION, part))
