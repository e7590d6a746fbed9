"""Training pages: issues of samples.typeset at the network's scale, labelled from the truth."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from samples.segmentation.labels import (
    BODY,
    CLASS,
    DISPLAY,
    DISPLAY_SIZE,
    EM,
    PAPER,
    PICTURE,
    REVERSED,
    RULE,
    TABLE_LINE,
    VERTICAL,
    Gray,
    Label,
    Points,
    paint,
    paint_line,
)
from samples.typeset.chance import random_issue
from samples.typeset.truth import Mark, PageTruth, TruthLine

STYLES: Final = {"modern": 6, "traditional": 2, "vertical": 3, "front": 6, "front_traditional": 4, "register": 3}
"""Styles of the drawn issues, with their weights."""
LEVELS: Final = {"clean": 3, "office": 5, "poor": 4, "one_bit": 2, "coarse": 2, "skewed": 1, "bound": 1, "tiny": 1}
"""Damage levels of the drawn issues, with their weights."""
FRONT_LEVELS: Final = {
    "clean": 2, "office": 3, "poor": 2, "skewed": 1, "coarse": 2, "one_bit": 1, "web": 4, "jpeg": 2, "phone": 1,
    "film": 2,
}  # fmt: skip
"""The same for front pages."""
HEADS: Final = frozenset({"kicker", "title", "subtitle", "masthead"})
"""Kinds of lines that are display type from 1.1 body sizes; the others are from DISPLAY_SIZE."""
HEAD_SIZE: Final = 1.1
PICTURES: Final = frozenset({"picture", "logo", "qr", "chart"})
RULES: Final = frozenset({"rule", "table_line"})
FRAMES: Final = {"frame": 2, "wavy_frame": 4}
"""Marks of frames, with the thickness of their label in pixels."""
DARK: Final = 0.55
"""Grey value of the scanner's bed relative to the paper's, at most."""
LEAST_BED: Final = 60
"""Pixels of the scanner's bed in one piece, at least."""
LEAST_THICKNESS: Final = 0.75
"""Em; thickness of a line whose ink is flatter (a row of dashes, a line of 一)."""


INK_SHARE: Final = 0.98
"""Thickness of a body line's ink, in ems."""


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """A page at the network's scale: `boxes`, shape (n, 4, 2), are the corners of its rectangular pictures."""

    gray: Gray
    label: Label
    boxes: Points


def draw(out: Path, first: int, end: int, styles: dict[str, int] | None = None) -> None:
    """Draw one page for each seed from `first` to before `end` into `out`; pages already there are kept."""
    out.mkdir(parents=True, exist_ok=True)
    for seed in range(first, end):
        path = out / f"page-{seed}.npz"
        if not path.exists():
            page = training_page(seed, styles or STYLES)
            part = path.with_suffix(".part.npz")
            np.savez_compressed(part, gray=page.gray, label=page.label, boxes=page.boxes)
            part.rename(path)


def training_page(seed: int, styles: dict[str, int]) -> TrainingPage:
    """The page of that seed."""
    rng = Random(f"segmentation page {seed}")
    style = rng.choices(list(styles), list(styles.values()))[0]
    levels = FRONT_LEVELS if style.startswith("front") else LEVELS
    level = rng.choices(list(levels), list(levels.values()))[0]
    printed = random_issue(seed, 1, level, style=style, small=rng.random() < 0.3).pages[0]
    truth, picture = printed.truth, np.asarray(printed.image.convert("L"))
    scale = EM / truth.type_size * truth.width / picture.shape[1]
    gray = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return TrainingPage(gray, labelled(truth, gray), _boxes(truth, gray.shape[1] / truth.width))


def labelled(truth: PageTruth, gray: Gray) -> Label:
    """The label picture of a page that was scaled to `gray`."""
    scale = gray.shape[1] / truth.width
    label = np.zeros(gray.shape, np.uint8)
    tables = [m.box for m in truth.marks if m.kind == "table"]
    for mark in truth.marks:
        outline = _outline(mark, scale)
        if mark.kind == "cutout" and not getattr(mark, "polygon", ()):
            _paint_cutout(label, outline, gray)
        elif mark.kind in PICTURES or mark.kind == "cutout":
            paint(label, outline - 0.5, PICTURE)
    for mark in truth.marks:
        if mark.kind in RULES:
            in_table = mark.kind == "table_line" or _inside(mark.box, tables)
            _paint_rule(label, _quad(mark, scale), TABLE_LINE if in_table else RULE)
        elif mark.kind in FRAMES:
            points = [np.round((_outline(mark, scale) - 0.5) * 16).astype(np.int32)]
            cv2.polylines(label, points, True, RULE, FRAMES[mark.kind], shift=4)
    em = scale * size_factor(truth)
    for line in truth.lines:
        paint_line(label, line_quad(line, scale, em), line_value(line, truth.type_size * scale / em))
    label[_bed(gray, label)] = PICTURE
    return label


def line_value(line: TruthLine, type_size: float) -> int:
    """The label of a line's pixels."""
    large = line.size >= (HEAD_SIZE if line.kind in HEADS else DISPLAY_SIZE) * type_size
    value = DISPLAY if large else BODY
    return value | (REVERSED if line.white else 0) | (VERTICAL if line.vertical else 0)


def size_factor(truth: PageTruth) -> float:
    """Pixels of the scan for a unit of a line's `size`, which is counted on the clean sheet."""
    thick = [
        float(np.linalg.norm(np.subtract(line.quad[1 if line.vertical else 3], line.quad[0]))) / line.size
        for line in truth.lines
        if line.kind == "body" and len(line.text) > 5
    ]
    return float(np.median(thick)) / INK_SHARE if thick else 1.0


def line_quad(line: TruthLine, scale: float, em: float) -> Points:
    """The line's quad at that scale, at least three quarters of an em thick."""
    quad = np.array(line.quad, np.float64) * scale
    middle = quad.mean(axis=0)
    across = (quad[3] - quad[0] + quad[2] - quad[1]) / 2
    if line.vertical:
        across = (quad[1] - quad[0] + quad[2] - quad[3]) / 2
    thick = float(np.linalg.norm(across))
    least = LEAST_THICKNESS * line.size * em
    if thick >= least or thick == 0:
        return quad
    unit = across / thick
    offset = (quad - middle) @ unit
    return np.asarray(quad + np.outer(offset * (least / thick - 1), unit))


def _quad(mark: Mark, scale: float) -> Points:
    return np.array(mark.quad, np.float64) * scale


def _outline(mark: Mark, scale: float) -> Points:
    """A mark's polygon, or its quad where it has none."""
    points = getattr(mark, "polygon", ()) or mark.quad
    return np.array(points, np.float64) * scale


def _bed(gray: Gray, label: Label) -> npt.NDArray[np.bool_]:
    """The dark scanner bed at the edges of the scan."""
    even = cv2.blur(gray, (5, 5))
    dark = (even < DARK * float(np.median(gray))) & ((label & CLASS) == PAPER)
    _, parts, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=4)
    edge = np.unique(np.concatenate((parts[0], parts[-1], parts[:, 0], parts[:, -1])))
    beds = [n for n in edge if n and stats[n, cv2.CC_STAT_AREA] >= LEAST_BED]
    return np.isin(parts, beds)


def _paint_cutout(label: Label, quad: Points, gray: Gray) -> None:
    """Paints what is inked: the paper round a cut-out figure is paper."""
    inside = np.zeros_like(label)
    paint(inside, quad - 0.5, 1)
    if inside.any():
        paper = float(np.median(gray))
        inked = ((gray < 0.88 * paper) & (inside > 0)).astype(np.uint8)
        closed = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
        label[(closed > 0) & (inside > 0)] = PICTURE


def _paint_rule(label: Label, quad: Points, value: int) -> None:
    quad = quad - 0.5
    cv2.polylines(label, [np.round(quad * 16).astype(np.int32)], True, value, 2, shift=4)
    if min(np.ptp(quad[:, 0]), np.ptp(quad[:, 1])) < EM / 2:
        paint(label, quad, value)


def _inside(box: tuple[int, int, int, int], outer: list[tuple[int, int, int, int]]) -> bool:
    slack = 8
    return any(
        o[0] - slack <= box[0] and o[1] - slack <= box[1] and box[2] <= o[2] + slack and box[3] <= o[3] + slack
        for o in outer
    )


def _boxes(truth: PageTruth, scale: float) -> Points:
    boxes = [_quad(m, scale) for m in truth.marks if m.kind in {"picture", "cutout"}]
    return np.array(boxes, np.float32).reshape(-1, 4, 2)
