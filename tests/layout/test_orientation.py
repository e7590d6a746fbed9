"""Which way up a page lies, and how its lines run: told on drawn pages, turned by every quarter."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from layout.analyze import analyze
from layout.ink import Gray, even, ink
from layout.input.scan import Scan
from layout.page import Direction
from layout.prepare.orientation import Orientation, orientation
from layout.prepare.prepared import sheet_of
from layout.prepare.type_size import type_size
from samples.typeset import random_issue
from tests.layout.truth import drawn

QUARTERS = (0, 90, 180, 270)
PAGES = [(12, "office", "modern"), (4, "poor", "vertical"), (8, "tiny", "traditional"), (15, "one_bit", "vertical")]


@cache
def scan_of(seed: int, level: str, style: str) -> Gray:
    return np.asarray(random_issue(seed, 1, level, small=True, style=style).pages[0].image.convert("L"))


def turned(gray: Gray, degrees: int) -> Gray:
    """The picture turned clockwise."""
    return np.ascontiguousarray(np.rot90(gray, -degrees // 90))


def stands(gray: Gray) -> Orientation:
    evened = even(gray, 160)
    black = ink(evened, 20)
    return orientation(evened, black, type_size(black))


@pytest.mark.parametrize("page", PAGES, ids=str)
@pytest.mark.parametrize("degrees", QUARTERS)
def test_the_way_up_is_told_from_the_glyphs(page: tuple[int, str, str], degrees: int) -> None:
    """However a page is turned and damaged, its turn is found beyond doubt, and the direction of its lines too."""
    told = stands(turned(scan_of(*page), degrees))
    assert (told.turn, told.sure) == (degrees, True)
    assert told.direction is (Direction.VERTICAL_RL if page[2] == "vertical" else Direction.HORIZONTAL)


@pytest.mark.parametrize("share", [0.0, 0.02])
def test_what_is_no_type_is_not_turned(share: float) -> None:
    """A blank page, and a page of specks, stays as it lies, and its lines count as level."""
    specks = np.where(np.random.default_rng(3).random((900, 700)) < share, 0, 255).astype(np.uint8)
    told = orientation(specks, 255 - specks, 12.0)
    assert not told.sure
    assert told.direction is Direction.HORIZONTAL


def test_a_few_glyphs_are_not_enough() -> None:
    """A scrap with a handful of characters gives too little evidence to turn it."""
    gray = scan_of(12, "office", "modern")
    evened = even(gray, 160)
    black = ink(evened, 20)
    em = type_size(black)
    few = np.zeros_like(black)
    y, x = (int(v) for v in np.argwhere(black)[len(np.argwhere(black)) // 2])
    few[y : y + round(2 * em), x : x + round(2 * em)] = black[y : y + round(2 * em), x : x + round(2 * em)]
    assert not orientation(evened, few, em).sure


@pytest.mark.parametrize("degrees", QUARTERS[1:])
def test_a_turned_scan_gives_the_same_sheet(degrees: int) -> None:
    """The sheet of a turned scan is the upright scan, pixel for pixel, and is made again the same from the page."""
    gray = scan_of(12, "clean", "modern")
    scan = Scan(turned(gray, degrees), None, 1, 300.0, "turned", 0)
    page, sheet = analyze(scan, 1)
    assert np.array_equal(sheet.gray, gray)
    assert np.array_equal(sheet_of(scan, page).gray, sheet.gray)


@pytest.mark.parametrize("seed", [2, 12])
@pytest.mark.parametrize("level", ["turned", "upside_down"])
def test_a_turned_page_has_the_same_pieces_in_the_same_order(seed: int, level: str) -> None:
    """A page that lay on its side or on its head falls into the pieces of the upright page, read in the same order."""
    upright, found = drawn(seed, "office"), drawn(seed, level)
    assert set(found.pieces().values()) == set(upright.pieces().values())
    assert {p: _ranks(o) for p, o in found.orders().items()} == {p: _ranks(o) for p, o in upright.orders().items()}


def _ranks(places: list[int]) -> list[int]:
    return list(np.argsort(np.argsort(places)))


@pytest.mark.parametrize("seed", [4028, 4033, 4])
def test_a_vertical_page_is_read_from_right_to_left(seed: int) -> None:
    """On an old page the vertical lines are found one by one and read from the right, register by register."""
    c = drawn(seed, "office", "vertical")
    assert c.found_single("body") >= 0.95
    assert all(places == sorted(places) for places in c.orders().values())
    homes = [home for i in c.of_kind("body") if (home := c.homes[i]) is not None]
    assert {line.direction for _, line in homes} == {Direction.VERTICAL_RL}


def test_the_level_head_of_a_vertical_page_is_furniture() -> None:
    """The folio that runs level over vertical registers is found as level lines, and belongs to no article."""
    c = drawn(4, "office", "vertical")
    homes = [c.homes[i] for i in c.of_kind("folio")]
    assert [h for h in homes if h is None or h[0].article is not None] == []
    assert {h[1].direction for h in homes if h is not None} == {Direction.HORIZONTAL}
