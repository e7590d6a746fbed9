"""From blocks to regions: nothing that was found is lost on the way, and every name is given once."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.blocks.blocks import LineBlock
from layout.blocks.regions import Printed, laid_out
from layout.geometry import Box, Projection
from layout.lines.detected_line import DetectedLine
from layout.page import Page, RegionKind
from tests.layout.strategies import boxes, columns, patient, text_lines

EM = 20.0


@st.composite
def prints(draw: st.DrawFn) -> Printed:
    """Blocks, headlines, pictures, rules and frames that lie anyhow, over each other too."""
    found = draw(st.lists(text_lines(), max_size=14) | columns())
    cuts = sorted(draw(st.lists(st.integers(0, len(found)), max_size=6)))
    runs = [tuple(found[a:b]) for a, b in pairwise([0, *cuts, len(found)]) if a < b]
    display = [draw(st.booleans()) for _ in runs]
    return Printed(
        text=tuple(LineBlock(r) for r, loud in zip(runs, display, strict=True) if not loud),
        headlines=tuple(LineBlock(r, display=True) for r, loud in zip(runs, display, strict=True) if loud),
        head=tuple(draw(st.lists(text_lines(), max_size=2))),
        pictures=tuple(draw(st.lists(boxes(), max_size=2))),
        rules=tuple(draw(st.lists(boxes(most=600), max_size=3))),
        frames=tuple(draw(st.lists(boxes(most=700), max_size=3))),
        tables=(),
        body=EM,
        stroke=2.0,
        uncovered=0.0,
    )


def page_of(printed: Printed, scale: float = 1.0) -> Page:
    return laid_out(Page(1), printed, Projection(), scale)


def lines_of(printed: Printed) -> list[DetectedLine]:
    return [*printed.head, *(n for b in (*printed.text, *printed.headlines) for n in b.lines)]


@patient
@given(prints())
def test_every_line_found_is_in_one_region(printed: Printed) -> None:
    """Each line is in exactly one region, where it was found, with its direction and shade."""
    found = Counter((n.box, n.direction, n.white_on_dark) for n in lines_of(printed))
    kept = Counter((n.box, n.direction, n.white_on_dark) for n in page_of(printed).lines)
    assert kept == found


@patient
@given(prints())
def test_every_mark_found_is_a_region(printed: Printed) -> None:
    """Each picture, rule and frame is a region of its kind."""
    regions = Counter((r.kind, r.box) for r in page_of(printed).regions if not r.lines)
    marks = [(RegionKind.PICTURE, b) for b in printed.pictures]
    marks += [(RegionKind.RULE, b) for b in printed.rules] + [(RegionKind.FRAME, b) for b in printed.frames]
    assert regions == Counter(marks)


@patient
@given(prints())
def test_names_are_given_once(printed: Printed) -> None:
    """No two regions and no two lines share an id, and whatever is named by id is on the page."""
    page = page_of(printed)
    regions, lines = [r.id for r in page.regions], [n.id for n in page.lines]
    assert len(set(regions)) == len(regions)
    assert len(set(lines)) == len(lines)
    assert {r.frame for r in page.regions} <= {None, *(r.id for r in page.regions if r.kind is RegionKind.FRAME)}
    assert {name for d in page.decisions for name in (d.first, d.second)} <= set(regions)


@patient
@given(prints())
def test_a_region_holds_its_lines(printed: Printed) -> None:
    """A region's box reaches round each of its lines."""
    for region in page_of(printed).regions:
        for line in region.lines:
            assert line.box is not None
            assert region.box is not None
            assert region.box | line.box == region.box


@patient
@given(prints())
def test_a_piece_is_read_in_one_go(printed: Printed) -> None:
    """The regions of a piece follow each other in the reading order, and the page's head is in no piece."""
    page = page_of(printed)
    pieces = [r.article for r in page.regions if r.article is not None]
    assert pieces == sorted(pieces)
    assert all(r.article is None for r in page.regions if r.kind is RegionKind.FOLIO)


@patient
@given(prints(), st.floats(0.1, 4))
def test_places_are_those_of_the_scan(printed: Printed, scale: float) -> None:
    """Boxes on the analysed picture, whatever its scale, come out in pixels of the sheet."""
    at_scale = sorted(n.polygon for n in page_of(printed, scale).lines if n.polygon is not None)
    expected = sorted(tuple((x / scale, y / scale) for x, y in n.box.corners) for n in lines_of(printed))
    for here, there in zip(at_scale, expected, strict=True):
        assert Box.around(here).grown(1) | Box.around(there) == Box.around(here).grown(1)


def column(strokes: list[float], lengths: list[int]) -> Printed:
    """A column of lines of those mean strokes and those lengths in em, on a page whose body has strokes of 2 px."""
    lines = tuple(
        DetectedLine(Box(40, 40 + 30 * i, 40 + round(n * EM), 60 + 30 * i), EM, stroke, id=i)
        for i, (stroke, n) in enumerate(zip(strokes, lengths, strict=True))
    )
    return Printed((LineBlock(lines),), (), (), (), (), (), (), EM, 2.0, uncovered=0.0)


@pytest.mark.parametrize(
    ("strokes", "lengths", "subheads"),
    [
        ([2.0, 2.1, 2.9, 2.0, 2.0], [15, 12, 6, 15, 15], 1),
        ([2.4, 2.5, 2.4, 2.4, 2.6], [15, 15, 14, 15, 11], 0),
        ([2.0, 2.6, 2.0, 2.1, 2.0], [7, 3, 9, 14, 15], 0),
        ([2.0, 3.0, 2.0, 2.1, 2.0], [7, 3, 15, 14, 15], 1),
    ],
    ids=["a bold line", "all of a bolder face", "two dense glyphs", "a bold word"],
)
def test_a_subhead_is_bold_in_its_own_block(strokes: list[float], lengths: list[int], subheads: int) -> None:
    """Not what is as bold as the lines about it, nor two glyphs whose strokes close up."""
    kinds = [r.kind for r in page_of(column(strokes, lengths)).regions]
    assert kinds.count(RegionKind.SUBHEAD) == subheads
