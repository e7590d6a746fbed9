"""The text layer of a PDF page as a reader: nothing is recognized, the lines get the glyphs that were typeset."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Final

from layout.errors import PageFailed
from layout.geometry import Box
from layout.page import Direction, Glyph, Line, Page, Region, RegionKind
from layout.pdf_glyph import UNKNOWN, TypedGlyph
from layout.sheet import Sheet
from ocr.engine import Engine
from ocr.line.transcript import least_space
from ocr.setup import identity
from ocr.textlayer.latin_layer import is_latin_layer, latin_page
from ocr.textlayer.typedlines import lines_put_right

MOST_UNKNOWN: Final = 0.02
"""Share of glyphs of which a font does not tell the character, above which a layer is no text."""
TALLEST: Final = 1.7
"""Size of a glyph in thicknesses of its line, at most: a larger one (a watermark) belongs to no line that it
crosses."""
SET_SPACE: Final = 0.5
"""Share of the white that a reader wants for a space that is enough here: boxes that were set are exact."""
TOLD_SPACE: Final = 0.12
"""Width in ems, at least, of a space between hanzi that the layer sets: less white only justified the line."""
_NAMED: Final = 5
"""Codes of private use that a warning names."""
COVERED: Final = 0.7
"""Share of a line's length over which its glyphs must reach; else a part of it was drawn, and not set."""


@dataclass(frozen=True)
class TextLayerEngine:
    """Gives each line the glyphs of the page's own text; a page without any is a failure."""

    @cached_property
    def identity(self) -> str:
        return identity.textlayer()

    def read(self, page: Page, sheet: Sheet) -> Page:
        """The page with the lines that its text layer tells; raises PageFailed where it has no sound one."""
        trouble = unsound(sheet.typed)
        if trouble:
            raise PageFailed(
                f"{page.source or 'page'}, page {page.number}: {trouble}",
                "Let it be recognized instead: leave out --engine textlayer",
            )
        page = latin_page(page, sheet) if is_latin_layer(sheet.typed) else with_typed_lines(page, sheet)
        lines, left_over = set_in(page, sheet)
        private = [g.char for g in sheet.typed if g.is_private]
        warnings = ((_named(private),) if private else ()) + ((_told(left_over),) if left_over else ())
        return replace(page.with_lines(lines), reader=self.identity, warnings=(*page.warnings, *warnings))


@dataclass(frozen=True)
class LayeredEngine:
    """Takes what a PDF page carries as text, and has the rest, and every other page, recognized by an engine.

    A page of which nothing was recognized names the text layer's reader alone.
    """

    engine: Engine

    @cached_property
    def identity(self) -> str:
        """The engine's, and that of the text layer's reader."""
        return f"{self.engine.identity}, {TextLayerEngine().identity}"

    def read(self, page: Page, sheet: Sheet) -> Page:
        """The page with every line read; raises PageFailed where the engine does and the page carries no text."""
        if not sheet.typed:
            return self._recognized(page, sheet)
        if trouble := unsound(sheet.typed):
            read = self._recognized(page, sheet)
            return replace(read, warnings=(*read.warnings, f"{trouble} It was recognized instead."))
        typed = TextLayerEngine().read(page, sheet)
        rest = [n for n in typed.lines if not n.text and n.polygon is not None]
        if not rest:
            return typed
        alone = Region("rest", RegionKind.BODY, lines=tuple(rest))
        try:
            seen = self.engine.read(replace(typed, regions=(alone,)), sheet)
        except PageFailed as e:
            left = f"{len(rest)} lines that are not in its text layer were not read: {e.met}"
            return replace(typed, warnings=(*typed.warnings, left))
        whole = typed.with_lines({n.id: n for n in seen.lines})
        return replace(whole, reader=self.identity, warnings=seen.warnings)

    def _recognized(self, page: Page, sheet: Sheet) -> Page:
        return replace(self.engine.read(page, sheet), reader=self.identity)


def unsound(typed: Sequence[TypedGlyph]) -> str:
    """The reason why a text layer cannot be taken for the page's text; empty where it can."""
    if not typed:
        return "The page carries no text."
    unknown = sum(g.char == UNKNOWN or g.is_private for g in typed)
    if unknown > MOST_UNKNOWN * len(typed):
        return f"The fonts of its text layer do not tell {unknown} of {len(typed)} characters."
    return ""


def with_typed_lines(page: Page, sheet: Sheet) -> Page:
    """The page with its lines as the text layer set them, where layout cut them otherwise."""
    lines = [n for n in page.lines if n.polygon is not None]
    rows = _Rows(lines, [Box.around(sheet.place(n)) for n in lines])
    owners: dict[int, str] = {}
    for at, glyph in enumerate(sheet.typed_here):
        owner = rows.owner(glyph.box)
        if owner is not None:
            owners[at] = lines[owner].id
    return lines_put_right(page, sheet, owners)[0]


def set_in(page: Page, sheet: Sheet) -> tuple[dict[str, Line], list[TypedGlyph]]:
    """The lines with the glyphs that stand in them, by id, and the glyphs that stand in no line."""
    lines = [n for n in page.lines if n.polygon is not None]
    boxes = [Box.around(sheet.place(n)) for n in lines]
    held: dict[int, list[tuple[TypedGlyph, Box]]] = defaultdict(list)
    left_over = []
    rows = _Rows(lines, boxes)
    for glyph, here in zip(sheet.typed, sheet.typed_here, strict=True):
        place = here.box
        owner = rows.owner(place)
        if owner is None:
            left_over.append(glyph)
        else:
            held[owner].append((glyph, place))
    out = {}
    for n, found in held.items():
        if _covers(found, lines[n], boxes[n]):
            out[lines[n].id] = _with_glyphs(lines[n], found)
        else:
            left_over += [g for g, _ in found]
    return out, left_over


class _Rows:
    """Lines by the stripes of the sheet that they cross."""

    _STRIPE: Final = 64

    def __init__(self, lines: Sequence[Line], boxes: Sequence[Box]) -> None:
        self._lines, self._boxes = lines, boxes
        self._stripes: dict[int, list[int]] = defaultdict(list)
        for n, box in enumerate(boxes):
            for stripe in range(box.y0 // self._STRIPE, box.y1 // self._STRIPE + 1):
                self._stripes[stripe].append(n)

    def owner(self, place: Box) -> int | None:
        """The line in which a glyph's middle lies, of several the one whose own middle is nearest."""
        x, y = place.centre
        near = (n for n in self._stripes[int(y) // self._STRIPE] if self._holds(n, place))
        return min(
            near, key=lambda n: abs(self._boxes[n].centre[self._across(n)] - (x, y)[self._across(n)]), default=None
        )

    def _holds(self, n: int, place: Box) -> bool:
        box, (x, y) = self._boxes[n], place.centre
        thick = box.width if self._across(n) == 0 else box.height
        edge = 0.1 * thick
        inside = box.x0 - edge <= x <= box.x1 + edge and box.y0 - edge <= y <= box.y1 + edge
        return inside and max(place.width, place.height) <= TALLEST * max(thick, self._lines[n].size)

    def _across(self, n: int) -> int:
        return 0 if self._lines[n].direction is Direction.VERTICAL_RL else 1


def _covers(found: Sequence[tuple[TypedGlyph, Box]], line: Line, box: Box) -> bool:
    """Whether the glyphs reach over the line; white behind the last mark is no part of its box."""
    across = line.direction is not Direction.VERTICAL_RL
    begin = min(b.x0 if across else b.y0 for _, b in found)
    end = max(b.x1 if across else b.y1 for _, b in found)
    return end - begin >= COVERED * (box.width if across else box.height)


def _with_glyphs(line: Line, found: Sequence[tuple[TypedGlyph, Box]]) -> Line:
    """The line with its glyphs in the order in which they stand along it, and the spaces between words."""
    along = 1 if line.direction is Direction.VERTICAL_RL else 0
    ordered = sorted(found, key=lambda f: f[1].centre[along])
    em = max(line.size, 1.0)
    ends = [_extent(g, box, along, em) for g, box in ordered]
    whites = [b[0] - a[1] for a, b in pairwise(ends)]
    apart = max(0.0, median(whites)) if whites else 0.0
    text = ordered[0][0].char + "".join(
        _spaced(pair, (white - apart) / em) for pair, white in zip(pairwise(g for g, _ in ordered), whites, strict=True)
    )
    return replace(line, text=text, glyphs=tuple(Glyph(g.char, g.box, 1.0) for g, _ in ordered))


def _extent(glyph: TypedGlyph, box: Box, along: int, em: float) -> tuple[float, float]:
    """Where along the line a glyph begins and ends; a hanzi, such as 一 in a vertical line, takes a whole em."""
    begin, end = (box.y0, box.y1) if along else (box.x0, box.x1)
    if not is_square(glyph.char) or end - begin >= em:
        return begin, end
    middle = box.centre[along]
    return middle - em / 2, middle + em / 2


def _spaced(pair: tuple[TypedGlyph, TypedGlyph], white: float) -> str:
    """The second character, behind a space where the white between the two, in ems, is a printed one.

    A space that the layer itself sets counts from a little white on; one between letters, wherever they are not two
    drawings of one.
    """
    first, second = pair
    least = least_space(first.char, second.char)
    letters = not (is_square(first.char) or is_square(second.char)) and not _is_repeated(first.box, second.box)
    told = second.spaced and (white >= TOLD_SPACE or letters)
    return (" " if told or (least is not None and white >= SET_SPACE * least) else "") + second.char


def _is_repeated(one: Box, other: Box) -> bool:
    """Whether two glyphs are drawn in one place."""
    least = min(one.width, other.width), min(one.height, other.height)
    return 2 * one.overlap_x(other) > least[0] and 2 * one.overlap_y(other) > least[1]


def is_square(char: str) -> bool:
    """Whether the character takes a whole em in any font: a hanzi."""
    return unicodedata.east_asian_width(char) == "W" and char.isalnum()


def _named(private: Sequence[str]) -> str:
    """What is said of glyphs that the font tells by codes of private use."""
    counts = Counter(private)
    codes = ", ".join(f"U+{ord(c):04X} ×{n}" for c, n in counts.most_common(_NAMED))
    more = f" and {len(counts) - _NAMED} more codes" if len(counts) > _NAMED else ""
    return (
        f"{len(private)} characters of the text layer are codes of private use ({codes}{more}): which characters they "
        f"are only the font's drawing tells. From {100 * MOST_UNKNOWN:.0f} % of the page on it is recognized instead."
    )


def _told(left_over: Sequence[TypedGlyph]) -> str:
    text = "".join(g.char for g in left_over)
    return f"{len(text)} characters of the text layer stand in no line that was found: {text[:40]}"
