"""Where paragraphs begin in plain text is told by how the measure was filled, by the marks and by the indents."""

from __future__ import annotations

import pytest

from cleanup.language.characters import cells
from cleanup.lines.filling import Filled, begins_of, fill_a_measure, measures_of
from tests.cleanup.test_extractors import paragraphs

TALE = (
    "雾还没散，渡口的铃就响了。",
    "“谁家的船？”老梁问。",
    "“南岸的。”",
    "徒弟把缆绳接过来绕了两圈，又回头看了看天色，说这雾怕是到中午也散不了，不如先把船底的水舀干净再说别的。",
    "“那就舀。”",
    "两个人舀了一个多钟头，谁也没有说话，只听见水泼在石头上的声音，一下重，一下轻，像是有人在远处慢慢地敲鼓。",
    "舀完了，雾也散了。",
)
RULES = (
    "村里立了护林的规矩，写在祠堂门口的白墙上，一共有下面这么几条：",
    "一是不准带火种上山，清明上坟也只许献花，谁犯了谁去巡山一个月；",
    "二是不准砍生树，枯枝由护林员统一收了分给各家；",
    "三是谁家丢了牛羊，先报给组长，再一同上山去找，不许放狗。",
)


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """The paragraph in lines of `width` hanzi; a mark that may not begin a line hangs over the edge."""
    lines, line = list[str](), indent
    for char in text:
        if len(line) >= width and char not in "，。；：？！”":
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def dropped(text: str, width: int) -> list[str]:
    first, *rest = wrapped(text, width, "　　")
    return [first.strip(), *rest]


def filled(*lines: str, gaps: frozenset[int] = frozenset()) -> list[Filled]:
    return [
        Filled(line.strip(), cells(line), cells(line) - cells(line.strip()), gap=at in gaps)
        for at, line in enumerate(lines)
    ]


@pytest.mark.parametrize("width", [18, 21])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_a_run_of_short_paragraphs_stays_apart(width: int, indent: str) -> None:
    lines = [line for text in TALE for line in wrapped(text, width, indent)]
    assert paragraphs("夜里的渡口", "本报记者 季平", *lines) == list(TALE)


@pytest.mark.parametrize("width", [18, 20])
def test_paragraphs_that_end_with_a_semicolon_or_a_colon_stay_apart(width: int) -> None:
    for set_ in (wrapped, dropped):
        lines = [line for text in RULES for line in set_(text, width)]
        assert paragraphs("护林的规矩", "本报记者 季平", *lines) == list(RULES)


def test_columns_of_two_widths_in_one_article_have_each_its_measure() -> None:
    wide = wrapped(TALE[3], 24, "　　")
    narrow = wrapped(TALE[5], 12, "　　")
    lines = filled(*wide, *narrow)
    assert set(measures_of(lines)[: len(wide) - 1]) == {48}
    assert set(measures_of(lines)[len(wide) + 1 :]) == {24}
    assert [at for at, begins in enumerate(begins_of(lines)) if begins] == [0, len(wide)]


def test_a_line_with_room_for_the_next_word_ends_a_paragraph() -> None:
    lines = filled(*wrapped(TALE[3], 20), *wrapped(TALE[5], 20))
    assert sum(begins_of(lines)) == 2
    assert sum(begins_of(filled(*wrapped(TALE[3] + TALE[5], 20)))) == 1


def test_lines_of_verse_fill_no_measure() -> None:
    verse = ["江上春风吹绿了两岸的柳", "渡口的老船静静地睡着，", "谁把灯火点在水的那一边", "照着没有回来的人。"]
    assert not fill_a_measure(filled(*verse), [True, False, True, False])
    prose = wrapped(TALE[3], 14)
    assert fill_a_measure(filled(*prose), [line[-1] not in "，。" for line in prose])


@pytest.mark.parametrize("foot", [("4 要闻", "江畔日报"), ("JIANGPAN 周末 C2",), ("新闻热线：0571-6600123",)])
@pytest.mark.parametrize("feed", ["", "\f"])
def test_a_page_foot_within_a_sentence_is_no_text(foot: tuple[str, ...], feed: str) -> None:
    lines = [line for text in TALE[3:6] for line in wrapped(text, 16, "　　")]
    lines[2] = feed + lines[2]
    assert paragraphs("夜里的渡口", "本报记者 季平", *lines[:2], *foot, *lines[2:]) == list(TALE[3:6])


def test_stray_spaces_go_from_a_text_that_no_column_broke() -> None:
    """Spaces at random, beside single hanzi and before marks, are nobody's; one between two clauses is the author's."""
    stray = [
        "雾还 没散，渡口的 铃就响了 。老梁披 上衣服出门，石阶 上都是露水。",
        "徒弟 把缆绳接过来绕了两 圈， 又回头看了看天色，说这雾 怕是散不了。",
        "两个 人舀了一个多钟头，谁 也没有说话，只听见水泼在石 头上的声音。",
    ]
    assert paragraphs("夜里的渡口", "", *stray) == [line.replace(" ", "") for line in stray]
    meant = ["主持人 您好，请坐。", "嘉宾 大家好，谢谢邀请。", "主持人 我们先从渡口说起，好吗？"]
    assert paragraphs("夜里的渡口", "", *meant) == meant
