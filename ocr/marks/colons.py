"""Colons that a reader lost: two dots, one over the other, in front of a glyph that took them in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import Final, NamedTuple

import cv2
import numpy as np

from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture

DOT: Final = (0.05, 0.2)
"""Width and height of a dot in ems, least and most."""
ROUND: Final = 1.5
"""Ratio of a dot's longer side to its shorter one, at most."""
ALIKE: Final = 1.5
"""Ratio of the larger dot's area to the smaller's, at most: the strokes of 冫 are less alike, and not as round."""
APART: Final = (0.25, 0.6)
"""Distance of the dots' middles in line heights, least and most."""
ASIDE: Final = 0.05
"""Ems by which one stands to the side of the other, at most."""
WHITE: Final = 0.3
"""White in front of the dots in ems, at least: a colon takes an em, or half of one."""
ALONE: Final = 0.7
"""Confidence of a colon that the ink alone shows."""


class _Dot(NamedTuple):
    x0: int
    y0: int
    x1: int
    y1: int
    area: int


def with_colons(picture: LinePicture, seen: Sequence[Seen]) -> list[Seen]:
    """The characters of a level line, and among them each colon that is printed close to a hanzi and was not read."""
    if len(picture.cells) > 1:
        return list(seen)
    found = list(_colons(picture))
    out = list(seen[:1])
    for before, s in pairwise(seen):
        own = [c for c in found if before.x1 <= c[0] and (s.x0 + s.x1) / 2 > c[1] and before.x1 < s.x1]
        if own and s.char.isalpha() and before.char.isalnum():
            left, right = own[0]
            out.append(Seen("：", left, 0, right, 1, ALONE, other=""))
            out.append(replace(s, x0=min(s.x1 - 1, max(s.x0, right))))
        else:
            out.append(s)
    return out


def _colons(picture: LinePicture) -> Iterator[tuple[int, int]]:
    """The columns of each two dots that stand over one another, with white in front of them."""
    em = picture.height
    _, _, stats, _ = cv2.connectedComponentsWithStats(picture.ink.astype(np.uint8), connectivity=8)
    dots = [
        d for d in (_Dot(x, y, x + w, y + h, area) for x, y, w, h, area in stats[1:].tolist()) if _is_dot(d, picture)
    ]
    inked = np.asarray(picture.ink.any(axis=0), dtype=np.bool_)
    for a, b in product(dots, dots):
        apart, aside = (b.y0 + b.y1 - a.y0 - a.y1) / 2, abs(b.x0 + b.x1 - a.x0 - a.x1) / 2
        left, white = min(a.x0, b.x0), round(WHITE * em * picture.stretch)
        if (
            APART[0] * em <= apart <= APART[1] * em
            and aside <= ASIDE * em
            and max(a.area, b.area) <= ALIKE * min(a.area, b.area)
            and left >= white
            and not inked[left - white : left].any()
        ):
            yield left, max(a.x1, b.x1)


def _is_dot(d: _Dot, picture: LinePicture) -> bool:
    width, height = (d.x1 - d.x0) / picture.stretch, d.y1 - d.y0
    low, high = (share * picture.height for share in DOT)
    return low <= min(width, height) and max(width, height) <= min(high, ROUND * min(width, height))
