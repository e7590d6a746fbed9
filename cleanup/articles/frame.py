"""The reading frame: a page's lines and marks in ems of the body type, turned so that lines run from left to right.

On a page of vertical type the frame is turned by a quarter: a register becomes a column, the next register the next
column on the right. Every rule of geometry is then written once, for level type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Final

import numpy as np
import numpy.typing as npt

from cleanup.articles.hanging import with_hanging_lines
from cleanup.articles.latin import em_of, evened, is_latin_script
from cleanup.articles.placed import PlacedLine, Rect
from cleanup.language.characters import is_hanzi
from cleanup.lines.plain_line import reading
from layout.geometry import Box
from layout.page import WITHOUT_TEXT, Direction, Line, Page, Region, RegionKind
from layout.prepare.deskew import straightened

RUNNING: Final = 4
"""Lines from which a region of body type is running text."""


@dataclass(frozen=True, slots=True)
class FrameParams:
    """Bounds by which the body's type is measured."""

    least_em: float = 1.0
    """Pixels of the body type below which the size is unknown."""
    short: int = 8
    """Characters up to which a line's type size is measured badly."""
    ink: float = 0.93
    """Height of a hanzi's ink, as a share of its em."""
    beside: float = 0.85
    """Distance of a vertical line's characters, in its width, under which marks stand beside them."""
    body_line: int = 6
    """Characters from which a line counts for the body's type size; shorter ones are measured badly."""


P: Final = FrameParams()


@dataclass(frozen=True)
class ReadingFrame:
    """A page in its reading frame: `em` is the body type in pixels of the sheet."""

    page: Page
    vertical: bool
    em: float
    width: float
    height: float
    lines: tuple[PlacedLine, ...]
    pictures: tuple[Rect, ...]
    rules: tuple[Rect, ...]
    frames: tuple[Rect, ...]

    @cached_property
    def by_region(self) -> dict[str, tuple[PlacedLine, ...]]:
        """The lines of each region, in their order, by the region's id."""
        found: dict[str, list[PlacedLine]] = {}
        for line in self.lines:
            found.setdefault(line.region.id, []).append(line)
        return {name: tuple(lines) for name, lines in found.items()}

    @cached_property
    def measure(self) -> float:
        """The width of the page's columns of running text, in ems; 0 where there is none."""
        widths = [
            max(n.rect.x1 for n in lines) - min(n.rect.x0 for n in lines)
            for lines in self.by_region.values()
            if len(lines) >= RUNNING and lines[0].region.kind is RegionKind.BODY
        ]
        return median(widths) if widths else 0.0


def reading_frame(page: Page) -> ReadingFrame:
    """The page in its reading frame; lines without a place or without text are left out."""
    upright = straightened(page)
    latin = is_latin_script([n.text for n in upright.lines])
    em = _body_size(upright)
    if latin:
        em = em_of([n.box for n in upright.lines if n.box is not None], em)
    vertical = is_vertical(upright)
    turn = _Turn(em, vertical, float(upright.sheet_width or upright.width))
    placed = _placed(page, upright, turn)
    if latin:
        placed = evened(placed)
    width, height = turn.extent(float(upright.sheet_height or upright.height))
    return ReadingFrame(
        page,
        vertical,
        em,
        width,
        height,
        tuple(with_hanging_lines(placed)),
        *(tuple(turn.rects(upright.regions, kind)) for kind in (RegionKind.PICTURE, RegionKind.RULE, RegionKind.FRAME)),
    )


def _told_size(line: Line, em: float) -> float:
    return _pitched(line) / em if line.size else 1.0


def _pitched(line: Line) -> float:
    """A line's type size in pixels; that of a vertical one with marks beside it by the distance of its characters."""
    if line.direction is not Direction.VERTICAL_RL or line.box is None or len(line.text) < P.body_line:
        return line.size
    pitch = line.box.height / len(line.text)
    return pitch if pitch < P.beside * line.size else line.size


def _size(line: Line, rect: Rect, em: float) -> float:
    """A level line's type size relative to the body's; that of a few characters is no less than their height tells."""
    size = _told_size(line, em)
    text = line.text.strip()
    if len(text) > P.short or not any(map(is_hanzi, text)):
        return size
    return max(size, min(rect.width, rect.height) / P.ink)


@dataclass(frozen=True, slots=True)
class _Turn:
    """The way from pixels of the sheet to ems of the frame; `width` is the sheet's."""

    em: float
    vertical: bool
    width: float

    def rect(self, box: Box) -> Rect:
        em = self.em
        if not self.vertical:
            return Rect(box.x0 / em, box.y0 / em, box.x1 / em, box.y1 / em)
        return Rect(box.y0 / em, (self.width - box.x1) / em, box.y1 / em, (self.width - box.x0) / em)

    def rects(self, regions: Iterable[Region], kind: RegionKind) -> Iterator[Rect]:
        return (self.rect(r.box) for r in regions if r.kind is kind and r.box is not None)

    def extent(self, height: float) -> tuple[float, float]:
        size = self.width / self.em, height / self.em
        return size[::-1] if self.vertical else size


def _placed(page: Page, upright: Page, turn: _Turn) -> list[PlacedLine]:
    """The lines of the page in the reading frame; `upright` is the page straightened."""
    scanned = {r.id: r for r in page.regions}
    lines = {n.id: n for n in page.lines}
    return [
        PlacedLine(
            line=lines[n.id],
            region=scanned[r.id],
            rect=turn.rect(n.box),
            size=_told_size(n, turn.em) if turn.vertical else _size(n, turn.rect(n.box), turn.em),
            crosses=(n.direction is Direction.VERTICAL_RL) is not turn.vertical,
            text=reading(n.text),
            weight=n.weight,
        )
        for r in upright.regions
        if r.kind not in WITHOUT_TEXT
        for n in r.lines
        if n.box is not None and reading(n.text)
    ]


def _body_size(page: Page) -> float:
    """The type size of most of the text, in pixels of the sheet; rows of figures do not count beside hanzi."""
    lines = [n for n in page.lines if n.size and len(n.text) >= P.body_line]
    hanzi = [(_pitched(n), sum(map(is_hanzi, n.text))) for n in lines]
    long = hanzi if any(amount for _, amount in hanzi) else [(_pitched(n), len(n.text)) for n in lines]
    if not long:
        return max(page.type_size, P.least_em)
    long.sort()
    half, total = sum(n for _, n in long) / 2, 0
    for size, amount in long:
        total += amount
        if total >= half:
            return max(size, P.least_em)
    return max(page.type_size, P.least_em)


def is_vertical(page: Page) -> bool:
    """Whether most characters of the page stand in vertical lines."""
    amount = [(n.direction is Direction.VERTICAL_RL, len(n.text)) for n in page.lines if n.polygon is not None]
    return 2 * sum(k for vertical, k in amount if vertical) > sum(k for _, k in amount)


def as_array(rects: Sequence[Rect]) -> npt.NDArray[np.float64]:
    """Rows of x0, y0, x1, y1 in ems, shape (n, 4)."""
    return np.array(rects, dtype=np.float64).reshape(-1, 4)
