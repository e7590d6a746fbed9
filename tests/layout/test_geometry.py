"""Boxes and projections: what is cut, joined and carried over stays where it is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.geometry import Box, Point, Projection
from tests.layout.strategies import boxes, patient

points = st.lists(st.tuples(st.floats(0, 9_000), st.floats(0, 9_000)), min_size=1, max_size=6)


@st.composite
def scanners(draw: st.DrawFn) -> Projection:
    """What lies between a sheet and its scan: turn, scale, shift, a little keystone."""
    angle, scale = math.radians(draw(st.floats(-180, 180))), draw(st.floats(0.2, 4))
    cos, sin = scale * math.cos(angle), scale * math.sin(angle)
    dx, dy = draw(st.floats(-500, 500)), draw(st.floats(-500, 500))
    return Projection((cos, -sin, dx, sin, cos, dy, draw(st.floats(0, 2e-6)), draw(st.floats(0, 2e-6)), 1.0))


def pixels(box: Box, side: int = 1300) -> np.ndarray:
    """The box drawn: True on each of its pixels."""
    drawn = np.zeros((side, side), dtype=bool)
    drawn[box.y0 : max(box.y0, box.y1), box.x0 : max(box.x0, box.x1)] = True
    return drawn


@patient
@given(boxes(), boxes())
def test_a_meeting_holds_exactly_the_pixels_of_both(a: Box, b: Box) -> None:
    """`&` is the intersection of the two sets of pixels, and its area their number, apart or not."""
    both = pixels(a) & pixels(b)
    meeting = a & b
    if meeting.width > 0 and meeting.height > 0:
        assert (pixels(meeting) == both).all()
    assert meeting.area == both.sum()


@patient
@given(boxes(), boxes())
def test_a_union_is_the_smallest_box_around_both(a: Box, b: Box) -> None:
    """`|` holds both boxes, and touches one of them on each side."""
    whole = a | b
    assert (whole & a) == a
    assert (whole & b) == b
    assert whole == Box.around([*a.corners, *b.corners])


@patient
@given(boxes(), boxes())
def test_an_overlap_is_what_two_boxes_share_or_the_gap(a: Box, b: Box) -> None:
    """Overlaps are symmetric, positive where columns or rows of pixels are shared, else minus the pixels between."""
    for span, overlap in (
        ((a.x0, a.x1, b.x0, b.x1), (a.overlap_x(b), b.overlap_x(a))),
        ((a.y0, a.y1, b.y0, b.y1), (a.overlap_y(b), b.overlap_y(a))),
    ):
        first, second = set(range(*span[:2])), set(range(*span[2:]))
        between = max(min(first), min(second)) - min(max(first), max(second)) - 1
        assert overlap[0] == overlap[1] == (len(first & second) or -between)


@patient
@given(points)
def test_a_box_around_points_holds_them_tightly(places: list[Point]) -> None:
    """No point lies outside, and no side is a whole pixel further out than it must be."""
    box = Box.around(places)
    xs, ys = zip(*places, strict=True)
    assert box.x0 <= min(xs) + 1e-5
    assert max(xs) <= box.x1 + 1e-5
    assert box.y0 <= min(ys) + 1e-5
    assert max(ys) <= box.y1 + 1e-5
    assert box.x0 > min(xs) - 1
    assert box.x1 < max(xs) + 1
    assert box.y0 > min(ys) - 1
    assert box.y1 < max(ys) + 1


@patient
@given(boxes())
def test_a_box_comes_back_from_its_corners(box: Box) -> None:
    """The corners are the box's, clockwise from the top left."""
    (x0, y0), _, (x1, y1), _ = box.corners
    assert (x0, y0, x1, y1) == (box.x0, box.y0, box.x1, box.y1)
    assert Box.around(box.corners) == box


@patient
@given(scanners(), points)
def test_a_point_carried_to_the_scan_comes_back(to_scan: Projection, places: list[Point]) -> None:
    """From sheet to scan and back no point moves by more than its rounding, whatever the turn and the scale."""
    back = to_scan.inverse(to_scan(places))
    slack = 0.006 * math.sqrt(2) / min(np.linalg.svd(to_scan.as_array()[:2, :2])[1]) * 1.2 + 0.011
    assert np.abs(np.asarray(back) - np.asarray(places)).max() <= slack


@patient
@given(scanners(), scanners(), points)
def test_projections_compose_as_matrices(first: Projection, second: Projection, places: list[Point]) -> None:
    """One projection after the other is the projection of the product of their matrices."""
    product = Projection.of_array(second.as_array() @ first.as_array())
    chained = np.asarray(second(first(places)))
    assert np.abs(chained - np.asarray(product(places))).max() <= 0.1


def test_a_projection_has_nine_numbers() -> None:
    """Anything else is refused when it is made, with the number that was given."""
    with pytest.raises(ValueError, match="this one has 4"):
        Projection((1.0, 0.0, 0.0, 1.0))
