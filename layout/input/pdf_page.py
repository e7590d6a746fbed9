"""The pages of a PDF as pictures, drawn by PDFium."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pypdfium2
from pypdfium2 import raw

from layout.errors import LockedError
from layout.input.pdf_text import typed_glyphs
from layout.pdf_glyph import TypedGlyph

TYPESET_DPI: Final = 300.0
"""Resolution in dpi at which a page with more on it than one scan is drawn."""

SCAN_DPI: Final = (72.0, 1200.0)
"""Resolution in dpi of a scan inside a PDF, least and most; within these it is drawn at its own."""

_POINTS_AN_INCH: Final = 72.0
"""Points to an inch, in PDF."""
_WHOLE_PAGE: Final = 0.85
"""The share of the page that pictures must cover for the page to count as a scan."""


@dataclass(frozen=True)
class PdfPage:
    """A page that can be drawn at `dpi`; `size` is the width and height in pixels that this gives."""

    handle: pypdfium2.PdfPage
    dpi: float

    @property
    def size(self) -> tuple[int, int]:
        scale = self._scale(1.0)
        return math.ceil(self.handle.get_width() * scale), math.ceil(self.handle.get_height() * scale)

    def draw_gray(self) -> npt.NDArray[np.uint8]:
        """Shape (height, width), 0 black to 255 white."""
        picture = self.handle.render(scale=self._scale(1.0), grayscale=True).to_numpy()
        return np.array(picture.reshape(picture.shape[:2]))

    def draw_color(self, share: float) -> npt.NDArray[np.uint8]:
        """Blue green red, shape (about height x share, about width x share, 3)."""
        return np.array(self.handle.render(scale=self._scale(share)).to_numpy()[:, :, :3])

    def typed(self) -> tuple[TypedGlyph, ...]:
        """The glyphs that the page carries as visible text, in pixels of the drawn page."""
        return typed_glyphs(self.handle, self.size)

    def _scale(self, share: float) -> float:
        # PDFium rounds the size up: a hair less keeps a scan of 2,550 pixels from becoming 2,551 smeared ones.
        return self.dpi / _POINTS_AN_INCH * share * (1 - 1e-6)


def count(file: Path) -> int:
    """The number of pages."""
    with _document(file) as document:
        return len(document)


@contextlib.contextmanager
def page(file: Path, frame: int) -> Iterator[PdfPage | None]:
    """The page at `frame` (from 0), None where the file has fewer."""
    with _document(file) as document:
        if not 0 <= frame < len(document):
            yield None
            return
        handle = document[frame]
        yield PdfPage(handle, _dpi(handle))


@contextlib.contextmanager
def _document(file: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as e:
        if "password" in str(e).lower() or "security" in str(e).lower():
            raise LockedError(str(e)) from e
        raise
    try:
        yield document
    finally:
        document.close()


def _dpi(handle: pypdfium2.PdfPage) -> float:
    """The scan's own resolution where the page is a scan; no less than `TYPESET_DPI` where type is drawn on it."""
    scan = _scan_dpi(handle)
    if scan is None:
        return TYPESET_DPI
    return max(scan, TYPESET_DPI) if _shows_type(handle) else scan


def _shows_type(handle: pypdfium2.PdfPage) -> bool:
    """Whether type is drawn; the invisible text that a reader laid under a scan is not."""
    texts = handle.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
    return any(raw.FPDFTextObj_GetTextRenderMode(t.raw) != raw.FPDF_TEXTRENDERMODE_INVISIBLE for t in texts)


def _scan_dpi(handle: pypdfium2.PdfPage) -> float | None:
    """The resolution of the page's largest picture where pictures cover the page, None for any other page."""
    images = [(_area(i.get_bounds()), i.get_px_size()) for i in handle.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
    whole = handle.get_width() * handle.get_height()
    if not images or sum(area for area, _ in images) < _WHOLE_PAGE * whole:
        return None
    area, (width, height) = max(images)
    return min(max(math.sqrt(width * height / area) * _POINTS_AN_INCH, SCAN_DPI[0]), SCAN_DPI[1])


def _area(bounds: tuple[float, float, float, float]) -> float:
    left, bottom, right, top = bounds
    return max(0.0, right - left) * max(0.0, top - bottom)
