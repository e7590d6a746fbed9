"""The drawn picture: any page gives one, of the scan's shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.analyze import Detected, detected
from layout.draw import WIDTH, Picture, draw, draw_lines, draw_marks
from layout.geometry import Box
from layout.input.scan import Scan
from layout.page import Line, Page, Region, RegionKind
from tests.layout.strategies import pages, patient
from tests.layout.truth import sample


def paper(width: int, height: int) -> Scan:
    return Scan(np.full((height, width), 230, dtype=np.uint8), None, 1, 300.0, "paper", 0)


@patient
@given(pages, st.integers(1, 300), st.integers(1, 300))
def test_any_page_can_be_drawn(page: Page, width: int, height: int) -> None:
    """Whatever a page holds, lines without a place and places off the scan too, the picture has the scan's shape."""
    picture = draw(paper(width, height), page)
    assert picture.shape == (height, width, 3)
    assert picture.dtype == np.uint8


@pytest.mark.parametrize(("width", "height"), [(WIDTH - 1, 900), (WIDTH + 1, 900), (5 * WIDTH, 1000), (9000, 3)])
def test_a_large_scan_is_drawn_smaller(width: int, height: int) -> None:
    """No picture is wider than WIDTH, and its sides keep their proportion to a pixel."""
    picture = draw(paper(width, height), Page(1))
    scale = min(1.0, WIDTH / width)
    assert picture.shape[1] == round(width * scale)
    assert abs(picture.shape[0] - height * scale) <= 1


@pytest.mark.parametrize("kind", RegionKind)
def test_a_region_shows(kind: RegionKind) -> None:
    """Each kind of region leaves a mark where it lies, and none elsewhere."""
    box = Box(60, 60, 140, 100)
    region = Region("r1", kind, box.corners, (Line("r1l1", box.grown(-5).corners),), article=1)
    empty, picture = (draw(paper(200, 200), Page(1, regions=rs)) for rs in ((), (region,)))
    changed = (empty != picture).any(axis=2)
    assert changed[58:62, 60:140].any()
    assert not changed[150:].any()
    assert not changed[:40].any()


@pytest.mark.parametrize("drawing", [draw_marks, draw_lines])
def test_an_intermediate_step_can_be_drawn(drawing: Callable[[Scan, Iterable[Detected]], Picture]) -> None:
    """Marks and lines of a page are drawn on a picture of the page's proportions, and leave a trace on it."""
    scan = sample("qingya-daily", 1).scan
    plain, picture = drawing(scan, []), drawing(scan, detected(scan, 1))
    assert picture.shape == plain.shape
    assert (picture != plain).any(axis=2).mean() > 0.02
