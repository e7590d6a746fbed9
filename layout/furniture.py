"""What belongs to the page and to no article: folio, date, masthead, section label."""

from __future__ import annotations

from collections.abc import Sequence

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
    long = [r for r in rules if r.width > 0.6 * (right - left) and r.y0 < zone]
    for rule in sorted(long, key=lambda r: -r.y0):
        above = [n for n in lines if n.box.centre[1] < rule.y0 and n.box.y1 <= rule.y1 + 4]
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


def _is_head(lines: Sequence[TextLine], width: int) -> bool:
    """A head is a row or two, not a block of text."""
    rows = sorted(n.box.centre[1] for n in lines)
    tall = sum(n.box.height for n in lines if n.box.width > 0.3 * width)
    return len(lines) <= 16 and rows[-1] - rows[0] < 0.08 * width and tall < 0.06 * width
