"""Which characters stand side by side on a page: names and terms come back, and vouch for each other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final

_MOST: Final = 2.0
"""Size of the favour, as a logarithm, at most: the page's own words are a weak voice."""
_FIRST_HANZI: Final = "㐀"
"""The first hanzi of Unicode: what stands before it is of another script or a mark."""


class Pairs:
    """The pairs of neighbours on a page, counted where there is no doubt about either."""

    def __init__(self, certain: Iterable[str]) -> None:
        """`certain` are runs of characters, each without a doubt."""
        self._counts = Counter(pair for run in certain for pair in pairwise(run))

    def favour(self, before: str, readings: tuple[str, str], behind: str) -> float:
        """The amount by which the page favours the first of two readings between its neighbours; negative for the
        second."""
        first, other = (self._known(before + reading + behind) for reading in readings)
        return max(-_MOST, min(_MOST, math.log1p(first) - math.log1p(other)))

    def _known(self, text: str) -> int:
        return sum(self._counts[pair] for pair in pairwise(text))


@lru_cache(maxsize=30_000)
def is_everyday(char: str) -> bool:
    """Whether it is a hanzi of GB 2312's or Big5's first level, the everyday ones of either script, or no hanzi.

    Those are the rows 16 to 55 of GB 2312 (lead bytes B0 to D7), and Big5's lead bytes A4 to C6.
    """
    if char < _FIRST_HANZI:
        return True
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        code = char.encode(encoding, "ignore")
        if code and first <= code[0] <= last:
            return True
    return False
