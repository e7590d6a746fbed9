"""Paragraphs of an output against gold: the ones found whole, and the breaks between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from banmian.evaluate.alignment import best_match, boundaries, distance, relative_distance
from banmian.evaluate.folding import folded
from banmian.evaluate.records import OutputArticle

FOUND: Final = 0.08
"""Maximum relative distance of a paragraph that counts as found whole, as for a recovered article."""

SHORTEST: Final = 8
"""Minimum length, in characters, of a paragraph that is looked for; a shorter one is found anywhere by chance."""

SLACK: Final = 1
"""Maximum distance, in characters, of a paragraph break from where the printed one belongs: a lost or added mark at
the end of a paragraph moves the break by one."""


@dataclass(frozen=True, slots=True)
class ParagraphsFound:
    """The share of printed paragraphs that were found whole, and the mean CER of all of them."""

    share: float = 0.0
    cer: float = 1.0


@dataclass(frozen=True, slots=True)
class Breaks:
    """Counts of paragraph breaks: right, torn (not printed), run on (printed and lost), and of printed paragraphs."""

    right: int = 0
    torn: int = 0
    run_on: int = 0
    paragraphs: int = 0

    def __add__(self, other: Breaks) -> Breaks:
        return Breaks(
            self.right + other.right,
            self.torn + other.torn,
            self.run_on + other.run_on,
            self.paragraphs + other.paragraphs,
        )

    @property
    def f1(self) -> float:
        return round(2 * self.right / max(1, 2 * self.right + self.torn + self.run_on), 4)

    @property
    def torn_rate(self) -> float:
        """Torn breaks per 100 printed paragraphs."""
        return round(100 * self.torn / max(1, self.paragraphs), 2)

    @property
    def run_on_rate(self) -> float:
        """Lost breaks per 100 printed paragraphs."""
        return round(100 * self.run_on / max(1, self.paragraphs), 2)


def paragraphs_found(gold: Sequence[OutputArticle], text: str) -> ParagraphsFound:
    """Look for each printed paragraph in a folded text, in any order."""
    paragraphs = [p for g in gold for t in g.texts if len(p := folded(t)) >= SHORTEST]
    if not paragraphs:
        return ParagraphsFound()
    places = [best_match(p, text) for p in paragraphs]
    near = [(p, text if place is None else place) for p, place in zip(paragraphs, places, strict=True)]
    share = np.mean([relative_distance(p, place) <= FOUND for p, place in near])
    cer = np.mean([min(1.0, distance(p, place) / len(p)) for p, place in near])
    return ParagraphsFound(round(float(share), 4), round(float(cer), 4))


def breaks(gold: OutputArticle, piece: OutputArticle) -> Breaks:
    """Count the paragraph breaks of one article after its text was aligned with the printed one."""
    printed, given = list(_cuts(gold)), set(_cuts(piece))
    moved = boundaries(gold.body, piece.body)
    right = 0
    for cut in printed:
        at = moved[cut] if cut < len(moved) else 0
        near = sorted((c for c in given if abs(c - at) <= SLACK), key=lambda c: abs(c - at))
        if near:
            given.discard(near[0])
            right += 1
    return Breaks(right, len(given), len(printed) - right, len(gold.texts))


def _cuts(piece: OutputArticle) -> Iterator[int]:
    """Yield the offsets in the body at which a paragraph ends and another one begins."""
    paragraphs = [p for t in piece.texts if (p := folded(t))]
    at = 0
    for paragraph in paragraphs[:-1]:
        at += len(paragraph)
        yield at
