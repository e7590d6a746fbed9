"""The assignment problem: each row gets a column of its own so that the sum of the costs is least.

By shortest augmenting paths (Crouse 2016, *On implementing 2D rectangular assignment algorithms*), in the order in
which SciPy's `linear_sum_assignment` looks, so that of several best assignments it is the same one. Loading
`scipy.optimize` takes half a second, a third of what a command needs to start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Costs = npt.NDArray[np.float64]
"""Shape (rows, columns): the cost of each pair, all finite."""
_Columns = npt.NDArray[np.intp]
_NONE = -1
"""The place of a row or a column that has none yet."""


def least_costly(costs: Costs) -> list[tuple[int, int]]:
    """The pairs (row, column) with the least sum of costs, by row; as many as the shorter side has.

    Raises ValueError for a cost that is not finite.
    """
    if not np.isfinite(costs).all():
        raise ValueError("a cost of an assignment is not finite")
    rows, columns = costs.shape
    if columns < rows:
        return sorted((row, column) for column, row in least_costly(costs.T))
    search = _Search.of(np.ascontiguousarray(costs))
    for row in range(rows):
        search.assign(row)
    return [(row, int(column)) for row, column in enumerate(search.column_of)]


@dataclass(slots=True)
class _Search:
    """The rows assigned so far, and a price for each row and column under which they are the cheapest."""

    costs: Costs
    row_prices: Costs
    column_prices: Costs
    column_of: _Columns
    row_of: _Columns

    @classmethod
    def of(cls, costs: Costs) -> Self:
        """Nothing assigned, all prices 0."""
        rows, columns = costs.shape
        return cls(costs, np.zeros(rows), np.zeros(columns), np.full(rows, _NONE), np.full(columns, _NONE))

    def assign(self, row: int) -> None:
        """Give a row a column, moving others along the shortest augmenting path from it."""
        columns = self.costs.shape[1]
        shortest, came = np.full(columns, np.inf), np.full(columns, _NONE)
        left = np.arange(columns - 1, -1, -1)
        seen_rows: list[int] = []
        seen_columns: list[int] = []
        at, reached, end = row, 0.0, _NONE
        while end == _NONE:
            seen_rows.append(at)
            through = reached + self.costs[at, left] - self.row_prices[at] - self.column_prices[left]
            nearer = through < shortest[left]
            came[left[nearer]] = at
            shortest[left[nearer]] = through[nearer]
            place = self._nearest(shortest[left], left)
            column = int(left[place])
            reached = float(shortest[column])
            if self.row_of[column] == _NONE:
                end = column
            else:
                at = int(self.row_of[column])
            seen_columns.append(column)
            left[place] = left[-1]
            left = left[:-1]
        self.row_prices[row] += reached
        for other in seen_rows[1:]:
            self.row_prices[other] += reached - shortest[self.column_of[other]]
        seen = np.array(seen_columns)
        self.column_prices[seen] -= reached - shortest[seen]
        self._augment(row, end, came)

    def _nearest(self, distances: Costs, left: _Columns) -> int:
        """The place of the least distance; of several the last whose column is free, else the first."""
        least = np.flatnonzero(distances == distances.min())
        free = least[self.row_of[left[least]] == _NONE]
        return int(free[-1] if len(free) else least[0])

    def _augment(self, row: int, end: int, came: _Columns) -> None:
        """Assign along the path that ends in a column, back to the row that it began with."""
        column = end
        while True:
            at = int(came[column])
            self.row_of[column] = at
            column, self.column_of[at] = int(self.column_of[at]), column
            if at == row:
                return
