"""The text of a PDF page, glyph by glyph, as PDFium tells it."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pypdfium2
from pypdfium2 import raw

from layout.geometry import Box
from layout.input.pdf_covers import Bounds, covers
from layout.pdf_glyph import UNKNOWN, TypedGlyph, carried

_SPACES: Final = frozenset({0x20, 0x3000, 0xA0})
_UNICODES: Final = 0x110000
"""Codes of Unicode, a count."""
_HAIR: Final = (20, 5)
"""Differences that a repeat of an object may have, as divisors of its type size: in its sides, and in its place."""
_NOT_DRAWN: Final = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})
_FILLED: Final = frozenset({raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP})
_FAINTEST: Final = 12
"""Opacity of 255 below which nobody sees a glyph."""


def typed_glyphs(page: pypdfium2.PdfPage, size: tuple[int, int]) -> tuple[TypedGlyph, ...]:
    """The visible glyphs of a page drawn at `size` (width, height in pixels), in the order in which they are set.

    The invisible text that a reader laid under a scan is left out: it was recognized, by whom is not known. PDFium
    drops an object that repeats the one before it, a hair apart, to make it bold; here it comes again, with its place.
    """
    text = page.get_textpage()
    try:
        objects: dict[int, list[TypedGlyph]] = {}
        drawing, spaced = _Drawing(page, size), False
        forms, over = _forms(page), covers(page)
        for index in range(text.count_chars()):
            glyph = _glyph(text, index, drawing, forms)
            if glyph is not None and not over.hide(_object_of(text, index), _place(text, index)):
                objects.setdefault(_object_of(text, index), []).append(replace(glyph, spaced=spaced))
            spaced = glyph is None and raw.FPDFText_GetUnicode(text.raw, index) in _SPACES
        return tuple(g for g in _with_repeats(page, objects, drawing) if _is_on_page(g, size))
    finally:
        text.close()


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The page as it is drawn; carries points to pixels, whatever its turn and its crop."""

    page: pypdfium2.PdfPage
    size: tuple[int, int]

    def box(self, left: float, low: float, right: float, high: float) -> Box:
        (x0, y0), (x1, y1) = self._pixel(left, low), self._pixel(right, high)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1, min(x0, x1) + 1), max(y0, y1, min(y0, y1) + 1))

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self.page.raw, 0, 0, *self.size, 0, x, y, across, down)
        return across.value, down.value


def _forms(page: pypdfium2.PdfPage) -> dict[int, tuple[Bounds, pypdfium2.PdfMatrix]]:
    """The bounds in its form of every text object, by its address, and what carries them to the page."""
    found = {}
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        matrix, around = pypdfium2.PdfMatrix(), item.container
        while around is not None:
            matrix, around = matrix.multiply(around.get_matrix()), around.container
        if item.container is not None:
            found[ctypes.cast(item.raw, ctypes.c_void_p).value or 0] = (item.get_bounds(), matrix)
    return found


def _glyph(
    text: pypdfium2.PdfTextPage, index: int, drawing: _Drawing, forms: dict[int, tuple[Bounds, pypdfium2.PdfMatrix]]
) -> TypedGlyph | None:
    """The glyph of a character; None for what prints nothing."""
    code = raw.FPDFText_GetUnicode(text.raw, index)
    if raw.FPDFText_IsGenerated(text.raw, index) == 1 or code in _SPACES:
        return None
    owner = raw.FPDFText_GetTextObject(text.raw, index)
    if owner and _is_invisible(text, index, raw.FPDFTextObj_GetTextRenderMode(owner)):
        return None
    told = chr(code) if 0 < code < _UNICODES else UNKNOWN
    if raw.FPDFText_IsHyphen(text.raw, index) == 1:
        told = "-"  # PDFium tells the hyphen at a line's end by a code of its own
    category = unicodedata.category(told)
    unknown = raw.FPDFText_HasUnicodeMapError(text.raw, index) == 1 or (category[0] == "C" and category != "Co")
    place, advance = _place(text, index), text.get_charbox(index, loose=True)
    if (form := forms.get(_object_of(text, index))) is not None:
        place, advance = _on_page(place, *form), _on_page(advance, *form)
    # For a character that stands for several glyphs of the font PDFium tells the ink's box again.
    is_told = advance[2] > advance[0] and advance[3] > advance[1] and advance != place
    return TypedGlyph(
        UNKNOWN if unknown else told, drawing.box(*place), advance=drawing.box(*advance) if is_told else None
    )


def _is_invisible(text: pypdfium2.PdfTextPage, index: int, mode: int) -> bool:
    """Whether the glyph is not drawn, only clips what is drawn later, or is filled with a transparent color."""
    if mode not in _FILLED:
        return mode in _NOT_DRAWN
    color = [ctypes.c_uint() for _ in range(4)]
    return bool(raw.FPDFText_GetFillColor(text.raw, index, *color)) and color[3].value < _FAINTEST


def _on_page(place: Bounds, bounds: Bounds, matrix: pypdfium2.PdfMatrix) -> Bounds:
    """The place of a glyph on the page; PDFium tells that of some glyphs as it is in the form that holds them."""
    shown: Bounds = matrix.on_rect(*bounds)
    carried: Bounds = matrix.on_rect(*place)
    return carried if _holds(bounds, place) and not _holds(shown, place) else place


def _holds(bounds: Bounds, place: Bounds) -> bool:
    x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return bounds[0] <= x <= bounds[2] and bounds[1] <= y <= bounds[3]


def _place(text: pypdfium2.PdfTextPage, index: int) -> Bounds:
    """The box of a character's ink; where PDFium tells an empty one, the box that the font's size gives."""
    left, low, right, high = text.get_charbox(index)
    if right > left and high > low:
        return left, low, right, high
    loose: Bounds = text.get_charbox(index, loose=True)
    return loose


def _is_on_page(glyph: TypedGlyph, size: tuple[int, int]) -> bool:
    """Whether the glyph's middle lies on the page as it is drawn: what the crop box cuts off is not printed."""
    x, y = glyph.box.centre
    return 0 <= x < size[0] and 0 <= y < size[1]


def _object_of(text: pypdfium2.PdfTextPage, index: int) -> int:
    """The address of the page object that the character belongs to; 0 where none is known."""
    owner = raw.FPDFText_GetTextObject(text.raw, index)
    return ctypes.cast(owner, ctypes.c_void_p).value or 0 if owner else 0


def _with_repeats(
    page: pypdfium2.PdfPage, objects: dict[int, list[TypedGlyph]], drawing: _Drawing
) -> Iterator[TypedGlyph]:
    """The glyphs object by object, a dropped repeat of an object behind its first."""
    before: list[TypedGlyph] = []
    place: Box | None = None
    seen: set[int] = set()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        address = ctypes.cast(item.raw, ctypes.c_void_p).value or 0
        bounds = drawing.box(*item.get_bounds())
        seen.add(address)
        if address in objects:
            before, place = objects[address], bounds
            yield from before
        elif before and place is not None and _repeats(bounds, place):
            yield from _moved(before, bounds.x0 - place.x0, bounds.y0 - place.y0)
    for address, glyphs in objects.items():
        if address not in seen:
            yield from glyphs


def _repeats(second: Box, first: Box) -> bool:
    """Whether an object lies where the one before it lies, but for a hair."""
    size = max(1, min(first.width, first.height))
    sides, place = (1 + size // part for part in _HAIR)
    alike = abs(second.width - first.width) <= sides and abs(second.height - first.height) <= sides
    return alike and max(abs(second.x0 - first.x0), abs(second.y0 - first.y0)) <= place


def _moved(glyphs: Sequence[TypedGlyph], right: int, down: int) -> tuple[TypedGlyph, ...]:
    return carried(glyphs, lambda points: [(x + right, y + down) for x, y in points])
