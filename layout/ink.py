"""Which pixels are ink: the scan on an even background, and black on white."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.uint8]
"""Shape (height, width), 255 where it holds and 0 elsewhere."""

Gray = npt.NDArray[np.uint8]
"""Shape (height, width), 0 black to 255 white, origin top left."""


DARKEST = 0.5
"""Share of the paper's brightness that the background has at least: a deep shadow or a strong tint is lighter."""


@dataclass(frozen=True, slots=True)
class InkParams:
    """Bounds of ink, in grey levels of a picture whose background is 255 where nothing else is said."""

    solid: tuple[float, float] = (110.0, 170.0)
    """Threshold of what is dark on the page as a whole, least and most: Otsu's follows bold headlines."""
    fainter: int = 28
    """Difference from the mean of the neighbourhood from which on a pixel is ink: grain has less."""
    faintest: int = 215
    """Grey from which on nothing is ink, however light its neighbourhood."""
    neighbourhood: float = 1.5
    """Side of the neighbourhood, in type sizes."""


@dataclass(frozen=True, slots=True)
class SurroundParams:
    """Bounds of the dark surround of the paper; lengths in type sizes."""

    darkest: int = 120
    """Grey of the evened picture under which a pixel may be surround; paper and tints are lighter."""
    thinnest: float = 0.5
    """Thickness of the surround, at least: strokes are thinner."""
    side: float = 0.1
    """Share of a side of the picture along which a piece of surround reaches it, at least."""
    rim: float = 0.8
    """Width by which the surround is taken wider, for its blurred edge."""


INK, SURROUND = InkParams(), SurroundParams()


def mask_of(holds: npt.NDArray[np.bool_]) -> Mask:
    """The mask of where something holds: a twentieth of the time that `np.where` takes."""
    return np.asarray(holds.view(np.uint8) * np.uint8(255), np.uint8)


def transposed(mask: Mask) -> Mask:
    """The mask with x and y exchanged, in memory of its own."""
    return cv2.transpose(mask).astype(np.uint8, copy=False)


def rect(width: float, height: float) -> npt.NDArray[np.uint8]:
    """A rectangular structuring element of at least one pixel, shape (height, width)."""
    return np.ones((max(1, round(height)), max(1, round(width))), dtype=np.uint8)


def closed(mask: Mask, width: float, height: float) -> Mask:
    """White gaps narrower than `width` by `height` pixels filled; the picture's edge counts as white."""
    px, py = round(width) + 1, round(height) + 1
    wide = cv2.copyMakeBorder(mask, py, py, px, px, cv2.BORDER_CONSTANT, value=0)
    near = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, rect(width, height))[py:-py, px:-px]
    return near.astype(np.uint8, copy=False)


def opened(mask: Mask, width: float, height: float) -> Mask:
    """The parts of the mask that can hold a rectangle of `width` by `height` pixels."""
    return cv2.morphologyEx(mask, cv2.MORPH_OPEN, rect(width, height)).astype(np.uint8, copy=False)


def level_runs(mask: Mask, length: float) -> Mask:
    """The level runs of the mask that are at least `length` pixels long: it opened by a row of so many.

    Rows that hold less ink are passed over, also such as an opening would count on beyond the picture's edge; of those
    on a page a few in a hundred hold a long rule.
    """
    ink = cv2.reduce(mask, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel()
    rows = np.flatnonzero(ink >= 255 * max(1, round(length)))
    out = np.zeros_like(mask)
    if len(rows):
        out[rows] = opened(mask[rows], length, 1)
    return out


def grown(mask: Mask, width: float, height: float) -> Mask:
    """The mask, wider by `width` and higher by `height` pixels in all."""
    return cv2.dilate(mask, rect(width, height)).astype(np.uint8, copy=False)


def filled(mask: Mask) -> Mask:
    """The mask with its holes filled."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return cv2.drawContours(np.zeros_like(mask), outlines, -1, 255, cv2.FILLED).astype(np.uint8, copy=False)


def even(gray: Gray, reach: float) -> Gray:
    """The picture divided by its background, which becomes 255; `reach` in pixels is more than any stroke's width.

    The background is what a grey closing leaves, at an eighth of the size: paper, tints and shadows go, while
    bands and pictures narrower than `reach` stay dark. It is never taken darker than DARKEST of the paper, else the
    noise of a black panel would be spread over the whole range.
    """
    size = (max(1, round(gray.shape[1] / 8)), max(1, round(gray.shape[0] / 8)))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, rect(reach / 8, reach / 8))
    ground = cv2.blur(ground, (max(3, round(reach / 16)) | 1,) * 2)
    ground = np.maximum(ground, np.uint8(DARKEST * float(np.percentile(ground, 75))))
    ground = cv2.resize(ground, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(gray, np.maximum(ground, 1), scale=255).astype(np.uint8, copy=False)


def ink(evened: Gray, size: float) -> Mask:
    """What is dark on the page as a whole, and what is darker than its neighbourhood.

    The first keeps solid bands and pictures solid; the second keeps thin grey type that the first, whose threshold
    is Otsu's within bounds, would break. `size` is the type size in pixels.
    """
    p = INK
    sample = evened.ravel()[:: max(1, evened.size // 1_000_000)]
    threshold = float(np.clip(cv2.threshold(sample, 0, 255, cv2.THRESH_OTSU)[0], *p.solid))
    solid = evened < threshold
    block = max(3, round(p.neighbourhood * size)) | 1
    local = cv2.blur(evened, (block, block))
    fine = (cv2.subtract(local, evened) > p.fainter) & (evened < p.faintest)
    return mask_of(solid | fine)


def percentile(values: npt.NDArray[np.integer], share: float) -> float:
    """What `np.percentile` says of whole numbers from 0 up, from counts: a fifth of its time where they are small."""
    return percentiles(values, share)[0]


def percentiles(values: npt.NDArray[np.integer], *shares: float) -> list[float]:
    """The same for several shares of the same numbers, which are counted once."""
    below = np.cumsum(np.bincount(values.ravel()))
    ranks = [share / 100 * (values.size - 1) for share in shares]
    whole = [math.floor(rank) for rank in ranks]
    at = below.searchsorted([*whole, *(math.ceil(rank) for rank in ranks)], side="right").tolist()
    ends = zip(ranks, whole, at, at[len(ranks) :], strict=False)
    return [float(low + (high - low) * (rank - floor)) for rank, floor, low, high in ends]


def surround(evened: Gray, size: float) -> Mask:
    """The dark surround of the paper: the scanner's bed, a shadow in the fold.

    It is what is dark, thicker than a stroke, and reaches the picture's edge along a good part of a side.
    """
    p = SURROUND
    dark = opened(mask_of(evened < p.darkest), p.thinnest * size, p.thinnest * size)
    labels = cv2.connectedComponents(dark, connectivity=8)[1]
    out = np.zeros_like(evened)
    for side in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        counts = np.bincount(side)
        for n in np.flatnonzero(counts[1:] > p.side * len(side)) + 1:
            out |= grown(mask_of(labels == n), p.rim * size, p.rim * size)
    return out


def without(surround: Mask, gray: Gray) -> Gray:
    """The picture with the surround as bright as its paper."""
    out = gray.copy()
    out[surround > 0] = np.percentile(gray[::8, ::8], 75)
    return out


def without_surround(evened: Gray, size: float) -> Gray:
    """The evened picture with its dark surround made white."""
    out = evened.copy()
    out[surround(evened, size) > 0] = 255
    return out
