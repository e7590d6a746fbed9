"""Lines behind lost text: print that lies in no line stands between them and the line before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from layout.geometry import Box
from layout.page import Direction, Line, LostText, Region


@dataclass(frozen=True, slots=True)
class LostParams:
    """Bounds by which a lost text stands between two lines."""

    shared: float = 0.3
    """Share of the shorter of line and lost text, along the line, over which one lies above the other, at least."""
    slack: float = 0.5
    """Share of the thinner line by which a place beside the ends of two lines reaches beyond them, at most."""


P: Final = LostParams()


def lines_after_lost(regions: Iterable[Region], lost: Sequence[LostText]) -> frozenset[str]:
    """The ids of lines before which, within their region, text was printed that lies in no line."""
    boxes = [t.box for t in lost]
    if not boxes:
        return frozenset()
    return frozenset(
        b.id for r in regions for a, b in pairwise(r.lines) if any(_is_between(a, b, place) for place in boxes)
    )


def _is_between(a: Line, b: Line, place: Box) -> bool:
    """Whether the place lies between two lines that follow each other: in white between them, or beside their ends.

    A place that is taller than both lines together, as a strip along a column's edge is, parts none of the lines that
    stand close to each other beside it.
    """
    if a.box is None or b.box is None or a.direction is not b.direction:
        return False
    around = a.box | b.box
    if a.direction is Direction.HORIZONTAL:
        first, second = (a.box.y0, a.box.y1), (b.box.y0, b.box.y1)
        held, shared = (place.y0, place.y1), place.overlap_x(around) / max(1.0, min(place.width, around.width))
    else:
        first, second = (-a.box.x1, -a.box.x0), (-b.box.x1, -b.box.x0)
        held, shared = (-place.x1, -place.x0), place.overlap_y(around) / max(1.0, min(place.height, around.height))
    if shared <= P.shared or not sum(first) < sum(held) < sum(second):
        return False
    height = min(first[1] - first[0], second[1] - second[0])
    beside = first[0] - P.slack * height < held[0] and held[1] < second[1] + P.slack * height
    return beside or second[0] - first[1] > height
