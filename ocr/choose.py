"""The reader that a name stands for."""

from __future__ import annotations

from ocr import tessdata
from ocr.both import BothEngine, Reader
from ocr.engine import Engine
from ocr.identity import no_such_reader
from ocr.ppocr import PPOCREngine
from ocr.tesseract import TesseractEngine
from ocr.textlayer import LayeredEngine, TextLayerEngine
from ocr.trust import Kind
from ocr.weighed import WeighedEngine


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
    raise no_such_reader(name)


def readers_of_both(lang: str) -> tuple[Reader, Reader]:
    """PP-OCR, whose reading becomes the text as recognized, since it errs less; and Tesseract beside it."""
    first, other = PPOCREngine(lang), TesseractEngine(lang)
    return (
        Reader("PP-OCR", first, first.alphabet, Kind.FIRST_ALONE, first.read_beside),
        Reader("Tesseract", other, lambda: tessdata.alphabet(lang), Kind.OTHER_ALONE),
    )
