"""Which engine read a page, and as which language, by what the page itself says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import msgspec

from banmian.store.entries import PageEntry

_TESSERACT: Final = re.compile(r"\btesseract \S+ (\S+)")


@dataclass(frozen=True, slots=True)
class ReadBy:
    """The engine's name as `banmian run --engine` takes it, and the language as `--lang` does; empty if unknown."""

    engine: str = ""
    language: str = ""


class _Head(msgspec.Struct, frozen=True):
    reader: str | None = None
    language: str | None = None


class _Document(msgspec.Struct, frozen=True):
    page: _Head


def reading_of(entry: PageEntry) -> ReadBy:
    """The reading of a page that is done."""
    path = entry.folder / "page.json"
    try:
        document = msgspec.json.decode(path.read_bytes(), type=_Document)
    except (OSError, msgspec.DecodeError):
        return ReadBy()  # a page that was taken away is told of by `banmian verify`
    return reading_from(document.page.reader or "", document.page.language)


def reading_from(identity: str, found_language: str | None = None) -> ReadBy:
    """The reading by an engine's identity, as it is written on the page, and by the language that was found on it.

    The identity of a text layer's reader, and mostly that of PP-OCR, tells no language.
    """
    tesseract = _TESSERACT.search(identity)
    engine = identity.split(" ", maxsplit=1)[0] if identity else ""
    if tesseract:
        return ReadBy(engine, tesseract.group(1))
    traditional = engine == "ppocr" and " simplified " in identity
    return ReadBy(engine, "chi_tra" if traditional else found_language or "")
