"""How heavy the type of each line is: the width of its strokes against its size, beside the body's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np

from layout.ink import Gray, percentiles
from layout.page import Line, Page
from layout.sheet import Sheet


@dataclass(frozen=True, slots=True)
class WeightParams:
    """Bounds of the measure."""

    em: float = 32.0
    """Type size in pixels to which larger type is scaled down first: strokes are then two to five pixels wide."""
    least: int = 3
    """Height and width of a crop in pixels, at least."""
    paper: float = 90.0
    """Percentile of the grey levels of a line that is its paper: text covers a third of it."""
    ink: float = 2.0
    """Percentile that is its ink."""
    contrast: float = 24.0
    """Grey levels between the two, at least; a line of less contrast has no weight."""


P = WeightParams()


def with_weights(page: Page, sheet: Sheet) -> Page:
    """The page, with the weight of each line: stroke width over type size, in that of most of the page's lines.

    Cost: some .1 CPU seconds for a full page.
    """
    widths = {n.id: _width(n, sheet) for n in page.lines if n.polygon is not None and n.size > 0}
    known = [w for w in widths.values() if w > 0]
    if not known:
        return page
    usual = median(known)
    return page.with_lines({n.id: replace(n, weight=_relative(widths.get(n.id, 0.0), usual)) for n in page.lines})


def _width(line: Line, sheet: Sheet) -> float:
    """The width of the line's strokes in its type size; 0 where it shows none."""
    crop, scale = sheet.crop(line), min(1.0, P.em / line.size)
    if scale < 1.0:
        height, width = crop.shape
        shape = max(1, round(width * scale)), max(1, round(height * scale))
        crop = cv2.resize(crop, shape, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    return stroke_of(crop) / (line.size * scale)


def _relative(width: float, usual: float) -> float:
    return round(width / usual, 2)


def stroke_of(crop: Gray) -> float:
    """The mean width in pixels of the strokes in a picture of dark type on light paper; 0 where it shows none.

    Twice the ink's area over its outline's length, both summed over grey levels, so that strokes of two pixels are
    measured too. Blur makes all type of a page seem heavier: compare with the page's other lines alone.
    """
    if min(crop.shape) < P.least:
        return 0.0
    ink, paper = percentiles(crop, P.ink, P.paper)
    if paper - ink < P.contrast:
        return 0.0
    dark = np.clip((paper - crop.astype(np.float32)) / (paper - ink), 0.0, 1.0)
    across = float(np.abs(np.diff(dark, axis=0)).sum()), float(np.abs(np.diff(dark, axis=1)).sum())
    outline = np.pi / 4 * sum(across)
    return 2 * float(dark.sum()) / outline if outline else 0.0
