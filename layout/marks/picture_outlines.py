"""Outlines of pictures: rules that run around pictures and hold nothing else part no text from other text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from layout.geometry import Box
from layout.params import EM


@dataclass(frozen=True, slots=True)
class OutlineOfPictureParams:
    """Bounds of the two rules over and under pictures, or at their sides; lengths in em of the body type."""

    ends: float = 1.0
    """Difference of the ends of the two rules, at most; a page that is scanned askew leans by less."""
    apart: float = 3.0
    """Distance between the two rules, at least; a headline between two rules is not as high."""
    margin: float = 0.6
    """Distance by which a picture may reach beyond its outline."""
    filled: float = 0.6
    """Share of the outline's width, and of its height, over which its pictures stand, at least."""


P = OutlineOfPictureParams()


def with_outlines(pictures: Sequence[Box], rules: Sequence[Box], lines: Sequence[Box]) -> tuple[Box, ...]:
    """The pictures, those that two like rules hold as one picture out to the rules; `lines` are of type.

    Of what a drawing in a thin outline holds, the network often marks the drawn things alone as picture.
    """
    found = list(_outlines(pictures, rules, lines))
    free = [p for p in pictures if not any(_holds(f, p) for f in found)]
    return tuple(sorted((*free, *_outermost(found)), key=lambda b: (b.y0, b.x0)))


def without_outlines(rules: Sequence[Box], pictures: Sequence[Box]) -> tuple[Box, ...]:
    """The rules but for those that are drawn within a picture or are its edge."""
    return tuple(r for r in rules if not any(r.within(p) >= 1 for p in pictures))


def _outlines(pictures: Sequence[Box], rules: Sequence[Box], lines: Sequence[Box]) -> Iterator[Box]:
    """The boxes between two level or two upright rules that hold pictures and no line of type."""
    level = [b for b in rules if b.width >= b.height]
    upright = [b.turned for b in rules if b.width < b.height]
    for box in (*_between(level), *(b.turned for b in _between(upright))):
        own = [p for p in pictures if _holds(box, p)]
        if own and _is_filled(box, Box.hull(own)) and not any((box & n).area > 0 for n in lines):
            yield box


def _between(rules: Sequence[Box]) -> Iterator[Box]:
    """The boxes about two level rules of like ends, one well over the other."""
    for over, under in combinations(sorted(rules, key=lambda r: r.y0), 2):
        ends = max(abs(over.x0 - under.x0), abs(over.x1 - under.x1))
        if ends <= P.ends * EM and under.y0 - over.y1 >= P.apart * EM:
            yield over | under


def _is_filled(outline: Box, pictures: Box) -> bool:
    return pictures.width > P.filled * outline.width and pictures.height > P.filled * outline.height


def _holds(outline: Box, inner: Box) -> bool:
    """Whether the box lies in the outline, but for a margin."""
    return inner.within(outline.grown(round(P.margin * EM))) >= 1


def _outermost(found: Sequence[Box]) -> list[Box]:
    """The outlines that lie in no larger one, each once."""
    large = sorted(found, key=lambda b: -b.area)
    return [b for n, b in enumerate(large) if not any(_holds(o, b) for o in large[:n])]
