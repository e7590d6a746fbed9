"""The formats, and which module writes each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
    SOLR = "solr"
    PDF = "pdf"
    BAGIT = "bagit"


BAGGED: Final = (Format.TEXT, Format.JSONL, Format.PAGE, Format.METS)
"""What a bag holds beside the scans, unless others are chosen; METS brings the ALTO that it leads to."""

Write = Callable[[Holding, Path], None]
"""Writes an issue below a folder that is there."""

_MODULES: Final = {Format.PAGE: "pagexml"}
"""Where the module is not called as its format."""


@dataclass(frozen=True, slots=True)
class Form:
    """A format with what there is to choose about it: `bagged` goes into a bag, `with_ledger` adds edits to jsonl."""

    format: Format
    bagged: Sequence[Format] = BAGGED
    with_ledger: bool = False


def writer(form: Form | Format) -> Write:
    """What writes the format; its module is loaded now, and none of the others."""
    form = form if isinstance(form, Form) else Form(form)
    name = form.format
    module = import_module(f"banmian.archive.{_MODULES.get(name, name.value)}")
    if name is Format.BAGIT:
        within = {f.value: writer(replace(form, format=f)) for f in form.bagged}
        return partial(module.write, formats=within)
    if name is Format.JSONL:
        return partial(module.write, with_ledger=form.with_ledger)
    write: Write = module.write
    return write
