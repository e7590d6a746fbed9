"""The interface's words, in Chinese and in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from cleanup.edits.pass_registry import Pass

LANGUAGES: Final = ("zh", "en")


@cache
def _all() -> dict[str, tuple[str, str]]:
    data = files("banmian.review").joinpath("words.json").read_bytes()
    return dict(_of_passes()) | msgspec.json.decode(data, type=dict[str, tuple[str, str]])


def _of_passes() -> Iterator[tuple[str, tuple[str, str]]]:
    """What a pass is called and, in Chinese, what it does, as it is declared; the file has longer words for some."""
    for one in Pass:
        told = one.declaration
        yield f"pass_{one}", (told.label.zh, told.label.en)
        yield f"why_{one}", (f"{told.mends.zh}。", "")


@cache
def words_of(language: str) -> dict[str, str]:
    """Every word of the interface in the language, by its key."""
    at = LANGUAGES.index(language)
    return {key: pair[at] for key, pair in _all().items()}


def chosen_language(wanted: str | None, accepted: str) -> str:
    """The language that was switched to, or else the first of the browser's that there is; Chinese before others."""
    if wanted in LANGUAGES:
        return wanted
    weighed = sorted(enumerate(accepted.split(",")), key=lambda p: (-_weight(p[1]), p[0]))
    names = (part.split(";")[0].strip().lower()[:2] for _, part in weighed)
    return next((n for n in names if n in LANGUAGES), LANGUAGES[0])


def _weight(part: str) -> float:
    found = re.search(r";\s*q=([01](?:\.\d{1,3})?)\s*$", part)
    return float(found.group(1)) if found else 1.0
