"""Normalization before texts are compared: what is not counted as a difference."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

_SHAPES: Final = str.maketrans(
    {"—": "-", "–": "-", "―": "-", "…": ".", "“": '"', "”": '"', "‘": "'", "’": "'", "•": "·", "・": "·"}
)
"""Character to character: shapes of dashes, ellipses, quotes and middle dots that count as the same mark."""


def folded(text: str | None) -> str:
    """Return the text without white space, in NFKC width, with one shape of each mark and one dash for a row of them.

    Wrong characters and wrong marks still count.
    """
    narrow = unicodedata.normalize("NFKC", text or "")
    plain = "".join(c for c in narrow if not c.isspace()).translate(_SHAPES)
    while "--" in plain:
        plain = plain.replace("--", "-")
    return plain


def letters(text: str, forms: Mapping[int, str]) -> str:
    """Return the hanzi, letters and digits alone, in NFKC width, each variant form replaced by its entry in `forms`."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum()).translate(forms)
