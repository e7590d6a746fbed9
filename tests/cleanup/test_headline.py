"""Headline parts by size and place, or by form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleanup.article import Article, Role, SourceLine
from cleanup.clean import clean
from cleanup.forms.headline import HeadLine, headline_roles
from cleanup.passes import line_join
from layout.geometry import Box
from layout.page import Direction, Glyph, Line

K, T, S = Role.KICKER, Role.TITLE, Role.SUBTITLE


def line(text: str, size: float, box: Box | None, direction: Direction = Direction.HORIZONTAL) -> HeadLine:
    return HeadLine(Line(text, box.corners if box else None, text, size=size, direction=direction), 0)


def flat(*rows: tuple[str, float]) -> list[HeadLine]:
    """Lines one under the other."""
    return [line(text, size, Box(100, 100 * n, 900, 100 * n + int(size))) for n, (text, size) in enumerate(rows)]


@pytest.mark.parametrize(
    ("rows", "roles"),
    [
        ([("澄州港今起直航云门", 90)], [T]),
        ([("老船厂开出新航线", 40), ("澄州港今起直航云门", 90)], [K, T]),
        ([("澄州港今起直航云门", 90), ("——首班客货船启程", 40)], [T, S]),
        ([("澄州港今起直航云门", 90), ("三百二十名乘客同行", 40)], [T, S]),
        ([("澄州港今起", 90), ("直航云门", 88), ("——首班客货船启程", 40), ("载三百二十人", 40)], [T, T, S, S]),
        ([("引", 40), ("题", 42), ("澄州港今起直航云门", 90), ("副题", 45)], [K, K, T, S]),
        ([("——从一张船票说起", 40), ("澄州港今起直航云门", 90)], [K, T]),
    ],
)
def test_the_largest_type_is_the_title(rows: list[tuple[str, float]], roles: list[Role]) -> None:
    """Smaller type above is the kicker, below the subtitle, over however many lines."""
    assert headline_roles(flat(*rows)) == roles


def set_in(text: str, y: int, *, em: int = 40, told: float | None = None, step: int | None = None) -> HeadLine:
    """A level line of characters of so many pixels, each so far from the next, with the size that was measured."""
    step = step or em
    boxes = [Box(100 + step * n, y, 100 + step * n + em, y + em) for n in range(len(text))]
    glyphs = tuple(Glyph(c, b, 0.99) for c, b in zip(text, boxes, strict=True))
    box = Box(100, y, boxes[-1].x1, y + em)
    size = float(told or em)
    return HeadLine(Line(text, box.corners, text, glyphs=glyphs, size=size, weight=60 / size), 0)


@pytest.mark.parametrize(
    ("first", "second", "roles"),
    [
        (set_in("旧书摊主摆一夜书", 100), set_in("停车场变书场", 155, told=52), [T, T]),  # one is measured too large
        (set_in("六月底", 100), set_in("免签口岸再增设三处", 155), [T, T]),  # the first is far shorter
        (set_in("邮筒被人糊成膏", 100), set_in("药", 155, told=74), [T, T]),  # a character alone tells no size
        (set_in("六月底", 100), set_in("免签口岸再增设三处", 200), [K, T]),  # set apart
        (set_in("停车场变书场", 100, em=32), set_in("旧书摊主摆一夜书", 150), [K, T]),  # smaller
        (set_in("停车场变书场", 100, step=52), set_in("旧书摊主摆一夜书", 155, told=52), [K, T]),  # spaced out
    ],
)
def test_lines_of_one_type_are_one_title(first: HeadLine, second: HeadLine, roles: list[Role]) -> None:
    """However the sizes of a few characters were measured, and wherever the sense breaks the line."""
    assert headline_roles([first, second]) == roles


@pytest.mark.parametrize(("heavy", "role"), [(1.1, K), (0.6, T)])
def test_type_of_another_weight_over_a_title_names_its_series(heavy: float, role: Role) -> None:
    """Bold type on a bar over a title is none of the title, though it is about as large."""
    label, title = flat(("秋收快讯", 86), ("河湾乡稻谷颗粒归仓", 90))
    label, title = (replace(n, line=replace(n.line, weight=w)) for n, w in ((label, heavy), (title, 0.45)))
    assert headline_roles([label, title]) == [role, T]


def test_a_vertical_headline_is_read_from_the_right() -> None:
    """Beside vertical type, the smaller line to the right is the kicker, to the left the subtitle."""
    boxes = {"引题": Box(300, 0, 340, 400), "主题": Box(180, 0, 270, 900), "副题": Box(100, 0, 140, 700)}
    sizes = {"引题": 40, "主题": 90, "副题": 40}
    lines = [line(text, sizes[text], box, Direction.VERTICAL_RL) for text, box in boxes.items()]
    assert headline_roles(lines) == [K, T, S]


@pytest.mark.parametrize(
    ("blocks", "roles"),
    [
        ([["澄州港今起直航云门"]], [T]),
        ([["澄州港今起", "直航云门"]], [T, T]),
        ([["澄州港今起直航云门"], ["———首班客货船启程"]], [T, S]),
        ([["航运会议提出"], ["澄州港今起直航云门"]], [K, T]),
        ([["航运会议提出："], ["澄州港今起"], ["直航云门"]], [K, T, T]),
        ([["在全县秋粮收购工作座谈会上", "把每一仓粮食都收好"]], [K, T]),
        ([["老船厂开出新航线"], ["澄澄州州港港今今起起直直航航云云门门"]], [K, T]),
        ([["澄州港今起"], ["直航云门"]], [T, T]),
        ([["一一得一 三三见九"]], [T]),
    ],
)
def test_plain_text_tells_parts_by_form(blocks: list[list[str]], roles: list[Role]) -> None:
    """A dash makes a subtitle; what leads on, or is set single over doubled type, is a kicker; all else is title."""
    lines = [HeadLine(Line(t, text=t), n) for n, block in enumerate(blocks) for t in block]
    assert headline_roles(lines) == roles


class Told:
    """A language model that knows one phrase, far likelier than all else."""

    identity = "told"

    def log_probability(self, text: str, /) -> float:
        return -len(text) + 3.0 * ("把夜路走成" in text)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("老巷改造见闻", "一盏灯照亮九条巷"), "老巷改造见闻 一盏灯照亮九条巷"),
        (("九条巷的居民把夜路", "走成了散步的路"), "九条巷的居民把夜路走成了散步的路"),
        (("“灯亮了的巷子", "夜里也热闹”"), "“灯亮了的巷子夜里也热闹”"),
        (("一盏灯照亮九条", "巷"), "一盏灯照亮九条巷"),
    ],
)
def test_a_space_parts_what_no_phrase_joins(
    lines: tuple[str, str], title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two lines of a headline are parted where the language model finds no phrase over the break, nor a quotation."""
    monkeypatch.setattr(line_join, "language_model", Told)
    sources = tuple(SourceLine(1, Line(t, text=t), T) for t in lines)
    assert clean(Article("p1-01", lines=sources)).title == title


def test_no_lines_have_no_roles() -> None:
    """Nothing in, nothing out."""
    assert headline_roles([]) == []
