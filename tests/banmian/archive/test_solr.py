"""The feed for Solr: a document an article, in the fields of newspaper databases."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from banmian.archive.check import check
from banmian.archive.content.finding import ExportFault
from banmian.archive.solr import solr
from cleanup.article import Article, Role, SourceLine
from tests.banmian.archive.issues import Desk, article, line, page

TEA = [line("l1", "春茶开采", (40, 40)), line("l2", "清明前的茶山还有雾。", (40, 100))]
BOAT = [line("l1", "船在夜里\ud800靠岸\x00，]]>灯亮了一路。", (40, 40))]


def _written(folder: Path) -> list[dict[str, object]]:
    desk = Desk(folder)
    articles = [article("p1-01", [(1, n) for n in TEA]), article("p2-01", [(2, BOAT[0])], titled=False)]
    solr.write(desk.holding([page(1, TEA)], articles), folder / "out")
    documents: list[dict[str, object]] = json.loads((folder / "out/澄州 '1'/solr.json").read_text())
    return documents


def test_a_document_has_what_is_known(tmp_path: Path) -> None:
    """Headline, text, page and newspaper; what is not known is no field."""
    (tmp_path / "out").mkdir()
    first, second = _written(tmp_path)
    assert first == {
        "id": "澄州 '1'/p1-01", "篇名": "春茶开采", "正文": ["清明前的茶山还有雾。"], "类别": "article",
        "报名": "澄州晚报", "日期": "2019-11-06", "date_dt": "2019-11-06T00:00:00Z", "版次": ["A1"], "版名": ["要闻"],
        "页": [1], "期": "澄州 '1'", "语种": "zh-Hans", "ISSN": "1234-5679", "CN": "CN00-0127", "置信度": 1.0,
        "改动数": 0,
    }  # fmt: skip
    assert second["无标题"] is True
    assert second["正文"] == ["船在夜里\ufffd靠岸\ufffd，]]>灯亮了一路。"]
    assert check(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("kicker", "column"),
    [
        ("·今日谈·", "今日谈"),
        ("【海边来信】", "海边来信"),
        ("■ 一线见闻", "一线见闻"),
        ("全市春耕现场会召开", None),
        ("“一带”·“一路”", None),
    ],
)
def test_a_column_is_told_from_a_kicker(kicker: str, column: str | None) -> None:
    """Dots, brackets or a sign around it make a column's name of the line over a headline."""
    sources = (SourceLine(1, line("l0", kicker, (0, 0)), Role.KICKER, "r1"),)
    assert solr.column_of(Article("a", lines=sources)) == column


def test_what_is_wrong_with_a_feed_is_found(tmp_path: Path) -> None:
    """A field of another type, an unknown one, one that is not there, an id twice, a file cut short."""
    good = {"id": "a/1", "篇名": "春", "正文": [], "类别": "article", "期": "a"}
    bad = [good, {**good, "页": "1"}, {**good, "id": "a/2", "title": "x"}, {"id": "a/3", "篇名": "春", "正文": []}]
    (tmp_path / "solr.json").write_text(json.dumps(bad))
    faults = [f.fault for f in check(tmp_path)]
    assert (faults.count(ExportFault.BELOW), faults.count(ExportFault.ID_TWICE)) == (4, 2)
    (tmp_path / "solr.json").write_text(json.dumps(bad)[:-9])
    assert [f.fault for f in check(tmp_path)] == [ExportFault.DAMAGED]


def test_a_feed_is_the_same_when_written_again(tmp_path: Path) -> None:
    """Byte for byte."""
    holding = Desk(tmp_path).holding([page(1, TEA)], [article("p1-01", [(1, n) for n in TEA])])
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        solr.write(replace(holding), tmp_path / name)
    assert len({(tmp_path / name / holding.folder / "solr.json").read_bytes() for name in ("a", "b")}) == 1
