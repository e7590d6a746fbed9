"""Text lines from line cores: the network marks the middle of each line, the ink says where the line ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import AREA, HEIGHT, WIDTH, Stats, box_of, labelled
from layout.geometry import Box, corners
from layout.ink import Mask, mask_of
from layout.lines.core_bridges import without_bridges
from layout.lines.detected_line import DetectedLine, measured
from layout.lines.gutters import with_gutters
from layout.lines.line_ends import with_line_ends
from layout.lines.typed_lines import with_typed_lines
from layout.marks.marks import Marks
from layout.page import Direction
from layout.params import EM
from layout.prepare.normalized import Normalized
from layout.prepare.segmentation import DISPLAY, HALF, SCALE, Segmentation, text_of

Labels = npt.NDArray[np.int32]
"""Shape (height, width); 0 is no line, k is line k."""


@dataclass(frozen=True, slots=True)
class CoreParams:
    """Bounds of line detection; lengths in em of the body type, or in the line's own thickness where said."""

    threshold: int = 110
    """Probability (0-255) from which on a pixel is core."""
    least: float = 0.25
    """Length of the smallest core, in em; a single mark alone on a line is larger."""
    bridged: float = 0.9
    """Extent of a core across, in em, from which on it may be of two lines, with a bridge between them."""
    several: float = 0.3
    """Share of such a core's length at which two lines stand one above the other, at least."""
    parted_length: float = 6.0
    """Length of such a core in the thicknesses of its lines, at least: a few brush strokes are no two lines."""
    arm: float = 1.6
    """Extent across of such a core, in its line's thickness, from which on a glyph of the line beside it hangs on."""
    arms: float = 0.4
    """Share of its length along which such glyphs hang on it, at most: else it tells of no line."""
    white: float = 0.15
    """Share of its length along which the same white between two lines is seen, at least."""
    white_apart: float = 0.2
    """Distance across, in em, over which no white is seen between those above and below a line, at least."""
    reach: float = 0.55
    """Distance from a core, in thicknesses of the core, within which ink is of its line; a core is half a line."""
    slack: float = 0.25
    """The same in em, added."""
    gap: float = 1.1
    """Gap between two cores of one line, at most, in thicknesses of the line."""
    wide_gap: float = 2.6
    """The same where the network holds most of the gap for text: a line that is set wide."""
    text_between: float = 0.5
    """Mean probability of text in such a gap, at least."""
    gutter_near: tuple[float, ...] = (5.0, 12.0, 30.0)
    """Distances across, in em, within which other lines tell whether a gutter runs here; the nearest that tells counts:
    further off another article may have other columns."""
    gutter_align: float = 0.8
    """Distance along, in em, by which the ends of lines at a gutter differ, at most; a comma's square is wider."""
    gutter_indent: float = 2.0
    """Indent in em of a paragraph's first line, which begins at a gutter too."""
    gutter_size: float = 1.4
    """Thickness of a line, in that of most, from which on it is a headline and may run over a gutter."""
    cores_of_em: float = 2.0
    """Type size in that of the thickness of its core."""
    low: float = 0.5
    """Share of a line's height above which a comma has no ink."""
    mark_wide: float = 0.4
    """Width of a comma's ink, in em of its own, at most."""
    gutter_lines: int = 2
    """Lines that speak for a gutter or against it, at least, before they are believed."""
    level: float = 0.6
    """Overlap across the line of two cores of one line, as a share of the thinner."""
    alike: float = 0.6
    """Thickness of the thinner of two cores of one line, as a share of the thicker."""
    margin: float = 0.4
    """Distance beyond the core to which a line may reach across, in line thicknesses: a core is the middle half."""
    least_margin: float = 0.4
    """The same in em of the body type, at least: the core of small type is a pixel or two."""
    text_row: float = 0.2
    """Share of a display line's length that the network holds for display type in each row of the line's box, at
    least; beyond a row with less is another line, or a picture."""
    display: float = 1.8
    """Thickness of a line, in em of the body type, from which on its type is display type."""
    least_size: float = 0.95
    """Type size of a display line, in twice the mean thickness of its core, at least."""
    mark: float = 0.6
    """Extent of such a mark or bracket, at most, in thicknesses of its line: it stands in half a square."""
    mark_gap: float = 0.7
    """Gap between a line and a mark or bracket that has a core of its own, at most, in thicknesses of the line."""
    row: float = 0.6
    """Thickness in em from which on what is longer than `row_length` of its thickness is a row of type; a dash, an
    ellipsis is thinner."""
    row_length: float = 1.8
    """Length of such a row in its thicknesses, at least: two glyphs."""
    dust: float = 0.4
    """Extent in em under which what stands alone is dust: a mark that stands alone is of a line near by."""
    hairline: tuple[float, float] = (0.2, 2.5)
    """Thickness in em, at most, and length, at least, of what is a piece of a rule and no line: a dash is shorter."""
    thinnest_ink: float = 0.04
    """Share of a line's box that is ink, at least: the thinnest outlined face covers more, what shows through less."""
    mark_line: float = 1.5
    """Length of a line that takes a mark, in its thickness, at least."""
    mark_glyph: tuple[float, float] = (1.3, 0.45)
    """Thickness in em of a shorter line, a glyph, that takes one too, and extent of the mark in it, at most: else it
    may be a picture or a large glyph with small type beside it."""
    mark_out: float = 0.15
    """Distance by which such a mark reaches out of the line's band, at most, in thicknesses."""
    gutter_away: float = 0.4
    """Distance across, in em, from which on another line is not the row itself."""
    gutter_long: float = 3.0
    """Length in em of a line that tells of a gutter, at least."""
    told: float = 3.0
    """Length of a core in its thickness from which on its shape tells its direction."""
    walled: float = 0.05
    """Share of the place between two cores that is wall, at most, if they are of one line."""
    walled_size: float = 1.5
    """Type size in em of a line that a thin wall may cut, at most."""
    wall_out: float = 0.2
    """Length in em to which a wall goes on from the row's middle beyond the row, over or under it, at least."""
    wall_stroke: float = 0.35
    """Thickness of a stroke of ink, in em, that is such a wall though it is none that is known, at most."""
    wall_rough: int = 2
    """Pixels on either side of such a stroke that may be of its rough or slanting edge."""
    wall_white: float = 0.15
    """White on either side of such a wall, in em, at least."""
    reversed_share: float = 0.5
    """Share of a line's text that the network holds for light on dark, from which on the line is."""
    touching: float = 1.5
    """Height of a component, in line thicknesses, from which on it is split between the lines that it touches."""


DEFAULT = CoreParams()


@dataclass(frozen=True, slots=True)
class _Core:
    """One core in pixels of the network's output; `members` are the labels of its parts."""

    box: Box
    vertical: bool
    members: tuple[int, ...]
    area: int = 0
    """Pixels of its parts."""

    @property
    def mean_thickness(self) -> float:
        """Area per length: unlike the box it does not grow with the wobble of the core."""
        return self.area / max(1, self.along.width)

    @property
    def thickness(self) -> int:
        return self.box.width if self.vertical else self.box.height

    def joined(self, other: _Core) -> _Core:
        """Both as one."""
        members = (*self.members, *other.members)
        return _Core(self.box | other.box, self.vertical, members, self.area + other.area)

    @property
    def along(self) -> Box:
        """The box with the line's direction from left to right."""
        return self.box.turned if self.vertical else self.box


def lines_from_cores(normalized: Normalized, marks: Marks, params: CoreParams = DEFAULT) -> list[DetectedLine]:
    """The lines of type, both directions, in pixels of the normalized picture; ids count from 0.

    A line's box is tight about its ink. Ink of type that no core claims is in no line.
    """
    columns = with_gutters(unparted_lines(marks, params), marks.type_ink, marks.segmentation.core, normalized.ink)
    parted = _walled_apart(columns, normalized.ink, marks, params)
    type_lines = [n for n in parted if not _is_hairline(n.box, params)]
    whole = with_line_ends(type_lines, normalized, marks.rules)
    printed = [n for n in whole if _is_printed(n.box, marks.type_ink, params) and not _is_hairline(n.box, params)]
    known = with_typed_lines(printed, normalized, marks.type_ink)
    return [replace(n, id=i) for i, n in enumerate(known)]


def unparted_lines(marks: Marks, params: CoreParams = DEFAULT) -> list[DetectedLine]:
    """The lines before those whose core runs over a gutter are parted there."""
    seg = marks.segmentation
    labels, found = _cores(seg, marks, params)
    if not found:
        return []
    merged = _merged(found, seg, marks, params)
    owner = np.zeros(int(labels.max()) + 1, dtype=np.int32)
    for number, core in enumerate(merged, start=1):
        owner[list(core.members)] = number
    place = _places(owner[labels], merged, params)
    boxes = _claimed(marks.type_ink, place, merged, params)
    ids = count()
    out = []
    for number, core in enumerate(merged, start=1):
        claimed = boxes.get(number)
        box = claimed and _clipped(claimed, core, seg, params)
        if box is None or box.area == 0:  # no ink, or none in the core's own band
            continue
        direction = Direction.VERTICAL_RL if core.vertical else Direction.HORIZONTAL
        line = DetectedLine(box, 0.0, 0.0, direction, _is_reversed(box, seg, params), next(ids))
        out.append(_sized(measured(line, marks.type_ink), core, params))
    return _absorbed(out, params)


def _clipped(box: Box, core: _Core, seg: Segmentation, p: CoreParams) -> Box:
    """The line's box, no thicker than its core and the network's text allow: what reaches further is of another line.

    It may be a stain, a picture under a headline, a line under it.
    """
    margin = max(2 * p.margin * core.mean_thickness, p.least_margin * EM * SCALE)
    b = core.along
    y0, y1 = b.y0 - margin, b.y1 + margin
    if 2 * core.mean_thickness >= p.display * EM * SCALE:
        label = seg.label.T if core.vertical else seg.label
        top, middle = max(0, int(y0)), (b.y0 + b.y1) // 2
        rows = (label[top : round(y1), b.x0 : b.x1] == DISPLAY).mean(axis=1)
        white = np.flatnonzero(rows < p.text_row) + top
        white = white[abs(white - middle) > core.mean_thickness / 2]
        y0 = max(y0, *white[white < middle].tolist(), 0)
        y1 = min(y1, *(white[white > middle] + 1).tolist(), label.shape[0])
    y0, y1 = int(y0 / SCALE), round(y1 / SCALE)
    if core.vertical:
        return Box(max(box.x0, y0), box.y0, min(box.x1, y1), box.y1)
    return Box(box.x0, max(box.y0, y0), box.x1, min(box.y1, y1))


def _sized(line: DetectedLine, core: _Core, p: CoreParams) -> DetectedLine:
    """The line, its display type no smaller than the core tells: large glyphs may be in pieces."""
    expected = 2 * core.mean_thickness / SCALE
    if expected < p.display * EM:
        return line
    return replace(line, size=max(line.size, p.least_size * expected))


def _absorbed(lines: Sequence[DetectedLine], p: CoreParams) -> list[DetectedLine]:
    """The lines, each with the marks, brackets and parts of glyphs at its ends that have cores of their own."""
    homes: dict[int, int] = {}
    for line in lines:
        if _is_row(line.box, p):
            continue
        fits = [o for o in lines if o is not line and _is_mark_of(line.box, o, p)]
        if fits:
            homes[line.id] = min(fits, key=lambda o: -_along(o, o.box).overlap_x(_along(o, line.box))).id
    boxes = {n.id: n.box for n in lines if n.id not in homes}
    for line in lines:
        home = homes.get(line.id)
        if home in boxes:
            boxes[home] |= line.box
    return [replace(n, box=boxes[n.id]) for n in lines if n.id in boxes]


def _is_row(b: Box, p: CoreParams) -> bool:
    """Whether the box is a row of two glyphs of type or more: it is no mark, however large the line beside it is."""
    short, long = sorted((b.width, b.height))
    return short > p.row * EM and long > p.row_length * short


def _is_mark_of(mark: Box, line: DetectedLine, p: CoreParams) -> bool:
    """Whether the small box stands in the line's band, at its end or within it."""
    own, part = _along(line, line.box), _along(line, mark)
    thickness = own.height
    extent = max(part.width, part.height)
    glyph = thickness < p.mark_glyph[0] * EM and extent < p.mark_glyph[1] * thickness
    small = extent < p.mark * thickness and (own.width > p.mark_line * thickness or glyph)
    out = p.mark_out * thickness
    within = own.y0 - out <= part.y0 and part.y1 <= own.y1 + out
    return small and within and -own.overlap_x(part) < p.mark_gap * thickness


def _along(line: DetectedLine, box: Box) -> Box:
    """The box with the line's direction from left to right."""
    return box.turned if line.direction is Direction.VERTICAL_RL else box


def _is_hairline(box: Box, p: CoreParams) -> bool:
    """Whether a box is a piece of a rule: that between two rows of a table may lie within the reach of a core."""
    short, long = sorted((box.width, box.height))
    return short <= p.hairline[0] * EM and long >= p.hairline[1] * EM


def _is_printed(box: Box, ink: Mask, p: CoreParams) -> bool:
    """Whether a line is neither dust nor what shows through from the other side."""
    part = ink[box.y0 : box.y1, box.x0 : box.x1]
    return max(box.width, box.height) >= p.dust * EM and float((part > 0).mean()) >= p.thinnest_ink


def _walled_apart(lines: Sequence[DetectedLine], ink: Mask, marks: Marks, p: CoreParams) -> list[DetectedLine]:
    """The lines of body type, cut over which a wall runs that is thinner than a pixel of the network's picture.

    `ink` is all that is printed: a short rule that meets a border is no known wall.
    """
    out: list[DetectedLine] = []
    for line in lines:
        if line.size > p.walled_size * EM:
            out.append(line)
            continue
        upright = line.direction is Direction.VERTICAL_RL
        walls, strokes, type_ink = (m.T if upright else m for m in (marks.walls, ink, marks.type_ink))
        row = _along(line, line.box)
        cuts = _between_walls(row, *_walls_over(row, walls, strokes, light=line.white_on_dark, p=p), type_ink, p)
        boxes = [b.turned if upright else b for b in cuts]
        out += [line] if len(boxes) == 1 else [measured(replace(line, box=b, size=0.0), marks.type_ink) for b in boxes]
    return out


def _walls_over(
    row: Box, walls: Mask, ink: Mask, *, light: bool, p: CoreParams
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """For each column of a row whether a wall, or a thin stroke of ink, runs over it and beyond, and with its edge.

    A hanzi's stroke ends with the row. A wall between two columns may begin in their first row, or end in their last.
    """
    wall = _runs_over(row, walls, p)
    edged = wall.copy()
    drawn = np.zeros_like(wall) if light else _runs_over(row, ink, p)
    turns = np.flatnonzero(np.diff(np.concatenate(([0], drawn, [0]))))
    for left, right in zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True):
        if right - left <= p.wall_stroke * EM and not wall[max(0, left - 1) : right + 1].any():
            wall[left:right] = True
            edged[max(0, left - p.wall_rough) : right + p.wall_rough] = True
    return wall, edged


def _runs_over(row: Box, mask: Mask, p: CoreParams) -> npt.NDArray[np.bool_]:
    """For each column of a row whether it holds from the row's middle to beyond the row, over or under it.

    Beyond the picture's edge nothing is known to hold: there a row may be cut through its glyphs.
    """
    reach, middle = round(p.wall_out * EM), (row.y0 + row.y1) // 2
    out = np.zeros(row.width, dtype=np.bool_)
    for top, bottom in ((row.y0 - reach, middle), (middle, row.y1 + reach)):
        if top >= 0 and bottom <= len(mask):
            out |= (mask[top:bottom, row.x0 : row.x1] > 0).all(axis=0)
    return out


def _between_walls(
    row: Box, wall: npt.NDArray[np.bool_], edged: npt.NDArray[np.bool_], ink: Mask, p: CoreParams
) -> list[Box]:
    """A row cut at the walls over it that have white on both sides; `edged` are their columns with their edges.

    Two walls with nothing between them are one cut.
    """
    white = round(p.wall_white * EM)
    inked = np.flatnonzero((ink[row.y0 : row.y1, row.x0 : row.x1] > 0).any(axis=0) & ~edged)
    turns = np.flatnonzero(np.diff(np.concatenate(([0], wall, [0]))))
    begin = 0
    out: list[Box] = []
    for left, right in zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True):
        before, behind = inked[(inked >= begin) & (inked < left)], inked[inked >= right]
        if len(before) and len(behind) and before[-1] < left - white and behind[0] >= right + white:
            out.append(Box(row.x0 + begin, row.y0, row.x0 + int(before[-1]) + 1, row.y1))
            begin = int(behind[0])
    return [*out, Box(row.x0 + begin, row.y0, row.x1, row.y1)]


def _cores(seg: Segmentation, marks: Marks, p: CoreParams) -> tuple[Labels, list[_Core]]:
    """The connected cores, labelled, walls apart."""
    k = seg.scale
    walls = cv2.resize(marks.walls, (seg.core.shape[1], seg.core.shape[0]), interpolation=cv2.INTER_AREA)
    own = (seg.core >= p.threshold) & (walls <= HALF)
    labels, stats = _single(without_bridges(mask_of(own), marks.type_ink), seg, p)
    upright = _upright(labels, stats, seg, p)
    out = []
    for n in range(1, len(stats)):
        x, y, w, h, area = (int(v) for v in stats[n])
        if max(w, h) >= p.least * EM * k:
            out.append(_Core(Box(x, y, x + w, y + h), bool(upright[n]), (n,), area))
    return labels, _directed(out, p)


def _directed(cores: Sequence[_Core], p: CoreParams) -> list[_Core]:
    """The cores, those of a glyph or two with the direction of the one line in whose row they stand.

    What is not longer than wide has no direction by its shape, and the network's word is of its place.
    """
    at = corners([c.box for c in cores])
    wide, high = at[:, 2] - at[:, 0], at[:, 3] - at[:, 1]
    upright = np.array([c.vertical for c in cores], dtype=np.bool_)
    told = np.maximum(wide, high) >= p.told * np.minimum(wide, high)
    while True:
        before = int(told.sum())
        for i in np.flatnonzero(~told).tolist():
            fits = [bool((told & (upright == way) & _in_row(at, i, way, p)).any()) for way in (False, True)]
            if fits[0] != fits[1]:
                upright[i], told[i] = fits[1], True
        if int(told.sum()) == before:
            return [replace(c, vertical=bool(v)) for c, v in zip(cores, upright, strict=True)]


def _in_row(at: npt.NDArray[np.int64], i: int, upright: bool, p: CoreParams) -> npt.NDArray[np.bool_]:
    """Which boxes follow or go before box `i` in a row of that direction; `at` are the corners of all."""
    x0, y0, x1, y1 = at[:, [1, 0, 3, 2]].T if upright else at.T
    thin, thick = np.minimum(y1 - y0, y1[i] - y0[i]), np.maximum(y1 - y0, y1[i] - y0[i])
    level = np.minimum(y1, y1[i]) - np.maximum(y0, y0[i]) >= p.level * thin
    gap = np.maximum(x0 - x1[i], x0[i] - x1)
    out = level & (thin >= p.alike * thick) & (gap <= p.gap * thick)
    out[i] = False
    return np.asarray(out)


def _upright(labels: Labels, stats: Stats, seg: Segmentation, p: CoreParams) -> npt.NDArray[np.bool_]:
    """For each core whether its line runs from top to bottom: by its shape, of a short one by the network's word."""
    told = np.bincount(labels.ravel(), weights=seg.vertical.ravel(), minlength=len(stats)) / stats[:, AREA] > HALF
    wide, high = stats[:, WIDTH], stats[:, HEIGHT]
    return np.where(np.maximum(wide, high) < p.told * np.minimum(wide, high), told, high > wide)


def _single(own: Mask, seg: Segmentation, p: CoreParams) -> tuple[Labels, Stats]:
    """The connected cores, labelled; cores of several lines that a bridge joins are parted first."""
    labels, stats = labelled(own)
    upright = _upright(labels, stats, seg, p)
    cut = False
    for n in np.flatnonzero(np.minimum(stats[:, WIDTH], stats[:, HEIGHT]) > p.bridged * EM * seg.scale).tolist():
        b = box_of(stats[n])
        here = np.s_[b.y0 : b.y1, b.x0 : b.x1]
        lines = labels[here] == n
        parted = _parted_core(lines.T if upright[n] else lines, p) if n else None
        if parted is not None:
            own[here][lines & ~(parted.T if upright[n] else parted)] = 0
            cut = True
    return labelled(own) if cut else (labels, stats)


def _parted_core(core: npt.NDArray[np.bool_], p: CoreParams) -> npt.NDArray[np.bool_] | None:
    """A core, its lines from left to right, without the bridges between its lines; None where it is of one line.

    Where two lines stand one above the other their white is seen; between such places it is drawn straight on.
    """
    edge = np.zeros_like(core[:1])
    change = np.diff(np.vstack((edge, core, edge)).astype(np.int8), axis=0).T
    column, begin = np.nonzero(change > 0)
    end = np.nonzero(change < 0)[1]
    several = np.flatnonzero(column[1:] == column[:-1])
    length, thickness = core.shape[1], float(core.sum()) / max(1, len(begin))
    if length < p.parted_length * thickness:
        return None
    if len(np.unique(column[several])) < p.several * length:
        return _without_arms(core, p)
    x, middle = column[several], (end[several] + begin[several + 1] - 1) / 2
    order = np.argsort(middle)
    kept = core.copy()
    for white in np.split(order, np.flatnonzero(np.diff(middle[order]) > p.white_apart * EM * SCALE) + 1):
        if len(white) < p.white * core.shape[1]:
            continue
        seen = white[np.argsort(x[white])]
        rows = np.floor(np.interp(np.arange(core.shape[1]), x[seen], middle[seen])).astype(np.intp)
        for shift in (0, 1):
            kept[np.clip(rows + shift, 0, len(kept) - 1), np.arange(core.shape[1])] = False
    return kept


def _without_arms(core: npt.NDArray[np.bool_], p: CoreParams) -> npt.NDArray[np.bool_] | None:
    """A core of a line from left to right, cut from glyphs of lines beside it; None where none hang on it.

    Bold glyphs at the head of two lines are joined by the network across the lines, and the rest of them is not.
    """
    x = np.flatnonzero(core.any(axis=0))
    begin, end = core[:, x].argmax(axis=0), len(core) - core[::-1, x].argmax(axis=0)
    thickness = float(np.median(core.sum(axis=0)[x]))
    armed = end - begin >= p.arm * thickness
    if not armed.any() or armed.mean() > p.arms:
        return None
    middle = np.polyval(np.polyfit(x[~armed], (begin + end - 1)[~armed] / 2, 1), x)
    kept = core.copy()
    away = np.arange(len(core))[:, None] - middle
    near = thickness / 2 + 0.5
    for side in (-1, 1):
        reach = (away * core[:, x] * side).max(axis=0)
        bridge = (away * side > near) & (away * side <= np.maximum(reach - thickness, near + 2))
        kept[:, x] &= ~(bridge & (reach > thickness))
    return kept


def _merged(cores: Sequence[_Core], seg: Segmentation, marks: Marks, p: CoreParams) -> list[_Core]:
    """Cores that follow each other in one line, put together."""
    out: list[_Core] = []
    for vertical in (False, True):
        own = sorted((c for c in cores if c.vertical is vertical), key=lambda c: c.along.x0)
        done: list[_Core] = []
        sides = corners([c.along for c in own])
        places = np.zeros((len(own), 4), dtype=np.int64)
        usual = float(np.median(sides[:, 3] - sides[:, 1])) if own else 0.0
        for core in own:
            level = np.minimum(places[:, 3], core.along.y1) - np.maximum(places[:, 1], core.along.y0) > 0
            fits = [
                i
                for i in np.flatnonzero(level[: len(done)]).tolist()
                if _continues(done[i], core, seg, marks, p)
                and (
                    not _between_columns(done[i].along, core.along, sides, p)
                    or _goes_on_behind_comma(done[i], core, usual, marks, p)
                )
            ]
            i = max(fits, key=lambda i: done[i].along.x1) if fits else len(done)
            joined = done[i].joined(core) if fits else core
            done[i : i + 1] = [joined]
            places[i] = corners([joined.along])[0]
        out += done
    return out


def _continues(left: _Core, right: _Core, seg: Segmentation, marks: Marks, p: CoreParams) -> bool:
    """Whether the right core goes on in the line of the left one."""
    a, b = left.along, right.along
    thin, thick = sorted((a.height, b.height))
    if a.overlap_y(b) < p.level * thin or thin < p.alike * thick:
        return False
    gap = b.x0 - a.x1
    if gap > p.wide_gap * 2 * thick or _of_two_grounds(left, right, seg, p):
        return False
    between = Box(min(a.x1, b.x0), max(a.y0, b.y0), max(a.x1, b.x0), min(a.y1, b.y1))
    place = between.turned if left.vertical else between
    if gap > 0 and seg.text_share(place.unscaled(seg.scale)) > p.text_between:
        return not _walled(place, seg, marks, p)
    return gap <= p.gap * thick and not _walled(place, seg, marks, p)


def _between_columns(left: Box, right: Box, sides: npt.NDArray[np.int64], p: CoreParams) -> bool:
    """Whether the two cores are of two columns; `sides` are the corners of all cores."""
    return _is_gutter(sides, ((left.y0 + left.y1) / 2, left.x1, right.x0), EM * SCALE, p)


def _goes_on_behind_comma(left: _Core, right: _Core, usual: float, marks: Marks, p: CoreParams) -> bool:
    """Whether two cores of display type are of one headline that has a comma at the white between them.

    The right half of a comma's square is white, and may stand over the white between two columns. `usual` is how thick
    most cores are.
    """
    a, b = left.along, right.along
    thick = min(a.height, b.height)
    em = p.cores_of_em * thick
    if left.vertical or thick < p.gutter_size * usual or b.x0 - a.x1 > em:
        return False
    k, middle = marks.segmentation.scale, (a.y0 + a.y1) / 2
    part = marks.type_ink[
        max(0, round((middle - em / 2) / k)) : round((middle + em / 2) / k),
        max(0, round((a.x1 - em) / k)) : round((a.x1 + b.x0) / 2 / k),
    ]
    columns = np.flatnonzero(part.any(axis=0))
    if not len(columns):
        return False
    begin = columns[-1]
    while begin - 1 in columns:
        begin -= 1
    mark = np.flatnonzero(part[:, begin:].any(axis=1))
    return bool(mark[0] > p.low * len(part) and len(columns[columns >= begin]) < p.mark_wide * em / k)


def _is_gutter(lines: npt.NDArray[np.int64], place: tuple[float, float, float], size: float, p: CoreParams) -> bool:
    """Whether the lines above and below end and begin at the white between `left` and `right`: it parts two columns.

    `lines` are their corners, shape (n, 4), with the lines' direction from left to right; `place` is the middle of the
    row, and where its white begins and ends; `em` the size of the body type in the same pixels.
    """
    if not len(lines):
        return False
    away, ends, begins, crossing = _at_white(lines, place, size, p)
    for reach in p.gutter_near:
        near = away < reach * size
        for_it = min(int((ends & near).sum()), int((begins & near).sum()))
        against = int((crossing & near).sum())
        if max(for_it, against) >= p.gutter_lines:
            return for_it > against
    return False


def _at_white(
    lines: npt.NDArray[np.int64], place: tuple[float, float, float], size: float, p: CoreParams
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """How far the lines are from a row, and which of them end at its white, begin there, and run over it."""
    middle, left, right = place
    x0, y0, x1, y1 = lines.T
    away = np.abs((y0 + y1) / 2 - middle)
    other, align = away > p.gutter_away * size, p.gutter_align * size
    long = other & (x1 - x0 > p.gutter_long * size)
    indented = np.abs(x0 - right - p.gutter_indent * size) < align / 2
    set_in = np.abs(x0 - right + p.gutter_indent * size) < align / 2
    ends, begins = long & (np.abs(x1 - left) < align), long & ((np.abs(x0 - right) < align) | indented | set_in)
    rows = y1 - y0 < p.gutter_size * np.median(y1 - y0)
    return away, ends, begins, other & rows & (x0 < left - size) & (x1 > right + size)


def _walled(place: Box, seg: Segmentation, marks: Marks, p: CoreParams) -> bool:
    k = seg.scale
    part = marks.walls[int(place.y0 / k) : round(place.y1 / k), int(place.x0 / k) : round(place.x1 / k)]
    return bool(part.size) and float((part > 0).mean()) > p.walled


def _places(cores: Labels, lines: Sequence[_Core], p: CoreParams) -> Labels:
    """For each pixel of the network's output the line in whose reach it lies, 0 where there is none."""
    background = (cores == 0).astype(np.uint8)
    distance, nearest = cv2.distanceTransformWithLabels(background, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    seeds = np.zeros(int(nearest.max()) + 1, dtype=np.int32)
    seeds[nearest[background == 0]] = cores[background == 0]
    near = seeds[nearest]
    limits = np.array([0.0, *(p.reach * c.thickness + p.slack * EM * SCALE for c in lines)])
    near[distance > limits[near]] = 0
    return near


@dataclass(frozen=True, slots=True)
class _Inked:
    """The pixels of ink that lie in the reach of a line: their places, their components, and their lines."""

    y: npt.NDArray[np.intp]
    x: npt.NDArray[np.intp]
    piece: npt.NDArray[np.int32]
    line: npt.NDArray[np.int32]


def _claimed(ink: Mask, place: Labels, lines: Sequence[_Core], p: CoreParams) -> dict[int, Box]:
    """For each line the box of its ink: components go to the line with most of their pixels, tall ones are split."""
    pieces, stats = labelled(ink)
    y, x = np.divmod(np.flatnonzero(ink > 0), ink.shape[1])
    line = place[
        np.minimum((y * SCALE).astype(np.intp), place.shape[0] - 1),
        np.minimum((x * SCALE).astype(np.intp), place.shape[1] - 1),
    ]
    own = line > 0
    inked = _Inked(y[own], x[own], pieces[y[own], x[own]], line[own])
    pairs, counts = _counted(inked.piece.astype(np.int64) * (len(lines) + 1) + inked.line)
    piece, of_line = pairs // (len(lines) + 1), pairs % (len(lines) + 1)
    order = np.lexsort((-counts, piece))
    first = np.concatenate(([True], np.diff(piece[order]) > 0)) if len(order) else np.zeros(0, np.bool_)
    piece, of_line, shared = piece[order][first], of_line[order][first], piece[order][~first]
    x, y, w, h, _ = stats[piece].T
    across = np.where(np.array([c.vertical for c in lines])[of_line - 1], w, h)
    reach = np.array([p.touching * 2 * c.thickness / SCALE for c in lines])
    split = np.isin(piece, shared) & (across > reach[of_line - 1])
    out = _Bounds.of(len(lines) + 1)
    out.grow(of_line[~split], np.column_stack((x, y, x + w, y + h))[~split])
    for n in piece[split].tolist():
        pixels = inked.piece == n
        y, x = inked.y[pixels], inked.x[pixels]
        out.grow(inked.line[pixels], np.column_stack((x, y, x + 1, y + 1)))
    return out.boxes()


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The bounds of many boxes that grow: least x and y, and greatest; shape (boxes, 2) each."""

    least: npt.NDArray[np.int64]
    greatest: npt.NDArray[np.int64]

    @classmethod
    def of(cls, count: int) -> _Bounds:
        """Boxes that hold nothing yet."""
        ends = np.iinfo(np.int64)
        return cls(np.full((count, 2), ends.max), np.full((count, 2), ends.min))

    def grow(self, number: npt.NDArray[np.integer], corners: npt.NDArray[np.integer]) -> None:
        """Take the corners, shape (n, 4), into the boxes of these numbers."""
        np.minimum.at(self.least, number, corners[:, :2])
        np.maximum.at(self.greatest, number, corners[:, 2:])

    def boxes(self) -> dict[int, Box]:
        """The boxes that hold anything, by their numbers."""
        rows = np.column_stack((self.least, self.greatest)).tolist()
        return {n: Box(*row) for n, row in enumerate(rows) if row[0] < row[2]}


def _counted(values: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The different values, rising, and how many there are of each; equal ones mostly follow each other."""
    ends = np.flatnonzero(np.diff(values, append=values[-1:] + 1))
    runs, back = np.unique(values[ends], return_inverse=True)
    lengths = np.bincount(back, weights=np.diff(ends, prepend=-1), minlength=len(runs))
    return runs, np.asarray(lengths, np.float64)


def _of_two_grounds(left: _Core, right: _Core, seg: Segmentation, p: CoreParams) -> bool:
    """Whether one core is of light type on a badge and the other of dark type beside it; of a mark it is not told."""
    light = []
    for core in (left, right):
        b = core.box
        if core.along.width < p.told * core.along.height:
            return False
        light.append(float((seg.reversed[b.y0 : b.y1, b.x0 : b.x1] > HALF).mean()) > p.reversed_share)
    return light[0] is not light[1]


def _is_reversed(box: Box, seg: Segmentation, p: CoreParams) -> bool:
    k = seg.scale
    part = np.s_[int(box.y0 * k) : round(box.y1 * k + 0.5), int(box.x0 * k) : round(box.x1 * k + 0.5)]
    own = text_of(seg.label[part]) > 0
    return bool(own.any()) and float((seg.reversed[part][own] > HALF).mean()) > p.reversed_share
