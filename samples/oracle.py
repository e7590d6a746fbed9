"""A reader that knows: it gives each line that layout found the characters that are printed there.

With it, layout and clean-up are tried on any number of typeset pages, and what is wrong is theirs alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from layout.geometry import Box
from layout.page import Direction, Glyph, Line, Page
from layout.sheet import Sheet
from ocr.line.rightleft import with_right_to_left
from samples.typeset.truth import PageTruth

Points = npt.NDArray[np.float64]
"""Shape (n, 2): x and y in pixels of the sheet."""


@dataclass(frozen=True)
class Oracle:
    """Reads from the truth. Implements `ocr.engine.Engine` for the one page that the truth is of."""

    truth: PageTruth

    @property
    def identity(self) -> str:
        return "oracle"

    def read(self, page: Page, sheet: Sheet) -> Page:
        """The page with the truth's characters in its lines, in the order in which they stand along each line."""
        chars, points = _printed(self.truth)
        upright = np.array(sheet.to_scan.inverse(map(tuple, points))).reshape(-1, 2)
        lines = list(page.lines)
        owners = _owners(lines, sheet, upright)
        held: dict[int, list[int]] = defaultdict(list)
        for n, owner in enumerate(owners):
            held[owner].append(n)
        read = {
            line.id: _with_text(line, [(chars[k], upright[k], points[k]) for k in held[n]])
            for n, line in enumerate(lines)
        }
        return with_right_to_left(page.with_lines(read))

    def lost(self, page: Page, sheet: Sheet) -> list[str]:
        """The characters that stand in no line of the page."""
        chars, points = _printed(self.truth)
        upright = np.array(sheet.to_scan.inverse(map(tuple, points))).reshape(-1, 2)
        owners = _owners(list(page.lines), sheet, upright)
        return [c for c, owner in zip(chars, owners, strict=True) if owner < 0]


def _printed(truth: PageTruth) -> tuple[list[str], Points]:
    pairs = [pair for line in truth.lines for pair in zip("".join(line.text.split()), line.centres, strict=True)]
    return [c for c, _ in pairs], np.array([p for _, p in pairs], dtype=np.float64).reshape(-1, 2)


def _owners(lines: list[Line], sheet: Sheet, points: Points) -> npt.NDArray[np.int64]:
    """For each point the line whose box holds it, the nearest middle line first; -1 for none. Shape (n,)."""
    owners = np.full(len(points), -1, dtype=np.int64)
    nearest = np.full(len(points), np.inf)
    for n, line in enumerate(lines):
        box = Box.around(sheet.place(line))
        axis = 0 if line.direction is Direction.VERTICAL_RL else 1
        inside = (points >= (box.x0, box.y0)).all(axis=1) & (points <= (box.x1, box.y1)).all(axis=1)
        away = np.abs(points[:, axis] - box.centre[axis])
        better = inside & (away < nearest)
        owners[better], nearest[better] = n, away[better]
    return owners


def _with_text(line: Line, held: list[tuple[str, Points, Points]]) -> Line:
    axis = 1 if line.direction is Direction.VERTICAL_RL else 0
    ordered = sorted(held, key=lambda h: float(h[1][axis]))
    glyphs = tuple(_glyphs(line, ordered))
    return replace(line, text="".join(g.char for g in glyphs), glyphs=glyphs)


def _glyphs(line: Line, ordered: list[tuple[str, Points, Points]]) -> Iterator[Glyph]:
    for char, _, (x, y) in ordered:
        half = max(1.0, line.size / 2)
        yield Glyph(char, Box.around([(x - half, y - half), (x + half, y + half)]), 1.0)
