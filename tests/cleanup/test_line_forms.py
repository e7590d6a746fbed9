"""What a line's form alone tells: bylines, datelines, credits, captions, folios."""

from __future__ import annotations

import datetime

import pytest

from cleanup.forms.briefs import entries_of_lists
from cleanup.forms.byline import (
    are_several_names,
    awaits_names,
    dateline_of,
    is_byline,
    is_closing_credit,
    is_editors_line,
    is_email,
    is_names,
    is_spaced_name,
    may_be_byline,
)
from cleanup.forms.caption import closes_caption, opens_caption
from cleanup.forms.folio import Folio, is_folio, read_folio
from cleanup.forms.headline import is_counted, is_label
from cleanup.forms.section_names import is_page_name, is_standing
from cleanup.forms.signature import names_writer
from cleanup.lines.plain_line import is_row, lines_of

BYLINES = [
    "本报记者 檀禾",
    "本报通讯员 木青禾",
    "特派记者谷雨发自南渡口",
    "本报记者周远发自临江、河口",
    "江城周末记者许青发自青禾县下洲村",
    "記者何月／南渡報導",
    "許青报道/xuqing@paper.example",
    "周小满 摄影报道",
    "□本报记者 何青禾",
    " □某城日报社全媒体记者 柳如意 苗雨",
    "■本报记者 容望舒 柳铁柱",
    "本报记者 季知微",
    "本报驻云门记者 周小满",
    "本报记者 卜亦凡 通讯员 覃连生",
    "某城晚报首席记者 沈嘉木",
    "特约撰稿人 司马长庚",
    "□本报评论员",
    "□本报记者 本报评论员",
    "□苗 雨 文/图",
    "顾长庚/文 苗雨/图",
    "文/高晓棠 图/董立秋",
    "周小满 摄",
    "何青禾　报道",
    "本报记者 温有田 实习生 罗小满 摄影报道",
    "本報記者 顧長庚",
    "qinghe.he@example.org",
]
NO_BYLINES = [
    "本报记者获悉",
    "本报记者从县里",
    "记者第一次走访",
    "记者招待会",
    "记者手记",
    "本报记者手记",
    "本报记者站揭牌",
    "本报通讯员培训",
    "本报记者昨日",
    "本报记者独家",
    "特派记者专访",
    "摄影展览",
    "记者说，今天天气好",
    "记者观察",
    "记者有话要说",
    "实习生的第一个夜班",
    "环卫工人接受记者采访时",
    "本报记者在现场看到，水已退去。",
    "本报讯",
    "船长姓季，今年五十三岁",
    "口袋里的家乡",
    "△市图书馆新馆起试开",
    "●八十五岁以上老人免费",
    "说说三号码头的事",
    "",
]


@pytest.mark.parametrize("text", BYLINES)
def test_bylines_are_known_by_their_form(text: str) -> None:
    """Office and name, mark and name, name and 文/图, an email line: each names the writer."""
    assert is_byline(text)


@pytest.mark.parametrize("text", ["本报记者檀禾", "本报通讯员木青禾", "本报记者 周远"])
def test_a_printed_line_may_be_the_byline_of_whatever_surname(text: str) -> None:
    assert may_be_byline(text)


@pytest.mark.parametrize("text", ["本报记者获悉", "本报记者从县里", "记者第一次走访", "本报记者手记", "本报记者站揭牌"])
def test_what_follows_an_office_in_running_text_is_no_name(text: str) -> None:
    assert not may_be_byline(text)


@pytest.mark.parametrize("text", NO_BYLINES)
def test_text_about_reporters_is_no_byline(text: str) -> None:
    """A sentence or a headline that holds the word 记者 signs nothing."""
    assert not is_byline(text)


@pytest.mark.parametrize("text", ["何青禾", "何青禾 周小满", "张志远何伟", "容　与", "司马长庚", "李 明  王小川"])
def test_bare_names_are_known(text: str) -> None:
    """Names alone, set apart or run together, double surnames and spaced names too."""
    assert is_names(text)


@pytest.mark.parametrize("text", ["和他的纸箱", "春风又绿", "于是他说", "这里有", "王", "他们不在"])
def test_plain_words_are_no_names(text: str) -> None:
    """Words that begin like surnames are told apart by the plainest characters within."""
    assert not is_names(text)


def test_two_names_set_apart_are_surer_than_one() -> None:
    """One word can look like a name, two beside each other hardly."""
    assert are_several_names("何青禾 周小满")
    assert not are_several_names("何青禾")


@pytest.mark.parametrize("text", ["□某城日报社全媒体记者", "本报记者：", "本报通讯员"])
def test_an_office_without_names_awaits_them(text: str) -> None:
    """The names of such a byline stand on the next line."""
    assert awaits_names(text)


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("本报讯（记者 何青禾）昨日，首航客船靠岸。", "本报讯（记者 何青禾）"),
        ("本报讯 昨日，首航客船靠岸。", "本报讯"),
        ("本报讯记者何青禾报道：昨日", "本报讯"),
        ("新华社澄州4月2日电 昨日", "新华社澄州4月2日电"),
        ("新华社澄州四月二日电（记者何青禾）昨日", "新华社澄州四月二日电（记者何青禾）"),
        ("据新华社澄州4月2日电昨日", "据新华社澄州4月2日电"),
        ("本报云门1月26日电记者何青禾报道：昨日", "本报云门1月26日电"),
        ("本報訊（記者 顧長庚）昨日", "本報訊（記者 顧長庚）"),
        ("本报通讯员说，昨日", None),
        ("本报电脑房昨日搬迁。", None),
        ("昨日，首航客船靠岸。", None),
    ],
)
def test_the_dateline_is_cut_where_the_report_begins(text: str, dateline: str | None) -> None:
    """Agency, place, day, 电 or 讯, and the reporter in brackets are the dateline; the sentence is not."""
    assert dateline_of(text) == dateline


def test_closing_credits_editors_and_email_are_told_apart() -> None:
    """Each is known by its form, and prose is none of them."""
    assert is_closing_credit("（某城日报社全媒体记者综合报道）")
    assert is_closing_credit("（本报记者 何青禾）")
    assert is_editors_line("责编：何青禾 版式：苗雨")
    assert is_email("qinghe.he@example.org")
    for text in ("（见图）", "他在给编辑的信里说", "责任重于山", "（何青禾）"):
        assert not any(tells(text) for tells in (is_closing_credit, is_editors_line, is_email))


@pytest.mark.parametrize(
    "text", ["图为首航客船驶离码头。", "右图：码头工人在系缆。", "▲首航客船“青鹭号”", "上图为新候船室"]
)
def test_captions_are_known_by_their_opening(text: str) -> None:
    """图为, 右图：, an arrow: what points at a picture."""
    assert opens_caption(text)


@pytest.mark.parametrize(
    "text", ["本报记者 周小满 摄", "驶离三号码头。周小满摄", "（周小满摄）", "（资料图片）", "（阿依古丽 摄）"]
)
def test_captions_are_known_by_their_end(text: str) -> None:
    """A name and 摄, or what archive the picture is from."""
    assert closes_caption(text)


@pytest.mark.parametrize(
    "text", ["图书馆今天开馆。", "他在码头拍摄", "他热爱摄影", "他退休以后学起了摄影。人像摄影", "图样改了又改"]
)
def test_text_about_pictures_is_no_caption(text: str) -> None:
    """A line that only holds 图 or 摄 is text."""
    assert not opens_caption(text)
    assert not closes_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024年4月3日 星期三 第2版 责任编辑 何青禾",
        "某城日报 2024年4月3日 星期三 03 要闻",
        "二〇〇九年四月二日 星期四",
        "第2版",
        "A13",
        "本版编辑：何青禾 校对：苗雨 电话：（010）84390000",
    ],
)
def test_folios_are_known_by_what_is_left_without_date_and_page(text: str) -> None:
    """Date, weekday, 版次, editors and contacts taken out, hardly anything remains."""
    assert is_folio(text)


@pytest.mark.parametrize(
    "text",
    [
        "从2019年3月1日起到2021年5月6日，",
        "4月3日电",
        "全县电话用户三万、镇村电话都换成了",
        "2021年，云门港货运",
        "本報創刊於民國九年三月二日",
    ],
)
def test_a_sentence_that_names_a_day_is_no_folio(text: str) -> None:
    """Dates and telephones within text are text."""
    assert not is_folio(text)


@pytest.mark.parametrize(
    ("texts", "folio"),
    [
        (["2024年4月3日 星期三 第2版"], Folio(datetime.date(2024, 4, 3), "2", None)),
        (["A13", "2024年8月12日 星期一"], Folio(datetime.date(2024, 8, 12), "A13", None)),
        (["第二版　要闻"], Folio(None, "二", "要闻")),
        (["二〇〇九年十二月二十一日", "第三版", "要闻"], Folio(datetime.date(2009, 12, 21), "三", "要闻")),
        (["1998年13月41日"], Folio(None, None, None)),
        ([], Folio()),
        (["中華民國二十三年五月廿七日", "星期日", "第三版"], Folio(datetime.date(1934, 5, 27), "三", None)),
        (["中華民國貳拾叁年拾月卅一日"], Folio(datetime.date(1934, 10, 31), None, None)),
    ],
)
def test_the_folio_tells_date_page_and_section(texts: list[str], folio: Folio) -> None:
    """版次 and 版名 are read as printed, a day that cannot be is not made up."""
    assert read_folio(texts) == folio


@pytest.mark.parametrize("text", ["副刊", "要　闻", "国际新闻", "简　讯", "启 事", "更正"])
def test_names_of_pages_and_columns_are_nobodys(text: str) -> None:
    """What a newspaper prints day after day over a page or a column is no writer's name, though it may read so."""
    assert is_standing(text)
    assert not is_names(text)
    assert not is_spaced_name(text)


def test_a_headline_about_the_economy_is_no_name_of_a_page() -> None:
    """A page is called 经济新闻; what says something of the economy is a headline."""
    assert is_page_name("经济新闻")
    assert not is_page_name("经济稳步回升")


def test_a_short_name_set_apart_needs_no_known_surname() -> None:
    """朝 鲁 under a headline is a name; three characters apart are a word."""
    assert is_spaced_name("朝　鲁")
    assert not is_spaced_name("朝 鲁 来")


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("▲水渠通水。\n▲新桥通车。", {1, 2}),
        ("▲水渠今年\n通水。\n\n▲新桥通车。", {1, 4}),
        ("▲水渠通水。\n●新桥通车。", set()),
        ("▲水渠通水。周小满 摄\n▲新桥通车。苗雨 摄", set()),
        ("▲水渠通水。\n\n　　渠长三里。\n\n▲新桥通车。", set()),
        ("▲图为水渠。\n▲图为新桥。", set()),
    ],
)
def test_entries_with_one_ornament_are_a_list(text: str, entries: set[int]) -> None:
    """▲ before one paragraph after the other sets a list of briefs; one alone, or with a picture's maker, a caption."""
    assert entries_of_lists(list(lines_of(text))) == entries


@pytest.mark.parametrize("text", ["队　名　　胜　负　　积分", "东港　12.30　12.58", "甲 队   3   2"])
def test_rows_of_tables_are_known_by_their_gaps(text: str) -> None:
    """Three entries or more, with gaps wider than those that pull words apart."""
    assert is_row(text)


@pytest.mark.parametrize("text", ["推　动　我　国　数　字　贸　易", "归鸢合鸣　筑梦跨境", "王 刚 李 明"])
def test_lines_pulled_apart_are_no_rows(text: str) -> None:
    """Gaps of one width between all characters, or a single one, make no table."""
    assert not is_row(text)


@pytest.mark.parametrize("text", ["一、渠有多长", "（二）谁来管", "第三章 保护"])
def test_counted_headings_are_known(text: str) -> None:
    """A section's or a chapter's number stands before its heading."""
    assert is_counted(text)


@pytest.mark.parametrize("text", ["一、二月份工业增速回升", "第三次握手", "一条渠", "（一路向北"])
def test_numbers_within_a_headline_count_no_section(text: str) -> None:
    """Two months, a third time, one canal: the headline's own numbers."""
    assert not is_counted(text)


def test_a_label_in_brackets_is_short() -> None:
    """【相关链接】 heads a part of a piece; a headline in brackets is longer."""
    assert is_label("【相关链接】")
    assert not is_label("【山里人修了三年的水渠终于通水了】")


@pytest.mark.parametrize("text", ["安平市　骆长庚", "（山东 王守田）", "骆长庚"])
def test_a_signature_may_tell_the_place(text: str) -> None:
    """The writer's name ends it, in brackets or without."""
    assert names_writer(text)


def test_a_day_signs_nothing() -> None:
    """A letter's date is no name."""
    assert not names_writer("三月十二日")
