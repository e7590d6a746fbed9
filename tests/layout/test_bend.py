"""Paper that does not lie flat: places are carried there and back, and what its rows and columns tell is true."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.analyze import analyze
from layout.dewarp_field import Bend
from layout.geometry import Point, Projection
from layout.ink import Mask
from layout.input.scan import Scan
from layout.page import Direction, page_from_json, page_to_json
from layout.prepare.dewarp import HIGH, TOLERANCE, WIDE, shifts_of
from layout.prepare.prepared import sheet_of
from tests.layout.paper import bent, fanning, sinking
from tests.layout.strategies import patient
from tests.layout.truth import sample

EM = 20
WIDTH, HEIGHT = 1800, 2600


@cache
def printed() -> Mask:
    """A page of five columns of type: squares of strokes on a grid, lines of many lengths among them."""
    rng, ink = Random(5), np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    for column in range(5):
        for row in range(75):
            y, length = 100 + row * 32, 16 if rng.random() < 0.8 else rng.randint(2, 15)
            for place in range(length):
                x = 60 + column * 345 + place * EM
                for _ in range(4):
                    a, b = rng.randint(0, 12), rng.randint(0, 12)
                    cv2.line(ink, (x + a, y + 1), (x + b, y + 17), 255, 2)
                    cv2.line(ink, (x + 1, y + a), (x + 17, y + a), 255, 2)
    return ink


def told(picture: Mask, direction: Direction = Direction.HORIZONTAL) -> npt.NDArray[np.float64] | None:
    shifts = shifts_of(picture, EM, direction)
    return None if shifts is None else shifts * EM


def off(found: npt.NDArray[np.float64] | None, true: npt.NDArray[np.float64]) -> float:
    """The largest difference where print stands, in em, of the shifts against those of the middle of the page."""
    assert found is not None
    middle = np.s_[HIGH // 2, WIDE // 2]
    apart = (found - found[middle]) - (true - true[middle])
    return float(np.abs(apart[1:-1, 1:-1]).max()) / EM


def test_flat_paper_is_left_alone() -> None:
    """On flat paper nothing is told, level or vertical."""
    assert told(printed()) is None
    assert told(np.ascontiguousarray(np.rot90(printed(), -1)), Direction.VERTICAL_RL) is None


@pytest.mark.parametrize("share", [0.004, 0.01])
def test_sinking_towards_the_binding_is_measured(share: float) -> None:
    """A page that sinks by up to a hundredth of its width is known to a fifth of an em everywhere."""
    true = sinking(share * WIDTH + EM * TOLERANCE)
    assert off(told(bent(printed(), true)), true) < 0.2


@pytest.mark.parametrize("columns", [True, False])
def test_keystone_is_measured(*, columns: bool) -> None:
    """Columns that lean apart by 2 %, and rows that do, are known to a third of an em in the page's corners."""
    true = fanning(0.02, WIDTH, HEIGHT, columns=columns)
    assert off(told(bent(printed(), true)), true) < 0.35


def test_a_vertical_page_tells_as_well() -> None:
    """Vertical print on paper that curls at the head is measured by its files as level print is by its rows."""
    lying = sinking(0.01 * WIDTH)
    true = np.rot90(np.stack([-lying[..., 1], lying[..., 0]], axis=-1), -1)
    standing = np.ascontiguousarray(np.rot90(bent(printed(), lying), -1))
    found = told(standing, Direction.VERTICAL_RL)
    assert found is not None
    assert found.shape == true.shape
    assert float(np.abs(found - true)[2:-2, 2:-2].max()) < 0.25 * EM


@patient
@given(
    st.lists(st.floats(-40, 40), min_size=2 * HIGH * WIDE, max_size=2 * HIGH * WIDE),
    st.lists(st.tuples(st.floats(0, 4000), st.floats(0, 5000)), min_size=1, max_size=8),
)
def test_a_place_on_bent_paper_comes_back(knots: list[float], places: list[Point]) -> None:
    """What the projection carries to the scan its inverse carries back, before and after a leaf is cut out."""
    smooth = cv2.blur(np.reshape(knots, (HIGH, WIDE, 2)), (5, 5))
    bend = Bend.of(np.asarray(smooth, dtype=np.float64), 4000, 5000)
    whole = Projection((0.99, -0.02, 30, 0.02, 0.99, 12, 0, 0, 1), bend)
    leaf = whole.behind(np.array([[0, 1, 300], [1, 0, 7], [0, 0, 1]], dtype=np.float64))
    for to_scan in (whole, leaf):
        assert np.allclose(to_scan.inverse(to_scan(places)), places, atol=0.05)
    assert leaf(places) == whole([(y + 300, x + 7) for x, y in places])


def test_a_curled_page_is_flattened_and_its_places_are_the_scans() -> None:
    """Lines found on the flattened sheet lie on the scan where they are printed, and the sheet is made again the same.

    The same page lying flat has the same pieces.
    """
    flat = sample("chengzhou-evening", 1)
    h, w = flat.scan.gray.shape
    scan = replace(flat.scan, gray=bent(flat.scan.gray, sinking(0.01 * w)))
    page, sheet = analyze(scan, 1)
    assert page.to_scan.bend is not None
    assert np.array_equal(sheet_of(scan, page_from_json(page_to_json(page))).gray, sheet.gray)
    sunk = Bend.of(sinking(0.01 * w), w, h)
    lines = tuple(replace(n, quad=tuple(map(tuple, sunk.bent(np.array(n.quad))))) for n in flat.lines)
    found = replace(flat, scan=scan, page=page, sheet=sheet, lines=lines)
    assert found.found_single("body") >= flat.found_single("body") - 0.02
    assert set(found.pieces().values()) == set(flat.pieces().values())


def test_a_blank_page_is_flat() -> None:
    """A page without type has nothing to tell."""
    page, _ = analyze(Scan(np.full((900, 700), 240, dtype=np.uint8), None, 1, None, "blank", 0), 1)
    assert page.to_scan == Projection()


def test_a_long_strip_is_looked_at_whole() -> None:
    """On paper much longer than wide a column may lean further than its patch is wide."""
    strip = np.vstack([printed()[:, :420]] * 6)
    assert told(strip) is None
