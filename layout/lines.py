"""Text lines: display type by its glyphs, body type by the white between columns and between lines.

All places are pixels of a picture scaled so that the body's em is known; print runs from left to right. Vertical
type is found by the same functions on the transposed picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from layout.cells import Cells
from layout.components import Stats, boxes_of, components
from layout.geometry import Box, corners
from layout.ink import Mask, closed, opened
from layout.page import Direction

FACE_TO_EM = 1.09

ROW_TO_EM = 1.04
"""A row of hanzi is about as high as the highest of them."""

DISPLAY = 1.5
"""Glyphs higher and wider than this many em of the body are found one by one; smaller type is found by its rows."""


UPRIGHT = 1.2
"""The same for glyphs that stand one above the other."""


MOST_PIECES = 2500
"""Pieces larger than body type looked at on one page; a poor page, whose characters touch, has some 1,000."""

MOST_ROWS = 2500
"""Rows of type on one page; the densest broadsheet has some 1,500."""

LEAST_MARK = 0.22
"""Type sizes; what is smaller than a mark is dust, unless it stands where a comma does."""

MOST_SCRAPS = 2000
"""Loose pieces looked at on one page; a page with more is noise."""


_Group = tuple[list[Box], Direction]
"""Display glyphs that stand in one line, and the way it runs."""


@dataclass(frozen=True, slots=True)
class DetectedLine:
    """One printed line: its tight box, its type size in pixels, its mean stroke's width in pixels.

    `id` is given by the line detector, once for the page; a line that is changed keeps it. It is negative until then.
    """

    box: Box
    size: float
    stroke: float
    direction: Direction = Direction.HORIZONTAL
    white_on_dark: bool = False
    id: int = -1

    @property
    def length(self) -> int:
        """Along the line, in pixels."""
        return self.box.width if self.direction is Direction.HORIZONTAL else self.box.height


def find_lines(ink: Mask, walls: Mask, em: float, pieces: Stats | None = None) -> list[DetectedLine]:
    """Lines of horizontal type, display lines of either direction among them, in no particular order.

    `ink` holds type alone; no line crosses `walls` (rules, pictures, frames), of the same shape.
    `pieces` are the ink's, where they are known.
    """
    display = find_display(ink, components(ink) if pieces is None else pieces, walls, em)
    body = ink.copy()
    for line in display:
        body[line.box.y0 : line.box.y1, line.box.x0 : line.box.x1] = 0
    blocked = walls.copy()
    for line in display:
        blocked[line.box.y0 : line.box.y1, line.box.x0 : line.box.x1] = 255
    rows = _rows(body, blocked, em)
    lines = [*display, *(DetectedLine(b, 0.0, 0.0) for b in rows)]
    known = [measured(line, ink, em) for line in _absorbed(lines, walls, em)]
    return _collinear(known, walls, em)


# -- display type ------------------------------------------------------------------------------------------------------


def find_display(ink: Mask, stats: Stats, walls: Mask, em: float) -> list[DetectedLine]:
    """Lines of large type: big glyphs joined with their neighbours along the direction in which they stand closest.

    `stats` are those of the pieces of ink.
    """
    w, h = stats[:, 2], stats[:, 3]
    # Drawings and what is left of rules are large too, but nearly empty; the lightest type covers more of its square.
    full = stats[:, 4] > 0.08 * w * h
    tall = full & (np.minimum(w, h) > 0.45 * em) & (np.maximum(w, h) > UPRIGHT * em) & (np.maximum(w, h) < 16 * em)
    pieces = _merged_parts(_largest(stats[tall]))
    glyphs = [g for g in pieces if min(g.width, g.height) > UPRIGHT * em]
    marks = stats[np.maximum(w, h) > 0.15 * em]
    groups = _run_on([g for g in _groups(glyphs, walls) if _is_display(g, em)], (), marks, walls)
    held = [_union(g) for g, _ in groups]
    groups += _run_on(_condensed(pieces, held, walls, em), held, marks, walls)
    held = [_union(g) for g, _ in groups]
    groups += _run_on(_wide_set(ink, held, walls, em), held, marks, walls)
    tall &= np.minimum(w, h) > DISPLAY * em
    small = boxes_of(stats[~tall & (np.maximum(w, h) < 16 * em) & (np.maximum(w, h) > 0.25 * em)])
    lines = [_display_line(g) for g in groups]
    return [_with_parts(line, small, em) for line in lines]


def _run_on(groups: list[_Group], others: Sequence[Box], pieces: Stats, walls: Mask) -> list[_Group]:
    """The groups, each file or row of evenly set glyphs carried on over glyphs that its links did not reach.

    Such are 一 and what is printed in several pieces (思, 心): what lies where the next glyph must be is one. No group
    takes what is of the `others`.
    """
    out: list[_Group] = []
    for glyphs, direction in sorted(groups, key=lambda g: -len(g[0])):
        held = [*others, *(_union(o) for o, _ in out)]
        if any(all(g.within(o) > 0.8 for g in glyphs) for o in held):
            continue
        upright = direction is Direction.VERTICAL_RL
        cells = Cells.of([_turned(g) for g in glyphs] if upright else glyphs, pieces, upright=upright)
        more = cells.beyond() if cells else []
        more = [_turned(m) for m in more] if upright else more
        fresh = [m for m in more if not any(m.within(o) > 0.3 for o in held)]
        out.append(([*glyphs, *(m for m in fresh if not _walled(_union(glyphs), m, walls))], direction))
    return out


def _condensed(pieces: list[Box], known: list[Box], walls: Mask, em: float) -> list[_Group]:
    """Rows of glyphs as high as display type and as narrow as the body's: at least four, all of one height."""
    high = [p for p in pieces if p.height > DISPLAY * em and p.width > 0.5 * p.height]
    rows: list[_Group] = []
    for glyphs, direction in _groups([p for p in high if not any(p.within(k) > 0.3 for k in known)], walls):
        height = float(np.median([g.height for g in glyphs]))
        alike = [g for g in glyphs if abs(g.height - height) < 0.15 * height]
        if direction is Direction.HORIZONTAL and len(alike) >= max(4, 0.7 * len(glyphs)):
            rows.append((glyphs, direction))
    return rows


def _wide_set(ink: Mask, known: list[Box], walls: Mask, em: float) -> list[_Group]:
    """Evenly set rows of thin glyphs, a little larger than the body's, whose pieces lie closer than its neighbours."""
    whole = components(closed(ink, 0.3 * em, 0.3 * em))
    w, h = whole[:, 2], whole[:, 3]
    like = (h > 1.3 * em) & (h < 8 * em) & (w > 0.45 * h) & (w < 1.3 * h)
    glyphs = [g for g in boxes_of(whole[like]) if not any(g.within(k) > 0.3 for k in known)]
    rows: list[_Group] = []
    for row, direction in _groups(glyphs, walls):
        height = float(np.median([g.height for g in row]))
        alike = [g for g in row if abs(g.height - height) < 0.15 * height]
        cells = Cells.of(alike, whole[:0], upright=False)
        if direction is Direction.HORIZONTAL and cells:
            rows.append((_with_marks(alike, boxes_of(whole), cells, walls), direction))
    return rows


def _with_marks(row: list[Box], pieces: list[Box], cells: Cells, walls: Mask) -> list[Box]:
    """The row with the quotes, digits and glyphs that go on in its band, each in a square or half a square of its own.

    A mark stands half a square off, and so does what follows it; a glyph stands no further off than the others.
    """
    band = _union(row)
    top, bottom, white = band.y0 - 0.1 * band.height, band.y1 + 0.1 * band.height, cells.pitch - cells.size
    near = [p for p in pieces if p.y0 > top and p.y1 < bottom and p.width < 1.3 * band.height and p not in row]
    out, after_mark = list(row), {-1: False, 1: False}
    while near:
        box = _union(out)
        p = min(near, key=lambda p: -p.overlap_x(box))
        near.remove(p)
        side, mark = (1 if p.x0 > box.x0 else -1), p.height < 0.5 * band.height
        reach = white + 0.6 * cells.pitch if mark or after_mark[side] else 1.5 * white
        if -p.overlap_x(box) > reach or _walled(box, p, walls):
            continue
        out.append(p)
        if p.overlap_x(box) < 0:
            after_mark[side] = mark
    return out


def _is_display(group: _Group, em: float) -> bool:
    """Large glyphs; or a file of at least three middling ones, which rows of body type would tear apart."""
    glyphs, direction = group
    sizes = [_size(g) for g in glyphs]
    if float(np.median([min(g.width, g.height) for g in glyphs])) > DISPLAY * em:
        return True
    return direction is Direction.VERTICAL_RL and len(glyphs) >= 3 and min(sizes) > 0.6 * max(sizes)


def firm_rows(stats: Stats, em: float) -> list[Box]:
    """Rows of at least three display glyphs of one height on one line: type beyond doubt, pictures known or not."""
    w, h = stats[:, 2], stats[:, 3]
    tall = (np.minimum(w, h) > 1.3 * em) & (np.maximum(w, h) < 8 * em)
    rows: list[Box] = []
    for glyphs, _ in _groups(_merged_parts(_largest(stats[tall]))):
        size = float(np.median([_size(g) for g in glyphs]))
        alike = [g for g in glyphs if abs(_size(g) - size) < 0.2 * size]
        flat = max(np.ptp([g.centre[0] for g in alike]), np.ptp([g.centre[1] for g in alike])) if alike else 0.0
        level = min(np.ptp([g.centre[0] for g in alike]), np.ptp([g.centre[1] for g in alike])) if alike else 0.0
        if len(alike) >= 3 and level < 0.2 * size and flat > 1.6 * size and len(alike) >= 0.6 * len(glyphs):
            rows.append(_union(alike))
    return rows


def _largest(stats: Stats) -> list[Box]:
    """The boxes of the pieces, the largest MOST_PIECES at most."""
    boxes = boxes_of(stats)
    return boxes if len(boxes) <= MOST_PIECES else sorted(boxes, key=lambda b: (-b.area, b.y0, b.x0))[:MOST_PIECES]


def _merged_parts(glyphs: list[Box]) -> list[Box]:
    """Boxes that overlap by half of the smaller are parts of one glyph."""
    out: list[Box] = []
    for g in sorted(glyphs, key=lambda b: -b.area):
        for i, o in enumerate(out):
            if (g & o).width > 0 and (g & o).height > 0 and (g & o).area > 0.3 * g.area:
                out[i] = g | o
                break
        else:
            out.append(g)
    return _joined_halves(out)


def _joined_halves(parts: list[Box]) -> list[Box]:
    """Two flat pieces one above the other (吕), or two narrow ones side by side (根), that together fill a square."""
    out: list[Box] = []
    places = np.zeros((len(parts), 4), dtype=np.int64)
    for g in sorted(parts, key=lambda b: (b.x0, b.y0)):
        halves = np.flatnonzero(_are_halves(g, places[: len(out)]))
        i = int(halves[0]) if len(halves) else len(out)
        out[i : i + 1] = [out[i] | g if len(halves) else g]
        places[i] = out[i].x0, out[i].y0, out[i].x1, out[i].y1
    return out


def _are_halves(a: Box, others: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which of the others, rows of corners, make one square glyph with `a`."""
    x0, y0, x1, y1 = others.T
    w, h = x1 - x0, y1 - y0
    width = np.maximum(x1, a.x1) - np.minimum(x0, a.x0)
    height = np.maximum(y1, a.y1) - np.minimum(y0, a.y0)
    ratio, own = w / np.maximum(1, h), a.width / a.height
    above = np.minimum(x1, a.x1) - np.maximum(x0, a.x0) > 0.8 * np.minimum(w, a.width)
    beside = np.minimum(y1, a.y1) - np.maximum(y0, a.y0) > 0.8 * np.minimum(h, a.height)
    flat = (np.minimum(ratio, own) > 1.15) & above
    narrow = (np.maximum(ratio, own) < 0.85) & beside
    square = (0.8 * height < width) & (width < 1.25 * height) & (width * height < 1.5 * (w * h + a.area))
    return np.asarray(square & (flat | narrow))


def _size(b: Box) -> int:
    return max(b.width, b.height)


def _beside(a: Box, others: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The gaps from left to right in sizes of the larger, where two glyphs may stand in one row; NaN elsewhere.

    `others` are rows of x0, y0, x1, y1.
    """
    x0, y0, x1, y1 = others.T
    sizes = np.maximum(x1 - x0, y1 - y0)
    size = np.maximum(_size(a), sizes)
    gap = -(np.minimum(a.x1, x1) - np.maximum(a.x0, x0)) / size
    # Side by side a digit may be half as large as its neighbour; across a wide space the type must be the same.
    alike = np.minimum(_size(a), sizes) > np.where(gap < 0.5, 0.5, 0.8) * size
    level = np.minimum(a.y1, y1) - np.maximum(a.y0, y0) > 0.6 * np.minimum(a.height, y1 - y0)
    return np.asarray(np.where(alike & level & (gap < 1.25), gap, np.nan))


def _turned(b: Box) -> Box:
    return Box(b.y0, b.x0, b.y1, b.x1)


def _groups(glyphs: list[Box], walls: Mask | None = None) -> list[_Group]:
    """Glyphs gathered into lines. Each glyph goes the way its nearest neighbour stands; single glyphs lie level."""
    n = len(glyphs)
    beside, below = _gaps(glyphs), _gaps([_turned(g) for g in glyphs])
    upright = [b + 0.05 < a for a, b in zip(_nearest(beside, n), _nearest(below, n), strict=True)]

    def links(gaps: Gaps, widest: float, *, files: bool) -> list[tuple[int, int]]:
        near = [(i, j) for (i, j), d in gaps.items() if d < widest and upright[i] == upright[j] == files]
        return near if walls is None else [(i, j) for i, j in near if not _walled(glyphs[i], glyphs[j], walls)]

    # Two pieces one above the other are the halves of a glyph (吕), or a kicker over a title; a file has three or more.
    for members in _linked(n, links(below, 0.9, files=True)):
        if len(members) < 3:
            for i in members:
                upright[i] = False
    out = []
    both = [*links(beside, 1.25, files=False), *links(below, 0.9, files=True)]
    for members in _linked(n, both):
        vertical = upright[members[0]] and len(members) > 1
        out.append(([glyphs[i] for i in members], Direction.VERTICAL_RL if vertical else Direction.HORIZONTAL))
    return out


Gaps = dict[tuple[int, int], float]
"""For pairs of glyphs that may stand in one row, the gap between them in type sizes."""


def _gaps(glyphs: list[Box]) -> Gaps:
    places = corners(glyphs)
    found: Gaps = {}
    for i, g in enumerate(glyphs):
        gaps = _beside(g, places[:i])
        found.update(((i, int(j)), float(gaps[j])) for j in np.flatnonzero(~np.isnan(gaps)))
    return found


def _nearest(gaps: Gaps, n: int) -> list[float]:
    """For each of n glyphs the gap to its nearest neighbour; 9 where it has none."""
    out = [9.0] * n
    for (i, j), gap in gaps.items():
        out[i], out[j] = min(out[i], gap), min(out[j], gap)
    return out


def _linked(n: int, links: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Connected sets of 0 … n-1."""
    parent = list(range(n))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in links:
        parent[root(i)] = root(j)
    sets: dict[int, list[int]] = {}
    for i in range(n):
        sets.setdefault(root(i), []).append(i)
    return list(sets.values())


def _union(boxes: Sequence[Box]) -> Box:
    out = boxes[0]
    for b in boxes[1:]:
        out = out | b
    return out


def _display_line(group: _Group) -> DetectedLine:
    glyphs, direction = group
    # Glyphs that touch make one wide piece; what lies across the line is the type's size all the same.
    across = [g.height if direction is Direction.HORIZONTAL else g.width for g in glyphs]
    size = FACE_TO_EM * float(np.percentile(across, 75))
    return DetectedLine(_union(glyphs), size, 0.0, direction)


def _with_parts(line: DetectedLine, small: list[Box], em: float) -> DetectedLine:
    """The line with the dots, strokes, digits and marks that stand within it or go on at its ends."""
    upright = line.direction is Direction.VERTICAL_RL
    box = _turned(line.box) if upright else line.box
    parts = [_turned(b) if upright else b for b in small]
    band = box.grown(0, round(0.08 * line.size))
    near = [p for p in parts if band.y0 <= p.y0 and p.y1 <= band.y1]
    changed = True
    while changed:
        changed = False
        for p in list(near):
            inside = p.overlap_x(box) > 0
            follows = -p.overlap_x(box) < 0.5 * line.size and p.height > max(1.25 * em, 0.6 * line.size)
            if inside or follows:
                near.remove(p)
                changed = changed or (box | p) != box
                box = box | p
    return replace(line, box=_turned(box) if upright else box)


# -- body type ---------------------------------------------------------------------------------------------------------


def gutters(body: Mask, blocked: Mask, em: float) -> Mask:
    """White upright streaks, too long and too wide to lie between the characters of successive lines."""
    filled = cv2.bitwise_or(closed(body, 0.35 * em, 1), blocked)
    white = cv2.bitwise_not(filled).astype(np.uint8, copy=False)
    return opened(opened(white, 1, 3.8 * em), 0.5 * em, 1)


def _rows(body: Mask, blocked: Mask, em: float) -> list[Box]:
    """Boxes of the rows of type."""
    cut = cv2.bitwise_or(gutters(body, blocked, em), blocked)
    run = cv2.bitwise_and(closed(body, 1.7 * em, 1), cv2.bitwise_not(cut)).astype(np.uint8, copy=False)
    # A narrow bridge between two lines (a blot, a stroke that touches) is cut; no page of noise becomes one line.
    core = opened(run, 0.9 * em, 1)
    found: list[Box] = []
    for box in boxes_of(components(core)):
        found += _split(body, box, em) if box.height > 1.8 * em else [box]
    if len(found) > MOST_ROWS:
        found = sorted(found, key=lambda b: (-b.area, b.y0, b.x0))[:MOST_ROWS]
    rest = body.copy()
    for b in found:
        rest[b.y0 : b.y1, b.x0 : b.x1] = 0
    scraps = [c for b in _lone(rest, em) for c in _between_rows(b, found, em)]
    rows = _healed(_joined_rows([*found, *scraps], body, em), blocked, em)
    long = corners([r for r in rows if r.width > 4 * em])
    return [part for b in rows for part in _at_gutter(b, long, body, em)]


def _split(body: Mask, box: Box, em: float) -> list[Box]:
    """A box of several touching lines, cut where its rows hold least ink."""
    part = body[box.y0 : box.y1, box.x0 : box.x1]
    profile = np.convolve((part > 0).sum(axis=1), np.ones(3) / 3, "same")
    peak = float(np.percentile(profile, 80))
    cuts, here = [0], 0
    while len(part) - here > 1.5 * em:
        lo, hi = here + round(0.75 * em), min(len(part) - round(0.5 * em), here + round(2.1 * em))
        if hi <= lo:
            break
        valley = lo + int(np.argmin(profile[lo:hi]))
        if profile[valley] > 0.4 * peak:
            here = hi
            continue
        cuts.append(valley)
        here = valley
    ends = [*cuts[1:], len(part)]
    return [Box(box.x0, box.y0 + a, box.x1, box.y0 + b) for a, b in zip(cuts, ends, strict=True) if b - a > 0.3 * em]


def _lone(rest: Mask, em: float) -> list[Box]:
    """Pieces that no row holds: the one or two characters of a last line, marks, digits; specks are left out."""
    near = closed(rest, 0.6 * em, 0.4 * em)
    pieces = components(near)
    found = pieces[(np.maximum(pieces[:, 2], pieces[:, 3]) > 0.18 * em) & (pieces[:, 2] < 12 * em)]
    boxes = boxes_of(found)
    return sorted(boxes, key=lambda b: (-b.area, b.y0, b.x0))[:MOST_SCRAPS]


def _at_gutter(row: Box, rows: npt.NDArray[np.int64], body: Mask, em: float) -> list[Box]:
    """A row over two columns, whose gutter a picture hides, cut where the rows about it tell that one lies.

    `rows` are the corners of all rows longer than a few characters, shape (n, 4).
    """
    if row.width < 12 * em:
        return [row]
    x0, y0, x1, y1 = rows.T
    own = (rows == corners([row])).all(axis=1)
    near = ~own & (np.abs(y0 + y1 - row.y0 - row.y1) < 2 * 40 * em)
    column = near & (np.minimum(x1, row.x1) - np.maximum(x0, row.x0) > 0.8 * (x1 - x0))
    for left, right in _white_within(row, body, 0.55 * em):
        ends = int((column & (np.abs(x1 - left) < 0.8 * em)).sum())
        begins = int((column & (-0.5 * em < x0 - right) & (x0 - right < 2.4 * em)).sum())
        crossed = int((near & (x0 < left - em) & (x1 > right + em)).sum())
        if min(ends, begins) >= max(3, 2 * crossed):
            return [Box(row.x0, row.y0, left, row.y1), *_at_gutter(Box(right, row.y0, row.x1, row.y1), rows, body, em)]
    return [row]


def _white_within(row: Box, body: Mask, least: float) -> list[tuple[int, int]]:
    """Where the row's whites wider than `least` begin and end, from left to right."""
    inked = (body[row.y0 : row.y1, row.x0 : row.x1] > 0).any(axis=0)
    turns = np.flatnonzero(np.diff(np.concatenate(([0], inked, [0])))) + row.x0
    whites = zip(turns[1:-1:2].tolist(), turns[2::2].tolist(), strict=False)
    return [(a, b) for a, b in whites if b - a > least]


def _between_rows(scrap: Box, rows: Sequence[Box], em: float) -> list[Box]:
    """A scrap as high as two rows, cut where the rows beside it part: characters of both that touch."""
    if scrap.height < 1.5 * em:
        return [scrap]
    beside = [r for r in rows if -r.overlap_x(scrap) < 1.5 * em and scrap.y0 < r.centre[1] < scrap.y1]
    middles = sorted(r.centre[1] for r in beside if r.height < 1.5 * em)
    cuts = [round((a + b) / 2) for a, b in pairwise(middles) if b - a > 0.8 * em]
    ends = [scrap.y0, *cuts, scrap.y1]
    return [Box(scrap.x0, a, scrap.x1, b) for a, b in pairwise(ends)]


def _joined_rows(rows: list[Box], body: Mask, em: float) -> list[Box]:
    """Boxes tight about their ink, fragments joined to the row in whose band they lie; dust is dropped."""
    tight = [t for t in (_tight(body, b) for b in rows) if t is not None]
    tight.sort(key=lambda b: -b.area)
    out: list[Box] = []
    places = np.zeros((len(tight), 4), dtype=np.int64)
    for b in tight:
        own = np.flatnonzero(_of_one_row(b, places[: len(out)], em))
        if max(b.width, b.height) < LEAST_MARK * em:
            own = own[_closes(b, places[own], em)]
        away = np.maximum(places[own, 0] - b.x1, b.x0 - places[own, 2])
        i = int(own[away.argmin()]) if len(own) else len(out)
        out[i : i + 1] = [out[i] | b if len(own) else b]
        places[i] = out[i].x0, out[i].y0, out[i].x1, out[i].y1
    # What is as high as three lines and as narrow as one character is a stroke of a drawing or a scrap of a rule.
    upright = [b for b in out if b.height > 2.5 * em and b.width < 1.3 * em]
    return [b for b in out if max(b.width, b.height) > 0.4 * em and b not in upright]


def _closes(b: Box, rows: npt.NDArray[np.int64], em: float) -> npt.NDArray[np.bool_]:
    """For each row whether the speck `b` stands where a comma does: at its foot, right behind its last glyph."""
    _, y0, x1, y1 = rows.T
    behind = (b.x0 > x1 - 0.2 * em) & (b.x0 < x1 + em)
    return np.asarray(behind & (b.centre[1] > y0 + 0.65 * (y1 - y0)), dtype=np.bool_)


def _of_one_row(b: Box, rows: npt.NDArray[np.int64], em: float) -> npt.NDArray[np.bool_]:
    """For each row, given as x0, y0, x1, y1, whether the piece `b` lies in its band, or both are slices of one row."""
    x0, y0, x1, y1 = rows.T
    width, height = x1 - x0, y1 - y0
    over_x, over_y = np.minimum(x1, b.x1) - np.maximum(x0, b.x0), np.minimum(y1, b.y1) - np.maximum(y0, b.y0)
    together = np.maximum(y1, b.y1) - np.minimum(y0, b.y0)
    reach = 1.1 if max(b.width, b.height) < 0.5 * em else 0.25  # from ” to the 。 behind it it is an em
    level = (over_y / np.maximum(1, np.minimum(b.height, height)) > 0.6) & (over_x > -reach * em)
    few = (np.maximum(b.width, width) < 6 * em) | (b.height < 0.35 * em)
    slices = few & (over_x > 0.5 * np.minimum(b.width, width)) & (over_y > -0.45 * em) & (together < 1.12 * em)
    return np.asarray(np.where(level, together < 1.45 * np.maximum(em, height), slices), dtype=np.bool_)


def _healed(rows: list[Box], blocked: Mask, em: float) -> list[Box]:
    """Rows cut at a chance white streak put together again: there most of the neighbouring rows run on across it.

    Between two real columns the rows above and below are cut at the same place. Three rounds, since a row may be cut
    more than once.
    """
    for _ in range(3):
        joined = _healed_once(rows, blocked, em)
        if len(joined) == len(rows):
            break
        rows = joined
    return rows


def _healed_once(rows: list[Box], blocked: Mask, em: float) -> list[Box]:
    a = corners(rows)
    middle = (a[:, 1] + a[:, 3]) / 2
    gone: set[int] = set()
    out = list(rows)
    for i in np.argsort(a[:, 0]):
        left = out[i]
        if i in gone:
            continue
        same = np.abs(middle - (left.y0 + left.y1) / 2) < 0.55 * em
        after = (a[:, 0] - left.x1 < 2.6 * em) & (a[:, 0] >= left.x1 - 0.3 * em) & (a[:, 2] > left.x1)
        for j in np.flatnonzero(same & after):
            right = out[j]
            if j in gone or j == i or not _runs_across(a, left, right, em):
                continue
            if blocked[min(left.y0, right.y0) : max(left.y1, right.y1), left.x1 : max(right.x0, left.x1 + 1)].any():
                continue
            out[i] = left = left | right
            gone.add(int(j))
            break
    return [b for n, b in enumerate(out) if n not in gone]


def _runs_across(a: npt.NDArray[np.int64], left: Box, right: Box, em: float) -> bool:
    """Whether more of the rows near by cross the gap than are cut there; those that span both sides' width count."""
    middle = (left.y0 + left.y1) / 2
    height = a[:, 3] - a[:, 1]  # what is lower than type is a scrap of a rule
    near = (np.abs((a[:, 1] + a[:, 3]) / 2 - middle) < 10 * em) & (height < 2 * em) & (height > 0.55 * em)
    x0, x1 = left.x1 - 0.2 * em, right.x0 + 0.2 * em
    crossing = near & (a[:, 0] < x0) & (a[:, 2] > x1)
    spans = crossing & (a[:, 0] >= left.x0 - 2.6 * em) & (a[:, 2] <= right.x1 + 2.6 * em)
    ends = near & (np.abs(a[:, 2] - left.x1) < 1.1 * em)  # a mark at the end stands in a square of its own
    starts = near & (np.abs(a[:, 0] - right.x0) < 0.6 * em)
    return int(spans.sum()) > 0.8 * min(int(ends.sum()), int(starts.sum()))


def _tight(body: Mask, b: Box) -> Box | None:
    part = body[max(0, b.y0) : b.y1, max(0, b.x0) : b.x1]
    x, y, w, h = cv2.boundingRect(part)
    return Box(max(0, b.x0) + x, max(0, b.y0) + y, max(0, b.x0) + x + w, max(0, b.y0) + y + h) if w and h else None


# -- both --------------------------------------------------------------------------------------------------------------


def _absorbed(lines: list[DetectedLine], walls: Mask, em: float) -> list[DetectedLine]:
    """Scraps of body size that lie in the band of a display line, or touch its end, become part of it."""
    display = [n for n in lines if n.size > 0]
    scraps = _whole_glyphs([n for n in lines if n.size == 0], display)
    kept = []
    for scrap in scraps:
        for i, d in enumerate(display):
            if _belongs(scrap.box, d, em) and not _walled(d.box, scrap.box, walls):
                display[i] = replace(d, box=d.box | scrap.box)
                break
        else:
            kept.append(scrap)
    return [*display, *kept]


def _whole_glyphs(scraps: list[DetectedLine], display: Sequence[DetectedLine]) -> list[DetectedLine]:
    """The scraps, those that lie one over the other at a row's end and together are as large as its glyphs as one."""
    out = list(scraps)
    for d in (d for d in display if d.direction is Direction.HORIZONTAL):
        near = [n for n in out if _at_end(n.box, d)]
        if len(near) < 2:
            continue
        both = _union([n.box for n in near])
        if 0.6 * d.size < both.height < 1.1 * d.size and both.width < 1.1 * d.size:
            out = [*(n for n in out if n not in near), replace(near[0], box=both)]
    return out


def _at_end(scrap: Box, row: DetectedLine) -> bool:
    """Whether the scrap lies in the row's band, before its first glyph or behind its last."""
    within = scrap.overlap_y(row.box) > 0.7 * scrap.height
    return within and 0 < -scrap.overlap_x(row.box) < 0.8 * row.size and scrap.width < 1.1 * row.size


def _collinear(lines: list[DetectedLine], walls: Mask, em: float) -> list[DetectedLine]:
    """Display lines of one size that follow each other in one band become one: 21年砺神剑 21次“一级营”."""
    lines = sorted(lines, key=_from_left)
    large = [n for n in lines if n.size > 1.2 * em]
    before = -1
    while len(large) != before:  # a line that has grown may reach the next
        before = len(large)
        large = _collinear_once(large, walls)
    return sorted([*large, *(n for n in lines if n.size <= 1.2 * em)], key=_from_left)


def _from_left(line: DetectedLine) -> tuple[int, int]:
    return line.box.x0, line.box.y0


def _collinear_once(lines: list[DetectedLine], walls: Mask) -> list[DetectedLine]:
    out: list[DetectedLine] = []
    for n in lines:
        for i, o in enumerate(out):
            if _within(o, n) or (_continues(o, n) and not _walled(o.box, n.box, walls)):
                longer = max(o, n, key=lambda k: k.box.area)
                size = max(k.size for k in (o, n) if k.direction is longer.direction)
                out[i] = replace(longer, box=o.box | n.box, size=size)
                break
        else:
            out.append(n)
    return out


def _walled(a: Box, b: Box, walls: Mask) -> bool:
    """Whether a rule or a picture's edge stands in the gap between two boxes of one row or file."""
    x0, x1 = sorted((min(a.x1, b.x1), max(a.x0, b.x0)))
    y0, y1 = sorted((min(a.y1, b.y1), max(a.y0, b.y0)))
    gap = walls[y0 : y1 + 1, x0 : x1 + 1]
    return (
        bool(gap.size)
        and float((gap > 0).any(axis=0 if x1 - x0 < y1 - y0 else 1).mean()) > 0.05
        and bool((gap > 0).sum() > 6)
    )


def _within(a: DetectedLine, b: DetectedLine) -> bool:
    """Whether most of the smaller lies in the larger: a glyph whose nearest neighbour stood above it, not beside."""
    shared = a.box & b.box
    return shared.width > 0 and shared.height > 0 and shared.area > 0.6 * min(a.box.area, b.box.area)


def _continues(a: DetectedLine, b: DetectedLine) -> bool:
    if a.direction is not b.direction or min(a.size, b.size) < 0.7 * max(a.size, b.size):
        return False
    p, q = (_turned(a.box), _turned(b.box)) if a.direction is Direction.VERTICAL_RL else (a.box, b.box)
    gap, size = -p.overlap_x(q), max(a.size, b.size)
    alike = min(a.size, b.size) > 0.9 * size and abs(a.stroke - b.stroke) < 0.2 * max(a.stroke, b.stroke)
    return p.overlap_y(q) > 0.7 * min(p.height, q.height) and gap < (1.6 if alike else 0.4) * size


def _belongs(scrap: Box, line: DetectedLine, em: float) -> bool:
    """Whether the scrap is part of the display line: within its band, and a mark or a glyph of its size at an end.

    A row of body type beside a huge title lies in its band too, and is neither.
    """
    upright = line.direction is Direction.VERTICAL_RL
    box, part = (_turned(line.box), _turned(scrap)) if upright else (line.box, scrap)
    within = part.overlap_y(box) > 0.7 * part.height
    if not within or part.height > 1.1 * line.size:
        return False
    glyph = part.height > 0.7 * line.size
    # Half a glyph of a small headline is as large as a body glyph; beside a huge one that is body.
    mark = max(part.width, part.height) < max(0.45 * line.size, min(0.8 * line.size, 2 * em))
    stroke = part.height < min(0.3 * line.size, 0.7 * em) and part.width < 2.4 * line.size
    reach = 1.1 if glyph else 0.75 if stroke else 0.5 if mark else 0.0
    return -part.overlap_x(box) < reach * line.size


def measured(line: DetectedLine, ink: Mask, em: float) -> DetectedLine:
    """The line with its type size and stroke width measured on its ink."""
    b = line.box
    part = ink[b.y0 : b.y1, b.x0 : b.x1]
    area = float(np.count_nonzero(part))
    core = cv2.erode(part, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    edge = max(1.0, area - float(np.count_nonzero(core)))
    stroke = 2 * area / edge
    if line.size > 0:
        return replace(line, stroke=stroke)
    upright = line.direction is Direction.VERTICAL_RL
    across, thickness, length = (2, b.width, b.height) if upright else (3, b.height, b.width)
    extents = components(part)[:, across]
    large = extents[extents > 0.5 * thickness]
    size = FACE_TO_EM * float(np.percentile(large, 70)) if len(large) else float(thickness)
    if length > 8 * thickness and thickness < 1.3 * em and size < 0.95 * thickness:
        size = ROW_TO_EM * thickness  # small type on a coarse scan is in pieces; the row is not
    return replace(line, size=max(size, 0.5 * em), stroke=stroke)
