"""Letter-spaced lines: display type set so wide over one register or more that it was found in several pieces.

A compositor fills the height of a headline by white between its characters. What is found then are single characters
and short pieces in one column, with even white between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from cleanup.articles.placed import PlacedLine
from cleanup.articles.registers.measures import MARKS
from cleanup.language.characters import is_hanzi

_LONGEST: Final = 8
"""Characters of a piece at most."""
_SIZES: Final = 1.3
"""Ratio of the sizes of two pieces of one line, at most."""
_ASIDE: Final = 0.35
"""Distance between the middles of two pieces across the line, in their size, at most."""
_WHITE: Final = (0.35, 6.0)
"""White between two characters, in their size, least and most."""
_EVEN: Final = 0.4
"""Difference of two whites of one line, as a share of the larger one, at most."""
_LEAST: Final = 3
"""Characters of a line at least."""
_SINGLES: Final = 4
"""Characters of a line that is found in single characters alone, at least."""


def spread_lines(lines: Sequence[PlacedLine]) -> tuple[tuple[PlacedLine, ...], ...]:
    """The letter-spaced lines among upright ones and single characters, each in its pieces from above to below."""
    pieces = sorted((n for n in lines if _may_be_piece(n)), key=lambda n: n.rect.x0)
    chains: list[list[PlacedLine]] = []
    for n in pieces:
        fitting = [c for c in chains if _goes_on(c, n)]
        best = min(fitting, key=lambda c: n.rect.x0 - c[-1].rect.x1, default=None)
        if best is None:
            chains.append([n])
        else:
            best.append(n)
    return tuple(tuple(c) for c in chains if _is_line(c))


def _may_be_piece(n: PlacedLine) -> bool:
    if not 0 < len(n.text) <= _LONGEST or set(n.text) & MARKS or not all(map(is_hanzi, n.text)):
        return False
    return len(n.text) == 1 or (not n.crosses and _white_within(n) > _WHITE[0])


def _extent(n: PlacedLine) -> float:
    """The size of a piece's characters in ems, across the line."""
    return n.rect.height


def _white_within(n: PlacedLine) -> float:
    """White between the characters of a piece, in their size."""
    size = _extent(n)
    return (n.rect.width - len(n.text) * size) / max(1, len(n.text) - 1) / size


def _whites(chain: Sequence[PlacedLine]) -> Iterator[float]:
    for n in chain:
        if len(n.text) > 1:
            yield _white_within(n)
    for m, n in pairwise(chain):
        yield (n.rect.x0 - m.rect.x1) / max(_extent(m), _extent(n))


def _goes_on(chain: Sequence[PlacedLine], n: PlacedLine) -> bool:
    last = chain[-1]
    small, large = sorted((_extent(last), _extent(n)))
    aside = abs(last.rect.centre[1] - n.rect.centre[1])
    if large > _SIZES * small or aside > _ASIDE * small:
        return False
    whites = list(_whites([*chain, n]))
    if not all(_WHITE[0] < w < _WHITE[1] for w in whites):
        return False
    return max(whites) - min(whites) < _EVEN * max(whites)


def _is_line(chain: Sequence[PlacedLine]) -> bool:
    count = sum(len(n.text) for n in chain)
    least = _SINGLES if all(len(n.text) == 1 for n in chain) else _LEAST
    return len(chain) > 1 and count >= least
