"""The language that metadata.toml tells of a scan: it goes before what would be found on the page."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

FILE: Final = "metadata.toml"

_NAMES: Final = {"zh": "chi_sim", "ja": "jpn", "en": "eng"}
"""Tesseract's names of the languages of BCP 47 tags."""
_TRADITIONAL: Final = frozenset({"hant", "tw", "hk", "mo"})


def language_told(scan: Path) -> str | None:
    """Tesseract's name of the language that the metadata.toml in the scan's folder, or in the batch's, tells.

    None where there is none, where it tells no language that is read here, or where it cannot be read: export says so.
    """
    for folder in (scan.parent, scan.parent.parent):
        try:
            told = tomllib.loads((folder / FILE).read_text(encoding="utf-8")).get("language")
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            continue
        if isinstance(told, str):
            return named(told)
    return None


def named(tag: str) -> str | None:
    """Tesseract's name of a BCP 47 tag's language, such as chi_tra for zh-Hant; None for one that is not known."""
    first, *rest = tag.casefold().replace("_", "-").split("-")
    if first == "zh" and _TRADITIONAL.intersection(rest) and "hans" not in rest:
        return "chi_tra"
    return _NAMES.get(first)
