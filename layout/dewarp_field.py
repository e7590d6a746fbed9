"""Paper that does not lie flat: by how much print is shifted on a page that curls towards its binding, or leans."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""Shape (n, 2): x to the right and y down, in pixels."""

Shifts = npt.NDArray[np.float64]
"""Shape (rows, columns, 2): shifts in pixels to the right and down, at the knots of an even grid over the sheet."""

_SAME = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
"""The identity matrix, row by row."""

ROUNDS = 8
"""Iterations by which a point is carried back, at most; a bend's slope is 0.1 at most, and each one adds a decimal."""

SETTLED = 1e-4
"""Pixels by which a round moves a point that needs no other; places are kept to 1/100."""


@dataclass(frozen=True)
class Bend:
    """Shifts from flat paper to paper as it lay, in pixels, at knots on an even grid over `width` by `height` pixels.

    `right` and `down` hold the knots row by row, `columns` in each row. Between knots shifts are interpolated, beyond
    the grid they are those of its edge. `placed` carries the pixels that are asked about to those of the grid.
    """

    width: float
    height: float
    columns: int
    right: tuple[float, ...]
    down: tuple[float, ...]
    placed: tuple[float, ...] = _SAME

    @classmethod
    def of(cls, shifts: Shifts, width: float, height: float) -> Self:
        """The bend with those shifts; they are kept to 1/100 pixel, so that JSON stays short."""
        right, down = (tuple(float(v) for v in np.round(shifts[..., k], 2).ravel()) for k in (0, 1))
        return cls(float(width), float(height), shifts.shape[1], right, down)

    @cached_property
    def shifts(self) -> Shifts:
        """The shifts at the knots."""
        return np.stack([np.reshape(k, (-1, self.columns)) for k in (self.right, self.down)], axis=-1)

    def bent(self, flat: Points) -> Points:
        """Where points of flat paper came to lie."""
        p = _carried(self.placed, flat)
        return p + self._shift(p)

    def flattened(self, bent: Points) -> Points:
        """Where points would lie on flat paper."""
        p = bent
        for _ in range(ROUNDS):
            before, p = p, bent - self._shift(p)
            if np.abs(p - before).max(initial=0.0) < SETTLED:
                break
        return _carried(np.linalg.inv(np.reshape(self.placed, (3, 3))).ravel(), p)

    def _shift(self, p: Points) -> Points:
        knots = self.shifts
        rows, columns = knots.shape[:2]
        x = np.clip(p[:, 0] / self.width, 0, 1) * (columns - 1)
        y = np.clip(p[:, 1] / self.height, 0, 1) * (rows - 1)
        j, i = np.minimum(x.astype(int), columns - 2), np.minimum(y.astype(int), rows - 2)
        fx, fy = (x - j)[:, None], (y - i)[:, None]
        above = knots[i, j] * (1 - fx) + knots[i, j + 1] * fx
        below = knots[i + 1, j] * (1 - fx) + knots[i + 1, j + 1] * fx
        return np.asarray(above * (1 - fy) + below * fy, dtype=np.float64)


def _carried(matrix: tuple[float, ...] | npt.NDArray[np.float64], points: Points) -> Points:
    q = np.column_stack((points, np.ones(len(points)))) @ np.reshape(matrix, (3, 3)).T
    return np.asarray(q[:, :2] / q[:, 2:], dtype=np.float64)
