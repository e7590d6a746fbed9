"""The type: Debian's Chinese fonts, and the masks of their glyphs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from fontTools.ttLib import TTFont
from PIL import Image, ImageFont

Mask = npt.NDArray[np.uint8]
"""Shape (height, width), 0 no ink to 255 full ink."""

PACKAGES: Final = "fonts-noto-cjk fonts-arphic-uming fonts-arphic-ukai fonts-wqy-microhei fonts-wqy-zenhei"
ROOT: Final = Path("/usr/share/fonts")
ASCENT: Final = 0.88
"""Distance from the baseline up to the top of a hanzi's em square, in ems; every face used here has it near this."""


class FontMissingError(Exception):
    """A font file is not installed."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face: a font file, its index in a collection, and how it is cut.

    `stretch` is the width in relation to the face as drawn (0.7 condensed, 1.2 wide); `stroke` thickens it by so
    many hundredths of an em; `hollow` leaves only its outline.
    """

    path: str
    index: int = 0
    stretch: float = 1.0
    stroke: int = 0
    hollow: bool = False

    def cut(self, stretch: float) -> Face:
        return replace(self, stretch=stretch)


def _noto(family: str, weight: str, index: int) -> Face:
    return Face(f"opentype/noto/Noto{family}CJK-{weight}.ttc", index)


SONG: Final = _noto("Serif", "Regular", 2)
SONG_BOLD: Final = _noto("Serif", "Bold", 2)
HEI: Final = _noto("Sans", "Regular", 2)
HEI_BOLD: Final = _noto("Sans", "Bold", 2)
SONG_TC: Final = _noto("Serif", "Regular", 3)
SONG_TC_BOLD: Final = _noto("Serif", "Bold", 3)
HEI_TC_BOLD: Final = _noto("Sans", "Bold", 3)
MING: Final = Face("truetype/arphic/uming.ttc", 0)
MING_TW: Final = Face("truetype/arphic/uming.ttc", 2)
KAI: Final = Face("truetype/arphic/ukai.ttc", 0)
KAI_TW: Final = Face("truetype/arphic/ukai.ttc", 2)
MICRO_HEI: Final = Face("truetype/wqy/wqy-microhei.ttc", 0)
ZEN_HEI: Final = Face("truetype/wqy/wqy-zenhei.ttc", 0)
SPARE: Final = SONG
"""The face that lends a character which another face lacks or draws without ink (MICRO_HEI's ℃); it has them all."""

_PROBE: Final = 24
"""Size, in pixels an em, at which a glyph is drawn to see whether it has ink: small, as every character is tried."""

UPRIGHT_FORMS: Final = str.maketrans(
    "，、。：；！？（）《》〈〉「」『』—…【】〔〕", "︐︑︒︓︔︕︖︵︶︽︾︿﹀﹁﹂﹃﹄︱︙︻︼︹︺"
)
"""The marks as they stand in a vertical line; the truth keeps the ordinary character."""

QUOTES_DOWN: Final = str.maketrans("“”‘’", "『』「」")
"""Quotation marks of a vertical line: they are other characters, in the truth too."""

WIDE_FIGURES: Final = str.maketrans("0123456789%.", "０１２３４５６７８９％．")


@lru_cache(maxsize=64)
def _font(path: str, index: int, size: int) -> ImageFont.FreeTypeFont:
    file = ROOT / path
    if not file.exists():
        raise FontMissingError(f"{file} is not installed. On Debian: apt-get install {PACKAGES}")
    return ImageFont.truetype(str(file), size, index=index, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True)
class GlyphInk:
    """A glyph's ink: `mask` stands with its top left corner at (`left`, `top`) from the pen on the baseline."""

    mask: Mask
    left: int
    top: int
    advance: float


def _ink(font: ImageFont.FreeTypeFont, char: str, stroke: int, *, hollow: bool) -> tuple[Mask, int, int]:
    core, offset = font.getmask2(char, mode="L", stroke_width=stroke, anchor="ls")
    if 0 in core.size:
        return np.zeros((0, 0), np.uint8), 0, 0
    mask = np.asarray(core, dtype=np.uint8).reshape(core.size[1], core.size[0])
    if hollow:
        inner, at = font.getmask2(char, mode="L", anchor="ls")
        y, x = at[1] - offset[1], at[0] - offset[0]
        mask = mask.copy()
        mask[y : y + inner.size[1], x : x + inner.size[0]] -= np.minimum(
            np.asarray(inner, dtype=np.uint8).reshape(inner.size[1], inner.size[0]),
            mask[y : y + inner.size[1], x : x + inner.size[0]],
        )
    return _trimmed(mask, offset[0], offset[1])


def _trimmed(mask: Mask, left: int, top: int) -> tuple[Mask, int, int]:
    """The mask without the white that Pillow leaves round the ink (it pads to the advance)."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return np.zeros((0, 0), np.uint8), 0, 0
    cut = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.ascontiguousarray(cut), left + int(columns[0]), top + int(rows[0])


@cache
def _characters(path: str, index: int) -> frozenset[int]:
    """The code points that a font has glyphs for."""
    with TTFont(ROOT / path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=20000)
def _lender(face: Face, char: str) -> Face:
    """The face whose glyph of `char` is printed: the face itself, or `SPARE` in the same cut."""
    if char.isspace() or _has_ink(face, char):
        return face
    return replace(face, path=SPARE.path, index=SPARE.index)


def _has_ink(face: Face, char: str) -> bool:
    font = _font(face.path, face.index, _PROBE)
    known = all(ord(c) in _characters(face.path, face.index) for c in char)
    return known and bool(_ink(font, char, 0, hollow=False)[0].size)


@lru_cache(maxsize=20000)
def glyph(face: Face, size: int, char: str) -> GlyphInk:
    """The glyph of `char` at `size` pixels an em, from `SPARE` where the face has no ink for it."""
    face = _lender(face, char)
    font = _font(face.path, face.index, size)
    stroke = max(1, size * face.stroke // 100) if face.stroke or face.hollow else 0
    mask, left, top = _ink(font, char, stroke, hollow=face.hollow)
    if face.stretch != 1.0 and mask.size:
        width = max(1, round(mask.shape[1] * face.stretch))
        mask = np.asarray(Image.fromarray(mask).resize((width, mask.shape[0]), Image.Resampling.BILINEAR))
        left = round(left * face.stretch)
    return GlyphInk(mask, left, top, float(font.getlength(char)) * face.stretch)


def advance(face: Face, char: str) -> float:
    """The width of `char` in ems, before the face's stretch."""
    face = _lender(face, char)
    return float(_font(face.path, face.index, 100).getlength(char)) / 100
