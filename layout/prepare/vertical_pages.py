"""Vertical pages: analysed lying down, as rows of type, and stood up again."""

from __future__ import annotations

from dataclasses import replace

from layout.geometry import Polygon
from layout.page import Direction, Line, Page, Region
from layout.prepare.deskew import quarter_turn


def lying_down(page: Page) -> Page:
    """The page of the sheet turned by 90 degrees counterclockwise.

    On it vertical lines are rows from left to right, lines that follow each other from right to left follow each other
    from top to bottom, and registers, the upper first, are columns, the left one first: a page of level type, but for
    its glyphs. One analysis so serves both.
    """
    to_sheet = quarter_turn(90, (page.sheet_height, page.sheet_width))
    return replace(
        page, to_scan=page.to_scan.behind(to_sheet), sheet_width=page.sheet_height, sheet_height=page.sheet_width
    )


def stood_up(lying: Page, page: Page) -> Page:
    """The analysed page stood up: its directions, and where lines begin, are those on the upright sheet of `page`."""
    regions = tuple(_upright_region(r) for r in lying.regions)
    found = replace(lying, regions=regions)
    return replace(found, to_scan=page.to_scan, sheet_width=page.sheet_width, sheet_height=page.sheet_height)


def _upright_region(region: Region) -> Region:
    lines = tuple(_upright_line(n) for n in region.lines)
    direction = _OTHER[region.direction] if region.lines else region.direction
    return replace(region, polygon=_from_the_top(region.polygon), lines=lines, direction=direction)


def _upright_line(line: Line) -> Line:
    return replace(line, polygon=_from_the_top(line.polygon), direction=_OTHER[line.direction])


_OTHER = {Direction.HORIZONTAL: Direction.VERTICAL_RL, Direction.VERTICAL_RL: Direction.HORIZONTAL}


def _from_the_top(polygon: Polygon | None) -> Polygon | None:
    """The corners from the upright top left; lying down, that corner was the lower left one, the last."""
    return None if polygon is None else (polygon[-1], *polygon[:-1])
