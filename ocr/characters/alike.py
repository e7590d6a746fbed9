"""Which characters print so much alike that no reader can tell them apart."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_ONE_SHAPE: Final = ("—–―─－", '"“”„＂', "'‘’‚＇`´", "·・•⋅∙", "~〜∼")
_SHAPES: Final = str.maketrans({c: group[0] for group in _ONE_SHAPE for c in group})


@lru_cache(maxsize=30_000)
def folded(char: str) -> str:
    """The character without its width and without the turn of quotation marks; always one code point for one."""
    narrow = unicodedata.normalize("NFKC", char.translate(_SHAPES))
    return (narrow if len(narrow) == 1 else char).translate(_SHAPES)


def alike(a: str, b: str) -> bool:
    """Whether two readings differ in nothing that a reader can see: width, and which way a quotation mark turns."""
    return len(a) == len(b) and all(folded(c) == folded(d) for c, d in zip(a, b, strict=True))
