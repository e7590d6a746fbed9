"""Marks: all that is printed beside type, and the ink of the type alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from layout.geometry import Box
from layout.ink import Mask
from layout.marks.rules import same_frame
from layout.params import EM
from layout.prepare.normalized import Normalized
from layout.prepare.segmentation import Segmentation


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks as boxes in pixels of the normalized picture.

    `panels` are dark with light type, `tints` light areas under type. `type_ink` is the ink of type alone, the light
    type of panels included; `walls` is what no line of type crosses. Both have the picture's shape, 255 where it holds.
    """

    panels: tuple[Box, ...]
    pictures: tuple[Box, ...]
    rules: tuple[Box, ...]
    frames: tuple[Box, ...]
    tints: tuple[Box, ...]
    tables: tuple[Box, ...]
    type_ink: Mask
    walls: Mask
    segmentation: Segmentation
    """What the network says of the picture."""


class MarkDetector(Protocol):
    """Finds the marks of a normalized picture."""

    def detect(self, normalized: Normalized) -> Marks:
        """The marks; the same for the same picture."""
        ...


def distinct_frames(frames: Sequence[Box]) -> tuple[Box, ...]:
    """The frames, of two that lie one on the other (a double rule, a frame about its tint) the first."""
    out: list[Box] = []
    for f in frames:
        if not any(same_frame(f, o, 1.5 * EM) for o in out):
            out.append(f)
    return tuple(out)
