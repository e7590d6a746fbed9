"""The font of an invisible text layer: cells of an em's height and so many eighths of an em wide, for any character.

Nothing of it is ever painted, so it needs no drawn hanzi, and no foreign font goes into the file. What a code means
stands in the ToUnicode map, beyond the basic plane too (ISO 32000-1, 9.10.3); codes are given out as text comes by.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name

from layout.page import Direction

EM: Final = 1000
"""Units of the font per em."""

ASCENT: Final = 880
"""Height of a cell above the baseline, in units of the font; the rest of the em is below."""

STEP: Final = EM // 8
"""Difference in length between two cells, in units of the font."""

LONGEST: Final = 32
"""Length of the longest cell, in steps: four ems, for letters that are set far apart."""

FONT_CODES: Final = 65_535
"""Maximum number of codes of one font, from 1; 0 is .notdef, which PDF/A forbids to name (ISO 19005-2, 6.2.11.8)."""

_NAME: Final = "Banmian-Cells"
_MAPPED_AT_ONCE: Final = 100
"""Maximum number of entries of one bfchar block (Adobe Technical Note 5014)."""

_WRITING: Final = {Direction.HORIZONTAL: "H", Direction.VERTICAL_RL: "V"}


@dataclass(frozen=True, slots=True)
class FontCell:
    """A character with its marks, in a cell so many steps long in the direction of writing."""

    piece: str
    direction: Direction
    steps: int

    @property
    def glyph(self) -> int:
        """The glyph of the font program: level cells from 1 on, then upright ones."""
        return self.steps + (LONGEST if self.direction is Direction.VERTICAL_RL else 0)


def steps_of(ems: float) -> int:
    """The length of the cell that comes nearest to so many ems."""
    return min(max(1, round(ems * EM / STEP)), LONGEST)


class Alphabet:
    """What a document's text layer writes, by code; the same cells in the same order get the same codes."""

    def __init__(self, font_codes: int = FONT_CODES) -> None:
        self._codes: dict[FontCell, int] = {}
        self._font_codes = font_codes

    def code(self, cell: FontCell) -> tuple[str, int]:
        """The font resource (`/H0`, `/V0`, `/H1` …) that has the cell, and the cell's code in it.

        A font is full with 65,535 cells; a text of more goes on with the next.
        """
        number, code = divmod(self._codes.setdefault(cell, len(self._codes)), self._font_codes)
        return f"/{_WRITING[cell.direction]}{number}", code + 1

    def fonts(self, pdf: pikepdf.Pdf) -> Dictionary:
        """The font resources of all pages, made in `pdf` from all codes given out so far."""
        program = pdf.make_indirect(pikepdf.Stream(pdf, _program(), Length1=len(_program())))
        cells, fonts = list(self._codes), Dictionary()
        for number, start in enumerate(range(0, len(cells), self._font_codes)):
            for writing, font in _fonts(pdf, program, cells[start : start + self._font_codes]):
                fonts[f"/{writing}{number}"] = font
        return fonts


def _fonts(pdf: pikepdf.Pdf, program: pikepdf.Object, cells: list[FontCell]) -> Iterator[tuple[str, pikepdf.Object]]:
    """A font for each direction, over the same descendant."""
    to_unicode = pdf.make_indirect(pikepdf.Stream(pdf, _to_unicode([cell.piece for cell in cells])))
    descendants = Array([pdf.make_indirect(_descendant(pdf, program, cells))])
    for writing in _WRITING.values():
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/{_NAME}"), ToUnicode=to_unicode)
        font.Encoding, font.DescendantFonts = Name(f"/Identity-{writing}"), descendants
        yield writing, pdf.make_indirect(font)


def _descendant(pdf: pikepdf.Pdf, program: pikepdf.Object, cells: list[FontCell]) -> Dictionary:
    glyphs = b"".join(cell.glyph.to_bytes(2, "big") for cell in cells)
    font = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{_NAME}"))
    font.CIDSystemInfo = Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0)
    font.FontDescriptor = pdf.make_indirect(_descriptor(program))
    font.CIDToGIDMap = pikepdf.Stream(pdf, b"\0\0" + glyphs)
    font.DW, font.DW2 = EM, Array([ASCENT, -EM])
    font.W = Array([1, Array([_width(cell.glyph) for cell in cells])])
    font.W2 = Array([1, Array([n for cell in cells for n in (_depth(cell), _width(cell.glyph) // 2, ASCENT)])])
    return font


def _depth(cell: FontCell) -> int:
    """How far writing downwards goes on, as a PDF tells it."""
    return -STEP * cell.steps if cell.direction is Direction.VERTICAL_RL else -EM


def _width(glyph: int) -> int:
    return EM if glyph == 0 or glyph > LONGEST else STEP * glyph


def _descriptor(program: pikepdf.Object) -> Dictionary:
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{_NAME}"),
        Flags=4,  # symbolic: its characters are of no standard Latin set
        FontBBox=Array([0, min(ASCENT - EM, ASCENT - STEP * LONGEST), STEP * LONGEST, ASCENT]),
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=ASCENT - EM,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=program,
    )


def _to_unicode(pieces: list[str]) -> bytes:
    lines = [f"<{code:04x}> <{piece.encode('utf-16-be').hex()}>" for code, piece in enumerate(pieces, start=1)]
    blocks = "\n".join(_blocks(lines))
    return f"""\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
""".encode("ascii")


def _blocks(lines: list[str]) -> Iterator[str]:
    for start in range(0, len(lines), _MAPPED_AT_ONCE):
        block = lines[start : start + _MAPPED_AT_ONCE]
        yield "\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"])


@cache
def _program() -> bytes:
    """A TrueType font of .notdef and the cells; the same bytes each time."""
    names = [".notdef", *(f"cell{n}" for n in range(1, 2 * LONGEST + 1))]
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupGlyf({name: _outline(glyph) for glyph, name in enumerate(names)})
    font.setupHorizontalMetrics({name: (_width(glyph), 0) for glyph, name in enumerate(names)})
    font.setupHorizontalHeader(ascent=ASCENT, descent=ASCENT - EM)
    font.updateHead(created=0, modified=0)
    font.font.recalcTimestamp = False
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _outline(glyph: int) -> Glyph:
    """The cell's rectangle, by which readers know where the character is."""
    right, top = _width(glyph), ASCENT
    foot = top - (STEP * (glyph - LONGEST) if glyph > LONGEST else EM)
    pen = TTGlyphPen(None)
    pen.moveTo((0, foot))
    for corner in ((0, top), (right, top), (right, foot)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
