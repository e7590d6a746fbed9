"""A scan as browsers show it: its own file where they can, a new PNG or JPEG where not."""

from __future__ import annotations

import io
import shutil
from functools import partial
from pathlib import Path
from typing import Final

from PIL import Image

from layout.input.scan import look_at

_SHOWN: Final = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp"}
"""Formats that browsers show and turn upright, with the names' endings."""


def put_web_scan(path: Path, frame: int, target: Path) -> Path:
    """Puts the page at `frame` of a scan's file beside `target`, and gives its name there: TARGET.jpg, .png or .webp.

    Two tones become a PNG, which loses nothing, all else a JPEG. Raises PageFailed where the scan is gone or damaged.
    """
    ending, data = look_at(path, frame, partial(_drawn, path, frame))
    name = target.with_suffix(ending)
    if data is None:
        shutil.copyfile(path, name)
    else:
        name.write_bytes(data)
    return name


def _drawn(path: Path, frame: int, image: Image.Image) -> tuple[str, bytes | None]:
    """The ending of the picture's name and its bytes, none where the file itself is shown."""
    if image.format in _SHOWN and image.mode != "CMYK":
        return _SHOWN[image.format], None
    from banmian.archive.pdf.scan_image import JPEG_QUALITY, pixels  # noqa: PLC0415 - with what writes PDFs, for few scans

    shown, out = pixels(image, path, frame), io.BytesIO()
    if shown.mode == "1":
        shown.save(out, "PNG")
        return ".png", out.getvalue()
    shown.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return ".jpg", out.getvalue()
