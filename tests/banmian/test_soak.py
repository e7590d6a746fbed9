"""The long trials of `make soak` in their short form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from tests.soak import kills, mutations, steady, trouble
from tests.soak.table import Row

SHORT: dict[str, Callable[[], Row]] = {
    "kills": partial(kills.main, 80, 4, 0.1),
    "ill-behaved pages": partial(trouble.ill_behaved, 66),
    "hostile files": partial(mutations.main, 32),
    "disk full": partial(trouble.full_disk, 60),
    "disk read-only": partial(trouble.read_only, 14),
    "permission lost": partial(trouble.no_permission, 6),
    "many pages": partial(steady.flat, 300),
}


LONGER = frozenset({"hostile files", "ill-behaved pages"})
"""Rows that single tests of the batch and of the input hold too."""


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow) if n in LONGER else n for n in SHORT])
def test_a_batch_survives(name: str) -> None:
    """Nothing is lost, nothing is done twice, and what is ill costs only itself."""
    row = SHORT[name]()
    if "not tried" in row.found:
        pytest.skip(row.found)
    assert row.holds, str(row)
