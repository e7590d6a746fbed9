"""Captions: every line under a picture that is of one, and nothing of the body that stands below."""

from __future__ import annotations

import pytest

from layout.blocks.blocks import LineBlock
from layout.blocks.regions import Printed, laid_out
from layout.blocks.running_head import running_head
from layout.geometry import Box, Projection
from layout.lines.detected_line import DetectedLine
from layout.page import Page, RegionKind

EM = 20
PICTURE = Box(100, 100, 500, 400)


def _line(x: int, y: int, chars: int, size: float = EM) -> DetectedLine:
    return DetectedLine(Box(x, y, x + round(chars * size), y + round(size)), size, 2.0)


def _kinds(*blocks: LineBlock) -> list[tuple[RegionKind, int]]:
    """The kinds of the regions with text, from the top."""
    printed = Printed(
        text=blocks, headlines=(), head=(), pictures=(PICTURE,), rules=(), frames=(), tables=(),
        body=EM, stroke=2.0, uncovered=0.0,
    )  # fmt: skip
    regions = [r for r in laid_out(Page(1), printed, Projection(), 1.0).regions if r.lines and r.box is not None]
    return [(r.kind, len(r.lines)) for r in sorted(regions, key=lambda r: r.box.y0 if r.box else 0)]


BODY = LineBlock(tuple(_line(100, 500 + 26 * n, 20) for n in range(8)))


@pytest.mark.parametrize(
    "ends",
    [
        [LineBlock((_line(100, 434, 10, 18),))],
        [LineBlock((_line(100, 434, 5),)), LineBlock((_line(400, 434, 5),))],
        [LineBlock((_line(100, 434, 20, 18), _line(100, 458, 6, 18)))],
    ],
)
def test_the_next_lines_of_a_caption_are_of_it(ends: list[LineBlock]) -> None:
    """The second line is told by its place right under the first, where it fell apart into two as well."""
    kinds = _kinds(LineBlock((_line(100, 410, 20, 18),)), *ends, BODY)
    assert [kind for kind, _ in kinds] == [*[RegionKind.CAPTION] * (1 + len(ends)), RegionKind.BODY]


def test_the_body_below_is_not_of_the_caption() -> None:
    """Neither a column of text right under a caption nor a short paragraph after white is."""
    caption = LineBlock((_line(100, 410, 12, 18),))
    column = LineBlock(tuple(_line(100, 434 + 26 * n, 20) for n in range(8)))
    assert _kinds(caption, column)[1:] == [(RegionKind.BODY, 8)]
    assert _kinds(caption, LineBlock((_line(100, 445, 20), _line(100, 471, 9))))[1:] == [(RegionKind.BODY, 2)]


@pytest.mark.parametrize(
    ("left", "kind"), [(100, RegionKind.BODY), (84, RegionKind.CAPTION), (None, RegionKind.CAPTION)]
)
def test_lines_that_end_a_column_under_a_picture(left: int | None, kind: RegionKind) -> None:
    """They are of the body where a column comes down to the picture, and a caption where they keep to the picture."""
    column = [] if left is None else [LineBlock(tuple(_line(left, -120 + 26 * n, 20) for n in range(8)))]
    assert _kinds(*column, LineBlock((_line(101, 410, 18),)))[-1] == (kind, 1)


def test_small_type_set_in_a_picture_is_a_caption() -> None:
    """Whatever size it seems to have there."""
    assert _kinds(LineBlock((_line(120, 340, 9, 28),)), BODY) == [(RegionKind.CAPTION, 1), (RegionKind.BODY, 8)]


def test_what_stands_on_the_head_rule_is_of_the_head() -> None:
    """The feet of a logo under the folio's rule are no text of the page."""
    folio, feet, headline = _line(100, 60, 6), _line(500, 85, 1), _line(100, 140, 12, 60)
    text = [_line(100, 300 + 30 * n, 40) for n in range(20)]
    head, rest = running_head([folio, feet, headline, *text], [Box(60, 90, 960, 93)], (1400, 1000))
    assert head == [folio, feet]
    assert rest == [headline, *text]
