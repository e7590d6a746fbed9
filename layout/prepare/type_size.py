"""The size of the body type, measured from the page itself; every other length in layout is a multiple of it."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import HEIGHT, WIDTH, Pieces, box_of, labelled
from layout.ink import Mask

SMALLEST, LARGEST = 4, 160
"""Body type in pixels, least and most: of smaller type no stroke is left."""

FEWEST = 20
"""Number of pieces that look like hanzi on a page with type, at least."""

SQUARE = 0.62
"""Shorter side of a hanzi in its longer one, at least."""

FEWEST_STROKES = 1.3
"""Strokes that a row of pixels crosses in a hanzi on the average, at least; in a dot of a screen it is one."""

CHAIN = 2.0
"""Length of glyphs that touch in a row, in their thickness, at least."""

CHAINED_STROKES = 1.7
"""Strokes that a row of pixels crosses in each glyph of a chain on the average, at least; the left part of a split
hanzi is as long, but has fewer."""

WITHOUT_MARKS = 70
"""Percentile of a chain's thickness along its length that is a glyph's: marks that are set beside it touch it too."""

FACE_TO_EM = 1.09
"""Type size in heights of a hanzi's face: its ink fills about 0.92 of its square (Song faces 0.90 to 0.94)."""


def type_size(ink: Mask, pieces: Pieces | None = None) -> float:
    """The body's em in pixels of the mask; 0 where nothing looks like hanzi.

    The most frequent extent among connected pieces that are about square, dark ones and light ones (a panel's), each
    counted by its extent, so that the many dots and strokes of split characters do not outweigh the whole ones. Where
    the glyphs of most lines touch each other, as on heavy microfilm, the thickness of their chains tells the size.
    `pieces` are the ink's, where they are known.
    """
    dark = pieces or labelled(ink)
    light = cv2.bitwise_not(ink).astype(np.uint8, copy=False)
    squares = np.concatenate([_extents(ink, dark), _extents(light, labelled(light))])
    counts = _counted(squares, squares)
    chains = _chains(ink, dark)
    thick, long = dark[1][chains][:, [WIDTH, HEIGHT]].min(axis=1), dark[1][chains][:, [WIDTH, HEIGHT]].max(axis=1)
    if _smooth(_counted(thick, long)).max() > _smooth(counts).max():
        counts = _counted(np.array([_thickness(dark, n) for n in chains], dtype=np.int32), long)
    if not counts.any():
        return 0.0
    peak = int(np.argmax(_smooth(counts)))
    near = np.arange(max(0, peak - 2), min(len(counts), peak + 3))
    return float(FACE_TO_EM * np.average(near, weights=counts[near[0] : near[-1] + 1] + 1e-9))


def _counted(extents: npt.NDArray[np.int32], lengths: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
    """The length of the pieces by extent, in pixels; nothing where they are fewer than on a page with type."""
    if len(extents) < FEWEST:
        return np.zeros(LARGEST + 2, dtype=np.float64)
    return np.bincount(extents, weights=lengths.astype(np.float64), minlength=LARGEST + 2).astype(
        np.float64, copy=False
    )


def _smooth(counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(np.convolve(counts, (0.25, 0.5, 0.25), "same"))


def _chains(ink: Mask, pieces: Pieces) -> npt.NDArray[np.intp]:
    """The pieces, by number, that look like a row of hanzi that touch each other."""
    w, h = pieces[1][:, WIDTH], pieces[1][:, HEIGHT]
    thick, long = np.minimum(w, h), np.maximum(w, h)
    chained = (thick >= SMALLEST) & (thick <= LARGEST) & (long > CHAIN * thick)
    return np.flatnonzero(chained & (_strokes(ink, pieces) * thick > CHAINED_STROKES * h * w))


def _thickness(pieces: Pieces, number: int) -> int:
    """The extent of a chain across its length in pixels, without the marks beside it."""
    box = box_of(pieces[1][number])
    own = pieces[0][box.y0 : box.y1, box.x0 : box.x1] == number
    rows = own if box.height > box.width else own.T
    rows = rows[rows.any(axis=1)]
    across = rows.shape[1] - rows.argmax(axis=1) - rows[:, ::-1].argmax(axis=1)
    return int(np.percentile(across, WITHOUT_MARKS))


def _extents(mask: Mask, pieces: Pieces) -> npt.NDArray[np.int32]:
    """The longer sides of the pieces that look like hanzi."""
    w, h = pieces[1][:, WIDTH], pieces[1][:, HEIGHT]
    extent = np.maximum(w, h)
    square = (extent >= SMALLEST) & (extent <= LARGEST) & (np.minimum(w, h) > SQUARE * extent)
    return extent[square & (_strokes(mask, pieces) > FEWEST_STROKES * h)].astype(np.int32)


def _strokes(mask: Mask, pieces: Pieces) -> npt.NDArray[np.int64]:
    """For each piece the strokes that the rows of pixels cross in it."""
    begins = mask > 0
    begins[:, 1:] &= mask[:, :-1] == 0
    return np.bincount(pieces[0][begins], minlength=len(pieces[1]))
