"""A scan as a picture in a PDF/A-2: in its own encoding where PDF/A takes that, newly encoded where not.

Kept byte for byte are JPEG, JP2, PNG's compressed rows and a TIFF's strip of CCITT Group 4. Newly encoded is what
PDF/A-2 cannot hold or what no PDF knows: two tones as CCITT Group 4, which loses nothing; the rest as JPEG of quality
90 with colour at full resolution. The scans themselves, not the PDF, are what an archive keeps as its master.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ExifTags, Image, ImageChops, ImageOps

from banmian.archive.pdf.passthrough import kept
from layout.geometry import Point
from layout.input.scan import look_at, on_white, open_scan

JPEG_QUALITY: Final = 90
"""Quality of a new JPEG, 0 to 95, with colour at full resolution: strokes show no halos."""

_ON_THEIR_SIDE: Final = frozenset({5, 6, 7, 8})
"""EXIF's orientations that exchange width and height."""
_DPI: Final = (30, 5_000)
"""Dots an inch, least and most, that are believed of a scan."""
_ICC_HEADER: Final = 128
"""Bytes of the header of a colour profile."""
_ICC_NEWEST: Final = 4
"""Major version of a colour profile, at most, in PDF/A-2."""
_CHANNELS: Final = {"1": 1, "L": 1, "RGB": 3}
_SPACES: Final = {1: Name.DeviceGray, 3: Name.DeviceRGB}
_ICC_SPACES: Final = {1: b"GRAY", 3: b"RGB "}
_ICC_CLASSES: Final = {b"scnr", b"mntr", b"prtr", b"spac"}
_GRAY_ONLY: Final = {"F", "I", "LAB"}


@dataclass(frozen=True, slots=True)
class ScanImage:
    """An encoded picture: its bytes, what a PDF says of them, and how it has to be turned.

    `size` is that of the stored pixels; `orientation` is EXIF's, 1 to 8. `dpi` is what the file states to the right
    and down on the upright page, None where it states nothing believable.
    """

    data: bytes
    size: tuple[int, int]
    filter: Name
    channels: int
    bits: int = 8
    parameters: dict[str, int | bool] = field(default_factory=dict)
    profile: bytes | None = None
    orientation: int = 1
    dpi: tuple[float, float] | None = None

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height of the upright page in pixels, in which every box is told."""
        return self.size[::-1] if self.orientation in _ON_THEIR_SIDE else self.size

    def place(self) -> tuple[Point, Point, Point]:
        """The place of the stored picture on the upright page: the vector along the stored rows, the one up the stored
        columns, and where they begin.

        These are what the unit square of a PDF picture is carried to.
        """
        width, height = self.upright
        left, right, foot = ((x * width, y * height) for x, y in _CORNERS[self.orientation])
        along, up = (right[0] - left[0], right[1] - left[1]), (left[0] - foot[0], left[1] - foot[1])
        return along, up, foot

    def stream(self, pdf: pikepdf.Pdf) -> pikepdf.Stream:
        """The picture as an object of `pdf`."""
        width, height = self.size
        entries = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, Filter=self.filter)
        entries.ColorSpace, entries.BitsPerComponent = self._space(pdf), self.bits
        if self.parameters:
            entries.DecodeParms = Dictionary({f"/{key}": value for key, value in self.parameters.items()})
        return pikepdf.Stream(pdf, self.data, entries)

    def _space(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        if self.profile is None:
            return _SPACES[self.channels]
        return Array([Name.ICCBased, pikepdf.Stream(pdf, self.profile, N=self.channels)])


_CORNERS: Final[dict[int, tuple[Point, Point, Point]]] = {
    1: ((0, 0), (1, 0), (0, 1)),
    2: ((1, 0), (0, 0), (1, 1)),
    3: ((1, 1), (0, 1), (1, 0)),
    4: ((0, 1), (1, 1), (0, 0)),
    5: ((0, 0), (0, 1), (1, 0)),
    6: ((1, 0), (1, 1), (0, 0)),
    7: ((1, 1), (1, 0), (0, 1)),
    8: ((0, 1), (0, 0), (1, 1)),
}
"""Corners by EXIF orientation: where the stored picture's upper left, upper right and lower left corners lie."""


def picture(path: Path, frame: int) -> ScanImage:
    """The page at `frame` of a scan's file; raises PageFailed where it is gone, damaged, or has no such page."""
    return look_at(path, frame, partial(_encoded, path, frame))


def _encoded(path: Path, frame: int, image: Image.Image) -> ScanImage:
    as_it_is = kept(image, path)
    if as_it_is is None:
        new = _anew(pixels(image, path, frame))
    else:
        orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
        coded = ScanImage(as_it_is.data, image.size, as_it_is.filter, as_it_is.channels, as_it_is.bits)
        new = replace(coded, parameters=as_it_is.parameters, orientation=orientation if orientation in _CORNERS else 1)
    return replace(new, profile=_profile(image, new.channels), dpi=_dpi(image))


def pixels(image: Image.Image, path: Path, frame: int) -> Image.Image:
    """The picture upright, in two tones, 8-bit grey or RGB: the least that shows all of it."""
    if image.mode in _GRAY_ONLY or image.mode.startswith("I;"):
        return _two_tones(Image.fromarray(open_scan(path, frame).gray))
    image.load()
    flat = ImageOps.exif_transpose(image)
    flat = flat if flat.mode in {"1", "L"} and "transparency" not in flat.info else on_white(flat)
    return _two_tones(_gray(flat) if flat.mode == "RGB" else flat)


def _two_tones(image: Image.Image) -> Image.Image:
    """A grey picture of black and white alone as what it is."""
    tones = image.getcolors(2) if image.mode == "L" else None
    only = tones is not None and all(value in {0, 255} for _, value in tones)
    return image.convert("1", dither=Image.Dither.NONE) if only else image


def _gray(image: Image.Image) -> Image.Image:
    """An RGB picture as grey where its three planes are equal all over."""
    red, *others = image.split()
    same = all(ImageChops.difference(red, other).getbbox() is None for other in others)
    return red if same else image


def _anew(image: Image.Image) -> ScanImage:
    if image.mode == "1":
        return _group4(image)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return ScanImage(out.getvalue(), image.size, Name.DCTDecode, _CHANNELS[image.mode])


def _group4(image: Image.Image) -> ScanImage:
    """CCITT Group 4 as libtiff writes it, all rows in one strip. It takes zeros for white, so white is zero here."""
    out = io.BytesIO()
    whole = (image.width + 7) // 8 * image.height
    ImageChops.invert(image).save(out, "TIFF", compression="group4", strip_size=whole)
    with Image.open(out, formats=["TIFF"]) as tiff:
        tags: dict[int, tuple[int, ...]] = getattr(tiff, "tag_v2", {})
        (start,), (length,) = tags[ExifTags.Base.StripOffsets], tags[ExifTags.Base.StripByteCounts]
    parameters: dict[str, int | bool] = {"K": -1, "Columns": image.width, "Rows": image.height}
    data = out.getvalue()[start : start + length]
    return ScanImage(data, image.size, Name.CCITTFaxDecode, channels=1, bits=1, parameters=parameters)


def _profile(image: Image.Image, channels: int) -> bytes | None:
    """The colour profile that the file carries, where PDF/A-2 takes it (6.2.4.2) and it is one of these channels."""
    data = image.info.get("icc_profile") or b""
    if len(data) < _ICC_HEADER or int.from_bytes(data[:4], "big") != len(data) or data[8] > _ICC_NEWEST:
        return None
    fits = data[16:20] == _ICC_SPACES[channels] and data[12:16] in _ICC_CLASSES
    return data if fits else None


def _dpi(image: Image.Image) -> tuple[float, float] | None:
    """Dots an inch to the right and down on the upright page; None where the file states nothing believable."""
    stated = image.info.get("dpi")
    if not stated or not all(_DPI[0] <= n <= _DPI[1] for n in map(float, stated)):
        return None
    right, down = float(stated[0]), float(stated[1])
    return (down, right) if image.getexif().get(ExifTags.Base.Orientation, 1) in _ON_THEIR_SIDE else (right, down)
