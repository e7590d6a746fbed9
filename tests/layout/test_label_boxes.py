"""Boxes about column labels, drawn with squares for glyphs: a label and the headline beside it are two lines."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layout.geometry import Box
from layout.ink import Gray
from layout.lines.core_lines import lines_from_cores
from layout.lines.detected_line import DetectedLine
from layout.marks.label_boxes import find_label_boxes
from layout.marks.network_marks import NetworkMarks
from layout.prepare.normalized import Normalized
from tests.layout.segmented import segmentation

SHAPE = (300, 800)
PAPER, BLACK = 250, 20


def squares(gray: Gray, box: Box, count: int, tone: int) -> None:
    """So many hollow squares with a cross in each, from left to right over the box."""
    pitch = box.width // count
    for n in range(count):
        x0, x1 = box.x0 + n * pitch + 2, box.x0 + (n + 1) * pitch - 3
        cv2.rectangle(gray, (x0, box.y0), (x1, box.y1 - 1), tone, 2)
        cv2.line(gray, (x0, box.y0), (x1, box.y1 - 1), tone, 2)


def page(label: Box, glyphs: Box, *, dark: bool) -> Gray:
    """A label of three glyphs in its box, a headline of six in the same row, body type below."""
    gray = np.full(SHAPE, PAPER, np.uint8)
    cv2.rectangle(gray, (label.x0, label.y0), (label.x1 - 1, label.y1 - 1), BLACK, -1 if dark else 2)
    squares(gray, glyphs, 3, PAPER if dark else BLACK)
    squares(gray, HEADLINE, 6, BLACK)
    for y in (120, 150, 180):
        squares(gray, Box(60, y, 460, y + 18), 20, BLACK)
    return gray


HEADLINE = Box(180, 44, 396, 76)


def lines_of(gray: Gray) -> list[DetectedLine]:
    """The lines where one core runs through the label and the headline."""
    rows = [Box(60, 44, 396, 76), *(Box(60, y, 460, y + 18) for y in (120, 150, 180))]
    normalized = Normalized(gray, known=segmentation(SHAPE, rows))
    return lines_from_cores(normalized, NetworkMarks().detect(normalized))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("label", [Box(60, 40, 140, 80), Box(56, 42, 150, 78)])
def test_a_label_in_a_box_is_a_line_beside_its_headline(label: Box, *, dark: bool) -> None:
    """Its box is a small frame, or a dark ground under light type."""
    gray = page(label, Box(label.x0 + 10, label.y0 + 9, label.x1 - 10, label.y1 - 9), dark=dark)
    row = sorted((n for n in lines_of(gray) if n.box.y0 < 100), key=lambda n: n.box.x0)
    assert [n.white_on_dark for n in row] == [dark, False]
    assert row[0].box.within(label) == 1.0
    assert label.x1 < row[1].box.x0 <= HEADLINE.x0 + 2


def test_a_row_without_a_box_is_one_line() -> None:
    gray = page(Box(0, 0, 1, 1), Box(70, 49, 140, 71), dark=False)
    assert len([n for n in lines_of(gray) if n.box.y0 < 100]) == 1


@pytest.mark.parametrize(
    ("box", "inner"),
    [(Box(60, 40, 104, 80), 3), (Box(60, 40, 400, 80), 8), (Box(60, 40, 140, 56), 3), (Box(60, 40, 140, 80), 1)],
    ids=["a square glyph", "a long frame", "a flat box", "one part within"],
)
def test_other_outlines_are_no_label_boxes(box: Box, inner: int) -> None:
    ink = np.zeros(SHAPE, np.uint8)
    cv2.rectangle(ink, (box.x0, box.y0), (box.x1 - 1, box.y1 - 1), 255, 2)
    squares(ink, Box(box.x0 + 8, box.y0 + 8, box.x1 - 8, box.y1 - 8), inner, 255)
    assert find_label_boxes(ink, Normalized(np.where(ink > 0, BLACK, PAPER).astype(np.uint8)).paper.pieces) == []


def test_light_type_on_a_bar_that_the_network_holds_for_a_rule_is_a_line() -> None:
    """A dark bar hardly higher than its row of small type runs over the page; no core is seen in it."""
    gray = np.full(SHAPE, PAPER, np.uint8)
    gray[40:66, 40:760] = BLACK + 60
    squares(gray, Box(60, 45, 500, 61), 24, PAPER)
    squares(gray, Box(60, 100, 460, 118), 20, BLACK)
    normalized = Normalized(gray, known=segmentation(SHAPE, [Box(60, 100, 460, 118)]))
    row, text = sorted(lines_from_cores(normalized, NetworkMarks().detect(normalized)), key=lambda n: n.box.y0)
    assert [row.white_on_dark, text.white_on_dark] == [True, False]
    assert max(abs(row.box.x0 - 62), abs(row.box.x1 - 490)) < 4
    assert 44 <= row.box.y0 < row.box.y1 <= 63


def test_a_worn_bar_is_no_row_of_type() -> None:
    gray = np.full(SHAPE, PAPER, np.uint8)
    gray[40:66, 40:760] = BLACK
    gray[50:58, 100:112] = gray[48:60, 400:410] = PAPER
    assert find_label_boxes(Normalized(gray).paper.ink, Normalized(gray).paper.pieces) == []


def test_an_empty_corner_of_a_dark_box_holds_no_line() -> None:
    """The network sees a core in the dark before the row."""
    gray = page(Box(60, 40, 170, 80), Box(100, 49, 160, 71), dark=True)
    rows = [Box(100, 44, 160, 76), HEADLINE, *(Box(60, y, 460, y + 18) for y in (120, 150, 180))]
    normalized = Normalized(gray, known=segmentation(SHAPE, rows, [Box(64, 42, 80, 78)]))
    found = lines_from_cores(normalized, NetworkMarks().detect(normalized))
    assert sorted(n.box.x0 >= 98 for n in found if n.box.y0 < 100) == [True, True]
