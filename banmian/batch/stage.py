"""Keys of the stages: equal keys mean equal bytes, so that nothing is done twice and nothing stale is kept.

A stage's key covers its input, the version of the rooms that did it and its settings. Reading's key holds
layout's, so a new layout is read anew; a new clean-up reads nothing again.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from layout.errors import BanmianError


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a run turns scans into articles: the reader's names, and the versions that go into the stages' keys."""

    engine: str
    lang: str
    identity: str
    """The engine's own account of itself; an equal one reads an equal sheet to an equal text."""

    @property
    def full(self) -> str:
        """All that the results depend on, beside the scans."""
        return f"{self.layout} {self.reading} {self.cleanup}"

    @property
    def layout(self) -> str:
        return f"{version_of('layout')} {_libraries()}"

    @property
    def reading(self) -> str:
        return f"{version_of('ocr')} {self.identity}"

    @property
    def cleanup(self) -> str:
        return version_of("cleanup")


def key(*parts: object) -> str:
    """A short digest of the parts, each kept apart from the next."""
    digest = hashlib.sha256()
    for part in parts:
        text = str(part).encode("utf-8", "backslashreplace")
        digest.update(len(text).to_bytes(8, "big") + text)
    return digest.hexdigest()[:32]


@cache
def version_of(room: str) -> str:
    """A digest of the room's sources: a room that was changed in any way is another version of it."""
    digest = hashlib.sha256()
    for path in _sources(room):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{room}-{digest.hexdigest()[:16]}"


def _sources(room: str) -> Iterable[Path]:
    """Everything that lies in the room: models and word lists are part of its version as much as programs."""
    spec = importlib.util.find_spec(room)
    if spec is None or not spec.submodule_search_locations:
        raise BanmianError(f"The package {room} is not installed.", "Install Banmian again: make install")
    files = (p for place in spec.submodule_search_locations for p in Path(place).rglob("*") if p.is_file())
    return sorted(p for p in files if "__pycache__" not in p.parts and not p.name.startswith("."))


@cache
def _libraries() -> str:
    """The libraries whose version can move a pixel."""
    return " ".join(
        f"{n}-{importlib.metadata.version(n)}" for n in ("numpy", "opencv-python", "pillow", "pypdfium2", "scipy")
    )
