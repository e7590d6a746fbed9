"""The characters of a line are told to stand where their ink is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pytest

from ocr.line.places import placed, set_apart
from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture

Place = Callable[[LinePicture, Sequence[Seen]], list[Seen]]
SEEN = [Seen(c, 40 * n, 0, 40 * (n + 1), 40, 0.9) for n, c in enumerate("一口田")]


def picture(*inked: tuple[int, int]) -> LinePicture:
    """A line with room for three hanzi, and ink from row 10 to 29 between these columns."""
    pixels = np.full((40, 120), 255, np.uint8)
    for x0, x1 in inked:
        pixels[10:30, x0:x1] = 0
    return LinePicture(pixels, (), 0.0, 40.0)


def boxes(seen: Sequence[Seen]) -> list[tuple[int, int, int, int]]:
    return [(s.x0, s.y0, s.x1, s.y1) for s in seen]


def test_a_character_without_ink_keeps_its_cell() -> None:
    """Those beside it have the boxes of their ink."""
    found = set_apart(picture((4, 35), (84, 115)), SEEN)
    first, lost, last = boxes(found)
    assert (first, last) == ((4, 10, 35, 30), (84, 10, 115, 30))
    assert lost[2] > lost[0] >= first[2]
    assert all(a.x1 <= b.x0 for a, b in pairwise(found))


@pytest.mark.parametrize("place", [placed, set_apart])
def test_no_ink_and_no_characters_leave_all_as_it_is(place: Place) -> None:
    """There is nothing to set apart."""
    assert place(picture((4, 35)), []) == []
    assert place(picture(), SEEN) == SEEN
