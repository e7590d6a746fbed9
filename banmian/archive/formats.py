"""The formats, and which module writes each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Final

from banmian.archive.holding import Holding


class Format(StrEnum):
    TEXT = "text"
    JSONL = "jsonl"
    ALTO = "alto"
    PAGE = "page"
    METS = "mets"
    HOCR = "hocr"
    TEI = "tei"
    IIIF = "iiif"
    PDF = "pdf"
    BAGIT = "bagit"


BAGGED: Final = (Format.TEXT, Format.JSONL, Format.PAGE, Format.METS)
"""What a bag holds beside the scans, unless others are chosen; METS brings the ALTO that it leads to."""

Write = Callable[[Holding, Path], None]
"""Writes an issue below a folder that is there."""

_MODULES: Final = {Format.PAGE: "pagexml"}
"""Where the module is not called as its format."""


def writer(to: Format, bagged: Sequence[Format] = BAGGED) -> Write:
    """What writes the format; its module is loaded now, and none of the others. `bagged` is what goes into a bag."""
    module = import_module(f"banmian.archive.{_MODULES.get(to, to.value)}")
    if to is Format.BAGIT:
        return partial(module.write, formats={f.value: writer(f) for f in bagged})
    write: Write = module.write
    return write
