"""A batch that meets trouble: nothing is lost, nothing is done twice, one bad page costs one page."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banmian.batch.coordinator import Coordinator
from banmian.batch.crew import LocalCrew
from banmian.batch.intake import find
from banmian.errors import StorageFailed
from banmian.store.entries import Tally
from banmian.store.rerun import Rerun
from banmian.store.tasks import IntakeTask, Lost, Outcome, ScanFile, State, Task, TaskId, TaskKind
from banmian.store.workspace import Workspace
from layout.errors import UsageError, WorkspaceUnusable
from tests.banmian.doubles import Batch, obedient

ORDERS = st.sampled_from(["ok text", "ok other", "fail torn", "kill now", "kill-once then", "ok frame frame"])


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(ORDERS, min_size=1, max_size=3), min_size=1, max_size=3), st.integers(1, 3))
def test_every_page_ends_done_or_failed(
    tmp_path_factory: pytest.TempPathFactory, orders: list[list[str]], jobs: int
) -> None:
    """Whatever the pages do to their workers, each ends up done or failed, and only those that misbehave fail."""
    batch = Batch(tmp_path_factory.mktemp("batch"), jobs)
    for number, pages in enumerate(orders):
        batch.put(f"issue{number}", *pages)
    texts = [page for pages in orders for page in pages]
    bad = sum(t.startswith(("fail", "kill ")) for t in texts)
    assert batch.run() == Tally(done=sum(max(1, t.count("frame")) for t in texts) - bad, failed=bad)


def test_results_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    """One, two and five workers leave the same bytes under the same names."""
    results = []
    for jobs in (1, 2, 5):
        batch = Batch(tmp_path / str(jobs), jobs)
        batch.put("a", "ok 一", "kill-once 二", "fail 三").put("b", "ok 四", "ok frame frame")
        batch.run()
        results.append(batch.files())
    assert results[0] == results[1] == results[2]
    assert len(results[0]) == 12  # two files for each of five pages done, an issue.json for each issue


def test_a_second_run_does_nothing_twice(tmp_path: Path) -> None:
    """A run over a finished workspace works on no page, not even on a failed one."""
    batch = Batch(tmp_path).put("a", "ok 一", "fail torn")
    first = batch.run()
    batch.worked_on()
    assert batch.run() == first == Tally(done=1, failed=1)
    assert batch.worked_on() == []


def test_retry_takes_up_only_what_failed(tmp_path: Path) -> None:
    """With `retry`, a failed page is tried again, and a page that was mended is done."""
    batch = Batch(tmp_path).put("a", "ok 一", "kill now", "no scan")
    assert batch.run() == Tally(done=1, failed=2)
    batch.worked_on()
    assert batch.run(Rerun(failed=True)) == Tally(done=1, failed=2)
    assert batch.worked_on() == ["a/p2.png", "a/p2.png"]
    batch.put("a", "ok 一", "ok 二", "ok 三")
    assert batch.run() == Tally(done=3)


def test_a_changed_scan_is_done_again_and_no_other(tmp_path: Path) -> None:
    """A scan with new bytes is laid out and read again; touching one without changing it is not."""
    batch = Batch(tmp_path).put("a", "ok 一", "ok 二")
    batch.run()
    batch.worked_on()
    (batch.inputs / "a/p2.png").write_text("ok 三")
    os.utime(batch.inputs / "a/p1.png", (1, 1))
    batch.run()
    assert batch.worked_on() == ["a/p2.png"]
    assert "三" in (batch.work / "issues/a/issue.json").read_text()


def test_a_new_reader_keeps_the_layout(tmp_path: Path) -> None:
    """Another reader reads every page again from the layout that is there."""
    batch = Batch(tmp_path).put("a", "ok 一")
    batch.run()
    batch.worked_on()
    batch.recipe = replace(batch.recipe, identity="double 2")
    batch.run()
    assert batch.worked_on() == ["a/p1.png laid"]


def test_a_lost_page_file_is_made_again(tmp_path: Path) -> None:
    """A page whose result was taken away is done again."""
    batch = Batch(tmp_path).put("a", "ok 一", "ok 二")
    batch.run()
    before = batch.files()
    (batch.work / "issues/a/pages/0001/page.json").unlink()
    batch.run()
    assert batch.files() == before


def test_pages_that_are_gone_leave_the_workspace(tmp_path: Path) -> None:
    """A scan that was taken out of its folder takes its page, and its page's folder, with it."""
    batch = Batch(tmp_path).put("a", "ok 一", "ok 二")
    batch.run()
    (batch.inputs / "a/p2.png").unlink()
    assert batch.run() == Tally(done=1)
    assert [p.name for p in (batch.work / "issues/a/pages").iterdir()] == ["0001"]


def test_a_page_that_kills_its_worker_is_set_aside_after_two_attempts(tmp_path: Path) -> None:
    """The page is tried twice, then set aside with the reason; its neighbours are done."""
    batch = Batch(tmp_path, jobs=2).put("a", "ok 一", "kill now", "ok 三")
    assert batch.run() == Tally(done=2, failed=1)
    assert sorted(batch.worked_on()).count("a/p2.png") == 2
    with Workspace.open(batch.work) as workspace:
        (page,) = [p for p in workspace.pages(workspace.issues()[0].id) if p.state is State.FAILED]
    assert page.fault is not None
    assert "set aside after 2 attempts" in page.fault.met
    assert "SIGKILL" in page.fault.met


def test_a_page_that_hangs_is_set_aside(tmp_path: Path) -> None:
    """A page that takes longer than it may loses its worker; the others are done."""
    batch = Batch(tmp_path, seconds=1.5).put("a", "hang", "ok 二")
    assert batch.run() == Tally(done=1, failed=1)
    assert any("not done after" in told for told in batch.listener.failures)


def test_a_full_disk_ends_the_run_and_the_next_goes_on(tmp_path: Path) -> None:
    """A full disk is no page's fault: the run ends with its error, no page is failed, the next run does the rest."""
    batch = Batch(tmp_path).put("a", "ok 一", "full", "ok 三")
    with pytest.raises(StorageFailed, match="full"):
        batch.run()
    with Workspace.open(batch.work) as workspace:
        assert workspace.tally() == Tally(done=1, waiting=2)
    batch.put("a", "ok 一", "ok 二", "ok 三")
    batch.worked_on()
    assert batch.run() == Tally(done=3)
    assert batch.worked_on() == ["a/p2.png", "a/p3.png"]


def test_two_runs_do_not_share_a_workspace(tmp_path: Path) -> None:
    """A second run on a workspace at work is refused with the process that holds it."""
    batch = Batch(tmp_path).put("a", "ok 一")
    batch.run()
    with (
        Workspace.open(batch.work) as workspace,
        workspace.held(),
        pytest.raises(UsageError, match=f"process {os.getpid()}"),
    ):
        batch.run()


def test_issues_of_one_name_are_not_mixed(tmp_path: Path) -> None:
    """A folder whose name the workspace knows from elsewhere is refused, not mixed in."""
    batch = Batch(tmp_path).put("a", "ok 一")
    batch.run()
    other = Batch(tmp_path / "other").put("a", "ok 二")
    found = find([other.inputs]).issues
    with Workspace.open(batch.work) as workspace, pytest.raises(UsageError, match="has an issue a already"):
        workspace.begin(found, batch.recipe)


def test_a_damaged_record_is_told(tmp_path: Path) -> None:
    """A record that another hand has spoiled is an error of the workspace, not a traceback."""
    batch = Batch(tmp_path).put("a", "ok 一")
    batch.run()
    database = sqlite3.connect(batch.work / "workspace.sqlite")
    with database:
        database.execute("UPDATE task SET facts = '{' WHERE step = 1")
    database.close()
    with pytest.raises(WorkspaceUnusable, match="cannot be read"):
        batch.run()


def test_a_killed_coordinator_loses_nothing(tmp_path: Path) -> None:
    """kill -9 of the coordinator: its workers end, and the next run leaves what an undisturbed one does."""
    pages = [f"ok {n}" for n in range(12)]
    quiet = Batch(tmp_path / "quiet", 2).put("a", *pages)
    quiet.run()
    batch = Batch(tmp_path / "killed", 2).put("a", *pages[:6], "hang", *pages[7:])
    code = "import sys, pathlib; from tests.banmian.doubles import Batch; Batch(pathlib.Path(sys.argv[1]), 2).run()"
    process = subprocess.Popen([sys.executable, "-c", code, str(batch.root)])
    _until((batch.work / "issues/a/pages/0012/page.json").exists)
    process.send_signal(signal.SIGKILL)
    process.wait()
    batch.put("a", *pages)
    assert batch.run() == Tally(done=12)
    assert batch.files() == quiet.files()


def test_a_crew_without_hands_is_waited_for(tmp_path: Path) -> None:
    """Workers that come late, as a cluster's do, find the work still there: the run does not end before them."""

    class Late(LocalCrew):
        asked = 0

        @property
        def free(self) -> int:
            self.asked += 1
            return super().free if self.asked > 5 else 0

    batch = Batch(tmp_path).put("a", "ok 一")
    with Workspace.make(batch.work) as workspace:
        workspace.begin(find([batch.inputs]).issues, batch.recipe)
        assert Coordinator(workspace, batch.recipe, Late(obedient, 1), batch.listener).run() == Tally(done=1)


def test_no_worker_outlives_the_crew(tmp_path: Path) -> None:
    """When a crew leaves, the processes of its workers, and what they started, are gone."""
    crew = LocalCrew(a_parent, 1)
    file = tmp_path / "child"
    crew.hand(IntakeTask(TaskId(1, TaskKind.INTAKE), ScanFile(file, "child")))
    _until(lambda: file.exists() and file.read_text().endswith("."))
    crew.leave()
    child = int(file.read_text().rstrip("."))
    _until(lambda: not _alive(child))


def test_a_worker_that_leaves_is_told_by_its_exit_code() -> None:
    """A worker that ends by itself is lost with its exit code in the reason."""
    crew = LocalCrew(a_deserter, 1)
    crew.hand(IntakeTask(TaskId(1, TaskKind.INTAKE), ScanFile(Path("x"), "x")))
    try:
        ((_, outcome),) = list(crew.outcomes(60))
    finally:
        crew.leave()
    assert outcome == Lost("its worker ended with exit code 3")


def a_deserter() -> Callable[[Task], Outcome]:
    def desert(_: Task) -> Outcome:
        os._exit(3)

    return desert


def a_parent() -> Callable[[Task], Outcome]:
    """A worker that starts a process that would sleep for an hour, writes its number, and waits for it."""

    def work(task: Task) -> Outcome:
        assert isinstance(task, IntakeTask)
        child = subprocess.Popen(["sleep", "3600"])
        task.path.write_text(f"{child.pid}.")
        child.wait()
        return Lost("never")

    return work


def _until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    """Whether the process runs; one that is dead and only not yet buried does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
