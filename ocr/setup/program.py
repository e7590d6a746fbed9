"""Tesseract, the program: which version it is, which models it has, and where they lie, as it tells itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from layout.errors import ReaderMissing

COMMAND: Final = "tesseract"

MISSING: Final = (
    "Install it: apt-get install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-tra, then: banmian doctor"
)

_SECONDS: Final = 30.0
"""Seconds within which Tesseract tells its version or its models."""
_OLDEST: Final = (3, 5)
"""The oldest version that knows the options in use."""
_VERSION: Final = re.compile(r"[^\d\n]*(\d+(?:\.\d+)+)")
_MODEL: Final = re.compile(r"[\w/.-]+")
_FOLDER: Final = re.compile(r'"([^"]+)"')


def version() -> str:
    """The version of the program, such as 5.3.0; raises ReaderMissing where the program is not there, does not tell, or
    is too old."""
    ended = _asked("--version")
    told = ended.stdout.decode("utf-8", "replace")
    found = _VERSION.match(told)
    if ended.returncode != 0 or not found or tuple(int(n) for n in found[1].split(".")) < _OLDEST:
        raise ReaderMissing(f"Tesseract does not tell its version, 3.05 or later: {brief(told)}", MISSING)
    return found[1]


def models() -> frozenset[str]:
    """The models that it has; raises ReaderMissing where the program is not there or does not tell."""
    ended = _asked("--list-langs")
    if ended.returncode not in {0, 1}:
        raise missing()
    try:
        lines = ended.stdout.decode("utf-8").splitlines()
    except UnicodeDecodeError as e:
        raise ReaderMissing("Tesseract does not tell its models in UTF-8.", MISSING) from e
    return frozenset(line.strip() for line in lines if _MODEL.fullmatch(line.strip()))


def folder() -> Path | None:
    """The folder of the models, as the program tells it with their list; None where it does not."""
    try:
        told = _asked("--list-langs").stdout
    except ReaderMissing:
        return None
    named = _FOLDER.search(told.decode("utf-8", "replace"))
    return Path(named[1]) if named else None


def check(lang: str) -> None:
    """Raises ReaderMissing, with what to install, where a model of `lang` (several joined by +) is not there."""
    have = models()
    absent = [m for m in lang.split("+") if m not in have]
    if absent:
        packages = " ".join(f"tesseract-ocr-{m.replace('_', '-')}" for m in absent)
        raise ReaderMissing(
            f"Tesseract has no model for {', '.join(absent)}; installed are: {', '.join(sorted(have)) or 'none'}.",
            f"Install it: apt-get install {packages}, or choose another with --lang",
        )


def brief(message: object) -> str:
    """The end of what a program said, in one line."""
    return " ".join(str(message).split())[-300:] or "it said nothing"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the program told, and what it depends on."""

    ended: subprocess.CompletedProcess[bytes]
    ground: tuple[object, ...]

    @classmethod
    def of(cls, ended: subprocess.CompletedProcess[bytes]) -> _Answer:
        """The answer as things stand now."""
        return cls(ended, _ground(ended))

    @property
    def holds(self) -> bool:
        """Whether the program would tell the same again."""
        return self.ground == _ground(self.ended)


_ANSWERS: Final[dict[str, _Answer]] = {}
"""The last good answer to each option: a run asks some twenty times, and each time takes a hundredth of a second."""


def _ground(ended: subprocess.CompletedProcess[bytes]) -> tuple[object, ...]:
    """What an answer depends on: the program's file and the folder of the models, each with its last change."""
    named = _FOLDER.search(ended.stdout.decode("utf-8", "replace"))
    places = (shutil.which(COMMAND), named[1] if named else None)
    changes = (os.stat(p).st_mtime_ns if p and os.path.exists(p) else None for p in places)
    return (os.environ.get("TESSDATA_PREFIX"), *places, *changes)


def _asked(option: str) -> subprocess.CompletedProcess[bytes]:
    """What the program tells; asked anew where it, or the folder of its models, has changed."""
    kept = _ANSWERS.get(option)
    if kept is not None and kept.holds:
        return kept.ended
    ended = _told_now(option)
    if ended.returncode == 0:
        _ANSWERS[option] = _Answer.of(ended)
    return ended


def _told_now(option: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            [COMMAND, option],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS,
            check=False,
        )
    except OSError as e:
        raise missing() from e
    except subprocess.TimeoutExpired as e:
        raise ReaderMissing(f"Tesseract does not answer {option} within {_SECONDS:.0f} seconds.", MISSING) from e


def missing() -> ReaderMissing:
    """What is raised where there is no such program."""
    return ReaderMissing("Tesseract is not installed, or not on the PATH.", MISSING)
