"""Files that are whole or not there: written under a temporary name, synced, then renamed."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from banmian.errors import StorageFailed

TEMPORARY: Final = ".part"
"""The end of a temporary name. A file that bears it was left by a process that was killed, and means nothing."""

_AT_FDCWD: Final = -100
"""The working folder for Linux (fcntl.h), which Python does not name."""
_RENAME_EXCHANGE: Final = 2
"""The flag of renameat2 that exchanges two names (linux/fs.h), which Python does not name."""

_GO_ON: Final = "then give the same command again; it goes on where it stopped."
_REMEDIES: Final = {
    errno.ENOSPC: f"The disk is full. Free some space (df -h shows how much there is), {_GO_ON}",
    errno.EDQUOT: f"Your disk quota is used up. Free some space, {_GO_ON}",
    errno.EROFS: f"The disk is read-only. Mount it for writing, {_GO_ON}",
    errno.EACCES: f"You may not write there. Give yourself the right (chmod u+w), {_GO_ON}",
    errno.EPERM: f"You may not write there. Give yourself the right (chmod u+w), {_GO_ON}",
}


def storage_failed(path: Path, error: OSError) -> StorageFailed:
    """What to raise when writing `path` failed, with the remedy for the cause."""
    remedy = _REMEDIES.get(error.errno or 0, f"Look at the disk (dmesg, df -h), {_GO_ON}")
    return StorageFailed(f"{path} could not be written: {error.strerror or error}", remedy)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns an OSError within into StorageFailed that names `path`."""
    try:
        yield
    except OSError as e:
        raise storage_failed(path, e) from e


def make_folder(path: Path) -> Path:
    """The folder, made with its parents where it was missing."""
    with writing(path):
        path.mkdir(parents=True, exist_ok=True)
    return path


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """`data` under `path`, on the disk when this returns; `path` is the old file or the whole new one."""
    pieces: Iterable[bytes] = [data] if isinstance(data, bytes) else data
    with writing(path):
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=TEMPORARY, dir=path.parent)
        try:
            with open(handle, "wb") as stream:
                stream.writelines(pieces)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(temporary, 0o644 & ~_umask())
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)
            raise
        _sync_folder(path.parent)


def put_in_place(new: Path, place: Path) -> None:
    """The folder `new` under the name `place`; what was there goes away, and at no moment is nothing there.

    Where the file system cannot exchange two names, the old one is out of the way for the time of one call.
    """
    with writing(place):
        if not place.exists():
            os.replace(new, place)
            return
        if not _exchanged(new, place):
            old = Path(tempfile.mkdtemp(prefix=f".{place.name[:40]}.", suffix=TEMPORARY, dir=place.parent))
            os.replace(place, old)
            try:
                os.replace(new, place)
            except BaseException:
                os.replace(old, place)
                raise
            new = old
        shutil.rmtree(new)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the two have exchanged their names, in one step."""
    libc = ctypes.CDLL(None, use_errno=True)
    rename = getattr(libc, "renameat2", None)
    if rename is None:
        return False
    failed: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return failed == 0


def digest_of(path: Path) -> str:
    """The sha512 of the file, in hex."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha512").hexdigest()


def digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """The sha512 of each file of the folder, in hex, by its name."""
    return {name: digest_of(folder / name) for name in names}


def sweep(folder: Path) -> None:
    """Takes away what processes that were killed while writing left in `folder`."""
    for left in folder.glob(f".*{TEMPORARY}"):
        left.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    """The process's umask; POSIX has no way to ask that does not set it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
