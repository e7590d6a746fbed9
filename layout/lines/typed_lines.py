"""Lines put right by a PDF's text layer, which tells what was set one behind the other.

Ink alone does not tell a narrow gutter beside a picture from the white in a row, nor a short last line from a mark.
The layer does: its order goes on where a line goes on, and jumps where a column ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from layout.geometry import Box, corners
from layout.ink import Mask
from layout.lines.detected_line import DetectedLine, measured
from layout.lines.quarter_turn import OTHER, Quarter
from layout.lines.typed_runs import TypedRun, runs_of
from layout.page import Direction
from layout.params import EM
from layout.pdf_glyph import TypedGlyph
from layout.prepare.normalized import Normalized


@dataclass(frozen=True, slots=True)
class TypedLineParams:
    """Bounds by which the layer puts lines right."""

    gutter: float = 0.5
    """White in em of the body type, at least, at which a line is parted where the layer's order jumps: a word in
    another type, which some programs write apart, stands closer."""
    same_row: float = 0.5
    """Share of the thinner of two runs that lies beside the other where they are of one row."""
    larger: float = 1.7
    """Size of a glyph in thicknesses of a line, from which on it is not of the line that it lies in."""
    crossed: float = 0.2
    """Share of a line, or of a run if that is smaller, in which the two lie over one another, at most, if the run is
    a line that was not found: a watermark lies over several."""
    inked: float = 0.7
    """Share of such a run's glyphs whose box holds ink of type, at least."""


DEFAULT = TypedLineParams()


@dataclass(frozen=True, slots=True)
class _Part:
    """The glyphs of one run that lie in one line, their direction from left to right."""

    at: int
    """The run's place in the layer."""
    box: Box
    place: Box
    """The box with the white that its glyphs take in the line."""


def with_typed_lines(
    lines: Sequence[DetectedLine], normalized: Normalized, ink: Mask, params: TypedLineParams = DEFAULT
) -> list[DetectedLine]:
    """The lines, those of several rows or columns of the layer parted, and a line for each of its runs that has none.

    `ink` is the ink of type of the normalized picture, which tells the layer's glyphs. Ids count from 0.
    """
    if not normalized.typed:
        return list(lines)
    if not normalized.lying:
        return _put_right(lines, normalized.typed, ink, params)
    height, width = ink.shape
    quarter = Quarter(width, height, clockwise=True)
    upright = [replace(n, box=quarter.there(n.box), direction=OTHER[n.direction]) for n in lines]
    typed = [
        replace(g, box=quarter.there(g.box), advance=g.advance and quarter.there(g.advance)) for g in normalized.typed
    ]
    return [quarter.line_back(n) for n in _put_right(upright, typed, quarter.mask(ink), params)]


def _put_right(
    lines: Sequence[DetectedLine], typed: Sequence[TypedGlyph], ink: Mask, params: TypedLineParams
) -> list[DetectedLine]:
    """The same on the picture of the page as it stands upright."""
    runs = runs_of(typed)
    owners = _owners(lines, typed, params)
    out: list[DetectedLine] = []
    middles = np.array([run.box.centre for run in runs])
    for line, parts in zip(lines, _parts(runs, typed, owners, lines), strict=True):
        boxes = list(_columns(parts, _within(middles, line.box), params)) if len(parts) > 1 else []
        out += [_directed(line, parts, runs)] if len(boxes) <= 1 else [_cut(line, box, ink) for box in boxes]
    places = corners([n.box for n in lines])
    for run in runs:
        if all(owners[g] < 0 for g in run.glyphs) and _is_line(run, typed, places, ink, params):
            out.append(measured(DetectedLine(run.box, 0.0, 0.0, run.direction), ink))
    return [replace(n, id=i) for i, n in enumerate(out)]


def _owners(lines: Sequence[DetectedLine], typed: Sequence[TypedGlyph], p: TypedLineParams) -> npt.NDArray[np.intp]:
    """For each glyph the line in which its middle lies, of several the one whose middle is nearest; -1 for none."""
    middle = np.array([g.box.centre for g in typed])
    size = np.array([min(g.place.width, g.place.height) for g in typed])
    owners = np.full(len(typed), -1, dtype=np.intp)
    nearest = np.full(len(typed), np.inf)
    for n, line in enumerate(lines):
        b, across = line.box, 0 if line.direction is Direction.VERTICAL_RL else 1
        inside = (middle >= (b.x0, b.y0)).all(axis=1) & (middle <= (b.x1, b.y1)).all(axis=1)
        away = np.abs(middle[:, across] - b.centre[across])
        own = inside & (away < nearest) & (size < p.larger * min(b.width, b.height))
        owners[own], nearest[own] = n, away[own]
    return owners


def _parts(
    runs: Sequence[TypedRun],
    typed: Sequence[TypedGlyph],
    owners: npt.NDArray[np.intp],
    lines: Sequence[DetectedLine],
) -> list[list[_Part]]:
    """For each line the parts of runs that lie in it, in the layer's order."""
    out: list[list[_Part]] = [[] for _ in lines]
    for at, run in enumerate(runs):
        held: dict[int, list[TypedGlyph]] = defaultdict(list)
        for g in run.glyphs:
            held[int(owners[g])].append(typed[g])
        for n, own in held.items():
            if n < 0:
                continue
            box, place = Box.hull(g.box for g in own), Box.hull(g.place for g in own)
            upright = lines[n].direction is Direction.VERTICAL_RL
            out[n].append(_Part(at, box.turned, place.turned) if upright else _Part(at, box, place))
    return out


def _within(middles: npt.NDArray[np.float64], box: Box) -> frozenset[int]:
    """The runs that lie in a box, by their `middles`, shape (n, 2)."""
    inside = (middles >= (box.x0, box.y0)).all(axis=1) & (middles <= (box.x1, box.y1)).all(axis=1)
    return frozenset(np.flatnonzero(inside).tolist())


def _columns(parts: Sequence[_Part], inside: frozenset[int], p: TypedLineParams) -> Iterator[Box]:
    """The boxes of the parts of a line, with its direction from left to right; what goes on in the layer is one.

    `inside` are the runs that lie in the line's box, those of a line within it too.
    """
    own = inside | {part.at for part in parts}
    for row in _rows(parts, p):
        current = [row[0]]
        for a, b in pairwise(row):
            if b.place.x0 - a.place.x1 >= p.gutter * EM and _jumps(a.at, b.at, own):
                yield Box.hull(part.box for part in current)
                current = []
            current.append(b)
        yield Box.hull(part.box for part in current)


def _rows(parts: Sequence[_Part], p: TypedLineParams) -> list[list[_Part]]:
    """The parts row by row, each from the left."""
    rows: list[list[_Part]] = []
    for part in sorted(parts, key=lambda part: part.box.x0):
        a = part.place
        beside = (r for r in rows if a.overlap_y(b := r[-1].place) >= p.same_row * min(a.height, b.height))
        row = next(beside, None)
        if row is None:
            rows.append([part])
        else:
            row.append(part)
    return rows


def _jumps(before: int, after: int, own: frozenset[int]) -> bool:
    """Whether the layer sets something outside of the line, whose runs are `own`, between two of its runs."""
    return after < before or not own.issuperset(range(before + 1, after))


def _directed(line: DetectedLine, parts: Sequence[_Part], runs: Sequence[TypedRun]) -> DetectedLine:
    """The line with the direction of the run of which it is the whole, where that has one."""
    if len(parts) != 1:
        return line
    box, way = runs[parts[0].at].box, runs[parts[0].at].direction
    long = (box.width, box.height) if way is Direction.HORIZONTAL else (box.height, box.width)
    return replace(line, direction=way) if long[0] > long[1] else line


def _cut(line: DetectedLine, along: Box, ink: Mask) -> DetectedLine:
    """The part of a line; `along` is its box with the line's direction from left to right."""
    box = along.turned if line.direction is Direction.VERTICAL_RL else along
    return measured(replace(line, box=box, size=0.0), ink)


def _is_line(
    run: TypedRun, typed: Sequence[TypedGlyph], lines: npt.NDArray[np.int64], ink: Mask, p: TypedLineParams
) -> bool:
    """Whether a run that lies in no line is printed as one of its own; `lines` are the corners of all lines."""
    if not any(typed[g].char.isalnum() for g in run.glyphs):
        return False
    b = run.box
    across = np.minimum(lines[:, 2], b.x1) - np.maximum(lines[:, 0], b.x0)
    down = np.minimum(lines[:, 3], b.y1) - np.maximum(lines[:, 1], b.y0)
    own = (lines[:, 2] - lines[:, 0]) * (lines[:, 3] - lines[:, 1])
    if (across.clip(0) * down.clip(0) > p.crossed * np.minimum(own, b.area)).any():
        return False
    places = [typed[g].box for g in run.glyphs]
    inked = sum(bool(ink[max(0, g.y0) : g.y1, max(0, g.x0) : g.x1].any()) for g in places)
    return inked >= p.inked * len(places)
