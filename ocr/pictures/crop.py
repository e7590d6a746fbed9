"""A line's picture as a reader wants it, and the way back from its pixels to the sheet's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from layout.geometry import Box
from layout.page import Direction, Line, Page
from layout.sheet import Gray, Sheet
from ocr.pictures.corners import bracket
from ocr.pictures.vertical import glyph_cuts
from ocr.setup.settings import SHEET_OF_PAPER, Form

SMALLEST = 4.0
"""Type size in pixels of the scan, at least: what is smaller is no type."""

SHORT = 5.0
"""Length in type sizes below which a line is not read by itself."""

MOST_TOGETHER = 3
"""Lines that share a picture at most."""

LONGEST = 125
"""Heights to which a crop's length is squeezed: no line has more characters, and a reader's time grows with it."""

WIDEST_GLYPH = 3
"""Heights to which one glyph of a vertical line is squeezed."""

WIDE, LEFT_WHITE, BESIDE_WHITE = 23, 5, 8
"""Pixels of a crop scaled to SHEET_OF_PAPER: white between hanzi that is closed up, what stays of it on either side,
and how far to look for the hanzi."""


INK, FAINT = 0.4, 0.25
"""Share of the way from the paper to the blackest ink from which a pixel is ink, and where the strokes of an outlined
bracket are looked for: on a coarse scan they are thinner than a pixel."""

BESIDE_BRACKET = 0.15
"""Line widths beside a bracket within which no other cut stands: what is thinner is no glyph."""

Mask = npt.NDArray[np.bool_]
"""Shape (height, width): whether a pixel is ink."""


@dataclass(frozen=True)
class Cell:
    """One stretch of the picture and the box on the sheet that it shows: `left` to `right` in the picture's pixels.

    `line` is the place of its line among those that share the picture.
    """

    left: float
    right: float
    box: Box
    line: int = 0


@dataclass(frozen=True)
class LinePicture:
    """Dark on light, level, (height, width) uint8; `cells` lead back to the sheet, from left to right."""

    pixels: Gray
    cells: tuple[Cell, ...]
    top: float
    bottom: float
    stretch: float = 1.0
    """The length of what is shown in relation to its height, beside that on the sheet."""

    @property
    def height(self) -> float:
        """The height to which the line is scaled, in the picture's pixels."""
        return self.bottom - self.top

    @cached_property
    def ink(self) -> Mask:
        """The ink between `top` and `bottom`: a mask of shape (bottom - top, width), from the picture's left edge."""
        return _ink(self.pixels[round(self.top) : round(self.bottom)])

    @cached_property
    def faint_ink(self) -> Mask:
        """The same with the pale strokes of outlined marks."""
        return _ink(self.pixels[round(self.top) : round(self.bottom)], FAINT)

    @cached_property
    def crossed(self) -> npt.NDArray[np.float64]:
        """Pixels of ink in each column, shape (width,)."""
        return np.asarray(self.ink.sum(axis=0, dtype=np.int32), dtype=np.float64)

    @cached_property
    def inked(self) -> npt.NDArray[np.intp]:
        """The columns that have ink, from left to right."""
        return np.flatnonzero(self.crossed)

    @cached_property
    def rows(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """For each column that has ink its first row of ink, and the one behind its last, counted from `top`."""
        ink = self.ink[:, self.inked]
        return ink.argmax(axis=0), len(ink) - ink[::-1].argmax(axis=0)

    @property
    def whites(self) -> list[tuple[float, float]]:
        """Stretches without ink between the first ink and the last: (start, end) in the picture's pixels.

        Where white was closed up it is counted as it was printed, half to the left and half to the right.
        """
        runs: list[tuple[float, float]] = list(_runs(self.ink))
        for c, d in pairwise(self.cells):
            lost = _lost(c, d, self.height) / 2 if c.line == d.line else 0.0
            runs = [(a - lost, b + lost) if a <= c.right <= b else (a, b) for a, b in runs]
        return runs

    def cell(self, x0: float, x1: float) -> Cell:
        """The cell that shows most of a stretch of the picture, or lies nearest to it."""
        if len(self.cells) == 1:
            return self.cells[0]
        return max(self.cells, key=lambda c: min(c.right, x1) - max(c.left, x0))

    def column(self, y: float) -> float:
        """The column of the picture that shows a row of the sheet, where the glyphs of a vertical line are set level.

        For a row that no cell shows, the nearest column.
        """
        cell = min(self.cells, key=lambda c: max(c.box.y0 - y, y - c.box.y1))
        share = (y - cell.box.y0) / max(1, cell.box.height)
        return cell.left + min(1.0, max(0.0, share)) * (cell.right - cell.left)

    def on_sheet(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box on the sheet, in its pixels, of a box in the picture."""
        cell = self.cell(x0, x1)
        fx = cell.box.width / max(1e-6, cell.right - cell.left)
        fy = cell.box.height / max(1e-6, self.bottom - self.top)
        left, right = (min(max(x, cell.left), cell.right) - cell.left for x in (x0, x1))
        up, low = (min(max(y, self.top), self.bottom) - self.top for y in (y0, y1))
        b = cell.box
        x, y = round(b.x0 + left * fx), round(b.y0 + up * fy)
        return Box(x, y, max(x + 1, round(b.x0 + right * fx)), max(y + 1, round(b.y0 + low * fy)))


def _ink(pixels: Gray, share: float = INK) -> Mask:
    inner = cv2.GaussianBlur(pixels, (3, 3), 0)
    spread = np.bincount(inner.ravel(), minlength=256).cumsum() / inner.size
    paper, black = (float(np.searchsorted(spread, share)) for share in (0.75, 0.02))
    return np.asarray(inner < paper - share * (paper - black), dtype=np.bool_)


def _runs(ink: Mask) -> list[tuple[int, int]]:
    """Stretches of columns without ink between the first ink and the last."""
    columns = np.asarray(ink.any(axis=0), dtype=np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate(([1], columns, [1]))))
    runs = zip(edges[::2], edges[1::2], strict=False)
    return [(int(a), int(b)) for a, b in runs if a > 0 and b < len(columns)]


def _lost(c: Cell, d: Cell, height: float) -> float:
    """White of the print between two cells of a picture that it does not show, in its pixels."""
    across, down = d.box.x0 - c.box.x1, d.box.y0 - c.box.y1
    if across > 0:
        return across * (c.right - c.left) / c.box.width
    return max(0, down) * height / c.box.height


def legible(page: Page) -> list[Line]:
    """The page's lines that have a place on the scan and are not too small to hold type."""
    placed = ((n, n.box) for n in page.lines)
    return [n for n, b in placed if b is not None and max(n.size, min(b.width, b.height)) >= SMALLEST]


def line_picture(sheet: Sheet, *lines: Line, form: Form = SHEET_OF_PAPER, pitch: float = 1.0) -> LinePicture:
    """The lines cut from the sheet with a little white, scaled, side by side on paper of their own tone.

    A vertical line stands alone; it is cut into its glyphs, which are set side by side: the models for level text read
    them better than those for vertical text do. `pitch` is the distance of its glyphs in type sizes.
    """
    if lines[0].direction is Direction.VERTICAL_RL:
        return _set_level(sheet, lines[0], form, pitch)
    pieces: list[Gray] = []
    cells: list[Cell] = []
    x = float(form.border_x)
    for n, line in enumerate(lines):
        box = line_box(sheet, line, form)
        pixels = scaled(_cut(sheet, line, box), form)
        if pieces:
            between = _paper_behind(pieces[-1], form)
            pieces.append(between)
            x += between.shape[1]
        f = box.width / pixels.shape[1]
        for a, b in _closed_up(pixels) if form.closes_white else [(0, pixels.shape[1])]:
            pieces.append(pixels[:, a:b])
            cells.append(Cell(x, x + b - a, _upright(box, a * f, b * f), n))
            x += b - a
    return _picture(pieces, cells, form)


def _picture(pieces: Sequence[Gray], cells: Sequence[Cell], form: Form) -> LinePicture:
    pixels = np.ascontiguousarray(np.hstack(pieces), dtype=np.uint8)
    framed = on_paper(pixels, form) if form.border_x or form.border_y else pixels
    return LinePicture(framed, tuple(cells), form.border_y, form.border_y + form.height, form.stretch)


def _paper_behind(piece: Gray, form: Form) -> Gray:
    """Paper that goes on from a piece's right edge, as wide as a border."""
    if not form.border_x:
        return np.repeat(piece[:, -1:], form.height // 4, axis=1)
    framed = on_paper(piece, form)
    return framed[form.border_y : form.border_y + form.height, -form.border_x :]


def _upright(box: Box, left: float, right: float) -> Box:
    x = box.x0 + round(left)
    return Box(x, box.y0, max(x + 1, box.x0 + round(right)), box.y1)


def _closed_up(pixels: Gray) -> list[tuple[int, int]]:
    """The stretches of a line's crop, (start, end), that stay when wide white between hanzi is closed up.

    Tesseract reads quotation marks into white of an em; between marks, which have such white of their own, it stays.
    """
    ink = _ink(pixels)
    wide = [
        (a, b)
        for a, b in _runs(ink)
        if b - a >= WIDE and _tall(ink[:, :a][:, -BESIDE_WHITE:]) and _tall(ink[:, b:][:, :BESIDE_WHITE])
    ]
    edges = [0, *(x for a, b in wide for x in (a + LEFT_WHITE, b - LEFT_WHITE)), pixels.shape[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _tall(ink: Mask) -> bool:
    """Whether the ink has the height of a hanzi."""
    rows = np.flatnonzero(ink.any(axis=1))
    return len(rows) > 0 and bool(rows[-1] - rows[0] >= 0.55 * len(ink))


def together(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """The lines, in reading order, in groups that share a picture: a short line goes with the one before it.

    Alone such a line (儿。”) gives Tesseract no baseline to hold on to, and it invents characters.
    """
    out: list[tuple[Line, ...]] = []
    for line in lines:
        if (
            out
            and len(out[-1]) < MOST_TOGETHER
            and (_is_short(line) or _is_short(out[-1][0]))
            and _alike(out[-1][-1], line)
        ):
            out[-1] = (*out[-1], line)
        else:
            out.append((line,))
    return out


def _is_short(line: Line) -> bool:
    box = line.box
    return box is not None and line.size > 0 and box.width < SHORT * line.size


def _alike(a: Line, b: Line) -> bool:
    level = a.direction is b.direction is Direction.HORIZONTAL
    small, large = sorted((a.size, b.size))
    return level and a.white_on_dark is b.white_on_dark and large < 1.5 * small


def line_box(sheet: Sheet, line: Line, form: Form) -> Box:
    """The line's box on the sheet with white around it; a flat line (一, ……) gets the height of its type."""
    b = Box.around(sheet.place(line))
    size = line.size or float(min(b.width, b.height))
    dx, dy = round(form.beside * size), max(1, round(form.above * size))
    if line.direction is Direction.VERTICAL_RL:
        dx, dy = dy, dx
    elif b.height < 0.6 * size:
        dy += round((size - b.height) / 2)
    h, w = sheet.gray.shape
    return _kept_on(b.grown(dx, dy), w, h)


def _kept_on(b: Box, width: int, height: int) -> Box:
    """The part of a box that lies on the sheet; one pixel of the sheet's edge where it lies beside it."""
    x0, y0 = int(np.clip(b.x0, 0, width - 1)), int(np.clip(b.y0, 0, height - 1))
    return Box(x0, y0, int(np.clip(b.x1, x0 + 1, width)), int(np.clip(b.y1, y0 + 1, height)))


def line_crop(sheet: Sheet, line: Line, form: Form) -> Gray:
    """The line as it lies on the sheet, with a little white around it, dark on light."""
    return _cut(sheet, line, line_box(sheet, line, form))


def _cut(sheet: Sheet, line: Line, box: Box) -> Gray:
    part = sheet.gray[box.y0 : box.y1, box.x0 : box.x1]
    return cv2.bitwise_not(part).astype(np.uint8) if line.white_on_dark else part


def scaled(part: Gray, form: Form, longest: int = LONGEST) -> Gray:
    """The crop at the form's height, at most `longest` times as long.

    Small type is enlarged without sharpening: readers do worse with harder edges.
    """
    f = form.height / part.shape[0]
    size = (max(1, min(longest * form.height, round(part.shape[1] * f * form.stretch))), form.height)
    return cv2.resize(part, size, interpolation=cv2.INTER_AREA if f < 1 else cv2.INTER_LINEAR).astype(np.uint8)


def on_paper(pixels: Gray, form: Form = SHEET_OF_PAPER) -> Gray:
    """The picture with a border of its own paper: its edges carried outwards, then smoothed free of strokes and grain.

    A border of one constant grey costs Tesseract some ten per cent of the characters.
    """
    h, w = pixels.shape
    y, x = form.border_y, form.border_x
    wide = cv2.copyMakeBorder(pixels, y, y, x, x, cv2.BORDER_REPLICATE)
    half = np.ascontiguousarray(wide[::2, ::2])  # paper changes slowly: a quarter of the pixels tell as much of it
    smooth = cv2.GaussianBlur(cv2.medianBlur(half, 11), (0, 0), 2)
    paper = cv2.resize(smooth, wide.shape[::-1], interpolation=cv2.INTER_LINEAR)
    paper[y : y + h, x : x + w] = pixels
    return paper.astype(np.uint8)


def _set_level(sheet: Sheet, line: Line, form: Form, pitch: float) -> LinePicture:
    box = line_box(sheet, line, form)
    part = _cut(sheet, line, box)
    ink = _ink(part)
    printed = np.asarray(ink.any(axis=1), dtype=np.bool_)
    cuts = glyph_cuts(part, pitch * line.size)
    for mask in (_ink(part, FAINT), ink):
        cuts = _with_brackets_apart(cuts, mask)
    found = list(pairwise(cuts))
    pieces, cells, x = [], [], float(form.border_x)
    for a, b in [(a, b) for a, b in found if printed[a:b].any()] or found[:1]:
        pixels = scaled(_squared(part[a:b]), form, WIDEST_GLYPH)
        pieces.append(pixels)
        cells.append(Cell(x, x + pixels.shape[1], Box(box.x0, box.y0 + a, box.x1, box.y0 + b)))
        x += pixels.shape[1]
    return _picture(pieces, cells, form)


def _with_brackets_apart(cuts: Sequence[int], ink: Mask) -> list[int]:
    """The rows at which a vertical line is cut, and those about each bracket: it takes less than a glyph's square."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], ink.any(axis=1), [0]))))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    out = list(cuts)
    for n, (a, b) in enumerate(runs):
        if bracket(ink[a:b], ink.shape[1]):
            above = (runs[n - 1][1] + a) // 2 if n else 0
            below = (b + runs[n + 1][0]) // 2 if n + 1 < len(runs) else len(ink)
            near = BESIDE_BRACKET * ink.shape[1]
            out = [*(c for c in out if not above - near < c < below + near), above, below]
    return sorted(set(out))


def _squared(glyph: Gray) -> Gray:
    """The glyph's crop no flatter than 4 to 5, so that scaling makes no bar of 一; three times its height at most."""
    h, w = glyph.shape
    missing = min(2 * h, max(0, round(0.8 * w) - h))
    return cv2.copyMakeBorder(glyph, missing // 2, missing - missing // 2, 0, 0, cv2.BORDER_REPLICATE).astype(np.uint8)
