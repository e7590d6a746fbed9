"""What a newcomer meets at the command line: commands to be copied, files of the wrong kind, files without a word."""

from __future__ import annotations

import errno
import os
import platform
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from banmian.cli import main
from banmian.cli_output import _unfinished
from banmian.language import error_text, told_in_line, translated
from banmian.piece_counts import pieces_told
from banmian.store.display_path import quoted
from banmian.store.entries import Heartbeat, RunEntry, Tally
from banmian.store.storage import storage_failed
from layout.input.scan import _CAUSES
from layout.page import RegionKind
from tests.banmian.review.workspaces import Told, made

DAMAGED = b"\xff\xd8\xff\xe0 no picture"


def banmian(*arguments: str | Path, given: str = "") -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=given)


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("work", "work"),
        ("s3://bucket/a-b_c", "s3://bucket/a-b_c"),
        ("晨报/2024年", "晨报/2024年"),
        ("my work", "'my work'"),
        ("it's", "'it'\"'\"'s'"),
        ("a&b", "'a&b'"),
        ("~x", "'~x'"),
    ],
)
def test_a_path_in_a_command_can_be_copied(path: str, typed: str) -> None:
    """Quotes where a shell would part or change it; hanzi need none."""
    assert quoted(path) == typed


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en_US.UTF-8", "a b.png: the file is empty (0 bytes). Run it: banmian status x"),
        ("zh_CN.UTF-8", "a b.png：文件为空（0 字节）。Run it: banmian status x"),
    ],
)
def test_reason_and_remedy_are_sentences(locale: str, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On one line with a full stop between; none is set behind the remedy, which may end with a command."""
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.delenv("LANGUAGE", raising=False)
    assert told_in_line("a b.png: the file is empty (0 bytes)", "Run it: banmian status x") == line
    assert told_in_line("It ended.", "") == "It ended."


TABLE = Told("　　日出　六点半　日落　六点", kind=RegionKind.TABLE)
STORY = (
    Told("春茶开采", kind=RegionKind.HEADLINE),
    Told("　　清明前的茶山还有雾，采茶的人已经上了山。"),
    Told("第3版　2019年4月2日　星期二", kind=RegionKind.FOLIO),
)


@pytest.mark.parametrize(
    ("locale", "counts"), [("en_US.UTF-8", "2 articles, 1 table"), ("zh_CN.UTF-8", "2 篇文章，1 张表格")]
)
def test_what_is_counted_is_counted_alike(
    locale: str, counts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status, export and report tell the same pieces in the same words; page furniture is in none of them."""
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.delenv("LANGUAGE", raising=False)
    work = made(tmp_path, {"报": [(*STORY, TABLE), STORY]}).work
    exported = banmian("export", work, "--to", "jsonl", "--out", tmp_path / "a.jsonl")
    report = banmian("report", work, "--out", tmp_path / "r.html")
    assert all(counts in told for told in (banmian("status", work).stdout, exported.stderr, report.stderr))
    assert all(c in (tmp_path / "r.html").read_text() for c in ("2 articles, 1 table", "2 篇文章，1 张表格"))
    assert '"kind": "furniture"' in (tmp_path / "a.jsonl").read_text()


GONE = 2**22 + 1
"""The number of no process: Linux gives smaller ones."""


def _run(*, process: int, ended: str | None) -> RunEntry:
    how = "stopped" if ended else None
    return RunEntry(
        1, "2026-01-05 08:00:00", ended, how, platform.node(), process, "both auto", 9.0, Heartbeat(3, 0, 0)
    )


@pytest.mark.parametrize(
    ("run", "tally", "told"),
    [
        (_run(process=GONE, ended=None), Tally(done=1, waiting=2), "; the last run was ended without a word"),
        (_run(process=GONE, ended="2026-01-05 09:00:00"), Tally(done=1, waiting=2), "; the last run ended: stopped"),
        (_run(process=os.getpid(), ended=None), Tally(done=1, waiting=2), ", 0.0 GB of memory"),
        (_run(process=GONE, ended="2026-01-05 09:00:00"), Tally(done=3), ""),
    ],
    ids=["killed", "stopped", "at work", "done"],
)
def test_status_tells_why_pages_are_left(
    run: RunEntry, tally: Tally, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages wait because a run is at them or because one was cut short; where none is left there is nothing to tell."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    assert _unfinished(tally, run) == told


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO, errno.EACCES, errno.ENAMETOOLONG, errno.ENOTDIR]
)
def test_what_a_disk_refuses_is_told_in_chinese(number: int) -> None:
    """The system's own words, which are English, too."""
    error = storage_failed(Path("r.html"), OSError(number, os.strerror(number)))
    assert error_text(error, "zh").startswith("r.html 无法写入：")
    assert os.strerror(number) not in error_text(error, "zh")


def test_no_space_parts_two_chinese_sentences() -> None:
    """Each is looked up by itself; the space that English has between them goes."""
    told = translated("It is a workspace. Name the folder of the scans; or see what it holds: banmian status w", "zh")
    assert told == "这是工作区。请指定扫描件所在的文件夹；或查看其内容：banmian status w"


def test_where_nothing_is_done_nothing_is_drawn_in_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`draw` says so, and how to look what is the matter."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    work = made(tmp_path, {"报": [STORY]}).work
    monkeypatch.setattr("banmian.store.workspace.Workspace.tally", lambda _: Tally(failed=1))
    ended = banmian("draw", work)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert f"No page of {work} is done yet." in ended.stderr


def test_no_piece_at_all_is_told_too() -> None:
    """A page of furniture alone has no articles."""
    assert [pieces_told({"furniture": 2}, into) for into in ("en", "zh")] == ["no articles", "没有文章"]


@pytest.mark.parametrize("cause", [met for _, met, _ in _CAUSES])
def test_every_cause_of_an_unreadable_scan_has_its_chinese(cause: str) -> None:
    """With the frame of a file of several pictures, too."""
    assert translated(f"/scans/page 1.tif, frame 3: {cause}", "zh").startswith("/scans/page 1.tif，第 3 帧：")


def test_text_is_sent_to_the_command_for_text(tmp_path: Path) -> None:
    """Before a workspace is made; the command that is named can be copied."""
    file = tmp_path / "my dump.TXT"
    file.write_text("春茶上市。\n", encoding="utf-8")
    ended = banmian("run", file, "--workspace", tmp_path / "work")
    assert ended.exit_code == 3
    assert f"banmian clean '{file}'" in ended.stderr
    assert not (tmp_path / "work").exists()


def test_a_folder_of_text_is_sent_there_too(tmp_path: Path) -> None:
    """The command takes all of its files."""
    (tmp_path / "dumps").mkdir()
    (tmp_path / "dumps/1.txt").write_text("春茶上市。\n", encoding="utf-8")
    ended = banmian("run", tmp_path / "dumps", "--workspace", tmp_path / "work")
    assert ended.exit_code == 3
    assert f"banmian clean {tmp_path}/dumps/*.txt" in ended.stderr
    assert translated(ended.stderr.splitlines()[1].strip(), "zh").endswith(f"banmian clean {tmp_path}/dumps/*.txt")
    assert translated(ended.stderr.splitlines()[1].strip(), "zh").startswith("其中是文本")


@pytest.mark.parametrize("text", ["", "\n\n　\n"])
def test_a_file_without_a_word_is_named(text: str, tmp_path: Path) -> None:
    """It is no failure, and nothing goes to the output."""
    file = tmp_path / "empty.txt"
    file.write_text(text, encoding="utf-8")
    for ended, name in ((banmian("clean", file), str(file)), (banmian("clean", given=text), "standard input")):
        assert (ended.exit_code, ended.stdout, ended.stderr) == (0, "", f"banmian: No text in {name}.\n")


@pytest.mark.skipif(sys.platform != "linux", reason="workers are Linux processes")
def test_where_all_failed_no_export_is_offered(tmp_path: Path) -> None:
    """The sum says where to look, with a command that can be copied; an export says that there is nothing."""
    scans, work = tmp_path / "my scans", tmp_path / "my work"
    scans.mkdir()
    (scans / "1.jpg").write_bytes(DAMAGED)
    ended = banmian("run", scans, "--workspace", work, "--engine", "tesseract", "--lang", "chi_sim", "--jobs", "1")
    assert ended.exit_code == 1
    assert "export" not in ended.stdout
    assert f"banmian status '{work}'" in ended.stdout
    for form in ("jsonl", "text", "mets"):
        refused = banmian("export", work, "--to", form, "--out", tmp_path / form)
        assert refused.exit_code == 2
        assert f"All pages of {work} failed" in refused.stderr
        assert not (tmp_path / form).exists()
