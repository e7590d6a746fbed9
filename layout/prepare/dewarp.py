"""How far the paper is from flat, told by its own lines: rows that sink towards a binding, columns that lean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import labelled
from layout.dewarp_field import Shifts
from layout.ink import Mask, closed, mask_of
from layout.page import Direction

LOOK_EM: Final = 10.0
"""The body's type size in the picture that is looked at."""

WIDE: Final = 17
"""Knots from left to right of the field of slopes; a page curls within a fifth of its width."""

HIGH: Final = 9
"""Knots from top to bottom of the shifts; what leans does so evenly."""

SHORTEST: Final = 4.0
"""Length in em of a row whose slope is measured, at least."""

THICKNESS: Final = (0.4, 1.3)
"""Mean thickness of such a row in em, least and most: rules are thinner, pictures and merged rows are thicker."""

INKED: Final = 96
"""Grey level of the reduced ink, 255 where all of a pixel is ink, above which a pixel is ink."""

FEWEST_ROWS: Final = 30
"""Number of rows, at least, for their slopes to be believed."""

FEWEST_PATCHES: Final = 8
"""Number of patches, at least, for their leans to be believed."""

FEWEST_POINTS: Final = 1500
"""Pixels of ink in a patch whose lean is measured, at least."""

STRIPS, BANDS = 12, 3
"""Patches from left to right and from top to bottom, each of which tells its own lean."""

STEEPEST: Final = 0.03
"""The steepest lean that is tried, as pixels to the side for each pixel down."""

LEANS: Final = 30
"""Number of leans that are tried to either side."""

SHARP: Final = 1.15
"""Sharpness of the best profile of a patch in that of the median one, at least: else the patch has no lean."""

TOLERANCE: Final = 0.5
"""Shift of print in em within a page that counts as flat, at most; layout does not notice so much."""

AGREED: Final = 0.65
"""Difference of the fields of two halves, each of every other row, in the spread of the whole field, at most."""

STIFF: Final = (0.05, 2.0)
"""Weights of a change of the slope's change against the rows' own slopes: paper has no corners.

The second is for how the slopes at the foot differ from those at the head, which a fold or a binding makes alike.
"""

_Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Told:
    """What pieces of print tell: at `x` and `y`, from -1 to 1 over the page, a slope, and its weight."""

    x: _Numbers
    y: _Numbers
    slope: _Numbers
    weight: _Numbers

    def half(self, first: int) -> _Told:
        """Every other of them."""
        every = np.s_[first::2]
        return _Told(self.x[every], self.y[every], self.slope[every], self.weight[every])


def shifts_of(ink: Mask, size: float, direction: Direction) -> Shifts | None:
    """The shifts of print, in em, on an upright and level page of type size `em`; None where paper lay flat.

    Rows tell by how much they rise and fall, columns by how much they lean. Believed is what shifts print by
    more than TOLERANCE, and what every other row tells like those between. Cost: some 0.05 CPU seconds.
    """
    small = cv2.resize(ink, None, fx=LOOK_EM / size, fy=LOOK_EM / size, interpolation=cv2.INTER_AREA)
    mask = mask_of(small > INKED)
    if direction is not Direction.VERTICAL_RL:
        return _shifts(mask)
    shifts = _shifts(np.ascontiguousarray(np.rot90(mask)))
    return None if shifts is None else np.rot90(np.stack([-shifts[..., 1], shifts[..., 0]], axis=-1), -1)


def _shifts(mask: Mask) -> Shifts | None:
    """The shifts in em at the knots, on a mask whose type size is LOOK_EM and whose rows are level."""
    h, w = mask.shape
    labels, stats = labelled(closed(mask, 1.2 * LOOK_EM, 1))
    thick = stats[:, 4] / np.maximum(1, stats[:, 2])
    fit = (stats[:, 2] > SHORTEST * LOOK_EM) & (thick < THICKNESS[1] * LOOK_EM) & (thick > THICKNESS[0] * LOOK_EM)
    fit[0] = False
    rows, patches = _rows(mask, labels, fit), _patches(mask)
    down = _believed(rows, _sunk, w / LOOK_EM) if len(rows.x) >= FEWEST_ROWS else None
    right = _believed(patches, _leant, h / LOOK_EM) if len(patches.x) >= FEWEST_PATCHES else None
    if down is None and right is None:
        return None
    none = np.zeros((HIGH, WIDE))
    return np.stack([none if right is None else right, none if down is None else down], axis=-1)


def _believed(told: _Told, field: Callable[[_Told, float], _Numbers], length: float) -> _Numbers | None:
    """The shifts that all tell, if they are worth it and each half tells about the same; `length` of the page in em."""
    whole = field(told, length)
    if np.ptp(whole) < TOLERANCE:
        return None
    apart = field(told.half(0), length) - field(told.half(1), length)
    return whole if float(np.std(apart)) < AGREED * float(np.std(whole)) else None


# -- rows --------------------------------------------------------------------------------------------------------------


def _rows(mask: Mask, labels: npt.NDArray[np.int32], fit: npt.NDArray[np.bool_]) -> _Told:
    """The slope of each row that is fit, by its ink's moments."""
    ys, xs = np.nonzero(mask > 0)
    row = labels[ys, xs]
    kept = fit[row]
    ys, xs, row = ys[kept].astype(np.float64), xs[kept].astype(np.float64), row[kept]
    sums = [np.bincount(row, weights=v, minlength=len(fit))[fit] for v in (np.ones_like(xs), xs, ys, xs * xs, xs * ys)]
    n, sx, sy, sxx, sxy = (s[sums[0] > 0] for s in sums)
    spread = np.maximum(sxx - sx * sx / n, 1.0)
    h, w = mask.shape
    # The longer the row the surer its slope; of a very long one each part may have its own.
    weight = np.minimum(np.sqrt(12 * spread / n) / LOOK_EM, 20.0) ** 2
    return _Told(2 * sx / n / w - 1, 2 * sy / n / h - 1, (sxy - sx * sy / n) / spread, weight)


def _sunk(rows: _Told, width: float) -> _Numbers:
    """The distance that rows sink at each knot, in em, from the middle of the page on; shape (HIGH, WIDE)."""
    hats = _hats(rows.x)
    terms = np.concatenate([hats, hats * rows.y[:, None]], axis=1)
    bends = np.diff(np.eye(WIDE), n=2, axis=0)
    stiff = np.kron(np.diag(STIFF), bends.T @ bends) * rows.weight.sum() / WIDE
    found = _robust(rows, terms, stiff)
    slopes = found[:WIDE] + np.linspace(-1, 1, HIGH)[:, None] * found[WIDE:]
    step = width / (WIDE - 1)
    sunk = np.concatenate([np.zeros((HIGH, 1)), np.cumsum(step * (slopes[:, 1:] + slopes[:, :-1]) / 2, axis=1)], axis=1)
    return np.asarray(sunk - sunk[:, WIDE // 2 : WIDE // 2 + 1])


def _hats(x: _Numbers) -> _Numbers:
    """The share of each knot from left to right at places from -1 to 1, shape (n, WIDE)."""
    at = (x + 1) / 2 * (WIDE - 1)
    return np.asarray(np.maximum(0.0, 1 - np.abs(at[:, None] - np.arange(WIDE))), dtype=np.float64)


def _robust(told: _Told, terms: _Numbers, stiff: _Numbers) -> _Numbers:
    """The factors of the terms that fit the slopes best, outliers of little weight; `stiff` is what each costs."""
    weight = told.weight
    found = np.zeros(terms.shape[1])
    for _ in range(4):
        held = terms.T * weight
        normal = held @ terms + stiff
        found = np.linalg.solve(normal + 1e-9 * np.trace(normal) * np.eye(len(normal)), held @ told.slope)
        off = np.abs(told.slope - terms @ found)
        weight = told.weight / (1 + (off / max(1e-4, 3 * float(np.median(off)))) ** 2)
    return np.asarray(found)


# -- columns -----------------------------------------------------------------------------------------------------------


def _patches(mask: Mask) -> _Told:
    """The lean of the columns in each patch of the page: that under which its profile across is the sharpest.

    Hanzi stand on a grid, so that not only a column's edges show it but the white between its characters too.
    """
    h, w = mask.shape
    ys, xs = np.nonzero(mask > 0)
    patch = ys * BANDS // h * STRIPS + xs * STRIPS // w
    order = np.argsort(patch.astype(np.uint8), kind="stable")
    cuts = np.searchsorted(patch[order], np.arange(BANDS * STRIPS + 1))
    told = [_lean(xs[own], ys[own]) for own in (order[a:b] for a, b in pairwise(cuts)) if len(own) > FEWEST_POINTS]
    x, y, slope, weight = np.array([t for t in told if t is not None], dtype=np.float64).reshape(-1, 4).T
    return _Told(2 * x / w - 1, 2 * y / h - 1, slope, weight)


def _lean(x: npt.NDArray[np.int64], y: npt.NDArray[np.int64]) -> tuple[float, float, float, float] | None:
    """Where the patch is, its lean, and its weight; None where no lean is sharper than others."""
    leans = np.linspace(-STEEPEST, STEEPEST, 2 * LEANS + 1)
    below = y - y.mean()
    right = x - x.min() + 1 + STEEPEST * np.abs(below).max()  # no column leans out of it
    steps = [np.diff(np.bincount(np.rint(right - below * lean).astype(np.int32))) for lean in leans]
    sharpness = np.array([float(s @ s) for s in steps])
    best, typical = int(np.argmax(sharpness)), float(np.median(sharpness))
    if not 0 < best < 2 * LEANS or sharpness[best] < SHARP * typical:
        return None
    before, at, after = sharpness[best - 1 : best + 2]
    between = 0.5 * (before - after) / min(-1e-9, before - 2 * at + after)
    lean = leans[best] + between * (leans[1] - leans[0])
    return float(x.mean()), float(y.mean()), float(lean), float(len(x)) * (sharpness[best] / typical - 1)


def _leant(patches: _Told, height: float) -> _Numbers:
    """The distance that print leans to the right at each knot, in em, from the middle of the page on; shape (HIGH,
    WIDE)."""
    upright, apart = _robust(patches, np.stack([np.ones_like(patches.x), patches.x], axis=1), np.zeros((2, 2)))
    x, y = np.linspace(-1, 1, WIDE)[None, :], np.linspace(-1, 1, HIGH)[:, None]
    return np.asarray(height / 2 * (upright + apart * x) * y)
