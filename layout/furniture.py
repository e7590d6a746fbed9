"""What belongs to the page and to no article: folio, date, masthead, section label."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

from layout.geometry import Box
from layout.lines import TextLine

ZONE = 0.12
"""The share of the page's height, from the top, in which its head is looked for."""


def running_head(
    lines: Sequence[TextLine], rules: Sequence[Box], shape: tuple[int, ...]
) -> tuple[list[TextLine], list[TextLine]]:
    """The lines above the page's head rule, and the others.

    The head rule is the lowest long one in the upper eighth of the page with few lines above it. Without such a rule,
    small lines at the very top that white parts from everything below are the head.
    """
    if not lines:
        return [], []
    height, width = shape[0], shape[1]
    top = min(n.box.y0 for n in lines)
    left, right = min(n.box.x0 for n in lines), max(n.box.x1 for n in lines)
    zone = top + ZONE * height
    for rule in sorted(_long(rules, 0.6 * (right - left), zone), key=lambda r: -r.y0):
        above = [n for n in lines if n.box.centre[1] <= rule.y1 and n.box.y1 < rule.y1 + 0.6 * n.box.height]
        if above and _is_head(above, width):
            return above, [n for n in lines if n not in above]
    band = [n for n in lines if n.box.centre[1] < top + 0.03 * height]
    if not band:  # a headline stands at the top: its centre lies deeper
        return [], list(lines)
    below = min((n.box.y0 for n in lines if n not in band), default=height)
    end = max(n.box.y1 for n in band)
    if below - end > 1.2 * max(n.size for n in band) and _is_head(band, width):
        return band, [n for n in lines if n not in band]
    return [], list(lines)


def _long(rules: Sequence[Box], least: float, zone: float) -> list[Box]:
    """Rules of the zone that are long enough, by themselves or with others in one line: a logo interrupts some."""
    found: list[Box] = []
    for rule in (r for r in rules if r.y0 < zone and r.width > r.height):
        row = [r for r in rules if r.width > r.height and r.overlap_y(rule) > 0]
        if sum(r.width for r in row) > least:
            found.append(reduce(or_, row))
    return list(dict.fromkeys(found))


def _is_head(lines: Sequence[TextLine], width: int) -> bool:
    """A head is a row or two, not a block of text."""
    rows = sorted(n.box.centre[1] for n in lines)
    tall = sum(n.box.height for n in lines if n.box.width > 0.3 * width)
    words = [n for n in lines if min(n.box.width, n.box.height) > 0.5 * n.size]
    return len(words) <= 16 and rows[-1] - rows[0] < 0.08 * width and tall < 0.06 * width
