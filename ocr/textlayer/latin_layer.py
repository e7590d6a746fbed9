"""A text layer in a Latin script: its lines and blocks come from the layer itself, in the layer's order.

Layout looks for hanzi, which stand side by side. Words of a justified column stand apart, by three ems and more, and
such lines come from it in pieces. The layer tells which words were set one behind the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from layout.geometry import Box
from layout.lines.typed_runs import TypedRun, runs_of
from layout.page import WITHOUT_TEXT, Line, Page, Region, RegionKind
from layout.pdf_glyph import TypedGlyph
from layout.sheet import Sheet
from ocr.characters.script import LATIN_ENDS

_BYLINE: Final = re.compile(r"(?:By|BY|Von|Par|Por|Di|Text:) (?:\w+[.\-]? ?){1,5}$")
"""The line that names the writer, over a text."""
_MOSTLY: Final = 0.9
"""Share of Latin letters among the letters of a layer, at least, in a Latin script."""
_FEWEST: Final = 40
"""Number of letters, at least, that tell of a script."""
_WIDEST: Final = 4.0
"""Ems between two words of a justified line at most."""
_SAME_ROW: Final = 0.4
"""Share of the lower of two runs that lies beside the other in one row."""
_TALL: Final = frozenset("bdfhklt")
"""Letters with an ascender."""
_LOW: Final = frozenset("acemnorsuvwxz")
"""Letters without an ascender or a descender."""
_ASCENT, _X_HEIGHT = 0.73, 0.52
"""Ems that letters with an ascender, and those without, rise above the baseline."""
_LEADING: Final = 2.2
"""Ems from one baseline of a block to the next, at most."""
_OTHER_SIZE: Final = 1.2
"""Ratio of two sizes of type that are not of one block."""
_DISPLAY: Final = 1.35
"""Ratio of a headline's size to the body's, at least."""


def is_latin_layer(typed: Sequence[TypedGlyph]) -> bool:
    """Whether the layer's letters are those of a Latin script, but for a few."""
    letters = [g.char for g in typed if g.char.isalpha()]
    latin = sum(ord(c) < LATIN_ENDS for c in letters)
    return len(letters) >= _FEWEST and latin >= _MOSTLY * len(letters)


@dataclass(frozen=True, slots=True)
class _Row:
    glyphs: tuple[int, ...]
    box: Box
    size: float


def latin_page(page: Page, sheet: Sheet) -> Page:
    """The page with the layer's own lines in blocks, in the layer's order.

    Regions without text, such as pictures, stay. A block in larger type is a headline, and begins an article.
    """
    typed = sheet.typed_here
    rows = list(_rows(runs_of(typed), typed))
    body = median(row.size for row in rows for _ in row.glyphs)
    regions: list[Region] = []
    article, below = 1, False
    for at, block in enumerate(_blocks(rows, typed), start=1):
        head = block[0].size >= _DISPLAY * body
        if head and below:
            article += 1
        below = not head
        lines = [
            Line(f"t{at}l{n}", sheet.to_scan(row.box.corners), size=row.size) for n, row in enumerate(block, start=1)
        ]
        around = Box.around(corner for line in lines for corner in line.polygon or ()).corners
        signed = len(block) == 1 and _BYLINE.match(_text(block[0], typed))
        kind = RegionKind.HEADLINE if head else RegionKind.BYLINE if signed else RegionKind.BODY
        regions.append(Region(f"t{at}", kind, around, tuple(lines), article=article))
    rest = [r for r in page.regions if r.kind in WITHOUT_TEXT]
    return replace(page, regions=(*regions, *rest), type_size=body)


def _rows(runs: Sequence[TypedRun], typed: Sequence[TypedGlyph]) -> Iterator[_Row]:
    """The rows that the runs make: a run goes on to the right of the one before it, on its level."""
    glyphs, box = list[int](), None
    for run in runs:
        if box is not None and _goes_on(box, run.box):
            glyphs += run.glyphs
            box |= run.box
            continue
        if box is not None:
            yield _Row(tuple(glyphs), box, _size(glyphs, typed, box))
        glyphs, box = list(run.glyphs), run.box
    if box is not None:
        yield _Row(tuple(glyphs), box, _size(glyphs, typed, box))


def _goes_on(before: Box, run: Box) -> bool:
    high = max(before.height, run.height)
    level = before.overlap_y(run) >= _SAME_ROW * min(before.height, run.height)
    return level and -high <= run.x0 - before.x1 <= _WIDEST * high and run.x1 > before.x1


def _size(glyphs: Sequence[int], typed: Sequence[TypedGlyph], box: Box) -> float:
    """The em of a row in pixels, by the heights of its letters."""
    told = [
        typed[g].box.height / (_X_HEIGHT if typed[g].char in _LOW else _ASCENT)
        for g in glyphs
        if typed[g].char in _LOW | _TALL or typed[g].char.isupper() or typed[g].char.isdigit()
    ]
    return float(median(told)) if told else float(box.height)


def _blocks(rows: Sequence[_Row], typed: Sequence[TypedGlyph]) -> Iterator[list[_Row]]:
    """Rows of one size, one below the other; the line that names the writer stands alone."""
    block: list[_Row] = []
    for row in rows:
        if block and (not _is_below(block[-1], row) or _BYLINE.match(_text(block[0], typed))):
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _text(row: _Row, typed: Sequence[TypedGlyph]) -> str:
    return "".join(" " * typed[g].spaced + typed[g].char for g in row.glyphs)


def _is_below(before: _Row, row: _Row) -> bool:
    small, large = sorted((before.size, row.size))
    step = row.box.y1 - before.box.y1
    beside = before.box.overlap_x(row.box) >= 0.3 * min(before.box.width, row.box.width)
    return large < _OTHER_SIZE * small and 0 < step <= _LEADING * large and beside
