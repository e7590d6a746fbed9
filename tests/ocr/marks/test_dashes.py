"""A dash is two even bars in a row, whatever a reader calls them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ocr.line.places import set_apart
from ocr.line.seen import Seen
from ocr.marks.dashes import with_dashes, with_upright_dashes
from ocr.pictures.crop import LinePicture, line_picture
from ocr.setup.settings import SHEET_FOR_DISPLAY, SHEET_OF_PAPER, STRIP, Form
from tests.ocr.prints import set_lines


def picture_of(text: str, form: Form, size: int = 38) -> LinePicture:
    printed = set_lines(text)
    return line_picture(printed.sheet, *printed.page.lines, form=form)


def seen_as(picture: LinePicture, text: str) -> list[Seen]:
    """The characters evenly along the picture, each on its ink, as a reader would place them."""
    left, right = picture.cells[0].left, picture.cells[-1].right
    step = (right - left) / len(text)
    seen = [
        Seen(c, round(left + i * step), 0, round(left + (i + 1) * step), 30, 0.9 - i / 100) for i, c in enumerate(text)
    ]
    return set_apart(picture, seen)


@pytest.mark.parametrize("form", [STRIP, SHEET_OF_PAPER])
@pytest.mark.parametrize("read", ["一一", "——", "—一", "--"])
def test_even_bars_are_a_dash(form: Form, read: str) -> None:
    """Two bars in a row that are even all along are a dash, in the places that the reader gave them."""
    picture = picture_of("船——港", form)
    seen = seen_as(picture, f"船{read}港")
    found = with_dashes(picture, seen)
    assert "".join(s.char for s in found) == "船——港"
    assert [(s.x0, s.x1, s.confidence) for s in found] == [(s.x0, s.x1, s.confidence) for s in seen]


def test_one_character_seen_in_a_long_bar_becomes_two() -> None:
    """A bar of two ems without a break that was read as one character is a dash still, half of it each."""
    picture = picture_of("船　　港", STRIP)
    middle, em = picture.pixels.shape[1] // 2, round(40 * picture.stretch)
    picture.pixels[22:26, middle - em : middle + em] = 20
    one, _, _, two = seen_as(picture, "船??港")
    found = with_dashes(picture, [one, Seen("一", middle - em, 0, middle + em, 30, 0.8), two])
    assert "".join(s.char for s in found) == "船——港"
    assert found[1].x1 == found[2].x0


@pytest.mark.parametrize("form", [STRIP, SHEET_OF_PAPER, SHEET_FOR_DISPLAY])
@pytest.mark.parametrize("read", ["一", "-", "—"])
def test_one_bar_between_figures_is_a_dash(form: Form, read: str) -> None:
    """Between figures no 一 is printed, and a hyphen is shorter."""
    picture = picture_of("　４　—　６　", form)
    found = with_dashes(picture, seen_as(picture, f"4{read}6"))
    assert "".join(s.char for s in found) == "4—6"


@pytest.mark.parametrize("form", [STRIP, SHEET_OF_PAPER])
@pytest.mark.parametrize(("text", "read"), [("４-６", "4-6"), ("甲—６", "甲一6"), ("４—", "4一")])
def test_other_bars_stay_what_was_read(form: Form, text: str, read: str) -> None:
    """A hyphen between figures, a bar with a figure on one side only."""
    picture = picture_of(text, form)
    assert "".join(s.char for s in with_dashes(picture, seen_as(picture, read))) == read


@pytest.mark.parametrize("form", [STRIP, SHEET_OF_PAPER])
@pytest.mark.parametrize("text", ["十一一月", "一二三一", "船一港"])
def test_hanzi_stay_hanzi(form: Form, text: str) -> None:
    """一 with its heavy end is left alone, alone or in a row."""
    picture = picture_of(text, form)
    assert with_dashes(picture, seen_as(picture, text)) == seen_as(picture, text)


def test_a_picture_without_ink_is_left_alone() -> None:
    """What a reader sees on bare paper is not made a dash."""
    picture = picture_of("港　　港", STRIP)
    seen = seen_as(picture, "港一一港")
    assert with_dashes(picture, seen) == seen


@pytest.mark.parametrize("form", [STRIP, SHEET_OF_PAPER])
@pytest.mark.parametrize(
    ("printed", "read", "text"),
    [
        ("船到港——", "船到港", "船到港——"),
        ("船到港", "船到港", "船到港"),
        ("船到港—", "船到港", "船到港"),
        ("船到港————", "船到港", "船到港"),
        ("船到港____", "船到港", "船到港"),
        ("船十一", "船十一", "船十一"),
    ],
)
def test_a_dash_that_the_reader_dropped_at_the_end_is_told_by_its_ink(
    form: Form, printed: str, read: str, text: str
) -> None:
    """Two ems of an even bar in the middle of the line; a shorter or longer one, or one at the foot, is none."""
    picture = picture_of(printed, form)
    ems = len(printed) if "_" not in printed else len(read) + 2
    step = (picture.cells[-1].right - picture.cells[0].left) / ems
    left = picture.cells[0].left
    seen = [Seen(c, round(left + i * step), 0, round(left + (i + 1) * step), 30, 0.9) for i, c in enumerate(read)]
    found = with_dashes(picture, set_apart(picture, seen))
    assert "".join(s.char for s in found) == text


@pytest.mark.parametrize("last", ["效", "又"])
def test_a_hanzi_that_ends_in_a_thin_stroke_hides_no_dash_behind_it(last: str) -> None:
    """The end of its last stroke lies low, and is as thin as the dash that it reaches to."""
    picture = picture_of(f"多措促{last}——", STRIP)
    seen = seen_as(picture, f"多措促{last}??")[:-2]
    right = seen[-1].x1
    picture.ink[round(0.86 * picture.height) : round(0.88 * picture.height), right : right + 4] = True
    picture.ink[round(0.5 * picture.height) : round(0.52 * picture.height), right : right + 8] = True
    assert "".join(s.char for s in with_dashes(picture, seen)) == f"多措促{last}——"


@pytest.mark.parametrize(
    ("read", "meant"),
    [("守望|记者", "守望——记者"), ("为民||永远", "为民——永远"), ("1998｜2005", "1998—2005"), ("|头条|", "|头条|")],
)
def test_an_upright_bar_within_a_vertical_line_is_a_dash(read: str, meant: str) -> None:
    """Of two ems but between figures; one at an end may be a scrap of a rule."""
    seen = [Seen(c, 40 * n, 0, 40 * n + 36, 48, 0.9) for n, c in enumerate(read)]
    found = with_upright_dashes(seen)
    assert "".join(s.char for s in found) == meant
    assert all(a.x1 <= b.x0 and b.x0 < b.x1 for a, b in pairwise(found))
