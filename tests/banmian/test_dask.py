"""The same batch on a Dask cluster: the same bytes, and whole at the end whatever the cluster loses."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from banmian.batch.coordinator import Coordinator
from banmian.batch.dask_crew import DaskCrew, Site, serve
from banmian.batch.intake import find
from banmian.batch.limits import Limits
from banmian.errors import ClusterLost
from banmian.store.entries import Tally
from banmian.store.tasks import Fault, PageTask, ScanFile, TaskId, TaskKind
from banmian.store.workspace import Workspace
from tests.banmian.doubles import RECIPE, Batch, obedient

LIMITS = Limits(page_seconds=60)


def on(batch: Batch, site: Site) -> Tally:
    """The batch's run on a cluster."""
    with Workspace.make(batch.work) as workspace, workspace.held():
        workspace.begin(find([batch.inputs]).issues, RECIPE)
        with DaskCrew(obedient, site, LIMITS) as crew:
            return Coordinator(workspace, RECIPE, crew, batch.listener).run()


def put(root: Path) -> Batch:
    pages = [f"ok {n}" for n in range(12)]
    return Batch(root, 2).put("a", *pages[:6], "kill now", *pages[7:]).put("b", "fail torn", "ok frame frame")


def test_a_cluster_leaves_the_same_bytes(tmp_path: Path) -> None:
    """Two workers of a cluster, a page among them that kills its process each time, leave what two local ones do."""
    here, there = put(tmp_path / "here"), put(tmp_path / "there")
    assert here.run() == on(there, Site("local", 2)) == Tally(done=13, failed=2)
    assert there.files() == here.files()
    assert sorted(there.worked_on()).count("a/p7.png") == 2
    assert sorted(there.listener.finished) == sorted(here.listener.finished)


@pytest.mark.slow
def test_a_lost_worker_and_a_lost_scheduler(tmp_path: Path) -> None:
    """A worker is killed, then the scheduler, and another comes up at its address: the batch ends whole."""
    here = put(tmp_path / "here")
    here.run()
    there = put(tmp_path / "there")
    (there.inputs / "a/p3.png").write_text("hold 2")
    with _cluster(tmp_path) as (address, processes):
        killer = threading.Thread(target=_bring_down, args=(there, processes, address, tmp_path))
        killer.start()
        assert on(there, Site(address, 2, patience=90)) == Tally(done=13, failed=2)
        killer.join()


def test_a_cluster_that_never_answers_is_told(tmp_path: Path) -> None:
    """An address where no scheduler listens ends the run with its own error, and nothing is lost."""
    batch = Batch(tmp_path).put("a", "ok 一")
    with pytest.raises(ClusterLost, match="does not answer"):
        on(batch, Site("tcp://127.0.0.1:9", 1, patience=1))
    assert batch.run() == Tally(done=1)


def test_a_worker_that_does_not_see_the_folder_ends_the_run(tmp_path: Path) -> None:
    """A machine without the shared folder names itself and the folder, and fails no page."""
    task = PageTask(TaskId(1, TaskKind.PAGE, 1), ScanFile(Path("/nowhere/p.png"), "p.png"), 0, tmp_path, False)
    outcome = serve(obedient, LIMITS, task)
    assert isinstance(outcome, Fault)
    assert outcome.ends_the_run
    assert "does not see the folder /nowhere" in outcome.met


@contextlib.contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers as processes of their own; the list holds the scheduler first."""
    port = 20_000 + os.getpid() % 20_000
    address = f"tcp://127.0.0.1:{port}"
    processes = [scheduler(port, folder), worker(address, folder), worker(address, folder)]
    try:
        yield address, processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def scheduler(port: int, folder: Path) -> subprocess.Popen[bytes]:
    return _dask(folder, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")


def worker(address: str, folder: Path) -> subprocess.Popen[bytes]:
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60"]
    return _dask(folder, "worker", address, *options, "--local-directory", str(folder))


def _dask(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    with open(folder / "dask.log", "ab") as log:
        return subprocess.Popen([sys.executable, "-m", "dask", *arguments], stdout=log, stderr=log)


def _bring_down(batch: Batch, processes: list[subprocess.Popen[bytes]], address: str, folder: Path) -> None:
    """While the batch is at work: a worker is killed, then the scheduler; both come again."""
    _until_done(batch, 2)
    processes[1].send_signal(signal.SIGKILL)
    _until_done(batch, 5)
    for process in processes:
        process.kill()
        process.wait()
    port = int(address.rpartition(":")[2])
    processes += [scheduler(port, folder), worker(address, folder), worker(address, folder)]


def _until_done(batch: Batch, pages: int) -> None:
    end = time.monotonic() + 60
    while len(list(batch.work.rglob("page.json"))) < pages and time.monotonic() < end:
        time.sleep(0.05)
