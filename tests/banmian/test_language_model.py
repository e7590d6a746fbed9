"""Whether a language model spoke is known of a workspace; after one comes or goes, articles are made anew."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from banmian import doctor
from banmian.batch.reading import Reading, recipe_of
from banmian.cli_output import status_text
from banmian.decisions import decided
from banmian.doctor import Health, examine
from banmian.store.stage_keys import Recipe
from banmian.store.workspace import Workspace
from cleanup.article import Issue
from layout.errors import UsageError
from ocr.setup import language_model
from ocr.setup.language_model import NONE, SETTING
from tests.ocr.setup.small_model import ARPA, needs_kenlm

ROOT = Path(__file__).resolve().parents[2]


def banmian(*arguments: str | Path, cwd: Path, model: str | Path) -> str:
    """What the command prints, with a model or none."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", SETTING: str(model)}
    command = [sys.executable, "-m", "banmian", *map(str, arguments)]
    ended = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_key_of_clean_up_names_the_model() -> None:
    """Without one it is as before; layout does not depend on it, and reading only as the reader's identity names it."""
    none, one, other = (Recipe("told", "none", "told", language_model=m) for m in ("", "a.lm-1", "a.lm-2"))
    assert (none.layout, none.reading) == (one.layout, one.reading)
    assert len({r.cleanup for r in (none, one, other)}) == 3
    assert one.cleanup == f"{none.cleanup} language model a.lm-1"


def test_a_recipe_asks_what_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_model, "speaking", lambda: "a.lm-1 reader-2")
    assert recipe_of(Reading("textlayer", "auto")).language_model == "a.lm-1 reader-2"


def test_a_workspace_remembers_the_model_of_its_last_run(tmp_path: Path) -> None:
    """A workspace without a run has none."""
    with Workspace.make(tmp_path / "w") as workspace:
        assert workspace.language_model() == ""
        workspace.begin([], Recipe("told", "none", "told", language_model="a.lm-1 reader-2"))
        assert workspace.language_model() == "a.lm-1 reader-2"
        assert "\nThe language model a.lm-1 was used as one cue.\n" in status_text(workspace)
        workspace.begin([], Recipe("told", "none", "told"))
        assert workspace.language_model() == ""


@needs_kenlm
def test_a_run_after_a_model_came_makes_the_articles_anew(tmp_path: Path) -> None:
    """Nothing is read again, `status` names the model, and without a change nothing is done twice."""
    model = tmp_path / "small.arpa"
    model.write_text(ARPA, encoding="utf-8")
    scan = ROOT / "samples/chengzhou-evening.pdf"
    run = ("run", scan, "--workspace", "w", "--engine", "textlayer", "--jobs", "1")
    made: list[tuple[int, int]] = []
    told: list[str] = []
    for setting in (NONE, model, model, NONE):
        banmian(*run, cwd=tmp_path, model=setting)
        results = [next((tmp_path / "w").rglob(name)).stat().st_mtime_ns for name in ("page.json", "issue.json")]
        made.append((results[0], results[1]))
        told.append(banmian("status", "w", cwd=tmp_path, model=NONE))
    assert len({page for page, _ in made}) == 1
    issues = [issue for _, issue in made]
    assert issues[0] < issues[1] == issues[2] < issues[3]
    assert ["The language model small.arpa-" in t for t in told] == [False, True, True, False]


@needs_kenlm
def test_what_people_decide_is_made_anew_with_the_model_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that came later, or another one, speaks on no page of theirs."""
    file = tmp_path / "small.arpa"
    file.write_text(ARPA, encoding="utf-8")
    monkeypatch.setenv(SETTING, str(file))
    monkeypatch.setattr(decided.Desk, "_decided", lambda *_: language_model.speaking())
    identity = language_model.speaking()
    told = []
    for number, of_run in enumerate((identity, "", "a.lm-1 reader-2")):
        with Workspace.make(tmp_path / f"w{number}") as workspace:
            workspace.begin([], Recipe("told", "none", "told", language_model=of_run))
        told.append(decided.Desk(tmp_path / f"w{number}" / "issues" / "报").decided(Issue("报", ()), []))
    assert told == [identity, "", ""]
    assert language_model.speaking() == identity


def finding() -> doctor.DoctorFinding:
    (found,) = (f for f in examine() if f.name == "language model")
    return found


def test_the_doctor_says_whether_a_model_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing one keeps nothing from running, and the remedy brings what is missing of three things."""
    monkeypatch.setenv(SETTING, NONE)
    assert (finding().health, finding().remedy) == (Health.OPTIONAL, f"unset {SETTING}")
    monkeypatch.delenv(SETTING)
    monkeypatch.setattr(doctor, "language_model", lambda: None)
    monkeypatch.setattr(doctor, "here", lambda: doctor.INSTALLERS["debian"])
    monkeypatch.setattr(doctor, "missing_packages", lambda: ["ufal-kenlm"])
    monkeypatch.setattr(doctor, "model_file", lambda: None)
    assert finding().health is Health.OPTIONAL
    assert finding().remedy.endswith("-m pip install ufal-kenlm && sudo apt-get install libime-data-language-model")
    monkeypatch.setattr(doctor, "here", lambda: None)
    assert finding().remedy.endswith(f"&& export {SETTING}=FILE")
    monkeypatch.setattr(doctor, "missing_packages", list)
    monkeypatch.setattr(doctor, "model_file", lambda: Path("/usr/lib/libime/zh_CN.lm"))
    assert "--force-reinstall" in finding().remedy


def test_the_doctor_names_the_model_or_what_is_wrong_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Speaking:
        identity = "a.lm-1 reader-2"

    monkeypatch.setattr(doctor, "language_model", Speaking)
    assert finding().health is Health.OK
    assert finding().found == "a.lm-1: used as one cue to where text goes on and which hanzi are meant"

    def refused() -> None:
        raise UsageError("a.lm is no model.", "Name another one.")

    monkeypatch.setattr(doctor, "language_model", refused)
    assert (finding().health, finding().found, finding().remedy) == (
        Health.MISSING,
        "a.lm is no model.",
        "Name another one.",
    )
