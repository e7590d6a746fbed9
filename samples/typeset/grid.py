"""The page's grid: columns of whole squares, rows of one line pitch."""

from __future__ import annotations

from dataclasses import dataclass

from samples.typeset.canvas import FrameRect
from samples.typeset.flow import BodyLook


@dataclass(frozen=True, slots=True)
class PageGrid:
    """The page's grid in pixels of the reading frame: on a vertical page its columns are registers."""

    width: int
    height: int
    margin: int
    top: int
    columns: int
    squares: int
    """Number of squares of the body's size in a column."""
    gutter: int
    body: BodyLook
    rows: int
    before: int = 0
    """Left free before the first column, on a vertical page for the folio above the registers."""

    @property
    def column_width(self) -> float:
        return self.squares * self.body.square - self.body.tracking * self.body.size

    def u(self, column: int) -> float:
        return self.margin + self.before + column * (self.column_width + self.gutter)

    def v(self, row: float) -> float:
        return self.top + row * self.body.pitch

    def rect(self, c0: int, c1: int, r0: float, r1: float) -> FrameRect:
        return FrameRect(self.u(c0), self.v(r0), self.u(c1) - self.gutter, self.v(r1))


def redivided(r: FrameRect, count: int, body: BodyLook, gutter: float) -> tuple[FrameRect, ...]:
    """The rectangle in `count` columns of whole squares."""
    squares = int((r.width - (count - 1) * gutter) / count / body.square)
    wide = squares * body.square
    step = wide + (r.width - count * wide) / max(1, count - 1) if count > 1 else 0.0
    u0 = r.u0 + (r.width - wide) / 2 if count == 1 else r.u0
    return tuple(FrameRect(u0 + n * step, r.v0, u0 + n * step + wide, r.v1) for n in range(count))
