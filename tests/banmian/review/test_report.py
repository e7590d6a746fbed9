"""The quality report: counted, self-contained, and safe to open."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from banmian.cli import main
from banmian.decisions.actions.finish_page import FinishPage
from banmian.decisions.actions.sample import SampleLine
from banmian.decisions.actions.see import FindRight
from banmian.decisions.decision import Step
from banmian.review.report import write_report
from banmian.store.workspace import Workspace
from layout.page import RegionKind
from tests.banmian.review.test_decided import FIRST, Desk
from tests.banmian.review.workspaces import Told, made


def test_the_report_counts_what_was_decided_and_fetches_nothing(tmp_path: Path) -> None:
    """A correction, a confirmed reading and a sampled line with one error are counted; no script is in it."""
    desk = Desk(made(tmp_path, {"报": [FIRST]}), person="<b>白露")
    desk.type("p1-01", "老茶衣", "老茶农")
    start = desk.article("p1-01").clean.text.index("衣")
    desk.wish("p1-01", FindRight(start, start + 1))
    assert desk.wish("p1-02", SampleLine((1, "l6"), "船在夜里靠崖，灯亮了一路。")).status == 200
    with Workspace.open(desk.trial.work) as workspace:
        quality = write_report(workspace, tmp_path / "report.html")
    assert dict(quality.by_person) == {"错字": 2}
    assert (quality.sampled.lines, quality.sampled.characters, quality.sampled.errors) == (1, 13, 1)
    assert sorted(quality.readings) == [(0.3, True), (0.4, False)]
    text = (tmp_path / "report.html").read_text()
    assert "<script" not in text
    assert "&lt;b&gt;白露" in text
    assert "src=" not in text
    assert "href=" not in text
    assert "url(" not in text
    for part in ("1 / 1", "错字", "怎样计数", "报</td>", "读对 found right"):
        assert part in text


def test_the_report_names_waiting_jumps_and_pages_with_lost_ink(tmp_path: Path) -> None:
    """A jump without its other end stands with article and reason; issues that were not reviewed are counted too."""
    waits = (Told("夜航船归", kind=RegionKind.HEADLINE), Told("　　船在夜里靠岸，灯亮了一路。（下转第2版）"))
    trial = made(tmp_path, {"报": [waits], "<i>乙": [FIRST]})
    with Workspace.open(trial.work) as workspace:
        quality = write_report(workspace, tmp_path / "report.html")
    assert [(j.title, j.end, j.page) for j in quality.jumps] == [("夜航船归", "to", "2")]
    assert {r.name: r.waiting for r in quality.rows} == {"报": 1, "<i>乙": 0}
    assert all(r.characters > 20 for r in quality.rows)
    text = (tmp_path / "report.html").read_text()
    assert "下转 2" in text
    assert "&lt;i&gt;乙" in text


def test_status_says_how_many_decided_what(tmp_path: Path) -> None:
    """Decisions that stand are counted by person and issue, undone ones are not, and pages marked done are named."""
    desk = Desk(made(tmp_path, {"报": [FIRST]}))
    assert "reviewed" not in CliRunner().invoke(main, ["status", str(desk.trial.work)]).output
    desk.type("p1-01", "老茶衣", "老茶农")
    desk.type("p1-01", "雨水", "雨量")
    desk.step(Step.UNDO)
    other = Desk(desk.trial, "何\x1b[31m青")
    other.type("p1-02", "灯亮", "灯火亮")
    other.wish("", FinishPage(1, done=True))
    text = CliRunner().invoke(main, ["status", str(desk.trial.work)]).output
    assert "reviewed: 1 of 1 page done, 2 decisions (" in text
    assert "白露 1" in text
    assert "\x1b" not in text
    told = json.loads(CliRunner().invoke(main, ["status", str(desk.trial.work), "--json"]).output)
    assert told["review"] == {"decisions": 2, "people": {"白露": 1, "何\x1b[31m青": 1}, "pages_done": 1}
    assert told["issues"][0]["review"]["pages_done"] == [1]
