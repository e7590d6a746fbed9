"""Marks told by their shape: what a reader guessed at, what it passed over, and what it must not lose."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest

from ocr.line.places import set_apart
from ocr.line.seen import Seen
from ocr.marks.shapes import SHAPES, MarkPlace, ToldMarks
from ocr.pictures.crop import LinePicture, line_picture
from ocr.setup.settings import STRIP
from tests.ocr.prints import Print, set_lines


def printed(text: str, read: str) -> tuple[LinePicture, list[Seen]]:
    """The picture of a line, and its characters as a reader sees them; a space in `read` is passed over."""
    made: Print = set_lines(text)
    picture = line_picture(made.sheet, *made.page.lines, form=STRIP)
    (cell,) = picture.cells
    scale = (cell.right - cell.left) / cell.box.width
    middles = [round(cell.left + ((b.x0 + b.x1) / 2 - cell.box.x0) * scale) for b in made.ink[0]]
    seen = [Seen(char, x, 0, x + 1, 1, 0.99) for char, x in zip(read, middles, strict=True) if char != " "]
    return picture, set_apart(picture, seen)


def told(text: str, read: str, *, running: bool = True) -> list[Seen]:
    """A line as read, with its marks told by their shapes."""
    return ToldMarks.of(*printed(text, read), running=running).with_shapes()


GUESSED = [
    ("水渠通了；田也绿了", "水渠通了：田也绿了"),
    ("她说：明天再来", "她说；明天再来"),
    ("稻子熟了。人们下田", "稻子熟了·人们下田"),
    ("桃、李、杏都开了", "桃，李、杏都开了"),
    ("他答：“在路上。”", '他答：“在路上。"'),
    ("电话打通了，没人接", "电话打通了.没人接"),
]


@pytest.mark.parametrize(("text", "read"), GUESSED)
def test_a_mark_in_doubt_is_what_its_shape_shows(text: str, read: str) -> None:
    """What the reader saw stays on its record."""
    changed = next(at for at, (a, b) in enumerate(zip(text, read, strict=True)) if a != b)
    picture, seen = printed(text, read)
    seen[changed] = replace(seen[changed], confidence=0.8, rivals=((text[changed], 0.1),))
    found = ToldMarks.of(picture, seen, running=True).with_shapes()
    assert "".join(s.char for s in found) == text
    assert found[changed].other == read[changed]


PASSED_OVER = [
    ("渡船靠了岸。", "渡船靠了岸 "),
    ("雨停了，天晴了", "雨停了 天晴了"),
    ("一共九、十户", "一共九 十户"),
    ("饭熟了；快来吃", "饭熟了 快来吃"),
]


@pytest.mark.parametrize(("text", "read"), PASSED_OVER)
def test_a_mark_that_was_passed_over_comes_back(text: str, read: str) -> None:
    """It is a suspect, and has a place of its own."""
    found = told(text, read)
    assert "".join(s.char for s in found) == text
    at = read.index(" ")
    assert found[at].confidence < 0.99
    assert found[at].other == ""
    assert all(a.x0 < b.x0 and a.x1 <= b.x1 for a, b in pairwise(found))


def test_two_marks_between_two_hanzi_both_come_back() -> None:
    """One is ink in the box of the hanzi before them, the other in that of the hanzi after them."""
    text = "他说，“走吧"
    assert "".join(s.char for s in told(text, "他说  走吧")) == text


@pytest.mark.parametrize(
    "text",
    ["川儿八小心求术", "卡尔·马尔斯来了", "“春风”行动，成了。", "第12：30节", "3.5亿元！", "谁说的？", "心必火以"],
)
def test_what_is_read_rightly_stays(text: str) -> None:
    """Parts of hanzi are no marks, and a point in a name is none of 、 and 。."""
    assert "".join(s.char for s in told(text, text)) == text


def test_a_point_stays_in_a_headline() -> None:
    """There it parts items."""
    assert "".join(s.char for s in told("春·夏", "春·夏", running=False)) == "春·夏"


SEEN_AGAIN = [("水渠通了；田也绿了", "："), ("稻子熟了。人们下田", "·"), ("桃熟了、李也熟了", "，")]


@pytest.mark.parametrize(("text", "again"), SEEN_AGAIN)
def test_a_second_look_has_not_the_last_word_on_a_mark(text: str, again: str) -> None:
    """Where the first look and the shape show another one, that is taken; what the second saw is on the record."""
    at = 4 if text[4] in "；。" else 3
    picture, seen = printed(text, text)
    seen[at] = replace(seen[at], confidence=0.7, rivals=((again, 0.2),))
    marks = ToldMarks.of(picture, seen, running=True)
    shaped = marks.with_shapes()
    fresh = [replace(s, char=again, confidence=0.9, rivals=()) if n == at else s for n, s in enumerate(shaped)]
    found = marks.with_second_look(shaped, fresh)
    assert "".join(s.char for s in found) == text
    assert found[at].other == again


def test_marks_that_were_not_seen_again_are_as_they_were() -> None:
    """Their shape has been heard already."""
    picture, seen = printed("水渠通了；田也绿了", "水渠通了；田也绿了")
    seen[4] = replace(seen[4], confidence=0.7)
    marks = ToldMarks.of(picture, seen, running=True)
    assert marks.with_second_look(marks.with_shapes(), marks.with_shapes()) == marks.with_shapes()


def test_of_two_places_a_mark_seen_again_is_in_that_of_the_nearer_one() -> None:
    """A stop and a speck beside it: the second look sees the stop alone, and the speck's shape says nothing of it."""
    hanzi, stop, speck = (
        Seen(c, x, 0, x + w, 9, s) for c, x, w, s in (("笑", 0, 40, 1.0), ("。", 50, 12, 0.8), ("。", 90, 8, 0.3))
    )
    told = [np.full(len(SHAPES), 0.01) for _ in range(2)]
    told[0][SHAPES.index("。")] = told[1][SHAPES.index("，")] = 0.9
    marks = ToldMarks((hanzi, stop, speck), (MarkPlace(1, 45, 95), MarkPlace(2, 50, 110)), told, (True, True))
    again = replace(stop, x0=52, x1=64, confidence=0.95)
    assert [s.char for s in marks.with_second_look(marks.seen, [hanzi, again])] == ["笑", "。"]


@pytest.mark.parametrize(("text", "left"), [("雨停了　天晴了", "雨停了，天晴了"), ("雨停了天晴了", "雨停了天晴了")])
def test_a_speck_with_the_room_of_a_mark_is_one(text: str, left: str) -> None:
    """Of a comma a scan in two tones leaves a dot; between hanzi set solid it is dirt."""
    made = set_lines(text)
    sheet = made.sheet.gray.copy()
    before = made.ink[0][2]
    cv2.circle(sheet, (before.x1 + (9 if "　" in text else 1), before.y1 - 3), 3, 60, -1)
    picture = line_picture(replace(made.sheet, gray=sheet), *made.page.lines, form=STRIP)
    (cell,) = picture.cells
    scale = (cell.right - cell.left) / cell.box.width
    middles = [round(cell.left + ((b.x0 + b.x1) / 2 - cell.box.x0) * scale) for b in made.ink[0]]
    dot = round(cell.left + (before.x1 + (9 if "　" in text else 1) - cell.box.x0) * scale)
    seen = [Seen(c, x, 0, x + 1, 1, 0.99) for c, x in zip(text.replace("　", ""), middles, strict=True)]
    seen.insert(3, Seen(".", dot, 0, dot + 1, 1, 0.7))
    found = ToldMarks.of(picture, set_apart(picture, seen), running=True).with_shapes()
    assert "".join(s.char for s in found) == left
