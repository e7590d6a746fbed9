"""How far the print is turned, and the sheet turned back."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import HEIGHT, WIDTH, Pieces, labelled
from layout.dewarp_field import Bend, Shifts
from layout.geometry import Polygon, Projection
from layout.ink import Gray, Mask, mask_of
from layout.page import Line, Page

REACH = 5.0
"""Degrees to either side within which skew is looked for."""

PRECISION = 0.02
"""Precision of the skew in degrees: over a page 6,000 pixels wide this is 2 pixels."""

LEVEL = 0.03
"""Skew in degrees up to which a page is level: turning it back would blur it for less than the measure's own error."""

LEAST_SHIFT = 1.5
"""The same in pixels from one end of the page to the other."""

NEAR = 0.3
"""Distance in degrees from the skew of the glyphs within which all ink is measured."""

MOST = 150_000
"""Pixels of ink that are measured, at most."""

SPREAD = 0.7548776662466927
"""Step of a sequence: multiples of it and of its square are spread evenly over a square (Roberts, 2018)."""

FEWEST = 40
"""Number of glyphs, at least, for the skew of the glyphs alone to be measured."""

FEWEST_POINTS = 100
"""Pixels of ink under which a page shows no lines."""

SHARPER = 1.1
"""Sharpness of the best angle in that of the median angle, at least: with less the page shows no lines."""

GLYPH = (0.5, 1.3)
"""Extent of a piece that is about as large as a glyph, in type sizes, least and most."""


def _sharpness(along: npt.NDArray[np.float32], across: npt.NDArray[np.float32], degrees: float) -> float:
    """How sharply the ink's profile rises and falls when the page is turned by `degrees` (Postl, 1986)."""
    places = along * np.float32(-np.tan(np.radians(degrees)))
    places += across
    places -= np.floor(places.min()) - 0.5
    steps = np.diff(np.bincount(places.astype(np.int32)))
    return float(steps @ steps)


def _best(points: _Points, about: float | None = None) -> tuple[float, float]:
    """The angle of the sharpest profile, and its sharpness against that of the median angle.

    Looked for within REACH of level, or within NEAR of the angle `about`.
    """
    angles = np.arange(-REACH, REACH + 0.01, 0.25)
    values = [_sharpness(*points, a) for a in angles]
    typical = max(1.0, float(np.median(values)))
    if about is not None:
        angles = about + np.arange(-NEAR, NEAR + 0.01, 0.05)
        values = [_sharpness(*points, a) for a in angles]
    best, step = float(angles[int(np.argmax(values))]), float(angles[1] - angles[0]) / 2
    while step >= PRECISION / 2:
        near = (best - step, best, best + step)
        best = max(near, key=lambda a: _sharpness(*points, a))
        step /= 2
    return best, max(values) / typical


SMALL_SCAN = 8_000_000
"""Pixels of a scan for which there is time to draw with more care; the type of a page at 150 dpi is so small."""

LATTICE = 16
"""Distance in pixels between the points of a bent sheet that are carried to the scan; others are interpolated."""

STRIP = 512
"""Rows of a bent sheet that are drawn at a time."""

_Points = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]
"""Places of ink along the lines, and across them."""


def skew(ink: Mask, size: float = 0.0, pieces: Pieces | None = None) -> float:
    """Degrees by which the print is turned clockwise; 0 where the page shows no lines.

    Rows of type and columns of vertical type are both tried, and the sharper is believed. With the type size `em` known
    pieces as large as glyphs alone are asked first, and all ink only near to what they say: edges of pictures and of
    the paper, and dots of screened pictures, have angles of their own. `pieces` are the ink's, where they are
    known. Cost: 240 histograms of at most MOST points.
    """
    glyphs = _glyph_ink(pieces or labelled(ink), size) if size else ink
    x, y = _points(glyphs if glyphs.any() else ink)
    if len(x) < FEWEST_POINTS:
        return 0.0
    best, contrast = _sharper(_best((x, y)), _best((y, x)))
    if contrast <= SHARPER:
        return 0.0
    if size:
        x, y = _points(ink)
        best, _ = _sharper(_best((x, y), best), _best((y, x), -best))
    shift = max(ink.shape) * np.tan(np.radians(abs(best)))
    return best if abs(best) >= LEVEL and shift >= LEAST_SHIFT else 0.0


def _sharper(rows: tuple[float, float], columns: tuple[float, float]) -> tuple[float, float]:
    """The angle, clockwise, and the contrast of whichever has more."""
    return rows if rows[1] >= columns[1] else (-columns[0], columns[1])


def _points(ink: Mask) -> _Points:
    """Across and down, of every so manieth pixel of ink, each at some place within its pixel.

    Were all in the middle of theirs, the angle at which the scanner's rows lie would seem sharper than its neighbours.
    """
    places = np.flatnonzero(ink > 0)
    ys, xs = np.divmod(places[:: max(1, len(places) // MOST)], ink.shape[1])
    strewn = np.arange(len(xs)) * np.array([[SPREAD], [SPREAD**2]]) % 1.0
    return (xs + strewn[0]).astype(np.float32), (ys + strewn[1]).astype(np.float32)


def _glyph_ink(pieces: Pieces, size: float) -> Mask:
    """The ink of the pieces that are about as large as a glyph; none where they are few."""
    labels, stats = pieces
    extent = np.maximum(stats[:, WIDTH], stats[:, HEIGHT])
    fit = (extent > GLYPH[0] * size) & (extent < GLYPH[1] * size)
    fit[0] = False
    kept = fit if int(fit.sum()) >= FEWEST else np.zeros_like(fit)
    return mask_of(kept)[labels]


def turned_back(gray: Gray, degrees: float, turn: int = 0, shifts: Shifts | None = None) -> tuple[Gray, Projection]:
    """The picture with print upright, level and flat again, and the projection from it to the picture.

    `turn` is how far the print is turned clockwise, 0, 90, 180 or 270 degrees, `degrees` its skew besides, and
    `shifts` by how many pixels it was moved by paper that bends. The sheet has the picture's size, its sides
    exchanged where the print lies on its side.
    """
    h, w = gray.shape
    size = (w, h) if turn % 180 == 0 else (h, w)
    if not degrees and not turn and shifts is None:
        return on_sheet(gray, Projection(), size), Projection()
    to_upright = np.linalg.inv(levelling(size, degrees))
    bend = None if shifts is None else Bend.of(shifts, *size)
    to_scan = Projection.of_array(quarter_turn(turn, size) @ to_upright, bend)
    return on_sheet(gray, to_scan, size), to_scan


def levelling(size: tuple[int, int], degrees: float) -> Matrix:
    """The map that levels a picture of that width and height whose print is turned clockwise by `degrees`."""
    return np.vstack([cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), degrees, 1.0), _LAST])


_LAST = np.array([[0.0, 0.0, 1.0]])

Matrix = npt.NDArray[np.float64]
"""Shape (3, 3)."""


def quarter_turn(turn: int, size: tuple[int, int]) -> Matrix:
    """The map from an upright sheet, `size` its width and height, to a scan on which it lies turned clockwise."""
    w, h = size
    return np.array(
        {
            0: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
            90: [[0, -1, h], [1, 0, 0], [0, 0, 1]],
            180: [[-1, 0, w], [0, -1, h], [0, 0, 1]],
            270: [[0, 1, 0], [-1, 0, w], [0, 0, 1]],
        }[turn % 360],
        dtype=np.float64,
    )


def on_sheet(gray: Gray, to_scan: Projection, size: tuple[int, int]) -> Gray:
    """The sheet of a scan, made anew from the projection that leads back: the same call gives the same pixels.

    Quarter turns move pixels and change none; what remains is drawn between them.
    """
    m = to_scan.as_array()
    turn = 90 * round(float(np.degrees(np.arctan2(m[1, 0], m[0, 0]))) / 90) % 360
    upright = np.rot90(gray, turn // 90)
    rest = np.linalg.inv(quarter_turn(turn, (upright.shape[1], upright.shape[0]))) @ m
    if to_scan.bend is not None:
        return _unbent(np.ascontiguousarray(upright), Projection.of_array(rest, to_scan.bend), size)
    if np.allclose(rest, np.eye(3), rtol=0, atol=1e-9) and upright.shape == size[::-1]:
        return np.ascontiguousarray(upright)
    flags = _between(gray) | cv2.WARP_INVERSE_MAP
    sheet = cv2.warpPerspective(upright, rest, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return sheet.astype(np.uint8, copy=False)


def _between(gray: Gray) -> int:
    """How pixels are drawn between those of the scan: small scans have small type, which the plain way blurs."""
    return cv2.INTER_LANCZOS4 if gray.size <= SMALL_SCAN else cv2.INTER_LINEAR


def _unbent(upright: Gray, to_scan: Projection, size: tuple[int, int]) -> Gray:
    """The sheet of a scan whose paper bends, drawn strip by strip: places for a whole one would fill 200 MB."""
    w, h = size
    across, down = (np.arange(0, side + LATTICE + 1, LATTICE, dtype=np.float64) for side in size)
    points = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    lattice = to_scan.carried(points).reshape(len(down), len(across), 2).astype(np.float32)
    sheet = np.empty((h, w), dtype=np.uint8)
    for y in range(0, h, STRIP):
        rows = min(STRIP, h - y)
        enlarged = np.array([[1 / LATTICE, 0, 0], [0, 1 / LATTICE, y / LATTICE]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        places = cv2.warpAffine(lattice, enlarged, (w, rows), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        to_x, to_y = (np.ascontiguousarray(places[..., k]) for k in (0, 1))
        drawn = cv2.remap(upright, to_x, to_y, _between(upright), borderMode=cv2.BORDER_REPLICATE)
        sheet[y : y + rows] = drawn
    return sheet


def straightened(page: Page) -> Page:
    """The page as if its sheet had been the scan: every region and line where it stands upright and level.

    What asks which line stands above another, or left of it, asks this page. The boxes of glyphs stay as they are.
    """
    if page.to_scan == Projection():
        return page
    to_sheet = page.to_scan.inverse

    def placed(polygon: Polygon | None) -> Polygon | None:
        return None if polygon is None else to_sheet(polygon)

    def line(n: Line) -> Line:
        return replace(n, polygon=placed(n.polygon))

    regions = tuple(replace(r, polygon=placed(r.polygon), lines=tuple(map(line, r.lines))) for r in page.regions)
    return replace(page, regions=regions, to_scan=Projection())
