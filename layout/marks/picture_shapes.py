"""Pictures as shapes: the mask of a picture as a few rectangles that follow it, no hull over the text beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layout.components import box_of, labelled
from layout.geometry import Box
from layout.ink import Mask


@dataclass(frozen=True, slots=True)
class ShapeParams:
    """Bounds of the rectangles; lengths in em of the body type."""

    filled: float = 0.85
    """Share of a rectangle that is picture from which on it is not divided."""
    least: float = 1.6
    """Side of the smallest rectangle, in em; smaller remains are left out."""
    sparse: float = 0.3
    """Share of a rectangle that is picture below which it is left out."""
    depth: int = 6
    """Divisions one within the other, at most."""
    gain: float = 0.03
    """Share of the rectangle's area that a division must take off, at least."""


DEFAULT = ShapeParams()


def picture_boxes(mask: Mask, size: float, params: ShapeParams = DEFAULT) -> tuple[Box, ...]:
    """Rectangles that cover the pictures of a mask, from the top; `em` is the body's type size in its pixels."""
    labels, stats = labelled(mask)
    found: list[Box] = []
    for n in range(1, len(stats)):
        b = box_of(stats[n])
        own = labels[b.y0 : b.y1, b.x0 : b.x1] == n
        found += (Box(r.x0 + b.x0, r.y0 + b.y0, r.x1 + b.x0, r.y1 + b.y0) for r in _divided(own, size, params, 0))
    return tuple(sorted(found, key=lambda b: (b.y0, b.x0)))


def _divided(own: npt.NDArray[np.bool_], size: float, p: ShapeParams, depth: int) -> Iterator[Box]:
    """The rectangles of one picture, in pixels of `own`."""
    tight = _tight(own)
    if tight is None or min(tight.width, tight.height) < p.least * size:
        return
    part = own[tight.y0 : tight.y1, tight.x0 : tight.x1]
    share = float(part.mean())
    cut = _best_cut(part, size, p) if share < p.filled and depth < p.depth else None
    if cut is None:
        if share >= p.sparse:
            yield tight
        return
    across, place = cut
    halves = (part[:place], part[place:]) if across else (part[:, :place], part[:, place:])
    for k, half in enumerate(halves):
        dx, dy = (0, k * place) if across else (k * place, 0)
        for r in _divided(half, size, p, depth + 1):
            x, y = tight.x0 + dx, tight.y0 + dy
            yield Box(r.x0 + x, r.y0 + y, r.x1 + x, r.y1 + y)


def _best_cut(part: npt.NDArray[np.bool_], size: float, p: ShapeParams) -> tuple[bool, int] | None:
    """Where a straight cut takes most white off the two rectangles: whether it runs across, and its place."""
    height, width = part.shape
    step = max(1, round(size))
    best: tuple[float, bool, int] | None = None
    for across, length in ((True, height), (False, width)):
        for place in range(step, length - step + 1, step):
            halves = (part[:place], part[place:]) if across else (part[:, :place], part[:, place:])
            area = sum(t.area for t in map(_tight, halves) if t is not None)
            if best is None or area < best[0]:
                best = float(area), across, place
    if best is None or best[0] > (1 - p.gain) * part.size:
        return None
    return best[1], best[2]


def _tight(own: npt.NDArray[np.bool_]) -> Box | None:
    """The box about what holds; None where nothing does."""
    ys, xs = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
    if not len(ys):
        return None
    return Box(int(xs[0]), int(ys[0]), int(xs[-1]) + 1, int(ys[-1]) + 1)
