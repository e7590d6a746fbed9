"""Encodings of scans that a PDF/A-2 can hold as they are."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pikepdf import Name
from PIL import Image
from PIL.ExifTags import Base

_HUFFMAN_FRAMES: Final = {0xC0, 0xC1, 0xC2}
"""JPEG's baseline, extended and progressive frames; PDF knows neither lossless nor arithmetic ones."""

_JPEG_MARKER: Final = 0xFF
"""The byte before each marker of a JPEG (ITU T.81, B.1.1.2)."""
_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of frame headers (ITU T.81, table B.1); those left out are tables and an extension."""
_JP2_BITS_DIFFER: Final = 0xFF
"""The bit depth that a JP2 gives where its channels differ in it (ISO 15444-1, I.5.3.1)."""

_JPEG_CHANNELS: Final = {"L": 1, "RGB": 3}
_PNG_CHANNELS: Final = {0: 1, 2: 3}
_JP2_CHANNELS: Final = {(1, 17): 1, (3, 16): 3}
"""Channels that PDF/A takes, by number of channels and enumerated colour space: grey, sRGB."""

_GROUP4: Final = 4
"""Value of a TIFF's Compression for CCITT Group 4."""
_BLACK_IS_ZERO: Final = 1
"""Value of a TIFF's PhotometricInterpretation where 0 is black."""

Parameters = dict[str, int | bool]


@dataclass(frozen=True, slots=True)
class Kept:
    """The encoded bytes, and what a PDF says of them."""

    data: bytes
    filter: Name
    channels: int
    bits: int = 8
    parameters: Parameters = field(default_factory=dict)


def kept(image: Image.Image, path: Path) -> Kept | None:
    """The encoding of the file, opened as `image` and not yet decoded; None where a PDF/A-2 cannot hold it."""
    keep = _KEEPERS.get(image.format or "")
    return None if keep is None else keep(image, path)


def _jpeg(image: Image.Image, path: Path) -> Kept | None:
    """The JPEG as it is; None in four colours, for which PDF/A would want the profile of a press, and in a rare
    frame."""
    data = path.read_bytes()
    if image.mode not in _JPEG_CHANNELS or _jpeg_frame(data) not in _HUFFMAN_FRAMES:
        return None
    layers: list[tuple[int, ...]] = getattr(image, "layer", [])
    is_rgb = "adobe" not in image.info and bytes(layer[0] for layer in layers) == b"RGB"
    parameters: Parameters = {"ColorTransform": 0} if is_rgb else {}
    return Kept(data, Name.DCTDecode, _JPEG_CHANNELS[image.mode], parameters=parameters)


def _jpeg_frame(data: bytes) -> int | None:
    """The marker of the frame header (ITU T.81, B.1.1.3); None where none is found."""
    at = 2
    while at + 4 <= len(data) and data[at] == _JPEG_MARKER:
        marker = data[at + 1]
        if marker in _JPEG_FRAMES:
            return marker
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _png(image: Image.Image, path: Path) -> Kept | None:
    """The compressed rows; None for two tones, interlaced or transparent pictures, and those with a palette."""
    chunks = list(_png_chunks(path.read_bytes()))
    bits, color, interlaced = struct.unpack(">8xBB2xB", chunks[0][1])
    if color not in _PNG_CHANNELS or interlaced or bits == 1 or any(kind == b"tRNS" for kind, _ in chunks):
        return None
    channels = _PNG_CHANNELS[color]
    rows = b"".join(body for kind, body in chunks if kind == b"IDAT")
    parameters: Parameters = {"Predictor": 15, "Colors": channels, "BitsPerComponent": bits, "Columns": image.width}
    return Kept(rows, Name.FlateDecode, channels, bits, parameters)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of each chunk (PNG, 5.3)."""
    at = 8
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += length + 12


def _jp2(_image: Image.Image, path: Path) -> Kept | None:
    """The JP2 as it is, where it is grey or sRGB and says so once (ISO 19005-2, 6.2.8.3); None for a bare
    codestream."""
    data = path.read_bytes()
    header = list(_jp2_boxes(dict(_jp2_boxes(data)).get(b"jp2h", b"")))
    if sorted(kind for kind, _ in header if kind != b"res ") != [b"colr", b"ihdr"]:
        return None
    parts = dict(header)
    size, bits = struct.unpack(">8xHB", parts[b"ihdr"][:11])
    channels = _JP2_CHANNELS.get((size, _jp2_space(parts[b"colr"])))
    if channels is None or bits == _JP2_BITS_DIFFER:
        return None
    return Kept(data, Name.JPXDecode, channels, (bits & 0x7F) + 1)


def _jp2_space(color: bytes) -> int:
    """The number of the enumerated colour space (ISO 15444-1, I.5.3.3); 0 where a profile is given instead."""
    return int.from_bytes(color[3:7], "big") if color[:1] == b"\1" else 0


def _jp2_boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of each box (ISO 15444-1, I.4); none where the bytes are no boxes."""
    at = 0
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        head = 8
        if length == 1:
            length, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = at + length if length else len(data)
        yield kind, data[at + head : end]
        at = max(end, at + head)


def _tiff(image: Image.Image, path: Path) -> Kept | None:
    """CCITT Group 4 in one strip, its bits in the usual order (TIFF 6.0, 11); what libtiff splits is newly encoded."""
    tags: dict[int, int | tuple[int, ...]] = getattr(image, "tag_v2", {})
    places, lengths = tags.get(Base.StripOffsets), tags.get(Base.StripByteCounts)
    if tags.get(Base.Compression) != _GROUP4 or tags.get(Base.FillOrder, 1) != 1:
        return None
    if not isinstance(places, tuple) or not isinstance(lengths, tuple) or len(places) != 1:
        return None
    with path.open("rb") as stream:
        stream.seek(places[0])
        data = stream.read(lengths[0])
    parameters: Parameters = {"K": -1, "Columns": image.width, "Rows": image.height}
    if tags.get(Base.PhotometricInterpretation) == _BLACK_IS_ZERO:
        parameters["BlackIs1"] = True  # the coder takes the picture's zeros for white
    return Kept(data, Name.CCITTFaxDecode, channels=1, bits=1, parameters=parameters)


_KEEPERS: Final[dict[str, Callable[[Image.Image, Path], Kept | None]]] = {
    "JPEG": _jpeg,
    "MPO": _jpeg,
    "PNG": _png,
    "JPEG2000": _jp2,
    "TIFF": _tiff,
}
