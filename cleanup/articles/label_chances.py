"""How likely each label is for each line: boosted trees over its measures and cues, then over its neighbours' chances.

The trees are fitted by `samples.labels`. A second pass sees what the first holds the lines around for, so that a doubt
is decided by its company: a line among adverts, a name between a headline and its text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Final

import numpy as np
import numpy.typing as npt

from cleanup.articles.cues import Cues
from cleanup.articles.line_measures import ABOVE, BELOW, NOWHERE, LineMeasures, Places
from layout.boosted_trees import Trees

FILE: Final = "label_trees.npz"
FIRST: Final = "first"
SECOND: Final = "second"
"""The names of the two passes in the file."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LabelTrees:
    """The trees of both passes, one set a label, and the names of the cues that are features, in their order."""

    first: tuple[Trees, ...]
    second: tuple[Trees, ...]
    cues: tuple[str, ...]

    def log_chances(self, measures: LineMeasures, cues: Sequence[Cues]) -> Floats:
        """For each line the logarithms of the labels' chances, shape (lines, labels)."""
        rows = features(measures, cues, self.cues)
        chances = np.exp(_log_chances(self.first, rows))
        return _log_chances(self.second, np.hstack([rows, company(measures, chances)]))


def _log_chances(trees: Sequence[Trees], rows: Floats) -> Floats:
    scores = np.column_stack([t.log_odds(rows) for t in trees])
    return np.asarray(scores - np.logaddexp.reduce(scores, axis=1)[:, None])


def features(measures: LineMeasures, cues: Sequence[Cues], names: Sequence[str]) -> Floats:
    """The features of the first pass: the measures, and 1 for each of the named cues that holds; a row a line."""
    place: Mapping[str, int] = {name: i for i, name in enumerate(names)}
    held = np.zeros((len(cues), len(names)))
    for row, own in zip(held, cues, strict=True):
        row[[place[name] for name in own if name in place]] = 1.0
    return np.hstack([measures.values, held])


def company(measures: LineMeasures, chances: Floats) -> Floats:
    """What the chances of the first pass, shape (lines, labels), say of each line and of the lines around it.

    The line itself, its neighbours on all sides, the lines of its region and of those above and below, of its frame
    and of its type size; a row a line.
    """
    region = _mean(measures.regions[:, None] == measures.regions[None], chances)
    framed = (measures.frames[:, None] == measures.frames[None]) & (measures.frames != NOWHERE)[:, None]
    return np.hstack(
        [
            chances,
            *(_beside(places, chances) for places in measures.beside.values()),
            region,
            *(_beside(measures.beside[side], region) for side in (ABOVE, BELOW)),
            _mean(framed, chances),
            _mean(measures.alike, chances),
        ]
    )


def _beside(places: Places, values: Floats) -> Floats:
    return np.where((places != NOWHERE)[:, None], values[places], 0.0)


def _mean(among: npt.NDArray[np.bool_], values: Floats) -> Floats:
    """For each line the mean over those that it is among; 0 where there are none."""
    return np.asarray(among @ values / np.maximum(1, among.sum(axis=1))[:, None])


@cache
def label_trees() -> LabelTrees:
    """The trees that are shipped."""
    with as_file(files("cleanup.articles") / FILE) as path:
        with np.load(path) as f:
            names, labels = tuple(map(str, f["cues"])), int(f["labels"])
        first, second = (tuple(Trees.load(path, f"{name}_{i}") for i in range(labels)) for name in (FIRST, SECOND))
    return LabelTrees(first, second, names)
