"""Readers and files that behave ill, one to ten, and disks that give out: only what is ill fails, and all goes on."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from banmian.batch.limits import GB
from banmian.errors import StorageFailed
from banmian.store.entries import Tally
from banmian.store.storage import TEMPORARY
from banmian.store.workspace import Workspace
from tests.banmian.doubles import Batch
from tests.soak.table import Row

ILL = {
    "fail torn": "torn",
    "kill now": "SIGKILL",
    "hang": "not done after",
    "leave": "exit code 3",
    "no scan": "no picture",
    "eat": "more memory",
}
"""Orders that no page should be given, and a word of the reason that each must fail with."""


def ill_behaved(pages: int = 440) -> Row:
    """Every eleventh page is ill, each kind in turn."""
    kinds = list(ILL)
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        batch = Batch(Path(name), 2, seconds=3, memory=GB // 2)
        texts = [kinds[n // 11 % len(kinds)] if n % 11 == 10 else f"ok {n}" for n in range(pages)]
        for first in range(0, pages, 44):
            batch.put(f"i{first:05}", *texts[first : first + 44])
        tally = batch.run()
        reasons = _reasons(batch)
    ill = sum(t in ILL for t in texts)
    right = sum(_told(reasons.get((n // 44, n % 44 + 1)), t) for n, t in enumerate(texts) if t in ILL)
    found = f"{pages - ill} good and {ill} ill pages: {tally.failed} failed, {right} with the right reason"
    return Row("ill-behaved readers and files, 1 : 10", found, tally == Tally(pages - ill, ill) and right == ill)


def _told(reason: str | None, text: str) -> bool:
    return reason is not None and ILL[text] in reason


def _reasons(batch: Batch) -> dict[tuple[int, int], str]:
    with Workspace.open(batch.work) as workspace:
        issues = enumerate(workspace.issues())
        return {(n, p.number): p.fault.met for n, i in issues for p in workspace.pages(i.id) if p.fault}


def full_disk(pages: int = 60) -> Row:
    """A small file system fills up in the middle; with room again the run goes on."""
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        disk, quiet = Path(name, "disk"), Batch(Path(name, "quiet"), 2)
        disk.mkdir()
        if not _mounted(disk, "700k"):
            return Row("disk full", "not tried: this process may not mount a small disk", False)
        try:
            batch = Batch(Path(name, "batch"), 2, workspace=disk / "w")
            for each in (quiet, batch):
                each.put("a", *(f"ok {n} {'text ' * 2000}" for n in range(pages)))
            quiet.run()
            code = _ends_with(batch)
            halves = _halves(batch, quiet)
            subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
            whole = batch.run() == Tally(pages) and batch.files() == quiet.files()
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    return _row("disk full", code, halves, whole)


def read_only(pages: int = 40) -> Row:
    """The file system turns read-only in the middle, as Linux does on a disk's error; then it is mended."""
    with _half_done(pages) as (batch, quiet):
        results = batch.work / "issues"
        if subprocess.run(["mount", "--bind", str(results), str(results)], capture_output=True, check=False).returncode:
            return Row("disk read-only", "not tried: this process may not mount", False)
        try:
            code = _ends_with(batch, ["mount", "-o", "remount,bind,ro", str(results)])
            halves = _halves(batch, quiet)
        finally:
            subprocess.run(["umount", "-l", str(results)], check=True)
        whole = batch.run() == Tally(2 * pages) and batch.files() == quiet.files()
    return _row("disk read-only", code, halves, whole)


def no_permission(pages: int = 40) -> Row:
    """The right to write an issue's pages is taken away, then given back."""
    with _half_done(pages) as (batch, quiet):
        folder = batch.work / "issues/b"
        _lock(folder)
        try:
            code = _ends_with(batch)
            halves = _halves(batch, quiet)
        finally:
            _unlock(folder)
        whole = batch.run() == Tally(2 * pages) and batch.files() == quiet.files()
    return _row("permission lost", code, halves, whole)


@contextlib.contextmanager
def _half_done(pages: int) -> Iterator[tuple[Batch, Batch]]:
    """A batch of two issues, the first of them done, and the same batch undisturbed."""
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        quiet, batch = Batch(Path(name, "quiet"), 2), Batch(Path(name, "batch"), 2)
        for each in (quiet, batch):
            each.put("a", *(f"ok {n}" for n in range(pages))).put("b", *(f"hold 0.05 {n}" for n in range(pages)))
        quiet.run()
        Batch(batch.root, 2, source=batch.inputs / "a").run()
        yield batch, quiet


def _lock(folder: Path) -> None:
    """No one may write there: root, whom no mode stops, is stopped by the file system's flag, or by a file."""
    folder.mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    if os.getuid() == 0 and subprocess.run(["chattr", "+i", str(folder)], capture_output=True, check=False).returncode:
        folder.rmdir()
        folder.write_bytes(b"")


def _unlock(folder: Path) -> None:
    if folder.is_file():
        folder.unlink()
        return
    if os.getuid() == 0:
        subprocess.run(["chattr", "-i", str(folder)], check=True)
    folder.chmod(stat.S_IRWXU)


def _row(what: str, code: int, halves: int, whole: bool) -> Row:
    then = "went on and ended as undisturbed" if whole else "DID NOT GO ON"
    found = f"stopped with exit code {code}, {halves} half files; {then}"
    return Row(what, found, code == StorageFailed.exit_code and not halves and whole)


def _ends_with(batch: Batch, meanwhile: list[str] | None = None) -> int:
    """The exit code of a run in a process of its own, with a command in the middle of it."""
    command = [sys.executable, "-m", "tests.soak.batch", str(batch.root), str(batch.work), "2"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    if meanwhile is not None:
        while process.poll() is None and len(list(batch.work.glob("issues/b/pages/*/page.json"))) < 10:
            time.sleep(0.05)
        while subprocess.run(meanwhile, capture_output=True, check=False).returncode:  # someone is writing just now
            time.sleep(0.003)
    return process.wait()


def _halves(batch: Batch, quiet: Batch) -> int:
    """Files that are there and are not what they are when nothing happens."""
    whole = quiet.files()
    return sum(data != whole.get(name) for name, data in batch.files().items() if not name.endswith(TEMPORARY))


def _mounted(folder: Path, size: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return (
        shutil.which("mount") is not None and not subprocess.run(command, capture_output=True, check=False).returncode
    )
