"""Specks and marks that are seen twice, where print has no mark, and the marks that print does have there."""

from __future__ import annotations

import numpy as np
import pytest

from layout.geometry import Box
from ocr.line.seen import Seen
from ocr.pictures.crop import Cell, LinePicture
from ocr.words.stray import without_stray_marks

EM = 40
WORDS = frozenset({"渔船", "码头"})


def picture(width: int) -> LinePicture:
    """The picture of a line as high as its em."""
    return LinePicture(np.full((EM, width), 255, np.uint8), (Cell(0, width, Box(0, 0, width, EM)),), 0, EM)


def kept(text: str, *, apart: float = 1.0, **doubts: float) -> list[Seen]:
    """What stays of a line, its characters `apart` ems; `doubts` are confidences, by a character's place (_3)."""
    step = round(apart * EM)
    seen = [Seen(c, n * step, 4, n * step + 10, 14, doubts.get(f"_{n}", 0.99)) for n, c in enumerate(text)]
    return without_stray_marks(picture(step * len(text) + EM), seen, WORDS)


def text_of(seen: list[Seen]) -> str:
    return "".join(s.char for s in seen)


def test_of_two_marks_the_surer_one_is_print() -> None:
    """The other is a speck; both are on the record."""
    found = kept("雨停了。·", _4=0.6)
    assert text_of(found) == "雨停了。"
    assert found[-1].other == "。·"
    assert text_of(kept("雨停了.。", _3=0.7)) == "雨停了。"


def test_a_mark_that_is_seen_twice_is_one() -> None:
    """Two printed ones do not stand so close, however sure the reader is."""
    assert text_of(kept("多少；；都行", apart=0.4)) == "多少；都行"


@pytest.mark.parametrize("text", ["他说：“走。”", "真的！！", "怎么？！", "等一等。。。", "目录···五", "走了——"])
def test_marks_that_print_sets_side_by_side_stay(text: str) -> None:
    """Quotation marks, exclamations, and rows of points."""
    assert text_of(kept(text, _4=0.5)) == text


def test_two_sure_marks_far_apart_stay() -> None:
    """Nothing tells that one of them is none."""
    assert text_of(kept("三斤、。")) == "三斤、。"


@pytest.mark.parametrize(("read", "text"), [("渔。船", "渔船"), ("码·头", "码头"), ("五十。三人", "五十三人")])
def test_a_faint_stop_inside_a_word_or_a_number_is_a_speck(read: str, text: str) -> None:
    """A reader is hardly sure of it."""
    at = next(n for n, c in enumerate(read) if c in "。·")
    assert text_of(kept(read, **{f"_{at}": 0.45})) == text
    assert text_of(kept(read)) == read


@pytest.mark.parametrize("text", ["船。渔", "五十、三人", "水。船", "。渔", "船。"])
def test_other_faint_marks_stay(text: str) -> None:
    """Between sentences, in lists, and at a line's ends."""
    assert text_of(kept(text, **{f"_{n}": 0.45 for n, c in enumerate(text) if c in "。、"})) == text


def test_marks_of_latin_abbreviations_stay() -> None:
    """The stop of an abbreviation and the comma behind it stand closer together than two marks of hanzi."""
    assert text_of(kept("成立Co.,Ltd.成", apart=0.4)) == "成立Co.,Ltd.成"
