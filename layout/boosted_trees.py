"""Boosted regression trees, evaluated: what a training program fitted becomes a probability."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
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
        at = np.tile(self.roots.astype(np.intp), (len(rows), 1))
        measures, row = np.ravel(rows), np.arange(len(rows))[:, None] * np.shape(rows)[-1]
        for _ in range(self.depth):
            less = measures.take(self.feature.take(at) + row) <= self.threshold.take(at)
            at = self._children.take(2 * at + less)
        return np.asarray(self.value.take(at).sum(axis=1) + self.base)

    @cached_property
    def _children(self) -> npt.NDArray[np.intp]:
        """The right and the left child of each node: one look-up in place of two and a choice."""
        return np.stack((self.right, self.left), axis=1).astype(np.intp).ravel()
