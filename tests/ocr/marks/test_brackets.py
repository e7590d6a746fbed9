"""Brackets of vertical lines: told by their ink, opening from closing, single from double; no 一 becomes one."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from layout.geometry import Box
from ocr.line.seen import Seen
from ocr.marks.brackets import with_brackets
from ocr.pictures.corners import Mask, bracket
from ocr.pictures.crop import Cell, LinePicture

CELL = 40


def corner(*, outlined: bool) -> Mask:
    """﹁ as it is printed: a bar, and an arm that hangs from its right end."""
    ink = np.zeros((48, CELL), dtype=np.uint8)
    thick, tall = (6, 16) if outlined else (3, 14)
    ink[4 : 4 + thick, 4:36] = 1
    ink[4 : 4 + tall, 36 - thick : 36] = 1
    if outlined:
        ink[6:8, 6:34] = 0
        ink[6 : 2 + tall, 32:34] = 0
    return ink > 0


def turned(ink: Mask) -> Mask:
    return np.ascontiguousarray(ink[::-1, ::-1])


def heavy() -> Mask:
    """﹃ of a bold face: an outline so thick that the arm takes a third of its width, and taller than half of that."""
    ink = np.zeros((48, CELL), dtype=np.uint8)
    cv2.polylines(ink, [np.array([[3, 5], [37, 5], [37, 24], [28, 24], [28, 13], [3, 13]])], True, 1, 2)
    return ink > 0


def roof(strokes: int, steep: int = 10) -> Mask:
    """︽."""
    ink = np.zeros((48, CELL), dtype=np.uint8)
    for n in range(strokes):
        cv2.polylines(ink, [np.array([[3, 8 + steep + 8 * n], [20, 8 + 8 * n], [36, 8 + steep + 8 * n]])], False, 1, 2)
    return ink > 0


def hollow_legs() -> Mask:
    """人 in flattened type: its legs leave the top steeply."""
    ink = np.zeros((48, CELL), dtype=np.uint8)
    cv2.polylines(ink, [np.array([[3, 26], [12, 22], [20, 8], [28, 22], [36, 26]])], False, 1, 2)
    return ink > 0


def stroke(*, serif: int = 0) -> Mask:
    """一, with the heavy end that Song faces give it, above its right end."""
    ink = np.zeros((48, CELL), dtype=np.uint8)
    ink[24:27, 3:37] = 1
    if serif:
        cv2.fillPoly(ink, [np.array([[27, 24], [32, 24 - serif], [37, 26]])], 1)
    return ink > 0


def arc(*, rise: int) -> Mask:
    """︵ as it is printed: a thin stroke whose ends lie `rise` pixels below its middle."""
    ink = np.zeros((48, CELL), dtype=np.uint8)
    across = np.arange(4, 37)
    down = 20 + rise * ((across - 20) / 16) ** 2
    cv2.polylines(ink, [np.stack([across, down], axis=1).astype(np.int32)], False, 1, 3)
    return ink > 0


CASES = [
    (arc(rise=12), "（"),
    (turned(arc(rise=12)), "）"),
    (arc(rise=2), None),
    (corner(outlined=False), "「"),
    (turned(corner(outlined=False)), "」"),
    (corner(outlined=True), "『"),
    (turned(corner(outlined=True)), "』"),
    (heavy(), "『"),
    (turned(heavy()), "』"),
    (roof(2), "《"),
    (turned(roof(2)), "》"),
    (hollow_legs(), None),
    (roof(2, steep=3), None),
    (stroke(), None),
    (stroke(serif=6), None),
    (np.zeros((48, CELL), dtype=bool), None),
]


@pytest.mark.parametrize(("ink", "char"), CASES)
def test_a_flat_corner_or_a_thin_arc_is_a_bracket(ink: Mask, char: str | None) -> None:
    """And nothing else is."""
    assert bracket(ink, 48) == char


def level(*glyphs: Mask) -> LinePicture:
    pixels = np.where(np.hstack(glyphs), 20, 240).astype(np.uint8)
    cells = [Cell(n * CELL, (n + 1) * CELL, Box(0, n * CELL, 48, (n + 1) * CELL)) for n in range(len(glyphs))]
    return LinePicture(pixels, tuple(cells), 0, 48)


def test_what_was_read_in_its_cell_goes_and_stays_on_the_record() -> None:
    """A bracket that was not read at all comes in between its neighbours."""
    square = np.zeros((48, CELL), dtype=bool)
    square[6:42, 4:36] = True
    picture = level(square, corner(outlined=True), square, turned(corner(outlined=True)), square)
    seen = [Seen(c, n * CELL + 4, 0, n * CELL + 36, 48, 0.9) for n, c in ((0, "比"), (1, "一"), (2, "十"), (4, "时"))]
    found = with_brackets(picture, seen)
    assert "".join(s.char for s in found) == "比『十』时"
    assert [s.other for s in found] == [None, "一", None, None, None]


def test_a_glyph_beside_a_bracket_keeps_its_place() -> None:
    """Where its box took the ink of the unread bracket in, it stands before it or behind it as it was read."""
    square = np.zeros((48, CELL), dtype=bool)
    square[6:42, 4:36] = True
    picture = level(square, corner(outlined=False), square)
    seen = [Seen("村", 4, 0, 78, 48, 0.9), Seen("夜", 84, 0, 116, 48, 0.9)]
    found = with_brackets(picture, seen)
    assert "".join(s.char for s in found) == "村「夜"
    assert [(s.x0, s.x1) for s in found] == [(4, 40), (40, 80), (84, 116)]
    behind = with_brackets(picture, [Seen("村", 4, 0, 36, 48, 0.9), Seen("夜", 42, 0, 116, 48, 0.9)])
    assert "".join(s.char for s in behind) == "村「夜"


def test_a_pale_outline_is_a_bracket_too() -> None:
    """On a coarse scan its strokes are half as dark as the glyphs beside it."""
    square = np.zeros((48, CELL), dtype=bool)
    square[6:42, 4:36] = True
    picture = level(square, heavy(), square)
    pixels = picture.pixels.copy()
    pixels[:, CELL : 2 * CELL][heavy()] = 160
    found = with_brackets(replace(picture, pixels=pixels), [Seen("村", 4, 0, 36, 48, 0.9)])
    assert "".join(s.char for s in found) == "村『"


def test_a_pair_is_double_where_one_of_it_is() -> None:
    """The closing corner of which the outline ran dry closes what the outlined one opened."""
    square = np.zeros((48, CELL), dtype=bool)
    square[6:42, 4:36] = True
    picture = level(square, corner(outlined=True), square, turned(corner(outlined=False)), corner(outlined=False))
    found = with_brackets(picture, [Seen("村", 4, 0, 36, 48, 0.9), Seen("夜", 84, 0, 116, 48, 0.9)])
    assert "".join(s.char for s in found) == "村『夜』「"
    assert found[3].other == "」"


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("堤)岸)杨柳", "堤岸杨柳"),
        ("堤(岸(（杨）柳(", "堤岸（杨）柳"),
        ("堤）岸杨（柳", "堤）岸杨（柳"),
        ("堤岸（杨柳", "堤岸（杨柳"),
    ],
)
def test_arcs_of_a_wavy_rule_are_no_brackets(read: str, kept: str) -> None:
    """Several of one direction whose others are missing stand between glyphs of a column beside a wavy rule."""
    square = np.zeros((48, CELL), dtype=bool)
    square[6:42, 4:36] = True
    seen = [Seen(c, n * CELL + 4, 0, n * CELL + 36, 48, 0.9) for n, c in enumerate(read)]
    assert "".join(s.char for s in with_brackets(level(*[square] * len(read)), seen)) == kept
