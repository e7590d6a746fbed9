"""Pictures of single glyphs: their normalized shapes, how unlike the others of their kind they are, sheets of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from banmian.review.tiles import Picture
from layout.geometry import Box

CELL: Final = 56
"""Pixels of a cell's side in the sheet."""

COLUMNS: Final = 20
"""Cells beside one another in the sheet."""

SIDE: Final = 24
"""Pixels of a normalized shape's side: strokes of a hanzi still stand apart."""

_SHIFT: Final = 1
"""Pixels by which a shape is moved to fit the others: a speck more or less moves its edge by no more than that."""

_DARK: Final = 127
"""Darkness, 0 to 255, of a picture's edge from which on its glyph is light on a dark ground."""

_LEAST_ODD: Final = 0.05
"""Minimum unlikeness of an odd glyph: 未 among 末, which differ by the length of a stroke, is at 0.06."""

_NEAREST: Final = 2
"""The like of a glyph that counts at least: one may be a wrong reading of the same kind."""

_REFERENCES: Final = 128
"""Glyphs of a character that the others are compared with: more find no others, and take longer."""

Shapes = npt.NDArray[np.float32]
"""Shape (n, SIDE, SIDE): the ink of n glyphs, dark 1 and light 0."""


def around(box: Box) -> Box:
    """The part of the scan that shows a glyph with its edges."""
    return box.grown(max(1, box.width // 8), max(1, box.height // 8))


def shape_of(picture: Picture) -> npt.NDArray[np.float32]:
    """The glyph's ink within its own box, (SIDE, SIDE), ink 1 and ground 0, a little blurred.

    `picture` is the part of the scan that `around` gives: what reaches into it from a neighbour is left out.
    """
    ink = 255 - cv2.normalize(picture, None, 0, 255, cv2.NORM_MINMAX).astype(np.int16)  # type: ignore[call-overload]
    edge = np.concatenate([ink[0], ink[-1], ink[:, 0], ink[:, -1]])
    if np.median(edge) > _DARK:
        ink = 255 - ink
    _, mask = cv2.threshold(ink.astype(np.uint8), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    own = _own(np.asarray(mask, dtype=np.uint8))
    ys, xs = np.nonzero(own)
    if len(xs):
        ink = np.where(cv2.dilate(own, np.ones((3, 3), np.uint8)), ink, 0)
        ink = ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    small = cv2.resize(ink.astype(np.float32) / 255, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (3, 3), 0), dtype=np.float32)


def _own(mask: Picture) -> Picture:
    """The ink without the components that reach over the picture's edge and lie for the most part in its margin."""
    height, width = mask.shape
    inner = np.zeros_like(mask, dtype=bool)
    y, x = (_margin(n) for n in (height, width))
    inner[y : height - y, x : width - x] = True
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    kept = np.bincount(labels[inner], minlength=count)
    left, top, wide, high, area = stats.T
    over = (left == 0) | (top == 0) | (left + wide == width) | (top + high == height)
    own = ~over | (2 * kept >= area)
    own[0] = False
    return np.asarray(own[labels] * np.uint8(255), dtype=np.uint8)


def _margin(grown: int) -> int:
    """Returns how many pixels `around` has added to a side of a box, from the side as grown."""
    return max(1, round(grown / 10))


def unlikeness(shapes: Shapes) -> npt.NDArray[np.float64]:
    """How unlike the shapes that are nearest to it each is, 0 to 2; small shifts do not count. Shape (n,).

    It is measured by the one that is nearest but one, of many the nearest but a few: a character may be printed in two
    faces, and each has its like; what is read wrongly has hardly any.
    """
    if len(shapes) < _NEAREST + 1:
        return np.zeros(len(shapes))
    among = np.unique(np.linspace(0, len(shapes) - 1, _REFERENCES).astype(int))
    others = _normalized(shapes[among])
    padded = np.pad(shapes, ((0, 0), (_SHIFT, _SHIFT), (_SHIFT, _SHIFT)), mode="edge")
    best = np.full((len(shapes), len(among)), -1.0, dtype=np.float32)
    for dx in range(2 * _SHIFT + 1):
        for dy in range(2 * _SHIFT + 1):
            np.maximum(best, _normalized(padded[:, dy : dy + SIDE, dx : dx + SIDE]) @ others.T, out=best)
    best[among, np.arange(len(among))] = -1.0  # itself
    rank = min(len(among) - 1, max(_NEAREST, len(among) // 16))
    return np.asarray(1.0 - np.sort(best, axis=1)[:, -rank], dtype=np.float64)


def odd_above(unlike: npt.NDArray[np.float64]) -> float:
    """The unlikeness above which a glyph is odd: more than the spread of the others explains.

    Four deviations, measured by the median that the odd ones do not move; on worn print all are a little unlike.
    """
    if len(unlike) == 0:
        return _LEAST_ODD
    middle = float(np.median(unlike))
    spread = 1.4826 * float(np.median(np.abs(unlike - middle)))
    return max(_LEAST_ODD, middle + 4 * spread)


def _normalized(shapes: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    """Each shape as a vector of mean 0 and length 1, so that products are correlations; shape (n, SIDE * SIDE)."""
    rows = shapes.reshape(len(shapes), -1).astype(np.float32)
    rows = rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), dtype=np.float32)


def cell_of(picture: Picture) -> Picture:
    """The glyph in the middle of a white square, (CELL, CELL)."""
    share = (CELL - 6) / max(picture.shape)
    size = tuple(max(1, round(n * share)) for n in picture.shape[1::-1])
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if share < 1 else cv2.INTER_CUBIC)
    out = np.full((CELL, CELL), 255, dtype=np.uint8)
    y, x = (CELL - size[1]) // 2, (CELL - size[0]) // 2
    out[y : y + size[1], x : x + size[0]] = small
    return out


def sheet_of(cells: Sequence[Picture]) -> Picture:
    """The cells in rows of COLUMNS, in their order."""
    rows = max(1, -(-len(cells) // COLUMNS))
    out = np.full((rows * CELL, COLUMNS * CELL), 255, dtype=np.uint8)
    for n, cell in enumerate(cells):
        y, x = divmod(n, COLUMNS)
        out[y * CELL : (y + 1) * CELL, x * CELL : (x + 1) * CELL] = cell
    return out
