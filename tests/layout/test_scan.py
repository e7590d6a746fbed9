"""Opening scans: every kind of picture becomes the same upright grey page, and hostile files become clear errors."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from layout.errors import PageFailed
from layout.input.scan import COLOR_PIXELS, Scan, frames, open_scan

WIDTH, HEIGHT = 120, 80


def page_picture() -> Image.Image:
    """A page with one black corner (top left) and a grey bar at the right: no symmetry hides a wrong turn."""
    picture = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 29, 19), fill=0)
    draw.rectangle((110, 0, 119, 79), fill=128)
    return picture


def saved(folder: Path, name: str, picture: Image.Image, **options: object) -> Path:
    path = folder / name
    picture.save(path, **options)
    return path


def close_to_page(gray: np.ndarray, tolerance: int = 3) -> bool:
    expected = np.asarray(page_picture()).astype(int)
    return (
        gray.shape == expected.shape
        and float(np.median(np.abs(gray - expected))) <= tolerance
        and bool((np.abs(gray - expected) <= tolerance).mean() > 0.97)
    )


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.tif", {}),
        ("a.tif", {"compression": "tiff_lzw"}),
        ("a.png", {}),
        ("a.jpg", {"quality": 95}),
        ("a.jp2", {"quality_mode": "rates", "quality_layers": [2]}),
        ("a.webp", {"quality": 95}),
        ("a.bmp", {}),
        ("a.pgm", {}),
    ],
)
def test_every_file_kind_gives_the_same_page(tmp_path: Path, name: str, options: dict[str, object]) -> None:
    """Each container that archives use opens to the picture that was put into it."""
    path = saved(tmp_path, name, page_picture(), **options)
    scan = open_scan(path)
    assert frames(path) == 1
    assert scan.gray.dtype == np.uint8
    assert close_to_page(scan.gray, tolerance=8)


def bilevel() -> Image.Image:
    return page_picture().point(lambda v: 255 if v > 200 else 0).convert("1")


@pytest.mark.parametrize("mode", ["RGB", "CMYK", "YCbCr", "LA", "RGBA", "P", "LAB"])
def test_every_colour_mode_gives_the_same_page(tmp_path: Path, mode: str) -> None:
    """CMYK, palette, alpha and the rest come out as the same grey page."""
    picture = page_picture()
    if mode == "LAB":
        flat = Image.new("L", picture.size, 128)
        picture = Image.merge("LAB", (picture, flat, flat))
    else:
        picture = picture.convert("RGB").convert(mode) if mode in {"CMYK", "YCbCr"} else picture.convert(mode)
    assert close_to_page(open_scan(saved(tmp_path, "a.tif", picture)).gray, tolerance=4)


@pytest.mark.parametrize("options", [{}, {"compression": "group4"}], ids=["raw", "group4"])
def test_a_bilevel_scan_keeps_black_black(tmp_path: Path, options: dict[str, object]) -> None:
    """A 1-bit scan comes out with 0 for ink and 255 for paper, whatever its compression."""
    scan = open_scan(saved(tmp_path, "a.tif", bilevel(), **options))
    assert set(np.unique(scan.gray)) == {0, 255}
    assert scan.gray[5, 5] == 0
    assert scan.gray[60, 60] == 255


@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
@pytest.mark.parametrize("name", ["a.tif", "a.png"])
def test_deep_samples_are_scaled_from_the_depth_in_use(tmp_path: Path, bits: int, name: str) -> None:
    """White is white whether the scanner fills 10, 12 or 16 of the 16 bits."""
    samples = np.round(np.asarray(page_picture()) / 255.0 * (2**bits - 1)).astype(np.uint16)
    assert close_to_page(open_scan(saved(tmp_path, name, Image.fromarray(samples))).gray, tolerance=1)


def test_sixteen_bits_with_white_as_zero(tmp_path: Path) -> None:
    """A 16-bit TIFF whose zero is white is turned round."""
    samples = 65535 - np.asarray(page_picture()).astype(np.uint16) * 257
    path = saved(tmp_path, "a.tif", Image.fromarray(samples), tiffinfo={262: 0})
    assert close_to_page(open_scan(path).gray, tolerance=1)


def test_transparency_shows_paper(tmp_path: Path) -> None:
    """Where a picture is transparent the page is white, not whatever colour lies under it."""
    layer = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    layer.paste((0, 0, 0, 255), (0, 0, 30, 20))
    scan = open_scan(saved(tmp_path, "a.png", layer))
    assert scan.gray[5, 5] == 0
    assert scan.gray[60, 60] == 255


TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a page must be turned before it is stored so that the EXIF orientation makes it upright again."""


@pytest.mark.parametrize("orientation", TURNS)
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_orientation_is_undone(tmp_path: Path, orientation: int, name: str, mode: str) -> None:
    """Every EXIF orientation, in every container that has EXIF, opens upright."""
    turn = TURNS[orientation]
    picture = page_picture().convert(mode)
    stored = picture if turn is None else picture.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    options: dict[str, object] = {"tiffinfo": {274: orientation}} if name.endswith("tif") else {"exif": exif.tobytes()}
    assert close_to_page(open_scan(saved(tmp_path, name, stored, **options)).gray, tolerance=12)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif"])
@pytest.mark.parametrize(("stated", "believed"), [(300, 300.0), (600, 600.0), (1, None), (60_000, None)])
def test_resolution_is_believed_when_it_can_be(tmp_path: Path, name: str, stated: int, believed: float | None) -> None:
    """A stated resolution between 30 and 5,000 dpi is kept; anything else counts as not stated."""
    dpi = open_scan(saved(tmp_path, name, page_picture(), dpi=(stated, stated))).dpi
    assert dpi == (pytest.approx(believed, abs=0.05) if believed else None)


def test_no_resolution_is_none(tmp_path: Path) -> None:
    """A file that says nothing of its resolution has none."""
    assert open_scan(saved(tmp_path, "a.png", page_picture())).dpi is None


@given(width=st.integers(1, 300), height=st.integers(1, 300))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_small_pictures_keep_all_their_colour(tmp_path: Path, width: int, height: int) -> None:
    """A picture under the colour limit keeps one colour pixel a scan pixel, for any size."""
    picture = Image.new("RGB", (width, height), (200, 30, 40))
    scan = open_scan(saved(tmp_path, "a.png", picture))
    assert scan.color_step == 1
    assert scan.color is not None
    assert scan.color.shape == (height, width, 3)
    assert tuple(scan.color[0, 0]) == (40, 30, 200)


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_colour_lies_where_the_grey_lies(tmp_path: Path, name: str, orientation: int) -> None:
    """A reduced colour plane covers the whole scan, and a coloured patch is found at its grey place."""
    picture = Image.new("RGB", (3100, 2501), "white")
    picture.paste((220, 20, 20), (2000, 400, 2900, 1100))
    exif = Image.Exif()
    exif[0x0112] = orientation
    scan = open_scan(saved(tmp_path, name, picture, exif=exif.tobytes()))
    assert scan.color is not None
    assert scan.color_step > 1
    assert scan.color.shape[0] * scan.color.shape[1] <= COLOR_PIXELS * 1.1
    assert scan.color.shape[:2] == (-(-scan.height // scan.color_step), -(-scan.width // scan.color_step))
    ys, xs = np.nonzero(scan.gray < 200)
    y, x = int(ys.mean()) // scan.color_step, int(xs.mean()) // scan.color_step
    blue, _, red = (int(v) for v in scan.color[y, x])
    assert red > 180
    assert blue < 60


def test_grey_stored_as_rgb_has_no_colour(tmp_path: Path) -> None:
    """Three equal planes are no colour."""
    assert open_scan(saved(tmp_path, "a.png", page_picture().convert("RGB"))).color is None


def test_frames_of_a_tiff_are_its_pages(tmp_path: Path) -> None:
    """Each full picture of a TIFF is a page; a thumbnail between them is not."""
    pages = [Image.new("L", (60, 40), v) for v in (10, 90, 200)]
    thumbnail = Image.new("L", (15, 10), 50)
    thumbnail.encoderinfo = {"tiffinfo": {254: 1}}  # type: ignore[attr-defined]
    path = saved(tmp_path, "a.tif", pages[0], save_all=True, append_images=[thumbnail, *pages[1:]])
    assert frames(path) == 3
    assert [int(open_scan(path, i).gray[0, 0]) for i in range(3)] == [10, 90, 200]
    assert open_scan(path, 2).frame == 2


@pytest.mark.parametrize("frame", [-1, 1, 7])
@pytest.mark.parametrize("name", ["a.tif", "a.jpg", "a.pdf"])
def test_a_frame_that_is_not_there(tmp_path: Path, frame: int, name: str) -> None:
    """Asking for a frame beyond the last is an error with the count, not another frame."""
    path = saved(tmp_path, name, page_picture())
    with pytest.raises(PageFailed, match=f"no frame {frame}.*holds 1"):
        open_scan(path, frame)


def test_pdf_that_is_a_scan_is_drawn_at_its_own_resolution(tmp_path: Path) -> None:
    """A scan inside a PDF comes out at its own pixels, at the resolution that the page size implies."""
    path = saved(tmp_path, "a.pdf", page_picture(), resolution=200)
    scan = open_scan(path)
    assert close_to_page(scan.gray, tolerance=12)
    assert scan.dpi == pytest.approx(200, abs=1)


def test_pdf_pages_are_frames(tmp_path: Path) -> None:
    """Each page of a PDF is a frame of its own, and colours survive."""
    red = Image.new("RGB", (90, 60), (230, 10, 10))
    path = saved(tmp_path, "a.pdf", page_picture(), save_all=True, append_images=[red], resolution=150)
    assert frames(path) == 2
    scan = open_scan(path, 1)
    assert scan.color is not None
    assert scan.color[30, 45, 2] > 200
    assert scan.color[30, 45, 0] < 60


def test_pdf_without_scan_is_drawn_at_300(tmp_path: Path) -> None:
    """A typeset page is drawn at 300 dpi."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(144, 72)
    path = tmp_path / "a.pdf"
    document.save(path)
    scan = open_scan(path)
    assert (scan.width, scan.height, scan.dpi) == (600, 300, 300.0)
    assert int(scan.gray.min()) == 255


def png_claiming(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(width))) + chunk(b"IEND", b"")


def tiff_claiming(width: int, height: int) -> bytes:
    data = io.BytesIO()
    Image.new("1", (8, 8), 1).save(data, "TIFF", compression="group4")
    raw = bytearray(data.getvalue())
    directory = struct.unpack_from("<I", raw, 4)[0]
    for i in range(struct.unpack_from("<H", raw, directory)[0]):
        entry = directory + 2 + 12 * i
        tag = struct.unpack_from("<H", raw, entry)[0]
        if tag in {256, 257, 278}:
            struct.pack_into("<HHII", raw, entry, tag, 4, 1, width if tag == 256 else height)
    return bytes(raw)


def pdf_claiming(points: float) -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(points, points)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.png", png_claiming(30_000, 20_000)),
        ("bomb.tif", tiff_claiming(30_000, 20_000)),
        ("bomb.pdf", pdf_claiming(7_000.0)),
        ("long.png", png_claiming(200_000, 100)),
    ],
)
def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path, name: str, data: bytes) -> None:
    """A small file that claims 600 million pixels is refused by its header, in little memory, with size and limit."""
    path = tmp_path / name
    path.write_bytes(data)
    tracemalloc.start()
    with pytest.raises(PageFailed, match=r"claims [\d,]+ x [\d,]+ pixels") as failure:
        open_scan(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000
    assert str(path) in failure.value.met
    assert "300 dpi" in failure.value.remedy


def test_the_limit_is_the_callers(tmp_path: Path) -> None:
    """`max_pixels` decides, in both directions, and an honest picture of more than Pillow's own limit opens."""
    path = saved(tmp_path, "a.tif", Image.new("1", (14_000, 13_000), 1), compression="group4")
    assert open_scan(path).gray.shape == (13_000, 14_000)
    with pytest.raises(PageFailed, match="limit is 100 million"):
        open_scan(path, max_pixels=100_000_000)


HOSTILE = {
    "empty.jpg": b"",
    "text.tif": "这不是图像。".encode(),
    "random.png": bytes(range(256)) * 8,
    "only_magic.jpg": b"\xff\xd8\xff",
    "only_magic.tif": b"II*\0\x08\0\0\0",
    "only_magic.pdf": b"%PDF-1.7\n",
    "gif.png": b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_is_named(tmp_path: Path, name: str) -> None:
    """A file that is no scan fails with its path, what it was, and a remedy."""
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    with pytest.raises(PageFailed) as failure:
        open_scan(path)
    assert str(path) in failure.value.met
    assert failure.value.remedy
    assert ("0 bytes" in failure.value.met) == (name == "empty.jpg")


@pytest.mark.parametrize(("name", "message"), [("gone.jpg", "not there"), (".", "folder")])
def test_what_cannot_be_opened_is_named(tmp_path: Path, name: str, message: str) -> None:
    """A missing file and a folder fail as what they are, for both questions that a caller can ask."""
    for ask in (open_scan, frames):
        with pytest.raises(PageFailed, match=message):
            ask(tmp_path / name)


def noisy_page() -> Image.Image:
    rng = np.random.default_rng(7)
    return Image.fromarray(rng.integers(0, 256, (200, 300), dtype=np.uint8))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.jp2", "a.webp", "a.bmp"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_truncated_file_never_opens_as_a_whole_one(tmp_path: Path, name: str, share: float) -> None:
    """A file cut short is an error, never a page that is half grey."""
    options = {"compression": "tiff_adobe_deflate"} if name == "a.tif" else {}
    path = saved(tmp_path, name, noisy_page(), **options)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(PageFailed, match=r"damaged|no picture"):
        open_scan(path)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_flipped_bytes_give_a_page_or_a_clear_error(tmp_path: Path, data: st.DataObject) -> None:
    """Whatever bytes are damaged, the file opens to a page or fails as PageFailed; nothing else escapes."""
    name = data.draw(st.sampled_from(["a.jpg", "a.png", "a.tif", "a.jp2", "a.webp", "a.bmp", "a.pdf"]))
    path = saved(tmp_path, name, page_picture())
    raw = bytearray(path.read_bytes())
    for at in data.draw(st.lists(st.integers(0, min(len(raw) - 1, 600)), min_size=1, max_size=8)):
        raw[at] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(raw))
    outcome = outcome_of(path)
    if isinstance(outcome, PageFailed):
        assert str(path) in outcome.met
        assert outcome.remedy
    else:
        assert outcome.gray.ndim == 2
        assert outcome.gray.dtype == np.uint8


def outcome_of(path: Path) -> Scan | PageFailed:
    try:
        return open_scan(path, max_pixels=10_000_000)
    except PageFailed as failure:
        return failure


def test_a_loop_of_tiff_directories_ends(tmp_path: Path) -> None:
    """A TIFF whose directory names itself as the next one is one page."""
    path = saved(tmp_path, "a.tif", page_picture())
    raw = bytearray(path.read_bytes())
    directory = struct.unpack_from("<I", raw, 4)[0]
    entries = struct.unpack_from("<H", raw, directory)[0]
    struct.pack_into("<I", raw, directory + 2 + 12 * entries, directory)
    path.write_bytes(bytes(raw))
    assert frames(path) == 1
    assert close_to_page(open_scan(path).gray)
