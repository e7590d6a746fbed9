"""Choices of one option among several, by named cues, and the weights that make the right ones likeliest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from cleanup.articles.cues import Cues

STIFF: Final = 6.0
"""Weight of the squared weights against the log loss; the fewer pages, the more is wanted."""


@dataclass
class Choices:
    """Choices of one option among several; an option is a row of cues."""

    rows: list[Cues] = field(default_factory=list)
    options: list[list[int]] = field(default_factory=list)
    """For each choice its rows; the right one is the first."""

    def row(self, cues: Cues) -> int:
        self.rows.append(cues)
        return len(self.rows) - 1

    def choose(self, options: Sequence[int], right: int) -> None:
        self.options.append([right, *(o for o in options if o != right)])


def choice_weights(made: Choices, known: Mapping[str, float], stiff: float = STIFF) -> dict[str, float]:
    """A table of weights for choices (conditional logit), drawn to those that are `known` by the weight `stiff`."""
    names, x = matrix_of([*made.rows, dict.fromkeys(known, 0.0)])
    drawn_to = np.array([known.get(name, 0.0) for name in names])
    flat = np.array([row for options in made.options for row in options])
    lengths = np.array([len(options) for options in made.options])
    first = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    group = np.repeat(np.arange(len(lengths)), lengths)

    def loss(w: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        z = (x @ w)[flat]
        total = np.logaddexp.reduceat(z, first)
        p = np.exp(z - total[group])
        p[first] -= 1
        back = np.bincount(flat, weights=p, minlength=x.shape[0])
        value = (total - z[first]).sum() + stiff / 2 * ((w - drawn_to) ** 2).sum()
        return float(value), np.asarray(x.T @ back + stiff * (w - drawn_to))

    w = minimize(loss, drawn_to, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return table_of_names(names, w)


def matrix_of(rows: Sequence[Cues]) -> tuple[list[str], csr_matrix]:
    """The names of all cues, and the rows as a sparse matrix with a column a name."""
    names = sorted({name for row in rows for name in row})
    place = {name: i for i, name in enumerate(names)}
    entries = [(r, place[name], value) for r, row in enumerate(rows) for name, value in row.items()]
    r, c, v = zip(*entries, strict=True)
    return names, csr_matrix((v, (r, c)), shape=(len(rows), len(names)))


def table_of_names(names: Sequence[str], w: npt.NDArray[np.float64]) -> dict[str, float]:
    return {name: round(float(v), 2) for name, v in zip(names, w, strict=True) if abs(v) >= 0.005}
