"""A page as a newspaper's own PDF: its type as text, bold headlines printed twice a hair apart, pictures beside it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image

from samples.typeset.canvas import Ink
from samples.typeset.faces import HEI, HEI_BOLD, ROOT, SONG, Face
from samples.typeset.press import IssuePlan, printed_sheets
from samples.typeset.truth import Mark, PageTruth, PieceKind, TruthLine

POINTS: Final = 72 / 300
"""A pixel of the sheet in points."""
HAIR: Final = 0.012
"""Ems between the two impressions of a bold glyph."""
PICTURE_DPI: Final = 72
EM: Final = 1000
"""Units of an em in the fonts."""

DOUBLED: Final = frozenset({PieceKind.TITLE, PieceKind.SUBHEAD, PieceKind.MASTHEAD})
"""What is made bold by printing it twice."""
_FACES: Final = {
    PieceKind.TITLE: HEI_BOLD, PieceKind.MASTHEAD: HEI_BOLD, PieceKind.SUBHEAD: HEI, PieceKind.KICKER: HEI,
    PieceKind.SUBTITLE: HEI, PieceKind.CAPTION: HEI, PieceKind.FOLIO: HEI,
}  # fmt: skip


@dataclass(frozen=True)
class Font:
    """A face cut down to the characters that are set in it. The Noto fonts may be embedded (SIL Open Font License)."""

    name: str
    face: Face
    characters: frozenset[str]

    @cached_property
    def tables(self) -> TTFont:
        """The font with the glyphs that are used alone, without a date of its own."""
        font = TTFont(ROOT / self.face.path, fontNumber=self.face.index, recalcTimestamp=False, lazy=True)
        options = subset.Options(
            layout_features=[], name_IDs=[], notdef_outline=True, hinting=False, desubroutinize=True
        )
        worker = subset.Subsetter(options)
        worker.populate(unicodes=map(ord, self.characters))
        worker.subset(font)
        return font

    @cached_property
    def _names(self) -> dict[int, str]:
        return dict(self.tables.getBestCmap())

    def cid(self, char: str) -> int:
        """The number under which the font's CFF table keeps the glyph."""
        return int(self._names[ord(char)].removeprefix("cid"))

    def width(self, char: str) -> int:
        """The width in thousandths of an em."""
        return int(self.tables["hmtx"][self._names[ord(char)]][0])

    def middle(self, char: str) -> tuple[float, float]:
        """The middle of the glyph's ink from its origin, upwards, in ems."""
        table = self.tables["CFF "].cff
        box = table[0].CharStrings[self._names[ord(char)]].calcBounds(table[0].CharStrings)
        x0, y0, x1, y1 = box or (0, 0, EM, 0)
        return (x0 + x1) / 2 / EM, (y0 + y1) / 2 / EM

    def put_into(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font as a PDF wants it: a composite font, its codes the CIDs, with a way back to Unicode."""
        data = io.BytesIO()
        self.tables["CFF "].cff.compile(data, self.tables)
        file = pikepdf.Stream(pdf, data.getvalue(), {"/Subtype": pikepdf.Name.CIDFontType0C})
        name = pikepdf.Name(f"/BANMIA+{self.name}")
        descriptor = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.FontDescriptor,
                FontName=name,
                Flags=4,
                FontBBox=[-1000, -300, 2000, 1200],
                ItalicAngle=0,
                Ascent=880,
                Descent=-120,
                CapHeight=733,
                StemV=80,
                FontFile3=pdf.make_indirect(file),
            )
        )
        widths = [entry for c in sorted(self.characters, key=self.cid) for entry in (self.cid(c), [self.width(c)])]
        descendant = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0, BaseFont=name, DW=EM, W=widths,
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            FontDescriptor=descriptor,
        )  # fmt: skip
        return pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type0,
                BaseFont=name,
                Encoding=pikepdf.Name("/Identity-H"),
                DescendantFonts=[pdf.make_indirect(descendant)],
                ToUnicode=pdf.make_indirect(pikepdf.Stream(pdf, self._to_unicode())),
            )
        )

    def _to_unicode(self) -> bytes:
        pairs = sorted((self.cid(c), c.encode("utf-16-be").hex()) for c in self.characters)
        blocks = [pairs[n : n + 100] for n in range(0, len(pairs), 100)]
        body = "\n".join(
            f"{len(block)} beginbfchar\n" + "\n".join(f"<{cid:04x}> <{code}>" for cid, code in block) + "\nendbfchar"
            for block in blocks
        )
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Banmian def /CMapType 2 def\n"
            f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{body}\nendcmap end end\n"
        ).encode()


def issue_pdf(issue: IssuePlan) -> bytes:
    """The issue as one PDF, a page a sheet; the same plan gives the same bytes."""
    sheets = printed_sheets(issue)
    fonts = _fonts([truth for _, truth in sheets])
    pdf = pikepdf.new()
    resources = pikepdf.Dictionary({f"/{f.name}": f.put_into(pdf) for f in fonts.values()})
    for sheet, truth in sheets:
        page = pdf.add_blank_page(page_size=(truth.width * POINTS, truth.height * POINTS))
        pictures = {f"/P{n}": _picture(pdf, sheet.ink, m) for n, m in enumerate(_pictures(truth))}
        page.Resources = pikepdf.Dictionary(Font=resources, XObject=pikepdf.Dictionary(pictures))
        page.Contents = pikepdf.Stream(pdf, "\n".join(_content(truth, fonts)).encode("ascii"))
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _face(line: TruthLine) -> Face:
    return _FACES.get(line.kind, SONG)


def _fonts(truths: Sequence[PageTruth]) -> dict[Face, Font]:
    used: dict[Face, set[str]] = {}
    for line in (n for t in truths for n in t.lines):
        used.setdefault(_face(line), set()).update(c for c in line.text if not c.isspace())
    return {face: Font(f"F{n}", face, frozenset(chars)) for n, (face, chars) in enumerate(sorted(
        used.items(), key=lambda item: item[0].path + str(item[0].index)))}  # fmt: skip


def _content(truth: PageTruth, fonts: dict[Face, Font]) -> Iterator[str]:
    for mark in truth.marks:
        if mark.kind == "rule":
            yield f"0 g {_rectangle(mark, truth)} f"
        elif mark.kind == "panel":
            yield f"0.15 g {_rectangle(mark, truth)} f"
        elif mark.kind == "frame":
            yield f"0 G 0.6 w {_rectangle(mark, truth)} S"
    for n, mark in enumerate(_pictures(truth)):
        x0, y0, x1, y1 = mark.box
        yield (
            f"q {(x1 - x0) * POINTS:.2f} 0 0 {(y1 - y0) * POINTS:.2f} {x0 * POINTS:.2f} "
            f"{(truth.height - y1) * POINTS:.2f} cm /P{n} Do Q"
        )
    for line in truth.lines:
        yield from _line(line, fonts[_face(line)], truth.height)


def _line(line: TruthLine, font: Font, height: int) -> Iterator[str]:
    """The line glyph by glyph, each at its place; a doubled one at once a second time."""
    size = line.size * POINTS
    yield f"BT {1 if line.white else 0} g /{font.name} {size:.2f} Tf"
    for char, (x, y) in zip("".join(line.text.split()), line.centres, strict=True):
        dx, dy = font.middle(char)
        left, base = x * POINTS - dx * size, (height - y) * POINTS - dy * size
        for n in range(2 if line.kind in DOUBLED else 1):
            yield f"1 0 0 1 {left + n * HAIR * size:.2f} {base:.2f} Tm <{font.cid(char):04x}> Tj"
    yield "ET"


def _pictures(truth: PageTruth) -> list[Mark]:
    return [m for m in truth.marks if m.kind in {"picture", "cutout"}]


def _rectangle(mark: Mark, truth: PageTruth) -> str:
    x0, y0, x1, y1 = mark.box
    left, low = x0 * POINTS, (truth.height - y1) * POINTS
    return f"{left:.2f} {low:.2f} {max(0.3, (x1 - x0) * POINTS):.2f} {max(0.3, (y1 - y0) * POINTS):.2f} re"


def _picture(pdf: pikepdf.Pdf, ink: Ink, mark: Mark) -> pikepdf.Object:
    x0, y0, x1, y1 = mark.box
    pixels = Image.fromarray(np.ascontiguousarray(ink[y0:y1, x0:x1]))
    small = pixels.resize((max(1, (x1 - x0) * PICTURE_DPI // 300), max(1, (y1 - y0) * PICTURE_DPI // 300)))
    data = io.BytesIO()
    small.save(data, "JPEG", quality=60)
    stream = pikepdf.Stream(pdf, data.getvalue())
    stream.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=small.width, Height=small.height,
        ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    return pdf.make_indirect(stream)
