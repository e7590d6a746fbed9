"""A PDF's text layer parts lines where its order jumps, and tells of lines that ink alone does not show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from layout.geometry import Box
from layout.lines.detected_line import DetectedLine
from layout.lines.typed_lines import with_typed_lines
from layout.page import Direction
from layout.pdf_glyph import TypedGlyph, carried
from layout.prepare.normalized import Normalized

SHAPE = (400, 900)
EM = 20


def set_at(text: str, x: int, y: int, *, down: bool = False, step: int = EM) -> list[TypedGlyph]:
    """A line of glyphs in squares of an em; a mark's ink fills a corner of its square."""
    out = []
    for n, char in enumerate(text):
        left, top = (x, y + n * step) if down else (x + n * step, y)
        ink = (
            Box(left + 1, top + 13, left + 6, top + 19)
            if char in "，。"
            else Box(left + 1, top + 1, left + 19, top + 19)
        )
        out.append(TypedGlyph(char, ink, advance=Box(left, top, left + EM, top + EM)))
    return out


def found(*glyphs: Sequence[TypedGlyph], way: Direction = Direction.HORIZONTAL) -> DetectedLine:
    """A line as its ink shows it, over the glyphs of one or more runs."""
    return DetectedLine(Box.hull(g.box for run in glyphs for g in run), float(EM), 2.0, way)


def lines(detected: Sequence[DetectedLine], layer: Sequence[TypedGlyph], *, lying: bool = False) -> list[DetectedLine]:
    ink = np.zeros(SHAPE, np.uint8)
    for g in layer:
        ink[g.box.y0 : g.box.y1, g.box.x0 : g.box.x1] = 255
    normalized = Normalized(255 - ink, lying=lying, typed=tuple(layer))
    return with_typed_lines(detected, normalized, ink)


def boxes(detected: Sequence[DetectedLine]) -> set[Box]:
    return {n.box for n in detected}


LEFT = [set_at("雨天一来排起长队", 40, 40), set_at("都等。", 40, 80)]
RIGHT = [set_at("谁也不嫌他慢慢地", 228, 40), set_at("伞骨三根。", 228, 80)]
"""Two columns a little more than an em apart, each row a run of the layer."""
LAYER = [g for run in (*LEFT, *RIGHT) for g in run]


def test_a_row_over_two_columns_is_parted_where_the_layer_jumps() -> None:
    """One row alone tells: between its halves the layer sets the rest of the left column."""
    glued, rest = found(LEFT[0], RIGHT[0]), [found(LEFT[1]), found(RIGHT[1])]
    assert boxes(lines([glued, *rest], LAYER)) == {found(run).box for run in (*LEFT, *RIGHT)}


def test_a_row_that_goes_on_in_the_layer_is_one_line() -> None:
    """White of an em and more in a row is no gutter where the layer sets what stands behind it next."""
    row = [*set_at("陈禾", 40, 40), *set_at("伞骨三根", 120, 40)]
    assert len(lines([found(row)], row)) == 1


def test_a_word_in_another_type_that_is_set_apart_stays_in_its_line() -> None:
    """Some programs write all type of one face before the next: such a word closes up with its neighbours."""
    row = set_at("修伞，三根伞骨", 40, 40)
    layer = [*row[:3], *row[5:], *set_at("都等", 40, 200), *row[3:5]]
    assert len(lines([found(row), found(set_at("都等", 40, 200))], layer)) == 2


def test_two_rows_in_one_box_are_two_lines() -> None:
    """Halves of two rows that ink put into one tall box come apart."""
    rows = [set_at("雨天一来排起长队", 40, 40), set_at("谁也不嫌他慢慢地", 40, 66)]
    assert boxes(lines([found(*rows)], [*rows[0], *rows[1]])) == {found(run).box for run in rows}


def test_a_line_that_ink_does_not_show_is_there() -> None:
    """A short last line of a paragraph without a line of its own gets one."""
    got = lines([found(LEFT[0]), *(found(run) for run in RIGHT)], LAYER)
    assert found(LEFT[1]).box in boxes(got)


@pytest.mark.parametrize(
    "extra",
    [set_at("样", 200, 20)[0], TypedGlyph("样", Box(30, 20, 210, 200), advance=Box(20, 10, 220, 210))],
    ids=["without ink", "watermark"],
)
def test_what_is_not_printed_as_a_line_gives_none(extra: TypedGlyph) -> None:
    """A glyph without ink, and large type across the lines, are no lines."""
    detected = [found(run) for run in (*LEFT, *RIGHT)]
    ink = np.zeros(SHAPE, np.uint8)
    for n in detected:
        ink[n.box.y0 : n.box.y1, n.box.x0 : n.box.x1] = 255
    got = with_typed_lines(detected, Normalized(255 - ink, typed=(*LAYER, extra)), ink)
    assert boxes(got) == boxes(detected)


def test_letters_set_wide_are_one_line() -> None:
    """A letter-spaced headline, each glyph a run, follows itself in the layer; drawn twice too."""
    wide = set_at("山区第一次用上电灯", 40, 40, step=3 * EM)
    twice = [g for one in wide for g in (one, *carried([one], lambda ps: [(x + 1, y) for x, y in ps]))]
    for layer in (wide, twice, [*wide, *(g for g in twice[1::2])]):
        assert len(lines([found(wide)], layer)) == 1


def test_level_type_on_a_lying_page_is_read_upwards() -> None:
    """On the picture of a vertical page, which lies, a level headline goes from the foot to the top."""
    upward = set_at("灯电上用次一第区山", 40, 20, down=True, step=2 * EM)[::-1]
    assert len(lines([found(upward, way=Direction.VERTICAL_RL)], upward, lying=True)) == 1


def test_a_short_line_runs_as_its_run_does() -> None:
    """The direction of two glyphs, which their shape does not tell, is that of their run."""
    layer = set_at("病。", 40, 40)
    (line,) = lines([found(layer, way=Direction.VERTICAL_RL)], layer)
    assert line.direction is Direction.HORIZONTAL
