"""Blocks that were written out of turn are joined where a sentence goes on, and each article takes its headline."""

from __future__ import annotations

from cleanup.lines.plain_line import lines_of
from cleanup.plaintext.columns_in_blocks import columns_in_turn, may_be_out_of_turn

LEFT = [
    "磨坊的水轮停了，孩子们坐",
    "在石阶上数水里的鱼。守磨坊的",
    "老人说，今年雨水少，磨盘一天",
    "只转两个时辰，磨出来的面却比",
    "往年还要细，邻村也来。",
    "到了夜里，水轮的声音停",
    "下来，只听得见河滩上的青蛙。",
    "叫声传到对岸的山脚。",
    "天亮以前，老人又把闸门",
    "提起来，水轮慢慢地转了半圈，",
    "磨盘这才跟着响了一声。",
]
RIGHT = [
    "山上的茶厂，换了新炒锅，",
    "火候由一块小表管着，炒茶的人",
    "不用再把手伸进锅里去试。头一",
    "锅茶出来，厂长请全村的人都来",
    "尝了一口，都说味道没有变。",
]
"""Columns of 14 characters, the indents of their first lines dropped."""
PAGE = [*LEFT[:2], "", *RIGHT[:3], "", *LEFT[2:4], "", *RIGHT[3:], "", *LEFT[4:], "", "编后记"]
HEADS = ["老磨坊的夏天", "", "茶厂换了新锅", "", "本报记者 姜禾", *LEFT, "", "本报记者 陆小满", *RIGHT]


class Told:
    """A language model to which two lines belong together that follow each other in a column."""

    identity = "told"

    def log_probability(self, text: str, /) -> float:
        bare = ["".join(c for c in "".join(column) if "一" <= c <= "鿿") for column in (LEFT, RIGHT)]
        return -2.0 if any(text in b for b in bare) else -4.5


def read(page: list[str]) -> list[str]:
    return [line.raw for line in columns_in_turn(list(lines_of("\n".join(page))), Told())]


def test_blocks_out_of_turn_are_joined() -> None:
    assert may_be_out_of_turn(list(lines_of("\n".join(PAGE))))
    assert read(PAGE) == [*LEFT, *RIGHT, "编后记"]


def test_blocks_in_turn_stay() -> None:
    page = [*LEFT[:2], "", *LEFT[2:], "", *RIGHT[:3], "", *RIGHT[3:], "", "编后记"]
    assert read(page) == [line for line in page if line]


def test_headlines_of_one_row_come_before_their_articles() -> None:
    assert read([*HEADS, "", *PAGE]) == [
        HEADS[0],
        HEADS[4],
        *LEFT,
        HEADS[2],
        HEADS[17],
        *RIGHT,
        *LEFT,
        *RIGHT,
        "编后记",
    ]


def test_two_headlines_over_one_byline_stay() -> None:
    page = ["村庄的夏天", "", "老磨坊的水轮", "", "本报记者 姜禾", *LEFT, "", *RIGHT]
    assert read(page) == [line for line in page if line]
