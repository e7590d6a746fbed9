"""Hyphens at line ends: whether one belongs to a compound (forty-one, well-known) or only divided a word (re-main)."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final

_COMPOUND: Final = re.compile(r"(?<![A-Za-zÀ-ɏ-])[A-Za-zÀ-ɏ]+-[A-Za-zÀ-ɏ]+")
_WORD: Final = re.compile(r"(?<![A-Za-zÀ-ɏ-])[A-Za-zÀ-ɏ]+(?![A-Za-zÀ-ɏ-])")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TENS: Final = _words("eighty fifty forty ninety seventy sixty thirty twenty")
_ONES: Final = _words(
    "eight eighth fifth first five four fourth nine ninth one second seven seventh six sixth third three two"
)
_FIRST: Final = _words(
    "all anti best better cross deep double early east eight ever far fast first five four fourth "
    "full great half hard heavy high ill large late light long low mid much narrow near new nine non "
    "north old one open part post pre pro second self seven short single six slow small so south ten "
    "third three two vice well west wide"
)
"""Words that begin many compounds."""
_LAST: Final = _words(
    "aged attended based being born bound built called century chairman class color colour column "
    "coming confidence control day defence defense deserved distance documented door dressed driven "
    "earned east educated established eyed fed fold foot free friendly going hand handed hearted hour in "
    "informed kept king known lane lasting law led level line lived looking made mile minded minute "
    "month off old organised organized out owned page paid part placed poor president profit quality "
    "range rate read received related respect revolution rich run scale school service sided sized speaking "
    "speed standing stop storey story tempered term time timed trained up war way week west wing "
    "worn year acting aware backed bodied bred breaking budget consuming cost cut fashioned fifths funded generation "
    "growing grown haired income key largest lifted lit making outs paying pitched planned profile quarters raised "
    "ranking reaching rise risk running saving sighted skinned style sufficient tailed tech tenths thinking thirds "
    "wheel wheeled wide winged"
)
"""Words that end many compounds; behind one of the others a hyphen belongs to the word."""
_MEASURED: Final = _words("century day decade hour minute month week year")
"""What 'old' is measured in: thresh-old is no compound."""
_ENDS_ANYTHING: Final = _words(
    "based class driven friendly led making minded proof related shaped speaking style term winning"
)
"""Words so often set behind a hyphen that any word of some length may stand before it."""
_OF_SELF: Final = _words("hood ish ishly ishness less lessly lessness same")
"""What goes on the word self without a hyphen."""
_LONG: Final = 4
"""Number of letters of such a word, at least."""


@dataclass(frozen=True, slots=True)
class Hyphens:
    """What a text itself tells: the compounds that it sets with a hyphen, and the words that it sets without."""

    compounds: Container[str] = field(default_factory=frozenset)
    words: Container[str] = field(default_factory=frozenset)

    def belongs(self, left: str, right: str) -> bool:
        """Whether the hyphen between the two halves at a line's end belongs to the word."""
        left, right = left.lower(), right.lower()
        told = f"{left}-{right}" in self.compounds
        if told or left + right in self.words:
            return told
        if left in _TENS:
            return right in _ONES
        if right == "old" or (right == "long" and left in _MEASURED):
            return left in _MEASURED
        if left == "self":
            return right not in _OF_SELF
        return (left in _FIRST and right in _LAST) or (len(left) >= _LONG and right in _ENDS_ANYTHING)


def hyphens_in(text: str) -> Hyphens:
    """The compounds and the words within the lines of a text."""
    if "-" not in text:
        return Hyphens()
    return Hyphens(
        frozenset(m[0].lower() for m in _COMPOUND.finditer(text)), frozenset(m[0].lower() for m in _WORD.finditer(text))
    )
