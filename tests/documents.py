"""The documentation as tests read it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def chinese(page: Path) -> Path:
    """The Chinese twin of a page."""
    return page.with_suffix(".zh.md")


def code(page: Path, kind: str) -> list[str]:
    """The fenced blocks of a kind, in order."""
    return [m.group(2) for m in _BLOCK.finditer(page.read_text(encoding="utf-8")) if m.group(1) == kind]
