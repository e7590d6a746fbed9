"""A scan as browsers show it: its own file where they can, a new PNG or JPEG where not."""

from __future__ import annotations

import io
import shutil
from functools import partial
from pathlib import Path
from typing import Final

from PIL import Image

from banmian.archive.pdfscan import JPEG_QUALITY, pixels
from layout.scan import look_at

_SHOWN: Final = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp"}
"""Formats that browsers show and turn upright, with the names' endings."""


def put_web_scan(path: Path, frame: int, target: Path) -> Path:
    """Puts the page at `frame` of a scan's file beside `target`, and gives its name there: TARGET.jpg, .png or .webp.

    Two tones become a PNG, which loses nothing, all else a JPEG. Raises PageFailed where the scan is gone or damaged.
    """
    return look_at(path, frame, partial(_put, path, frame, target))


def _put(path: Path, frame: int, target: Path, image: Image.Image) -> Path:
    if image.format in _SHOWN and image.mode != "CMYK":
        name = target.with_suffix(f".{_SHOWN[image.format]}")
        shutil.copyfile(path, name)
        return name
    shown = pixels(image, path, frame)
    name, form = (target.with_suffix(".png"), "PNG") if shown.mode == "1" else (target.with_suffix(".jpg"), "JPEG")
    out = io.BytesIO()
    shown.save(out, form, quality=JPEG_QUALITY, subsampling=0)
    name.write_bytes(out.getvalue())
    return name
