"""The text of a PDF page, glyph by glyph, as PDFium tells it."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pypdfium2
from pypdfium2 import raw

from layout.geometry import Box
from layout.typed import UNKNOWN, TypedGlyph

_INVISIBLE: Final = raw.FPDF_TEXTRENDERMODE_INVISIBLE


def typed_glyphs(page: pypdfium2.PdfPage, size: tuple[int, int]) -> tuple[TypedGlyph, ...]:
    """The visible glyphs of a page drawn at `size` (width, height in pixels), in the order in which they are set.

    The invisible text that a reader laid under a scan is left out: it was recognized, by whom is not known. PDFium
    drops an object that repeats the one before it, a hair apart, to make it bold; here it comes again, with its place.
    """
    text = page.get_textpage()
    try:
        objects: dict[int, list[TypedGlyph]] = {}
        for index in range(text.count_chars()):
            glyph = _glyph(text, index, _Drawing(page, size))
            if glyph is not None:
                objects.setdefault(_object_of(text, index), []).append(glyph)
        return tuple(_with_repeats(page, objects, _Drawing(page, size)))
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


def _glyph(text: pypdfium2.PdfTextPage, index: int, drawing: _Drawing) -> TypedGlyph | None:
    """The glyph of a character; None for what prints nothing."""
    code = raw.FPDFText_GetUnicode(text.raw, index)
    if raw.FPDFText_IsGenerated(text.raw, index) == 1 or code in (0x20, 0x3000, 0xA0):
        return None
    owner = raw.FPDFText_GetTextObject(text.raw, index)
    if owner and raw.FPDFTextObj_GetTextRenderMode(owner) == _INVISIBLE:
        return None
    told = chr(code) if 0 < code < 0x110000 else UNKNOWN
    unknown = raw.FPDFText_HasUnicodeMapError(text.raw, index) == 1 or unicodedata.category(told)[0] == "C"
    return TypedGlyph(UNKNOWN if unknown else told, drawing.box(*text.get_charbox(index)))


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
            yield from (_moved(g, bounds.x0 - place.x0, bounds.y0 - place.y0) for g in before)
    for address, glyphs in objects.items():
        if address not in seen:
            yield from glyphs


def _repeats(second: Box, first: Box) -> bool:
    """Whether an object lies where the one before it lies, but for a hair."""
    em = max(1, min(first.width, first.height))
    alike = abs(second.width - first.width) <= 1 + em // 20 and abs(second.height - first.height) <= 1 + em // 20
    return alike and max(abs(second.x0 - first.x0), abs(second.y0 - first.y0)) <= 1 + em // 5


def _moved(glyph: TypedGlyph, right: int, down: int) -> TypedGlyph:
    b = glyph.box
    return TypedGlyph(glyph.char, Box(b.x0 + right, b.y0 + down, b.x1 + right, b.y1 + down))
