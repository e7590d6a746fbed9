"""Fixity: whatever befell a scan or a result since it came in, or was made, is found."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from banmian.batch.verify import Audit, FixityFinding
from banmian.batch.watch import watch
from banmian.cli import main
from banmian.store.entries import Tally
from banmian.store.planning import INTERRUPTIONS
from banmian.store.rerun import Rerun, RunStage
from banmian.store.tasks import State
from banmian.store.workspace import Workspace
from layout.errors import WorkspaceUnusable
from tests.banmian.doubles import Batch


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    batch = Batch(tmp_path).put("a", "ok 一", "ok 二").put("b", "ok 三", "fail torn")
    batch.run()
    return batch


def findings(batch: Batch) -> set[str]:
    with Workspace.open(batch.work) as workspace:
        return {
            f"{f.change.value} {f.kind} {Path(f.path).relative_to(batch.root)}" for f in Audit(workspace).findings()
        }


def test_nothing_is_found_where_nothing_happened(batch: Batch) -> None:
    """A workspace as it was left has no finding; every scan and every result was looked at."""
    with Workspace.open(batch.work) as workspace:
        audit = Audit(workspace)
        assert list(audit.findings()) == []
    assert (audit.scans, audit.outputs) == (4, 3 * 2 + 2)


def test_every_kind_of_change_is_found(batch: Batch) -> None:
    """A scan or a result that was changed, taken away or added is named; the rest is not."""
    same = (batch.inputs / "a/p1.png").stat()
    (batch.inputs / "a/p1.png").write_text("ok 乙")
    os.utime(batch.inputs / "a/p1.png", ns=(same.st_atime_ns, same.st_mtime_ns))
    (batch.inputs / "a/p2.png").unlink()
    batch.put("c", "ok 四")
    (batch.work / "issues/a/issue.json").write_bytes(b"{}")
    (batch.work / "issues/b/pages/0001/page.json").unlink()
    (batch.work / "issues/b/pages/0001/stray.json").write_bytes(b"{}")
    assert findings(batch) == {
        "changed scan scans/a/p1.png",
        "missing scan scans/a/p2.png",
        "added scan scans/c/p1.png",
        "changed output work/issues/a/issue.json",
        "missing output work/issues/b/pages/0001/page.json",
        "added output work/issues/b/pages/0001/stray.json",
    }


def test_the_command_tells_and_ends_with_its_code(batch: Batch) -> None:
    """`verify` names each finding, sums up, and ends with 7; with --json an object a line; with nothing found 0."""
    whole = CliRunner().invoke(main, ["verify", str(batch.work)])
    assert (whole.exit_code, whole.output) == (0, "4 scans and 8 outputs compared, 0 differences.\n")
    (batch.inputs / "a/p2.png").unlink()
    told = CliRunner().invoke(main, ["verify", str(batch.work)])
    assert told.exit_code == 7
    assert told.output.splitlines()[0] == f"missing scan: {batch.inputs / 'a/p2.png'}"
    line = CliRunner().invoke(main, ["verify", str(batch.work), "--json"]).stdout
    assert json.loads(line) == {"change": "missing", "kind": "scan", "path": str(batch.inputs / "a/p2.png")}
    assert FixityFinding.__doc__


def test_a_damaged_record_is_found_first(batch: Batch) -> None:
    """Pages of the database that were overwritten are told before anything else is believed."""
    file = batch.work / "workspace.sqlite"
    data = bytearray(file.read_bytes())
    data[8192:12288] = os.urandom(4096)
    file.write_bytes(data)
    with pytest.raises(WorkspaceUnusable, match="damaged"), Workspace.open(batch.work) as workspace:
        workspace.check_record()


@pytest.mark.parametrize(
    ("stage", "worked_on"),
    [
        (RunStage.CLEANUP, []),
        (RunStage.READING, ["a/p1.png laid", "a/p2.png laid", "b/p1.png laid", "b/p2.png"]),
        (RunStage.LAYOUT, ["a/p1.png", "a/p2.png", "b/p1.png", "b/p2.png"]),
    ],
)
def test_a_stage_is_done_anew_when_asked(batch: Batch, stage: RunStage, worked_on: list[str]) -> None:
    """--redo does a stage and those after it on every page, and none before it; the next run does nothing."""
    before = batch.files()
    batch.worked_on()
    batch.listener.finished.clear()
    assert batch.run(Rerun(stage=stage)) == Tally(3, 1)
    assert batch.worked_on() == worked_on
    assert {"a", "b"} <= set(batch.listener.finished)
    batch.listener.finished.clear()
    batch.run()
    assert batch.listener.finished == []
    assert batch.files() == before


def test_a_task_that_ends_runs_is_set_aside(tmp_path: Path) -> None:
    """A page that was in work each time a run ended without a word is set aside at last; the rest is done."""
    batch = Batch(tmp_path).put("a", "ok 一", "ok 二")
    batch.run()
    with Workspace.open(batch.work) as workspace:
        workspace._do("UPDATE task SET state = 'waiting', key = 'x' WHERE step > 0")
        for _ in range(INTERRUPTIONS):
            workspace._do("UPDATE task SET state = 'working' WHERE step = 1 AND number = 2")
            workspace._recover()
        (page,) = [p for p in workspace.pages(1) if p.state is State.FAILED]
        assert page.number == 2
        assert page.fault is not None
        assert "ended without a word" in page.fault.met


def test_attempts_are_not_forgotten_between_runs(tmp_path: Path) -> None:
    """A worker that a page cost in one run counts in the next."""
    batch = Batch(tmp_path).put("a", "kill now")
    batch.run()
    with Workspace.open(batch.work) as workspace:
        workspace._do("UPDATE task SET state = 'waiting', attempts = 1 WHERE step = 1")
    batch.worked_on()
    batch.run()
    assert batch.worked_on() == ["a/p1.png"]


def test_watching_ends_with_the_run(batch: Batch) -> None:
    """A look at a workspace where nobody works tells how the last run ended, each failure once, and is the last."""
    (look,) = watch(batch.work, 0.1)
    assert look.text().splitlines()[0].startswith("b, page 2: b/p2.png: torn")
    assert look.text().endswith("4 of 4 pages, 1 failed; the last run ended: done")
    told = json.loads(look.json())
    assert (told["total"], told["failed"], told["run"]["how"]) == (4, 1, "done")


def test_a_run_that_was_killed_is_seen_to_be_gone(batch: Batch) -> None:
    """A run without an end whose process is gone ends the watch at once, with what befell it."""
    with Workspace.open(batch.work) as workspace:
        workspace._do("UPDATE run SET ended = NULL, how = NULL, process = ?", 2**22 + 1)
    (look,) = watch(batch.work, 0.1)
    assert "ended without a word" in look.text()


def test_a_run_leaves_signs_of_life(batch: Batch) -> None:
    """The record says when the run began and ended, what it settled, and its memory."""
    with Workspace.open(batch.work) as workspace:
        run = workspace.last_run()
    assert run is not None
    assert (run.how, run.process) == ("done", os.getpid())
    assert run.beat.memory > 1 << 20
    assert batch.listener.beats
