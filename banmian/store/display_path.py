"""Paths and names as people see them: sorted as they count, and free of what a screen cannot show."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import Final

_SAFE: Final = re.compile(r"[\w@%+=:,./-]+")
"""A path that every shell takes as one word."""


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts page2 before page10."""
    parts = re.split(r"(\d+)", name)
    return tuple((0, int(p), "") if p.isascii() and p.isdigit() else (1, 0, p.casefold()) for p in parts if p)


def shown(path: Path | str) -> str:
    """The path as text that any file and screen can hold: bytes that are no UTF-8 and control characters escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def quoted(path: Path | str) -> str:
    """The path as it is typed after a command: in quotes where a shell would part or change it, hanzi as they are."""
    text = shown(path)
    return text if _SAFE.fullmatch(text) else shlex.quote(text)
