"""How the print stands on the scan: which way is up, and whether its lines run level or from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import AREA, HEIGHT, WIDTH, Pieces, Stats, labelled
from layout.ink import Gray, Mask
from layout.page import Direction

SIDE: Final = 16
"""Side in pixels of the square to which a glyph is scaled."""

MOST: Final = 600
"""Number of glyphs that are measured on one page, at most; after the hundredth each adds little."""

SURE: Final = 0.25
"""Log-likelihood a glyph by which one way up must beat the next before a page is turned: dots give 0.15."""

ENOUGH: Final = 30.0
"""The same over all glyphs: ten clear ones or a hundred poor ones; with less the page stays as it lies."""

REACH: Final = 0.8
"""Distance in type sizes from a glyph within which its neighbour is looked for."""

FEWEST: Final = 12
"""Number of glyphs, at least, for lines to be taken as vertical."""

SPECK: Final = 0.22
"""Extent in type sizes under which a piece is dirt, or a mark that tells little of a line's direction."""

VERTICAL: Final = (-0.1, -0.3)
"""`level` below which lines run from top to bottom: where which way is up is sure, and where it is not."""


@dataclass(frozen=True, slots=True)
class SingleGlyphParams:
    """Bounds of a piece of ink that is asked which way is up."""

    extent: tuple[float, float] = (0.65, 1.15)
    """Longer side in type sizes, least and most."""
    square: float = 0.62
    """Shorter side in longer sides, at least."""
    fullest: float = 0.7
    """Share of its box that is ink, at most: a blot or a printed square is no glyph."""


SINGLE: Final = SingleGlyphParams()

Glyphs = npt.NDArray[np.float32]
"""Shape (n, SIDE, SIDE): single glyphs, 0 paper to 1 ink, each centred on a square as large as it is."""


@dataclass(frozen=True, slots=True)
class Orientation:
    """`turn` is how far the print is turned clockwise on the scan: 0, 90, 180 or 270 degrees.

    `margin` is the log-likelihood a glyph by which that way up beats the next, `glyphs` how many were asked.
    `level` is how much nearer glyphs stand beside each other than above each other on the upright page, from -1 (all
    above each other) to 1.
    """

    turn: int = 0
    margin: float = 0.0
    glyphs: int = 0
    level: float = 1.0

    @property
    def sure(self) -> bool:
        return self.margin >= SURE and self.margin * self.glyphs >= ENOUGH

    @property
    def direction(self) -> Direction:
        """How the body's lines run; level where there is little to tell it from."""
        lying = not self.sure and self.turn % 180 != 0  # the page stays as it lies, and so do its rows
        level = -self.level if lying else self.level
        bound = VERTICAL[0 if self.sure else 1]
        return Direction.VERTICAL_RL if self.glyphs >= FEWEST and level < bound else Direction.HORIZONTAL


def orientation(evened: Gray, ink: Mask, size: float, pieces: Pieces | None = None) -> Orientation:
    """How the print stands on a picture that is not skewed by more than some 5 degrees; `em` in its pixels.

    Hanzi are not alike on all sides: their level strokes are many and thin, they stand on broad feet and begin at the
    top left. A small network, fitted on typeset pages by samples.orientation, tells for a single glyph which way is up
    some nine times in ten; hundreds of them leave no doubt. `pieces` are the ink's, where they are known. Cost: about
    0.1 CPU seconds a page.
    """
    labels, stats = pieces or labelled(ink)
    boxes = _singles(stats, size)
    if not len(boxes):
        return Orientation()
    scores = log_likelihoods(_glyphs(evened, labels, boxes)).mean(axis=0)
    best, second = np.argsort(scores)[::-1][:2]
    specks = np.maximum(stats[:, WIDTH], stats[:, HEIGHT]) < SPECK * size
    beside = _nearer_beside((labels > 0) & ~specks[labels], boxes[:, :4], size)
    turn = 90 * int(best)
    return Orientation(turn, float(scores[best] - scores[second]), len(boxes), -beside if turn % 180 else beside)


def log_likelihoods(glyphs: Glyphs) -> npt.NDArray[np.float64]:
    """For each glyph the log-likelihood that it is turned clockwise by 0, 90, 180 and 270 degrees, shape (n, 4)."""
    model = _model()
    uprightness = np.stack([model(np.rot90(glyphs, k, axes=(1, 2))) for k in range(4)], axis=1)
    return np.asarray(uprightness - np.logaddexp.reduce(uprightness, axis=1, keepdims=True))


@dataclass(frozen=True)
class OrientationNetwork:
    """Two layers: how upright a glyph looks, on no scale of its own."""

    first: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    second: npt.NDArray[np.float32]

    def __call__(self, glyphs: Glyphs) -> npt.NDArray[np.float64]:
        """One figure a glyph, shape (n,)."""
        hidden = np.maximum(0.0, glyphs.reshape(len(glyphs), -1).astype(np.float32) @ self.first + self.bias)
        return np.asarray(hidden @ self.second, dtype=np.float64)


@cache
def _model() -> OrientationNetwork:
    with as_file(files("layout") / "orientation.npz") as path, np.load(path) as f:
        return OrientationNetwork(*(f[name].astype(np.float32) for name in ("first", "bias", "second")))


def single_glyphs(evened: Gray, ink: Mask, size: float) -> Glyphs:
    """The pieces of ink that are about as large as a glyph, MOST at most, spread over the page."""
    labels, stats = labelled(ink)
    return _glyphs(evened, labels, _singles(stats, size))


def _singles(stats: Stats, size: float) -> npt.NDArray[np.int32]:
    """Rows of x, y, width, height, number for the pieces that have the size of a glyph."""
    wide, high, p = stats[:, WIDTH], stats[:, HEIGHT], SINGLE
    extent, least = np.maximum(wide, high), np.minimum(wide, high)
    fit = (extent > p.extent[0] * size) & (extent < p.extent[1] * size) & (least > p.square * extent)
    fit &= stats[:, AREA] < p.fullest * wide * high
    fit[0] = False
    found = np.flatnonzero(fit)
    chosen = found[np.linspace(0, len(found) - 1, min(MOST, len(found))).astype(int)] if len(found) else found
    rows: npt.NDArray[np.int32] = np.c_[stats[chosen, :4], chosen].astype(np.int32)
    return rows


def _glyphs(evened: Gray, labels: npt.NDArray[np.int32], boxes: npt.NDArray[np.int32]) -> Glyphs:
    out = np.zeros((len(boxes), SIDE, SIDE), dtype=np.float32)
    for n, (x, y, w, h, label) in enumerate(boxes):
        side = int(max(w, h)) + 2
        square = np.zeros((side, side), dtype=np.float32)
        own = labels[y : y + h, x : x + w] == label
        top, left = (side - h) // 2, (side - w) // 2
        square[top : top + h, left : left + w] = np.where(own, 255.0 - evened[y : y + h, x : x + w], 0.0) / 255.0
        out[n] = cv2.resize(square, (SIDE, SIDE), interpolation=cv2.INTER_AREA if side > SIDE else cv2.INTER_LINEAR)
    return out


def _nearer_beside(ink: npt.NDArray[np.bool_], boxes: npt.NDArray[np.int32], size: float) -> float:
    """How many more glyphs have their nearest ink beside them than above or below them, from -1 to 1."""
    reach = max(2, round(REACH * size))
    votes = []
    for x, y, w, h in boxes:
        beside = min(_gap(ink[y : y + h, x + w : x + w + reach]), _gap(ink[y : y + h, max(0, x - reach) : x][:, ::-1]))
        below = min(_gap(ink[y + h : y + h + reach, x : x + w].T), _gap(ink[max(0, y - reach) : y, x : x + w][::-1].T))
        if min(beside, below) < reach:
            votes.append(np.sign(below - beside))
    return float(np.mean(votes)) if votes else 1.0


def _gap(strip: npt.NDArray[np.bool_]) -> int:
    """Columns of a strip before the first with ink."""
    columns = np.asarray(strip.any(axis=0))
    first = int(columns.argmax()) if len(columns) else 0
    return first if first < len(columns) and columns[first] else 10_000
