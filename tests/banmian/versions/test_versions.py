"""Versions: what repeats a stage and what doesn't, a workspace that Banmian 0.1.0 made, one of a newer Banmian."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from banmian.decisions.actions.set_article_kind import ArticleKindSet
from banmian.decisions.actions.type_text import Written
from banmian.decisions.decided import Decided, Desk, decided_issue, stored_issue
from banmian.decisions.decision import Decision
from banmian.decisions.record import Record
from banmian.store.schema import FORM
from banmian.store.stage_keys import VERSIONS, Recipe, Versions
from banmian.store.workspace import Workspace
from cleanup.article import ArticleKind
from layout.errors import WorkspaceUnusable

ROOT = Path(__file__).resolve().parents[3]
OLD = Path(__file__).resolve().parent / "workspace-0.1.0"
ISSUE = "harbour-news"
ROOMS = ("layout", "ocr", "cleanup", "banmian")


def banmian(*arguments: str | Path, sources: Path = ROOT) -> str:
    """What the Banmian of those sources prints, which has to succeed."""
    command = [sys.executable, "-m", "banmian", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(sources), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=sources, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def made_by_0_1_0(folder: Path) -> Path:
    """The workspace that Banmian 0.1.0 made of one page, with ten decisions of two people, beside its scan."""
    work = folder / "work"
    shutil.copytree(OLD / "issues", work / "issues")
    (folder / ISSUE).mkdir()
    shutil.copy(OLD / "1.png", folder / ISSUE)
    database = sqlite3.connect(work / "workspace.sqlite")
    database.executescript((OLD / "workspace.sql").read_text(encoding="utf-8"))
    database.close()
    return work


def decisions(work: Path) -> list[Decision]:
    with Record.look(work) as record:
        return record.decisions(ISSUE)


def texts(work: Path) -> str:
    """The clean text of all articles, as decided."""
    with Workspace.open(work) as workspace:
        return "\n".join(a.clean.text for a in decided_issue(workspace.issues()[0]).articles)


def decided(work: Path) -> Decided:
    with Workspace.open(work) as workspace:
        return Desk().decided(stored_issue(workspace.issues()[0]), decisions(work))


def test_a_workspace_of_0_1_0_opens_with_all_decisions(tmp_path: Path) -> None:
    """What was typed, refused, sorted and undone is there as it was."""
    work = made_by_0_1_0(tmp_path)
    known = decisions(work)
    assert len(known) == 9  # the tenth undid one of them
    assert [d.person for d in known if isinstance(d.body, ArticleKindSet)] == ["何青禾"]
    assert sum(d.undone is not None for d in known) == 1
    text = texts(work)
    assert all(typed in text for typed in ("”老孟说，接缝下面垫了橡胶", "恐龙", "都要查一遍。"))
    assert ArticleKind.NOTICE in {a.kind for a in decided(work).issue.articles}


def test_a_workspace_of_0_1_0_is_done_anew_and_keeps_all_decisions(tmp_path: Path) -> None:
    """The next run reads it again; each correction holds, or is shown where the text under it has changed."""
    work = made_by_0_1_0(tmp_path)
    before = decisions(work)
    banmian("run", tmp_path / ISSUE, "--workspace", work, "--engine", "tesseract", "--jobs", "1")
    assert decisions(work) == before
    after = decided(work)
    text = "\n".join(a.clean.text for a in after.issue.articles)
    shown = {change.decision for change in after.changed}
    typed = [d for d in before if isinstance(d.body, Written) and d.undone is None]
    assert len(typed) == 5
    for decision in typed:
        assert isinstance(decision.body, Written)
        assert decision.id in shown or all(edit.after in text for edit in decision.body.edits)
    with Workspace.open(work) as workspace:
        assert workspace.tally().done == 1


@pytest.mark.parametrize("part", ["form", "layout", "ocr", "cleanup"])
def test_a_workspace_of_a_newer_banmian_is_refused(tmp_path: Path, part: str) -> None:
    """Whatever of it is newer, the message names both versions, and nothing is changed."""
    work = made_by_0_1_0(tmp_path)
    with Workspace.make(work) as workspace:
        workspace.begin([], Recipe("told", "none", "told"))
    database = sqlite3.connect(work / "workspace.sqlite")
    if part == "form":
        database.execute(f"PRAGMA user_version = {FORM + 1}")
    else:
        database.execute("UPDATE maker SET version = version + 1 WHERE part = ?", (part,))
    database.execute("UPDATE maker SET version = '9.8.7' WHERE part = 'banmian'")
    database.commit()
    database.close()
    number = {"form": FORM, "layout": VERSIONS.layout, "ocr": VERSIONS.ocr, "cleanup": VERSIONS.cleanup}[part]
    for opened in (Workspace.open, Workspace.make):
        with pytest.raises(WorkspaceUnusable) as refused:
            opened(work)
        assert "made by Banmian 9.8.7 (form" in refused.value.met
        assert f"{part} {number + 1}" in refused.value.met.split("newer than this Banmian")[0]
        assert f"{part} {number}" in refused.value.met.split("newer than this Banmian")[1]
        assert "Use the newer Banmian" in refused.value.remedy


def test_each_version_counts_for_its_stage_and_those_after_it() -> None:
    """Layout's version is in layout's key alone, and so on; the reader's own identity counts as before."""
    recipe = Recipe("told", "none", "told 1")
    raised = {
        "layout": Recipe("told", "none", "told 1", Versions(VERSIONS.layout + 1, VERSIONS.ocr, VERSIONS.cleanup)),
        "reading": Recipe("told", "none", "told 1", Versions(VERSIONS.layout, VERSIONS.ocr + 1, VERSIONS.cleanup)),
        "cleanup": Recipe("told", "none", "told 1", Versions(VERSIONS.layout, VERSIONS.ocr, VERSIONS.cleanup + 1)),
    }
    for room, other in raised.items():
        changed = {name for name in raised if getattr(other, name) != getattr(recipe, name)}
        assert changed == {room}
    assert Recipe("told", "none", "told 2").reading != recipe.reading


def _done_at(work: Path) -> dict[str, int]:
    """When each result was written, in nanoseconds."""
    return {p.name: p.stat().st_mtime_ns for p in (work / "issues").rglob("*.json")}


def test_a_comment_repeats_nothing_and_a_version_its_stage(tmp_path: Path) -> None:
    """Pages read again after a comment in every room: 0. A raised version of clean-up reads none, one of layout all."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / "src" / room, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / ISSUE).mkdir()
    shutil.copy(OLD / "1.png", tmp_path / ISSUE)
    run = ("run", tmp_path / ISSUE, "--workspace", tmp_path / "work", "--engine", "tesseract", "--jobs", "1")
    banmian(*run, sources=tmp_path / "src")
    first = _done_at(tmp_path / "work")
    for file in ("layout/lines/detected_line.py", "ocr/pictures/crop.py", "cleanup/assemble.py"):
        with open(tmp_path / "src" / file, "a", encoding="utf-8") as source:
            source.write("\n# A comment.\n")
    banmian(*run, sources=tmp_path / "src")
    assert _done_at(tmp_path / "work") == first

    repeated = {"cleanup": {"issue.json"}, "layout": {"layout.json", "page.json", "issue.json"}}
    for room, files in repeated.items():
        before, version = _done_at(tmp_path / "work"), tmp_path / "src" / room / "version.py"
        text = version.read_text(encoding="utf-8")
        number = getattr(VERSIONS, room)
        assert f"_VERSION: Final = {number}\n" in text
        version.write_text(text.replace(f"_VERSION: Final = {number}\n", f"_VERSION: Final = {number + 1}\n"))
        banmian(*run, sources=tmp_path / "src")
        after = _done_at(tmp_path / "work")
        assert {name for name in after if after[name] != before[name]} == files
