"""The assignment is the one that SciPy finds, also where several cost the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from cleanup.articles.assignment import Costs, least_costly


def drawn(seed: int, *, even: bool) -> Costs:
    """Costs of up to 12 rows and columns; `even` ones are whole numbers below 3, so that many assignments tie."""
    chance = np.random.default_rng(seed)
    rows, columns = chance.integers(1, 13, 2)
    return chance.integers(0, 3, (rows, columns)).astype(float) if even else chance.normal(size=(rows, columns))


@given(seed=st.integers(0, 2**32), even=st.booleans())
def test_it_is_the_one_that_scipy_finds(seed: int, *, even: bool) -> None:
    """Pair for pair, for tables that are wide, square and high."""
    costs = drawn(seed, even=even)
    rows, columns = linear_sum_assignment(costs)
    assert least_costly(costs) == [(int(r), int(c)) for r, c in zip(rows, columns, strict=True)]


def test_the_least_sum_is_not_each_row_s_least() -> None:
    """The second row gives way."""
    assert least_costly(np.array([[1.0, 9.0], [0.0, 2.0]])) == [(0, 0), (1, 1)]


def test_costs_must_be_finite() -> None:
    """Nothing is assigned to what is out of the question by an infinite cost."""
    with pytest.raises(ValueError, match="not finite"):
        least_costly(np.array([[np.inf]]))
