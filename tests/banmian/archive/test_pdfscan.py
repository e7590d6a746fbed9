"""Scans of every sort in a PDF: kept as they are where PDF/A takes that, and always the same picture."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms, ImageDraw

from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.pdf import check as pdfcheck
from banmian.archive.pdf import pdf
from layout.input.scan import open_scan
from layout.page import page_to_json
from tests.banmian.archive.issues import Desk, page

READERS = Path(__file__).resolve().parents[3] / ".venv-readers/bin/python"
DRIVER = Path(__file__).resolve().parents[2] / "readers/verapdf.py"
ORIENTATION = 274


def _drawing() -> Image.Image:
    """A picture with a top and a left: blue beam above, red square at the lower right."""
    image = Image.new("RGB", (320, 200), (250, 245, 230))
    draw = ImageDraw.Draw(image)
    draw.rectangle((10, 10, 200, 30), fill=(20, 40, 160))
    draw.rectangle((220, 120, 300, 180), fill=(200, 30, 30))
    return image


def _turned(code: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = code
    return exif


def _deep(path: Path) -> None:
    Image.fromarray(np.asarray(_drawing().convert("L")).astype(np.uint16) * 257).save(path)


def _tones(path: Path, photometric: int) -> None:
    """Black on white as fax codes in one strip, white or black as zero."""
    tones = _drawing().convert("1", dither=Image.Dither.NONE)
    tones.save(path, compression="group4", strip_size=1 << 20, tiffinfo={262: photometric})


def _srgb() -> bytes:
    return bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of scan: how its file is made, the filter that the PDF has for it, whether its bytes are kept."""

    name: str
    save: Callable[[Path], object]
    filter: str
    kept: bool = False
    frame: int = 0


SORTS = [
    Sort("gray.jpg", lambda p: _drawing().convert("L").save(p), "DCT", kept=True),
    Sort("progressive.jpg", lambda p: _drawing().save(p, progressive=True), "DCT", kept=True),
    Sort("profile.jpg", lambda p: _drawing().save(p, icc_profile=_srgb()), "DCT", kept=True),
    Sort("bad-profile.jpg", lambda p: _drawing().save(p, icc_profile=b"no profile" * 30), "DCT", kept=True),
    Sort("four-colours.jpg", lambda p: _drawing().convert("CMYK").save(p), "DCT"),
    Sort("rgb.png", lambda p: _drawing().save(p), "Flate"),
    Sort("deep.png", _deep, "Flate"),
    Sort("palette.png", lambda p: _drawing().quantize(16).save(p), "DCT"),
    Sort("alpha.png", lambda p: _drawing().convert("RGBA").save(p), "DCT"),
    Sort("tones.png", lambda p: _drawing().convert("1", dither=Image.Dither.NONE).save(p), "CCITTFax"),
    Sort("rgb.jp2", lambda p: _drawing().save(p), "JPX", kept=True),
    Sort("alpha.jp2", lambda p: _drawing().convert("RGBA").save(p), "DCT"),
    Sort("bare.j2k", lambda p: _drawing().save(p), "DCT"),
    *(Sort(f"strip{n}.tif", lambda p, n=n: _tones(p, n), "CCITTFax") for n in (0, 1)),
    Sort("deep.tif", _deep, "DCT"),
    Sort("turned.tif", lambda p: _drawing().save(p, exif=_turned(6)), "DCT"),
    Sort("page.pdf", lambda p: _drawing().save(p, resolution=150), "DCT"),
    *(
        Sort(
            f"frame{n}.tif",
            lambda p: _drawing().save(p, save_all=True, append_images=[_drawing().convert("1", dither=None)]),
            form,
            frame=n,
        )
        for n, form in enumerate(["DCT", "CCITTFax"])
    ),
    *(
        Sort(f"turned{n}.jpg", lambda p, n=n: _drawing().save(p, exif=_turned(n), quality=95), "DCT", kept=True)
        for n in range(1, 9)
    ),
]


def _holding(folder: Path, sort: Sort) -> ExportIssue:
    """An issue of the one scan, read as empty."""
    scan = folder / sort.name
    sort.save(scan)
    read = open_scan(scan, sort.frame)
    holding = Desk(folder).holding([page(1, [])], [], sort.name)
    (sheet,) = holding.sheets
    sheet.stored.write_bytes(page_to_json(replace(page(1, []), width=read.width, height=read.height)))
    return replace(holding, sheets=(replace(sheet, scan=scan, frame=sort.frame),))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The PDF of each sort of scan, by its name."""
    folder = tmp_path_factory.mktemp("scans")
    (folder / "out").mkdir()
    for sort in SORTS:
        pdf.write(_holding(folder, sort), folder / "out")
    return {sort.name: folder / "out" / f"{sort.name}.pdf" for sort in SORTS}


@pytest.mark.parametrize("sort", SORTS, ids=lambda s: s.name)
def test_the_picture_is_the_scan(made: dict[str, Path], sort: Sort) -> None:
    """PDFium draws what layout read, upright; JPEG and JP2 are in it byte for byte."""
    path = made[sort.name]
    scan = path.parent.parent / sort.name
    read = open_scan(scan, sort.frame)
    sheet = pypdfium2.PdfDocument(path)[0]
    drawn = (
        sheet.render(scale=read.width / sheet.get_width(), grayscale=True).to_pil().resize((read.width, read.height))
    )
    assert np.abs(np.asarray(drawn).astype(int) - read.gray).mean() < 3
    with pikepdf.open(path) as out:
        picture = out.pages[0].Resources.XObject.Scan
        assert str(picture.Filter) == f"/{sort.filter}Decode"
        assert (picture.read_raw_bytes() == scan.read_bytes()) == sort.kept
    assert list(pdfcheck.findings(path)) == []


@pytest.mark.parametrize("name", ["strip0.tif", "strip1.tif"])
def test_a_strip_of_fax_codes_is_kept(made: dict[str, Path], name: str) -> None:
    """What the TIFF holds of the picture is in the PDF byte for byte."""
    with pikepdf.open(made[name]) as out:
        assert out.pages[0].Resources.XObject.Scan.read_raw_bytes() in (made[name].parent.parent / name).read_bytes()


def test_verapdf_takes_each_for_level_b(made: dict[str, Path]) -> None:
    """Whatever the scan was, the PDF is PDF/A-2b for veraPDF."""
    if not READERS.exists() or shutil.which("java") is None:
        pytest.skip("veraPDF needs Java and .venv-readers: make install-tests")
    done = subprocess.run([READERS, DRIVER, "2b", *made.values()], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line)["clauses"] for line in done.stdout.splitlines()]
    assert dict(zip(made, told, strict=True)) == {name: [] for name in made}
