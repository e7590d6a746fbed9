"""Columns that were written line by line in turn are told apart by how their sentences go on."""

from __future__ import annotations

import pytest

from cleanup.lines.plain_line import lines_of
from cleanup.plaintext import columns_read

LEFT = [
    "江边的电影院，又放映了",
    "老放映员，把两台旧机器擦了",
    "三遍，胶片从铁盒里取出来，",
    "放在灯下一格一格地看。第一",
    "场放的是三十年前的老片子，",
    "街坊们自带板凳，把过道也坐",
    "满了。散场以后，没有人急着",
    "走，都站在门口说当年的事。",
    "影院说，往后每个星期六",
    "都放一场，票价两元，孩子不",
    "要票，茶水也不要钱。",
]
RIGHT = [
    "县里的渡船，换成了电动",
    "的，没有柴油味，发动的时候",
    "只听见水声。船工老蒋开了四",
    "十年船，头一回不用捂着耳朵",
    "同客人说话。充一次电可以跑",
    "六个来回，比从前省下一半的",
    "钱。年底以前，另外四条渡船",
    "也要换成新的。",
    "夜里渡口也亮了灯",
    "灯装在栈桥两边，从傍晚",
    "亮到最后一班船靠岸。",
]
"""Columns of 13 characters whose paragraphs begin with two less, their indents dropped; a headline in each."""
ROWS = [*((n + 1, n) for n in range(8)), (9, None), (None, 8), (10, 9), (None, 10)]
"""The lines of the left and of the right column on each row of print but the first."""


class Told:
    """A language model to which two lines belong together that follow each other in a column."""

    identity = "told"

    def log_probability(self, text: str, /) -> float:
        bare = ["".join(c for c in "".join(column) if "一" <= c <= "鿿") for column in (LEFT, RIGHT)]
        return -2.0 if any(text in b for b in bare) else -4.5


def woven() -> str:
    """The two columns as `pdftotext` writes them: right behind the left line where that is full, else below it."""
    out: list[str] = []
    for left, right in [(0, None), *ROWS]:
        one = LEFT[left] if left is not None else ""
        other = RIGHT[right] if right is not None else ""
        if len(one) >= 13 and other and len(other) >= 13:
            out.append(f"{one} {other}")
        else:
            out += [line for line in (one, other) if line]
    return "\n".join(out)


def test_columns_written_in_turn_come_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each column is whole, the left one first, though headlines move their rows."""
    monkeypatch.setattr(columns_read, "language_model", Told)
    read = columns_read.columns_read(list(lines_of(woven())))
    assert [line.text for line in read] == [*LEFT, *RIGHT]


def test_without_a_language_model_the_lines_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else tells which line is of which column; no line is lost or moved."""
    monkeypatch.setattr(columns_read, "language_model", lambda: None)
    lines = list(lines_of(woven()))
    assert [line.raw for line in columns_read.columns_read(lines)] == [line.raw for line in lines]


def test_stray_spaces_make_no_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader's spaces stand anywhere in a line; such a text is one column."""
    monkeypatch.setattr(columns_read, "language_model", Told)
    spaced = [f"{line[:3]} {line[3:8]} {line[8:]}" for line in LEFT]
    read = columns_read.columns_read(list(lines_of("\n".join(spaced))))
    assert [line.raw for line in read] == spaced
