"""Alignment: which texts belong together, where one text stands in another, where a boundary has moved to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from cleanup.articles.assignment import least_costly

RUN: Final = 4
"""Length, in characters, of the runs by which two texts are compared as bags: long enough that few are shared by
chance, short enough that a misread character spoils only four of them."""

LEAST_OVERLAP: Final = 0.05
"""Minimum Dice coefficient of the runs of two paired texts. Below it the assignment pairs what was left over."""


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a text that is most like another text: offsets in characters, end exclusive; likeness 0 to 100."""

    start: int
    end: int
    likeness: float


def pairs(gold: Sequence[str], output: Sequence[str]) -> dict[int, int]:
    """Return the index of the output text for each gold text that has one; no output text is used twice.

    The sum of the Dice coefficients over runs of `RUN` characters is the largest possible.
    """
    if not gold or not output:
        return {}
    ours, theirs = [_runs(g) for g in gold], [_runs(o) for o in output]
    likeness: npt.NDArray[np.float64] = np.array([[_dice(a, b) for b in theirs] for a in ours])
    return {i: j for i, j in least_costly(-likeness) if likeness[i, j] > LEAST_OVERLAP}


def window(text: str, within: str) -> Window | None:
    """Return the part of `within` that is most like `text`; None where `within` is shorter than `text`."""
    place = fuzz.partial_ratio_alignment(text, within) if len(within) >= len(text) else None
    return None if place is None else Window(place.dest_start, place.dest_end, place.score)


def best_match(text: str, within: str) -> str | None:
    """Return the characters of `window`."""
    found = window(text, within)
    return None if found is None else within[found.start : found.end]


def distance(text: str, other: str) -> int:
    """Return the number of insertions, deletions and substitutions between two texts."""
    return Levenshtein.distance(text, other)


def relative_distance(text: str, other: str) -> float:
    """Return the distance over the length of the longer text."""
    return Levenshtein.normalized_distance(text, other)


def boundaries(gold: str, output: str) -> list[int]:
    """Return for each boundary between characters of `gold` (0 to its length) the boundary in `output`."""
    moved = [0] * (len(gold) + 1)
    for step in Levenshtein.opcodes(gold, output):
        longest = step.dest_end - step.dest_start
        for n in range(step.src_end - step.src_start + 1):
            moved[step.src_start + n] = step.dest_start + min(n, longest)
    return moved


def slices(text: str, size: int) -> Iterator[str]:
    """Yield the text in pieces of `size` characters; the last one may be shorter."""
    return (text[i : i + size] for i in range(0, len(text), size))


def _runs(text: str) -> Counter[str]:
    return Counter(text[i : i + RUN] for i in range(max(0, len(text) - RUN + 1)))


def _dice(a: Counter[str], b: Counter[str]) -> float:
    return 2 * sum((a & b).values()) / max(1, a.total() + b.total())
