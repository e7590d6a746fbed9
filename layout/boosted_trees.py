"""Boosted regression trees, evaluated: what a training program fitted becomes a probability."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Trees:
    """All trees in flat arrays, one entry a node; a leaf is its own left and right child, its value in log-odds."""

    feature: npt.NDArray[np.int32]
    threshold: npt.NDArray[np.float64]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: npt.NDArray[np.float64]
    roots: npt.NDArray[np.int32]
    base: float
    depth: int

    @classmethod
    def load(cls, path: Path, name: str) -> Trees:
        """The model of that name in a .npz file."""
        with np.load(path) as f:
            arrays = [f[f"{name}_{k}"] for k in ("feature", "threshold", "left", "right", "value", "roots")]
            base, depth = f[f"{name}_scalars"]
        feature, threshold, left, right, value, roots = arrays
        return cls(feature, threshold, left, right, value, roots, float(base), int(depth))

    def log_odds(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """For each row of features, shape (n, features), the log-odds that it is so; shape (n,)."""
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        here = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            less = rows[here, self.feature[at]] <= self.threshold[at]
            at = np.where(less, self.left[at], self.right[at])
        return np.asarray(self.value[at].sum(axis=1) + self.base)
