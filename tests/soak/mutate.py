"""Files that mean harm, or were harmed: made from pages of our own, each from its seed."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from tests.banmian import pages

FORMS: dict[str, dict[str, object]] = {
    "png": {"format": "PNG"},
    "jpg": {"format": "JPEG", "quality": 80},
    "lzw.tif": {"format": "TIFF", "compression": "tiff_lzw"},
    "g4.tif": {"format": "TIFF", "compression": "group4"},
    "raw.tif": {"format": "TIFF"},
    "jp2": {"format": "JPEG2000"},
    "bmp": {"format": "BMP"},
    "webp": {"format": "WEBP"},
    "pdf": {"format": "PDF"},
}
SUFFIXES = (".png", ".jpg", ".tif", ".jp2", ".bmp", ".webp", ".pdf", ".ppm")


def originals(folder: Path) -> list[tuple[str, bytes]]:
    """A page in every form, and a TIFF of three; each with its suffix."""
    page = Image.open(pages.page(folder / "original.png"))
    found = []
    for name, options in FORMS.items():
        out = io.BytesIO()
        page.convert("1" if "g4" in name else "L").save(out, **options)  # type: ignore[arg-type]
        found.append((f".{name.rpartition('.')[2]}", out.getvalue()))
    out = io.BytesIO()
    page.save(out, "TIFF", save_all=True, append_images=[page, page])
    return [*found, (".tif", out.getvalue())]


def mutations(folder: Path, count: int, seed: int = 8) -> Iterator[tuple[str, bytes]]:
    """So many files, each with its suffix: bombs first, then harmed pages of every form."""
    yield from list(bombs())[:count]
    sources = originals(folder)
    for number in range(count - len(list(bombs()))):
        chance = random.Random(seed * 1_000_003 + number)
        suffix, data = chance.choice(sources)
        yield chance.choice(_HARMS)(chance, suffix, data)


def _truncated(chance: random.Random, suffix: str, data: bytes) -> tuple[str, bytes]:
    return suffix, data[: chance.randrange(len(data))]


def _flipped(chance: random.Random, suffix: str, data: bytes) -> tuple[str, bytes]:
    out = bytearray(data)
    for _ in range(chance.choice([1, 3, 10, 100])):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return suffix, bytes(out)


def _head_flipped(chance: random.Random, suffix: str, data: bytes) -> tuple[str, bytes]:
    """Where sizes, offsets and counts stand."""
    out = bytearray(data)
    for _ in range(chance.choice([1, 2, 5])):
        out[chance.randrange(min(len(out), 200))] = chance.choice([0, 1, 0x7F, 0x80, 0xFF])
    return suffix, bytes(out)


def _tail_flipped(chance: random.Random, suffix: str, data: bytes) -> tuple[str, bytes]:
    """Where a TIFF's directories and a PDF's table stand."""
    out = bytearray(data)
    for _ in range(chance.choice([1, 5, 20])):
        out[-1 - chance.randrange(min(len(out), 400))] = chance.randrange(256)
    return suffix, bytes(out)


def _renamed(chance: random.Random, _: str, data: bytes) -> tuple[str, bytes]:
    return chance.choice(SUFFIXES), data


def _zeroed(chance: random.Random, suffix: str, data: bytes) -> tuple[str, bytes]:
    first = chance.randrange(len(data))
    length = min(len(data) - first, chance.randrange(1, 5000))
    return suffix, data[:first] + bytes(length) + data[first + length :]


def _empty(_: random.Random, suffix: str, __: bytes) -> tuple[str, bytes]:
    return suffix, b""


def _doubled(chance: random.Random, suffix: str, data: bytes) -> tuple[str, bytes]:
    """A piece of the file stands in it twice: offsets lead astray."""
    first = chance.randrange(len(data))
    return suffix, data[:first] + data[max(0, first - chance.randrange(1, 3000)) :]


def _dpi(chance: random.Random, _: str, __: bytes) -> tuple[str, bytes]:
    """Absurd resolutions."""
    out = io.BytesIO()
    dpi = chance.choice([0, 1, 1e-9, 65_535, 4e9])
    Image.new("L", (300, 200), 250).save(out, "TIFF", dpi=(dpi, dpi))
    return ".tif", out.getvalue()


_HARMS: tuple[Callable[[random.Random, str, bytes], tuple[str, bytes]], ...] = (
    _truncated, _flipped, _head_flipped, _tail_flipped, _renamed, _zeroed, _doubled, _dpi, _empty,
)  # fmt: skip


def bombs() -> Iterator[tuple[str, bytes]]:
    """Small files that claim, or become, much; and files that lead in a ring."""
    yield ".png", png(60_000, 60_000)
    yield ".png", png(20_000, 19_900)
    yield ".tif", tiff(24_000, 25_000)
    yield ".tif", tiff(20_000, 19_900)
    yield ".tif", tiff(1000, 1000, following=8)
    yield ".tif", tiff(2**31 - 1, 2**31 - 1)
    yield ".pdf", pdf(b"/MediaBox [0 0 1e9 1e9]")
    yield ".pdf", pdf(b"/MediaBox [0 0 14400 14400]")
    yield ".pdf", pdf(b"/MediaBox [0 0 600 800]", count=10_000_000)
    yield ".pdf", pdf(b"/MediaBox [0 0 600 800] /Parent 3 0 R")
    yield ".pdf", pdf(b"/MediaBox [0 0 600 800]", content=b"/F Do", form=True)
    yield ".pdf", pdf(b"/MediaBox [0 0 600 800]", content=b"q " * 2_000_000)
    for suffix in (".png", ".tif", ".pdf"):
        yield suffix, LAUGHS


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<l>&d;&d;&d;&d;&x;</l>"""
"""XML whose entities grow without end, and one that asks for a file."""


def png(width: int, height: int) -> bytes:
    """An empty picture of 1 bit a pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    packed = b"".join(rows.compress(row * 100) for _ in range(min(height, 20_000) // 100)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def tiff(width: int, height: int, *, following: int = 0) -> bytes:
    """A bitonal G4 TIFF of next to no bytes; `following` is where it says that its next directory lies."""
    data = b"\x00\x10\x01\x00\x10\x01"
    tags = [(256, width), (257, height), (258, 1), (259, 4), (262, 0), (273, 8 + 2 + 9 * 12 + 4), (277, 1),
            (278, height), (279, len(data))]  # fmt: skip
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + struct.pack("<I", following) + data


def pdf(page: bytes, *, count: int = 1, content: bytes = b"", form: bool = False) -> bytes:
    """A PDF of one page with such a dictionary; with `form`, one that draws itself."""
    inner = b"/XObject << /F 5 0 R >>"
    loop = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << %s >> /Length 5 >> stream\n/F Do\nendstream"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count %d >>" % count,
        b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources << %s >> >>" % (page, inner if form else b""),
        b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content),
        loop % inner,
    ]
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj %s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % p for p in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + head + b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
