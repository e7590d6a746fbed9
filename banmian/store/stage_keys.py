"""Keys of the stages: equal keys mean equal bytes, so that nothing is done twice and nothing stale is kept.

A stage's key covers its input, the declared version of the room that does it, and its settings. Reading's key holds
layout's, so a new layout is read anew; a new clean-up reads nothing again. An edit of the sources that raises no
version repeats nothing.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from dataclasses import dataclass
from functools import cache
from typing import Final

from cleanup.version import CLEANUP_VERSION
from layout.version import LAYOUT_VERSION
from ocr.version import OCR_VERSION

_MOVE_PIXELS: Final = ("numpy", "pillow", "pypdfium2", "scipy")
"""Packages whose version can change a pixel, beside OpenCV's."""

OPENCV: Final = ("opencv-python", "opencv-python-headless", "opencv-contrib-python-headless", "opencv-contrib-python")
"""Packages that bring OpenCV: one library, with and without windows. Banmian asks for the first."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The declared versions of the results, by the room that makes them."""

    layout: int
    ocr: int
    cleanup: int


VERSIONS: Final = Versions(LAYOUT_VERSION, OCR_VERSION, CLEANUP_VERSION)
"""The versions of the results that this Banmian makes."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a run turns scans into articles: the reader's names, and the versions that go into the stages' keys."""

    engine: str
    lang: str
    identity: str
    """The engine's own account of itself; an equal one reads an equal sheet to an equal text."""
    versions: Versions = VERSIONS
    without: tuple[str, ...] = ()
    """The passes of clean-up that do not run, by name and in order."""
    language_model: str = ""
    """The identity of the language model that speaks; empty where none does. The reader's `identity` names it too."""

    @property
    def full(self) -> str:
        """All that the results depend on, beside the scans."""
        return f"{self.layout} {self.reading} {self.cleanup}"

    @property
    def layout(self) -> str:
        return f"layout-{self.versions.layout} {_libraries()}"

    @property
    def reading(self) -> str:
        return f"ocr-{self.versions.ocr} {self.identity}"

    @property
    def cleanup(self) -> str:
        without = f" without {' '.join(self.without)}" if self.without else ""
        model = f" language model {self.language_model}" if self.language_model else ""
        return f"cleanup-{self.versions.cleanup}{without}{model}"


def key(*parts: object) -> str:
    """A short digest of the parts, each kept apart from the next."""
    digest = hashlib.sha256()
    for part in parts:
        text = str(part).encode("utf-8", "backslashreplace")
        digest.update(len(text).to_bytes(8, "big") + text)
    return digest.hexdigest()[:32]


@cache
def _libraries() -> str:
    """The libraries whose version can change a pixel."""
    found = {name: _version(name) for name in (*_MOVE_PIXELS, *OPENCV)}
    opencv = next((found[name] for name in OPENCV if found[name]), None)
    return " ".join([*(f"{name}-{found[name]}" for name in _MOVE_PIXELS), f"opencv-{opencv}"])


def is_installed(package: str) -> bool:
    """Whether a package of that name is installed."""
    return _version(package) is not None


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
