"""The leaves of paper on a scan: one page, two beside a fold, or a page with a strip of its neighbour in the volume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from layout.geometry import Box
from layout.ink import Gray, mask_of, rect
from layout.page import Direction, JoinReason, Line, Page, Region
from layout.prepare.segmentation import HALF, PAPER, Segmentation

SCALE: Final = 0.25
"""Size of the picture in which leaves are looked for relative to the whole one."""


@dataclass(frozen=True, slots=True)
class LeafParams:
    """Bounds of leaves and of the bed between them; shares of the paper's brightness, of a width, of a height."""

    bed: float = 0.45
    """Brightness of the scanner's bed and of a gap between leaves, at most; hardly any print is so dark all over."""
    all_bed: float = 0.97
    """Share of a column of pixels that is bed, at least, where no paper lies."""
    least: float = 0.01
    """Width of paper in that of the picture, at least; less is an edge or dirt."""
    strip: float = 0.25
    """Width of a page in that of the widest, at least; what is narrower is a strip of one."""
    spread: float = 1.05
    """Width of a spread of two pages in its height, at least."""
    free: float = 0.002
    """Share of a column of pixels that may be dark where no print stands: specks."""


@dataclass(frozen=True, slots=True)
class FoldParams:
    """Bounds of a fold between two pages; lengths in em of the body type where nothing else is said."""

    printed: float = 0.75
    """Brightness of print in that of the paper about it, at most."""
    dip: float = 0.06
    """Share of the paper's brightness by which a fold lies in shadow, at least."""
    margins: float = 3.0
    """White about a fold in shadow, at least: the inner margins of its two pages."""
    apart: float = 2.5
    """White about a fold without shadow in that of the widest column gutter, at least."""
    white: float = 0.5
    """Width of white that counts, at least."""
    reach: float = 12.0
    """Distance to either side of a fold within which the paper's brightness is taken."""
    middle: tuple[float, float] = (0.4, 0.6)
    """Place of a fold, as shares of the print's width, from and to."""


@dataclass(frozen=True, slots=True)
class FoldPrintParams:
    """Bounds of print in a fold (中縫) between the frames of two pages; lengths in em of the body type."""

    side: float = 0.55
    """Share of the print's height that an upright frame side covers, at least: film and folds break it."""
    middle: tuple[float, float] = (0.38, 0.62)
    """Place of the inner sides of the two frames, as shares of the width, from and to."""
    outer: tuple[float, float] = (0.2, 0.8)
    """Place of the outer sides: before the first share of the width, and after the second."""
    widest: float = 9.0
    """Width of the print in the fold, at most: two to four lines."""
    inner_sides: int = 2
    """Number of inner sides, at least."""


LEAF: Final = LeafParams()
FOLD: Final = FoldParams()
FOLD_PRINT: Final = FoldPrintParams()

Profile = npt.NDArray[np.float64]
"""Shape (width,): a number for each column of pixels."""


@dataclass(frozen=True, slots=True)
class Leaves:
    """The pages' places in pixels of the picture, from left to right, and what was left out, in words."""

    pages: tuple[Box, ...]
    left_out: tuple[str, ...] = ()


def find_leaves(gray: Gray, size: float, segmentation: Segmentation | None = None) -> Leaves:
    """The leaves on an upright picture; most often there is one, the picture as it is.

    Leaves are parted by the scanner's bed where it shows between them, else by a fold: white from head to foot near the
    middle of a broad sheet, in shadow or much wider than any gutter. Strips are left out. A spread
    whose headline runs across the fold stays whole. Where print fills the fold (中縫), the frames of the two pages part
    them: the sides of frames are seen in the `segmentation` of the picture, and the print between two of them near the
    middle is a leaf of its own.
    """
    small = cv2.resize(gray, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    papers = _papers(small)
    widest = max(papers, key=lambda p: p[1] - p[0])
    pages: list[tuple[int, int]] = []
    strips: list[tuple[int, int]] = []
    for p in papers:
        (pages if p[1] - p[0] > LEAF.strip * (widest[1] - widest[0]) else strips).append(p)
    parted = [q for p in pages for q in _at_the_fold(small, p, SCALE * size)]
    if len(parted) == 1 and not strips:
        if segmentation is not None and gray.shape[1] > LEAF.spread * gray.shape[0]:
            framed = _between_frames(segmentation, size)
            if framed:
                return Leaves(tuple(Box(a, 0, min(b, gray.shape[1]), gray.shape[0]) for a, b in framed))
        return Leaves((Box(0, 0, gray.shape[1], gray.shape[0]),))
    return Leaves(tuple(_whole(p, gray) for p in parted), tuple(_said(s, widest) for s in strips))


def _between_frames(seg: Segmentation, size: float) -> list[tuple[int, int]]:
    """The two pages of a spread and the print in its fold, as spans in pixels of the picture, by the pages' frames.

    Empty where no two upright frame sides, near the middle and nearly as high as the print, have sides further out.
    """
    e = size * seg.scale
    sides = cv2.morphologyEx(mask_of(seg.rule > HALF), cv2.MORPH_CLOSE, rect(0.3 * e, 1.2 * e))
    rows = np.flatnonzero((seg.label != PAPER).mean(axis=1) > LEAF.free)
    if not len(rows):
        return []
    wide = cv2.dilate(sides, rect(0.7 * e, 1))[rows[0] : rows[-1] + 1] > 0
    bars = [(a, b) for a, b in _runs(wide.mean(axis=0) > FOLD_PRINT.side)]
    width = sides.shape[1]
    middle = [b for b in bars if FOLD_PRINT.middle[0] < (b[0] + b[1]) / 2 / width < FOLD_PRINT.middle[1]]
    first, second = FOLD_PRINT.outer
    outer = [b for b in bars if b[1] < first * width], [b for b in bars if b[0] > second * width]
    if len(middle) < FOLD_PRINT.inner_sides or not all(outer):
        return []
    left, right = round(middle[0][1] / seg.scale), round(middle[-1][0] / seg.scale)
    if right - left > FOLD_PRINT.widest * size:
        return []
    return [(0, left), (left, right), (right, round(width / seg.scale))]


def _whole(span: tuple[int, int], gray: Gray) -> Box:
    x0, x1 = (round(x / SCALE) for x in span)
    return Box(x0, 0, min(x1, gray.shape[1]), gray.shape[0])


def _said(strip: tuple[int, int], page: tuple[int, int]) -> str:
    side = "left" if strip[0] < page[0] else "right"
    return f"a strip of a neighbouring page at the {side} was left out"


def _papers(small: Gray) -> list[tuple[int, int]]:
    """Where paper lies, from left to right: (start, end) of the stretches between columns that are all bed."""
    paper = float(np.percentile(small, 75))
    bed = np.asarray((small < LEAF.bed * paper).mean(axis=0) > LEAF.all_bed)
    runs = [(a, b) for a, b in _runs(~bed) if b - a > LEAF.least * len(bed)]
    return runs if len(runs) > 1 else [(0, small.shape[1])]


def _runs(holds: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], holds, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _at_the_fold(small: Gray, span: tuple[int, int], e: float) -> list[tuple[int, int]]:
    """The leaf parted at its fold, where it has one."""
    part = small[:, span[0] : span[1]]
    light = cv2.morphologyEx(part, cv2.MORPH_CLOSE, rect(1.5 * e, 1.5 * e)).astype(np.uint8, copy=False)
    printed = _without_bed(part < FOLD.printed * light.astype(np.float32), part)
    columns, rows = printed.mean(axis=0), np.flatnonzero(printed.mean(axis=1) > LEAF.free)
    inked = np.flatnonzero(columns > LEAF.free)
    if not len(rows) or inked[-1] - inked[0] < LEAF.spread * (rows[-1] - rows[0]):
        return [span]
    fold = _fold(columns, light, e)
    if fold is None:
        return [span]
    return [(span[0], span[0] + fold), (span[0] + fold, span[1])]


def _without_bed(printed: npt.NDArray[np.bool_], part: Gray) -> npt.NDArray[np.bool_]:
    """Print alone: what lies on the dark surround is none."""
    dark = cv2.dilate((part < LEAF.bed * float(np.percentile(part, 75))).astype(np.uint8), rect(9, 9))
    surround = cv2.morphologyEx(dark, cv2.MORPH_OPEN, rect(15, 15)) > 0
    return np.asarray(printed & ~surround, dtype=np.bool_)


def _fold(columns: Profile, light: Gray, e: float) -> int | None:
    """The column of the fold, or None; `columns` is the share of print in each, `light` the paper without its print."""
    inked = np.flatnonzero(columns > LEAF.free)
    left, right = int(inked[0]), int(inked[-1])
    whites = [(a + left, b + left) for a, b in _runs(columns[left:right] <= LEAF.free) if b - a > FOLD.white * e]
    low, high = FOLD.middle
    middle = [w for w in whites if low < ((w[0] + w[1]) / 2 - left) / (right - left) < high]
    if not middle:
        return None
    a, b = max(middle, key=lambda w: w[1] - w[0])
    others = max((d - c for c, d in whites if (c, d) != (a, b)), default=0)
    tone = np.median(light, axis=0)
    shadow = a + int(np.argmin(tone[a:b]))
    reach = round(FOLD.reach * e)
    about = float(np.median(tone[max(0, shadow - reach) : shadow + reach]))
    if b - a > FOLD.margins * e and tone[shadow] < (1 - FOLD.dip) * about:
        return shadow
    return (a + b) // 2 if b - a > max(2 * FOLD.margins * e, FOLD.apart * others) else None


def cut_out(page: Page, leaf: Box, scale: float) -> Page:
    """The page as if its sheet were the leaf alone; `scale` is the picture's, in which the leaf lies, to the sheet."""
    x, y = leaf.x0 / scale, leaf.y0 / scale
    move = np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], dtype=np.float64)
    to_scan = page.to_scan.behind(move) if x or y else page.to_scan
    return replace(
        page, to_scan=to_scan, sheet_width=round(leaf.width / scale), sheet_height=round(leaf.height / scale)
    )


def bound_together(page: Page, leaves: Sequence[Page]) -> Page:
    """What was found on the leaves of one scan, in the order in which they are given, as one page."""
    if len(leaves) == 1:
        only = leaves[0]
        return replace(page, regions=only.regions, decisions=only.decisions, uncovered=only.uncovered, lost=only.lost)
    regions: list[Region] = []
    decisions: list[JoinReason] = []
    for n, leaf in enumerate(leaves):
        first = max((r.article or 0 for r in regions), default=0)
        names = _Names(f"{'abcdefgh'[n % 8]}{n // 8 or ''}")
        regions += [names.region(r, first) for r in leaf.regions]
        decisions += [replace(d, first=names(d.first), second=names(d.second)) for d in leaf.decisions]
    weights = [1 + sum(1 for _ in leaf.lines) for leaf in leaves]
    uncovered = float(np.average([leaf.uncovered for leaf in leaves], weights=weights))
    lost = tuple(t for leaf in leaves for t in leaf.lost)
    return replace(page, regions=tuple(regions), decisions=tuple(decisions), uncovered=round(uncovered, 4), lost=lost)


@dataclass(frozen=True, slots=True)
class _Names:
    """Ids of a leaf's regions and lines, made unlike those of the other leaves."""

    letter: str

    def __call__(self, name: str) -> str:
        return self.letter + name

    def region(self, r: Region, first: int) -> Region:
        article = None if r.article is None else r.article + first
        frame = None if r.frame is None else self(r.frame)
        lines = tuple(self._line(n) for n in r.lines)
        return replace(r, id=self(r.id), lines=lines, article=article, frame=frame)

    def _line(self, line: Line) -> Line:
        return replace(line, id=self(line.id))


def in_reading_order(leaves: Leaves, direction: Direction) -> tuple[Box, ...]:
    """The pages in their order: of level pages the left one is read first, of vertical ones the right one."""
    return leaves.pages[::-1] if direction is Direction.VERTICAL_RL else leaves.pages
