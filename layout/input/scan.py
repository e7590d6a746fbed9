"""A picture file becomes a Scan: upright, 8-bit grey, with its colours at a reduced size beside it."""

from __future__ import annotations

import contextlib
import math
import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

import cv2
import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from layout.errors import BanmianError, LockedError, PageFailed
from layout.input.limits import MAX_PIXELS, MAX_SIDE
from layout.pdf_glyph import TypedGlyph
from layout.sheet import Gray

Color = npt.NDArray[np.uint8]
"""Shape (height, width, 3), blue green red, 0 to 255, origin top left."""

_FAINTEST: Final = 24
"""Difference of gray of the faintest type that is seen; a light tint of a screen is less."""

DPI: Final = (30.0, 5_000.0)
"""Dots an inch that are believed, least and most."""

_MIRRORED: Final = frozenset({2, 3, 6, 7})
_FLIPPED: Final = frozenset({3, 4, 7, 8})
_TRANSPOSED: Final = frozenset({5, 6, 7, 8})
"""EXIF orientations after which columns run backwards, rows run backwards, and both are exchanged (done first)."""

COLOR_PIXELS: Final = 4_000_000
"""Colour is kept at about this many pixels at most: enough for pictures and tints, 12 MB a page."""

FORMATS: Final = ("JPEG", "PNG", "BMP", "PPM", "TIFF", "JPEG2000", "WEBP")
"""What archives scan to; other decoders of Pillow stay shut to hostile files.

The first four first: Pillow has them at hand, and loads some forty others as soon as it is asked for a fifth.
"""

# Pillow would warn at 89 million pixels and refuse at twice that, for the whole process. `_within` refuses instead,
# from the header alone and before anything is decoded.
Image.MAX_IMAGE_PIXELS = None

_NOT_A_SCAN: Final = "Banmian takes TIFF, JPEG, PNG, JPEG 2000, WebP, BMP, PPM and PDF; convert it, or take it out."
_DAMAGED: Final = "Copy the file again from its source, or scan the page again; then run Banmian once more."
_OPAQUE: Final = (255, 255)
"""Least and greatest alpha of a picture through which nothing shows."""
_REDUCED_OR_MASK: Final = 0b101
"""Bits of NewSubfileType of a thumbnail and of a mask (TIFF 6.0, page 36)."""
_JPEGS: Final = {"JPEG", "MPO"}

T = TypeVar("T")


@dataclass(frozen=True)
class Scan:
    """One page as it was scanned, upright by its EXIF orientation. Every coordinate of a Page is one of its pixels.

    `gray` is (height, width) uint8, 0 black to 255 white. `color` is None where the file has no colour; else BGR
    uint8 at a reduced size: the colour of the scan's pixel (x, y) is `color[y // color_step, x // color_step]`.
    `dpi` is what the file states, None where it states nothing believable. `typed` is what a PDF page carries as text.
    """

    gray: Gray
    color: Color | None
    color_step: int
    dpi: float | None
    source: str
    frame: int
    typed: tuple[TypedGlyph, ...] = ()

    @property
    def width(self) -> int:
        return int(self.gray.shape[1])

    @property
    def height(self) -> int:
        return int(self.gray.shape[0])


def frames(path: str | os.PathLike[str]) -> int:
    """How many pages the file holds: pages of a PDF, full pictures of a TIFF (thumbnails and masks left out), else 1.

    Raises PageFailed for a file that is no picture, empty, or cannot be opened.
    """
    file = Path(path)

    def count() -> int:
        if is_pdf(file):
            from layout.input import pdf_page as pdf  # noqa: PLC0415 - slow to load, and few scans are PDFs

            return pdf.count(file)
        with _opened(file) as image:
            return len(_full_pictures(image))

    return _explained(file, 0, count)


def open_scan(path: str | os.PathLike[str], frame: int = 0, *, max_pixels: int = MAX_PIXELS) -> Scan:
    """The page at `frame` (from 0) of the file.

    Samples of more than 8 bits are scaled from the depth that the picture uses (8, 10, 12, 14 or 16 bits); alpha is
    laid on white; a PDF page that is one scanned picture is drawn at that picture's own resolution, any other at 300
    dpi. Raises PageFailed for a file that is no picture, is truncated, empty or has no such frame, and, before
    anything is decoded, for one that claims more than `max_pixels`.
    """
    file = Path(path)

    def read() -> Scan:
        if is_pdf(file):
            return _of_pdf(file, frame, max_pixels)
        with _opened(file) as image:
            return _of_image(image, file, frame, max_pixels)

    return _explained(file, frame, read)


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[Image.Image]:
    """The picture, its header read and nothing decoded.

    Opened as a stream: given a name, Pillow 13.0 maps an uncompressed TIFF into memory, and garbles one that its
    orientation tag turns by a quarter.
    """
    with file.open("rb") as stream, Image.open(stream, formats=FORMATS) as image:
        yield image


def look_at(path: str | os.PathLike[str], frame: int, look: Callable[[Image.Image], T]) -> T:
    """What `look` makes of the picture at `frame` as the file holds it: nothing decoded yet, not turned upright.

    A page of a PDF is drawn as `open_scan` draws it, in colour. Raises what `open_scan` raises.
    """
    file = Path(path)

    def looked() -> T:
        if is_pdf(file):
            return look(_drawn(file, frame))
        with _opened(file) as image:
            _seek(image, file, frame, MAX_PIXELS)
            return look(image)

    return _explained(file, frame, looked)


def is_pdf(file: Path) -> bool:
    """Whether the file begins like a PDF; its name is not asked. The mark may lie within the first 1,024 bytes."""
    with file.open("rb") as stream:
        return b"%PDF-" in stream.read(1024)


def _drawn(file: Path, frame: int) -> Image.Image:
    from layout.input import pdf_page as pdf  # noqa: PLC0415

    with pdf.page(file, frame) as sheet:
        if sheet is None:
            raise _no_such_frame(file, frame, pdf.count(file))
        _within(sheet.size, MAX_PIXELS, file, frame)
        image = Image.fromarray(sheet.draw_color(1.0)[:, :, ::-1])
        image.info["dpi"] = (sheet.dpi, sheet.dpi)
        return image


def _seek(image: Image.Image, file: Path, frame: int, max_pixels: int) -> None:
    """Turns to the page at `frame`; refuses one that is not there, or claims too much."""
    places = _full_pictures(image)
    if not 0 <= frame < len(places):
        raise _no_such_frame(file, frame, len(places))
    if places[frame]:
        image.seek(places[frame])
    _within(image.size, max_pixels, file, frame)


def _of_image(image: Image.Image, file: Path, frame: int, max_pixels: int) -> Scan:
    _seek(image, file, frame, max_pixels)
    dpi = _dpi(image)
    gray, color = _jpeg_planes(image, file) if image.mode == "RGB" and image.format in _JPEGS else _planes(image)
    return _scan(gray, color, dpi, (str(file), frame))


def _of_pdf(file: Path, frame: int, max_pixels: int) -> Scan:
    from layout.input import pdf_page as pdf  # noqa: PLC0415

    with pdf.page(file, frame) as sheet:
        if sheet is None:
            raise _no_such_frame(file, frame, pdf.count(file))
        _within(sheet.size, max_pixels, file, frame)
        gray = sheet.draw_gray()
        small = sheet.draw_color(1 / _color_step(gray))
        typed = tuple(g for g in sheet.typed() if _is_seen(g, gray))
    return replace(_scan(gray, small, sheet.dpi, (str(file), frame)), typed=typed)


def _is_seen(glyph: TypedGlyph, gray: Gray) -> bool:
    """Whether a glyph shows on the drawn page: what lies under a white box, or is white on white, is not printed."""
    b = glyph.box
    place = gray[max(0, b.y0 - 1) : b.y1 + 1, max(0, b.x0 - 1) : b.x1 + 1]
    return place.size > 0 and int(place.max()) - int(place.min()) >= _FAINTEST


def _scan(gray: Gray, color: Color | None, dpi: float | None, where: tuple[str, int]) -> Scan:
    step = _color_step(gray)
    if color is not None:
        color = None if _is_colorless(color) else _fit(color, gray, step)
    return Scan(np.ascontiguousarray(gray), color, step, dpi, *where)


def _explained(file: Path, frame: int, work: Callable[[], T]) -> T:
    """The work's result; what any decoder raises becomes a PageFailed with path, cause and remedy.

    Decoders raise nearly every class of exception on damaged bytes (struct.error, SyntaxError, KeyError, MemoryError
    ...), so this one place catches them all. The cause stays attached.
    """
    try:
        with warnings.catch_warnings(action="ignore"):  # Pillow warns of damaged tags that no page depends on
            return work()
    except BanmianError:
        raise
    except Exception as e:
        met, remedy = _cause(file, e)
        place = f"{file}" if frame == 0 else f"{file}, frame {frame}"
        raise PageFailed(f"{place}: {met}", remedy) from e


_CAUSES: Final[tuple[tuple[type[Exception], str, str], ...]] = (
    (FileNotFoundError, "the file is not there", "Look whether it was moved or renamed while Banmian ran."),
    (PermissionError, "the file may not be read", "Give yourself the right to read it: chmod u+r FILE"),
    (IsADirectoryError, "this is a folder, not a scan", "Give the folder itself as input; its scans become one issue."),
    (LockedError, "the PDF is locked with a password", "Save a copy without the password and run Banmian on that."),
    (MemoryError, "there is not enough memory to open it", "Run with fewer jobs, or scan at a lower resolution."),
    (UnidentifiedImageError, "the file is no picture that Banmian knows", _NOT_A_SCAN),
)


def _cause(file: Path, error: Exception) -> tuple[str, str]:
    if file.is_file() and file.stat().st_size == 0:
        return "the file is empty (0 bytes)", _DAMAGED
    for kind, met, remedy in _CAUSES:
        if isinstance(error, kind):
            return met, remedy
    return f"the picture is damaged or cut short ({type(error).__name__}: {error})", _DAMAGED


def _no_such_frame(file: Path, frame: int, count: int) -> PageFailed:
    return PageFailed(
        f"{file}: there is no frame {frame}; the file holds {count}, counted from 0",
        "The file changed since it was taken in; run Banmian on it anew.",
    )


def _within(size: tuple[int, int], max_pixels: int, file: Path, frame: int) -> None:
    width, height = size
    if width * height <= max_pixels and max(size) <= MAX_SIDE:
        return
    limit = f"{max_pixels / 1e6:.0f} million pixels and {MAX_SIDE:,} a side"
    raise PageFailed(
        f"{file}, frame {frame}: the picture claims {width:,} x {height:,} pixels "
        f"({width * height / 1e6:.0f} million) in a file of {file.stat().st_size:,} bytes; the limit is {limit}",
        "If it is an honest scan, save it at a lower resolution (300 dpi will do); if you do not know it, take it out.",
    )


def _full_pictures(image: Image.Image) -> list[int]:
    """Where the pages lie among the file's pictures: a TIFF's thumbnails and masks are none.

    Animations and the second picture of a camera's MPO are not pages either.
    """
    count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    if count == 1:
        return [0]
    found = []
    for place in range(count):
        image.seek(place)
        if not int(_tag(image, ExifTags.Base.NewSubfileType, 0)) & _REDUCED_OR_MASK:
            found.append(place)
    image.seek(0)
    return found or [0]


def _tag(image: Image.Image, tag: int, default: int) -> int:
    value = getattr(image, "tag_v2", {}).get(tag, default)
    return int(value[0] if isinstance(value, tuple) else value)


def _dpi(image: Image.Image) -> float | None:
    """Dots an inch from left to right; None where nothing believable is stated."""
    stated = image.info.get("dpi")
    if not stated:
        return None
    value = float(stated[0])
    return round(value, 2) if math.isfinite(value) and DPI[0] <= value <= DPI[1] else None


def _jpeg_planes(image: Image.Image, file: Path) -> tuple[Gray, Color]:
    """Luminance straight from the JPEG, and colour decoded at a reduced size: a third of a full decode's cost."""
    orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    with _opened(file) as luminance:
        luminance.draft("L", None)
        gray = np.asarray(luminance.convert("L"))
    step = _color_step(gray)
    image.draft("RGB", (math.ceil(image.width / step), math.ceil(image.height / step)))
    color = np.asarray(image.convert("RGB"))[:, :, ::-1]
    return _turned(gray, orientation), _turned(color, orientation)


def _planes(image: Image.Image) -> tuple[Gray, Color | None]:
    white_is_zero = (
        image.mode.startswith("I;16") and _tag(image, ExifTags.Base.PhotometricInterpretation, 1) == 0
    )  # Pillow leaves it so
    image.load()
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"F", "I"} or upright.mode.startswith("I;"):
        gray = _eight_bits(np.asarray(upright))
        return (np.bitwise_not(gray) if white_is_zero else gray), None
    if upright.mode in {"1", "L"} and "transparency" not in upright.info:
        return np.asarray(upright.convert("L")), None
    if upright.mode == "LAB":
        return np.asarray(upright.getchannel(0)), None
    flat = on_white(upright)
    step = _color_step(np.broadcast_to(np.uint8(0), flat.size[::-1]))
    small = np.asarray(flat.reduce(step) if step > 1 else flat)
    return np.asarray(flat.convert("L")), small[:, :, ::-1]


def on_white(image: Image.Image) -> Image.Image:
    """The picture in RGB; where it is transparent, paper shows."""
    if image.mode not in {"RGBA", "RGBa", "LA", "La", "PA"} and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    if layer.getchannel("A").getextrema() == _OPAQUE:  # as pictures of a screen have it: nothing shows through
        return layer.convert("RGB")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def _eight_bits(samples: npt.NDArray[Any]) -> Gray:
    """The samples scaled to 8 bits from the depth that they use: 12-bit samples in 16-bit words are common."""
    top = float(np.max(samples, initial=0))
    if np.issubdtype(samples.dtype, np.floating):
        full = next((f for f in (1.0, 255.0, 65535.0) if top <= f), top)
        divisor: float = full / 255.0
    else:
        used = max(8, int(top).bit_length())
        divisor = 2 ** (used + used % 2 - 8)
    gray: Gray = np.clip(samples // divisor, 0, 255).astype(np.uint8)
    return gray


def _turned(pixels: npt.NDArray[np.uint8], orientation: int) -> npt.NDArray[np.uint8]:
    """The pixels upright, as EXIF's orientation 1 to 8 asks."""
    if orientation in _TRANSPOSED:
        pixels = pixels.swapaxes(0, 1)
    if orientation in _MIRRORED:
        pixels = pixels[:, ::-1]
    if orientation in _FLIPPED:
        pixels = pixels[::-1]
    upright: npt.NDArray[np.uint8] = np.ascontiguousarray(pixels)
    return upright


def _color_step(gray: Gray) -> int:
    return max(1, math.ceil(math.sqrt(gray.shape[0] * gray.shape[1] / COLOR_PIXELS)))


def _fit(color: Color, gray: Gray, step: int) -> Color:
    """The colour at exactly one pixel for each `step` by `step` pixels of grey, the last ones partly filled."""
    height, width = math.ceil(gray.shape[0] / step), math.ceil(gray.shape[1] / step)
    if color.shape[:2] == (height, width):
        return np.ascontiguousarray(color)
    return np.asarray(cv2.resize(color, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _is_colorless(color: Color) -> bool:
    """Whether the three planes are equal all over: a grey scan stored as RGB."""
    return bool((color[:, :, 0] == color[:, :, 1]).all() and (color[:, :, 1] == color[:, :, 2]).all())
