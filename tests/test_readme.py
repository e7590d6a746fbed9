"""The README is true: its sessions run as printed, its twin shows the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from tests.session import README, ROOT, TWIN, blocks, run

ALIKE = 90
"""How like (0 to 100) a line of recognized text must be: processors differ in the last digits, and so does a glyph."""


def test_the_sessions_run_as_printed() -> None:
    """Each command of the README prints what stands there; `make readme` writes the sessions again."""
    printed = "".join(blocks(README.read_text(), "console")).splitlines()
    now = "".join(run(blocks(README.read_text(), "console"))).splitlines()
    assert len(now) == len(printed) > 0
    for line, expected in zip(now, printed, strict=True):
        if re.search(r"[\u4e00-\u9fff]", expected):
            assert fuzz.ratio(line, expected) >= ALIKE, (line, expected)
        else:
            assert line == expected


@pytest.mark.parametrize("kind", ["console", "sh"])
def test_the_twin_shows_the_same(kind: str) -> None:
    """README.zh.md has the commands and sessions of README.md."""
    assert blocks(TWIN.read_text(), kind) == blocks(README.read_text(), kind)


def test_the_twin_measures_the_same() -> None:
    """Both have the same numbers in their tables."""
    assert _numbers(TWIN.read_text()) == _numbers(README.read_text())


@pytest.mark.parametrize("path", [README, TWIN], ids=lambda p: p.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    """A link to a file of ours leads to a file that is there."""
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text())
    assert [link for link in links if not (ROOT / link).exists()] == []


def _numbers(text: str) -> list[list[str]]:
    """The numbers in each line of each table."""
    return [re.findall(r"\d+(?:\.\d+)?", line) for line in text.splitlines() if line.startswith("|")]
