"""The words of a text, counted by class: what a report, an offer and a notice say differs."""

from __future__ import annotations

import numpy as np
import pytest

from cleanup.articles.frame import reading_frame
from cleanup.articles.line_measures import line_measures
from cleanup.articles.surroundings import surroundings
from cleanup.articles.wording import CLASSES, WORDING, amounts, wording
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet

TEXTS = {
    "report": "本报讯（记者方圆）市水务局昨日表示，据了解，今年全市将新建水厂三座。",
    "offer": "旺铺出租，价格面议，欢迎来电咨询，联系人方先生，电话八八二六。",
    "notice": "兹定于下月初三召开第五届会员大会，逾期不候，特此公告。",
    "imprint": "本版责任编辑：方圆　校对：林立　国内统一刊号零零一　主办：水务局",
    "writer": "我还记得我第一次坐渡船，我抓着船舷，我不敢看水。",
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_holds_most_words_of_its_class(kind: str) -> None:
    among = ["report", "offer", "notice", "imprint", "writer"]
    found = dict(zip(CLASSES, amounts([TEXTS[kind]])[0], strict=True))
    assert max(among, key=lambda name: found[name]) == kind


def test_words_of_both_scripts_count_alike() -> None:
    simplified, traditional = amounts(["敬请联系，欢迎订购，电话", "敬請聯繫，歡迎訂購，電話"])
    np.testing.assert_array_equal(simplified, traditional)


def test_a_word_that_a_line_break_divides_counts_in_its_region() -> None:
    sheet = Sheet()
    sheet.add(RegionKind.BODY, ["旺铺出租，有意的请拨打服务电", "话洽谈。"], (2, 2), 1)
    sheet.add(RegionKind.BODY, ["渡口的人看着江水慢慢地落下去。"], (2, 8), 2)
    frame = reading_frame(sheet.page)
    found = line_measures(frame, surroundings(frame))

    def of(name: str) -> list[float]:
        return found.values[:, found.names.index(name)].tolist()

    assert of("region: words: number, offer") == [3, 3, 0]  # 出租, 电话, 洽
    assert of("words: offer") == pytest.approx([1 / 14, 1 / 4, 0])
    assert of("region: words: characters") == [18, 18, 15]


def test_a_text_is_told_by_numbers_shares_and_length() -> None:
    found = dict(zip(WORDING, wording("电话" * 20), strict=True))
    assert found["number, offer"] == 20
    assert found["share, offer"] == pytest.approx(50)
    assert found["characters"] == 40
