"""Lines from cores: one line a core, whatever touches or stands wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from layout.geometry import Box
from layout.lines.core_lines import lines_from_cores, unparted_lines
from layout.marks.marks import Marks
from layout.marks.network_marks import NetworkMarks
from layout.page import Direction
from layout.prepare.normalized import Normalized
from layout.prepare.segmentation import DISPLAY
from tests.layout.segmented import segmentation

SHAPE = (600, 800)


def glyphs(line: Box, *, upright: bool = False, wide: float = 1.0) -> list[Box]:
    """Squares of 17 pixels, one an em, in a line; `wide` times as far apart."""
    size = line.width if upright else line.height
    length = line.height if upright else line.width
    starts = [round(i * size * wide) for i in range(int(length / (size * wide)))]
    if upright:
        return [Box(line.x0 + 1, line.y0 + s + 1, line.x1 - 1, line.y0 + s + size - 2) for s in starts]
    return [Box(line.x0 + s + 1, line.y0 + 1, line.x0 + s + size - 2, line.y1 - 1) for s in starts]


def marks(ink: Sequence[Box], lines: Sequence[Box], upright: Sequence[Box] = (), walls: Sequence[Box] = ()) -> Marks:
    type_ink, wall = np.zeros(SHAPE, np.uint8), np.zeros(SHAPE, np.uint8)
    for b in ink:
        cv2.rectangle(type_ink, (b.x0, b.y0), (b.x1 - 1, b.y1 - 1), 255, 1)
    for b in walls:
        wall[b.y0 : b.y1, b.x0 : b.x1] = 255
    return Marks((), (), (), (), (), (), type_ink, wall, segmentation(SHAPE, lines, upright))


NORMALIZED = Normalized(np.full(SHAPE, 250, np.uint8))


@pytest.mark.parametrize("pitch", [21, 24, 30, 40])
def test_lines_of_any_leading_are_parted(pitch: int) -> None:
    """Lines set close are as many lines as those set wide, each of one em's height."""
    rows = [Box(40, 40 + i * pitch, 440, 60 + i * pitch) for i in range(10)]
    found = lines_from_cores(NORMALIZED, marks([g for r in rows for g in glyphs(r)], rows))
    assert len(found) == 10
    assert all(16 <= n.box.height <= 21 for n in found)
    assert len({n.id for n in found}) == 10


def test_glyphs_that_touch_the_line_below_are_cut() -> None:
    """A stroke that runs through two lines leaves both of them a line high."""
    rows = [Box(40, 40, 440, 60), Box(40, 64, 440, 84)]
    bridge = Box(100, 42, 104, 82)
    found = lines_from_cores(NORMALIZED, marks([*(g for r in rows for g in glyphs(r)), bridge], rows))
    assert len(found) == 2
    assert all(n.box.height <= 24 for n in found)


def test_vertical_and_horizontal_lines_side_by_side() -> None:
    """Each line has the direction in which its glyphs follow each other."""
    rows, columns = [Box(40, 40 + 30 * i, 400, 60 + 30 * i) for i in range(5)], [Box(500, 40, 520, 400)]
    ink = [*(g for r in rows for g in glyphs(r)), *glyphs(columns[0], upright=True)]
    found = lines_from_cores(NORMALIZED, marks(ink, rows, columns))
    assert sorted(n.direction for n in found) == [Direction.HORIZONTAL] * 5 + [Direction.VERTICAL_RL]


def test_a_wall_parts_two_columns() -> None:
    """Two lines on one level on both sides of a rule stay two, though they stand closer than a wide-set line."""
    left, right = Box(40, 40, 240, 60), Box(256, 40, 456, 60)
    ink = [*glyphs(left), *glyphs(right)]
    assert len(lines_from_cores(NORMALIZED, marks(ink, [left, right], walls=[Box(246, 0, 249, 600)]))) == 2


@pytest.mark.parametrize(
    ("span", "lines"), [((47, 600), 2), ((0, 53), 2), ((44, 56), 1)], ids=["under", "over", "in it"]
)
def test_a_thin_wall_that_ends_in_a_row_parts_it(span: tuple[int, int], lines: int) -> None:
    """A rule of a pixel begins in the first row of two columns, or ends in their last; one core runs over it."""
    left, right = Box(40, 40, 240, 60), Box(256, 40, 456, 60)
    ink, wall = [*glyphs(left), *glyphs(right)], Box(247, span[0], 248, span[1])
    assert len(lines_from_cores(NORMALIZED, marks(ink, [left | right], walls=[wall]))) == lines


@pytest.mark.parametrize(
    ("span", "lines"), [((10, 90), 2), ((10, 56), 2), ((43, 57), 1)], ids=["over", "into", "in it"]
)
def test_a_stroke_that_runs_beyond_a_row_parts_it(span: tuple[int, int], lines: int) -> None:
    """A short rule that meets a border is no known rule; the white on both sides of it parts two columns."""
    left, right, rule = Box(40, 40, 240, 60), Box(258, 40, 458, 60), Box(247, span[0], 251, span[1])
    ink = [*glyphs(left), *glyphs(right)]
    gray, found = np.full(SHAPE, 250, np.uint8), marks(ink, [left | right])
    for g in ink:
        cv2.rectangle(gray, (g.x0, g.y0), (g.x1 - 1, g.y1 - 1), 0, 2)
    for mask, tone in ((gray, 0), (found.type_ink, 255)):
        mask[rule.y0 : rule.y1, rule.x0 : rule.x1] = tone
    assert len(lines_from_cores(Normalized(gray, known=found.segmentation), found)) == lines


def test_ink_without_a_core_is_in_no_line() -> None:
    """Nothing is made of ink that the network does not hold for a line."""
    assert lines_from_cores(NORMALIZED, marks(glyphs(Box(40, 40, 440, 60)), [])) == []


def test_a_core_whose_only_ink_lies_beside_its_band_is_no_line() -> None:
    """A scrap over or under a line that the network saw in vain is claimed by it, and makes no line."""
    row = Box(400, 300, 420, 316)
    for y in range(270, 345):
        found = lines_from_cores(NORMALIZED, marks([Box(402, y, 430, y + 3)], [row]))
        assert all(n.box.width > 0 and n.box.height > 0 for n in found)
    assert lines_from_cores(NORMALIZED, marks([Box(402, 287, 430, 290)], [row])) == []


@pytest.mark.parametrize("end", ["start", "finish"])
def test_a_dash_at_a_lines_end_is_of_the_line(end: str) -> None:
    """A dash of two squares that was taken for a short rule belongs to the line whose level it has; a rule does not."""
    row, dash = Box(200, 100, 500, 120), Box(154, 109, 194, 111) if end == "start" else Box(506, 109, 546, 111)
    rule = Box(100, 140, 700, 142)
    found = marks(glyphs(row), [row])
    (line,) = lines_from_cores(NORMALIZED, replace(found, rules=(dash, rule)))
    assert dash.within(line.box) == 1
    assert rule.within(line.box) == 0


@pytest.mark.parametrize("bridged", [False, True])
def test_a_gutter_that_one_row_bridges_parts_its_columns(bridged: bool) -> None:
    """Where a core, or the text between two cores, runs over a gutter in one row, the rows about it tell better."""
    left, right = [[Box(x, 40 + 30 * i, x + 240, 60 + 30 * i) for i in range(6)] for x in (40, 300)]
    cores = [*left[:2], *left[3:], *right[:2], *right[3:]]
    cores += [left[2] | right[2]] if bridged else [left[2], right[2]]
    found = lines_from_cores(NORMALIZED, marks([g for r in (*left, *right) for g in glyphs(r)], cores))
    assert len(found) == 12


def test_a_line_set_wide_stays_one() -> None:
    """Glyphs an em and a half apart, alone on their level, are one line."""
    row = Box(40, 40, 640, 60)
    (line,) = lines_from_cores(NORMALIZED, marks(glyphs(row, wide=2.2), [row]))
    assert line.box.width > 540


@pytest.mark.parametrize(("wide", "lines"), [(1.55, 1), (1.0, 2)], ids=["set wide", "of two columns"])
def test_a_row_set_wide_over_a_gutter_is_not_cut_there(wide: float, lines: int) -> None:
    """The white between its glyphs meets the gutter of the columns below; it is as wide all along the row."""
    head, rows = Box(40, 40, 614, 60), [Box(x, 80 + 30 * i, x + 260, 100 + 30 * i) for x in (40, 317) for i in range(6)]
    ink = glyphs(head, wide=wide)
    if lines == 2:
        ink = [g for g in ink if g.x1 < 302 or g.x0 > 316]
    found = lines_from_cores(NORMALIZED, marks([*ink, *(g for r in rows for g in glyphs(r))], [head, *rows]))
    assert sum(n.box.y0 < 70 for n in found) == lines


def test_a_mark_that_hangs_in_a_gutter_stays_with_its_column() -> None:
    """A comma beyond the end of the first column, which the network joins to the second, ends the first's line."""
    left, right = ([Box(x, 40 + 30 * i, x + 200, 60 + 30 * i) for i in range(16)] for x in (40, 262))
    comma = Box(246, 256, 250, 264)
    cores = [*left[:7], *left[8:], *right[:7], *right[8:], left[7] | right[7]]
    found = lines_from_cores(NORMALIZED, marks([comma, *(g for r in (*left, *right) for g in glyphs(r))], cores))
    row = sorted((n.box for n in found if abs(n.box.y0 - 251) < 4), key=lambda b: b.x0)
    assert [(b.x0 < 100, b.x1) for b in row] == [(True, comma.x1), (False, max(b.x1 for b in row))]


def test_a_row_of_body_type_under_a_large_headline_is_a_line() -> None:
    """A caption of three characters beside a banner is no mark of it, and the banner ends at its own foot."""
    banner, caption = Box(40, 40, 760, 160), Box(600, 172, 660, 192)
    seg = segmentation(SHAPE, [banner, caption])
    large = np.s_[int(40 * seg.scale) : round(160 * seg.scale), int(40 * seg.scale) : round(760 * seg.scale)]
    seg.label[large], seg.display[large], seg.text[large] = DISPLAY, 255, 0
    smear = Box(60, 42, 66, 200)
    strokes = [g.grown(-i) for g in glyphs(banner) for i in range(4)]
    ink = marks([*strokes, *glyphs(caption), smear], [])
    found = lines_from_cores(NORMALIZED, replace(ink, segmentation=seg))
    assert sorted(n.box.height > 60 for n in found) == [False, True]
    small, title = sorted((n.box for n in found), key=lambda b: b.height)
    assert abs(small.y0 - caption.y0) <= 3
    assert abs(small.width - caption.width) <= 6
    assert title.y1 <= 166


@pytest.mark.parametrize("upright", [False, True])
def test_lines_whose_cores_hang_together_are_parted(upright: bool) -> None:
    """Three lines set close, which the network joins at several places, are three."""
    turn = (lambda b: Box(b.y0, b.x0, b.y1, b.x1)) if upright else (lambda b: b)
    rows = [Box(40, 40 + i * 22, 460, 60 + i * 22) for i in range(3)]
    lines = [turn(r) for r in rows]
    seg = segmentation(SHAPE, [] if upright else lines, lines if upright else [])
    for x0, x1, first in ((60, 90, 0), (200, 210, 0), (280, 340, 1), (400, 405, 1)):
        bridge = turn(Box(x0, 50 + first * 22, x1, 72 + first * 22))
        k = seg.scale
        seg.core[int(bridge.y0 * k) : int(bridge.y1 * k), int(bridge.x0 * k) : int(bridge.x1 * k)] = 255
    ink = marks([turn(g) for r in rows for g in glyphs(r)], [])
    found = lines_from_cores(NORMALIZED, replace(ink, segmentation=seg))
    assert len(found) == 3
    assert all(min(n.box.width, n.box.height) <= 22 for n in found)
    assert all(max(n.box.width, n.box.height) >= 400 for n in found)


@pytest.mark.parametrize("upright", [False, True])
def test_a_bold_glyph_that_hangs_on_the_next_line_is_of_its_own(upright: bool) -> None:
    """A subhead of two bold glyphs over two rows: the network joins the second glyph of the first row to the second."""
    turn = (lambda b: Box(b.y0, b.x0, b.y1, b.x1)) if upright else (lambda b: b)
    pieces = [Box(40, 40, 60, 60), Box(63, 40, 83, 60), Box(88, 40, 308, 60)]
    rows = [*pieces, Box(40, 66, 308, 86)]
    lines = [turn(r) for r in rows]
    seg = segmentation(SHAPE, [] if upright else lines, lines if upright else [])
    bridge, k = turn(Box(67, 50, 79, 76)), seg.scale
    seg.core[int(bridge.y0 * k) : int(bridge.y1 * k), int(bridge.x0 * k) : int(bridge.x1 * k)] = 255
    ink = marks([turn(g) for r in rows for g in glyphs(r)], [])
    found = lines_from_cores(NORMALIZED, replace(ink, segmentation=seg))
    back = sorted((turn(n.box) for n in found), key=lambda b: b.y0)
    assert len(back) == 2
    assert all(b.x0 <= 43 and b.x1 >= 290 and b.height <= 22 for b in back)


def test_a_glyph_that_stands_apart_has_the_direction_of_its_row() -> None:
    """The network calls the first glyphs of a row upright, apart as they stand; they are of the row."""
    first, second, rest = Box(40, 40, 60, 60), Box(64, 40, 84, 60), Box(88, 40, 448, 60)
    boxes = [*glyphs(first), *glyphs(second), *glyphs(rest)]
    seen = marks(boxes, [first, second, rest])
    seen.segmentation.vertical[:, : int(86 * seen.segmentation.scale)] = 255
    (line,) = lines_from_cores(NORMALIZED, seen)
    assert line.direction is Direction.HORIZONTAL
    assert line.box.x0 <= 43


def test_a_short_upright_rule_parts_two_columns() -> None:
    """A rule beside two lines alone is shorter than other rules; no line runs over it."""
    rows = [Box(40, 40, 460, 60), Box(40, 66, 460, 86)]
    rule = Box(250, 38, 253, 88)
    gray = np.full(SHAPE, 250, np.uint8)
    for g in (g for r in rows for g in glyphs(r) if g.x1 < 248 or g.x0 > 256):
        cv2.rectangle(gray, (g.x0, g.y0), (g.x1 - 1, g.y1 - 1), 0, 2)
    cv2.rectangle(gray, (rule.x0, rule.y0), (rule.x1 - 1, rule.y1 - 1), 0, -1)
    normalized = Normalized(gray, known=segmentation(SHAPE, rows))
    found = lines_from_cores(normalized, NetworkMarks().detect(normalized))
    assert len(found) == 4
    assert all(n.box.x1 <= 250 or n.box.x0 >= 252 for n in found)


def test_paragraphs_that_begin_at_a_gutter_speak_for_it() -> None:
    """Over a picture the rows above a bridged one are few: one is a paragraph's first, a headline stands over both."""
    left = [Box(40, y, 360, y + 20) for y in (130, 155, 180)]
    right = [Box(400, 130, 700, 150), Box(440, 180, 700, 200)]
    head, bridged = Box(60, 60, 660, 110), Box(40, 205, 700, 225)
    beside = [Box(40, 230 + 25 * i, 160, 250 + 25 * i) for i in range(5)]
    beside += [Box(600, 230 + 25 * i, 700, 250 + 25 * i) for i in range(5)]
    others = [*left, *right, head, *beside]
    ink = [g for n in others for g in glyphs(n)]
    ink += [g for g in glyphs(bridged) if g.x1 < 362 or g.x0 > 398]
    found = lines_from_cores(NORMALIZED, marks(ink, [*others, bridged]))
    assert len(found) == len(others) + 2


@pytest.mark.parametrize("end", [300, 80], ids=["a long last line", "two hanzi"])
@pytest.mark.parametrize(
    ("at", "side", "taken"),
    [((12, 1), 9, True), ((10, 7), 5, True), ((12, 13), 3, False), ((40, 7), 5, False)],
    ids=["a quotation mark", "a stop in the middle of its square", "a speck", "a spot far off"],
)
def test_a_mark_apart_from_the_last_hanzi_is_of_the_line(
    end: int, at: tuple[int, int], side: int, *, taken: bool
) -> None:
    """It stands in its own square and has no core; `at` is its place from the line's upper right corner."""
    full, last = Box(40, 70, 440, 90), Box(40, 100, end, 120)
    mark = Box(end + at[0], 100 + at[1], end + at[0] + side, 100 + at[1] + min(side, 6))
    found = marks([*glyphs(full), *glyphs(last)], [full, last])
    gray = np.full(SHAPE, 250, np.uint8)
    for g in (*glyphs(full), *glyphs(last)):
        cv2.rectangle(gray, (g.x0, g.y0), (g.x1 - 1, g.y1 - 1), 0, 2)
    cv2.rectangle(gray, (mark.x0, mark.y0), (mark.x1 - 1, mark.y1 - 1), 0, -1)
    lines = lines_from_cores(Normalized(gray, known=found.segmentation), found)
    ends = {n.box.y0 // 30: n.box.x1 for n in lines}
    assert (ends[3] >= mark.x1) is taken
    assert ends[2] < 450


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("ruled", [None, 451, 446], ids=["in the white", "at a rule", "over a rule"])
@pytest.mark.parametrize(("marked", "taken"), [({2}, True), (set(range(8)), False)], ids=["a comma", "a broken rule"])
def test_a_mark_that_hangs_beyond_its_column_is_of_the_line(
    *, upright: bool, ruled: int | None, marked: set[int], taken: bool
) -> None:
    """A comma that found no place in its column stands in the white behind it, where the network sees no line."""
    rows = [Box(40, 40 + 30 * i, 440, 60 + 30 * i) for i in range(8)]
    ink = [g for r in rows for g in glyphs(r)]
    gray = np.full((SHAPE[0], SHAPE[0]), 250, np.uint8)
    for g in ink:
        cv2.rectangle(gray, (g.x0, g.y0), (g.x1 - 1, g.y1 - 1), 0, 2)
    for i in marked:
        cv2.rectangle(gray, (446, 44 + 30 * i), (449, 51 + 30 * i), 0, -1)
    rule = Box(ruled or 0, 20, (ruled or 0) + 2, 300)
    if ruled is not None:
        gray[rule.y0 : rule.y1, rule.x0 : rule.x1] = 0
    if upright:
        ink, rows, rule, gray = [g.turned for g in ink], [r.turned for r in rows], rule.turned, gray.T.copy()
    seen = marks(ink, [] if upright else rows, rows if upright else ())
    found = lines_from_cores(
        Normalized(gray, known=seen.segmentation), replace(seen, rules=() if ruled is None else (rule,))
    )
    boxes = [n.box.turned if upright else n.box for n in found]
    assert len(found) == len(rows)
    assert {b.y0 // 30 - 1 for b in boxes if b.x1 >= 449} == (marked if taken else set())


@pytest.mark.parametrize(("spans", "columns"), [([(40, 300), (330, 590)], 2), ([(40, 590)], 1)], ids=["two", "one"])
def test_the_first_row_of_two_columns_is_told_by_the_rows_below_a_picture(
    spans: Sequence[tuple[int, int]], columns: int
) -> None:
    """Right over a picture each column has one row; a subtitle and a caption run over both, the rows below do not."""
    subtitle, first, caption = Box(60, 40, 560, 64), Box(40, 95, 590, 115), Box(80, 250, 540, 266)
    rows = [Box(x0, 280 + 25 * i, x1, 300 + 25 * i) for x0, x1 in spans for i in range(8)]
    ink = [g for n in (subtitle, caption, *rows) for g in glyphs(n)]
    white = (304, 326) if columns == 2 else (322, 332)
    ink += [g for x0, x1 in ((40, white[0]), (white[1], 590)) for g in glyphs(Box(x0, 95, x1, 115))]
    found = lines_from_cores(NORMALIZED, marks(ink, [subtitle, first, caption, *rows]))
    assert sum(abs(n.box.y0 - 95) < 6 for n in found) == columns


def test_a_side_of_a_frame_that_runs_past_text_is_no_line() -> None:
    """The network blurs the row above a frame's foot over it; the foot is the frame's, and the row alone is a line."""
    row, blur = Box(80, 268, 480, 288), Box(60, 292, 400, 304)
    gray = np.full(SHAPE, 250, np.uint8)
    cv2.rectangle(gray, (40, 200), (740, 300), 0, 3)
    for g in glyphs(row):
        cv2.rectangle(gray, (g.x0, g.y0), (g.x1 - 1, g.y1 - 1), 0, 2)
    normalized = Normalized(gray, known=segmentation(SHAPE, [row, blur]))
    found = NetworkMarks().detect(normalized)
    (line,) = lines_from_cores(normalized, found)
    assert line.box.y1 <= 290
    assert len(found.frames) == 1


def bridged(rows: Sequence[tuple[Box, ...]], bridges: Sequence[Box]) -> Marks:
    """Rows of one or more pieces of type, and cores without any ink over the white between them."""
    lines = [b for row in rows for b in row]
    found = marks([g for b in lines for g in glyphs(b)], lines)
    core = found.segmentation.core
    for b in bridges:
        core[round(b.y0 * 0.4) : round(b.y1 * 0.4), round(b.x0 * 0.4) : round(b.x1 * 0.4)] = 255
    return found


TWO_COLUMNS = [(Box(40, 40 + 30 * i, 240, 60 + 30 * i), Box(264, 40 + 30 * i, 464, 60 + 30 * i)) for i in range(6)]


@pytest.mark.parametrize("width", [(234, 270), (246, 258)])
def test_cores_do_not_bridge_a_narrow_gutter(width: tuple[int, int]) -> None:
    """Columns a little more than an em apart stay two where the network sees a mark between them, or one row."""
    bridges = [Box(width[0], 45 + 30 * i, width[1], 55 + 30 * i) for i in range(6)]
    found = lines_from_cores(NORMALIZED, bridged(TWO_COLUMNS, bridges))
    assert sorted((n.box.x0 < 250, n.box.x1 > 250) for n in found) == [(False, True)] * 6 + [(True, False)] * 6


def test_a_wide_space_within_a_row_alone_is_bridged() -> None:
    """A name with a square of white in it, and no rows about it that end and begin there, is one line."""
    row = Box(40, 40, 240, 60), Box(264, 40, 464, 60)
    found = lines_from_cores(NORMALIZED, bridged([row], [Box(234, 45, 270, 55)]))
    assert [n.box.x1 - n.box.x0 > 400 for n in found] == [True]


def test_names_of_a_list_stay_in_their_rows() -> None:
    """Rows of a list, each with a short name and a square of white before its text, are a line each."""
    rows = [(Box(40, 40 + 30 * i, 80, 60 + 30 * i), Box(104, 40 + 30 * i, 464, 60 + 30 * i)) for i in range(6)]
    found = lines_from_cores(NORMALIZED, bridged(rows, [Box(74, 45 + 30 * i, 110, 55 + 30 * i) for i in range(6)]))
    assert len(found) == 6


def test_a_set_in_row_tells_of_its_gutter() -> None:
    """A row over two columns is cut at the gutter where the right one begins with an indented paragraph."""
    rows = [*TWO_COLUMNS[:3], (TWO_COLUMNS[3][0], Box(304, 130, 464, 150)), *TWO_COLUMNS[4:]]
    found = bridged(rows, [Box(234, 135, 310, 145)])
    found.segmentation.text[52:60, 95:122] = 255
    lines = lines_from_cores(NORMALIZED, found)
    assert not any(n.box.x0 < 200 and n.box.x1 > 300 for n in lines)


def test_a_badge_and_the_headline_beside_it_are_two_lines() -> None:
    """White type on a badge and black type right of it, in one row and close, do not go on in each other."""
    badge, title = Box(40, 40, 140, 60), Box(158, 40, 458, 60)
    found = marks([*glyphs(badge), *glyphs(title)], [badge, title])
    found.segmentation.text[:] = found.segmentation.text.max()
    assert len(lines_from_cores(NORMALIZED, found)) == 1
    found.segmentation.reversed[:, :60] = 255
    lines = lines_from_cores(NORMALIZED, found)
    assert sorted((n.box.x0, n.white_on_dark) for n in lines) == [(41, True), (159, False)]


def test_a_full_stop_stays_with_the_last_glyph_of_a_paragraph() -> None:
    """A line of one glyph and a mark, the core of the mark apart and thin, is one line."""
    line, stop = Box(40, 40, 60, 60), Box(64, 53, 69, 58)
    found = marks([*glyphs(line), stop], [line])
    found.segmentation.core[21:23, 26:28] = 255
    assert [n.box for n in lines_from_cores(NORMALIZED, found)] == [Box(41, 41, 69, 59)]


def test_a_title_in_the_middle_over_two_columns_hides_no_gutter() -> None:
    """Under a title a short byline and the second column's first row are two lines."""
    title, byline, first = Box(130, 8, 400, 28), Box(40, 44, 200, 64), Box(262, 44, 462, 64)
    left, right = ([Box(x, 74 + 30 * i, x + 200, 94 + 30 * i) for i in range(5)] for x in (40, 262))
    ink = [g for n in (title, byline, first, *left, *right) for g in glyphs(n)]
    found = lines_from_cores(NORMALIZED, marks(ink, [title, byline | first, *left, *right]))
    assert len(found) == 13


@pytest.mark.parametrize(("wall", "lines"), [((30, 90), 2), ((50, 66), 1)], ids=["a rule of a grid", "a stroke"])
def test_a_rule_thinner_than_the_networks_pixel_parts_two_cells(wall: tuple[int, int], lines: int) -> None:
    """One core over two cells is cut at the rule between them; what ends with the row is a stroke of it."""
    left, right = Box(40, 48, 100, 68), Box(130, 48, 190, 68)
    found = marks([*glyphs(left), *glyphs(right)], [left | right], walls=[Box(113, wall[0], 114, wall[1])])
    assert len(lines_from_cores(NORMALIZED, found)) == lines


def test_two_rules_with_nothing_between_them_part_a_row_once() -> None:
    """Of a double rule both strokes have white on their sides; between them lies no line, and no empty box."""
    left, right = Box(40, 48, 100, 68), Box(130, 48, 190, 68)
    walls = [Box(x, 30, x + 1, 90) for x in (109, 113, 117)]
    found = lines_from_cores(NORMALIZED, marks([*glyphs(left), *glyphs(right)], [left | right], walls=walls))
    assert [(n.box.x0, n.box.x1) for n in found] == [(41, 98), (131, 188)]


@pytest.mark.parametrize(("stroke", "lines"), [(Box(240, 56, 300, 58), 1), (Box(240, 50, 258, 66), 2)])
def test_a_piece_of_a_rule_between_the_rows_of_a_table_is_no_line(stroke: Box, lines: int) -> None:
    """What is as thin as a rule is none, though the network sees a line there; a glyph there is one."""
    row = Box(40, 48, 140, 68)
    found = lines_from_cores(NORMALIZED, marks([*glyphs(row), stroke], [row, Box(240, 48, 300, 68)]))
    assert len(found) == lines


@pytest.mark.parametrize("edge", [0, SHAPE[0]], ids=["head", "foot"])
def test_a_row_that_the_pictures_edge_cuts_stays_whole(edge: int) -> None:
    """A stroke that ends with the picture is not known to run on, as a rule beside a row does."""
    row = Box(40, max(0, edge - 14), 440, max(0, edge - 14) + 14)
    gray = np.full(SHAPE, 250, np.uint8)
    for n, x in enumerate(range(40, 440, 10)):
        cut = 0 if n % 4 == 2 else 3
        top, bottom = (cut, 10) if edge == 0 else (edge - 10, edge - cut)
        gray[top:bottom, x : x + 2] = 0
    found = replace(marks([], [row]), type_ink=np.where(gray < 100, 255, 0).astype(np.uint8))
    assert len(lines_from_cores(Normalized(gray, known=found.segmentation), found)) == 1


@pytest.mark.parametrize("apart", [4, 6, 8])
def test_a_double_rule_parts_two_columns_once(apart: int) -> None:
    """Two strokes with white alone between them are one border, and no line stands between them."""
    left, right = Box(40, 40, 240, 60), Box(262, 40, 462, 60)
    rules = [Box(x, 10, x + 1, 90) for x in (246, 246 + apart)]
    found = marks([*glyphs(left), *glyphs(right)], [left | right], walls=rules)
    assert [n.box.x0 for n in lines_from_cores(NORMALIZED, found)] == [41, 263]


@pytest.mark.parametrize("comma", [True, False])
def test_a_headline_goes_on_behind_its_comma_over_a_gutter(*, comma: bool) -> None:
    """The white half of a comma's square stands over the gutter; without a comma two headlines stand side by side."""
    rows = [[Box(x, 140 + 30 * i, x + 240, 160 + 30 * i) for i in range(6)] for x in (40, 300)]
    left, right = Box(40, 40, 272, 100), Box(300, 40, 540, 100)
    marked = [Box(242, 80, 252, 94)] if comma else []
    ink = [*(g for column in rows for r in column for g in glyphs(r)), *glyphs(Box(40, 40, 220, 100)), *glyphs(right)]
    found = unparted_lines(marks([*ink, *marked], [*rows[0], *rows[1], left, right]))
    assert sum(n.box.y0 < 110 for n in found) == (1 if comma else 2)
