"""Places on a scan: points, boxes, polygons, and the projection between a scan and its straightened sheet."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from layout.dewarp_field import Bend

Point = tuple[float, float]
"""A point, x to the right and y down, in pixels; the origin is the top left corner of the picture."""

Polygon = tuple[Point, ...]
"""Corners in clockwise order, not closed; four of them for a line."""

_MATRIX: Final = 9
"""Numbers of a plane projective map."""

_HAIR: Final = 1e-6
"""Pixels by which arithmetic may miss a whole one."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in whole pixels, the right and lower edges exclusive."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    @property
    def area(self) -> int:
        return max(0, self.width) * max(0, self.height)

    @property
    def centre(self) -> Point:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def corners(self) -> Polygon:
        return (self.x0, self.y0), (self.x1, self.y0), (self.x1, self.y1), (self.x0, self.y1)

    def __and__(self, other: Box) -> Box:
        """The part that both cover; its area is 0 where they do not meet."""
        return Box(max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1))

    def __or__(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def overlap_x(self, other: Box) -> int:
        """Pixels that the two share from left to right; negative is the gap between them."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def overlap_y(self, other: Box) -> int:
        """Pixels that the two share from top to bottom; negative is the gap between them."""
        return min(self.y1, other.y1) - max(self.y0, other.y0)

    def within(self, other: Box) -> float:
        """The share of this box that lies in the other."""
        return (self & other).area / max(1, self.area)

    def grown(self, dx: int, dy: int | None = None) -> Box:
        dy = dx if dy is None else dy
        return Box(self.x0 - dx, self.y0 - dy, self.x1 + dx, self.y1 + dy)

    @property
    def turned(self) -> Box:
        """The box with x and y exchanged."""
        return Box(self.y0, self.x0, self.y1, self.x1)

    def unscaled(self, k: float) -> Box:
        """The box in pixels of the picture that was scaled by `k` to give this one's."""
        return Box(int(self.x0 / k), int(self.y0 / k), round(self.x1 / k), round(self.y1 / k))

    @staticmethod
    def hull(boxes: Iterable[Box]) -> Box:
        """The smallest box that holds every one of the boxes; raises ValueError where there is none."""
        x0, y0, x1, y1 = zip(*((b.x0, b.y0, b.x1, b.y1) for b in boxes), strict=True)
        return Box(min(x0), min(y0), max(x1), max(y1))

    @classmethod
    def around(cls, points: Iterable[Point]) -> Self:
        """The smallest whole-pixel box that holds every point."""
        xs, ys = zip(*points, strict=True)
        x0, y0, x1, y1 = min(xs) + _HAIR, min(ys) + _HAIR, max(xs) - _HAIR, max(ys) - _HAIR
        return cls(math.floor(x0), math.floor(y0), math.ceil(x1), math.ceil(y1))


def corners(boxes: Sequence[Box]) -> npt.NDArray[np.int64]:
    """Rows of x0, y0, x1, y1, shape (n, 4)."""
    return np.array([(b.x0, b.y0, b.x1, b.y1) for b in boxes], dtype=np.int64).reshape(-1, 4)


@dataclass(frozen=True, slots=True)
class Projection:
    """A map from pixels of the straightened sheet to pixels of the scan: a plane projective one, row-major 3 by 3.

    Where the paper did not lie flat its `bend` comes before the matrix.
    """

    matrix: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
    bend: Bend | None = None

    def __post_init__(self) -> None:
        if len(self.matrix) != _MATRIX:
            raise ValueError(f"a projection has {_MATRIX} numbers, this one has {len(self.matrix)}")

    def as_array(self) -> npt.NDArray[np.float64]:
        """The matrix, shape (3, 3)."""
        return np.asarray(self.matrix, dtype=np.float64).reshape(3, 3)

    @classmethod
    def of_array(cls, m: npt.NDArray[np.floating], bend: Bend | None = None) -> Self:
        return cls(tuple(float(v) for v in m.ravel()), bend)

    def behind(self, move: npt.NDArray[np.float64]) -> Projection:
        """The map from another sheet, whose pixels `move`, shape (3, 3), carries to those of this one's."""
        if self.bend is None:
            return Projection.of_array(self.as_array() @ move)
        placed = np.reshape(self.bend.placed, (3, 3)) @ move
        return replace(self, bend=replace(self.bend, placed=tuple(float(v) for v in placed.ravel())))

    @property
    def inverse(self) -> Callable[[Iterable[Point]], Polygon]:
        """The mapping from the scan to the sheet."""
        back = Projection.of_array(np.linalg.inv(self.as_array()))
        bend = self.bend
        if bend is None:
            return back
        return lambda points: _polygon(bend.flattened(back.carried(points)))

    def carried(self, points: Iterable[Point]) -> npt.NDArray[np.float64]:
        """The points carried from the sheet to the scan, shape (n, 2)."""
        p = np.asarray(list(points), dtype=np.float64).reshape(-1, 2)
        if self.bend is not None:
            p = self.bend.bent(p)
        q = np.column_stack((p, np.ones(len(p)))) @ self.as_array().T
        return np.asarray(q[:, :2] / q[:, 2:], dtype=np.float64)

    def __call__(self, points: Iterable[Point]) -> Polygon:
        """The points carried from the sheet to the scan, rounded to 1/100 pixel so that JSON stays short and stable."""
        return _polygon(self.carried(points))


def _polygon(points: npt.NDArray[np.float64]) -> Polygon:
    return tuple((x, y) for x, y in np.round(points, 2).tolist())
