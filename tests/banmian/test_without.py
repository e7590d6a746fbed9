"""`--without PASS`: a pass that does not run proposes nothing, and a run with it makes the articles again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from banmian.api import articles
from banmian.batch.reading import Reading, recipe_of
from cleanup.edits.pass_registry import ORDER, Pass

ROOT = Path(__file__).resolve().parents[2]
RAW = "　　一段文字走到栏边就断开\n了，下一行也写到栏边为止，\n到第三行才结束。\n"


def _banmian(*arguments: str | Path, cwd: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "banmian", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, input=given, capture_output=True, text=True, check=False)


def test_clean_leaves_a_pass_out(tmp_path: Path) -> None:
    """With line_join the sentence is one line, without it the break stays; the other passes still run."""
    assert "断开了，" in _banmian("clean", cwd=tmp_path, given=RAW).stdout
    bare = _banmian("clean", "--without", "line_join", "--to", "diff", cwd=tmp_path, given=RAW + "他说：——-好。\n")
    assert bare.returncode == 0
    assert "line_join" not in bare.stdout


@pytest.mark.parametrize("command", [("clean",), ("run", "x", "--workspace", "w")])
def test_what_is_no_pass_is_told(tmp_path: Path, command: tuple[str, ...]) -> None:
    """The passes are named; a person's edits are no pass that could be left out."""
    for name in ("nonsense", "person"):
        ended = _banmian(*command, "--without", name, cwd=tmp_path)
        assert ended.returncode == 2
        assert all(p.value in ended.stderr for p in ORDER)


def test_the_key_of_clean_up_names_what_is_left_out() -> None:
    """Layout's and reading's keys are the same, so nothing is read again."""
    all_, some = (recipe_of(Reading("textlayer", "auto", without=w)) for w in ((), ("line_join", "punctuation")))
    assert (all_.layout, all_.reading) == (some.layout, some.reading)
    assert all_.cleanup != some.cleanup
    assert some.cleanup.endswith(" without line_join punctuation")


def test_run_leaves_a_pass_out_and_takes_it_in_again(tmp_path: Path) -> None:
    """A PDF that prints twice to make bold: its doubled glyphs are mended only where the pass runs."""

    def passes(*switches: str) -> set[Pass]:
        scan = ROOT / "samples/chengzhou-evening.pdf"
        run = ("run", scan, "--workspace", "w", "--engine", "textlayer", "--jobs", "1", *switches)
        ended = _banmian(*run, cwd=tmp_path)
        assert ended.returncode == 0, ended.stderr
        return {entry.edit.by for article in articles(tmp_path / "w") for entry in article.ledger}

    assert Pass.DOUBLED_GLYPHS not in passes("--without", "doubled_glyphs")
    assert Pass.DOUBLED_GLYPHS in passes()
