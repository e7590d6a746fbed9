"""Two views of a vertical line: the surer one wins where the first is in doubt; what one alone is sure of stays."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from layout.page import Direction, Line
from ocr.line.seen import Seen
from ocr.pictures.views import Views
from ocr.ppocr.turned import is_in_doubt, is_incomplete, merged, set_level, turned_strip, with_more
from ocr.setup.settings import STRIP
from tests.ocr.prints import Setting, set_lines


def seen(text: str, *confidences: float) -> list[Seen]:
    return [Seen(c, 20 * i, 0, 20 * i + 18, 40, n) for i, (c, n) in enumerate(zip(text, confidences, strict=True))]


@pytest.mark.parametrize(
    ("first", "turned", "text"),
    [
        (seen("春江水", 0.99, 0.5, 0.99), seen("春红水", 0.9, 0.8, 0.9), "春红水"),
        (seen("春江水", 0.99, 0.95, 0.99), seen("春红水", 0.9, 0.9, 0.9), "春江水"),
        (seen("春江水", 0.99, 0.9, 0.99), seen("春红水", 0.9, 0.99, 0.9), "春红水"),
        (seen("春江水", 0.99, 0.5, 0.99), seen("春红水", 0.9, 0.4, 0.9), "春江水"),
        (seen("春昌水", 0.99, 0.5, 0.99), seen("春日曰水", 0.9, 0.8, 0.8, 0.9), "春日曰水"),
        (seen("春一水", 0.99, 0.2, 0.99), seen("春水", 0.9, 0.9), "春水"),
        (seen("春1水", 0.99, 0.2, 0.99), seen("春水", 0.9, 0.9), "春1水"),
        (seen("春江", 0.5, 0.5), [], "春江"),
        ([], seen("春", 0.9), ""),
    ],
)
def test_the_surer_view_wins_where_they_differ(first: list[Seen], turned: list[Seen], text: str) -> None:
    """A figure never goes; what was put aside stays on the record; places go on from left to right."""
    found = merged(first, turned)
    assert "".join(s.char for s in found) == text
    assert all(a.x0 < b.x0 for a, b in pairwise(found))
    changed = [s for s in found if s.other]
    assert bool(changed) is any(s.char not in "".join(f.char for f in first) for s in found)


def test_what_both_views_hold_possible_wins_over_what_one_holds_likelier() -> None:
    """江 is the second choice of both, 红 and 汪 are the first of one; 红 stays on the record, and all are rivals."""
    first, again = seen("春红水", 0.99, 0.5, 0.99), seen("春汪水", 0.9, 0.6, 0.9)
    first[1] = replace(first[1], rivals=(("江", 0.4),))
    again[1] = replace(again[1], rivals=(("江", 0.3),))
    found = merged(first, again)
    assert [s.char for s in found] == ["春", "江", "水"]
    assert found[1].other == "红"
    assert {c for c, _ in found[1].rivals} == {"红", "汪"}


@pytest.mark.parametrize(
    ("first", "again", "text"),
    [
        (seen("春水", 0.99, 0.99), seen("春，水", 0.9, 0.6, 0.9), "春，水"),
        (seen("春水", 0.99, 0.99), seen("春江水", 0.9, 0.6, 0.9), "春水"),
        (seen("春水", 0.99, 0.99), seen("春江水", 0.9, 0.95, 0.9), "春江水"),
        (seen("春水", 0.99, 0.99), seen("春水。", 0.9, 0.9, 0.6), "春水。"),
        (seen("春水", 0.99, 0.99), seen("（春水", 0.8, 0.9, 0.9), "（春水"),
        (seen("春，水", 0.99, 0.6, 0.99), seen("春水", 0.9, 0.9), "春，水"),
    ],
)
def test_what_one_view_alone_sees_stays_where_it_is_sure(first: list[Seen], again: list[Seen], text: str) -> None:
    """A mark needs less than a glyph: the turned view passes over marks. Places go on from left to right."""
    found = with_more(first, again)
    assert "".join(s.char for s in found) == text
    assert all(a.x0 + a.x1 < b.x0 + b.x1 for a, b in pairwise(found))


def test_a_turned_line_lies_where_its_glyphs_are_set_level() -> None:
    """A place on the strip is that of the same glyph in the picture, and a cell without a character is told."""
    text = "江水春潮连海平"
    printed = set_lines(Setting(text, vertical=True))
    (line,) = printed.page.lines
    views = Views(printed.sheet, line, STRIP)
    strip = turned_strip(printed.sheet, line, STRIP)
    wide = strip.shape[1] / 7
    turned = [
        Seen(c, round((n + 0.2) * wide), 0, round((n + 0.8) * wide), 48, 0.9) for n, c in enumerate("江水春潮连海平")
    ]
    found = set_level(turned, strip, views)
    cells = views.usual.cells
    assert [next(n for n, c in enumerate(cells) if c.left <= (s.x0 + s.x1) / 2 < c.right) for s in found] == [*range(7)]
    assert not is_incomplete(views.usual, found)
    assert is_incomplete(views.usual, found[1:])


def test_only_vertical_lines_in_doubt_are_turned() -> None:
    """A level line never is, a sure one neither."""
    vertical = Line("a", direction=Direction.VERTICAL_RL)
    assert is_in_doubt(vertical, seen("春", 0.5))
    assert not is_in_doubt(vertical, seen("春", 0.99))
    assert not is_in_doubt(Line("a"), seen("春", 0.5))


def test_a_turned_line_runs_from_left_to_right() -> None:
    """Its length is its height on the sheet, and its first glyph stands at the left."""
    printed = set_lines(Setting("一国国国", vertical=True))
    strip = turned_strip(printed.sheet, next(iter(printed.page.lines)), STRIP)
    assert strip.shape[0] == STRIP.height
    assert strip.shape[1] > 2 * strip.shape[0]
    dark = strip < 128
    quarter = strip.shape[1] // 4
    assert dark[:, :quarter].sum() < dark[:, -quarter:].sum()
