"""Lines behind lost text: print that lies in no line stands between them and the line before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from layout.geometry import Box
from layout.page import Direction, Line, LostText, Region

_SHARED: Final = 0.3
"""Share of the shorter of line and lost text, along the line, over which one lies above the other, at least."""


def lines_after_lost(regions: Iterable[Region], lost: Sequence[LostText]) -> frozenset[str]:
    """The ids of lines before which, within their region, text was printed that lies in no line."""
    boxes = [t.box for t in lost]
    if not boxes:
        return frozenset()
    return frozenset(
        b.id for r in regions for a, b in pairwise(r.lines) if any(_is_between(a, b, place) for place in boxes)
    )


def _is_between(a: Line, b: Line, place: Box) -> bool:
    """Whether the place lies between two lines that follow each other."""
    if a.box is None or b.box is None or a.direction is not b.direction:
        return False
    around = a.box | b.box
    if a.direction is Direction.HORIZONTAL:
        inside = a.box.centre[1] < place.centre[1] < b.box.centre[1]
        return inside and place.overlap_x(around) > _SHARED * min(place.width, around.width)
    inside = b.box.centre[0] < place.centre[0] < a.box.centre[0]
    return inside and place.overlap_y(around) > _SHARED * min(place.height, around.height)
