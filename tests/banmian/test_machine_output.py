"""What programs read on standard output is UTF-8, whatever the locale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.banmian.review.workspaces import Told, made

COMMANDS = (
    ("export", "W", "--to", "jsonl", "--out", "-"),
    ("search", "W", "春茶", "--json"),
    ("status", "W", "--json"),
    ("verify", "W", "--json"),
    ("run", "scans", "-w", "W", "--engine", "textlayer", "--json"),
)


@pytest.mark.parametrize("arguments", COMMANDS, ids=[c[0] for c in COMMANDS])
def test_json_is_utf8_whatever_the_locale(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Each command whose output is JSON names a page, an issue or a text in hanzi."""
    trial = made(tmp_path, {"晨报": [[Told("春茶上市。")]]})
    if arguments[0] == "verify":  # else it finds nothing to tell
        (tmp_path / "scans/晨报/p1.png").unlink()
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "banmian", *(str(trial.work) if a == "W" else a for a in arguments)]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, env=environment)
    told = ended.stdout.decode("utf-8")
    assert [json.loads(line) for line in (told.splitlines() if arguments[0] != "status" else [told])], ended.stderr
    assert any("\u4e00" <= c <= "\u9fff" for c in told), told
