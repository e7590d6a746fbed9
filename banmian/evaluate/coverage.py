"""Coverage: how much of what is printed stands anywhere in an output, and how much of the output is printed nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from banmian.evaluate.alignment import best_match, distance, slices
from banmian.evaluate.records import Gold, OutputArticle

SLICE: Final = 40
"""Length, in characters, of the slices that are looked for: a long paragraph may lose one line and keep the others."""

SHORTEST: Final = 4
"""Minimum length, in characters, of a text that is aligned; a shorter one has to occur as it is."""

JUNK: Final = 0.5
"""Minimum relative distance of a slice of the output from everything printed at which it counts as junk."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share of printed characters found, and the share of output characters that are junk.

    `junk` is None where the gold file does not hold everything that is printed.
    """

    found: float
    junk: float | None


def coverage(gold: Gold, output: Sequence[OutputArticle]) -> Coverage:
    """Compare everything printed with everything in the output, whatever the kind and the order."""
    printed = [t for a in gold.articles for t in a.everything()]
    given = [t for p in output for t in p.everything()]
    return Coverage(
        found=_found(printed, "\n".join(given)),
        junk=_junk(given, "\n".join([*printed, *gold.beside_articles()])) if gold.is_complete else None,
    )


def _found(printed: Sequence[str], given: str) -> float:
    right = sum(_characters_found(text, given) for text in printed)
    return round(right / max(1, sum(map(len, printed))), 4)


def _characters_found(text: str, given: str) -> int:
    """Return how many characters of a printed text stand in the output."""
    if len(text) < SHORTEST:
        return len(text) if text in given else 0
    places = ((part, best_match(part, given)) for part in slices(text, SLICE))
    return sum(max(0, len(part) - distance(part, place)) for part, place in places if place is not None)


def _junk(given: Sequence[str], printed: str) -> float:
    parts = [part for text in given for part in slices(text, SLICE)]
    junk = sum(len(part) for part in parts if _is_junk(part, printed))
    return round(junk / max(1, sum(map(len, parts))), 4)


def _is_junk(part: str, printed: str) -> bool:
    if part in printed:
        return False
    if len(part) < SHORTEST:
        return True
    place = best_match(part, printed)
    return place is None or distance(part, place) > JUNK * len(part)
