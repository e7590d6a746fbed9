"""A page that lay turned or askew under the scanner gives the articles of the upright one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from cleanup.article import Issue
from cleanup.assemble import assemble
from layout.geometry import Polygon, Projection
from layout.page import Page
from layout.prepare.deskew import levelling, quarter_turn
from samples.truepage import true_page
from samples.typeset import random_issue


@cache
def upright() -> Page:
    """A page with headlines of several lines over columns, read without a fault."""
    return true_page(random_issue(12, 1, "clean", small=True).pages[0].truth)


def laid(page: Page, turn: int, degrees: float) -> Page:
    """The page with its places on a scan on which it lay turned clockwise by so much."""
    size = page.width, page.height
    to_scan = Projection.of_array(quarter_turn(turn, size) @ np.linalg.inv(levelling(size, degrees)))

    def placed(polygon: Polygon | None) -> Polygon | None:
        return None if polygon is None else to_scan(polygon)

    regions = tuple(
        replace(r, polygon=placed(r.polygon), lines=tuple(replace(n, polygon=placed(n.polygon)) for n in r.lines))
        for r in page.regions
    )
    return replace(page, regions=regions, to_scan=to_scan)


def texts(issue: Issue) -> list[tuple[object, ...]]:
    return [(a.kind, a.kicker, a.title, a.subtitle, a.byline, a.paragraphs) for a in issue.articles]


@pytest.mark.parametrize(("turn", "degrees"), [(90, 0.0), (180, 0.0), (270, 0.0), (0, 3.0), (180, -3.0)])
def test_a_turned_page_gives_the_same_articles(turn: int, degrees: float) -> None:
    """What stands above what, and beside it, is asked on the page as it is read, not as it lay."""
    assert texts(assemble("turned", [laid(upright(), turn, degrees)])) == texts(assemble("turned", [upright()]))


def test_its_places_are_those_on_the_scan() -> None:
    """The regions of its articles lie where the print lies on the scan."""
    page = laid(upright(), 180, 0.0)
    boxes = {r.id: r.box for r in page.regions}
    found = [r for a in assemble("turned", [page]).articles for r in a.regions]
    assert len(found) > 5
    assert all(r.box == boxes[r.id] for r in found)
