"""Clean text, in which no column broke a line, is left alone: a machine may ask, and changes nothing of itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from banmian.clean import texts
from cleanup.edits.edit import LINE_BREAK
from cleanup.lines.plain_line import lines_of
from cleanup.plaintext.hard_wrapped import are_broken
from samples.typeset.dump import random_dump
from samples.typeset.story import own_stories
from tests.cleanup.dumps import INDENT, STORIES, issue_of, wrapped

VERSE = """渡口

雨停在黄昏以前，
灯亮在潮水之上；
等船的人收起伞，
数着桩上的旧痕——
一道是去年的水，
一道是他的少年。

其二

石阶一级级走进江里
没有人再去数它
"""
MANUAL = """第 3 章 码头的日常

目录

3.1. 缆绳与桩位
3.2. 值班表
3.2.1. 交接班

3.1. 缆绳与桩位
选一根够长的绳子 (最好是新的)，把它绕在 "主桩" 上两圈。 然后收紧。
检查下列各项：
绳头是否打结
桩面是否有裂纹，哪怕很细
水位线以上的漆是否脱落；
-- 《码头手册》
更多内容请看 http://example.org/dock?page=3 和值班表（3.2 节）...
"""
NOTICE = "各位住户:\n兹定于周六上午9:00停水,请提前储水!\n物业处\n联系电话 0536-8880000\n"
RAIN = (Path(__file__).parent / "prose" / "rain.txt").read_text("utf-8")
"""Prose with all that looks like damage and is none: reduplications, lists, scores, verse, addresses, cries."""
OWN = {
    "rain": RAIN,
    "prose": "\n\n".join(f"{s.title}\n" + "\n".join(p.text for p in s.paras) for s in own_stories()),
    "indented": "\n".join(INDENT + p.text for s in own_stories() for p in s.paras),
    "verse": VERSE,
    "manual": MANUAL,
    "notice": NOTICE,
}


def printed(lines: Sequence[str]) -> list[str]:
    """The lines that hold something, without the white space around them, in any order."""
    return sorted(bare for line in lines if (bare := line.strip(" 　\t")))


@pytest.mark.parametrize("name", OWN)
def test_no_line_of_clean_text_is_changed(name: str) -> None:
    """Every line comes out as it went in, but for the white space around it."""
    issue = issue_of(OWN[name])
    assert printed("".join(texts(issue.articles)).split(LINE_BREAK)) == printed(OWN[name].split(LINE_BREAK))
    accepted = [e.edit for a in issue.articles for e in a.ledger if e.accepted]
    assert not any(e.before.strip(" 　") or e.after for e in accepted)


def test_what_could_be_damage_is_asked_about() -> None:
    """A headline over two lines in a clean text waits for a person, with the reason."""
    issue = issue_of("第一章 码头的日常与往事\n渡口的灯与夜里的船\n\n" + STORIES[0].paras[0].text)
    asked = [e.edit for a in issue.articles for e in a.ledger if not e.accepted]
    assert [e.before for e in asked] == [LINE_BREAK]
    assert asked[0].reason.endswith("But nothing in the text shows that a column broke its lines.")


@pytest.mark.parametrize("seed", range(7000, 7010))
def test_a_dump_shows_that_columns_broke_its_lines(seed: int) -> None:
    """Broken lines are told from lines that were written as such, with much room between."""
    assert are_broken(list(lines_of(random_dump(seed)[0])))


@pytest.mark.parametrize("width", [9, 14, 22, 38])
def test_one_paragraph_is_enough_to_tell_a_dump(width: int) -> None:
    """The lines of a single paragraph show that they were broken, once there are three."""
    told = "\n".join(wrapped(STORIES[0].paras[0].text, width))
    assert are_broken(list(lines_of(told)))
    assert len(issue_of(told).articles[0].paragraphs) == 1


@pytest.mark.parametrize("name", OWN)
def test_clean_text_shows_no_column(name: str) -> None:
    """None of the texts that stay as they are passes for a dump."""
    assert not are_broken(list(lines_of(OWN[name])))


@pytest.mark.parametrize("width", [10, 18, 30])
def test_no_character_of_hard_prose_is_changed_by_wrapping_it(width: int) -> None:
    """The prose in lines of a column: only breaks and the white space around them are taken out."""
    title, *paras = [line for line in RAIN.split(LINE_BREAK) if line]
    text = LINE_BREAK.join([title, "", *(line for para in paras for line in wrapped(para, width))])
    for article in issue_of(text).articles:
        accepted = [entry.edit for entry in article.ledger if entry.accepted]
        assert not [e for e in accepted if e.before.strip() or e.after.strip()]
