"""Which readers read the scans of a batch, in a line; and, where the second one is not installed, how to get it."""

from __future__ import annotations

from typing import Final

from banmian.language import ZH, counted, language, said
from ocr.setup.engine_registry import EngineName
from ocr.setup.identity import AUTO
from ocr.setup.weights import COMMAND, is_there, reads

_FULL: Final = {EngineName.BOTH: ("PP-OCR", "Tesseract")}
"""The names of the readers of an engine whose label does not name them."""


def reader_line(reader: str, *, typed: int = 0, pages: int = 0) -> str:
    """The readers of a run; `reader` is the engine's name and the language's, with a space between, as it records.

    Of `pages` that are done, the text of `typed` was taken from a PDF's text layer: nothing read those.
    """
    if typed and typed >= pages:
        return said("The text was taken from the text layer of the PDF; no page was recognized.")
    told = [_readers(reader)]
    told += [said("The text of {} was taken from the text layer of the PDF.", counted(typed, "page"))] if typed else []
    return " ".join(told)


def _readers(reader: str) -> str:
    """The readers of scans."""
    name = reader.split(" ", 1)[0]
    if lacks_second(reader):
        return said(
            "Scans were read by Tesseract alone. A second reader, which errs far less, installs with: {}", COMMAND
        )
    engine = next((e for e in EngineName if e == name), None)
    if engine is None:
        return said("Scans were read by {}.", name)
    if engine in _FULL:
        return said("Scans were read by {} and {}.", *_FULL[engine])
    label = engine.declaration.label
    return said("Scans were read by {}.", label.zh if language() == ZH else label.en)


def lacks_second(reader: str) -> bool:
    """Whether Tesseract read alone what PP-OCR could read too, and PP-OCR is not installed here."""
    name, _, lang = reader.partition(" ")
    return name == EngineName.TESSERACT and (lang == AUTO or reads(lang)) and not is_there()
