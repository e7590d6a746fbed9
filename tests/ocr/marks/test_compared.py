"""Marks of a page compared: each is what the others of its shape were read as, and where nothing tells it stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layout.geometry import Box
from layout.page import Glyph, Line, Page, Region, RegionKind
from ocr.marks.compared import P, PrintedMark, printed_marks, with_marks_compared
from ocr.marks.shapes import HEIGHT, MOST_SURE, WIDTH
from tests.ocr.marks.test_shapes import printed

COMMA, PAUSE, STOP = "，、。"
DRAWN = {COMMA: ((7, 17), (7, 19)), PAUSE: ((6, 14), (8, 17)), STOP: ((7, 18), (7, 18)), "·": ((7, 11), (7, 12))}
"""A stroke of each mark, from point to point: in small type they differ by little."""


def mark(char: str, rng: np.random.Generator, at: int) -> PrintedMark:
    """A mark as small type shows it, among some grain."""
    large = np.zeros((HEIGHT, WIDTH), np.float32)
    cv2.line(large, *DRAWN[char], 1.0, 2 + 2 * (char == STOP))
    shape = cv2.GaussianBlur(large, (0, 0), 1.5) + rng.normal(0, 0.02, large.shape)
    return PrintedMark(at, "", np.clip(shape, 0, 1).astype(np.float32))


def page_with(read: str, sure: list[float]) -> Page:
    """A page of one line that was read so: a mark behind each hanzi."""
    glyphs = [g for c, s in zip(read, sure, strict=True) for g in (Glyph("山", None, 1.0), Glyph(c, None, s))]
    line = Line("r1l1", Box(0, 0, 999, 9).corners, "".join(g.char for g in glyphs), tuple(glyphs), size=9.0)
    return Page(1, regions=(Region("r1", RegionKind.BODY, lines=(line,)),))


def marks_of(text: str) -> list[PrintedMark]:
    rng = np.random.default_rng(5)
    return [mark(char, rng, 2 * n + 1) for n, char in enumerate(text)]


def compared(text: str, read: str, sure: list[float]) -> list[Glyph]:
    """The marks as they come out; the text of their line is that of its glyphs."""
    (line,) = with_marks_compared(page_with(read, sure), {"r1l1": marks_of(text)}).lines
    assert line.text == "".join(g.char for g in line.glyphs)
    return list(line.glyphs[1::2])


PRINTED = (COMMA * 3 + PAUSE + STOP) * 8


@pytest.mark.parametrize("sure", [0.6, 0.8, 0.94])
def test_a_mark_is_read_as_others_of_its_shape_are(sure: float) -> None:
    """What it was read as stays on its record, and it is a suspect."""
    at = PRINTED.index(PAUSE)
    read = PRINTED[:at] + COMMA + PRINTED[at + 1 :]
    found = compared(PRINTED, read, [sure if n == at else 0.98 for n in range(len(PRINTED))])
    assert "".join(g.char for g in found) == PRINTED
    assert (found[at].other, found[at].confidence <= P.changed) == (COMMA, True)


def test_many_alike_that_were_read_wrong_are_doubted_rather_than_followed() -> None:
    """A third of the 、 read as ， with some doubt: all come out, and none is certain."""
    wrong = [n for n, c in enumerate(PRINTED) if c == PAUSE][::3]
    read = "".join(COMMA if n in wrong else c for n, c in enumerate(PRINTED))
    found = compared(PRINTED, read, [0.85 if n in wrong else 0.97 for n in range(len(PRINTED))])
    assert "".join(g.char for g in found) == PRINTED
    assert all(found[n].confidence <= P.changed for n in wrong)


def test_a_mark_whose_shape_speaks_for_it_is_surer_but_never_certain() -> None:
    """Reader and shape have seen the same pixels; what was certain stays so."""
    sure = [0.8 if n == 2 else 0.995 for n in range(len(PRINTED))]
    found = compared(PRINTED, PRINTED, sure)
    assert 0.8 < found[2].confidence <= MOST_SURE
    assert found[0].confidence == 0.995
    assert all(g.other is None for g in found)


def test_kinds_that_a_page_hardly_shows_are_left_as_they_were_read() -> None:
    """A single ； among many commas shows nothing of how the page prints ；."""
    text = COMMA * 12 + STOP * 6
    read = "；" + text[1:]
    found = compared(text, read, [0.6] + [0.98] * (len(text) - 1))
    assert (found[0].char, found[0].confidence) == ("；", 0.6)


def test_a_page_with_one_kind_of_marks_stays_as_it_is() -> None:
    """So does one without any."""
    page = page_with(COMMA * 9, [0.6] * 9)
    assert with_marks_compared(page, {"r1l1": marks_of(COMMA * 9)}) == page
    assert with_marks_compared(page, {"r1l1": ()}) == page


def test_a_mark_with_dirt_beside_it_is_left_as_it_was_read() -> None:
    """It is unlike all other marks of the page, and only less unlike some than others."""
    marks = marks_of(PRINTED)
    at = PRINTED.index(STOP)
    shape = marks[at].shape.copy()
    cv2.circle(shape, (8, 8), 3, 1.0, -1)
    marks[at] = marks[at]._replace(shape=shape, rival=PAUSE)
    page = page_with(PRINTED, [0.33 if n == at else 0.98 for n in range(len(PRINTED))])
    (line,) = with_marks_compared(page, {"r1l1": marks}).lines
    assert (line.glyphs[1::2][at].char, line.glyphs[1::2][at].confidence) == (STOP, 0.33)


def test_a_point_that_looks_like_the_commas_is_one() -> None:
    """It is a suspect; the network was sure, for in a blur every mark is a point."""
    read = "·" + PRINTED[1:]
    found = compared(PRINTED, read, [0.994] + [0.98] * (len(PRINTED) - 1))
    assert (found[0].char, found[0].other, found[0].confidence <= P.changed) == (COMMA, "·", True)


def test_a_point_unlike_all_other_marks_stays() -> None:
    """Print sets it between items of a list, and in names that no list of hanzi knows."""
    text = "·" + PRINTED[1:]
    found = compared(text, text, [0.9] + [0.98] * (len(PRINTED) - 1))
    assert (found[0].char, found[0].confidence) == ("·", 0.9)


def test_a_page_of_points_alone_shows_no_other_mark() -> None:
    """Commas in the middle of the em are seen by the place that they have between words."""
    text = ("·" * 5 + STOP) * 8
    assert [g.char for g in compared(text, text, [0.95] * len(text))] == list(text)


@pytest.mark.parametrize(
    ("text", "came_out"),
    [
        ("桃子，李子、杏子。", "、"),
        ("桃、李子，杏子。", "、"),
        ("桃子，李子，杏子。", "，"),
        ("桃子，大李子、杏子。", "，"),
        ("3斤，5斤、6斤。", "，"),
    ],
)
def test_short_equal_items_beside_a_pause_are_parted_by_one(text: str, came_out: str) -> None:
    """Where shapes tell little, the list does; other items, and two of a kind without 、, are no list."""
    text += "她说，后来、再来，" * 9
    rng = np.random.default_rng(3)
    glyphs = tuple(Glyph(c, None, 0.8) for c in text)
    marks = [mark(COMMA, rng, n)._replace(rival=PAUSE) for n, c in enumerate(text) if c in "，、"]
    lines = tuple(
        Line(f"r1l{n}", Box(0, 9 * n, 99, 9 * n + 9).corners, text[a:b], glyphs[a:b], size=9.0)
        for n, (a, b) in enumerate(((0, 4), (4, 99)))
    )
    page = Page(1, regions=(Region("r1", RegionKind.BODY, lines=lines),))
    own = {"r1l0": [m for m in marks if m.at < 4], "r1l1": [m._replace(at=m.at - 4) for m in marks if m.at >= 4]}
    found = "".join(n.text for n in with_marks_compared(page, own).lines)
    assert found[text.index("，")] == came_out


def test_marks_between_figures_and_those_that_are_not_compared_are_left_out() -> None:
    """So are points in names; the places are those of the glyphs."""
    text = "“比分3：2，赢”了；卡尔·马尔斯·好·坏"
    assert [m.at for m in printed_marks(*printed(text, text))] == [6, 10, 17, 19]
