"""The normalized picture: a page, or one leaf of a spread, scaled so that its body type is EM pixels high."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from layout.geometry import Projection
from layout.ink import Gray, Mask
from layout.params import EM
from layout.pdf_glyph import TypedGlyph
from layout.prepare.large_type import segment_scales
from layout.prepare.segmentation import Segmentation
from layout.prepare.white_paper import Paper, on_white


@dataclass(frozen=True)
class Normalized:
    """A picture whose body type is EM pixels high.

    `gray`, shape (height, width), uint8, 0 black to 255 white, origin top left. `to_scan` maps its pixels to those of
    the scan. A vertical page is `lying`: turned by 90 degrees counterclockwise, so that its lines are rows.
    """

    gray: Gray
    to_scan: Projection = field(default_factory=Projection)
    lying: bool = False
    known: Segmentation | None = None
    """The segmentation of this very picture, where it was made before; else it is made when it is asked for."""
    typed: tuple[TypedGlyph, ...] = ()
    """What a PDF page carries as text, in pixels of this picture."""

    @cached_property
    def paper(self) -> Paper:
        """The picture on white, even paper."""
        return on_white(self.gray, EM)

    @property
    def ink(self) -> Mask:
        """255 where the paper is printed on, 0 elsewhere; of the shape of `gray`."""
        return self.paper.ink

    @cached_property
    def segmentation(self) -> Segmentation:
        """What the network says of the picture; it sees a vertical page upright, as it was trained."""
        if self.known is not None:
            return self.known
        if not self.lying:
            return segment_scales(self.gray)
        return segment_scales(np.ascontiguousarray(np.rot90(self.gray, -1))).turned()
