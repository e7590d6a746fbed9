"""The reader that a name stands for."""

from __future__ import annotations

from typing import Final

from layout.errors import UsageError
from ocr import tessdata, weights
from ocr.both import BothEngine, Reader
from ocr.engine import Engine
from ocr.ppocr import LANGUAGES, PPOCREngine
from ocr.tesseract import TesseractEngine
from ocr.textlayer import LayeredEngine, TextLayerEngine
from ocr.trust import Kind
from ocr.weighed import WeighedEngine

NAMES: Final = ("both", "tesseract", "ppocr", "textlayer")


def engine_named(name: str, lang: str = "chi_sim") -> Engine:
    """A reader ready to read; raises ReaderMissing, with what to install, before any page is opened.

    Whatever the reader, a PDF page that carries its text is not recognized: its own text is taken.
    """
    if name == "textlayer":
        return TextLayerEngine()
    if name == "tesseract":
        return LayeredEngine(WeighedEngine(TesseractEngine(lang), Kind.OTHER_ALONE))
    if name == "ppocr":
        return LayeredEngine(WeighedEngine(PPOCREngine(lang), Kind.FIRST_ALONE))
    if name == "both":
        return LayeredEngine(BothEngine(*readers_of_both(lang)))
    raise UsageError(f"There is no reader called {name!r}.", f"Choose one of: {', '.join(NAMES)}")


def default_name(lang: str = "chi_sim") -> str:
    """The reader where none is named: both together where the second one is installed and reads the language."""
    return "both" if weights.is_there() and all(name in LANGUAGES for name in lang.split("+")) else "tesseract"


def readers_of_both(lang: str) -> tuple[Reader, Reader]:
    """PP-OCR, whose reading becomes the text as recognized, since it errs less; and Tesseract beside it."""
    first, other = PPOCREngine(lang), TesseractEngine(lang)
    return (
        Reader("PP-OCR", first, first.alphabet, Kind.FIRST_ALONE),
        Reader("Tesseract", other, lambda: tessdata.alphabet(lang), Kind.OTHER_ALONE),
    )
