"""What hides text on a PDF page: boxes and pictures that are drawn over it later."""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pypdfium2
from pypdfium2 import raw

Bounds = tuple[float, float, float, float]
"""Left, low, right, high, in points of the page or of a form on it."""

_OPAQUE: Final = 255
"""Alpha of what nothing shines through."""
_EDGE: Final = 0.5
"""Points by which the sides of a box may be askew."""
_MOST_SEGMENTS: Final = 6
"""Number of segments in the path of a box, at most: four corners, the first again, and its close."""
_FEWEST_CORNERS: Final = 4
"""Number of corners of a box, at least."""


@dataclass(frozen=True, slots=True)
class Cover:
    """An opaque box: `place` is its place among the page's objects, `bounds` are on the page."""

    place: int
    bounds: Bounds

    def hides(self, left: float, low: float, right: float, high: float) -> bool:
        """Whether the middle of the glyph's box lies under it, and the box but for its edge."""
        b = self.bounds
        x, y = (left + right) / 2, (low + high) / 2
        wide, tall = (right - left) / 4, (high - low) / 4
        return b[0] <= x - wide and x + wide <= b[2] and b[1] <= y - tall and y + tall <= b[3]


class Covers:
    """The opaque boxes and pictures of a page in the order in which they are drawn, and when each text is."""

    def __init__(self, found: Sequence[Cover], places: Mapping[int, int]) -> None:
        self._found, self._places = found, places
        self._drawn = [cover.place for cover in found]

    def hide(self, text: int, box: Bounds) -> bool:
        """Whether something is drawn over a glyph of the text object with this address after it."""
        place = self._places.get(text)
        later = self._found[bisect_right(self._drawn, place) :] if place is not None else ()
        return any(cover.hides(*box) for cover in later)


def covers(page: pypdfium2.PdfPage) -> Covers:
    """What may hide text on the page."""
    found: list[Cover] = []
    places: dict[int, int] = {}
    for place, item in enumerate(page.get_objects()):
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            places[ctypes.cast(item.raw, ctypes.c_void_p).value or 0] = place
        elif _is_opaque(item) and (bounds := _shown(item)) is not None:
            found.append(Cover(place, bounds))
    return Covers(found, places)


def _is_opaque(item: pypdfium2.PdfObject) -> bool:
    """Whether it is a picture without transparency, or a box that is filled so."""
    if raw.FPDFPageObj_HasTransparency(item.raw):
        return False
    if item.type == raw.FPDF_PAGEOBJ_IMAGE:
        return True
    return item.type == raw.FPDF_PAGEOBJ_PATH and _is_filled(item) and _is_box(item)


def _is_filled(item: pypdfium2.PdfObject) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    color = [ctypes.c_uint() for _ in range(4)]
    told = raw.FPDFPath_GetDrawMode(item.raw, mode, stroke) and raw.FPDFPageObj_GetFillColor(item.raw, *color)
    return bool(told) and mode.value != raw.FPDF_FILLMODE_NONE and color[3].value == _OPAQUE


def _is_box(item: pypdfium2.PdfObject) -> bool:
    """Whether the path has four corners and upright and level sides."""
    count = raw.FPDFPath_CountSegments(item.raw)
    if not _FEWEST_CORNERS <= count <= _MOST_SEGMENTS:
        return False
    points = [_point(raw.FPDFPath_GetPathSegment(item.raw, n)) for n in range(count)]
    return all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= _EDGE for a, b in pairwise(points))


def _point(segment: raw.FPDF_PATHSEGMENT) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _shown(item: pypdfium2.PdfObject) -> Bounds | None:
    """Where on the page the object shows: its bounds within those of its clip; None where nothing is left."""
    bounds: Bounds = item.get_bounds()
    for clip in _clips(item):
        bounds = (
            max(bounds[0], clip[0]),
            max(bounds[1], clip[1]),
            min(bounds[2], clip[2]),
            min(bounds[3], clip[3]),
        )
    if bounds[0] >= bounds[2] or bounds[1] >= bounds[3]:
        return None
    around = item.container
    while around is not None:
        bounds, around = around.get_matrix().on_rect(*bounds), around.container
    return bounds


def _clips(item: pypdfium2.PdfObject) -> Iterator[Bounds]:
    """The boxes around the paths that clip the object."""
    clip = raw.FPDFPageObj_GetClipPath(item.raw)
    for path in range(max(0, raw.FPDFClipPath_CountPaths(clip)) if clip else 0):
        count = raw.FPDFClipPath_CountPathSegments(clip, path)
        points = [_point(raw.FPDFClipPath_GetPathSegment(clip, path, n)) for n in range(max(0, count))]
        if points:
            across, down = [x for x, _ in points], [y for _, y in points]
            yield min(across), min(down), max(across), max(down)
