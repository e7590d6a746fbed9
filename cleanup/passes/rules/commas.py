"""Commas that were read as another mark all over a text: as straight quotes, or, their tails lost, as points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from cleanup.language.characters import HANZI, SPACE
from cleanup.passes.rules.quotes import Turned
from ocr.foreign import FOREIGN

_S: Final = "".join(SPACE)
_HANZI: Final = re.compile(f"[{HANZI}]")
_QUOTED: Final = re.compile(f"(?<=[{HANZI}」』）])[{_S}]*(?P<mark>')[{_S}]*(?=[{HANZI}0-9A-Z「『（])")
_FOREIGN: Final = "".join(sorted(FOREIGN))
"""A point between two hanzi of foreign names is a name's."""
_POINTED: Final = re.compile(
    f"(?<=[{HANZI}”」』）》])(?<![一二三四五六七八九十])[{_S}]*"
    f"(?!(?<=[{_FOREIGN}])[．.][{_FOREIGN}])(?P<mark>[．.])[{_S}]*(?=[{HANZI}“「『（《])"
)
_FEWEST_QUOTES: Final = 2
_LONG: Final = 60
"""Hanzi; a shorter text can do without a comma."""
_FEWEST_POINTS: Final = 3
_OFTEN: Final = 0.04
"""Share of all commas that were read as points, at least: a single one is a speck, or the dot in a name."""
_ENDS: Final = 0.5
"""Ratio of sentences that end with 。 to points, at least, in a text that does not end them with points."""


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
    return "，" not in text and len(_QUOTED.findall(text)) >= _FEWEST_QUOTES and len(_HANZI.findall(text)) >= _LONG


def _as_points(text: str) -> bool:
    """Whether points stand between words of Chinese, in a text that ends its sentences with 。.

    So thin type comes out of a scan in two tones; a text whose full stop is ． has no 。.
    """
    points = len(_POINTED.findall(text))
    return points >= max(_FEWEST_POINTS, _OFTEN * text.count("，")) and text.count("。") >= _ENDS * points


_MISREADINGS: Final = (
    Misreading(_QUOTED, _as_quotes, "The text has no commas: this one was read as a quote."),
    Misreading(_POINTED, _as_points, "The text ends its sentences with 。: this point is a comma that lost its tail."),
)


def misreadings(text: str) -> tuple[Misreading, ...]:
    """The ways in which a text's commas were misread."""
    return tuple(m for m in _MISREADINGS if m.is_in(text))
