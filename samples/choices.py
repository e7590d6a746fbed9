"""Choices of one option among several, by named cues, and the weights that make the right ones likeliest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack

from cleanup.articles.cues import Cues
from cleanup.articles.registers.weights import AND

STIFF: Final = 6.0
"""Weight of the squared weights against the log loss; the fewer pages, the more is wanted."""
_ROUNDS: Final = 3
"""Rounds in which pairs of cues are found."""
_STEPS: Final = 120
"""Steps of a fit at most."""
_OFTEN: Final = 25
"""Rows that hold both cues of a pair, at least."""
_SAME: Final = 0.95
"""Share of the rows with the rarer of two cues from which the other one says nothing more."""


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


@dataclass(frozen=True)
class _Logit:
    """A conditional logit over choices: which rows are options of which choice, the right one first."""

    flat: npt.NDArray[np.int64]
    """The rows of all options, choice after choice."""
    first: npt.NDArray[np.int64]
    """Where in `flat` each choice begins."""
    group: npt.NDArray[np.int64]
    """The choice of each option."""
    rows: int

    @classmethod
    def of(cls, made: Choices) -> _Logit:
        lengths = np.array([len(options) for options in made.options])
        first = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        flat = np.array([row for options in made.options for row in options])
        return cls(flat, first, np.repeat(np.arange(len(lengths)), lengths), len(made.rows))

    def loss(self, scores: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """The log loss of rows' scores, its first and its second derivative by each; shapes (rows,)."""
        z = scores[self.flat]
        total = np.logaddexp.reduceat(z, self.first)
        p = np.exp(z - total[self.group])
        second = np.bincount(self.flat, weights=p * (1 - p), minlength=self.rows)
        value = (total - z[self.first]).sum()
        p[self.first] -= 1
        return float(value), np.bincount(self.flat, weights=p, minlength=self.rows), second


def choice_weights(made: Choices, known: Mapping[str, float], stiff: float = STIFF, pairs: int = 0) -> dict[str, float]:
    """A table of weights for choices (conditional logit), drawn to those that are `known` by the weight `stiff`.

    With `pairs`, as many pairs of cues get a weight of their own, named `a & b`: those whose weight the loss asks for
    most. They are found in `_ROUNDS` rounds, and all weights are fitted anew after each.
    """
    fit = _Fit.of(made, known, stiff)
    for _ in range(_ROUNDS if pairs else 0):
        fit.cross(pairs // _ROUNDS)
    return table_of_names(fit.names, fit.w)


@dataclass
class _Fit:
    """Weights being fitted to choices, drawn to what is known; pairs of cues may come in."""

    logit: _Logit
    names: list[str]
    x: csr_matrix
    drawn_to: npt.NDArray[np.float64]
    stiff: float
    w: npt.NDArray[np.float64] = field(init=False)
    held: set[tuple[int, int]] = field(default_factory=set)
    """The pairs of cues that have a weight."""
    single: int = field(init=False)
    """The number of cues; the pairs come behind them."""

    def __post_init__(self) -> None:
        self.single = len(self.names)
        self.w = self._fitted(self.drawn_to)

    @classmethod
    def of(cls, made: Choices, known: Mapping[str, float], stiff: float) -> _Fit:
        names, x = matrix_of([*made.rows, dict.fromkeys(known, 0.0)])
        drawn_to = np.array([known.get(name, 0.0) for name in names])
        return cls(_Logit.of(made), names, x[: len(made.rows)], drawn_to, stiff)

    def cross(self, count: int) -> None:
        """Brings in the pairs of cues that the loss asks for most, and fits all weights anew."""
        found = self._wanted(count)
        self.held |= set(found)
        self.names += [f"{self.names[i]}{AND}{self.names[j]}" for i, j in found]
        columns = self.x.tocsc()
        pairs = [columns[:, [i]].multiply(columns[:, [j]]) for i, j in found]
        self.x = csr_matrix(hstack([columns, *pairs]))
        self.drawn_to = np.concatenate([self.drawn_to, np.zeros(len(found))])
        self.w = self._fitted(np.concatenate([self.w, np.zeros(len(found))]))

    def _fitted(self, begin: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The weights with the least loss, looked for from `begin` on."""

        def loss(w: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
            value, back, _ = self.logit.loss(self.x @ w)
            off = w - self.drawn_to
            return value + self.stiff / 2 * float((off**2).sum()), np.asarray(self.x.T @ back + self.stiff * off)

        found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
        return np.asarray(found.x, dtype=np.float64)

    def _wanted(self, count: int) -> list[tuple[int, int]]:
        """The pairs of cues whose weights would lower the loss most by one step of Newton's."""
        _, first, second = self.logit.loss(self.x @ self.w)
        x = self.x[:, : self.single].astype(bool).astype(np.float64).tocsr()
        ones = np.ones(len(first))
        slope, bend, often = ((x.T @ x.multiply(v[:, None]).tocsr()).toarray() for v in (first, second, ones))
        gain = slope**2 / (bend + self.stiff)
        own = np.diag(often)
        same = often > _SAME * np.minimum(own[:, None], own[None, :])
        gain[(often < _OFTEN) | same | np.tri(len(own), dtype=bool)] = 0.0
        for i, j in self.held:
            gain[i, j] = 0.0
        order = np.argsort(-gain, axis=None, kind="stable")[:count]
        return [(int(n // len(own)), int(n % len(own))) for n in order if gain.flat[n] > 0]


def matrix_of(rows: Sequence[Cues]) -> tuple[list[str], csr_matrix]:
    """The names of all cues, and the rows as a sparse matrix with a column a name."""
    names = sorted({name for row in rows for name in row})
    place = {name: i for i, name in enumerate(names)}
    entries = [(r, place[name], value) for r, row in enumerate(rows) for name, value in row.items()]
    r, c, v = zip(*entries, strict=True)
    return names, csr_matrix((v, (r, c)), shape=(len(rows), len(names)))


def table_of_names(names: Sequence[str], w: npt.NDArray[np.float64]) -> dict[str, float]:
    return {name: round(float(v), 2) for name, v in zip(names, w, strict=True) if abs(v) >= 0.005}
