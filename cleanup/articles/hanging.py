"""Subheads of two lines of which the second hangs out to the left: one region, whatever layout made of them.

The first line is set in, and fills its column to the right edge; the second begins at the left edge and may be so short
that nothing of it stands under the first. Layout, which takes lines together that stand over each other, parts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from cleanup.articles.placed import PlacedLine
from cleanup.language.characters import ends_sentence


@dataclass(frozen=True, slots=True)
class HangingParams:
    """Bounds of the second line of a hanging heading; lengths in ems."""

    display: float = 1.15
    """Size, relative to the body's, from which type is display type."""
    same_size: float = 1.12
    """Ratio of the sizes of the two lines, at most: a short line is measured badly."""
    leading: float = 1.0
    """White between the two lines, in ems of their own size, at most."""
    shared: float = 0.3
    """Share of the second line that stands under the first, at most; where more does, layout knows better."""
    apart: float = 1.5
    """Ems of white between the second line's end and the first line's beginning, at most."""
    out: float = 0.8
    """Ems by which the second line begins left of the first, at least."""
    lapped: float = 0.3
    """Overlap of the boxes of the two lines, in ems of their own size, at most."""


P: Final = HangingParams()


def with_hanging_lines(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines; a second line that hangs out under a first one of its size follows it, in the region of that one.

    It takes the size and the weight of the first, which are measured on more characters.
    """
    held: dict[str, int] = {}
    for n in lines:
        held[n.region.id] = held.get(n.region.id, 0) + 1
    out = list(lines)
    for second in lines:
        if held[second.region.id] > 1 or second.size < P.display or second.crosses:
            continue
        first = next((n for n in lines if n is not second and _hangs_from(second, n)), None)
        if first is not None:
            out.remove(second)
            alike = replace(second, region=first.region, size=first.size, weight=first.weight)
            out.insert(out.index(first) + 1, alike)
    return out


def _hangs_from(second: PlacedLine, first: PlacedLine) -> bool:
    """Whether a line is the short, outdented rest of another one that stands right over it."""
    small, large = sorted((first.size, second.size))
    if first.crosses or large > P.same_size * small or ends_sentence(first.text) or len(second.text) >= len(first.text):
        return False
    a, b = first.rect, second.rect
    gap, shared = b.y0 - a.y1, a.overlap_x(b)
    close = -P.lapped * large < gap < P.leading * large and -P.apart < shared < P.shared * b.width
    return close and b.x0 < a.x0 - P.out
