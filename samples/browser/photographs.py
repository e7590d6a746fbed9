"""Photographs for pages that a browser sets: drawn by the name that the page calls them by, in two colours."""

from __future__ import annotations

import io
from random import Random
from typing import Final

from PIL import Image, ImageOps

from samples.typeset.picture import KINDS, photograph

SEEN: Final = tuple(k for k in KINDS if k != "drawing")
_SIZE: Final = (1200, 900)
_DARK: Final = ("#1a1410", "#101a14", "#10141f", "#1c1018", "#141414")
_LIGHT: Final = ("#f6efe2", "#eaf3ea", "#e6eef8", "#f8ece6", "#f2f2f2")


def photograph_named(name: str) -> bytes:
    """The JPEG file of a photograph; the same name gives the same picture.

    A name like `portrait-3.jpg` says what is to be seen, one of `SEEN`; of any other name chance says it.
    """
    rng = Random(f"photograph {name}")
    drawn = rng.choice(SEEN)
    kind = next((k for k in SEEN if name.startswith(f"{k}-")), drawn)
    gray = Image.fromarray(photograph(*_SIZE, kind, rng.randrange(10**6)))
    out = io.BytesIO()
    ImageOps.colorize(gray, rng.choice(_DARK), rng.choice(_LIGHT)).save(out, "JPEG", quality=85)
    return out.getvalue()
