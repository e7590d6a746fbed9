"""Type that runs across the page: a vertical piece among level ones, a level head over a vertical page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from layout.blocks import Block, find_blocks
from layout.components import Stats, box_of, components, labelled
from layout.geometry import Box
from layout.ink import Mask, closed
from layout.lines import DetectedLine, find_lines
from layout.page import Direction

REACHES: Final = (0.15, 0.3, 0.45)
"""Em beyond a glyph in which neighbours are looked for, the nearest first."""

TOGETHER: Final = 0.7
"""Em; ink nearer than that is of one zone: lines of one column are, columns are not."""

SHORTEST: Final = 2.2
"""Em of the longest line of a zone at least: two glyphs."""

SHORT: Final = 3.4
"""Em of the longest line of a zone of several: three glyphs."""

FILES: Final = 3
"""Lines from which on a zone is one of several."""

FEWEST: Final = 5
"""Glyphs with a neighbour on one side only, from which the direction of a zone is told; two of one mind will do."""

CROSSWISE: Final = -0.4
"""The mean vote of a zone under which it runs crosswise; a zone of the page's own direction has 0.3 to 1."""

LARGE: Final = 1.6
"""Em both ways; no body glyph is so large, and few stick together both ways."""

DISPLAY: Final = 0.4
"""Of a zone's ink in large pieces; a zone of display type has nearly all in them."""

ABOUT: Final = 2
"""Em about a zone of few glyphs in which others are asked too."""

NEAR: Final = 2.5
"""Em; zones nearer than that are taken together, since white and marks part the words of one line."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """The picture of `width` by `height` pixels turned by 90 degrees, counterclockwise or clockwise."""

    width: int
    height: int
    clockwise: bool = False

    def mask(self, mask: Mask) -> Mask:
        return np.ascontiguousarray(np.rot90(mask, -1 if self.clockwise else 1))

    def there(self, b: Box) -> Box:
        """The box on the turned picture."""
        if self.clockwise:
            return Box(self.height - b.y1, b.x0, self.height - b.y0, b.x1)
        return Box(b.y0, self.width - b.x1, b.y1, self.width - b.x0)

    def back(self, b: Box) -> Box:
        """A box of the turned picture on the picture itself."""
        if self.clockwise:
            return Box(b.y0, self.height - b.x1, b.y1, self.height - b.x0)
        return Box(self.width - b.y1, b.x0, self.width - b.y0, b.x1)

    def line_back(self, n: DetectedLine) -> DetectedLine:
        """The same for a line, whose direction becomes the other one."""
        return replace(n, box=self.back(n.box), direction=OTHER[n.direction])


OTHER: Final = {Direction.HORIZONTAL: Direction.VERTICAL_RL, Direction.VERTICAL_RL: Direction.HORIZONTAL}


@dataclass(frozen=True, slots=True)
class Crosswise:
    """Blocks of text and of display lines, and the mask of their ink, of the page's shape."""

    blocks: tuple[Block, ...]
    ink: Mask

    @property
    def lines(self) -> list[DetectedLine]:
        """The lines of all blocks."""
        return [n for b in self.blocks for n in b.lines]

    def numbered(self, first: int) -> Crosswise:
        """The same, its lines with ids that count from `first`."""
        ids = count(first)
        blocks = (replace(b, lines=tuple(replace(n, id=next(ids)) for n in b.lines)) for b in self.blocks)
        return replace(self, blocks=tuple(blocks))


def find_crosswise(ink: Mask, pieces: Stats, walls: Mask, em: float, *, clockwise: bool) -> Crosswise:
    """What runs crosswise in a picture that is analysed as rows from left to right; `ink` holds type alone.

    `clockwise` says which way the picture must be turned for that type to become such rows: on a level page vertical
    type is turned counterclockwise, on a page that lies down level type clockwise. `pieces` are the ink's.
    """
    own = _inked(ink, pieces, em)
    blocks: list[Block] = []
    for box in _pieces(own, em):
        place = np.s_[box.y0 : box.y1, box.x0 : box.x1]
        part = own[place]
        quarter = Quarter(box.width, box.height, clockwise)
        lines = find_lines(quarter.mask(part), quarter.mask(walls[place]), em)
        if _contradicted(lines, em):
            part[:] = 0
            continue
        for b in find_blocks(lines, quarter.mask(walls[place]), em):
            blocks.append(replace(b, lines=tuple(_moved(quarter.line_back(n), box) for n in b.lines)))
    return Crosswise(tuple(blocks), own)


def _contradicted(lines: Sequence[DetectedLine], em: float) -> bool:
    """Whether what was taken for a zone is a headline: large glyphs that stand closest the other way all the same.

    Nor do narrow ones, in pieces, make a zone of type that runs over one glyph each; and wide-set rows one under the
    other are no files of two glyphs.
    """
    longest = max((n.length for n in lines), default=0)
    if longest < SHORTEST * em or (len(lines) >= FILES and longest < SHORT * em):
        return True
    across = sum(n.length for n in lines if n.direction is not Direction.HORIZONTAL and n.size > 1.3 * em)
    return across > 0.5 * sum(n.length for n in lines)


def _moved(n: DetectedLine, by: Box) -> DetectedLine:
    b = n.box
    return replace(n, box=Box(b.x0 + by.x0, b.y0 + by.y0, b.x1 + by.x0, b.y1 + by.y0))


def _pieces(own: Mask, em: float) -> list[Box]:
    """Where zones lie that are near each other, each such place by itself; no two overlap."""
    coarse = max(1, round(em / 4))
    small = cv2.resize(own, None, fx=1 / coarse, fy=1 / coarse, interpolation=cv2.INTER_AREA)
    near = closed(((small > 0) * np.uint8(255)).astype(np.uint8), NEAR * em / coarse, NEAR * em / coarse)
    fx, fy = own.shape[1] / small.shape[1], own.shape[0] / small.shape[0]
    found: list[Box] = []
    for row in components(near):
        b = box_of(row)
        box = Box(int(b.x0 * fx), int(b.y0 * fy), round(b.x1 * fx + 0.5), round(b.y1 * fy + 0.5))
        for o in [o for o in found if (o & box).width > 0 and (o & box).height > 0]:
            found.remove(o)
            box |= o
        found.append(box)
    return found


def _inked(ink: Mask, pieces: Stats, em: float) -> Mask:
    """The ink of the zones that run crosswise."""
    labels, stats = labelled(closed(ink, TOGETHER * em, TOGETHER * em))
    extent, least = np.maximum(pieces[:, 2], pieces[:, 3]), np.minimum(pieces[:, 2], pieces[:, 3])
    glyphs = pieces[(extent > 0.65 * em) & (extent < 1.25 * em) & (least > 0.62 * extent)]
    votes = _votes(ink, glyphs, em)
    zone = labels[glyphs[:, 1] + glyphs[:, 3] // 2, glyphs[:, 0] + glyphs[:, 2] // 2]
    told = np.bincount(zone, weights=votes != 0, minlength=len(stats))
    total = np.bincount(zone, weights=votes, minlength=len(stats))
    about_told, about_total = _about(glyphs, votes, (stats, ink.shape), em)
    few = (told < FEWEST) & ((told < 2) | (np.abs(total) < told))
    told, total = np.where(few, about_told, told), np.where(few, about_total, total)
    crosswise = (told >= 2) & (total < CROSSWISE * told)
    crosswise[0] = False
    crosswise &= _large_share(pieces, labels, len(stats), em) < DISPLAY
    if not crosswise.any():
        return np.zeros_like(ink)
    return np.where(crosswise[labels], ink, 0).astype(np.uint8)


def _large_share(stats: Stats, labels: npt.NDArray[np.int32], zones: int, em: float) -> npt.NDArray[np.float64]:
    """The share of each zone's ink that lies in pieces too large for body type; vertical headlines are lines anyway."""
    middle = labels[stats[:, 1] + stats[:, 3] // 2, stats[:, 0] + stats[:, 2] // 2]
    large = np.minimum(stats[:, 2], stats[:, 3]) > LARGE * em
    total = np.bincount(middle, weights=stats[:, 4], minlength=zones)
    return np.asarray(np.bincount(middle[large], weights=stats[large, 4], minlength=zones) / np.maximum(total, 1))


def _about(
    glyphs: Stats, votes: npt.NDArray[np.float64], zones: tuple[Stats, tuple[int, ...]], em: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """For each zone how many glyphs in it and about it have a vote, and the sum of their votes."""
    stats, (height, width) = zones
    cast = np.zeros((2, height // round(em) + 2, width // round(em) + 2))
    y, x = (glyphs[:, 1] + glyphs[:, 3] // 2) // round(em), (glyphs[:, 0] + glyphs[:, 2] // 2) // round(em)
    np.add.at(cast[0], (y, x), votes != 0)
    np.add.at(cast[1], (y, x), votes)
    sums = [cv2.integral(c) for c in cast]
    left, top = (np.maximum(0, stats[:, k] // round(em) - ABOUT) for k in (0, 1))
    right, low = (
        np.minimum(cast.shape[2 - k], (stats[:, k] + stats[:, k + 2]) // round(em) + 1 + ABOUT) for k in (0, 1)
    )
    told, total = (np.asarray(s[low, right] - s[top, right] - s[low, left] + s[top, left]) for s in sums)
    return told, total


def _votes(ink: Mask, glyphs: Stats, em: float) -> npt.NDArray[np.float64]:
    """For each glyph 1 where its nearest neighbour stands beside it, -1 where it stands above or below, 0 in doubt."""
    total = cv2.integral((ink > 0).astype(np.uint8))
    h, w = ink.shape
    x0, y0 = glyphs[:, 0], glyphs[:, 1]
    x1, y1 = x0 + glyphs[:, 2], y0 + glyphs[:, 3]

    def inked(*corners: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
        left, top, right, low = (np.clip(c, 0, side) for c, side in zip(corners, (w, h, w, h), strict=True))
        return np.asarray(total[low, right] - total[top, right] - total[low, left] + total[top, left] > 1)

    votes = np.zeros(len(glyphs))
    for reach in (max(1, round(r * em)) for r in REACHES):
        beside = inked(x1, y0, x1 + reach, y1) | inked(x0 - reach, y0, x0, y1)
        below = inked(x0, y1, x1, y1 + reach) | inked(x0, y0 - reach, x1, y0)
        votes = np.where(votes == 0, beside.astype(np.float64) - below, votes)
    return votes
