"""The leaves on a scan: two pages beside a fold, a strip of a neighbour, and pages that stay whole."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from layout.geometry import Box
from layout.ink import Gray
from layout.page import Direction
from layout.params import EM
from layout.prepare.page_split import Leaves, find_leaves, in_reading_order
from samples.typeset import random_issue
from tests.layout.truth import Comparison, compared, drawn


def open_volume(seed: int, level: str) -> Comparison:
    """A page scanned together with its neighbour."""
    return compared(random_issue(seed, 2, level, small=True).pages[0])


def sheet_with(*blocks: Box, width: int = 1600, height: int = 1000) -> Gray:
    """Paper with grey rows of type, one row for each two em, in the blocks."""
    out = np.full((height, width), 240, dtype=np.uint8)
    for b in blocks:
        for y in range(b.y0, b.y1, 40):
            out[y : y + 20, b.x0 : b.x1 : 2] = 40
    return out


TWO = (Box(80, 60, 720, 940), Box(880, 60, 1520, 940))


def test_a_fold_parts_two_pages() -> None:
    """White from head to foot in the middle of a broad sheet, much wider than any gutter, is a fold."""
    leaves = find_leaves(sheet_with(*TWO), EM)
    assert [(b.x0, b.x1) for b in leaves.pages] == [(0, 800), (800, 1600)]


def test_a_headline_across_the_fold_keeps_the_spread_whole() -> None:
    """A spread whose headline runs across the fold is one page."""
    spread = sheet_with(*TWO, Box(300, 20, 1300, 40))
    assert find_leaves(spread, EM).pages == (Box(0, 0, 1600, 1000),)


def test_columns_are_no_pages() -> None:
    """Gutters of one width, however many, part no pages, and on a tall sheet no white does."""
    columns = [Box(60 + 300 * n, 60, 320 + 300 * n, 940) for n in range(5)]
    assert len(find_leaves(sheet_with(*columns), EM).pages) == 1
    tall = [Box(40, 60, 300, 1500), Box(460, 60, 760, 1500)]
    assert len(find_leaves(sheet_with(*tall, width=800, height=1600), EM).pages) == 1


def test_of_vertical_pages_the_right_one_comes_first() -> None:
    """Old spreads are read from the right page to the left one."""
    left, right = Box(0, 0, 10, 20), Box(10, 0, 20, 20)
    assert in_reading_order(Leaves((left, right)), Direction.VERTICAL_RL) == (right, left)
    assert in_reading_order(Leaves((left, right)), Direction.HORIZONTAL) == (left, right)


@pytest.mark.parametrize("seed", [3, 9])
def test_two_pages_on_one_scan_keep_apart(seed: int) -> None:
    """No piece of a spread holds lines of both pages, and the left page is read before the right one."""
    c = open_volume(seed, "double")
    middle = c.scan.width / 2
    sides = [{c.lines[i].box.centre[0] < middle for i in held} for held in c.pieces().values()]
    assert sides
    assert all(len(s) == 1 for s in sides)
    order = [b.centre[0] < middle for n in c.page.lines if (b := n.box) is not None and abs(b.centre[0] - middle) > 40]
    assert all(first or not second for first, second in pairwise(order))
    assert len({r.id for r in c.page.regions}) == len(c.page.regions)


@pytest.mark.parametrize("seed", [2, 16])
def test_the_neighbours_strip_is_left_out_and_said(seed: int) -> None:
    """The strip of a bound volume's other page gives no line, nothing of the page is lost with it, and it is told."""
    c = open_volume(seed, "bound")
    edge = min(n.box.x0 for n in c.lines) - 10
    assert [n.id for n in c.page.lines if n.box is not None and n.box.x0 < edge] == []
    assert [n for n, home in zip(c.lines, c.homes, strict=True) if home is None] == []
    assert any("neighbouring page" in w for w in c.page.warnings)


@pytest.mark.parametrize(("seed", "level"), [(12, "office"), (24, "poor"), (6, "skewed")])
def test_a_single_page_is_left_alone(seed: int, level: str) -> None:
    """A page by itself, on a dark bed too, loses nothing, and nothing is said."""
    assert not any("neighbouring" in w for w in drawn(seed, level).page.warnings)
