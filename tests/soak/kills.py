"""kill -9 of the coordinator or of a worker at random moments: nothing lost, nothing done twice, the same texts."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from banmian.store.page_log import entries
from banmian.store.rerun import Rerun
from banmian.store.workspace import Workspace
from tests.banmian.doubles import Batch
from tests.soak.table import Row

PAGES_AN_ISSUE = 50
_AGAIN = 3


def main(pages: int = 5000, kills: int = 200, hold: float = 0.02) -> Row:
    """`hold` is the seconds that a page takes at least."""
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        quiet, killed = (_batch(Path(name, n), pages, hold) for n in ("quiet", "killed"))
        quiet.run()
        done = _disturbed(killed, kills)
        lost, twice = _lost(killed), _twice(killed)
        same = killed.files() == quiet.files()
    found = f"{done} kills over {pages} pages: {lost} lost, {twice} twice, texts {'equal' if same else 'DIFFER'}"
    return Row("kill -9 of coordinator or worker", found, 2 * done >= kills and not lost and not twice and same)


def _batch(root: Path, pages: int, hold: float) -> Batch:
    batch = Batch(root, 2)
    for first in range(0, pages, PAGES_AN_ISSUE):
        numbers = range(first, min(pages, first + PAGES_AN_ISSUE))
        batch.put(f"issue{first // PAGES_AN_ISSUE:04}", *(f"hold {hold} text {n}" for n in numbers))
    return batch


def _disturbed(batch: Batch, kills: int) -> int:
    """Runs the batch to its end, with so many kills on the way; gives how many there were."""
    chance, done = random.Random(8), 0
    while done < kills and _left(batch):
        run = subprocess.Popen([sys.executable, "-m", "tests.soak.kills", str(batch.root)])
        time.sleep(1.0)  # to be up and at work
        while done < kills and run.poll() is None:
            time.sleep(chance.uniform(0.02, 0.6))
            victim = chance.choice([run.pid, *_children(run.pid)])
            done += _kill(victim)
            if victim == run.pid:
                break
        if done == kills:
            break
        run.wait()
    if kills:
        run.wait()
    for _ in range(_AGAIN):  # as an archivist would: pages that were set aside are tried again
        if not batch.run(Rerun(failed=True)).failed:
            break
    return done


def _left(batch: Batch) -> int:
    if not (batch.work / "workspace.sqlite").exists():
        return 1
    with Workspace.open(batch.work) as workspace:
        tally = workspace.tally()
    return tally.left or not tally.total


def _children(pid: int) -> list[int]:
    try:
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _kill(pid: int) -> bool:
    """Whether there was someone to be killed."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _lost(batch: Batch) -> int:
    """Pages that were put in and are not done."""
    with Workspace.open(batch.work) as workspace:
        return len(list(batch.inputs.rglob("*.png"))) - workspace.tally().done


def _twice(batch: Batch) -> int:
    """Pages whose log tells of two ends."""
    logs = (batch.work / "issues").rglob("log.jsonl")
    ends = (Counter(e.event for e in entries(log.parent))["done"] for log in logs)
    return sum(1 for n in ends if n > 1)


if __name__ == "__main__":
    Batch(Path(sys.argv[1]), 2).run()
