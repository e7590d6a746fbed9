"""A line of print in the reading frame, and the rectangles of that frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from layout.page import Line, Region


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
