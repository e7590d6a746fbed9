"""Natural photographs from Debian's packages: for training only, never shipped."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

PACKAGES: Final = (
    "gcompris-qt-data", "gnome-backgrounds", "lomiri-wallpapers-16.04", "lomiri-wallpapers-20.04", "mate-backgrounds",
    "plasma-workspace-wallpapers", "ukui-wallpapers",
)  # fmt: skip
"""Debian packages that hold photographs and paintings."""
SIDE: Final = 640
"""Longest side of a kept photograph, in pixels."""
LEAST_SIDE: Final = 200
"""Shortest side, in pixels, of a picture worth keeping."""
LEAST_CONTRAST: Final = 12.0
"""Standard deviation of grey values below which a picture is a plain ground."""
SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp"})


def fetch(folder: Path) -> None:
    """Download the packages and unpack them below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        subprocess.run(["apt-get", "download", "-qq", package], cwd=folder, check=True)
    for file in sorted(folder.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", file, folder / file.name.split("_")[0]], check=True)


def collect(folder: Path, out: Path) -> int:
    """Write the grey photographs found below `folder` to `out`; how many there are."""
    out.mkdir(parents=True, exist_ok=True)
    seen: set[bytes] = set()
    for image in pictures(folder):
        gray = image.convert("L")
        gray.thumbnail((SIDE, SIDE))
        pixels = np.asarray(gray)
        mark = np.asarray(gray.resize((8, 8))).tobytes()
        if min(pixels.shape) < LEAST_SIDE or pixels.std() < LEAST_CONTRAST or mark in seen:
            continue
        seen.add(mark)
        gray.info.clear()
        gray.save(out / f"{len(seen):04}.png")
    return len(seen)


def pictures(folder: Path) -> Iterator[Image.Image]:
    """Every picture below `folder`: files, and what Qt resource files hold."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or "doc" in path.parts:
            continue
        if path.suffix.lower() in SUFFIXES and not re.search(r"contents/(screenshot|preview)", str(path)):
            if path.parent.name.startswith("images") and path != max(
                path.parent.iterdir(), key=lambda p: p.stat().st_size
            ):
                continue
            yield Image.open(path)
        elif path.suffix == ".rcc":
            yield from inside(path.read_bytes())


def inside(data: bytes) -> Iterator[Image.Image]:
    """Pictures stored uncompressed in a resource file."""
    for match in re.finditer(rb"\xff\xd8\xff[\xe0\xe1\xdb]|RIFF....WEBP|\x89PNG\r\n\x1a\n", data, re.DOTALL):
        try:
            image = Image.open(io.BytesIO(data[match.start() : match.start() + 4_000_000]))
            image.load()
        except (OSError, SyntaxError, ValueError):
            continue
        if image.mode in {"RGBA", "LA", "P"}:
            alpha = np.asarray(image.convert("RGBA"))[..., 3]
            if (alpha < 250).mean() > 0.02:
                continue
        yield image
