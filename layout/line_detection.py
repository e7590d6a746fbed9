"""Line detection: the lines of a normalized picture in both directions, each with an id."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import cv2
import numpy as np

from layout.blocks import Block
from layout.components import components
from layout.crosswise import find_crosswise
from layout.lines import DetectedLine, find_lines
from layout.marks import Marks
from layout.normalized import EM, Normalized


@dataclass(frozen=True, slots=True)
class DetectedLines:
    """The lines of the page's own direction, and the blocks of those that run across it; ids count from 0."""

    along: tuple[DetectedLine, ...]
    across: tuple[Block, ...] = ()

    @property
    def all(self) -> tuple[DetectedLine, ...]:
        """Every line, the page's own direction first."""
        return (*self.along, *(n for b in self.across for n in b.lines))


class LineDetector(Protocol):
    """Finds the lines of type of a normalized picture."""

    def detect(self, normalized: Normalized, marks: Marks) -> DetectedLines:
        """The lines; each has an id of its own."""
        ...


@dataclass(frozen=True, slots=True)
class ClassicalLines:
    """Lines by the white between columns and rows; display type by its glyphs."""

    def detect(self, normalized: Normalized, marks: Marks) -> DetectedLines:
        pieces = components(marks.type_ink)
        across = find_crosswise(marks.type_ink, pieces, marks.walls, EM, clockwise=normalized.lying)
        along = cv2.bitwise_and(marks.type_ink, cv2.bitwise_not(across.ink)).astype(np.uint8, copy=False)
        level = find_lines(along, marks.walls, EM, None if across.ink.any() else pieces)
        numbered = tuple(replace(n, id=i) for i, n in enumerate(level))
        return DetectedLines(numbered, across.numbered(len(numbered)).blocks)
