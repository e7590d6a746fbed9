"""What a model of Tesseract can say: the characters that its network has a class for, and the words it knows."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

from ocr.setup import program

_UNICHARSET: Final = 21
"""TESSDATA_LSTM_UNICHARSET in Tesseract's tessdatamanager.h."""
_WORDS: Final = 19
"""TESSDATA_LSTM_SYSTEM_DAWG there: the words as a directed acyclic graph."""
_INNER: Final = frozenset({"NULL", "Joined", "|Broken|0|1"})


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of Tesseract's as it stands: what was made of it holds for an equal one alone."""

    path: Path
    changed_ns: int
    """Time of its last change, in nanoseconds; 0 where there is no such file."""
    size: int
    """Size in bytes."""

    @classmethod
    def of(cls, path: Path) -> ModelFile:
        """The file there, or that there is none."""
        if not path.is_file():
            return cls(path, 0, 0)
        told = path.stat()
        return cls(path, told.st_mtime_ns, told.st_size)

    def read(self) -> bytes:
        """The bytes of the file; empty where there is no such file."""
        return self.path.read_bytes() if self.changed_ns else b""


Models = tuple[ModelFile, ...]
"""The files of a language's models."""


def models(lang: str) -> Models:
    """The files of the models in `lang`, several joined by +, as they stand now; none where Tesseract is not there.

    Whoever keeps what stands in them keeps it by these: a program or a model may come, go or change in a server's time.
    """
    folder = program.folder()
    return tuple(ModelFile.of(folder / f"{name}.traineddata") for name in lang.split("+")) if folder else ()


def alphabet(lang: str) -> frozenset[str]:
    """The characters of the models in `lang`, several joined by +; empty where their files do not tell."""
    return _alphabet(models(lang))


@lru_cache(maxsize=16)
def _alphabet(files: Models) -> frozenset[str]:
    found = [characters(f.read()) for f in files]
    return frozenset[str]().union(*found) if found and all(found) else frozenset()


def word_graphs(files: Iterable[ModelFile]) -> list[tuple[bytes, list[str]]]:
    """The graph of words of each model, and the characters that its letters stand for.

    None of a model that is not there, that knows no words, or whose file is damaged.
    """
    graphs = [(_part(data, _WORDS), _letters(data)) for data in (f.read() for f in files)]
    return [(graph, letters) for graph, letters in graphs if graph and letters]


def characters(traineddata: bytes) -> frozenset[str]:
    """The characters in a .traineddata file's LSTM unicharset; empty where it has none or is damaged."""
    return frozenset(_letters(traineddata)) - _INNER


def _letters(traineddata: bytes) -> list[str]:
    """What the numbers of the unicharset stand for, in their order."""
    try:
        lines = _part(traineddata, _UNICHARSET).decode("utf-8").split("\n")[1:]
    except UnicodeDecodeError:
        return []
    return [line.split(" ", 1)[0] for line in lines if line]


def _part(traineddata: bytes, number: int) -> bytes:
    """One part of a .traineddata file; empty where the file has none or is damaged.

    The file begins with the number of its parts (int32) and where each begins (int64 each, -1 for none).
    """
    try:
        (count,) = struct.unpack_from("<i", traineddata)
        begins = struct.unpack_from(f"<{count}q", traineddata, 4)
        begin = begins[number]
    except (struct.error, IndexError):
        return b""
    end = min(chain((b for b in begins if b > begin), [len(traineddata)]))
    return traineddata[begin:end] if begin > 0 else b""
