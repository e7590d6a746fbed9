"""Scans and workspaces that lie at an address (s3://bucket/…) and in no folder of this machine.

A workspace at an address keeps its results there. Its record, which SQLite can keep on a local disk alone, lies in a
folder of this machine, the mirror, with copies of the results that were asked for. What the record says is laid at the
address too, as workspace.sqlite, each time it is closed and every few minutes of a run; another machine begins with it.

Any scheme that fsspec knows will do; for s3:// the endpoint and the keys come from the environment, as its own tools
have it (AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import posixpath
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import unquote, urlsplit

from banmian.errors import StorageFailed
from banmian.store.page_log import FILE as LOG
from banmian.store.storage import make_folder, write_whole
from banmian.store.tasks import IntakeTask, IssueTask, PageTask, ScanFile, Task
from layout.errors import BanmianError, InputUnusable, PageFailed, ReaderMissing, UsageError

T = TypeVar("T")

STATE: Final = "BANMIAN_STATE"
"""The environment variable that names the folder of mirrors."""

_WAITS: Final = (1.0, 4.0, 15.0, 60.0)
"""Seconds before each further try: a network that is gone for a minute costs a minute."""

_RESULTS: Final = ("layout.json", "drawing.png", "page.json", "issue.json", LOG)
"""Files that a task writes, in the order in which it goes out: the log is a receipt for the rest, and comes last."""

_NO_FSSPEC: Final = "Install Banmian with its extra dask, which brings fsspec and s3fs: pip install 'banmian[dask]'"


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file at an address: `changed` is a number that differs when the file does."""

    address: str
    size: int
    changed: int


def is_address(text: str) -> bool:
    """Whether the text is an address and not a path."""
    scheme, mark, _ = text.partition("://")
    return bool(mark) and scheme.isalnum()


def placed(text: str) -> Path | str:
    """The path that the text means; an address stays as it is."""
    if not is_address(text):
        return Path(text)
    if ".." in text.split("/"):
        raise UsageError(f"{text}: an address leads no way up.", "Write it out without ..")
    return text.rstrip("/")


def local_path(address: str) -> Path | None:
    """The path that a file:// address stands for, None for any other."""
    return Path(unquote(urlsplit(address).path)) if address.startswith("file://") else None


def mirror_of(address: str) -> Path:
    """The folder of this machine that stands for the address."""
    scheme, _, rest = address.partition("://")
    return _mirrors() / scheme / rest.strip("/")


def store_of(root: Path) -> str | None:
    """The address that the folder mirrors, None for any other folder."""
    home = _mirrors()
    if not root.is_absolute() or not root.is_relative_to(home) or root == home:
        return None
    scheme, *rest = root.relative_to(home).parts
    return f"{scheme}://{'/' if scheme == 'file' else ''}{'/'.join(rest)}" if rest else None


def name_of(root: Path) -> str:
    """The address that the folder stands for, else its path as it is."""
    return store_of(root) or str(root)


def _mirrors() -> Path:
    """Where mirrors lie: BANMIAN_STATE, else the user's folder for programs' states; on a local disk."""
    told = os.environ.get(STATE)
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state")
    return (Path(told) if told else state / "banmian").absolute()


def files_under(address: str) -> list[RemoteFile]:
    """Every file at the address or below it, by name. Raises InputUnusable where there is none."""
    found = _tried(address, lambda fs, path: fs.find(path, detail=True))
    scheme = address.partition("://")[0]
    files = [RemoteFile(f"{scheme}://{_bare(p, scheme)}", int(i["size"] or 0), _mark(i)) for p, i in found.items()]
    if not files:
        raise InputUnusable(f"{address} is not there, or holds nothing.", "Look at the spelling of the address.")
    return sorted(files, key=lambda f: f.address)


def files_below(address: str) -> list[RemoteFile]:
    """The same, none where there is nothing."""
    try:
        return files_under(address)
    except InputUnusable:
        return []


def digest(address: str) -> str:
    """The sha512 of the file, in hex; raises FileNotFoundError where there is none."""

    def count(fs: Any, path: str) -> str:
        with fs.open(path, "rb") as stream:
            sha512 = hashlib.sha512()
            while chunk := stream.read(1 << 22):
                sha512.update(chunk)
        return sha512.hexdigest()

    return _tried(address, count)


def read(address: str) -> bytes | None:
    """The file's bytes, None where there is none."""
    try:
        return bytes(_tried(address, lambda fs, path: fs.cat_file(path)))
    except FileNotFoundError:
        return None


def write(address: str, data: bytes) -> None:
    """Puts the bytes there, whole or not at all: an object of a store appears when its last byte is there."""
    path = local_path(address)
    if path is not None:
        make_folder(path.parent)
        write_whole(path, data)
        return
    with _made_there(address):
        _tried(address, lambda fs, there: fs.pipe_file(there, data))


@contextlib.contextmanager
def _made_there(address: str) -> Iterator[None]:
    """A bucket that does not exist takes nothing."""
    try:
        yield
    except FileNotFoundError as e:
        remedy = "Look at the spelling; a bucket is made with the store's own tools."
        raise StorageFailed(f"{address} cannot be written: {e}", remedy) from e


def send(path: Path, address: str) -> None:
    """Puts the file there, piece by piece, whole or not at all."""
    place = local_path(address)
    if place is not None:
        make_folder(place.parent)
        with open(path, "rb") as stream:
            write_whole(place, iter(lambda: stream.read(1 << 22), b""))
        return
    with _made_there(address):
        _tried(address, lambda fs, there: fs.put_file(str(path), there))


def remove(address: str) -> None:
    """Takes a file, or all below a folder, away; what is not there is gone already."""

    def take(fs: Any, path: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            fs.rm(path, recursive=True)

    _tried(address, take)


def fetch(address: str, path: Path) -> Path:
    """The file at the address, laid at `path`; raises FileNotFoundError where there is none."""
    make_folder(path.parent)
    part = path.with_name(f".{path.name[:40]}.part")
    _tried(address, lambda fs, there: fs.get_file(there, str(part)))
    os.replace(part, path)
    return path


def at_hand(path: Path, address: str | None) -> Path:
    """The scan's file on this machine, fetched where it lies at an address and was not fetched before."""
    if address is not None and not path.exists():
        with _told_as(ScanFile(path, path.name, address=address), path):
            fetch(address, path)
    return path


@contextlib.contextmanager
def brought_here(task: Task) -> Iterator[Task]:
    """The task with all its files in folders of this machine; what was written goes to where it belongs, at the end."""
    scan = None if isinstance(task, IssueTask) else task.scan
    store = None if isinstance(task, IntakeTask) else task.store
    if store is None and (scan is None or scan.address is None):
        yield task
        return
    with tempfile.TemporaryDirectory(prefix="banmian-") as name:
        folder = Path(name)
        local = _with_scan(task, folder)
        if store is None:
            with _told_as(scan, folder):
                yield local
            return
        local = _with_folder(local, folder / "work")
        try:
            with _told_as(scan, folder):
                yield local
        finally:
            _send(folder / "work", store)


def _with_scan(task: Task, folder: Path) -> Task:
    if isinstance(task, IssueTask) or task.scan.address is None:
        return task
    here = folder / "scan" / posixpath.basename(task.scan.address)
    with _told_as(task.scan, here):
        fetch(task.scan.address, here)
    return replace(task, scan=replace(task.scan, path=here, within=None))


def _with_folder(task: Task, work: Path) -> Task:
    """The task with what is already done of it in `work`."""
    make_folder(work)
    if isinstance(task, PageTask) and task.store is not None:
        for name in _needed(task, work):
            with contextlib.suppress(FileNotFoundError):
                fetch(f"{task.store}/{name}", work / name)
        return replace(task, folder=work)
    if isinstance(task, IssueTask):
        pages = [replace(p, folder=work / "pages" / p.folder.name) for p in task.pages]
        for page in (p for p in pages if p.failure is None):
            fetch(f"{task.store}/pages/{page.folder.name}/page.json", page.folder / "page.json")
        return replace(task, folder=work, pages=tuple(pages))
    return task


def _needed(task: PageTask, work: Path) -> Iterator[str]:
    """The log, then the results that it, or the record, says are of use."""
    yield LOG
    log = work / LOG
    done = log.exists() and f'"{task.ticket}"'.encode() in log.read_bytes()
    if done or task.laid_out:
        yield "layout.json"
    if done:
        yield "page.json"


def _send(work: Path, store: str) -> None:
    for name in _RESULTS:
        file = work / name
        if file.exists():
            write(f"{store}/{name}", file.read_bytes())


@contextlib.contextmanager
def _told_as(scan: ScanFile | None, here: Path) -> Iterator[None]:
    """Errors tell of the scan's address, not of the place to which it was fetched."""
    try:
        yield
    except FileNotFoundError as e:
        if scan is None or scan.address is None:
            raise
        remedy = "Look whether it was moved or renamed while Banmian ran."
        raise PageFailed(f"{scan.address}: the file is not there", remedy) from e
    except BanmianError as e:
        if scan is None or scan.address is None:
            raise
        met = e.met.replace(str(scan.path), scan.address)
        place = here / "scan" / posixpath.basename(scan.address)
        raise type(e)(met.replace(str(place), scan.address), e.remedy) from e


def _tried(address: str, work: Callable[[Any, str], T]) -> T:
    """What the work gives; tried again while the network fails. Raises StorageFailed where it goes on failing."""
    fsspec = _fsspec()
    for wait in (*_WAITS, None):
        try:
            fs, path = fsspec.core.url_to_fs(address, **_options())
            fs.invalidate_cache()
            return work(fs, path)
        except FileNotFoundError:
            raise
        except ImportError as e:
            raise ReaderMissing(f"{address} needs a package that is not installed: {e}", _NO_FSSPEC) from e
        except PermissionError as e:
            remedy = "Look at the keys (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) and at what they may do."
            raise StorageFailed(f"{address} may not be used: {e}", remedy) from e
        except ValueError as e:
            raise UsageError(
                f"{address} cannot be used: {e}", "Banmian takes what fsspec knows: s3://, file:// …"
            ) from e
        except Exception as e:  # each scheme's package has a family of errors of its own
            if wait is None:
                remedy = "Look at the network and at AWS_ENDPOINT_URL, then give the same command again; it goes on."
                raise StorageFailed(f"{address} could not be reached: {type(e).__name__}: {e}", remedy) from e
            time.sleep(wait)
    raise AssertionError("the last try returns or raises")


def _options() -> dict[str, Any]:
    """Listings are asked for anew each time: others write there too."""
    return {"use_listings_cache": False}


def _fsspec() -> Any:
    try:
        import fsspec.core  # noqa: PLC0415 - an extra: not everyone has it
    except ImportError as e:
        raise ReaderMissing("Addresses need the package fsspec, which is not installed.", _NO_FSSPEC) from e
    return fsspec


def _bare(path: str, scheme: str) -> str:
    return path.removeprefix(f"{scheme}://")


def _mark(info: dict[str, Any]) -> int:
    """The store's own mark of the file's content, else its time of change, as a number that SQLite can hold."""
    mark = info.get("ETag") or info.get("etag") or info.get("LastModified") or info.get("mtime") or info.get("created")
    return int.from_bytes(hashlib.sha256(str(mark).encode()).digest()[:7])
