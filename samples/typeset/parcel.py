"""A page parted into plots by chance: across, down, and in L and U shapes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from samples.typeset.canvas import FrameRect
from samples.typeset.grid import PageGrid
from samples.typeset.taste import Draw

Tail = tuple[int, int, int]
"""Columns c0 up to c1, from row r0 down to the plot's foot."""


@dataclass(frozen=True, slots=True)
class Plot:
    """Columns c0 up to c1, rows r0 up to r1 of the grid, both ends exclusive; `tails` go on at its right."""

    c0: int
    c1: int
    r0: int
    r1: int
    tails: tuple[Tail, ...] = ()

    @property
    def columns(self) -> int:
        return self.c1 - self.c0

    @property
    def rows(self) -> int:
        return self.r1 - self.r0

    @property
    def last(self) -> int:
        """The column after its last one, tails included."""
        return self.tails[-1][1] if self.tails else self.c1

    def rects(self, grid: PageGrid, white: float) -> tuple[FrameRect, ...]:
        """The text columns of the parcel, `white` rows left free at the foot."""
        own = [(c, self.r0) for c in range(self.c0, self.c1)]
        own += [(c, r0) for c0, c1, r0 in self.tails for c in range(c0, c1)]
        return tuple(grid.rect(c, c + 1, r0, self.r1 - white) for c, r0 in own)


def part(draw: Draw, plot: Plot) -> list[Plot]:
    """The plot parted into smaller ones, in reading order."""
    grid = draw.grid
    width, height = plot.columns * grid.column_width, plot.rows * grid.body.pitch
    share = width * height / (grid.width * grid.height)
    if (plot.rows < 26 and plot.columns <= 2) or share < 0.07 or (share < 0.22 and draw.chance(0.35)):
        return [plot]
    if plot.rows >= 30 and (plot.columns == 1 or height > width * draw.rng.uniform(0.5, 1.1)):
        cut = plot.r0 + round(plot.rows * draw.rng.uniform(0.35, 0.65))
        return part(draw, replace(plot, r1=cut)) + part(draw, replace(plot, r0=cut))
    if plot.columns == 1:
        return [plot]
    return _parted_down(draw, plot)


def _parted_down(draw: Draw, plot: Plot) -> list[Plot]:
    cut = plot.c0 + draw.rng.randint(1, plot.columns - 1)
    if plot.rows >= 40 and plot.columns >= 3 and draw.chance(0.12):
        return _u_shaped(draw, plot)
    if plot.rows >= 40 and draw.chance(0.3):
        return _l_shaped(draw, plot, cut)
    if plot.rows >= 40 and draw.chance(0.1):
        return _risen(draw, plot, cut)
    return part(draw, replace(plot, c1=cut)) + part(draw, replace(plot, c0=cut))


def _l_shaped(draw: Draw, plot: Plot, cut: int) -> list[Plot]:
    """The left plot goes on under the right one."""
    low = plot.r0 + round(plot.rows * draw.rng.uniform(0.45, 0.7))
    left = Plot(plot.c0, cut, plot.r0, plot.r1, ((cut, plot.c1, low),))
    return [left, *part(draw, Plot(cut, plot.c1, plot.r0, low))]


def _risen(draw: Draw, plot: Plot, cut: int) -> list[Plot]:
    """A plot begins under its left neighbour's foot and rises at the right to the top."""
    low = plot.r0 + round(plot.rows * draw.rng.uniform(0.3, 0.5))
    lower = Plot(plot.c0, cut, low, plot.r1, ((cut, plot.c1, plot.r0),))
    return [*part(draw, Plot(plot.c0, cut, plot.r0, low)), lower]


def _u_shaped(draw: Draw, plot: Plot) -> list[Plot]:
    """The outer columns go down both sides of another plot and meet beneath it."""
    left = plot.c0 + draw.rng.randint(1, plot.columns - 2)
    right = draw.rng.randint(left + 1, plot.c1 - 1)
    low = plot.r0 + round(plot.rows * draw.rng.uniform(0.45, 0.65))
    outer = Plot(plot.c0, left, plot.r0, plot.r1, ((left, right, low), (right, plot.c1, plot.r0)))
    return [outer, *part(draw, Plot(left, right, plot.r0, low))]
