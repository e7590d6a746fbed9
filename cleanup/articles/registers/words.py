"""Words that runs share: the text of one article names the same places, people and things again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2
from typing import Final

import numpy as np
import numpy.typing as npt

from cleanup.language.characters import is_hanzi

_PHRASE: Final = 5
"""Characters that stand in two runs in the same order from which they are a phrase of the trade, no word."""
_DOUBT: Final = 3.0
"""Shared pairs of hanzi that are added to those found and to those expected: few of them tell little."""
_MOST: Final = (-1.5, 2.5)
"""Bounds of what words tell, in doublings."""


@dataclass(frozen=True)
class SharedWords:
    """How much of their wording the runs of a page share."""

    shared: npt.NDArray[np.float64]
    """For two runs the pairs of hanzi that stand in both, each counting less the more runs it stands in; (n, n)."""
    length: npt.NDArray[np.float64]
    """Pairs of hanzi in each run, shape (n,)."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> SharedWords:
        """What the texts of runs share, phrases that stand in several of them left out."""
        phrases = Counter(p for t in texts for p in {t[i : i + _PHRASE] for i in range(len(t) - _PHRASE + 1)})
        pairs = [frozenset(_pairs(t, phrases)) for t in texts]
        often = Counter(p for found in pairs for p in found)
        shared = np.zeros((len(texts), len(texts)))
        for a, one in enumerate(pairs):
            for b in range(a):
                shared[a, b] = shared[b, a] = sum(1 / (often[p] - 1) for p in one & pairs[b])
        return cls(shared, np.array([len(found) for found in pairs], dtype=np.float64))

    def told(self, first: Sequence[int], second: Sequence[int]) -> float:
        """How much more of the wording of some runs is that of the first ones than chance has it, in doublings."""
        others = np.ones(len(self.length), dtype=np.bool_)
        others[list(second)] = False
        rows = self.shared[list(second)]
        whole = float(self.length[others].sum())
        if not whole:
            return 0.0
        expected = float(rows[:, others].sum()) * float(self.length[list(first)].sum()) / whole
        found = float(rows[:, list(first)].sum())
        return min(_MOST[1], max(_MOST[0], log2((found + _DOUBT) / (expected + _DOUBT))))


def _pairs(text: str, phrases: Counter[str]) -> Iterator[str]:
    """The pairs of hanzi of a text that stand in no phrase of other runs."""
    covered = np.zeros(len(text), dtype=np.bool_)
    for i in range(len(text) - _PHRASE + 1):
        if phrases[text[i : i + _PHRASE]] > 1:
            covered[i : i + _PHRASE] = True
    for i in range(len(text) - 1):
        if is_hanzi(text[i]) and is_hanzi(text[i + 1]) and not covered[i : i + 2].any():
            yield text[i : i + 2]
