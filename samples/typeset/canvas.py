"""The clean sheet: where ink is put, and where the truth of it is written down.

Everything is placed in the sheet's own reading frame: `u` runs along a line, `v` from line to line. On a horizontal
page u is x and v is y. On a vertical page u runs down and v from the right edge to the left, so that a page in
registers from right to left is made by the same program as a page in columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from samples.typeset.faces import ASCENT, UPRIGHT_FORMS, WIDE_FIGURES, Face, Mask, glyph
from samples.typeset.setting import LEFT_HALF, RIGHT_HALF, CharacterSpot, is_narrow
from samples.typeset.truth import Mark, PieceKind, Quad, TruthLine, TruthPart, corners

Ink = npt.NDArray[np.uint8]
"""Shape (height, width), 0 black to 255 white paper."""

WHITE: Final = 255
Colour = tuple[int, int, int]
"""Red, green, blue, each 0 to 255."""


@dataclass(frozen=True, slots=True)
class FrameRect:
    """A rectangle in the reading frame, in pixels; v0 is nearer to where reading begins."""

    u0: float
    v0: float
    u1: float
    v1: float

    @property
    def width(self) -> float:
        return self.u1 - self.u0

    @property
    def height(self) -> float:
        return self.v1 - self.v0

    def inset(self, du: float, dv: float | None = None) -> FrameRect:
        dv = du if dv is None else dv
        return FrameRect(self.u0 + du, self.v0 + dv, self.u1 - du, self.v1 - dv)

    def meets(self, other: FrameRect) -> bool:
        return self.u0 < other.u1 and other.u0 < self.u1 and self.v0 < other.v1 and other.v0 < self.v1


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """How the characters of a line are printed."""

    face: Face
    size: int
    alt: Face | None = None
    """The run-in face."""
    upright: bool = False
    """Down the page, in the frame's own turn: a vertical headline on a horizontal page, and the reverse."""
    white: bool = False
    wide_figures: bool = False
    spread: float = 1.0
    """The pitch of the squares in ems of `size` (more where a condensed or spaced face is set)."""
    colour: Colour | None = None
    """The ink on a sheet of layers; black or white when None."""
    edge: Colour | None = None
    """The outline around the glyphs on a sheet of layers."""


@dataclass(frozen=True, slots=True)
class Tag:
    """What a line is in the truth."""

    kind: PieceKind
    part: int | None = None
    paragraph: int | None = None
    column: int | None = None


@dataclass
class InkCanvas:
    """A clean sheet of `width` by `height` pixels."""

    width: int
    height: int
    vertical: bool = False
    colour: bool = False
    ink: Ink = field(init=False)
    hues: Ink | None = field(init=False, default=None)
    """The hues of a colour page, shape (height, width): 0 plain, else a number in `scanner.HUES`."""
    panels: int = field(init=False, default=0)
    lines: list[TruthLine] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    parts: list[TruthPart] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ink = np.full((self.height, self.width), WHITE, np.uint8)
        if self.colour:
            self.hues = np.zeros((self.height, self.width), np.uint8)

    @property
    def frame(self) -> FrameRect:
        """The whole sheet in the reading frame."""
        u, v = (self.height, self.width) if self.vertical else (self.width, self.height)
        return FrameRect(0, 0, u, v)

    def on_sheet(self, r: FrameRect) -> tuple[int, int, int, int]:
        """The corners x0, y0, x1, y1 of a rectangle of the reading frame, in whole pixels, cut at the sheet's edges."""
        if self.vertical:
            x0, y0, x1, y1 = self.width - r.v1, r.u0, self.width - r.v0, r.u1
        else:
            x0, y0, x1, y1 = r.u0, r.v0, r.u1, r.v1
        return (
            max(0, round(x0)),
            max(0, round(y0)),
            min(self.width, round(x1)),
            min(self.height, round(y1)),
        )

    def quad(self, r: FrameRect) -> Quad:
        return corners(*self.on_sheet(r))

    def fill(self, r: FrameRect, gray: int) -> None:
        """A panel of even grey; on a colour page a strong colour where it is dark, a pale one where it is light."""
        x0, y0, x1, y1 = self.on_sheet(r)
        self.ink[y0:y1, x0:x1] = np.minimum(self.ink[y0:y1, x0:x1], gray)
        if self.hues is not None:
            self.hues[y0:y1, x0:x1] = 1 + self.panels % 3 + (0 if gray < 128 else 3)
        self.panels += 1

    def tint(self, r: FrameRect, hue: int) -> None:
        """Everything printed in a rectangle takes a colour, on a colour page."""
        if self.hues is not None:
            x0, y0, x1, y1 = self.on_sheet(r)
            self.hues[y0:y1, x0:x1] = hue

    def line(self, spots: Sequence[CharacterSpot], at: tuple[float, float], look: CharacterStyle, tag: Tag) -> None:
        """Print a line whose first square has its corner at `at` (u, v), and write it into the truth."""
        boxes = [self._put(s, at, look) for s in spots]
        inked = [b for b in boxes if b is not None]
        if not inked:
            return
        x0, y0 = min(b[0] for b in inked), min(b[1] for b in inked)
        x1, y1 = max(b[2] for b in inked), max(b[3] for b in inked)
        text = "".join(s.char for s in spots)
        quad = corners(x0, y0, x1, y1)
        vertical = self.vertical != look.upright
        line = TruthLine(tag.kind, text, quad, look.size, tag.part, tag.paragraph, tag.column)
        backward = self.vertical and look.upright
        centres = tuple(((b[0] + b[2]) / 2, (b[1] + b[3]) / 2) for b in inked)
        self.lines.append(replace(line, vertical=vertical, white=look.white, backward=backward, centres=centres))

    def _put(
        self, spot: CharacterSpot, at: tuple[float, float], look: CharacterStyle
    ) -> tuple[int, int, int, int] | None:
        """Print one character; its ink's box on the sheet, or None where it has none."""
        if spot.char.isspace():
            return None
        em = look.size
        run = spot.at * em * look.spread
        u, v = (at[0], at[1] + run) if look.upright else (at[0] + run, at[1])
        face = look.alt if spot.alt and look.alt else look.face
        down = self.vertical != look.upright
        char = _form(spot.char, down=down, wide=look.wide_figures)
        mask, dx, dy = _cell_ink(face, em, char, spot.char, down=down)
        x, y = (self.width - v - em, u) if self.vertical else (u, v)
        return self._lay(mask, round(x) + dx, round(y) + dy, look)

    def _lay(self, mask: Mask, x: int, y: int, look: CharacterStyle) -> tuple[int, int, int, int] | None:
        """Print one glyph; the box of its ink."""
        return self._stamp(mask, x, y, white=look.white)

    def _stamp(self, mask: Mask, x: int, y: int, *, white: bool) -> tuple[int, int, int, int] | None:
        x0, y0, x1, y1 = max(0, x), max(0, y), min(self.width, x + mask.shape[1]), min(self.height, y + mask.shape[0])
        if x0 >= x1 or y0 >= y1:
            return None
        here = self.ink[y0:y1, x0:x1]
        cut = mask[y0 - y : y1 - y, x0 - x : x1 - x]
        here[:] = np.maximum(here, cut) if white else np.minimum(here, WHITE - cut)
        return x0, y0, x1, y1

    def rule(self, r: FrameRect, style: Rule, part: int | None = None) -> None:
        """Print a rule that fills `r`'s longer side."""
        x0, y0, x1, y1 = self.on_sheet(r)
        area = self.ink[y0:y1, x0:x1]
        if not area.size:
            return
        flat = x1 - x0 >= y1 - y0
        bar = area if flat else area.T
        style(bar)
        self.marks.append(Mark("rule", corners(x0, y0, x1, y1), part))

    def mark(self, kind: str, r: FrameRect, part: int | None = None) -> None:
        self.marks.append(Mark(kind, self.quad(r), part))

    def picture(self, r: FrameRect, pixels: Ink, part: int | None = None, kind: str = "picture") -> None:
        """Print a picture of exactly the size that `on_sheet(r)` has; a cutout is one with no straight edges."""
        x0, y0, x1, y1 = self.on_sheet(r)
        self.ink[y0:y1, x0:x1] = np.minimum(self.ink[y0:y1, x0:x1], pixels[: y1 - y0, : x1 - x0])
        self.marks.append(Mark(kind, corners(x0, y0, x1, y1), part))


Rule = Callable[[Ink], None]
"""Inks a bar, shape (thickness, length), in place."""


def _form(char: str, *, down: bool, wide: bool) -> str:
    if down:
        return char.translate(UPRIGHT_FORMS).translate(WIDE_FIGURES)
    return char.translate(WIDE_FIGURES) if wide else char


def _cell_ink(face: Face, em: int, char: str, source: str, *, down: bool) -> tuple[Mask, int, int]:
    """The mask and where its top left corner stands from the corner of the character's square."""
    g = glyph(face, em, char)
    if down and (is_narrow(char) or not 0.7 * em <= g.advance / face.stretch <= 1.3 * em):
        return g.mask, round((em - g.mask.shape[1]) / 2), round((em - g.mask.shape[0]) / 2)
    left = g.left
    if not is_narrow(char) and g.advance < 0.8 * em * face.stretch:
        room = em * face.stretch - g.advance
        left += round(room * 0.85) if source in RIGHT_HALF else 0 if source in LEFT_HALF else round(room / 2)
    return g.mask, left, round(em * ASCENT) + g.top
