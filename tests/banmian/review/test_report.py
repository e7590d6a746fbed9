"""The quality report: counted, self-contained, and safe to open."""

from __future__ import annotations

from pathlib import Path

from banmian.review.report import write_report
from banmian.review.wish import Sample, See
from banmian.workspace import Workspace
from tests.banmian.review.test_decided import FIRST, Desk
from tests.banmian.review.workspaces import made


def test_the_report_counts_what_was_decided_and_fetches_nothing(tmp_path: Path) -> None:
    """A correction, a confirmed reading and a sampled line with one error are counted; no script is in it."""
    desk = Desk(made(tmp_path, {"报": [FIRST]}), person="<b>白露")
    desk.type("p1-01", "老茶衣", "老茶农")
    start = desk.article("p1-01").clean.text.index("衣")
    desk.wish("p1-01", See(start, start + 1))
    assert desk.wish("p1-02", Sample((1, "l6"), "船在夜里靠崖，灯亮了一路。")).status == 200
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
