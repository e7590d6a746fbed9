"""What is put in becomes issues."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banmian.batch.intake import find
from banmian.batch.run import Result
from banmian.language import ZH, translated
from banmian.store.display_path import natural, shown
from banmian.store.entries import Tally
from layout.errors import InputUnusable


@given(st.lists(st.integers(0, 10**6), min_size=1, unique=True), st.sampled_from(["page{}.png", "第{}版.jpg", "{}"]))
def test_numbers_in_names_sort_as_numbers(numbers: list[int], form: str) -> None:
    """Names that differ by a number sort by that number."""
    names = [form.format(n) for n in numbers]
    assert sorted(names, key=natural) == [form.format(n) for n in sorted(numbers)]


@given(st.lists(st.text(max_size=8), max_size=6))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    """No name breaks the order, and equal keys differ in case or leading zeros alone."""
    assert len(sorted(names, key=natural)) == len(names)


@given(st.binary(min_size=1, max_size=30).filter(lambda b: b"\0" not in b))
def test_any_path_can_be_shown(name: bytes) -> None:
    """A path of any bytes becomes text that a terminal shows on one line and UTF-8 can hold."""
    text = shown(os.fsdecode(name))
    assert text.isprintable()
    text.encode()


def test_a_folder_of_scans_is_one_issue(tmp_path: Path) -> None:
    """The pages come in natural order; what is no scan lies there for its own reasons."""
    _touch(tmp_path / "1950-01-01", "p10.png", "p2.TIF", "p1.jpg", "notes.txt", ".p3.png", "gold.json")
    (issue,) = find([tmp_path / "1950-01-01"]).issues
    assert issue.name == "1950-01-01"
    assert [s.shown for s in issue.scans] == ["1950-01-01/p1.jpg", "1950-01-01/p2.TIF", "1950-01-01/p10.png"]


def test_a_folder_of_folders_is_a_batch(tmp_path: Path) -> None:
    """Each folder that holds scans is an issue, at any depth, named by its path below the input."""
    for name in ("02", "01", "1951/01", "1951/02"):
        _touch(tmp_path / "batch" / name, "1.png")
    found = find([tmp_path / "batch"])
    assert [i.name for i in found.issues] == ["01", "02", "1951/01", "1951/02"]
    assert found.problems == ()


def test_files_of_one_folder_are_one_issue(tmp_path: Path) -> None:
    """A single file is an issue of its own name; files named side by side are pages of one issue."""
    _touch(tmp_path / "x", "p2.png", "p1.png", "whole.pdf")
    assert [i.name for i in find([tmp_path / "x/whole.pdf"]).issues] == ["whole"]
    (issue,) = find([tmp_path / "x/p2.png", tmp_path / "x/p1.png"]).issues
    assert (issue.name, [s.path.name for s in issue.scans]) == ("x", ["p1.png", "p2.png"])


def test_the_same_input_twice_is_one_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An input named twice, in whatever spelling, is taken in once."""
    _touch(tmp_path / "a", "1.png")
    monkeypatch.chdir(tmp_path)
    assert len(find([Path("a"), tmp_path / "a", Path("a/../a")]).issues) == 1


def test_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Two inputs of one name get their parents' names in front."""
    for year in ("1950", "1951"):
        _touch(tmp_path / year / "0101", "1.png")
    names = [i.name for i in find([tmp_path / "1950/0101", tmp_path / "1951/0101"]).issues]
    assert names == ["1950/0101", "1951/0101"]


def test_a_folder_without_scans_is_refused(tmp_path: Path) -> None:
    """An input folder in which no scan lies is named, with what belongs there."""
    _touch(tmp_path / "empty", "readme.pages")
    with pytest.raises(InputUnusable, match=r"empty holds no scans\.\n  Put the scans \(TIFF"):
        find([tmp_path / "empty"])


def test_an_empty_folder_in_a_batch_is_reported(tmp_path: Path) -> None:
    """A batch goes on without its empty folder, and says so."""
    _touch(tmp_path / "batch/full", "1.png")
    _touch(tmp_path / "batch/empty")
    found = find([tmp_path / "batch"])
    assert [i.name for i in found.issues] == ["full"]
    assert [p.name for p in found.empty] == ["empty"]


def test_an_unreadable_folder_in_a_batch_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch goes on without a folder that may not be read; the problem names it and the remedy."""
    _touch(tmp_path / "batch/full", "1.png")
    _touch(tmp_path / "batch/locked", "1.png")
    _lock(tmp_path / "batch/locked", monkeypatch)
    found = find([tmp_path / "batch"])
    assert [i.name for i in found.issues] == ["full"]
    (problem,) = found.problems
    assert "locked cannot be read: Permission denied" in problem.met
    assert "chmod" in problem.remedy


def test_an_unreadable_input_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An input that may not be read, and nothing else, ends the run at once."""
    _touch(tmp_path / "locked", "1.png")
    _lock(tmp_path / "locked", monkeypatch)
    with pytest.raises(InputUnusable, match="cannot be read"):
        find([tmp_path / "locked"])


def test_a_workspace_among_the_scans_is_no_issue(tmp_path: Path) -> None:
    """Its folders and the drawings of its pages are passed over without a word; by itself it is refused by name."""
    _touch(tmp_path / "报", "1.png")
    _touch(tmp_path / "work", "workspace.sqlite")
    _touch(tmp_path / "work/issues/报/pages/0001", "articles.png")
    found = find([tmp_path])
    assert [i.name for i in found.issues] == ["报"]
    assert (found.problems, found.empty) == ((), ())
    with pytest.raises(InputUnusable, match=r"(?s)holds no scans.*It is a workspace.*banmian status "):
        find([tmp_path / "work"])


def test_a_page_in_another_format_is_not_passed_over(tmp_path: Path) -> None:
    """Alone it is a problem, beside scans a notice: a logo leaves the run whole. Both name the files.

    What has the name of a scan is made from it.
    """
    _touch(tmp_path / "报", "1.png", "1.djvu", "2.DJVU", "logo.gif", "说明.docx")
    _touch(tmp_path / "晚报", "01.pdg", "02.pdg", "03.pdg", "04.pdg")
    found = find([tmp_path])
    told = [p.met.removeprefix(f"{tmp_path}/") for p in (*found.notices, *found.problems)]
    assert told == [
        "报: files in formats that Banmian does not open (2): 2.DJVU, logo.gif",
        "晚报: files in formats that Banmian does not open (4): 01.pdg, 02.pdg, 03.pdg, …",
    ]
    assert (len(found.notices), len(found.problems), found.empty) == (1, 1, ())
    (notice,) = found.notices
    assert translated(notice.met, ZH).endswith("：有 2 个文件的格式无法打开：2.DJVU, logo.gif")
    assert translated(notice.remedy, ZH).startswith("如果是版面")
    wholes = [Result(Tally(done=1), (), f).whole for f in (found, find([tmp_path / "报"]))]
    assert wholes == [False, True]
    with pytest.raises(InputUnusable, match=r"01\.pdg"):
        find([tmp_path / "晚报"])


def test_a_missing_input_is_named(tmp_path: Path) -> None:
    """A path that is not there is an input that cannot be opened, and is named."""
    with pytest.raises(InputUnusable, match=r"nowhere is not there"):
        find([tmp_path / "nowhere"])


def test_a_ring_of_links_has_an_end(tmp_path: Path) -> None:
    """A link to a folder above is not followed."""
    _touch(tmp_path / "a", "1.png")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    assert [i.name for i in find([tmp_path]).issues] == ["a"]


def _touch(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"x")


def _lock(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the right to read away; root keeps it whatever the mode says, so the refusal is the system call's own."""
    scandir = os.scandir

    def refuse(path: str | Path) -> object:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
