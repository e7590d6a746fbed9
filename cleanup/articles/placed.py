"""A line of print in the reading frame, and the rectangles of that frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from layout.page import Line, Region


@dataclass(frozen=True, slots=True)
class PlacedParams:
    """Bounds by which rectangles lie to each other."""

    fills: float = 0.5
    """Share of the width that two rectangles have in common that what fills the white between them covers, at least."""


P: Final = PlacedParams()


class Rect(NamedTuple):
    """A rectangle in ems of the reading frame, origin top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @classmethod
    def around(cls, rects: Iterable[Rect]) -> Rect:
        """The smallest rectangle around some, at least one."""
        held = list(rects)
        return cls(min(r.x0 for r in held), min(r.y0 for r in held), max(r.x1 for r in held), max(r.y1 for r in held))

    def overlap_x(self, other: Rect) -> float:
        """Ems that the two share from left to right; negative is the gap between them."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def overlap_y(self, other: Rect) -> float:
        """Ems that the two share from top to bottom; negative is the gap between them."""
        return min(self.y1, other.y1) - max(self.y0, other.y0)

    def holds(self, other: Rect) -> bool:
        """Whether the middle of the other lies in this one."""
        x, y = other.centre
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


def white_under(upper: Rect, lower: Rect, filling: Iterable[Rect]) -> float:
    """Ems between two rectangles, one over the other, that none of the others fills; negative if the two overlap."""
    gap = lower.y0 - upper.y1
    x0, x1 = max(upper.x0, lower.x0), min(upper.x1, lower.x1)
    between = sorted(
        (r.y0, r.y1)
        for r in filling
        if min(r.x1, x1) - max(r.x0, x0) > P.fills * (x1 - x0) and r.y1 > upper.y1 and r.y0 < lower.y0
    )
    end = upper.y1
    for top, foot in between:
        gap -= max(0.0, min(foot, lower.y0) - max(top, end))
        end = max(end, foot)
    return gap


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of print in the reading frame.

    `line` and `region` are the page's, with places on the scan; `rect` is the line's place in the frame; `size` is its
    type size relative to the body's. `crosses` tells that the line runs across the body's direction: a vertical
    headline on a level page.
    """

    line: Line
    region: Region
    rect: Rect
    size: float
    crosses: bool
    text: str
    weight: float = 0.0
    """How heavy its type is, relative to most lines of the page; 0 where unknown."""
