"""What extractors make of a page comes out as it was printed, and what no column broke comes out as it was written."""

from __future__ import annotations

import csv
import random
import re
import textwrap
import time
from itertools import zip_longest
from pathlib import Path
from typing import Final

import pytest

from banmian.clean import texts
from cleanup.article import ArticleKind, Issue
from cleanup.forms.byline import is_names
from cleanup.forms.folio import is_folio
from cleanup.lines.plain_line import lines_of
from cleanup.plaintext.columns_apart import columns_apart
from cleanup.plaintext.columns_mixed import columns_unmixed
from cleanup.plaintext.columns_read import columns_read
from cleanup.plaintext.records import are_records
from tests.cleanup.dumps import issue_of

SHARED: Final = Path(__file__).resolve().parents[3] / "shared" / "data" / "cases" / "text"
ORDINARY: Final = Path(__file__).parent / "ordinary"
HEAD: Final = ["巷口的修伞铺", "本报记者 季平"]
PARAGRAPHS: Final = (
    "巷子口的修伞铺开了三十年，门脸只有一张桌子宽，墙上挂满了各色伞骨，雨天一来，门前就排起了长队，一直排到河边。",
    "师傅姓季，话不多，手却快，换一根伞骨只要三分钟，收的钱还是二十年前定下的价，谁来劝他涨价他都摇头，只说够用就好。",
    "去年巷子翻修，施工队特意给铺子留了一扇窗，街坊们说，雨天听不见锤子敲伞骨的声音，心里就空落落的。",
)
WIDTH: Final = 13


def column(text: str, *, indent: bool = False) -> list[str]:
    """The paragraph in lines of a column; with `indent` its first line is short by two, as where that was dropped."""
    first = WIDTH - 2 if indent else WIDTH
    cut = [text[:first], *(text[at : at + WIDTH] for at in range(first, len(text), WIDTH))]
    return [line for line in cut if line]


def body(*, indent: bool = False) -> list[str]:
    return [line for text in PARAGRAPHS for line in column(text, indent=indent)]


def paragraphs(*lines: str) -> list[str]:
    return [p for a in issue_of("\n".join(lines)).articles if a.kind is ArticleKind.ARTICLE for p in a.paragraphs]


def shown(issue: Issue) -> str:
    return "".join(texts(issue.articles))


def printed(text: str, *, blanks: bool = True) -> str:
    """The text with runs of blank lines as one, white space at the ends of lines dropped."""
    lines = "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
    return re.sub(r"\n{2,}", "\n\n" if blanks else "\n", lines)


# --- the cases beside the checkout ------------------------------------------------------------------------------------

NAMES: Final = sorted(f.name.removesuffix(".want.txt") for f in SHARED.glob("*.want.txt")) or ["none"]
absent = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/cases/text is not beside this checkout")


@absent
@pytest.mark.parametrize("name", NAMES)
def test_the_shared_cases_come_out_as_wanted(name: str) -> None:
    """Blank lines between the lines of a text that is left alone, and below a headline, do not count."""
    loose = name.startswith("good") or name == "archive_dump_unwrapped"
    got = printed(shown(issue_of((SHARED / f"{name}.txt").read_text("utf-8"))), blanks=not loose)
    want = printed((SHARED / f"{name}.want.txt").read_text("utf-8"), blanks=not loose)
    if name == "good_table":
        got, want = (re.sub(" +", " ", text) for text in (got, want))
    assert got == want


@absent
def test_the_shared_markers_leave_no_trace() -> None:
    """Every marker of the table is taken out of the text, and tells its page."""
    base = (SHARED / "markers_base.txt").read_text("utf-8").rstrip("\n").split("\n")
    want = (SHARED / "markers_base.want.txt").read_text("utf-8").strip().split("\n\n")[1:]
    with (SHARED / "markers.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong = []
    for row in rows:
        lines = row["lines"].replace("\\n", "\n").split("\n")
        made = {
            "last": [*base[:-1], *lines],
            "after": [*base, *lines],
            "before": [*lines, *base[2:]],
            "first": [*lines, *base[3:]],
        }[row["where"]]
        found = issue_of("\n".join(made)).articles
        pages = [a.continued_to if row["direction"] == "to" else a.continued_from for a in found]
        if [p for a in found for p in a.paragraphs] != want or pages != [row["page"]]:
            wrong.append(row["name"])
    assert wrong == []


# --- extractors' manners ----------------------------------------------------------------------------------------------


def test_paragraphs_are_told_by_the_room_of_dropped_indents() -> None:
    """An extractor drops indents; the first line of each paragraph is short by as much."""
    assert paragraphs(*HEAD, *body(indent=True)) == list(PARAGRAPHS)


@pytest.mark.parametrize("mark", ["。", "”。", "；", "，", "）。", "》，"])
def test_marks_alone_in_a_line_belong_to_the_line_before(mark: str) -> None:
    """pdftotext sets the mark behind a closing one on a line of its own."""
    opening = {"”": "“", "）": "（", "》": "《"}.get(mark[0], "")
    text = f"{PARAGRAPHS[0][:20]}{opening}{PARAGRAPHS[0][20:33]}{mark}"
    rest = PARAGRAPHS[1]
    at = len(text) - 1
    lines = [*column(text[:at]), text[at:], *column(rest)]
    assert "".join(paragraphs(*HEAD, *lines, *column(PARAGRAPHS[2]))) == text + rest + PARAGRAPHS[2]


@pytest.mark.parametrize(
    "number",
    [
        "- 9 -",
        "— 12 —",
        "·3·",
        "第7页",
        "14",
        "3/8",
        "第 7 页 共 12 页",
        "第七页",
        "Page 4",
        "P.7",
        "- A03 -",
        "【7】",
        "(7)",
        "[ 12 ]",
        "－7－",
        "A05",
        "B12版",
        "第05版",
        "XII",
    ],
)
def test_a_page_number_within_a_sentence_goes(number: str) -> None:
    lines = body(indent=True)
    assert paragraphs(*HEAD, *lines[:6], number, *lines[6:]) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "head",
    [
        "澄州日报 2024年4月3日 星期三 第2版",
        "澄州日报 2024年4月3日 星期三",
        "澄州日报/2019年/10月/20日/第002版",
        "12 | 澄州日报",
        "澄州晚报  A03",
        "· 7 · 澄州日报",
        "澄州晚报  第6版  要闻",
        "6 | 要闻 | 澄州晚报",
        "澄州晚报·要闻·06",
        "编辑：宋小满  版式：何田  校对：金石",
        "澄州日报 2024年4月3日 星期三 责任编辑 宋小满 3",
        "责任编辑 柳青 ljwb@example.com",
        "Chengzhou Evening News 18 June 2024 6",
    ],
)
def test_a_page_head_within_a_sentence_goes(head: str) -> None:
    lines = body(indent=True)
    assert paragraphs(*HEAD, *lines[:4], head, *lines[4:]) == list(PARAGRAPHS)


TOUCHING: Final = (
    "季师傅说：“伞坏了，心不能坏。”他又说：“修伞，先修骨。”说完就低下头去，（手里的活一刻也没有停）谁也不看。",
    "街坊们编了一本《修伞铺》，收了四十篇短文，在《县报》《晚报》上都登了消息，来要书的人挤满了巷子口。",
)
"""Marks that stand side by side share one em in print; there `pdftotext -raw` breaks a line."""


def test_a_caption_with_its_photographer_stands_behind_the_sentence_that_it_broke() -> None:
    lines = body()
    lines[2:2] = ["图为季师傅在换伞骨。", "本报记者 唐雨 摄"]
    assert paragraphs(*HEAD, *lines) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "lines",
    [
        ["社址：河东街8号　邮政编码：410000　电话：2223344"],
        ["广告许可证：工商广字第07号　零售每份0.60元", "本报印刷厂印刷"],
    ],
)
def test_an_imprint_is_no_text(lines: list[str]) -> None:
    assert paragraphs(*HEAD, *body(indent=True), *lines) == list(PARAGRAPHS)


def test_a_notice_with_a_place_and_a_number_is_no_imprint() -> None:
    notice = "地址：河东街8号　电话：2223344"
    assert paragraphs(*HEAD, *body(indent=True), notice)[-1] == notice


def test_a_headline_stands_apart_as_the_others_do_and_the_subheads_do_not() -> None:
    """No byline tells the last headline, but blank lines around headlines alone."""
    heads = ["修伞铺照常营业", "季师傅收了徒弟", "巷子翻修完工", "街坊的雨天"]
    lines: list[str] = []
    for head, byline in zip(heads, ["本报记者 季平", "本报记者 唐雨", "本报记者 林木", ""], strict=True):
        lines += ["", head, "", *([byline, ""] if byline else []), *column(PARAGRAPHS[0])]
        lines += ["一把伞修三分钟", *column(PARAGRAPHS[1])]
    assert [a.title for a in issue_of("\n".join(lines)).articles] == heads


def test_a_clause_that_begins_with_a_surname_names_nobody() -> None:
    assert is_names("车过双井")
    assert not is_names("车过双井，")


def test_two_days_of_the_week_are_no_page_head() -> None:
    assert not is_folio("他每个星期一和星期四")
    assert is_folio("2004年5月8日 星期六")


def test_a_bracketed_byline_under_a_headline_is_one() -> None:
    found = issue_of("\n".join(["修傘舖照常營業", "【記者季平專訪】", "", *column(PARAGRAPHS[0])])).articles
    assert [(a.byline, a.paragraphs) for a in found] == [("【記者季平專訪】", (PARAGRAPHS[0],))]


def test_wrapped_latin_text_whose_paragraphs_are_set_in_is_joined() -> None:
    text = [
        "The clock on the old tower had been silent for eleven years. On the first day of summer it struck again, "
        "and the man who sells bean curd put down his load and looked up.",
        "The repairer used to mind the signals on the railway. He says there was nothing wrong with the pendulum. "
        "Everybody thought that somebody else would wind the clock, and so nobody did.",
    ]
    lines = [line for t in text for line in textwrap.wrap("    " + t, 60)]
    assert paragraphs("The Old Clock Strikes Again", "By Ann Miller", "", *lines) == text


def test_a_dateline_in_brackets_ends_the_headline() -> None:
    text = "【本報訊】" + PARAGRAPHS[0]
    found = issue_of("\n".join(["修傘舖照常營業", *column(text), *column("　　" + PARAGRAPHS[1])])).articles
    assert [(a.title, a.paragraphs[0]) for a in found] == [("修傘舖照常營業", text)]


def test_what_a_web_page_sets_around_an_article_stays_in_its_place() -> None:
    lines = [HEAD[0], "", "2016-03-09　来源：巷报", "字号：大 中 小", "", *("　　" + p for p in PARAGRAPHS), ""]
    lines += ["（责任编辑：季平）", "", "打印本页　关闭窗口"]
    want = [line.strip("　") for line in lines if line]
    assert printed(shown(issue_of("\n".join(lines))), blanks=False).split("\n") == want


def test_pieces_of_lines_broken_where_marks_touch_are_put_together() -> None:
    made: list[str] = []
    for line in [line for text in (*PARAGRAPHS, *TOUCHING) for line in column(text, indent=True)]:
        made += re.sub("(?<=[，。、；：）》”])(?=[（《“])|(?<=[）》”])(?=[，。])|(?<=。)(?=”)", "\n", line).split("\n")
    assert paragraphs(*HEAD, *made) == [*PARAGRAPHS, *TOUCHING]


def test_a_pair_of_marks_within_a_line_does_not_hide_the_breaks_at_others() -> None:
    """A line that was spread leaves room between two marks that meet; others are broken there all the same."""
    whole = "孩子问：“你的伞呢？”"
    made: list[str] = []
    for line in [line for text in (*PARAGRAPHS, *TOUCHING) for line in column(text, indent=True)]:
        made += re.sub("(?<=[，。、；：）》”])(?=[（《“])|(?<=[）》”])(?=[，。])|(?<=。)(?=”)", "\n", line).split("\n")
    assert paragraphs(*HEAD, *made, whole) == [*PARAGRAPHS, *TOUCHING, whole]


def test_a_last_line_and_a_quotation_that_begins_a_paragraph_stay_two_paragraphs() -> None:
    """Both together fill a line, but no line of print has room for what would be left over."""
    told = (
        "季师傅说：“伞坏了，心不能坏。”说完就低下头去，谁也不看。他的铺子门脸只有一张桌子宽，墙上挂满了各色伞骨。",
        "“雨一来，”他一边收伞一边说，“门前就排起了队，一直排到河边。”",
    )
    made: list[str] = []
    for line in [line for text in (*PARAGRAPHS, *told) for line in column(text, indent=True)]:
        made += re.sub("(?<=[，。、；：）》”])(?=[（《“])|(?<=[）》”])(?=[，。])|(?<=。)(?=”)", "\n", line).split("\n")
    assert paragraphs(*HEAD, *made) == [*PARAGRAPHS, *told]


def test_paragraphs_that_begin_with_a_quotation_are_no_pieces() -> None:
    said = ["“修一把多少钱？”", "“三块。”", "“别处要八块。”", "老人笑了，没有接话。"]
    assert paragraphs(*HEAD, *body(indent=True), *said) == [*PARAGRAPHS, *said]


@pytest.mark.parametrize("indent", ["\t", "  ", "　　"])
def test_what_sets_a_paragraph_in_tells_where_it_begins(indent: str) -> None:
    """A line that ends a sentence at the column's edge ends no paragraph where the next is not set in."""
    text = f"{PARAGRAPHS[0][: WIDTH - 3]}。{PARAGRAPHS[1]}"
    lines = [indent + line if at == 0 else line for at, line in enumerate(column(text, indent=True))]
    rest = [indent + line if at == 0 else line for at, line in enumerate(column(PARAGRAPHS[2], indent=True))]
    assert paragraphs(*HEAD, *lines, *rest) == [text, PARAGRAPHS[2]]


@pytest.mark.parametrize("cell", [1, 2])
@pytest.mark.parametrize("gutter", [4, 9])
def test_columns_side_by_side_are_read_one_after_the_other(cell: int, gutter: int) -> None:
    """The second column stands by characters or by cells; where the first is at its end, white is left."""
    left, right = [*column(PARAGRAPHS[0]), *column(PARAGRAPHS[1])], column(PARAGRAPHS[2])
    rows = []
    for at, line in enumerate(left):
        beside = right[at] if at < len(right) else ""
        rows.append(line + " " * (cell * (WIDTH - len(line)) + gutter) + beside if beside else line)
    assert paragraphs(*HEAD, *rows) == list(PARAGRAPHS)


def test_a_sentence_goes_on_at_the_head_of_the_next_column() -> None:
    """The first column ends within a sentence, below the end of the second."""
    lines = body()
    left, right = lines[:9], lines[9:]
    rows = [f"{a}{'  ' * (WIDTH - len(a))}      {b}".rstrip() for a, b in zip_longest(left, right, fillvalue="")]
    assert paragraphs(*HEAD, *rows) == list(PARAGRAPHS)


def laid_out(columns: list[list[str]], starts: list[int]) -> list[str]:
    """The columns side by side as `pdftotext -layout` sets them: one space where a column before is too long."""
    rows = []
    for cells in zip_longest(*columns, fillvalue=""):
        row = ""
        for start, cell in zip(starts, cells, strict=True):
            row += " " * max(1, start - len(row)) * bool(cell and start) + cell
        rows.append(row)
    return rows


def mixed(columns: list[list[str]], *, layout: bool) -> list[str]:
    """The columns as pdftotext mixes narrow ones: one space at a gutter, a new line where the white is wider.

    A line whose text begins with white is set in. With `layout` a row stays one line, and wide white is three spaces.
    """
    rows: list[str] = []
    for cells in zip_longest(*columns, fillvalue=""):
        row, full = "", True
        for at, cell in enumerate(cells):
            wide = at > 0 and (cell.startswith("　") or not full)
            row += ("" if not at else "\n" if wide else " ") + cell.strip("　") if cell else ""
            full = len(cell) >= WIDTH - 1
        rows.append(row.replace("\n", "   ") if layout else row)
    return "\n".join(rows).split("\n")


STREAM: Final = [
    f"　　{line}" if at == 0 else line
    for text in (*PARAGRAPHS, *TOUCHING, *PARAGRAPHS)
    for at, line in enumerate(column(text, indent=True))
]


@pytest.mark.parametrize("layout", [False, True])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_columns_that_were_mixed_are_read_down(count: int, layout: bool) -> None:
    """Rows of print come as lines of their own and in pieces; every paragraph is whole all the same."""
    height = -(-len(STREAM) // count)
    columns = [STREAM[at : at + height] for at in range(0, len(STREAM), height)]
    rows = mixed(columns, layout=layout)
    assert paragraphs(*HEAD, "", *rows) == [*PARAGRAPHS, *TOUCHING, *PARAGRAPHS]


@pytest.mark.parametrize(
    "rows",
    [
        ["云开山顶见梯田 雨后溪头听水声", "一把旧锄三代用 半坛新酒四邻尝", "人从雾里挑柴下 鸟向窗前报晓来"],
        ["修伞的季师傅话不多手却快 补锅的老沈话多手也快", "卖菜的阿婆每天起得最早的 送奶的小伙每天睡得最晚"] * 3,
        ["甲班今天值日打扫走廊楼梯 乙班今天值日打扫操场跑道", "丙班明天值日打扫礼堂门厅 丁班明天值日打扫食堂后院"] * 3,
    ],
)
def test_verse_and_lists_in_two_halves_are_no_mixed_columns(rows: list[str]) -> None:
    assert columns_unmixed(tuple(lines_of("\n".join(rows)))) == tuple(lines_of("\n".join(rows)))


SET_IN: Final = [
    f"  {line}" if at == 0 else line for text in PARAGRAPHS for at, line in enumerate(column(text, indent=True))
]


@pytest.mark.parametrize("room", [0, 1, 3])
@pytest.mark.parametrize("count", [2, 3])
def test_columns_that_stand_close_are_cut_where_their_lines_begin(count: int, room: int) -> None:
    """A full line leaves one space before the next column, a shorter one more."""
    height = -(-len(SET_IN) // count)
    columns = [SET_IN[at : at + height] for at in range(0, len(SET_IN), height)]
    rows = laid_out(columns, [at * (WIDTH + room) for at in range(count)])
    assert paragraphs(*HEAD, *rows) == list(PARAGRAPHS)


def test_columns_of_two_articles_stand_under_their_headlines() -> None:
    """The headlines cross the gutters of the columns below, not the one between the articles."""
    half = len(SET_IN) // 2 + 1
    left = laid_out([SET_IN[:half], SET_IN[half:]], [0, WIDTH + 1])
    wide = 2 * WIDTH + 6
    rows = laid_out([[*HEAD, *left], ["渡口的灯", "本报记者 沈禾", *left]], [0, wide])
    found = [a for a in issue_of("\n".join(rows)).articles if a.kind is ArticleKind.ARTICLE]
    assert [(a.title, a.byline) for a in found] == [(HEAD[0], HEAD[1]), ("渡口的灯", "本报记者 沈禾")]
    assert [list(a.paragraphs) for a in found] == [list(PARAGRAPHS)] * 2


def stacked(articles: list[list[str]], heads: list[list[str]], starts: list[int]) -> list[str]:
    """Articles under one another, each under its headline in the middle, its lines in columns of one height."""
    rows: list[str] = []
    for lines, head in zip(articles, heads, strict=True):
        height = -(-len(lines) // len(starts))
        columns = [lines[at : at + height] for at in range(0, len(lines), height)]
        rows += [*head, "", *laid_out(columns, starts), ""]
    return rows


@pytest.mark.parametrize("together", [False, True])
def test_a_headline_in_large_type_ends_the_columns_above_it(together: bool) -> None:
    """It takes few characters behind much white, crosses no gutter, and may have its byline in the same line."""
    middle = 2 * (WIDTH + 3) - 8
    titles = ["渡口的灯又亮了起来", "季师傅收了个徒弟"]
    heads = [[" " * middle + t, " " * (middle + 2) + "本报记者 沈禾"] for t in titles]
    if together:
        heads = [[f"{' ' * (middle - 6)}{t}    本报记者 沈禾"] for t in titles]
    stream = [*SET_IN, *SET_IN, *SET_IN]
    rows = stacked([stream, stream], heads, [at * (WIDTH + 3) for at in range(4)])
    read = [line.text for line in columns_apart(tuple(lines_of("\n".join(rows)))).lines]
    assert read == [n.strip() for title in titles for n in (title, "本报记者 沈禾", *stream)]


def test_columns_go_on_beneath_a_headline_in_one_of_them() -> None:
    """Its lines stand between the rows of the other columns, which they part into two stretches."""
    stream, start = [*SET_IN, *SET_IN, *SET_IN], WIDTH + 4
    left, right = stream[:16], stream[16:]
    upper, lower = laid_out([left[:5], right[:5]], [0, start]), laid_out([left[5:], right[5:]], [0, start])
    rows = [*upper, "", "  渡口的灯又亮了", "", "  本报记者 沈禾", "", *lower]
    read = [line.text for line in columns_apart(tuple(lines_of("\n".join(rows)))).lines]
    assert read == [n.strip() for n in (*left[:5], "渡口的灯又亮了", "本报记者 沈禾", *left[5:], *right)]


def with_headline(lines: list[str], at: int) -> list[str]:
    """The lines of a column with a headline of two lines and a byline in front of a paragraph."""
    begins = next(n for n, line in enumerate(lines) if line.startswith(" ") and n >= at)
    return [*lines[:begins], "    渡口的灯又亮了", "    起来", "    本报记者 沈禾", *lines[begins:]]


@pytest.mark.parametrize("moved", [4, 7])
def test_columns_that_a_headline_in_one_of_them_moves_are_followed_down(moved: int) -> None:
    """Beside the large type of a headline the columns on the right stand some places further left."""
    stream = [*SET_IN, *SET_IN, *SET_IN]
    height = len(stream) // 3
    columns = [stream[at : at + height] for at in range(0, 3 * height, height)]
    columns[0] = with_headline(columns[0], 4)
    columns[1] = with_headline(columns[1], 9)
    rows = []
    for cells in zip_longest(*columns, fillvalue=""):
        row = ""
        for at, cell in enumerate(cells):
            beside = sum(moved for other in cells[:at] if other.startswith("    "))
            row += " " * max(1, at * (WIDTH + 3) - beside - len(row)) * bool(cell and at) + cell
        rows.append(row)
    read = [line.text for line in columns_read(tuple(lines_of("\n".join(rows))))]
    assert read == [line.strip() for column_ in columns for line in column_]


def test_a_line_pulled_apart_takes_its_columns_width() -> None:
    half = len(SET_IN) // 2 + 1
    columns = [SET_IN[:half], SET_IN[half:]]
    columns[0][2] = " ".join(columns[0][2])
    assert paragraphs(*HEAD, *laid_out(columns, [0, WIDTH + 1])) == list(PARAGRAPHS)


def test_a_long_table_costs_no_more_than_its_lines() -> None:
    """Rows that never come out as columns are looked at once."""
    rows = [f"第{at:04}行    甲组    {at * 7 % 90}    乙组" for at in range(3000)]
    begun = time.process_time()
    assert [line.raw for line in columns_apart(tuple(lines_of("\n".join(rows)))).lines] == rows
    assert time.process_time() - begun < 5


def test_a_sidebar_stands_beside_two_articles_in_columns() -> None:
    """While a headline stands over the columns on the left, the last column goes on alone."""
    upper, lower = column(PARAGRAPHS[0]) + column(PARAGRAPHS[1]), column(PARAGRAPHS[2]) + column(PARAGRAPHS[0])
    side = column(PARAGRAPHS[1]) + column(PARAGRAPHS[0]) + column(PARAGRAPHS[2]) + column(PARAGRAPHS[1])
    left = [*zip_longest(upper[:5], upper[5:], fillvalue="")]
    rows = [(*pair, side.pop(0)) for pair in left] + [("", "", side.pop(0)) for _ in range(4)]
    rows += [(*pair, side.pop(0)) for pair in zip_longest(lower[:5], lower[5:], fillvalue="")]
    text = laid_out([list(c) for c in zip(*rows, strict=True)], [0, 32, 64])
    text.insert(5, " " * 22 + "季师傅收了徒弟")
    read = [line.text for line in columns_apart(tuple(lines_of("\n".join(text)))).lines]
    assert read == [*upper, "季师傅收了徒弟", *lower, *(row[2] for row in rows)]


def test_columns_of_latin_text_are_read_one_after_the_other() -> None:
    left = ["  The granary at the end of the", "village was built before the", "railway came, and its walls still"]
    left += ["bear the marks of the flood that", "came in the summer. Farmers reme-", "mber how the whole street was"]
    right = ["paved with rice to dry.", "  This autumn the granary is full", "again. The station master has bor-"]
    right += ["rowed the temple hall to store", "what will not fit, and he keeps", "two watchmen there at night."]
    rows = [f"{a:42}{b}" for a, b in zip(left, right, strict=True)]
    first, second = paragraphs(" " * 20 + "The Granary Is Full", "", *rows)
    assert first.endswith("the whole street was paved with rice to dry.")
    assert second.startswith("This autumn")


def test_a_programme_is_no_pair_of_columns() -> None:
    rows = ["一、合唱　丰收歌　　粮站职工", "二、快板　排队记　　季师傅", "三、独奏　月到天心　　巷口小学"]
    rows += ["四、相声　半尺门槛　　季平、小林", "五、舞蹈　木耙谣　　街坊", "六、全体合唱"]
    text = "\n".join(["联欢会节目单", *rows])
    assert printed(shown(issue_of(text)), blanks=False) == text


def test_a_table_is_no_pair_of_columns() -> None:
    rows = [
        "品名        单价        存货",
        "黑伞        十二元      三把",
        "花伞        十五元      九把",
        "童伞        八元        无",
    ]
    assert printed(shown(issue_of("\n".join(rows))), blanks=False) == "\n".join(rows)


def test_a_sentence_that_leads_on_with_a_colon_is_no_headline() -> None:
    leads = "街坊们商量了几件事："
    first = "一是把窗子留着，让锤子的声音传得出来；"
    told = [*PARAGRAPHS[:2], leads, first, PARAGRAPHS[2]]
    found = issue_of("\n".join([HEAD[0], *(line for text in told for line in column(text))])).articles
    assert [list(a.paragraphs) for a in found] == [told]


def test_a_quoted_question_over_two_lines_is_no_headline() -> None:
    told = [PARAGRAPHS[0], "师傅把伞骨又擦了一遍，回头问：“看清楚了吗？”", "“看清楚了。”", PARAGRAPHS[1]]
    found = issue_of("\n".join([HEAD[0], *(line for text in told for line in column(text))])).articles
    assert [list(a.paragraphs) for a in found] == [told]


def test_a_space_that_breaks_no_line_stands_in_a_byline() -> None:
    found = issue_of("\n".join([HEAD[0], "本报记者\u00a0季平", *body()])).articles
    assert [(a.title, a.byline) for a in found] == [(HEAD[0], "本报记者 季平")]


def test_entries_that_end_in_a_semicolon_are_paragraphs() -> None:
    entries = (
        "面对连天的大雨，他把修好的伞一把一把送到学校；",
        "面对买不到的旧伞骨，他自己用竹子削；",
        "面对涨上来的房租，街坊们替他去说情。",
    )
    assert paragraphs(*body(), *(line for text in entries for line in column(text)))[3:] == list(entries)


@pytest.mark.parametrize("width", [15, 20, 22])
def test_paragraphs_of_two_lines_show_the_column_that_broke_them(width: int) -> None:
    """Most lines end with a mark; those that do not are as wide as the widest."""
    told = [
        "大雪封了铁路，候车室里坐着两百多人。站长提着水壶走过来，挨个倒水。",
        "“雪几点停？”",
        "站长笑了，没有回答，把壶里最后一点水倒进了孩子的杯子。",
        "天快亮的时候，远处传来一声汽笛，孩子们跑到窗边，把脸贴在冰凉的玻璃上。",
        "站长戴好帽子，走进了雪里，雪在灯下一片一片地落着。",
    ]
    lines = [line for text in told for line in textwrap.wrap("　　" + text, width, break_long_words=True)]
    assert paragraphs(*lines) == told


def test_a_sentence_that_fills_its_line_ends_the_paragraph_before_an_indent_that_was_dropped() -> None:
    """The next line is short by less than two, for a mark hangs over: its neighbour would have fitted in."""
    full = "师傅姓季，话不多，手却快。"
    text = ["伞骨收三块，伞面收五块。", full, "雨天人多，晴天人少，他从来不", "急，坐在窗下等。"]
    made = [
        *column(PARAGRAPHS[0], indent=True),
        *column(PARAGRAPHS[1], indent=True),
        full,
        text[2][:11],
        text[2][11:] + text[3],
    ]
    assert paragraphs(*HEAD, *made)[-1] == text[2] + text[3]


@pytest.mark.parametrize("times", [2, 3, 4])
def test_a_headline_drawn_several_times_stands_once(times: int) -> None:
    issue = issue_of("\n".join(["".join(c * times for c in HEAD[0]), HEAD[1], *body(indent=True)]))
    assert issue.articles[0].title == HEAD[0]


def test_stray_spaces_go_and_those_of_a_theme_stay() -> None:
    lines = body(indent=True)
    lines[1] = f"{lines[1][:4]} {lines[1][4:9]} {lines[1][9:]}"
    assert paragraphs(*HEAD, *lines) == list(PARAGRAPHS)
    theme = "今年的主题是“山水相连 合作共赢”，一连三天"
    kept = paragraphs(*HEAD, *lines, *column(theme.replace(" ", "")[:0] or theme), "都有人来看。")
    assert "山水相连 合作共赢" in kept[-1]


@pytest.mark.parametrize(
    ("made", "want"),
    [
        ("本 报 记 者   季 平", "本报记者 季平"),
        ("本报记者    季   平   周小满", "本报记者 季平 周小满"),
        ("本 报 通 讯 员  何 青 禾", "本报通讯员 何青禾"),
        ("本报记者    季平   通讯员   何 青", "本报记者 季平 通讯员 何青"),
        ("本报记者 季 平 何 青", "本报记者 季平 何青"),
        ("□ 本报记者  季 小 平", "本报记者 季小平"),
        ("记 者 季平", "记者 季平"),
        ("季 小 平", "季小平"),
        ("本　报　记　者　　季　平", "本报记者 季平"),
        ("本 报 特 约 记 者   季 平", "本报特约记者 季平"),
        ("澄州晨报记者 季小平", "澄州晨报记者 季小平"),
    ],
)
def test_a_byline_pulled_apart_is_closed_to_its_names(made: str, want: str) -> None:
    assert issue_of("\n".join([HEAD[0], made, *body(indent=True)])).articles[0].byline == want


def test_a_short_line_beside_tripled_ones_is_tripled_too() -> None:
    lines = ["".join(c * 3 for c in line) for line in [*body(indent=True), "都来。"]]
    assert "".join(paragraphs(*HEAD, *lines)).endswith("都来。")


def test_stray_spaces_go_whatever_their_halves_and_marks() -> None:
    """Where several lines have them, only quotation marks keep a space between halves of one length."""
    lines = body(indent=True)
    for at, line in enumerate(lines):
        if len(line) > 9:
            lines[at] = f"{line[:5]} {line[5:6]} {line[6:]}"
    assert paragraphs(*HEAD, *lines) == list(PARAGRAPHS)


def test_numbers_stay_whole_in_a_line_pulled_apart() -> None:
    text = "据镇里统计去年一年修了12460把伞比前年多了一成。"
    apart = [" ".join(re.findall("[0-9]+|.", line)) for line in column(text, indent=True)]
    assert "".join(paragraphs(*HEAD, *body(indent=True), *apart)).endswith(text)


def test_words_that_a_reader_stuttered_stand_once() -> None:
    lines = body(indent=True)
    lines[2] = lines[2][:8] + lines[2][2:]
    assert paragraphs(*HEAD, *lines) == list(PARAGRAPHS)


def test_words_that_a_reader_stuttered_over_a_lines_end_stand_once() -> None:
    text = PARAGRAPHS[0]
    lines = column(text[:20] + text[15:], indent=True)
    assert lines[1].endswith(text[15:20] + text[15:19])
    assert paragraphs(*HEAD, *lines, *column(PARAGRAPHS[1], indent=True)) == list(PARAGRAPHS[:2])


def test_a_clause_that_a_reader_gave_twice_stands_once() -> None:
    text = PARAGRAPHS[2]
    clause = "施工队特意给铺子留了一扇窗，"
    lines = column(text.replace(clause, 2 * clause), indent=True)
    assert paragraphs(*HEAD, *column(PARAGRAPHS[0], indent=True), *lines) == [PARAGRAPHS[0], text]


@pytest.mark.parametrize(
    "text",
    [
        "街坊们在门外喊修伞铺修伞铺修伞铺，喊了半条巷子，师傅才从里屋慢慢走出来，手里还拿着一把锤子。",
        "墙是一块青石一块青石地拆下来的，拆完了又一块青石一块青石地装回去，谁也不许换了位置。",
    ],
)
def test_what_is_repeated_on_purpose_is_no_stutter(text: str) -> None:
    assert paragraphs(*HEAD, *body(), *column(text))[-1] == text


def test_a_headline_repeated_behind_its_marker_is_the_headline() -> None:
    found = issue_of("\n".join(["（上接第三版）", HEAD[0], *body()])).articles
    assert [(a.title, a.continued_from) for a in found] == [(HEAD[0], "3")]


def test_an_export_of_labelled_fields_has_as_many_articles_as_titles() -> None:
    records = [
        f"标题：{head}\n作者：季平\n日期：1987-10-0{n}\n正文：\n{text}\n"
        for n, (head, text) in enumerate(zip(("修伞铺照常营业", "季师傅收了徒弟"), PARAGRAPHS, strict=False), 1)
    ]
    found = issue_of("\n".join(records)).articles
    assert [(a.title, a.paragraphs[-1]) for a in found] == [
        ("标题：修伞铺照常营业", PARAGRAPHS[0]),
        ("标题：季师傅收了徒弟", PARAGRAPHS[1]),
    ]


def test_a_database_export_has_as_many_articles_as_records() -> None:
    records = [
        f"{head}\n澄报 日期：1949-05-0{n} 版次：0{n} 版\n{text}\n"
        for n, (head, text) in enumerate(
            zip(("修伞铺照常营业", "季师傅收了徒弟", "巷子翻修完工"), PARAGRAPHS, strict=True), 1
        )
    ]
    found = issue_of("\n".join(records)).articles
    assert [a.title for a in found] == ["修伞铺照常营业", "季师傅收了徒弟", "巷子翻修完工"]
    assert [a.paragraphs[-1] for a in found] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "source",
    [
        "澄报 日期：1949-05-0{0} 版次：0{0} 版",
        "1986年3月{0}日 来源：澄报",
        "【作者】季平\n【日期】1986-03-0{0}\n【版次】第{0}版",
        "作者：季平 来源：澄报 日期：1986年3月{0}日",
    ],
)
def test_a_database_export_is_known_by_the_fields_under_each_headline(source: str) -> None:
    heads = ("修伞铺照常营业", "季师傅收了徒弟", "巷子翻修完工")
    records = [
        f"{head}\n{source.format(n)}\n{text}\n" for n, (head, text) in enumerate(zip(heads, PARAGRAPHS, strict=True), 1)
    ]
    found = issue_of("\n".join(records)).articles
    assert [a.title for a in found] == [*heads]
    assert all(text in a.paragraphs for a, text in zip(found, PARAGRAPHS, strict=True))


def test_divided_latin_words_are_whole_and_compounds_keep_their_hyphen() -> None:
    lines = [
        "The umbrella shop at the corner has been open for thirty-",
        "two years, and its owner says that he will go on re-",
        "pairing as long as it rains. A well-",
        "known painter left an um-",
        "brella there in 1987 and never came back for it. “A self-",
        "taught man,” said the owner, “and an old-",
        "fashioned one.” He keeps it behind the counter.",
    ]
    whole = (
        "The umbrella shop at the corner has been open for thirty-two years, and its owner says that he will go on "
        "repairing as long as it rains. A well-known painter left an umbrella there in 1987 and never came back for "
        "it. “A self-taught man,” said the owner, “and an old-fashioned one.” He keeps it behind the counter."
    )
    assert paragraphs(*lines) == [whole]
    made = ["Umbrellas mended here", "By Ann Weaver", "", *textwrap.wrap(whole, 48)]
    article = issue_of("\n".join(made)).articles[0]
    assert (article.title, article.byline, article.paragraphs) == (made[0], made[1], (whole,))


def test_small_words_between_hyphens_belong_to_the_compound() -> None:
    lines = [
        "The shop has a state-",
        "of-the-art press, but the owner mends by hand, and his step-by-",
        "step notes tell the neighbours how he does it when it rains a lot; he re-",
        "pairs whatever they bring him.",
    ]
    told = " ".join(paragraphs(*lines))
    assert "a state-of-the-art press" in told
    assert "step-by-step notes" in told
    assert "he repairs whatever" in told


@pytest.mark.parametrize(
    ("left", "right", "word"),
    [
        ("part", "time", "part-time"),
        ("second", "hand", "second-hand"),
        ("first", "rate", "first-rate"),
        ("high", "school", "high-school"),
        ("decision", "making", "decision-making"),
        ("hand", "made", "handmade"),
    ],
)
def test_a_compound_keeps_the_hyphen_at_which_it_was_divided(left: str, right: str, word: str) -> None:
    lines = [
        "The shop at the corner mends umbrellas and sells a " + left + "-",
        right + " clock or two, as the owner says, when it rains;",
    ]
    told = " ".join(
        paragraphs(
            *lines, "on other days he sits in the sun, drinks his tea and rea-", "ds what the neighbours bring him."
        )
    )
    assert f" {word} " in told


@pytest.mark.parametrize(
    ("marker", "page"),
    [
        ("（下转第\n三版）", "3"),
        ("（下\n转第三\n版）", "3"),
        ("\n（未完，下转A3版）", "A3"),
        ("\n下转3版▶▶", "3"),
        ("\n（文转第三版）", "3"),
        ("\n（续见3版）", "3"),
        ("\n转三版", "3"),
        ("（下转3-4版）", "3"),
        ("\n→下转第1234页", "1234"),
        ("（下转第\n3\n版）", "3"),
        ("（下转3版。）", "3"),
        ("——下转3版", "3"),
        ("下转3版 >>>", "3"),
        ("\n➤下转A3版", "A3"),
        ("（下转③版）", "3"),
        ("（下转第3版至第5版）", "3"),
        ("\n（请转第三版）", "3"),
        ("\n（下转第3、4、5版）", "3"),
        ("\n〖下转3版〗", "3"),
    ],
)
def test_markers_at_the_end_tell_the_page(marker: str, page: str) -> None:
    article = issue_of("\n".join([*HEAD, *body(indent=True)]) + marker).articles[0]
    assert (list(article.paragraphs), article.continued_to) == (list(PARAGRAPHS), page)


@pytest.mark.parametrize(
    "marker",
    [
        "◀◀上接01版",
        "上接A1",
        ">>上接1版 ",
        "﹙上接1版﹚",
        "（文接第一版）",
        "（续第一版）",
        "上接第一版←\n",
        "◀上接A01版",
        "上接1版▶",
        "（续自一版）",
        "（上接第一版）——",
        "……（上接1版）",
    ],
)
def test_markers_at_the_beginning_tell_the_page(marker: str) -> None:
    article = issue_of("\n".join([marker + body()[0], *body()[1:]])).articles[0]
    assert "".join(article.paragraphs) == "".join(PARAGRAPHS)
    assert article.continued_from in {"1", "A1"}


@pytest.mark.parametrize(
    "marker", ["（下转第   版）", "（下转第＿＿页）", "（转下页）", "（未完）", "（未完待续）", "（未完，待续）"]
)
def test_a_marker_without_a_page_stays_and_waits(marker: str) -> None:
    issue = issue_of("\n".join([*HEAD, *body(indent=True), marker]))
    assert marker in issue.articles[0].paragraphs[-1]
    assert [w.page for w in issue.waiting] == [None]


# --- what no column broke ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(ORDINARY.glob("*.txt")), ids=lambda f: f.stem)
def test_an_ordinary_text_keeps_its_lines_and_their_order(file: Path) -> None:
    """Code, tables, verse, logs, mail: no line is joined, moved, lost or added."""
    text = file.read_text("utf-8")
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert [line.strip() for line in shown(issue_of(text)).split("\n") if line.strip()] == lines


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("红球：03\n蓝球：07\n一等奖  2注  五百万\n二等奖  61注  十二万\n三等奖  902注  三千", True),
        ("桥面条石    由镇里出，    期定两月\n逐块取下，    饭是各家    赶在汛前\n再按    轮着，    通行", False),
    ],
    ids=["rows-and-values", "rows-alone"],
)
def test_rows_are_records_beside_keys_and_values(text: str, *, records: bool) -> None:
    """Rows of a table alone may be columns side by side that were not cut."""
    assert are_records(list(lines_of(text))) is records


def test_the_indents_of_code_are_kept() -> None:
    """Lines that stand at several depths keep them; a paragraph's indent is none of the text."""
    text = (ORDINARY / "python.txt").read_text("utf-8")
    body = [p for a in issue_of(text).articles for p in a.paragraphs]
    assert body == [line for line in text.split("\n") if line.strip()]
    assert issue_of("　　" + PARAGRAPHS[0]).articles[0].paragraphs == (PARAGRAPHS[0],)


def test_stray_white_of_a_reader_parts_no_columns() -> None:
    """Spaces at random places leave one column."""
    rng = random.Random(3)
    lines = body(indent=True)
    for _ in range(2):
        lines = [line[:at] + " " + line[at:] for line in lines for at in [rng.randrange(1, len(line) - 1)]]
    assert [re.sub(" +", "", p) for p in paragraphs("巷口的  修伞铺", HEAD[1], *lines)] == list(PARAGRAPHS)


def test_what_a_browser_prints_at_a_page_s_foot_is_no_text() -> None:
    lines = body(indent=True)
    foot = ["https://paper.invalid/2024-03/05/content_8123.htm    1/2", "2024/3/5 10:22"]
    assert paragraphs(*HEAD, *lines[:7], *foot, *lines[7:]) == list(PARAGRAPHS)


def test_a_table_of_figures_with_wide_gaps_stays() -> None:
    table = [
        "项目        上月    本月",
        "伞骨          118     131",
        "伞面        1,203     -24",
        "手柄         0.32    0.36",
    ]
    assert printed(shown(issue_of("\n".join(table))), blanks=False).split("\n") == table


def test_a_marker_can_name_the_next_page_and_its_number() -> None:
    found = issue_of("\n".join([*HEAD, *body(), "（續下頁 A7）"])).articles
    assert [a.continued_to for a in found] == ["A7"]


def test_a_poem_keeps_its_last_indent() -> None:
    poem = ["灯", "", "    一盏", "  两盏", "都灭了", "", "只有雨", "    还亮着"]
    assert printed(shown(issue_of("\n".join(poem))), blanks=False).split("\n") == [line for line in poem if line]
