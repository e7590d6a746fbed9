"""What a reader is called in full, known before it is loaded: the run's coordinator asks for it, and never reads."""

from __future__ import annotations

import hashlib
import importlib.metadata
from importlib import resources
from typing import Final

from layout.errors import ReaderMissing, UsageError
from ocr.characters.script import LENT
from ocr.setup import program, tessdata
from ocr.setup.engine_registry import EngineName
from ocr.setup.language_model import language_model_for
from ocr.setup.settings import (
    AROUND,
    AT_FIRST,
    BACKED,
    DOUBT,
    DOUBT_OF_BACKED,
    FEW,
    FLATTENED,
    PITCH,
    SHEET_FOR_DISPLAY,
    SHEET_OF_PAPER,
    SHORT_DISPLAY,
    SMALL_TYPE,
    STRETCHES,
    SURE,
    SURE_OF_DISPLAY,
    TESSERACT,
    TO_DECIDE,
    TURNED_STRETCH,
    WITNESS,
    strip_for,
)
from ocr.setup.weights import INSTALL, installed, is_there, models_for, reads

AUTO: Final = "auto"
"""The name of a language that stands for: find it on each page."""
READABLE: Final = ("chi_sim", "chi_tra", "jpn", "eng")
"""The languages that are told apart, by Tesseract's names; the first where a page does not tell."""
TRUST: Final = "trust.json"
SHAPES: Final = "shapes.npz"
"""The file of the weights by which marks are told by their shape."""


def default_name(lang: str = "chi_sim") -> str:
    """The reader where none is named: both together where the second one is installed and reads the language.

    PP-OCR alone where Tesseract is there without a model for it.
    """
    if not (is_there() and (lang == AUTO or reads(lang))):
        return EngineName.TESSERACT.value
    return (EngineName.PPOCR if _lacks(lang) else EngineName.BOTH).value


def name_for(name: str, lang: str) -> str:
    """The reader of that name, or, where only one of both has a model for the language, that one."""
    return default_name(lang) if name == EngineName.BOTH else name


def _lacks(lang: str) -> bool:
    """Whether Tesseract is there, but not its model for the language."""
    try:
        return lang != AUTO and not program.models().issuperset(lang.split("+"))
    except ReaderMissing:
        return False


def identity_of(name: str, lang: str = "chi_sim") -> str:
    """The identity of the engine of that name; raises what `engine_named` raises, and as soon."""
    if name == EngineName.TEXTLAYER:
        return textlayer()
    if lang == AUTO:
        return automatic(name)
    if name == EngineName.TESSERACT:
        readers = tesseract(lang)
    elif name == EngineName.PPOCR:
        readers = ppocr(lang)
    elif name == EngineName.BOTH:
        readers = both(ppocr(lang), tesseract(lang))
    else:
        raise no_such_reader(name)
    return f"{readers} {trust(shipped_trust())}, {textlayer()}"


def automatic(name: str) -> str:
    """What finds each page's language, and the readers of that name for each; raises ReaderMissing where none can."""
    told, missing = [], []
    for lang in READABLE:
        try:
            told.append(f"{lang}: {identity_of(name_for(name, lang), lang)}")
        except (ReaderMissing, UsageError) as e:
            if name not in set(EngineName):
                raise
            missing.append(e)
    if not told:
        raise missing[0]
    return f"auto {'; '.join(told)}"


def no_such_reader(name: str) -> UsageError:
    return UsageError(f"There is no reader called {name!r}.", f"Choose one of: {', '.join(EngineName)}")


def tesseract(lang: str) -> str:
    """Version, models and settings in one line; raises ReaderMissing when the program or a model is not there."""
    version = program.version()
    program.check(lang)
    stretch = f"stretch={SHEET_OF_PAPER.stretch} display {SHEET_FOR_DISPLAY.stretch}"
    return f"tesseract {version} {lang} {TESSERACT} {stretch}"


def ppocr(lang: str) -> str:
    """The weights with their digests, the runtime and the settings, in one line; raises ReaderMissing."""
    models = models_for(lang)
    weights = " ".join(installed(m).identity for m in dict.fromkeys((*models, WITNESS)))
    script = f" script {'+'.join(sorted(lang.split('+')))} simplified {LENT}"
    numbers = f"numbers {AT_FIRST} {TO_DECIDE} below {SMALL_TYPE} display {STRETCHES} {FLATTENED}"
    turned = f"turned {TURNED_STRETCH} {PITCH}"
    doubts = f"doubt {DOUBT} backed {DOUBT_OF_BACKED} around {AROUND} vouched {FEW}"
    level, vertical = (strip_for(lang, models[0], SMALL_TYPE, level=way).stretch for way in (True, False))
    settings = f"stretch={level} vertical {vertical} {doubts} {numbers} {turned}"
    model = language_model_for(lang)
    sentences = "" if model is None else f" language model {model.identity}"
    return f"ppocr {weights} onnxruntime-{_runtime()} {settings} {shapes()}{script} {words(lang)}{sentences}"


def both(first: str, other: str) -> str:
    """Both readers' identities, and from where on the first one's line stands alone."""
    return f"both {first} + {other} below {SURE} display {SURE_OF_DISPLAY} {SHORT_DISPLAY} backed {BACKED}"


def words(lang: str) -> str:
    """The graphs of words that have a voice, by their digests; Tesseract's models bring them."""
    digests = (hashlib.sha256(graph).hexdigest()[:12] for graph, _ in tessdata.word_graphs(tessdata.models(lang)))
    return f"words {' '.join(digests) or 'none'}"


def shapes() -> str:
    """The network that tells marks by their shape, by its file's bytes."""
    return f"shapes {hashlib.sha256(resources.files('ocr.marks').joinpath(SHAPES).read_bytes()).hexdigest()[:12]}"


def textlayer() -> str:
    """PDFium tells the text."""
    return f"textlayer pypdfium2-{importlib.metadata.version('pypdfium2')}"


def trust(table: bytes) -> str:
    """The table by which readings are weighed, by its file's bytes."""
    return f"trust {hashlib.sha256(table).hexdigest()[:12]}"


def shipped_trust() -> bytes:
    """The file of the table that is shipped."""
    return resources.files("ocr.confidence").joinpath(TRUST).read_bytes()


def _runtime() -> str:
    """The version of onnxruntime, which is not loaded yet; raises ReaderMissing where it is not installed."""
    try:
        return importlib.metadata.version("onnxruntime")
    except importlib.metadata.PackageNotFoundError as e:
        raise ReaderMissing("The reader PP-OCR is not installed: there is no package onnxruntime.", INSTALL) from e
