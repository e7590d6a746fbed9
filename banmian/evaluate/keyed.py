"""Keyed articles of an old page: wholeness and characters where marks do not count and variant forms are folded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from banmian.evaluate.alignment import best_match, distance, slices
from banmian.evaluate.folding import letters
from banmian.evaluate.records import OutputArticle

SHORTEST: Final = 40
"""Minimum length, in characters, of a keyed article that is scored; a shorter one is a line of news."""

WHOLE: Final = 0.15
"""Maximum distance of a whole article, over the length of the longer text: print of that age is read less well."""

LENGTHS: Final = (0.7, 1.4)
"""Minimum and maximum length of an output article, over that of the keyed one, for the two to be compared at all."""

SLICE: Final = 20
"""Length, in characters, of the slices that are looked for: about a line of a vertical column."""

FOUND: Final = 0.5
"""Maximum distance of a slice that was found, over its length."""


@dataclass(frozen=True, slots=True)
class KeyedScore:
    """Measures of keyed articles; `MEASURES` describes each."""

    articles: int
    whole: float
    found: float
    cer: float
    out: int


def score_keyed(gold: Sequence[OutputArticle], output: Sequence[OutputArticle], forms: Mapping[int, str]) -> KeyedScore:
    """Score an output against keyed articles; `forms` gives the character that each variant form is folded to."""
    keyed = [k for g in gold if len(k := letters("".join(g.texts), forms)) >= SHORTEST]
    bodies = [letters("".join(p.texts), forms) for p in output]
    given = "\n".join(letters(t, forms) for p in output for t in p.everything())
    size = max(1, sum(map(len, keyed)))
    return KeyedScore(
        articles=len(keyed),
        whole=round(sum(_is_whole(k, bodies) for k in keyed) / max(1, len(keyed)), 4),
        found=round(sum(_characters_found(k, given) for k in keyed) / size, 4),
        cer=round(sum(_edits(k, given) for k in keyed) / size, 4),
        out=len(output),
    )


def _is_whole(keyed: str, bodies: Iterable[str]) -> bool:
    least, most = (share * len(keyed) for share in LENGTHS)
    near = (b for b in bodies if least <= len(b) <= most)
    return any(distance(keyed, b) <= WHOLE * max(len(keyed), len(b)) for b in near)


def _characters_found(keyed: str, given: str) -> int:
    parts = ((part, best_match(part, given)) for part in slices(keyed, SLICE))
    return sum(len(part) for part, place in parts if place is not None and distance(part, place) <= FOUND * len(part))


def _edits(keyed: str, given: str) -> int:
    place = best_match(keyed, given)
    return len(keyed) if place is None else min(len(keyed), distance(keyed, place))
