"""What stands around each line of a page: the line above and below, its column, pictures close by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from cleanup.articles.frame import ReadingFrame, as_array
from cleanup.articles.placed import PlacedLine, Rect
from layout.page import RegionKind

FAR: Final = 30.0
"""Ems; a distance that stands for "nothing is there"."""


@dataclass(frozen=True, slots=True)
class SurroundingsParams:
    """Bounds by which a line lies to what surrounds it; lengths in ems."""

    shared: float = 0.3
    """Share of the narrower of two lines that must lie over the other for one to stand above the other."""
    overlap: float = 0.4
    """Ems by which the boxes of two neighbouring lines may overlap."""
    founded: int = 4
    """Lines from which a region shows its column by itself."""
    outliers: int = 10
    """Lines of a region for each one that may stand out of its column."""
    reach: float = 12.0
    """Ems up or down within which a longer region tells the column of a short one."""
    alongside: float = 0.7
    """Share of the narrower of two regions of one column that lies over the other, at least."""
    most: float = 0.6
    """Share of a line's width that a mark over or under it covers, at least."""


P: Final = SurroundingsParams()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around one line. Gaps are ems of white; `above` and `below` are places in the frame's lines."""

    above: int | None
    below: int | None
    gap_above: float
    gap_below: float
    left: float
    right: float
    """The edges of the line's column in ems."""
    picture_above: float
    picture_below: float
    """Ems of white between the line and a picture over or under most of it."""
    on_picture: bool
    ruled_above: float
    ruled_below: float
    """Ems of white between the line and a level rule over or under most of it."""
    frame: int | None
    """The smallest frame around the line, as a place in the frame list."""


def surroundings(frame: ReadingFrame) -> list[Surroundings]:
    """The surroundings of each line of the frame, in the order of its lines."""
    if not frame.lines:
        return []
    boxes = as_array([n.rect for n in frame.lines])
    above, gap_above = _neighbours(boxes, upward=True)
    below, gap_below = _neighbours(boxes, upward=False)
    columns = _columns(frame)
    level = [r for r in frame.rules if r.width >= r.height]
    out = []
    for i, n in enumerate(frame.lines):
        left, right = columns[n.region.id]
        over, under = _nearest(n.rect, frame.pictures)
        rule_over, rule_under = _nearest(n.rect, level)
        out.append(
            Surroundings(
                above=above[i],
                below=below[i],
                gap_above=gap_above[i],
                gap_below=gap_below[i],
                left=min(left, n.rect.x0),
                right=max(right, n.rect.x1),
                picture_above=over,
                picture_below=under,
                on_picture=any(p.holds(n.rect) for p in frame.pictures),
                ruled_above=rule_over,
                ruled_below=rule_under,
                frame=smallest_around(n.rect, frame.frames),
            )
        )
    return out


def smallest_around(rect: Rect, frames: tuple[Rect, ...]) -> int | None:
    """The place of the smallest of the frames that holds the rectangle's middle; None without one."""
    held = [i for i, f in enumerate(frames) if f.holds(rect)]
    return min(held, key=lambda i: frames[i].width * frames[i].height, default=None)


def _neighbours(boxes: np.ndarray, *, upward: bool) -> tuple[list[int | None], list[float]]:
    """For each row of x0, y0, x1, y1 the nearest line above or below it, and the white between, both shape (n,)."""
    x0, y0, x1, y1 = boxes.T
    shared = np.minimum(x1[:, None], x1[None, :]) - np.maximum(x0[:, None], x0[None, :])
    narrow = np.minimum((x1 - x0)[:, None], (x1 - x0)[None, :])
    gap = (y0[:, None] - y1[None, :]) if upward else (y0[None, :] - y1[:, None])
    middle = (y0 + y1) / 2
    beyond = middle[None, :] < middle[:, None] if upward else middle[None, :] > middle[:, None]
    fits = (shared > P.shared * narrow) & (gap > -P.overlap) & beyond
    np.fill_diagonal(fits, val=False)
    gap = np.where(fits, gap, FAR)
    nearest = gap.argmin(axis=1)
    found: list[int | None] = [int(j) if fits[i, j] else None for i, j in enumerate(nearest)]
    return found, [float(min(FAR, max(0.0, gap[i, j]))) for i, j in enumerate(nearest)]


def _columns(frame: ReadingFrame) -> dict[str, tuple[float, float]]:
    """The left and right edge of each region's column: its own, or that of a longer region close above or below."""
    spans = {name: _span(lines) for name, lines in frame.by_region.items()}
    founded = [
        s
        for name, s in spans.items()
        if len(frame.by_region[name]) >= P.founded and frame.by_region[name][0].region.kind is RegionKind.BODY
    ]
    out = {}
    for name, span in spans.items():
        if len(frame.by_region[name]) >= P.founded:
            out[name] = _edges(frame.by_region[name])
            continue
        near = [
            f
            for f in founded
            if f.overlap_x(span) > P.alongside * min(span.width, f.width)
            and -f.overlap_y(span) < P.reach
            and f is not span
        ]
        best = min(near, key=lambda f: (-f.overlap_y(span), f.x0, f.y0), default=span)
        out[name] = (best.x0, best.x1)
    return out


def _edges(lines: tuple[PlacedLine, ...]) -> tuple[float, float]:
    """The left and right edge of a column; one line in ten may stand out, as a subtitle in front of its text does."""
    boxes = as_array([n.rect for n in lines])
    out = len(lines) // P.outliers
    return float(np.sort(boxes[:, 0])[out]), float(np.sort(boxes[:, 2])[-1 - out])


def _span(lines: tuple[PlacedLine, ...]) -> Rect:
    boxes = as_array([n.rect for n in lines])
    return Rect(*map(float, (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))))


def _nearest(rect: Rect, marks: tuple[Rect, ...] | list[Rect]) -> tuple[float, float]:
    """The white up to the nearest mark over, and under, most of the rectangle."""
    over = under = FAR
    for m in marks:
        if rect.overlap_x(m) > P.most * rect.width:
            if -1.0 < (gap := rect.y0 - m.y1) < over:
                over = gap
            if -1.0 < (gap := m.y0 - rect.y1) < under:
                under = gap
    return over, under
