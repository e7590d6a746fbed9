"""What a model of Tesseract can say: the characters that its network has a class for, and the words it knows."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Final

from ocr.setup import program

_UNICHARSET: Final = 21
"""TESSDATA_LSTM_UNICHARSET in Tesseract's tessdatamanager.h."""
_WORDS: Final = 19
"""TESSDATA_LSTM_SYSTEM_DAWG there: the words as a directed acyclic graph."""
_INNER: Final = frozenset({"NULL", "Joined", "|Broken|0|1"})


@cache
def alphabet(lang: str) -> frozenset[str]:
    """The characters of the models in `lang`, several joined by +; empty where their files do not tell."""
    found = [characters(data) for data in _models(lang)]
    return frozenset[str]().union(*found) if found and all(found) else frozenset()


def word_graphs(lang: str) -> list[tuple[bytes, list[str]]]:
    """The graph of words of each model in `lang`, and the characters that its letters stand for.

    None of a model that is not there, that knows no words, or whose file is damaged.
    """
    graphs = [(_part(data, _WORDS), _letters(data)) for data in _models(lang)]
    return [(graph, letters) for graph, letters in graphs if graph and letters]


def characters(traineddata: bytes) -> frozenset[str]:
    """The characters in a .traineddata file's LSTM unicharset; empty where it has none or is damaged."""
    return frozenset(_letters(traineddata)) - _INNER


def _models(lang: str) -> Iterator[bytes]:
    models = program.folder()
    files = [models / f"{name}.traineddata" for name in lang.split("+")] if models else []
    return (f.read_bytes() if f.is_file() else b"" for f in files)


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
