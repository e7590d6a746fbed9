"""Discs and squares, ● ■, that no view showed: the ink of one stands where a hanzi seems far too wide.

Triangles and lozenges are not told by their ink alone: the edge of a photograph beside a line is such a shape too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from ocr.characters.script import is_hanzi
from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture

ROOM: Final = 1.15
"""Width in line heights of a hanzi's ink from which another character may be in it; a hanzi is 0.6 to 0.9 wide."""
SIZE: Final = (0.5, 1.0)
"""Height of an ornament in line heights, least and most; a stop or a speck is smaller."""
LONGER: Final = 1.3
"""Ratio of the longer side to the shorter one, at most."""
CONVEX: Final = 0.9
"""Share of its convex hull that the ink fills, at least: no hanzi in one piece fills so much of its own."""
FULL: Final = 0.92
"""Share of its box from which a shape is a square; a disc fills 0.79 of its own."""
ROUND: Final = 0.68
"""Share of its box from which a shape is a disc; triangles and lozenges fill 0.5 of their own."""
ALONE: Final = 0.75
"""Confidence of an ornament that the ink alone shows: below what a reviewer looks at."""


class _Solid(NamedTuple):
    char: str
    x0: int
    y0: int
    x1: int
    y1: int


def with_solids(picture: LinePicture, seen: Sequence[Seen]) -> list[Seen]:
    """The characters of a level line, each with the box of its ink, and the solid ornaments taken in by a hanzi."""
    height = picture.height * picture.stretch
    out: list[Seen] = []
    for s in seen:
        found = list(_solids(picture, s.x0, s.x1)) if is_hanzi(s.char) and s.x1 - s.x0 >= ROOM * height else []
        out += _parted(picture, s, found) if found else [s]
    return out


def _parted(picture: LinePicture, hanzi: Seen, solids: Sequence[_Solid]) -> list[Seen]:
    """The hanzi and the solids in its box, each on its side of the ink that is left to the hanzi."""
    middle = _middle(picture, hanzi, solids)
    before = [n for n in solids if n.x0 + n.x1 < 2 * middle]
    behind = [n for n in solids if n.x0 + n.x1 >= 2 * middle]
    x0 = min(hanzi.x1 - 1, max([hanzi.x0, *(n.x1 for n in before)]))
    x1 = max(x0 + 1, min([hanzi.x1, *(n.x0 for n in behind)]))
    own = replace(hanzi, x0=x0, x1=x1)
    return [*(_seen(n, picture) for n in before), own, *(_seen(n, picture) for n in behind)]


def _middle(picture: LinePicture, hanzi: Seen, solids: Sequence[_Solid]) -> float:
    """The mean column of a hanzi's ink outside of the solids; the middle of its box where there is none."""
    inked = np.asarray(picture.ink.any(axis=0), dtype=np.bool_)
    for n in solids:
        inked[n.x0 : n.x1] = False
    columns = np.flatnonzero(inked[hanzi.x0 : hanzi.x1])
    return hanzi.x0 + float(columns.mean()) if len(columns) else (hanzi.x0 + hanzi.x1) / 2


def _seen(solid: _Solid, picture: LinePicture) -> Seen:
    top = round(picture.top)
    return Seen(solid.char, solid.x0, top + solid.y0, solid.x1, top + solid.y1, ALONE, other="")


def _solids(picture: LinePicture, left: int, right: int) -> Iterator[_Solid]:
    """The solid shapes of ink from one column to the one before another, from left to right."""
    part = np.ascontiguousarray(picture.ink[:, left:right]).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    for n in sorted(range(1, count), key=lambda n: stats[n, cv2.CC_STAT_LEFT]):
        x, y, w, h, _ = stats[n].tolist()
        char = _shape((labels[y : y + h, x : x + w] == n).astype(np.uint8), picture)
        if char:
            yield _Solid(char, left + x, y, left + x + w, y + h)


def _shape(ink: npt.NDArray[np.uint8], picture: LinePicture) -> str:
    """The ornament that a shape is, by how it fills its box and its hull; empty where it is none."""
    height, width = ink.shape[0] / picture.height, ink.shape[1] / (picture.height * picture.stretch)
    if not (SIZE[0] <= min(height, width) and max(height, width) <= min(SIZE[1], LONGER * min(height, width))):
        return ""
    rows, columns = np.nonzero(ink)
    corners = np.stack([columns, rows], axis=1)
    # Each pixel is a square: the hull goes round the four corners of all.
    around = np.concatenate([corners + corner for corner in np.array([(0, 0), (0, 1), (1, 0), (1, 1)])])
    hull = cv2.convexHull(around.astype(np.int32))
    if len(rows) < CONVEX * cv2.contourArea(hull):
        return ""
    share = len(rows) / ink.size
    return "" if share < ROUND else "■" if share >= FULL else "●"
