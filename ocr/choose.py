"""The reader that a name stands for."""

from __future__ import annotations

from ocr.auto.reader import AutoEngine, EngineLook, Look, SmallModelLook
from ocr.both.reader import BothEngine, Reader
from ocr.confidence.trust import Kind
from ocr.confidence.weighed import WeighedEngine
from ocr.engine import Engine
from ocr.ppocr.reader import PPOCREngine
from ocr.setup import program, tessdata
from ocr.setup.engine_registry import EngineName
from ocr.setup.identity import AUTO, READABLE, automatic, name_for, no_such_reader
from ocr.tesseract.reader import TesseractEngine
from ocr.textlayer.reader import LayeredEngine, TextLayerEngine
from ocr.words.dictionary import dictionary


def engine_named(name: str, lang: str = "chi_sim") -> Engine:
    """A reader ready to read; raises ReaderMissing, with what to install, before any page is opened.

    Whatever the reader, a PDF page that carries its text is not recognized: its own text is taken.
    """
    if name == EngineName.TEXTLAYER:
        return TextLayerEngine()
    if lang == AUTO:
        return _automatic(name)
    if name == EngineName.TESSERACT:
        return LayeredEngine(WeighedEngine(TesseractEngine(lang), Kind.OTHER_ALONE, dictionary(lang)))
    if name == EngineName.PPOCR:
        return LayeredEngine(WeighedEngine(PPOCREngine(lang), Kind.FIRST_ALONE, dictionary(lang)))
    if name == EngineName.BOTH:
        return LayeredEngine(BothEngine(*readers_of_both(lang), dictionary(lang)))
    raise no_such_reader(name)


def _automatic(name: str) -> Engine:
    """The reader that finds each page's language, with PP-OCR's small model, or else with Tesseract's."""
    told = automatic(name)
    if name != EngineName.TESSERACT:
        look: Look = SmallModelLook()
    else:
        look = EngineLook(TesseractEngine("+".join(m for m in READABLE if m in program.models())))
    return AutoEngine(told, lambda lang: engine_named(name_for(name, lang), lang), look)


def readers_of_both(lang: str) -> tuple[Reader, Reader]:
    """PP-OCR, whose reading becomes the text as recognized, since it errs less; and Tesseract beside it."""
    first, other = PPOCREngine(lang), TesseractEngine(lang)
    return (
        Reader("PP-OCR", first, first.alphabet, Kind.FIRST_ALONE, begins=first.begun),
        Reader("Tesseract", other, lambda: tessdata.alphabet(lang), Kind.OTHER_ALONE, some=other.read_some),
    )
