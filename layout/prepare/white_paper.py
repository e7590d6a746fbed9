"""A picture as if it were printed on white, even paper."""

from __future__ import annotations

from dataclasses import dataclass

from layout.components import Stats, components
from layout.geometry import Box
from layout.ink import Gray, Mask, even, ink, surround, without
from layout.prepare.background import Tone, ground_tone
from layout.prepare.tinted_backgrounds import find_tints, without_tints

REACH = 8.0
"""Width in type sizes over which the background is measured: more than any stroke of type is wide."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A picture without the scanner's bed about it, in four ways, the tints that are under its type.

    `white` is as bright as the scan, but its tints are as bright as the paper; `evened` has its shadows gone too, and
    `ink` is what is printed on that, in `pieces`. `tone` is what lies behind the type without the tints.
    """

    white: Gray
    evened: Gray
    ink: Mask
    pieces: Stats
    tone: Tone
    tints: tuple[Box, ...]
    bed: Mask
    """The dark surround of the paper: the scanner's bed, the shadow in a fold."""


def on_white(gray: Gray, size: float) -> Paper:
    """The picture on white paper; `em` is its body's type size in pixels."""
    evened = even(gray, REACH * size)
    bed = surround(evened, size)
    evened[bed > 0] = 255
    gray, black = without(bed, gray), ink(evened, size)
    tone = ground_tone(gray, size)
    pieces = components(black)
    tints = find_tints(tone, black, pieces, size)
    if not tints:
        return Paper(gray, evened, black, pieces, tone, (), bed)
    white = without_tints(gray, tints, size)
    evened = even(white, REACH * size)
    black = ink(evened, size)
    boxes = tuple(t.box for t in tints)
    return Paper(white, evened, black, components(black), ground_tone(white, size), boxes, bed)
