"""Reading order within one piece."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from layout.geometry import Box
from layout.params import EM

SHARED = (0.8, 0.5)
"""Width that two boxes of one column share, at least: in em, or as a share of the narrower where that is less."""
NO_GUTTER = (0.4, 2.0)
"""White in em from side to side, at most, between two boxes that no gutter parts, and from top to bottom: the second
line of a subhead may stand all to the left of the first."""

_Relation = npt.NDArray[np.bool_]
"""Shape (n, n): whether it holds between the box of the row and the box of the column."""


def reading_order(boxes: Sequence[Box], *, right_to_left: bool = False, ragged: bool = False) -> list[int]:
    """The places of the boxes in the order in which they are read: down each column, then the next.

    Where the columns' edges are `ragged`, as those of registers, missing white tells of no common column.

    Two rules and a topological sort (Breuel, 2003): of two boxes that share columns, the upper comes first; of two that
    do not, the one on the reading side comes first, unless a third between them spans both, as a lead does. A noisy
    page has thousands of boxes: the relations are taken all at once.
    """
    if not boxes:
        return []
    flipped = [Box(-b.x1, b.y0, -b.x0, b.y1) for b in boxes] if right_to_left else list(boxes)
    before = _before(flipped, ragged=ragged)
    waits_for = before.sum(axis=0)
    # Boxes that claim to precede each other in a ring (they overlap both ways) are taken from the top left.
    by_place = sorted(range(len(flipped)), key=lambda i: (flipped[i].x0, flipped[i].y0, i))
    left = np.array(by_place)
    out: list[int] = []
    while left.size:
        free = np.flatnonzero(waits_for[left] == 0)
        place = int(free[0]) if free.size else 0
        nearest = int(left[place])
        out.append(nearest)
        left = np.delete(left, place)
        waits_for -= before[nearest]
    return out


def _before(boxes: Sequence[Box], *, ragged: bool) -> _Relation:
    """Whether the first comes before the second."""
    x0, y0, x1, y1 = np.array([(b.x0, b.y0, b.x1, b.y1) for b in boxes], dtype=float).T
    x, y = np.array([b.centre for b in boxes], dtype=float).T
    shared = _share_columns(x0, x1)
    if not ragged:
        shared |= _in_one_column(x0, y0, x1, y1)
    under = shared & (y0[:, None] >= y1[None, :] - EM)
    over = shared & (y1[:, None] <= y0[None, :] + EM)
    spanned = under.astype(np.float32) @ over.astype(np.float32).T > 0
    before: _Relation = np.where(shared, y[:, None] < y[None, :], (x[:, None] < x[None, :]) & ~spanned)
    np.fill_diagonal(before, val=False)
    return before


def _in_one_column(
    x0: npt.NDArray[np.float64],
    y0: npt.NDArray[np.float64],
    x1: npt.NDArray[np.float64],
    y1: npt.NDArray[np.float64],
) -> _Relation:
    """Whether one of two boxes begins below the other, close to it and with no room for a gutter between them."""
    beside = np.maximum(x0[:, None], x0[None, :]) - np.minimum(x1[:, None], x1[None, :])
    below = np.maximum(y0[:, None], y0[None, :]) - np.minimum(y1[:, None], y1[None, :])
    found: _Relation = (beside < NO_GUTTER[0] * EM) & (below >= 0) & (below < NO_GUTTER[1] * EM)
    return found


def _share_columns(x0: npt.NDArray[np.float64], x1: npt.NDArray[np.float64]) -> _Relation:
    """Whether two boxes, of these left and right edges, stand over each other; none does with itself."""
    overlap = np.minimum(x1[:, None], x1[None, :]) - np.maximum(x0[:, None], x0[None, :])
    width = np.minimum((x1 - x0)[:, None], (x1 - x0)[None, :])
    shared: _Relation = overlap > np.minimum(SHARED[0] * EM, SHARED[1] * width)
    np.fill_diagonal(shared, val=False)
    return shared
