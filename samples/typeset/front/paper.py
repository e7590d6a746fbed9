"""A sheet of layers: what is printed later covers what lies below, in grey or in colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from samples.typeset.canvas import CharacterStyle, Colour, FrameRect, InkCanvas, Tag
from samples.typeset.faces import Mask
from samples.typeset.rules import STYLES
from samples.typeset.setting import CharacterSpot
from samples.typeset.truth import Mark, OtherText, Quad, corners

Pixels = npt.NDArray[np.uint8]
"""Shape (height, width, 1 or 3): grey, or red, green and blue."""

BLACK: Final[Colour] = (20, 20, 20)
PAPER_WHITE: Final[Colour] = (255, 255, 255)


def gray_of(colour: Colour) -> int:
    """The luminance of a colour, 0 to 255."""
    return (299 * colour[0] + 587 * colour[1] + 114 * colour[2]) // 1000


@dataclass
class ColouredSheet(InkCanvas):
    """A sheet on which colours cover each other. `pixels` has one channel unless `colour` is set."""

    pixels: Pixels = field(init=False)
    others: list[OtherText] = field(default_factory=list)
    _second: tuple[Colour, CharacterSpot | None] | None = None
    """The ink of the rest of the line being printed, and where it begins."""

    def __post_init__(self) -> None:
        self.pixels = np.full((self.height, self.width, 3 if self.colour else 1), 255, np.uint8)
        self.ink = np.zeros((0, 0), np.uint8)

    def two_inks(
        self,
        spots: Sequence[CharacterSpot],
        at: tuple[float, float],
        look: tuple[CharacterStyle, Colour, int],
        tag: Tag,
    ) -> None:
        """Print a line whose spots from a certain one on have another ink, as one line in the truth."""
        plain, second, first = look
        self._second = (second, spots[first] if first < len(spots) else None)
        self.line(spots, at, plain, tag)
        self._second = None

    def _put(
        self, spot: CharacterSpot, at: tuple[float, float], look: CharacterStyle
    ) -> tuple[int, int, int, int] | None:
        turn = self._second[1] if self._second else None
        if self._second and turn is not None and spot.at >= turn.at:
            look = replace(look, colour=self._second[0])
        return super()._put(spot, at, look)

    def tone(self, colour: Colour) -> npt.NDArray[np.uint16]:
        """The colour as this sheet's channels have it."""
        return np.array(colour if self.colour else (gray_of(colour),), np.uint16)

    def _lay(self, mask: Mask, x: int, y: int, look: CharacterStyle) -> tuple[int, int, int, int] | None:
        colour = look.colour or (PAPER_WHITE if look.white else BLACK)
        if look.edge is not None:
            self._edged(mask, x, y, look)
        return self.blend(mask, (x, y), colour)

    def _edged(self, mask: Mask, x: int, y: int, look: CharacterStyle) -> None:
        assert look.edge is not None
        grown = max(1, look.size // 24)
        for dx, dy in ((-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)):
            self.blend(mask, (x + dx * grown, y + dy * grown), look.edge)

    def blend(self, mask: Mask, at: tuple[int, int], colour: Colour) -> tuple[int, int, int, int] | None:
        """Lay a colour where the mask, shape (height, width), covers; the box that lies on the sheet."""
        x, y = at
        x0, y0, x1, y1 = max(0, x), max(0, y), min(self.width, x + mask.shape[1]), min(self.height, y + mask.shape[0])
        if x0 >= x1 or y0 >= y1:
            return None
        here = self.pixels[y0:y1, x0:x1]
        cover = mask[y0 - y : y1 - y, x0 - x : x1 - x, None].astype(np.uint16)
        here[:] = (here * (255 - cover) + self.tone(colour) * cover + 127) // 255
        return x0, y0, x1, y1

    def block(self, r: FrameRect, colour: Colour, radius: int = 0) -> None:
        """A panel of one colour, its corners rounded where a radius is given."""
        x0, y0, x1, y1 = self.on_sheet(r)
        if x1 <= x0 or y1 <= y0:
            return
        if not radius:
            self.pixels[y0:y1, x0:x1] = self.tone(colour).astype(np.uint8)
            return
        self.blend(rounded_mask((x1 - x0, y1 - y0), radius), (x0, y0), colour)

    def stroke(self, r: FrameRect, style: str, colour: Colour = BLACK, part: int | None = None) -> None:
        """A rule along the longer side of `r`; its thickness is the shorter one."""
        x0, y0, x1, y1 = self.on_sheet(r)
        if x1 <= x0 or y1 <= y0:
            return
        bar = np.full((y1 - y0, x1 - x0), 255, np.uint8)
        STYLES[style][0](bar if x1 - x0 >= y1 - y0 else bar.T)
        self.blend(255 - bar, (x0, y0), colour)
        self.marks.append(Mark("rule", corners(x0, y0, x1, y1), part))

    def paste(self, r: FrameRect, pixels: Pixels, mask: Mask | None = None) -> None:
        """A picture laid over the sheet; `pixels` has three channels and the size of `on_sheet(r)` at least."""
        x0, y0, x1, y1 = self.on_sheet(r)
        tones = pixels[: y1 - y0, : x1 - x0]
        if not self.colour:
            tones = (tones @ np.array([299, 587, 114], np.uint32) // 1000).astype(np.uint8)[..., None]
        here = self.pixels[y0:y1, x0:x1]
        if mask is None:
            here[:] = tones
            return
        cover = mask[: y1 - y0, : x1 - x0, None].astype(np.uint16)
        here[:] = (here * (255 - cover) + tones * cover + 127) // 255

    def outlined(self, kind: str, points: Sequence[tuple[float, float]], part: int | None = None) -> None:
        """A mark whose outline is a polygon in the sheet's pixels."""
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = corners(max(0, min(xs)), max(0, min(ys)), min(self.width, max(xs)), min(self.height, max(ys)))
        self.marks.append(Mark(kind, box, part, tuple(points)))

    def other(self, kind: str, text: str) -> None:
        """Account for print that belongs to no article."""
        if text.strip():
            self.others.append(OtherText(kind, text))

    def room(self, r: FrameRect) -> tuple[int, int]:
        """Width and height of a rectangle in whole pixels."""
        x0, y0, x1, y1 = self.on_sheet(r)
        return max(1, x1 - x0), max(1, y1 - y0)


def rounded_mask(size: tuple[int, int], radius: int) -> Mask:
    """A filled rectangle of `size` (width, height) with round corners; shape (height, width), 0 or 255."""
    image = Image.new("L", size, 0)
    ImageDraw.Draw(image).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), min(radius, min(size) // 2), fill=255)
    return np.asarray(image)


def polygon_mask(size: tuple[int, int], points: Sequence[tuple[float, float]]) -> Mask:
    """A filled polygon; shape (height, width), 0 or 255."""
    image = Image.new("L", size, 0)
    ImageDraw.Draw(image).polygon([(x, y) for x, y in points], fill=255)
    return np.asarray(image)


def rounded_outline(x0: float, y0: float, x1: float, y1: float, radius: float = 0) -> Quad:
    """The outline of a rectangle with round corners, three points a corner."""
    r = min(radius, (x1 - x0) / 2, (y1 - y0) / 2)
    k = r * 0.3
    return (
        (x0, y0 + r), (x0 + k, y0 + k), (x0 + r, y0), (x1 - r, y0), (x1 - k, y0 + k), (x1, y0 + r),
        (x1, y1 - r), (x1 - k, y1 - k), (x1 - r, y1), (x0 + r, y1), (x0 + k, y1 - k), (x0, y1 - r),
    )  # fmt: skip
