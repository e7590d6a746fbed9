"""The documentation is true: its sessions and its code run as printed, its Chinese twins show the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from banmian.cli import main
from tests.documents import DOCS, ROOT, chinese, code
from tests.session import PAGES, README, TWIN, blocks, run

ALIKE = 90
"""How like (0 to 100) a line of recognized text must be: processors differ in the last digits, and so does a glyph."""
LONGEST = 120
"""Lines of the README."""
TOLD = [README, TWIN, ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
OF_OTHERS = frozenset({
    "--alone", "--only", "--psm", "--nthreads", "--nworkers", "--check", "--data-binary", "--validate", "--exclude",
    "--no-deps",
})  # fmt: skip
"""Options of the measurements, of Tesseract, Dask, sha512sum, curl, bagit, rsync and pip."""
TWINS = [*PAGES, *((p, chinese(p)) for p in sorted(DOCS.glob("*.md")) if chinese(p).exists() and p != PAGES[1][0])]


@pytest.mark.parametrize(
    "page",
    [README, *(pytest.param(page, marks=pytest.mark.slow) for page, _ in PAGES[1:])],
    ids=lambda p: p.name,
)
def test_the_sessions_run_as_printed(page: Path) -> None:
    """Each command prints what stands there; `make readme` writes the sessions again."""
    sessions = blocks(page.read_text(encoding="utf-8"), "console")
    printed, now = "".join(sessions).splitlines(), "".join(run(sessions)).splitlines()
    assert len(now) == len(printed) > 0
    for line, expected in zip(now, printed, strict=True):
        if re.search(r"[\u4e00-\u9fff]", expected):
            assert fuzz.ratio(line, expected) >= ALIKE, (line, expected)
        else:
            assert line == expected


def test_the_python_interface_does_as_its_page_says(tmp_path: Path) -> None:
    """The code of the page, in order and as one program, in a folder that holds the samples."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / "program.py").write_text("\n".join(code(DOCS / "python-api.md", "python")), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "program.py"]
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert list((tmp_path / "alto").rglob("*.xml"))


def test_the_readme_is_short() -> None:
    """One sentence, a picture, two commands, a session, what it cannot do, links."""
    assert all(len(p.read_text(encoding="utf-8").splitlines()) <= LONGEST for p in (README, TWIN))


@pytest.mark.parametrize("kind", ["console", "sh"])
@pytest.mark.parametrize("pair", TWINS, ids=lambda p: p[0].name)
def test_the_twin_shows_the_same(pair: tuple[Path, Path], kind: str) -> None:
    """A Chinese page has the commands and sessions of the English one."""
    page, twin = (p.read_text(encoding="utf-8") for p in pair)
    assert blocks(twin, kind) == blocks(page, kind)


@pytest.mark.parametrize("pair", TWINS, ids=lambda p: p[0].name)
def test_the_twin_measures_the_same(pair: tuple[Path, Path]) -> None:
    """Both have the same numbers in their tables."""
    page, twin = (_numbers(p.read_text(encoding="utf-8")) for p in pair)
    assert twin == page


@pytest.mark.parametrize("path", TOLD, ids=lambda p: p.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    """A link to a file of ours leads to a file that is there."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", TOLD, ids=lambda p: p.name)
def test_what_a_page_names_is_there(path: Path) -> None:
    """Commands of ours, their options, and files of the sources; options of other programs stand in a list."""
    text = path.read_text(encoding="utf-8")
    ours = {o for c in (main, *main.commands.values()) for p in c.params for o in p.opts} | {"--help"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) - ours - OF_OTHERS == set()
    assert set(re.findall(r"`banmian ([a-z]+)\b", text)) - set(main.commands) == set()
    files = re.findall(r"`((?:layout|ocr|cleanup|banmian|samples|tests|docs)/[\w/.-]+)`", text)
    assert [f for f in files if not (ROOT / f).exists()] == []


def test_every_page_is_linked_from_the_readme() -> None:
    """Nothing in docs/ is hidden: the README, or a page that it links to, leads there."""
    text = README.read_text(encoding="utf-8")
    linked = {(ROOT / link).resolve() for link in re.findall(r"\]\(([^)#:]+)", text)}
    for page in [p for p in linked if p.suffix == ".md"]:
        links = re.findall(r"\]\(([^)#:]+)", page.read_text(encoding="utf-8"))
        linked |= {(page.parent / link).resolve() for link in links}
    assert [p.name for p in DOCS.glob("*.md") if p not in linked and not p.name.endswith(".zh.md")] == []


def _numbers(text: str) -> list[list[str]]:
    """The numbers in each line of each table."""
    return [re.findall(r"\d+(?:\.\d+)?", line) for line in text.splitlines() if line.startswith("|")]
