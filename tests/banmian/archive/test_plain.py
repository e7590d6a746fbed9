"""Text and JSON lines: what they write holds what no encoding can, and their check finds what is no text."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from banmian.archive.check import check
from banmian.archive.content.finding import ExportFault
from banmian.archive.text import jsonl
from banmian.archive.text.text import article_text
from cleanup.article import Article, Role, SourceLine
from layout.page import Line


def _article(text: str = "灯亮了一路") -> Article:
    return Article("p1-01", "晨报", lines=(SourceLine(1, Line("l1", ((0, 0),) * 4, text), Role.BODY, "r1"),))


def test_lines_of_articles_have_no_findings(tmp_path: Path) -> None:
    """With the ledger and without; half a character becomes the sign for what cannot be shown."""
    for with_ledger in (False, True):
        lines = jsonl.lines([_article("一\ud800二\x00")], with_ledger=with_ledger)
        (tmp_path / f"{with_ledger}.jsonl").write_text("".join(lines))
    assert check(tmp_path) == []
    record = json.loads((tmp_path / "False.jsonl").read_text())
    assert record["paragraphs"] == ["一\ufffd二\x00"]


@pytest.mark.parametrize(("text", "told"), [("燈亮了一路，轉過山口", "（下轉A3版）"), ("灯亮了一路", "（下转A3版）")])
def test_a_jump_is_written_in_the_script_of_the_text(text: str, told: str) -> None:
    """Traditional text has a traditional marker where the other part is not there."""
    assert article_text(replace(_article(text), continued_to="A3")).splitlines()[-1] == told


LINE = next(jsonl.lines([_article()]))
RECORD = json.loads(LINE)


@pytest.mark.parametrize(
    ("line", "fault", "told"),
    [
        (LINE[:-20], ExportFault.DAMAGED, "line 2"),
        ('{"a": "\\ud800"}\n', ExportFault.DAMAGED, "line 2"),
        ("[]\n", ExportFault.BELOW, "Expected `object`"),
        (json.dumps({**RECORD, "pages": "1"}) + "\n", ExportFault.BELOW, r"\.pages"),
        (json.dumps({k: v for k, v in RECORD.items() if k != "title"}) + "\n", ExportFault.BELOW, "title"),
        (LINE, ExportFault.ID_TWICE, "晨报/p1-01"),
    ],
)
def test_a_line_that_is_no_article_is_found(tmp_path: Path, line: str, fault: ExportFault, told: str) -> None:
    """Cut short, of another form, a field of another type or gone, an article twice: each told with its line."""
    (tmp_path / "a.jsonl").write_text(LINE + line)
    (finding,) = check(tmp_path / "a.jsonl")
    assert finding.fault is fault
    assert told.replace("\\", "") in finding.told


@pytest.mark.parametrize(
    ("data", "told"), [(b"\xb4\xba\xb2\xe8", "no UTF-8"), (b"a\n\x00b\n", "U+0000 stands in line 2")]
)
def test_a_file_that_is_no_text_is_found(tmp_path: Path, data: bytes, told: str) -> None:
    """Another encoding, and signs that are no text."""
    (tmp_path / "a.txt").write_bytes(data)
    (finding,) = check(tmp_path)
    assert finding.fault is ExportFault.DAMAGED
    assert told in finding.told
