"""The fit of the trees of links (cleanup/articles/registers/link_trees.npz) on made-up pages and drawn ones.

They are told what the shipped weights say of each link, so that their pages are none that these were fitted on, but for
those made by hand, of which there are few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cleanup.articles.registers.article import Articles
from cleanup.articles.registers.link_measures import FILE, NAME, Floats
from cleanup.articles.registers.make_up import Linker, headed, linked
from cleanup.articles.registers.weights import register_weights
from samples.boosting import classifier, flat
from samples.registers.damage import damaged
from samples.registers.fit import LabelledLines, following, text_share, told
from samples.registers.makeup import made_up

SEEDS: Final = (*range(80100, 80180), *range(80200, 80280))
"""The made-up pages; of the odd ones each is taken as it is, of the others as errors leave it."""
OUT: Final = Path(__file__).parents[2] / "cleanup" / "articles" / "registers" / FILE
DRAWN: Final = 4.0
"""Weight of a link of a drawn page, where one of a made-up page counts 1: such a page has twenty times as many."""
BY_HAND: Final = 2.0
"""Weight of a link of a page that was made by hand."""
BAGS: Final = 6
"""Fits of which the trees are the mean, each on other pages: of one fit the articles of single pages turn on chance."""
SHARE: Final = 0.7
"""Share of the pages that each of them is fitted on."""
TEXT: Final = 0.5
"""Share of a run's lines that are of an article, at least, where the run is text."""


@dataclass(frozen=True, slots=True)
class LinkRows:
    """What is told of the links of a page, shape (links, measures), which of them are there, and what each counts."""

    measures: Floats
    real: npt.NDArray[np.bool_]
    weight: float


def made_up_pages() -> Iterator[LabelledLines]:
    """The made-up pages."""
    for seed in SEEDS:
        frame, truth = made_up(seed)
        yield told(frame, truth) if seed % 2 else told(*damaged(frame, truth, Random(f"damage {seed}")))


def rows_of(pages: Iterable[LabelledLines], weight: float) -> Iterator[LinkRows]:
    """The links of pages of which at least one run is text; pages without any are left out."""
    table = register_weights()
    for one in pages:
        stream = headed(one.page, table)
        found, rows = Linker(stream, table).rows(Articles.of(stream, linked(stream, table)[0]))
        if not found:
            continue
        text = [text_share(r, one.truth) >= TEXT for r in stream.runs]
        after = following(stream.runs, one.truth)
        real = np.array([text[n.first] and after.get(n.first) == n.second for n in found])
        kept = np.array([text[n.first] or text[n.second] for n in found])
        yield LinkRows(rows[kept], real[kept], weight)


def fitted_trees(found: Iterable[LinkRows]) -> dict[str, np.ndarray]:
    """The trees that tell links that are there from others, as the arrays of the file."""
    rows = list(found)
    rng = Random(BAGS)
    models = [_fitted([r for r in rows if rng.random() < SHARE]) for _ in range(BAGS)]
    return {f"{NAME}_{k}": v for k, v in flat(models).items()}


def _fitted(rows: Sequence[LinkRows]) -> Any:
    weights = np.repeat([r.weight for r in rows], [len(r.real) for r in rows])
    measures, real = np.concatenate([r.measures for r in rows]), np.concatenate([r.real for r in rows])
    return _model().fit(measures, real, sample_weight=weights)


def _model() -> Any:
    return classifier(
        max_iter=100,
        learning_rate=0.08,
        max_leaf_nodes=12,
        min_samples_leaf=40,
        l2_regularization=5.0,
        max_features=0.4,
        max_bins=63,
        early_stopping=False,
    )
