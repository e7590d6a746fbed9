"""Every format, whatever stands in the texts and names; and a refusal that leaves nothing behind."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from banmian.archive.check import check
from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.export import fill
from banmian.archive.formats import Format, writer
from cleanup.article import Article
from layout.page import Direction, Line
from tests.banmian.archive.issues import Desk, article, line, page
from tests.banmian.review.workspaces import Told, made

HOSTILE = "]]><!--&amp;\"'\x00\x0b\x1b\ud800\uffff\u202e 𠮷〇\t$(x)%0A{}\\"


def _holding(folder: Path) -> ExportIssue:
    """A page of signs that mean something to somebody, an empty page, articles without headline and without lines."""
    articles = [
        article("p1-01 <&'\">", [(1, n) for n in _lines(HOSTILE)]),
        article("p1-02", [(1, line("l3", "灯亮了一路。", (40, 200)))], titled=False),
        Article("p1-03", "澄州"),
    ]
    # no page on the disk can hold half a character; an edit might bring one
    stored = [*_lines(HOSTILE.replace("\ud800", "?")), line("l3", "灯亮了一路。", (40, 200))]
    return Desk(folder).holding([page(1, stored), page(2, [])], articles, "a b '1' $x")


def _lines(text: str) -> list[Line]:
    return [line("l<1>'&", text, (40, 40)), line("l2", text, (900, 40), Direction.VERTICAL_RL)]


@pytest.mark.parametrize("form", Format)
def test_whatever_the_texts_hold_a_format_is_whole(tmp_path: Path, form: Format) -> None:
    """Control characters, halves of characters, ends of sections, names with quotes: valid output in every format."""
    (tmp_path / "out").mkdir()
    fill(tmp_path / "out", [_holding(tmp_path)], writer(form))
    assert check(tmp_path / "out") == []


@pytest.mark.parametrize("form", [Format.PDF, Format.IIIF, Format.BAGIT, Format.METS])
def test_a_scan_that_is_gone_is_told_and_nothing_written(tmp_path: Path, form: Format) -> None:
    """Formats that hold or vouch for scans say which page's is gone, with exit code 1, and leave no part behind."""
    trial = made(tmp_path, {"晨报": [(Told("船在夜里靠岸。"),), (Told("灯亮了一路。"),)]})
    (tmp_path / "scans/晨报/p2.png").unlink()
    ended = _banmian("export", str(trial.work), "--to", form.value, "--out", str(tmp_path / "out/x"))
    assert ended.returncode == 1
    assert "Page 2" in ended.stderr
    assert "p2.png" in ended.stderr
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("form", Format)
def test_a_disk_that_takes_no_more_leaves_the_old_export(tmp_path: Path, form: Format) -> None:
    """When a file cannot be written to its end, what was there stays, with exit code 6 and no part left."""
    trial = made(tmp_path, {"晨报": [tuple(Told("船在夜里靠岸，灯亮了一路。") for _ in range(40))]})
    out = tmp_path / "out/x"
    command = ["export", str(trial.work), "--to", form.value, "--out", str(out), "--replace"]
    assert _banmian(*command).returncode == 0
    before = {p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    ended = _banmian(*command, most=512)
    assert ended.returncode == 6, ended.stderr
    assert {p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()} == before


def test_a_page_that_lost_its_places_goes_out_as_text(tmp_path: Path) -> None:
    """A sheet whose scan is not known is no hindrance for formats without scans."""
    holding = _holding(tmp_path)
    sheets = tuple(replace(s, scan=None) for s in holding.sheets)
    for form in (Format.TEXT, Format.JSONL, Format.ALTO, Format.PAGE, Format.HOCR, Format.SOLR):
        (tmp_path / form.value).mkdir()
        fill(tmp_path / form.value, [replace(holding, sheets=sheets)], writer(form))
        assert check(tmp_path / form.value) == []


def _banmian(*arguments: str, most: int | None = None) -> subprocess.CompletedProcess[str]:
    """The command; with `most`, no file may grow beyond so many bytes."""

    def bound() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most or 0, most or 0))

    command = [sys.executable, "-m", "banmian", *arguments]
    limit = None if most is None else bound
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)
