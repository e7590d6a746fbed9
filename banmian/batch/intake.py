"""What was put in becomes issues: each a name and its scans, pages in natural order."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from banmian.store import remote
from banmian.store.display_path import natural, quoted, shown
from banmian.store.found import FoundIssue, FoundScan
from banmian.store.schema import FILE as RECORD
from layout.errors import BanmianError, InputUnusable

SUFFIXES: Final = frozenset(
    {".tif", ".tiff", ".jpg", ".jpeg", ".jpe", ".png", ".jp2", ".j2k", ".j2c", ".jpf", ".jpx"}
    | {".webp", ".bmp", ".ppm", ".pgm", ".pbm", ".pdf"}
)
"""Files of a folder that are taken for scans; every other file lies there for its own reasons, and is passed over."""

UNOPENED: Final = frozenset(
    {".djvu", ".djv", ".pdg", ".caj", ".kdh", ".nh", ".heic", ".heif", ".avif", ".jxl", ".jxr", ".jbig2", ".jb2"}
    | {".gif", ".psd", ".psb", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2", ".xps", ".oxps"}
)
"""Files that may well be pages, in formats that Banmian does not open: none of them is passed over in silence, at an
address either."""

_NAMED: Final = 3
"""Files that a message names, at most."""

TEXT: Final = ".txt"
"""The suffix of files of raw text: what somebody who names one wants is `banmian clean`."""

_PUT_SCANS: Final = "Put the scans (TIFF, JPEG, PNG, JPEG 2000, PDF) there, or name another folder."


@dataclass(frozen=True, slots=True)
class Found:
    """The issues of a batch, what could not be taken in, and folders in which nothing was found.

    `notices` name files beside scans that may be pages, or a logo or a preview: the batch is whole without them.
    """

    issues: tuple[FoundIssue, ...]
    problems: tuple[BanmianError, ...] = ()
    empty: tuple[Path, ...] = ()
    notices: tuple[BanmianError, ...] = ()


@dataclass(slots=True)
class _Search:
    """What a walk through the inputs has met so far."""

    issues: list[FoundIssue] = field(default_factory=list)
    problems: list[BanmianError] = field(default_factory=list)
    empty: list[Path] = field(default_factory=list)
    notices: list[BanmianError] = field(default_factory=list)

    @property
    def met(self) -> int:
        """How much of what may be scans was met so far."""
        return len(self.issues) + len(self.problems)

    def name_unopened(self, place: str, names: Sequence[str], *, beside: bool) -> None:
        """Names the files of a folder that are not opened: a notice where they lie beside scans, else a problem."""
        if names:
            (self.notices if beside else self.problems).append(_unopened(place, names))


@dataclass(frozen=True, slots=True)
class _Contents:
    """What lies in a folder: its scans, the folders in it, and the names of files that Banmian does not open."""

    scans: tuple[FoundScan, ...]
    folders: Sequence[Path]
    unopened: Sequence[str]


def find(inputs: Sequence[Path | str]) -> Found:
    """The issues in `inputs`.

    A folder that holds scans is one issue, named after the folder; a folder of folders is a batch of issues, and a
    workspace that lies among them is none. Files are one issue with the other files that were named from the same
    folder: a single file gives it its own name, several the folder's. A text is the address of a folder or a file
    elsewhere. Raises InputUnusable for a path that is not there, and where no scan was found.
    """
    search = _Search()
    paths = [p for p in inputs if isinstance(p, Path)]
    for address in (a for a in inputs if isinstance(a, str)):
        _take_address(address, search)
    _check_there(paths)
    for folder in _unique(p for p in paths if p.is_dir()):
        before = search.met
        _walk(folder, folder.absolute(), search)
        if search.met == before:
            raise InputUnusable(f"{shown(folder)} holds no scans.", _without_scans(folder))
    _take_files([p for p in paths if not p.is_dir()], search)
    if not search.issues:
        raise search.problems[0]
    issues = tuple(_told_apart(search.issues))
    return Found(issues, tuple(search.problems), tuple(search.empty), tuple(search.notices))


def _check_there(paths: Iterable[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise InputUnusable(
                f"{shown(path)} is not there.", "Look at the spelling; the shell's Tab key completes names."
            )


def _take_files(files: Sequence[Path], search: _Search) -> None:
    """Takes in the files, those of one folder as one issue; text is a problem, not the end."""
    search.problems += [_is_text(f) for f in files if f.suffix.lower() == TEXT]
    for together in _by_folder(_unique(f for f in files if f.suffix.lower() != TEXT)):
        search.issues.append(_of_files(together))


def _without_scans(folder: Path) -> str:
    """What to do with a folder in which there are no scans: where text lies there, clean that."""
    if (folder / RECORD).is_file():
        return _is_workspace(quoted(folder))
    if any(f.suffix.lower() == TEXT for f in folder.iterdir()):
        return f"It holds text, which needs no scan; make articles of it with: banmian clean {quoted(folder)}/*{TEXT}"
    return _PUT_SCANS


def _is_workspace(place: str) -> str:
    return f"It is a workspace. Name the folder of the scans; or see what it holds: banmian status {place}"


def _is_text(file: Path) -> InputUnusable:
    remedy = f"Text needs no scan; make articles of it with: banmian clean {quoted(file)}"
    return InputUnusable(f"{shown(file)} is text, not a scan.", remedy)


def _walk(root: Path, folder: Path, search: _Search) -> None:
    """Takes in `folder` and the folders below it; one that cannot be read is a problem, not the end."""
    try:
        held = _contents(root, folder)
    except OSError as e:
        why = f"The folder {shown(folder)} cannot be read: {e.strerror}."
        search.problems.append(InputUnusable(why, f"Give yourself the right to read it: chmod u+rx {quoted(folder)}"))
        return
    if held is None:
        return
    if held.scans:
        search.issues.append(FoundIssue(_name(root, folder), folder, held.scans, root.absolute()))
    elif not (held.folders or held.unopened):
        search.empty.append(folder)
    search.name_unopened(shown(folder), held.unopened, beside=bool(held.scans))
    for below in held.folders:
        _walk(root, below, search)


def _contents(root: Path, folder: Path) -> _Contents | None:
    """What lies in the folder, in natural order; None for a workspace, whose pictures are drawings of pages."""
    entries = sorted(os.scandir(folder), key=lambda e: natural(e.name))
    if any(e.name == RECORD for e in entries):
        return None
    name = _name(root, folder)
    scans, unopened = _pages_among([e.name for e in entries if not e.is_dir()])
    # links to folders are not followed: a ring of them has no end
    folders = [Path(e.path) for e in entries if _is_visible(e.name) and e.is_dir(follow_symlinks=False)]
    return _Contents(tuple(_scan(folder / s, f"{name}/") for s in scans), folders, unopened)


def _pages_among(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """The names of scans, and those of files that Banmian does not open, of the files of one folder, in their order."""
    seen = [n for n in names if not n.startswith(".")]
    scans = [n for n in seen if Path(n).suffix.lower() in SUFFIXES]
    opened = {Path(n).stem for n in scans}  # a DjVu beside the TIFF of its name is made from it
    return scans, [n for n in seen if Path(n).suffix.lower() in UNOPENED and Path(n).stem not in opened]


def _is_visible(folder: str) -> bool:
    """Whether a folder of this name is looked into."""
    return not folder.startswith((".", "__"))


def _unopened(place: str, names: Sequence[str]) -> InputUnusable:
    more = ["…"] if len(names) > _NAMED else []
    listed = ", ".join([*map(shown, names[:_NAMED]), *more])
    return InputUnusable(
        f"{place}: files in formats that Banmian does not open ({len(names)}): {listed}",
        "If they are pages, convert them to TIFF, JPEG, PNG or PDF; then run Banmian once more.",
    )


def _scan(path: Path, issue: str) -> FoundScan:
    """A scan that vanishes or dangles is still taken in, with size 0: its page says what happened.

    It is shown under its issue's name, not its whole path: the record is the same wherever the scans lie.
    """
    name = f"{issue}{shown(path.name)}"
    try:
        facts = path.stat()
    except OSError:
        return FoundScan(path, name, 0, 0)
    return FoundScan(path, name, facts.st_size, facts.st_mtime_ns)


def _take_address(address: str, search: _Search) -> None:
    """Takes in the folders at an address by the rules of `_walk`, or the one file that lies there."""
    top = remote.mirror_of(address)
    files = {remote.mirror_of(f.address): f for f in remote.files_under(address)}
    works = {path.parent for path in files if path.name == RECORD}
    folders: dict[Path, list[str]] = {}
    for path in files:
        below = path.relative_to(top).parts[:-1]
        if works.isdisjoint(path.parents) and all(map(_is_visible, below)):
            folders.setdefault(path.parent, []).append(path.name)
    before = search.met
    for folder in sorted(folders, key=lambda f: natural(f.as_posix())):
        scans, unopened = _pages_among(sorted(folders[folder], key=natural))
        found = [(files[folder / s], folder / s) for s in scans]
        if found:
            search.issues.append(_of_address(top, folder, found))
        place = shown(address if folder == top.parent else remote.name_of(folder))
        search.name_unopened(place, unopened, beside=bool(found))
    if search.met == before:
        remedy = _is_workspace(quoted(address)) if top in works else _PUT_SCANS
        raise InputUnusable(f"{address} holds no scans.", remedy)


def _of_address(top: Path, folder: Path, found: Sequence[tuple[remote.RemoteFile, Path]]) -> FoundIssue:
    """The issue of a folder at an address; what lies at the address itself is one under its own name."""
    single = folder == top.parent
    name = shown(top.stem) if single else _name(top, folder)
    scans = [
        FoundScan(p, shown(p.name) if single else f"{name}/{shown(p.name)}", f.size, f.changed, f.address)
        for f, p in found
    ]
    return FoundIssue(name, top, tuple(scans)) if single else FoundIssue(name, folder, tuple(scans), top)


def _name(root: Path, folder: Path) -> str:
    """The folder's own name for the input itself, else its path below the input."""
    below = folder.relative_to(root.absolute())
    return shown(below if below.parts else root.resolve().name or "issue")


def _of_files(files: Sequence[Path]) -> FoundIssue:
    ordered = sorted((f.absolute() for f in files), key=lambda f: natural(f.name))
    folder = ordered[0].parent
    if len(ordered) == 1:
        return FoundIssue(shown(ordered[0].stem), ordered[0], (_scan(ordered[0], ""),))
    name = shown(folder.name or "issue")
    return FoundIssue(name, folder, tuple(_scan(f, f"{name}/") for f in ordered))


def _by_folder(files: Iterable[Path]) -> Iterator[list[Path]]:
    """The files grouped by the folder that they lie in, in the order in which the folders were named."""
    groups: dict[Path, list[Path]] = {}
    for file in files:
        groups.setdefault(file.absolute().parent, []).append(file)
    yield from groups.values()


def _unique(paths: Iterable[Path]) -> Iterator[Path]:
    """Each path once, whichever way it was spelled."""
    seen: dict[Path, Path] = {}
    for path in paths:
        seen.setdefault(path.resolve(), path)
    yield from seen.values()


def _told_apart(issues: Sequence[FoundIssue]) -> Iterator[FoundIssue]:
    """Issues of one name (two folders 0101 in two inputs) get their parent folder's name in front."""
    met = Counter(i.name for i in issues)
    longer = [replace(i, name=f"{shown(i.root.parent.name)}/{i.name}") if met[i.name] > 1 else i for i in issues]
    again = Counter(i.name for i in longer)
    for issue in longer:
        yield replace(issue, name=shown(issue.root).strip("/")) if again[issue.name] > 1 else issue
