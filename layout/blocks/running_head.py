"""What belongs to the page and to no article: folio, date, masthead, section label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import or_

from layout.geometry import Box
from layout.lines.detected_line import DetectedLine
from layout.page import Direction

ZONE = 0.12
"""The share of the page's height, from the top, in which its head is looked for."""

RULED, OVER = 0.6, 0.8
"""Of the width of all type: what a head rule covers, and what it spans."""


def running_head(
    lines: Sequence[DetectedLine], rules: Sequence[Box], shape: tuple[int, ...]
) -> tuple[list[DetectedLine], list[DetectedLine]]:
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
    for rule in sorted(_long(rules, right - left, zone), key=lambda r: -r.y0):
        above = [n for n in lines if _is_over(n.box, rule) or _is_cut_by(n, rule)]
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


def _is_over(box: Box, rule: Box) -> bool:
    return box.centre[1] <= rule.y1 and box.y1 < rule.y1 + 0.6 * box.height


def _is_cut_by(line: DetectedLine, rule: Box) -> bool:
    """Whether a glyph or two stand on the rule itself: feet of a logo, ticks."""
    return line.box.overlap_y(rule) > 0 and line.length < 2 * line.size


def levelled(head: Sequence[DetectedLine]) -> list[DetectedLine]:
    """The head of a vertical page, whose words run level: files of one glyph side by side are such a word.

    Boxes are the upright page's, directions those of the page that lies down, where such a word is a file.
    """
    out: list[DetectedLine] = []
    for n in sorted(head, key=lambda n: n.box.x0):
        before = next((o for o in out if _is_glyph(n) and _follows(n, o)), None)
        if before is None:
            out.append(n)
        else:
            out[out.index(before)] = replace(before, box=before.box | n.box, direction=Direction.VERTICAL_RL)
    return out


def _is_glyph(n: DetectedLine) -> bool:
    return max(n.box.width, n.box.height) < 1.3 * min(n.box.width, n.box.height)


def _follows(n: DetectedLine, o: DetectedLine) -> bool:
    """Whether the glyph stands right behind the line, in its row, and is as large."""
    alike = 0.8 < n.box.height / o.box.height < 1.25
    return alike and n.box.overlap_y(o.box) > 0.8 * n.box.height and -n.box.overlap_x(o.box) < 0.6 * n.box.height


def _long(rules: Sequence[Box], width: float, zone: float) -> list[Box]:
    """Rules of the zone over the type's `width`, by themselves or with others in one line: a logo interrupts some.

    The upper edge of a picture or of an article's frame may be long too, but leaves a column or two beside it.
    """
    found: list[Box] = []
    for rule in (r for r in rules if r.y0 < zone and r.width > r.height):
        row = [r for r in rules if r.width > r.height and r.overlap_y(rule) > 0]
        if sum(r.width for r in row) > RULED * width and reduce(or_, row).width > OVER * width:
            found.append(reduce(or_, row))
    return list(dict.fromkeys(found))


def _is_head(lines: Sequence[DetectedLine], width: int) -> bool:
    """A head is a row or two, not a block of text."""
    rows = sorted(n.box.centre[1] for n in lines)
    tall = sum(n.box.height for n in lines if n.box.width > 0.3 * width)
    words = [n for n in lines if min(n.box.width, n.box.height) > 0.5 * n.size]
    return len(words) <= 16 and rows[-1] - rows[0] < 0.08 * width and tall < 0.06 * width
