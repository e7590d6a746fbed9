"""Commas that were read as another mark all over a text: as straight quotes, or, their tails lost, as points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from cleanup.language.characters import HANZI, SPACE
from cleanup.passes.rules.quotes import Turned
from ocr.characters.foreign import FOREIGN

_S: Final = "".join(SPACE)
_HANZI: Final = re.compile(f"[{HANZI}]")
_QUOTED: Final = re.compile(f"(?<=[{HANZI}」』）])[{_S}]*(?P<mark>')[{_S}]*(?=[{HANZI}0-9A-Z「『（])")
_FOREIGN: Final = "".join(sorted(FOREIGN))
"""A point between two hanzi of foreign names is a name's."""
_POINTED: Final = re.compile(
    f"(?<=[{HANZI}”」』）》])(?<![一二三四五六七八九十])[{_S}]*"
    f"(?!(?<=[{_FOREIGN}])[．.][{_FOREIGN}])(?P<mark>[．.])[{_S}]*(?=[{HANZI}“「『（《])"
)


@dataclass(frozen=True, slots=True)
class CommaParams:
    """Bounds of commas that were read as other marks."""

    quotes: int = 2
    """Number of quotation marks between hanzi, at least, that can be the text's commas."""
    long: int = 60
    """Number of hanzi of a text, at least, that does not do without a comma."""
    points: int = 3
    """Number of points between hanzi, at least, that can be commas."""
    often: float = 0.04
    """Ratio of points to the commas that were read as such, at least: a single one is a speck, or the dot in a name."""
    ends: float = 0.5
    """Ratio of sentences that end with 。 to points, at least, in a text that does not end them with points."""


P: Final = CommaParams()


@dataclass(frozen=True)
class Misreading:
    """The mark as which commas are read, when a text gives reason to think so, and how that is told."""

    mark: re.Pattern[str]
    is_in: Callable[[str], bool]
    reason: str

    def turned(self, text: str) -> Iterator[Turned]:
        """The marks of a paragraph that are commas, in a text whose commas were read so."""
        for found in self.mark.finditer(text):
            yield Turned(found.start("mark"), "，", self.reason, 0.85, settled=True)


def _as_quotes(text: str) -> bool:
    """Whether a text of some length has no comma at all, but straight quotes where commas would be."""
    return "，" not in text and len(_QUOTED.findall(text)) >= P.quotes and len(_HANZI.findall(text)) >= P.long


def _as_points(text: str) -> bool:
    """Whether points stand between words of Chinese, in a text that ends its sentences with 。.

    So thin type comes out of a scan in two tones; a text whose full stop is ． has no 。.
    """
    points = len(_POINTED.findall(text))
    return points >= max(P.points, P.often * text.count("，")) and text.count("。") >= P.ends * points


_MISREADINGS: Final = (
    Misreading(_QUOTED, _as_quotes, "The text has no commas: this one was read as a quote."),
    Misreading(_POINTED, _as_points, "The text ends its sentences with 。: this point is a comma that lost its tail."),
)


def misreadings(text: str) -> tuple[Misreading, ...]:
    """The ways in which a text's commas were misread."""
    return tuple(m for m in _MISREADINGS if m.is_in(text))
