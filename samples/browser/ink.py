"""The middle of a mark's ink: a browser tells the square that a mark is set in, and marks fill a corner of it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from samples.typeset.truth import PageTruth, TruthLine

_CONTRAST: Final = 60
"""Grey levels by which ink differs from the ground of its square, at least."""


def with_ink(truth: PageTruth, image: Image.Image) -> PageTruth:
    """The truth, with the middle of each punctuation mark moved from its square's middle to its ink's."""
    gray = np.asarray(image.convert("L"), dtype=np.int16)
    return replace(truth, lines=tuple(_moved(n, gray) for n in truth.lines))


def _moved(line: TruthLine, gray: npt.NDArray[np.int16]) -> TruthLine:
    pairs = zip("".join(line.text.split()), line.centres, strict=True)
    half = line.size / 2
    return replace(line, centres=tuple(_ink(gray, at, half) if _is_mark(char) else at for char, at in pairs))


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("P")


def _ink(gray: npt.NDArray[np.int16], at: tuple[float, float], half: float) -> tuple[float, float]:
    """The middle of the ink in the square around a point; the point itself where the square is empty."""
    x0, y0 = max(0, round(at[0] - half)), max(0, round(at[1] - half))
    square = gray[y0 : round(at[1] + half), x0 : round(at[0] + half)]
    if not square.size:
        return at
    ys, xs = np.nonzero(np.abs(square - np.median(square)) > _CONTRAST)
    if not len(xs):
        return at
    return x0 + float(xs.min() + xs.max()) / 2, y0 + float(ys.min() + ys.max()) / 2
