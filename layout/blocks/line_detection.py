"""Line detection: the lines of a normalized picture in both directions, each with an id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from layout.blocks.blocks import LineBlock, body_size, find_blocks, is_display
from layout.lines.core_lines import DEFAULT as CORES
from layout.lines.core_lines import CoreParams, lines_from_cores
from layout.lines.detected_line import DetectedLine
from layout.lines.quarter_turn import Quarter
from layout.marks.marks import Marks
from layout.page import Direction
from layout.prepare.normalized import Normalized


@dataclass(frozen=True, slots=True)
class DetectedLines:
    """The lines of the page's own direction, and the blocks of those that run across it; ids count from 0."""

    along: tuple[DetectedLine, ...]
    across: tuple[LineBlock, ...] = ()

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
class CoreLines:
    """Lines by the network's line cores, both directions alike."""

    params: CoreParams = CORES

    def detect(self, normalized: Normalized, marks: Marks) -> DetectedLines:
        lines = lines_from_cores(normalized, marks, self.params)
        body = body_size(lines)
        across = [n for n in lines if n.direction is Direction.VERTICAL_RL and not is_display(n, body)]
        own = {n.id for n in across}
        return DetectedLines(tuple(n for n in lines if n.id not in own), _blocks_across(across, normalized, marks))


def _blocks_across(lines: Sequence[DetectedLine], normalized: Normalized, marks: Marks) -> tuple[LineBlock, ...]:
    """Blocks of lines that run across the page's own direction, found on the picture turned by a quarter."""
    if not lines:
        return ()
    height, width = normalized.gray.shape
    quarter = Quarter(width, height, clockwise=normalized.lying)
    turned = [replace(n, box=quarter.there(n.box), direction=Direction.HORIZONTAL) for n in lines]
    blocks = find_blocks(turned, quarter.mask(marks.walls), body_size(turned))
    return tuple(replace(b, lines=tuple(quarter.line_back(n) for n in b.lines), display=False) for b in blocks)
