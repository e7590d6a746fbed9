"""What of a workspace goes out: issues, articles, what the review is done with; and an old export's place is taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from banmian.archive.check import check
from banmian.archive.content.finding import ExportFault
from banmian.archive.export import Exported, ExportRequest, export
from banmian.archive.formats import ExportOptions, Format
from banmian.archive.selection import Selection
from banmian.decisions.actions.finish_page import Finished
from banmian.decisions.decision import Wanted
from banmian.decisions.record import Record, Request
from banmian.store.workspace import Workspace
from layout.errors import UsageError
from layout.page import RegionKind
from tests.banmian.review.workspaces import Told, Trial, made

HEAD = RegionKind.HEADLINE
TEA = (Told("春茶开采", kind=HEAD), Told("　　清明前的茶山还有雾，采茶的人已经上了山。"))
BOAT = (Told("夜航船归", kind=HEAD), Told("　　船在夜里靠岸，灯亮了一路，人都还没有睡。"))


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    """Two issues: one of a page for each of two stories, one with one of them."""
    return made(tmp_path, {"晨报": [TEA, BOAT], "晚报": [BOAT]})


def _export(trial: Trial, out: Path, selection: Selection, form: Format = Format.JSONL, **told: bool) -> Exported:
    with Workspace.open(trial.work) as workspace:
        return export(workspace, ExportRequest(ExportOptions(form), out, selection, **told))


def _titles(path: Path) -> list[tuple[str, str]]:
    records = (json.loads(line) for line in path.read_text().splitlines())
    return [(r["issue"], r["title"]) for r in records]


@pytest.mark.parametrize(
    ("selection", "titles"),
    [
        (Selection(), [("晚报", "夜航船归"), ("晨报", "春茶开采"), ("晨报", "夜航船归")]),
        (Selection(issues=("晚报",)), [("晚报", "夜航船归")]),
        (Selection(articles=("p1-01",)), [("晚报", "夜航船归"), ("晨报", "春茶开采")]),
        (Selection(articles=("晨报/p1-01", "晨报/p2-01")), [("晨报", "春茶开采"), ("晨报", "夜航船归")]),
        (Selection(issues=("晨报",), articles=("p1-01",)), [("晨报", "春茶开采")]),
        (Selection(articles=("晚报/p1-01", "p2-01")), [("晚报", "夜航船归"), ("晨报", "夜航船归")]),
    ],
)
def test_issues_and_articles_are_chosen_by_name(
    trial: Trial, tmp_path: Path, selection: Selection, titles: list[tuple[str, str]]
) -> None:
    """Each choice gives its articles, in the order of the workspace."""
    exported = _export(trial, tmp_path / "a.jsonl", selection)
    assert _titles(tmp_path / "a.jsonl") == titles
    assert (sum(exported.pieces.values()), exported.issues) == (len(titles), len({issue for issue, _ in titles}))


@pytest.mark.parametrize(
    ("selection", "told"),
    [
        (Selection(issues=("晨抱",)), "no issue 晨抱.*Near to it: 晨报"),
        (Selection(articles=("p1-02", "p1-01")), "no article p1-02.*Near to it"),
        (Selection(articles=("午报/p1-01",)), "no issue 午报"),
        (Selection(done=True), "not done"),
    ],
)
def test_a_choice_that_meets_nothing_is_refused(trial: Trial, tmp_path: Path, selection: Selection, told: str) -> None:
    """It says what is not there and what is near, and leaves the old file as it was."""
    (tmp_path / "a.jsonl").write_text("old")
    with pytest.raises(UsageError, match=f"(?s){told}"):
        _export(trial, tmp_path / "a.jsonl", selection)
    assert (tmp_path / "a.jsonl").read_text() == "old"


def test_only_what_the_review_is_done_with(trial: Trial, tmp_path: Path) -> None:
    """With --state done a page goes out that was marked, and the others are counted."""
    with Record.open(trial.work) as record:
        record.add([Wanted("晨报", "", Finished(page=2, done=True))], Request("白露", "1", {}))
    exported = _export(trial, tmp_path / "done", Selection(done=True), Format.ALTO)
    assert [p.relative_to(tmp_path / "done").as_posix() for p in (tmp_path / "done").rglob("*.xml")] == [
        "晨报/0002.xml"
    ]
    assert (exported.pieces, exported.waiting) == ({"article": 1}, {"article": 2})


def test_page_furniture_is_not_waited_for(tmp_path: Path) -> None:
    """A page with a folio alone holds nothing that is left out, and is nothing that goes out."""
    folio = Told("第2版　2006年8月3日", kind=RegionKind.FOLIO)
    trial = made(tmp_path, {"晨报": [TEA, (folio,)]})
    with Record.open(trial.work) as record:
        record.add([Wanted("晨报", "", Finished(page=1, done=True))], Request("白露", "1", {}))
    exported = _export(trial, tmp_path / "a.jsonl", Selection(done=True))
    assert (exported.pieces, exported.waiting) == ({"article": 1}, {})
    with Record.open(trial.work) as record:
        record.add([Wanted("晨报", "", Finished(page=1, done=False))], Request("白露", "2", {}))
        record.add([Wanted("晨报", "", Finished(page=2, done=True))], Request("白露", "3", {}))
    with pytest.raises(UsageError, match="not done"):
        _export(trial, tmp_path / "b.jsonl", Selection(done=True))


@pytest.mark.parametrize("form", [f for f in Format if f is not Format.JSONL])
def test_a_chosen_article_goes_out_in_every_format(trial: Trial, tmp_path: Path, form: Format) -> None:
    """Whatever the format, one article alone passes the format's check; its issue's folder is the only one."""
    _export(trial, tmp_path / "out", Selection(articles=("晨报/p2-01",)), form)
    assert check(tmp_path / "out") == []
    assert {p.stem for p in (tmp_path / "out").iterdir()} == {"晨报", "SHA512SUMS"}


def test_an_issue_keeps_its_name_whatever_is_chosen_of_it(trial: Trial, tmp_path: Path) -> None:
    """METS of one article bears the same URN as METS of the whole issue, and the other issue another one."""
    for name, selection in (("whole", Selection()), ("part", Selection(articles=("晨报/p2-01",)))):
        _export(trial, tmp_path / name, selection, Format.METS)
    urns = [
        etree.parse(tmp_path / n / "mets.xml").getroot().get("OBJID") for n in ("whole/晨报", "part/晨报", "whole/晚报")
    ]
    assert urns[0] == urns[1]
    assert urns[0] != urns[2]


def _folder(out: Path) -> Iterator[str]:
    return (p.relative_to(out).as_posix() for p in sorted(out.rglob("*.txt")))


def test_an_old_export_is_replaced_whole(trial: Trial, tmp_path: Path) -> None:
    """The new one stands in the place of the old one, with nothing of it left, there or beside it."""
    _export(trial, tmp_path / "out", Selection(), Format.TEXT)
    with pytest.raises(UsageError, match="--replace"):
        _export(trial, tmp_path / "out", Selection(), Format.TEXT)
    _export(trial, tmp_path / "out", Selection(issues=("晚报",)), Format.TEXT, replace=True)
    assert list(_folder(tmp_path / "out")) == ["晚报/articles/001 夜航船归.txt", "晚报/pages/0001.txt"]
    assert {p.name for p in tmp_path.iterdir()} == {"out", "scans", "work"}


def test_a_link_to_an_export_stays_a_link(trial: Trial, tmp_path: Path) -> None:
    """What it leads to is replaced."""
    _export(trial, tmp_path / "real", Selection(), Format.TEXT)
    (tmp_path / "link").symlink_to("real")
    _export(trial, tmp_path / "link", Selection(issues=("晚报",)), Format.TEXT, replace=True)
    assert (tmp_path / "link").is_symlink()
    assert {p.name for p in (tmp_path / "real").iterdir()} == {"晚报", "SHA512SUMS"}


def test_what_somebody_worked_on_is_not_replaced(trial: Trial, tmp_path: Path) -> None:
    """A folder that no export made, and one in which a file was changed or added, stay as they are."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/a.txt").write_text("x")
    with pytest.raises(UsageError, match="holds no export"):
        _export(trial, tmp_path / "mine", Selection(), Format.TEXT, replace=True)
    _export(trial, tmp_path / "out", Selection(), Format.TEXT)
    (tmp_path / "out/晚报/pages/0001.txt").write_text("better")
    (tmp_path / "out/note.txt").write_text("x")
    with pytest.raises(UsageError, match=r"(?s)note.txt: added.*0001.txt: changed|0001.txt: changed.*note.txt: added"):
        _export(trial, tmp_path / "out", Selection(), Format.TEXT, replace=True)
    assert (tmp_path / "out/晚报/pages/0001.txt").read_text() == "better"
    assert {f.fault for f in check(tmp_path / "out")} == {ExportFault.CHANGED, ExportFault.ADDED}
