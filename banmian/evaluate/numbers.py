"""Numbers of an output against gold: how many of those in the paragraphs that were found came back as printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from banmian.evaluate.alignment import window
from banmian.evaluate.folding import folded
from banmian.evaluate.paragraphs import SHORTEST
from banmian.evaluate.records import OutputArticle

NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*[%‰]?")
"""Digits with their points, commas and colons, and a sign of percent or per mille."""

FOUND: Final = 80.0
"""Minimum likeness (0 to 100) of a paragraph to its place in the output at which its numbers are compared."""

MARGIN: Final = 2
"""Characters beside that place in which a number of the paragraph may still stand: the place can be short by one."""

_RATIO: Final = re.compile(r"(?<=\d)∶")
_POINT: Final = re.compile(r"(?<=\d)·(?=\d)")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers as printed among all numbers of the paragraphs that were found."""

    right: int
    total: int

    @property
    def share(self) -> float | None:
        """None where no number was found."""
        return round(self.right / self.total, 4) if self.total else None


def numbers(gold: Sequence[OutputArticle], output: Sequence[OutputArticle]) -> Numbers:
    """Compare the numbers of each printed paragraph with those of its place in the output."""
    given = "\n".join(t for p in output for t in p.everything())
    right = total = 0
    for paragraph in (folded(t) for g in gold for t in g.texts):
        place = window(paragraph, given) if len(paragraph) >= SHORTEST else None
        if place is None or place.likeness < FOUND:
            continue
        printed = _numbers(paragraph)
        right += (printed & _numbers(given[max(0, place.start - MARGIN) : place.end + MARGIN])).total()
        total += printed.total()
    return Numbers(right, total)


def _numbers(text: str) -> Counter[str]:
    """Count the numbers; a ratio sign counts as a colon, a middle dot between digits as a point."""
    return Counter(NUMBER.findall(_POINT.sub(".", _RATIO.sub(":", text))))
