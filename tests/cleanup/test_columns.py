"""The rows of a headline, and adverts by their words."""

from __future__ import annotations

import pytest

from cleanup.forms.advert import is_advert, is_notice
from cleanup.lines.rows import in_rows
from layout.geometry import Box
from layout.page import Line, Region, RegionKind


def test_the_lines_of_a_headline_are_read_row_by_row() -> None:
    """Lines on one level come from left to right, whatever order layout found them in."""
    places = {"c": Box(0, 80, 300, 120), "b": Box(200, 4, 400, 50), "a": Box(0, 0, 180, 48)}
    lines = tuple(Line(name, box.corners, "题") for name, box in places.items())
    region = Region("r", RegionKind.HEADLINE, Box(0, 0, 400, 120).corners, lines)
    assert "".join(n.id for n in in_rows(region).lines) == "abc"


@pytest.mark.parametrize(
    ("texts", "is_one"),
    [
        (["新店开业", "全场优惠", "地址：人民路17号"], True),
        (["诚聘编辑两名", "联系人：何先生"], True),
        (["中心医院职工夜校", "招生", "电话 84390000"], True),
        (["市图书馆新馆开业，读者纷纷前来。", "地址在人民路。电话不变。"], False),
        (["澄州港今起直航云门", "首班客货船启程"], False),
        ([], False),
    ],
)
def test_a_small_advert_is_known_by_its_words(texts: list[str], is_one: bool) -> None:
    """Where to call and what is on offer, without a sentence, is an advert; a report of an opening is none."""
    assert is_advert(texts) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("遺失木質圖章一枚特此聲明作廢", True),
        ("石階街吉屋招租租金從廉請洽十二號鐘表店", True),
        ("承蒙施醫師診治三日痊癒特登報鳴謝", True),
        ("律師表示、渡口兩岸居民昨日均已遷回原處、損失約三百元、縣署派員前往調查、", False),
        ("昨日擺渡工人電話報告水位已退、各村秩序安謐", False),
        ("渡船公會昨請律師聲明、渡資照舊", False),
        ("診所門診昨起減價、電話改號", False),
        ("橋頭診所主治咳嗽、立效、電話三十二號", True),
    ],
)
def test_a_notice_of_an_old_paper_is_known_by_its_words(text: str, *, is_one: bool) -> None:
    """Notices say little but what they are for; one such word in a report says nothing."""
    assert is_notice(text) is is_one
