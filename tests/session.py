"""The terminal sessions of the documentation: read, run, and written again (`python -m tests.session`)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ocr.setup.language_model import NONE, SETTING

ROOT = Path(__file__).resolve().parent.parent
README, TWIN = ROOT / "README.md", ROOT / "README.zh.md"
PAGES = ((README, TWIN), (ROOT / "docs/tutorial.md", ROOT / "docs/tutorial.zh.md"))
"""Pages with sessions, each with its Chinese twin."""
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A command of a session and what it prints."""

    command: str
    output: str

    def __str__(self) -> str:
        return f"$ {self.command}\n{self.output}"


def blocks(text: str, kind: str) -> list[str]:
    """The fenced blocks of a kind, in order."""
    return [m.group(2) for m in _BLOCK.finditer(text) if m.group(1) == kind]


def steps(block: str) -> list[Step]:
    """The commands of a console block, each with the lines under it."""
    parts = (part.partition("\n") for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:])
    return [Step(command, output) for command, _, output in parts]


def run(sessions: list[str]) -> list[str]:
    """The sessions as they come out now, run one after the other in a fresh folder that holds the samples."""
    with tempfile.TemporaryDirectory(prefix="banmian-readme-") as name:
        folder = Path(name)
        (folder / "samples").symlink_to(ROOT / "samples")
        return ["".join(str(step) for step in _ran(session, folder)) for session in sessions]


def _ran(session: str, folder: Path) -> Iterator[Step]:
    environment = {
        **os.environ,
        "LC_ALL": "C.UTF-8",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "100",
        SETTING: NONE,  # the same sessions on a machine with a language model and on one without
    }
    for step in steps(session):
        shell = ["bash", "-o", "pipefail", "-c", step.command]
        ended = subprocess.run(shell, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise AssertionError(f"{step.command} ended with {ended.returncode}: {ended.stderr}")
        yield Step(step.command, ended.stdout)


def main() -> None:
    """Writes the sessions of all pages as they come out now."""
    for page, twin in PAGES:
        sessions = blocks(page.read_text(encoding="utf-8"), "console")
        now = run(sessions)
        for path in (page, twin):
            text = path.read_text(encoding="utf-8")
            for before, after in zip(sessions, now, strict=True):
                text = text.replace(f"```console\n{before}```", f"```console\n{after}```")
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
