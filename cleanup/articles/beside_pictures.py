"""Lines that end at a picture: a cut-out leaves each line of the text around it another width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from layout.geometry import Box
from layout.page import Direction, Line, Region, RegionKind


@dataclass(frozen=True, slots=True)
class BesidePictureParams:
    """Bounds by which a picture stands right behind a line's end; lengths in the line's size."""

    white: float = 3.5
    """White between the line and the picture, at most: the next word had no room in it."""
    beyond: float = 1.0
    """Length by which the picture reaches beyond the line's end, at least: its box may reach over the line too."""
    shared: float = 0.3
    """Share of the line's height that is level with the picture, at least."""


P: Final = BesidePictureParams()


def lines_at_pictures(regions: Iterable[Region]) -> frozenset[str]:
    """The ids of the lines that end at a picture of the page: level ones on their right, vertical ones under them."""
    regions = tuple(regions)
    pictures = [Box.around(r.polygon) for r in regions if r.kind is RegionKind.PICTURE and r.polygon]
    return frozenset(_ending_at(pictures, (n for r in regions for n in r.lines)) if pictures else ())


def _ending_at(pictures: Iterable[Box], lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        box = line.box
        if box is None:
            continue
        level = line.direction is Direction.HORIZONTAL
        size = max(1.0, float(box.height if level else box.width))
        for picture in pictures:
            begin, end = (box.x0, box.x1) if level else (box.y0, box.y1)
            first, last = (picture.x0, picture.x1) if level else (picture.y0, picture.y1)
            shared = picture.overlap_y(box) if level else picture.overlap_x(box)
            right_behind = begin < first < end + P.white * size and last > end + P.beyond * size
            if right_behind and shared > P.shared * size:
                yield line.id
                break
