"""Gutters that rows run over, on rows of squares as type: where they are cut or joined, where a white is no gutter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from layout.geometry import Box
from layout.lines.detected_line import DetectedLine, measured
from layout.lines.gutters import with_gutters
from layout.page import Direction
from layout.prepare.segmentation import SCALE

SHAPE = (900, 1000)
PITCH = 30
"""Distance of two rows in pixels; a row is 20 pixels high, an em."""
MARK = 5
"""Width of a comma; its square is an em."""


def printed(rows: Sequence[Sequence[Box]]) -> tuple[list[DetectedLine], np.ndarray, np.ndarray, np.ndarray]:
    """Each row of pieces as one line, its ink, cores that run over the whites, and all that is printed."""
    ink, core = np.zeros(SHAPE, np.uint8), np.zeros((int(SHAPE[0] * SCALE), int(SHAPE[1] * SCALE)), np.uint8)
    lines = []
    for n, row in enumerate(rows):
        for piece in row:
            for x in range(piece.x0, piece.x1 - 18, 20):
                ink[piece.y0 : piece.y1, x + 1 : x + 9] = ink[piece.y0 : piece.y1, x + 11 : x + 18] = 255
        box = Box(row[0].x0, row[0].y0, row[-1].x1 - 2, row[0].y1)
        core[
            round((box.y0 + 5) * SCALE) : round((box.y1 - 5) * SCALE), round(box.x0 * SCALE) : round(box.x1 * SCALE)
        ] = 255
        lines.append(measured(DetectedLine(box, 0.0, 0.0, Direction.HORIZONTAL, False, n), ink))
    return lines, ink, core, ink.copy()


def rows(x0: int, x1: int, top: int, count: int) -> list[Box]:
    return [Box(x0, top + PITCH * n, x1, top + PITCH * n + 20) for n in range(count)]


@pytest.mark.parametrize("short", [5, 8])
def test_two_columns_under_rows_over_both_are_parted(short: int) -> None:
    """A lead runs over both columns, and all rows of the short columns under it are joined over a gutter of an em."""
    lead = [[b] for b in rows(40, 460, 40, 3)]
    pairs = list(zip(rows(40, 240, 150, short), rows(260, 460, 150, short), strict=True))
    others = [[b] for x in (500, 720) for b in rows(x, x + 200, 40, 20)]
    found = with_gutters(*printed([*lead, *pairs, *others]))
    assert len(found) == 3 + 2 * short + 40


@pytest.mark.parametrize("gutter", [22, 26])
def test_a_row_alone_between_a_title_and_a_picture_is_parted_as_its_columns_are(gutter: int) -> None:
    """A picture leaves two columns one row under their title; they go on under the picture and its caption."""
    right = 240 + gutter
    title = [[Box(60 + 20 * n, 64 + PITCH * n, 430 - 10 * n, 84 + PITCH * n)] for n in range(4)]
    row = [(Box(40, 190, 240, 210), Box(right, 190, right + 200, 210))]
    caption = [[b] for b in rows(60, 440, 450, 2)]
    below = [[b] for x in (40, right) for b in rows(x, x + 200, 540, 7)]
    beside = [[b] for b in rows(right + 240, right + 440, 40, 26)]
    assert len(with_gutters(*printed([*title, *row, *caption, *below, *beside]))) == 4 + 2 + 2 + 14 + 26


def test_a_caption_with_a_white_in_it_stays_one_line() -> None:
    """A caption runs over both columns under its picture; the space in it lies beside their gutter."""
    caption = [[Box(40, 300, 200, 320), Box(220, 300, 440, 320)]]
    others = [[b] for x in (40, 260) for b in rows(x, x + 200, 340, 12)]
    far = [[b] for x in (500, 720) for b in rows(x, x + 200, 40, 20)]
    assert len(with_gutters(*printed([*caption, *others, *far]))) == 1 + 24 + 40


def test_whites_of_marks_are_no_gutter() -> None:
    """Commas stand under one another in four rows of a wide column; their squares are white at one place."""
    text = rows(40, 460, 40, 12)
    marked = [(Box(b.x0, b.y0, 240, b.y1), Box(260, b.y0, b.x1, b.y1)) for b in text[3:7]]
    lines, ink, core, whole = printed([*([b] for b in text[:3]), *marked, *([b] for b in text[7:])])
    for left, _ in marked:
        ink[left.y1 - 8 : left.y1, 242 : 242 + MARK] = 255
    assert len(with_gutters(lines, ink, core, whole)) == 12


def test_a_page_without_a_white_stays_as_it_is() -> None:
    lines, ink, core, whole = printed([[b] for b in rows(40, 460, 40, 5)])
    assert with_gutters(lines, ink, core, whole) == lines


def torn(row: Box, white: tuple[int, int]) -> list[list[Box]]:
    """A row as two lines, with a white between them over which no core runs."""
    return [[Box(row.x0, row.y0, white[0], row.y1)], [Box(white[1], row.y0, row.x1, row.y1)]]


def beside(text: Sequence[Sequence[Box]]) -> list[Sequence[Box]]:
    """The rows of a column, and those of one right of it over a gutter of an em and one further off."""
    return [*text, *([b] for x in (260, 480) for b in rows(x, x + 200, 40, 12))]


@pytest.mark.parametrize(("white", "at"), [(14, 120), (17, 100), (22, 140), (30, 120)])
def test_a_row_that_comes_in_two_pieces_is_one(white: int, at: int) -> None:
    """The network sees no type in a dash beside digits: the rows above and below run over that white."""
    text = rows(40, 240, 40, 12)
    pieces = torn(text[5], (at, at + white))
    found = with_gutters(*printed(beside([*([b] for b in text[:5]), *pieces, *([b] for b in text[6:])])))
    assert len(found) == 36
    assert sorted(n.box.width for n in found)[0] > 190


def test_pieces_of_a_row_with_a_rule_between_them_stay_two() -> None:
    text = rows(40, 240, 40, 12)
    pieces = torn(text[5], (120, 137))
    lines, ink, core, whole = printed(beside([*([b] for b in text[:5]), *pieces, *([b] for b in text[6:])]))
    whole[text[5].y0 - 5 : text[5].y1 + 5, 127:129] = 255
    assert len(with_gutters(lines, ink, core, whole)) == 37


def test_cells_of_a_list_stay_apart() -> None:
    """Names and sums stand under one another in five rows between the text above and below them."""
    text = rows(40, 240, 40, 12)
    cells = [piece for b in text[4:9] for piece in torn(b, (120, 150))]
    found = with_gutters(*printed(beside([*([b] for b in text[:4]), *cells, *([b] for b in text[9:])])))
    assert len(found) == 36 + 5


@pytest.mark.parametrize("glyphs", [1, 2, 3])
def test_a_short_last_row_is_parted_from_the_row_beside_it(glyphs: int) -> None:
    """The last row of a paragraph is a glyph or two, and the network joins it to the next column's row."""
    left, right = rows(40, 240, 40, 12), rows(260, 460, 40, 12)
    joined = (left[6], Box(260, right[6].y0, 260 + 20 * glyphs, right[6].y1))
    others = [[b] for x in (480, 700) for b in rows(x, x + 200, 40, 12)]
    columns = [[b] for n in range(12) if n != 6 for b in (left[n], right[n])]
    assert len(with_gutters(*printed([*columns, joined, *others]))) == 48


def test_rows_that_a_mark_in_a_narrow_gutter_joins_are_parted_behind_it() -> None:
    """A comma stands in the gutter of an em between two registers; it is of the row before it."""
    left, right = rows(40, 240, 40, 12), rows(260, 460, 40, 12)
    joined = (left[6], right[6])
    others = [[b] for x in (480, 700) for b in rows(x, x + 200, 40, 12)]
    columns = [[b] for n in range(12) if n != 6 for b in (left[n], right[n])]
    lines, ink, core, whole = printed([*columns, joined, *others])
    comma = Box(248, left[6].y0 + 7, 255, left[6].y0 + 13)
    for mask in (ink, whole):
        mask[comma.y0 : comma.y1, comma.x0 : comma.x1] = 255
    found = [n.box for n in with_gutters(lines, ink, core, whole) if n.box.y0 == left[6].y0 and n.box.x0 < 470]
    assert sorted((b.x0, b.x1) for b in found) == [(40, comma.x1), (261, 458)]
