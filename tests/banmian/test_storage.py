"""Files are whole or not there."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from banmian.errors import StorageFailed
from banmian.store import storage
from banmian.store.storage import make_folder, sweep, write_whole

CAUSES = [
    (errno.ENOSPC, "disk is full"),
    (errno.EROFS, "read-only"),
    (errno.EACCES, "may not write"),
    (errno.EIO, "dmesg"),
]


@pytest.mark.parametrize(("code", "words"), CAUSES)
def test_a_disk_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    """Whatever the disk's trouble, the old file stays whole, nothing is left beside it, and the remedy fits."""
    path = tmp_path / "page.json"
    write_whole(path, b"old")

    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageFailed, match=words) as e:
        write_whole(path, b"new")
    assert str(path) in e.value.met
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["page.json"]


def test_a_disk_that_is_really_full(full_disk: Path) -> None:
    """On a file system without room the error says so, and no part of the file is there."""
    with pytest.raises(StorageFailed, match="disk is full"):
        write_whole(full_disk / "page.json", b"x" * 1_000_000)
    assert os.listdir(full_disk) == []


def test_an_interruption_leaves_the_old_file(tmp_path: Path) -> None:
    """An exception of any kind while the data comes leaves the old file, and nothing beside it."""
    path = tmp_path / "out"
    write_whole(path, b"old")

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(path, pieces())
    assert (path.read_bytes(), os.listdir(tmp_path)) == (b"old", ["out"])


def test_what_was_left_half_written_is_swept(tmp_path: Path) -> None:
    """Files of a writer that was killed go, whole files stay."""
    (tmp_path / ".page.json.abc.part").write_bytes(b"ha")
    write_whole(tmp_path / "page.json", b"whole")
    sweep(tmp_path)
    assert os.listdir(tmp_path) == ["page.json"]


def test_a_file_has_the_rights_that_the_user_gives(tmp_path: Path) -> None:
    """A new file has the mode that any program's new file has."""
    write_whole(tmp_path / "ours", b"x")
    (tmp_path / "any").write_bytes(b"x")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "any").stat().st_mode


def test_a_folder_under_a_file_is_told(tmp_path: Path) -> None:
    """A folder that cannot be made is named."""
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(StorageFailed, match="file/folder could not be written"):
        make_folder(tmp_path / "file" / "folder")


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KB, where this process may mount one."""
    mount = shutil.which("mount")
    folder = tmp_path / "disk"
    folder.mkdir()
    command = [str(mount), "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("this process may not mount a small file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_folder_is_put_in_place_where_names_cannot_be_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On file systems without the exchange of two names the old folder steps aside, and nothing of it is left."""
    monkeypatch.setattr(storage, "_exchanged", lambda _one, _other: False)
    for name in ("new", "place"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_text(name)
    storage.put_in_place(tmp_path / "new", tmp_path / "place")
    assert [p.relative_to(tmp_path).as_posix() for p in sorted(tmp_path.rglob("*"))] == ["place", "place/new"]
