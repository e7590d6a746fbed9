"""The reader that a name stands for."""

from __future__ import annotations

from layout.errors import UsageError
from ocr.engine import Engine
from ocr.ppocr import PPOCREngine
from ocr.tesseract import TesseractEngine

NAMES = ("tesseract", "ppocr")


def engine_named(name: str, lang: str = "chi_sim") -> Engine:
    """A reader ready to read; raises ReaderMissing, with what to install, before any page is opened."""
    if name == "tesseract":
        return TesseractEngine(lang)
    if name == "ppocr":
        return PPOCREngine(lang)
    raise UsageError(f"There is no reader called {name!r}.", f"Choose one of: {', '.join(NAMES)}")
