"""Hyphens at line ends: whether one belongs to a compound (forty-one, well-known) or only divided a word (re-main)."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final

_COMPOUND: Final = re.compile(r"(?<![A-Za-zÀ-ɏ-])[A-Za-zÀ-ɏ]+-[A-Za-zÀ-ɏ]+")
_WORD: Final = re.compile(r"(?<![A-Za-zÀ-ɏ-])[A-Za-zÀ-ɏ]+(?![A-Za-zÀ-ɏ-])")
_TENS: Final = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_ONES: Final = frozenset(
    "one two three four five six seven eight nine first second third fourth fifth sixth seventh eighth ninth".split()
)
_FIRST: Final = frozenset(
    "well self half high low long short hard full deep cross old new first second third fourth two three four five six seven"
    " eight nine ten one double single small large great far near south north east west mid post pre anti non pro vice all"
    " ever ill much so open light heavy wide narrow fast slow late early best better".split()
)
"""Words that begin many compounds."""
_LAST: Final = frozenset(
    "known based called led term time scale class friendly related driven minded looking speaking century made born"
    " bound built owned run sized old year day week month mile foot hour minute storey story way level speed range"
    " quality being service control defence defense respect confidence educated paid off up in out law standing lasting"
    " going coming free rich poor east west aged eyed handed hearted tempered distance wing lane door fold page part"
    " column line colour color king war revolution president chairman profit stop sided lived dressed read fed kept"
    " established documented attended received organised organized trained informed placed timed deserved worn earned"
    "".split()
)
"""Words that end many compounds; behind one of the others a hyphen belongs to the word."""
_MEASURED: Final = frozenset("year month week day".split())
"""What 'old' is measured in: thresh-old is no compound."""
_ENDS_ANYTHING: Final = frozenset("term class based led friendly related driven minded speaking".split())
"""Words so often set behind a hyphen that any word of some length may stand before it."""
_LONG: Final = 4
"""Letters of such a word."""


@dataclass(frozen=True, slots=True)
class Hyphens:
    """What a text itself tells: the compounds that it sets with a hyphen, and the words that it sets without."""

    compounds: Container[str] = field(default_factory=frozenset)
    words: Container[str] = field(default_factory=frozenset)

    def belongs(self, left: str, right: str) -> bool:
        """Whether the hyphen between the two halves at a line's end belongs to the word."""
        left, right = left.lower(), right.lower()
        if f"{left}-{right}" in self.compounds:
            return True
        if left + right in self.words:
            return False
        if left in _TENS:
            return right in _ONES
        if right == "old":
            return left in _MEASURED
        return (left in _FIRST and right in _LAST) or (len(left) >= _LONG and right in _ENDS_ANYTHING)


def hyphens_in(text: str) -> Hyphens:
    """The compounds and the words within the lines of a text."""
    if "-" not in text:
        return Hyphens()
    return Hyphens(
        frozenset(m[0].lower() for m in _COMPOUND.finditer(text)), frozenset(m[0].lower() for m in _WORD.finditer(text))
    )
