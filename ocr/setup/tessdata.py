"""What a model of Tesseract can say: the characters that its network has a class for."""

from __future__ import annotations

import struct
from functools import cache
from typing import Final

from ocr.setup import program

_UNICHARSET: Final = 21
"""TESSDATA_LSTM_UNICHARSET in Tesseract's tessdatamanager.h."""
_INNER: Final = frozenset({"NULL", "Joined", "|Broken|0|1"})


@cache
def alphabet(lang: str) -> frozenset[str]:
    """The characters of the models in `lang`, several joined by +; empty where their files do not tell."""
    models = program.folder()
    files = [models / f"{name}.traineddata" for name in lang.split("+")] if models else []
    found = [characters(f.read_bytes()) for f in files if f.is_file()]
    return frozenset[str]().union(*found) if found and all(found) else frozenset()


def characters(traineddata: bytes) -> frozenset[str]:
    """The characters in a .traineddata file's LSTM unicharset; empty where it has none or is damaged.

    The file begins with the number of its parts (int32) and where each begins (int64 each, -1 for none).
    """
    try:
        (count,) = struct.unpack_from("<i", traineddata)
        begins = struct.unpack_from(f"<{count}q", traineddata, 4)
        begin = begins[_UNICHARSET]
        end = min((b for b in begins if b > begin), default=len(traineddata))
        lines = traineddata[begin:end].decode("utf-8").split("\n")[1:]
    except (struct.error, IndexError, UnicodeDecodeError):
        return frozenset()
    return frozenset(line.split(" ", 1)[0] for line in lines if line) - _INNER if begin > 0 else frozenset()
